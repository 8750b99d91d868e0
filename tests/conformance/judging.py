"""Verify for the suites: the product's own pipeline, and the few answers that the standards give otherwise.

The product is stricter than the standards in places that its readers gain by. Where a suite demands what a
standard allows, the answer is the standard's, and says in a warning what the product would have said.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from credentials.did_web import DidWebError, document_url
from credentials.document import Document, ReadProblem, read
from credentials.json_input import JsonObject, to_bytes
from credentials.materials import DidDocument, KeyDocument, Materials, Needs, Reason, StatusList, Unavailable
from credentials.messages import answer
from credentials.needs import needs
from credentials.policy import Policy
from credentials.presentations import PresentationReport, presentation_needs, verify_presentation
from credentials.problem_types import is_error
from credentials.report import Check, CheckId, Outcome, VerificationReport
from credentials.securing.proof_options import Expectation
from credentials.structure.values import issuer_id_of, objects_of
from credentials.verify import verify
from issuer.adapters.fetcher import GuardedFetcher
from issuer.ports import Address, Clock, Fetched, FetchKind
from tests.conformance.accepted_contexts import AcceptedContexts
from tests.conformance.statuses import StatusBoard

_WARNINGS_HERE: Final = frozenset({"proof.may_hide"})
"""The product does not verify an extract that may hide a withdrawal; the standard does."""

_STATUS_CHECKS: Final = frozenset({"credentialStatus", "status"})
"""What the suites write in ``options.checks`` where a status is to count."""


@dataclass(frozen=True, slots=True)
class Asked:
    """The options of a request.

    Attributes:
        checks: What must hold beside proof and form.
        purpose: The purpose that every proof must state, or None for the usual one.
        challenge: The question that was asked, or None.
        domain: For whom the proof must be made, or None.
    """

    checks: frozenset[str] = frozenset()
    purpose: str | None = None
    challenge: str | None = None
    domain: str | None = None


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the server answers.

    Attributes:
        verified: The one word.
        checks: The answers, those for warnings too.
        credentials: The same for each credential of a presentation.
    """

    verified: bool
    checks: Sequence[Check]
    credentials: Sequence["Judgement"] = field(default=())


class Judge:
    """Judges what the suites send."""

    def __init__(
        self, clock: Clock, fetcher: GuardedFetcher, known: AcceptedContexts, board: StatusBoard
    ) -> None:
        self._clock = clock
        self._fetcher = fetcher
        self._known = known
        self._board = board

    def credential(self, document: JsonObject, asked: Asked) -> Judgement:
        """Judge a credential."""
        judged = self._known.normalised(document)
        received = read(to_bytes(judged))
        materials = self._materials(needs(received)) if isinstance(received, Document) else Materials()
        report = verify(received, materials=materials, policy=Policy(), at=self._clock.now())
        missed = [*_missed(asked, "assertionMethod"), *_audience(document, asked)]
        found = _judged(report, asked.checks)
        warnings = _refused_by_the_product(document, judged)
        return Judgement(found.verified and not missed, [*found.checks, *missed, *warnings])

    def presentation(self, document: JsonObject, asked: Asked) -> Judgement:
        """Judge a presentation; what the request does not ask of the proof, the proof may say freely.

        Spec: Data Integrity 1.0, section 4.4 (domain and challenge are compared where the verifier gives them).
        """
        judged = self._known.normalised(document)
        received = read(to_bytes(judged))
        called = presentation_needs(received) if isinstance(received, Document) else Needs()
        report = verify_presentation(
            received,
            materials=self._materials(called),
            policy=Policy(),
            at=self._clock.now(),
            expected=_expected(document, asked),
        )
        inside = [_judged(item.report, asked.checks) for item in report.credentials]
        missed = [*_missed(asked, "authentication"), *_without_holder(document, report, received)]
        verified = report.verified and not missed and all(item.verified for item in inside)
        warnings = _refused_by_the_product(document, judged)
        return Judgement(verified, [*report.checks, *missed, *warnings], inside)

    def _materials(self, called: Needs) -> Materials:
        own = StatusList(self._board.credential(self._clock.now()), self._clock.now())
        urls = [url for url in called.status_list_urls if url != self._board.url]
        addresses = {
            **{did: _did_address(did) for did in called.dids},
            **{url: Address(url, FetchKind.STATUS_LIST) for url in urls},
            **{url: Address(url, FetchKind.KEY) for url in called.key_urls},
        }
        fetched = self._fetcher.fetch([item for item in addresses.values() if item is not None])
        got = {
            name: fetched.get(item, Unavailable(Reason.UNREACHABLE)) if item else Unavailable(Reason.REFUSED)
            for name, item in addresses.items()
        }
        return Materials(
            did_documents={did: _as_did(got, did) for did in called.dids},
            status_lists={**{url: _as_list(got, url) for url in urls}, self._board.url: own},
            key_documents={url: _as_key(got, url) for url in called.key_urls},
            loader=self._known.loader,
        )


def _judged(report: VerificationReport, checks: frozenset[str]) -> Judgement:
    status_counts = bool(checks & _STATUS_CHECKS)

    def against(check: Check) -> bool:
        if status_counts and check.id is CheckId.STATUS:
            return check.outcome in {Outcome.FAIL, Outcome.UNKNOWN}
        return is_error(check) and check.code not in _WARNINGS_HERE

    members = [item.report for item in report.embedded if not item.endorses]
    verified = not any(against(check) for check in report.checks) and all(
        _judged(member, checks).verified for member in members
    )
    return Judgement(verified, report.checks)


def _refused_by_the_product(document: JsonObject, judged: JsonObject) -> list[Check]:
    """Give the product's own answer on the contexts, where it is not the one that counted here."""
    if judged.get("@context") == document.get("@context"):
        return []
    listed = document.get("@context")
    inline = isinstance(listed, list) and any(isinstance(item, dict) for item in listed)
    return [answer("contexts.inline" if inline else "contexts.unused", where="/@context")]


def _missed(asked: Asked, usual: str) -> list[Check]:
    """Say so where the request expects another purpose than this kind of document has."""
    return (
        [answer("proof.purpose", where="/proof/proofPurpose")] if asked.purpose not in {None, usual} else []
    )


def _audience(document: JsonObject, asked: Asked) -> list[Check]:
    """Compare what a credential's proofs say of their audience with what the request names."""
    found: list[Check] = []
    for name, wanted in (("challenge", asked.challenge), ("domain", asked.domain)):
        if wanted is not None and any(
            proof.get(name) != wanted for proof in objects_of(document.get("proof"))
        ):
            found.append(answer(f"proof.{name}_differs", where=f"/proof/{name}"))
    return found


def _expected(document: JsonObject, asked: Asked) -> Expectation:
    proofs = objects_of(document.get("proof"))
    challenge = asked.challenge
    domain: tuple[str, ...] = (asked.domain,) if asked.domain is not None else ()
    if proofs and challenge is None and isinstance(proofs[0].get("challenge"), str):
        challenge = str(proofs[0]["challenge"])
    if proofs and not domain:
        stated = proofs[0].get("domain")
        listed = stated if isinstance(stated, list) else [stated]
        domain = tuple(item for item in listed if isinstance(item, str))
    return Expectation(domain=domain, challenge=challenge)


def _without_holder(
    document: JsonObject, report: PresentationReport, received: Document | ReadProblem
) -> list[Check]:
    """Refuse one's own credentials in a presentation that does not say who presents.

    Spec: VCDM 2.0, section 4.13.4 (Presentations Including Holder Claims).
    """
    if "holder" in document or not isinstance(received, Document):
        return []
    held = objects_of(received.content.get("verifiableCredential"))
    if report.holder is None or report.holder not in {issuer_id_of(item) for item in held}:
        return []
    return [answer("structure.missing_member", where="/holder", params={"member": "holder"})]


def _did_address(did: str) -> Address | None:
    try:
        return Address(document_url(did), FetchKind.DID_DOCUMENT)
    except DidWebError:
        return None


_Got = Mapping[str, Fetched | Unavailable]


def _as_did(got: _Got, name: str) -> DidDocument | Unavailable:
    item = got[name]
    return DidDocument(item.body, item.as_of) if isinstance(item, Fetched) else item


def _as_list(got: _Got, name: str) -> StatusList | Unavailable:
    item = got[name]
    return StatusList(item.body, item.as_of) if isinstance(item, Fetched) else item


def _as_key(got: _Got, name: str) -> KeyDocument | Unavailable:
    item = got[name]
    return KeyDocument(item.body, item.as_of) if isinstance(item, Fetched) else item
