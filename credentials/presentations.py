"""Verify a presentation: who presents, for whom and in answer to what, and every credential in it.

Spec: VC Data Model 2.0, sections 4.13 and 7.1; Data Integrity 1.0, section 4.4.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Final

from credentials import did_web
from credentials.canonical.embedded import MAX_EMBEDDED, parts_of
from credentials.checks import contexts, key, parse, period, proof, structure
from credentials.document import Document, ReadProblem, read
from credentials.materials import Materials, Needs
from credentials.messages import answer, sentence
from credentials.needs import needs
from credentials.policy import Policy
from credentials.report import Check, CheckId, EmbeddedReport, Outcome, Sentence
from credentials.securing.proof_options import Expectation
from credentials.structure.values import controllers_of
from credentials.token_authenticity import examine_received
from credentials.verify import verify_embedded

CHECKS: Final = (
    CheckId.PARSE,
    CheckId.STRUCTURE,
    CheckId.CONTEXTS,
    CheckId.PROOF,
    CheckId.KEY,
    CheckId.PERIOD,
)
"""The checks of a presentation itself, in order; the rest is asked of the credentials in it."""

AUTHENTICATION: Final = "authentication"


@dataclass(frozen=True, slots=True)
class PresentationReport:
    """What a verification says of a presentation.

    Attributes:
        checked_at: The instant for which the answer holds (aware, UTC).
        checks: :data:`CHECKS`, in order, each exactly once.
        holder: Who presents, as the proof's key shows; None where it does not.
        notices: Leniencies of the reading.
        credentials: Each credential's own report.
    """

    checked_at: datetime
    checks: tuple[Check, ...]
    holder: str | None = None
    notices: tuple[Sentence, ...] = ()
    credentials: tuple[EmbeddedReport, ...] = ()

    @property
    def verified(self) -> bool:
        """Whether the presentation itself is as its holder signed it, for this occasion."""
        return all(check.outcome is Outcome.PASS for check in self.checks)


def verify_presentation(
    source: bytes | Document | ReadProblem,
    *,
    materials: Materials,
    policy: Policy,
    at: datetime,
    expected: Expectation,
) -> PresentationReport:
    """Verify a presentation and all that it presents.

    Args:
        source: Bytes, or what :func:`credentials.document.read` made of them.
        materials: DID documents, status lists, trust register.
        policy: What is demanded of the credentials beyond the standards.
        at: The instant for which the answer is to hold, aware.
        expected: Domain and challenge that the verifier gave; the purpose is ``authentication``.

    Returns:
        The report; a presentation without a proof is not verified, whatever it presents.

    Spec: VC Data Model 2.0, section 7.1; Data Integrity 1.0, section 4.4.
    """
    received = read(source) if isinstance(source, bytes) else source
    moment = at.astimezone(UTC)
    checks = {CheckId.PARSE: parse.check(received)}
    if not isinstance(received, Document) or checks[CheckId.PARSE].outcome is not Outcome.PASS:
        return PresentationReport(moment, _complete(checks.values()))
    content = received.content
    form, notices = structure.check_presentation(content)
    checks[CheckId.STRUCTURE] = form
    if form.outcome is not Outcome.PASS:
        return PresentationReport(moment, _complete(checks.values()), notices=notices)
    inside = parts_of(content).embedded
    if len(inside) > MAX_EMBEDDED:
        checks[CheckId.CONTEXTS] = answer("contexts.embedded", where=inside[MAX_EMBEDDED].where)
        return PresentationReport(moment, _complete(checks.values()), notices=notices)
    holder = _holder_of(received)
    asked = Expectation(AUTHENTICATION, expected.domain, expected.challenge)
    found = examine_received(received, issuer=holder or "", materials=materials, at=moment, expected=asked)
    checks[CheckId.CONTEXTS] = contexts.check(found)
    if found.proofs:
        checks[CheckId.PROOF] = proof.check(found.proofs)
        checks[CheckId.KEY] = key.check(found.proofs)
        checks[CheckId.PERIOD] = period.check(content, found.proofs, at=moment)
    judged = verify_embedded(
        [item.content for item in inside],
        materials=materials,
        policy=policy,
        at=moment,
        carrier=received.carrier,
    )
    reports = [EmbeddedReport(item.where, report) for item, report in zip(inside, judged, strict=True)]
    complete = _complete(checks.values())
    proven = all(check.outcome is Outcome.PASS for check in complete)
    remarks = (*notices, *(sentence(code) for code in found.notices))
    return PresentationReport(moment, complete, holder if proven else None, remarks, tuple(reports))


def presentation_needs(document: Document) -> Needs:
    """Say what a presentation calls for: its holder's keys, and all that its credentials call for.

    Args:
        document: A presentation as read; its form need not be right.
    """
    called, holder = needs(document), _holder_of(document) or ""
    own = (holder,) if holder.startswith(did_web.PREFIX) and holder not in called.dids else ()
    return replace(called, dids=(*own, *called.dids))


def _complete(made: Iterable[Check]) -> tuple[Check, ...]:
    by_id = {check.id: check for check in made}
    return tuple(by_id.get(check_id) or answer(f"{check_id.value}.not_run") for check_id in CHECKS)


def _holder_of(received: Document) -> str | None:
    """Give who presents: ``holder``, or where there is none the controller that token and proofs name."""
    document, envelope = received.content, received.envelope
    holder = document.get("holder")
    identifier = holder.get("id") if isinstance(holder, dict) else holder
    if isinstance(identifier, str):
        return identifier
    controllers = set(controllers_of(document))
    named = envelope.jws.header.get("kid") if envelope is not None else None
    if isinstance(named, str):
        controllers.add(named.partition("#")[0])
    return controllers.pop() if len(controllers) == 1 else None
