"""The one pipeline behind the page, the command and the interfaces: a document in, a report out.

Everything it rests on comes as an argument. A bad document is an answer, never an exception; what could
not be checked is never good.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime

from credentials.authenticity import ProofExamination, examine
from credentials.checks import contexts, holder, issuer, key, parse, period, proof, related, status, structure
from credentials.document import Document, ReadProblem, read
from credentials.json_input import JsonObject
from credentials.materials import Materials, Needs
from credentials.messages import answer
from credentials.policy import Policy
from credentials.reader import summarise
from credentials.report import Check, CheckId, Outcome, Sentence, VerificationReport
from credentials.structure.values import issuer_id_of, objects_of
from credentials.verdict import verdict_of


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
    moment = at.astimezone(UTC)
    checks: dict[CheckId, Check] = {}
    notices: list[Sentence] = []
    _collect(checks, [parse.check(received)])
    readable = isinstance(received, Document) and checks[CheckId.PARSE].outcome is Outcome.PASS
    content = received.content if isinstance(received, Document) and readable else None
    if content is not None:
        _examine(content, checks, notices, materials=materials, policy=policy, at=moment)
    for check_id in CheckId:
        if check_id not in checks:
            checks[check_id] = (
                holder.check() if check_id is CheckId.HOLDER else answer(f"{check_id.value}.not_run")
            )
    ordered = tuple(checks[check_id] for check_id in CheckId)
    known = checks[CheckId.ISSUER].outcome is Outcome.PASS and content is not None
    return VerificationReport(
        verdict=verdict_of(ordered),
        checked_at=moment,
        source=received.source.value,
        checks=ordered,
        credential=summarise(content) if content is not None else None,
        issuer=materials.trust.get(issuer_id_of(content) or "") if known and content is not None else None,
        notices=tuple(notices),
    )


def needs(document: Document) -> Needs:
    """Say what a document calls for.

    Args:
        document: A document as read; its form need not be right.

    Returns:
        Identifiers and addresses as written by the document: hostile until checked.
    """
    content = document.content
    issuer_id = issuer_id_of(content)
    methods = (item.get("verificationMethod") for item in objects_of(content.get("proof")))
    controllers = (method.partition("#")[0] for method in methods if isinstance(method, str))
    dids = (did for did in controllers if did == issuer_id and did.startswith("did:web:"))
    entries = objects_of(content.get("credentialStatus"))
    urls = (entry.get("statusListCredential") for entry in entries)
    resources = objects_of(content.get("relatedResource"))
    digests = (digest for resource in resources for digest in related.digests_of(resource))
    return Needs(
        dids=_once(dids),
        status_list_urls=_once(url for url in urls if isinstance(url, str)),
        related_digests=_once(digests),
    )


def _examine(
    content: JsonObject,
    checks: dict[CheckId, Check],
    notices: list[Sentence],
    *,
    materials: Materials,
    policy: Policy,
    at: datetime,
) -> None:
    """Run the checks in order, and stop where what follows would rest on nothing."""
    form, leniencies = structure.check(content)
    notices.extend(leniencies)
    if not _collect(checks, [form]):
        return
    found = examine(content, issuer=issuer_id_of(content) or "", materials=materials, at=at)
    if _collect(checks, [contexts.check(found)]):
        _examine_signed(content, found.proofs, checks, notices, materials=materials, policy=policy, at=at)
    if issuer_id_of(content) == materials.own_issuer and _form_unknown(checks):
        # In our own name, "of a form that we cannot check" means "not of ours".
        _collect(checks, [answer("proof.not_ours", where="/proof")])
    if materials.withdrawal is not None and CheckId.STATUS not in checks:
        # What the register says against an award holds whatever kept us from reading its list.
        _collect(checks, [status.registered(materials.withdrawal, at)])


def _form_unknown(checks: Mapping[CheckId, Check]) -> bool:
    form = (checks.get(CheckId.CONTEXTS), checks.get(CheckId.PROOF))
    return any(check is not None and check.outcome is Outcome.UNKNOWN for check in form)


def _examine_signed(
    content: JsonObject,
    proofs: Sequence[ProofExamination],
    checks: dict[CheckId, Check],
    notices: list[Sentence],
    *,
    materials: Materials,
    policy: Policy,
    at: datetime,
) -> None:
    issuer_id = issuer_id_of(content) or ""
    proven = _collect(checks, [proof.check(proofs), key.check(proofs)])
    if any(check.outcome is Outcome.FAIL for check in checks.values()):
        # Nothing that an unproven document says of its issuer or its state is worth a sentence.
        return
    standing, remarks = status.check(content, issuer=issuer_id, materials=materials, policy=policy, at=at)
    notices.extend(remarks)
    expiries = [item.expires for item in proofs if item.expires is not None]
    _collect(
        checks,
        [
            issuer.check(issuer_id, materials.trust, proven=proven),
            period.check(content, expiries, at=at),
            standing,
            related.check(content, materials.related),
        ],
    )


def _collect(checks: dict[CheckId, Check], answers: Iterable[Check]) -> bool:
    """Note answers; say whether all of them passed."""
    passed = True
    for item in answers:
        checks[item.id] = item
        passed = passed and item.outcome is Outcome.PASS
    return passed


def _once(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(values))
