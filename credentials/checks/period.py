"""``period``: the period of effect that the document and its signature state."""

from collections.abc import Sequence
from datetime import datetime

from credentials.authenticity import ProofExamination
from credentials.json_input import JsonObject
from credentials.messages import answer, long_instant
from credentials.report import Check
from credentials.structure.values import instant_of


def check(
    document: JsonObject, proofs: Sequence[ProofExamination], *, at: datetime, endless: bool = False
) -> Check:
    """Say whether an instant lies within the period of effect.

    Args:
        document: The parsed document; its dates have been examined.
        proofs: Every proof's examination: from when until when each holds.
        at: The instant of the check, aware.
        endless: Whether this issuer is known to set no end date, so that an extract cannot hide one.

    Spec: VCDM 2.0, section 4.9 (Validity Period); Data Integrity 1.0, section 2.1 (expires).
    """
    expiries = [item.expires for item in proofs if item.expires is not None]
    starts = [item.starts for item in proofs if item.starts is not None]
    start, end = instant_of(document.get("validFrom")), instant_of(document.get("validUntil"))
    if start is not None and at < start:
        return answer("period.not_yet_valid", where="/validFrom", params={"date": long_instant(start)})
    if starts and at < max(starts):
        return answer("period.proof_not_begun", params={"date": long_instant(max(starts))})
    if end is not None and at > end:
        return answer("period.ended", where="/validUntil", params={"date": long_instant(end)})
    if expiries and at >= min(expiries):
        return answer("period.proof_ended", where="/proof", params={"date": long_instant(min(expiries))})
    return _within(end, extract=any(item.extract for item in proofs) and not endless)


def _within(end: datetime | None, *, extract: bool) -> Check:
    if end is not None:
        return answer("period.in_force_until", params={"date": long_instant(end)})
    return answer("period.may_end" if extract else "period.in_force")
