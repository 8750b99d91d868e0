"""The one pipeline behind the page, the command and the interfaces: a document in, a report out.

Everything it rests on comes as an argument. A bad document is an answer, never an exception; what could
not be checked is never good.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import partial

from credentials.authenticity import ProofExamination
from credentials.budget import Budget
from credentials.canonical.embedded import parts_of
from credentials.checks import (
    contexts,
    embedded,
    holder,
    issuer,
    key,
    parse,
    period,
    proof,
    related,
    status,
    structure,
)
from credentials.checks.related import Beside
from credentials.document import Carrier, Document, ReadProblem, read, received_as
from credentials.json_input import JsonObject
from credentials.materials import Materials
from credentials.messages import answer, sentence
from credentials.policy import Policy
from credentials.reader import summarise
from credentials.report import Check, CheckId, EmbeddedReport, Outcome, Sentence, VerificationReport
from credentials.status.shelf import ListShelf
from credentials.summary import CredentialSummary
from credentials.token_authenticity import examine_received
from credentials.verdict import verdict_of, worst_of


def verify(
    source: bytes | Document | ReadProblem, *, materials: Materials, policy: Policy, at: datetime
) -> VerificationReport:
    """Verify a document.

    Args:
        source: Bytes of any origin, or what :func:`credentials.document.read` made of them.
        materials: DID documents, status lists, trust register, related resources; absent ones make a
            check ``unknown``.
        policy: What is demanded beyond the standards.
        at: The instant for which the answer is to hold, aware.

    Returns:
        The report: all ten checks, in order, each once.

    Spec: VCDM 2.0, section 7.1 (Verification); Open Badges 3.0, OpenBadgeCredential Verification.
    """
    received = read(source) if isinstance(source, bytes) else source
    return _report(received, _question(materials, policy, at))


def _report(received: Document | ReadProblem, asked: "_Question") -> VerificationReport:
    found = _Findings()
    found.note(parse.check(received))
    readable = isinstance(received, Document) and found.checks[CheckId.PARSE].outcome is Outcome.PASS
    document = received if isinstance(received, Document) and readable else None
    if document is not None:
        found.notices.extend(sentence(code) for code in document.notices)
        _examine(document, found, asked)
    for check_id in CheckId:
        if check_id not in found.checks:
            found.note(holder.check() if check_id is CheckId.HOLDER else answer(f"{check_id.value}.not_run"))
    ordered = tuple(found.checks[check_id] for check_id in CheckId)
    known = found.checks[CheckId.ISSUER].outcome is Outcome.PASS
    trust = asked.materials.trust
    return VerificationReport(
        verdict=verdict_of(ordered),
        checked_at=asked.at,
        source=received.source.value,
        checks=ordered,
        credential=_summary(document, apart=bool(found.embedded)) if document is not None else None,
        issuer=trust.get(document.issuer or "") if known and document is not None else None,
        notices=tuple(found.notices),
        embedded=tuple(found.embedded),
    )


def verify_embedded(
    contents: Sequence[JsonObject],
    *,
    materials: Materials,
    policy: Policy,
    at: datetime,
    carrier: Carrier | None = None,
) -> tuple[VerificationReport, ...]:
    """Verify the credentials that a presentation holds, at the price of one; see :func:`verify`.

    Args:
        contents: Each credential, or the envelope in which it lies.
        materials: As for :func:`verify`; what the register says against it is in ``embedded_withdrawals``.
        policy: What is demanded beyond the standards.
        at: The instant for which the answer is to hold, aware.
        carrier: The PDF in which they came, whose pages show what they say or something else.
    """
    question, alone = replace(_question(materials, policy, at), carrier=carrier), Beside(())
    return tuple(question.judge(alone, content) for content in contents)


def _question(materials: Materials, policy: Policy, at: datetime) -> "_Question":
    lists = ListShelf(materials, policy, at.astimezone(UTC))
    return _Question(materials, policy, lists.at, lists.budget, lists)


@dataclass(frozen=True, slots=True)
class _Question:
    """What is asked of a document and of every credential in it."""

    materials: Materials
    policy: Policy
    at: datetime
    budget: Budget
    lists: ListShelf
    carrier: Carrier | None = None

    def judge(self, beside: Beside, content: JsonObject) -> VerificationReport:
        """Judge a credential inside another document, its siblings being at hand for its digests."""
        received = self.budget.admit(received_as(content))
        if isinstance(received, Document):
            received = replace(received, carrier=self.carrier)
        held = received.content if isinstance(received, Document) else content
        identifier = str(held.get("id"))
        own = self.materials.embedded_withdrawals.get(identifier)
        known = identifier in self.materials.embedded_in_register
        at_hand = {**self.materials.related, **beside.named_by(content)}
        materials = replace(self.materials, withdrawal=own, in_register=known, related=at_hand)
        return _report(received, replace(self, materials=materials, carrier=None))


@dataclass(slots=True)
class _Findings:
    """What has been found so far of one document."""

    checks: dict[CheckId, Check] = field(default_factory=dict)
    notices: list[Sentence] = field(default_factory=list)
    embedded: list[EmbeddedReport] = field(default_factory=list)

    def note(self, *answers: Check) -> bool:
        """Note answers; say whether all of them passed."""
        self.checks.update({item.id: item for item in answers})
        return all(item.outcome is Outcome.PASS for item in answers)

    def form_unknown(self) -> bool:
        """Tell whether the document, its contexts or its proof are of a form that we cannot check."""
        form = [self.checks.get(check) for check in (CheckId.STRUCTURE, CheckId.CONTEXTS, CheckId.PROOF)]
        return any(check is not None and check.outcome is Outcome.UNKNOWN for check in form)

    def proven(self) -> bool:
        """Tell whether the key's owner signed; what its holder may have left out can still be open."""
        signature, listed = self.checks.get(CheckId.PROOF), self.checks.get(CheckId.KEY)
        if signature is None or listed is None or listed.outcome is not Outcome.PASS:
            return False
        return signature.outcome is Outcome.PASS or signature.code == "proof.may_hide"

    def failed(self) -> bool:
        """Tell whether a check failed."""
        return any(check.outcome is Outcome.FAIL for check in self.checks.values())


def _summary(document: Document, *, apart: bool) -> CredentialSummary:
    """Read what a document says; who issued an SD-JWT stands in a claim of its own.

    Args:
        document: The document.
        apart: Whether each credential in it has a report of its own, which says what that one says.
    """
    content = parts_of(document.content).outer if apart else document.content
    return replace(summarise(content), issuer_id=document.issuer or "")


def _examine(received: Document, found: _Findings, asked: _Question) -> None:
    """Run the checks in order; then say what our own name and our own register add to them."""
    materials = asked.materials
    _examine_form(received, found, asked)
    if received.issuer == materials.own_issuer and found.form_unknown():
        # In our own name, "of a form that we cannot check" means "not of ours".
        found.note(answer("proof.not_ours", where="/proof"))
    if materials.withdrawal is not None and CheckId.STATUS not in found.checks:
        # What the register says against an award holds whatever kept us from reading its list.
        found.note(status.registered(materials.withdrawal, asked.at))
    if received.carrier is not None:
        ours = received.issuer == materials.own_issuer
        _compare_pages(received.carrier, found, materials.papers if ours else None)


def _compare_pages(carrier: Carrier, found: _Findings, papers: frozenset[str] | None) -> None:
    """Tell a PDF that we made from any other: its pages are not signed, and can lie beside what is."""
    proven = found.proven()
    if found.failed() and not proven:
        # It is worse already, and nothing that it shows is worth a comparison.
        return
    if papers is not None and carrier.sha256 in papers:
        found.notices.append(sentence("notice.paper_known"))
    elif papers is not None and proven:
        found.note(answer("proof.paper_differs"))
    else:
        found.notices.append(sentence("notice.paper_not_compared"))


def _examine_form(received: Document, found: _Findings, asked: _Question) -> None:
    """Stop where what follows would rest on nothing."""
    # An SD-JWT VC follows no form and no vocabulary that could be examined: its signature alone is.
    formless = received.is_sd_jwt
    form, leniencies = (answer("structure.sd_jwt"), ()) if formless else structure.check(received.content)
    found.notices.extend(leniencies)
    if not found.note(form) and not formless:
        return
    authenticity = examine_received(
        received, issuer=received.issuer or "", materials=asked.materials, at=asked.at
    )
    asked.budget.spend(authenticity.work)
    found.notices.extend(sentence(code) for code in authenticity.notices)
    if found.note(contexts.check(authenticity)) or formless:
        _examine_signed(received, authenticity.proofs, found, asked)


def _examine_signed(
    received: Document, proofs: Sequence[ProofExamination], found: _Findings, asked: _Question
) -> None:
    materials, at = asked.materials, asked.at
    content, issuer_id = received.content, received.issuer or ""
    found.note(proof.check(proofs), key.check(proofs))
    proven = found.proven()
    if found.failed():
        # Nothing that an unproven document says of its issuer or its state is worth a sentence.
        return
    standing, remarks = status.check(
        content, issuer=issuer_id, materials=materials, policy=asked.policy, at=at, lists=asked.lists
    )
    if received.is_sd_jwt and "status" in content:
        standing = worst_of([standing, answer("status.unsupported_type", where="/status")])
    inside = parts_of(content).embedded
    # They came in the same file, whose pages may show any of them otherwise.
    judge = partial(replace(asked, carrier=received.carrier).judge, Beside([item.content for item in inside]))
    members = embedded.judge_all(inside, judge, left=asked.budget.left)
    found.notices.extend([*remarks, *members.notices])
    found.embedded.extend(members.reports)
    found.note(
        issuer.check(issuer_id, materials.trust, proven=proven),
        period.check(content, proofs, at=at, endless=issuer_id == materials.own_issuer),
        standing,
        worst_of([*members.answers, related.check(content, materials.related)]),
    )
