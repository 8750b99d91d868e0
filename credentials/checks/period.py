"""``period``: the period of effect that the document and its signature state."""

from collections.abc import Sequence
from datetime import datetime

from credentials.json_input import JsonObject
from credentials.messages import answer, long_instant
from credentials.report import Check
from credentials.structure.values import instant_of


def check(document: JsonObject, expiries: Sequence[datetime], *, at: datetime) -> Check:
    """Say whether an instant lies within the period of effect.

    Args:
        document: The parsed document; its dates have been examined.
        expiries: ``proof.expires`` of each proof that has one.
        at: The instant of the check, aware.

    Spec: VCDM 2.0, section 4.9 (Validity Period); Data Integrity 1.0, section 2.1 (expires).
    """
    start, end = instant_of(document.get("validFrom")), instant_of(document.get("validUntil"))
    if start is not None and at < start:
        return answer("period.not_yet_valid", where="/validFrom", params={"date": long_instant(start)})
    if end is not None and at > end:
        return answer("period.ended", where="/validUntil", params={"date": long_instant(end)})
    if expiries and at >= min(expiries):
        return answer("period.proof_ended", where="/proof", params={"date": long_instant(min(expiries))})
    if end is not None:
        return answer("period.in_force_until", params={"date": long_instant(end)})
    return answer("period.in_force")
