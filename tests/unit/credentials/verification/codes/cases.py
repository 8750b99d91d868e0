"""What a case of a code is, and what the cases of all codes share."""

from collections.abc import Callable, Iterator
from typing import Any, TypeAlias

from credentials import Check, VerificationReport, verify
from credentials.authenticity import Authenticity
from credentials.json_input import to_bytes
from credentials.materials import Materials
from credentials.policy import Policy
from credentials.presentations import PresentationReport
from credentials.securing.data_integrity import sign
from tests.support.credentials import CONTEXTS, CREATED, TEST_ISSUER, TEST_SIGNER, make_block_credential
from tests.support.verification import AT, check, materials

Json: TypeAlias = dict[str, Any]
Produced: TypeAlias = VerificationReport | PresentationReport | Authenticity
Case: TypeAlias = Callable[[], Produced]

__all__ = ["AT", "Case", "Json", "Produced", "block", "changed", "checks_of", "general", "judged", "proven"]


def block(**members: Any) -> Json:
    """Give an unsigned block credential with these members; None takes one out."""
    content: Json = {**make_block_credential(), **members}
    return {name: value for name, value in content.items() if value is not None}


def general(**members: Any) -> Json:
    """Give an unsigned credential that names itself no badge, whose subject has the words of an achievement."""
    subject = members.pop("subject", {})
    return {
        "@context": list(CONTEXTS),
        "id": "urn:uuid:1b0f0b5e-9d0e-4d8f-8a59-0d7b6a2f9e11",
        "type": ["VerifiableCredential"],
        "issuer": TEST_ISSUER,
        "validFrom": "2026-11-24T09:30:00Z",
        "credentialSubject": {
            "id": "urn:uuid:7d0c6f0e-5f5c-4e0b-8d7e-0f4b1f1c2a10",
            "type": ["Achievement"],
            **subject,
        },
        **members,
    }


def proven(document: Json) -> Json:
    """Sign a document as its issuer does."""
    return dict(sign(document, TEST_SIGNER, created=CREATED))


def changed(*path: str | int, to: Any, document: Json | None = None) -> Json:
    """Give a document with one member set, block credential unless told otherwise."""
    content: Any = document or block()
    holder = content
    for step in path[:-1]:
        holder = holder[step]
    holder[path[-1]] = to
    found: Json = content
    return found


def judged(source: Any, given: Materials | None = None, policy: Policy | None = None) -> VerificationReport:
    """Verify bytes, a text, a document or what a reader made of it, at the tests' instant."""
    if isinstance(source, dict):
        return check(to_bytes(source), given, policy=policy)
    if isinstance(source, str):
        return check(source.encode(), given, policy=policy)
    return verify(source, materials=given or materials(), policy=policy or Policy(), at=AT)


def checks_of(produced: Produced) -> Iterator[Check]:
    """Give every answer of a report and of the reports in it."""
    if isinstance(produced, Authenticity):
        yield produced.contexts
        return
    yield from produced.checks
    inner = produced.credentials if isinstance(produced, PresentationReport) else produced.embedded
    for item in inner:
        yield from checks_of(item.report)
