"""A status list as a credential: of the right form, address and issuer, proven, in force, and fresh.

A list is opened only where all but its freshness holds. A list that is merely old can still say that a
document was withdrawn, because that is never undone; it can no longer say that nothing was.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from credentials.authenticity import examine
from credentials.budget import Budget
from credentials.errors import CredentialError, ErrorCode
from credentials.json_input import JsonObject, JsonValue, parse_object
from credentials.materials import Materials, Reason, Unavailable
from credentials.messages import answer, code_of, long_instant
from credentials.policy import Policy
from credentials.report import Check, Outcome
from credentials.status import bitstring, status_list_2021
from credentials.status.bitstring import StatusListError
from credentials.structure import Examination, examine_credential
from credentials.structure.status_entry import BITSTRING, STATUS_LIST_2021
from credentials.structure.values import instant_of, issuer_id_of, objects_of, types_of

MAX_LIST_PROOFS: Final = 6
"""One for each suite and curve that an institution may choose; an entry costs what its list costs, so that a
list may have fewer than a document."""

_TOO_MUCH: Final = frozenset(
    {ErrorCode.INPUT_TOO_LARGE, ErrorCode.INPUT_TOO_MANY_VALUES, ErrorCode.INPUT_STRING_TOO_LONG}
)


@dataclass(frozen=True, slots=True)
class ListKind:
    """How lists of one kind are written.

    Attributes:
        credential: The type of the credential.
        subject: The type of its subject.
        examine: Examines its form.
        decode: Expands its ``encodedList``.
    """

    credential: str
    subject: str
    examine: Callable[[JsonObject, Examination], None]
    decode: Callable[[str], bytes]


KINDS: Final = {
    BITSTRING: ListKind(
        "BitstringStatusListCredential", "BitstringStatusList", examine_credential, bitstring.decode
    ),
    STATUS_LIST_2021: ListKind(
        "StatusList2021Credential", "StatusList2021", status_list_2021.examine_list, status_list_2021.decode
    ),
}
"""By the type of the entry that points to a list."""


@dataclass(frozen=True, slots=True)
class ReadList:
    """A list as obtained, of which nothing is known yet but that it is JSON.

    Attributes:
        content: The object.
        as_of: When it was obtained, aware.
        own: Whether the caller publishes it itself.
    """

    content: JsonObject
    as_of: datetime
    own: bool = False


@dataclass(frozen=True, slots=True)
class OpenedList:
    """A list that may be read.

    Attributes:
        subject: The list itself: its purposes.
        as_of: The date of what it says.
        bits: Its ``encodedList``, expanded; or why it cannot be.
        stale: Why it can no longer say that nothing stands against a document, or None.
    """

    subject: JsonObject
    as_of: datetime
    bits: bytes | Check
    stale: Check | None = None


def read_list(address: str, materials: Materials) -> ReadList | Check:
    """Read what was obtained from an address as one JSON object, or say why it cannot be read.

    Args:
        address: Under which the list was to be obtained.
        materials: Status lists.
    """
    material = materials.status_lists.get(address, Unavailable(Reason.NOT_AT_HAND))
    if isinstance(material, Unavailable):
        return answer(f"status.{material.reason.value}")
    try:
        return ReadList(parse_object(material.document), material.as_of, material.own)
    except CredentialError as error:
        code = "status.too_large" if error.code in _TOO_MUCH else "status.list_malformed"
        return answer(code, as_of=material.as_of)


def too_old(as_of: datetime, policy: Policy, at: datetime) -> Check | None:
    """Say whether a list is older than the policy allows.

    Args:
        as_of: The date of what the list says, aware.
        policy: How old a list may be.
        at: The instant of the check, aware.
    """
    if policy.max_status_age is None or at - as_of <= policy.max_status_age:
        return None
    return answer("status.list_too_old", as_of=as_of, params={"date": long_instant(as_of)})


def open_list(
    kind: ListKind,
    read: ReadList,
    *,
    url: str,
    issuer: str,
    materials: Materials,
    policy: Policy,
    at: datetime,
    budget: Budget,
) -> OpenedList | Check:
    """Verify a status list as a credential.

    Args:
        kind: How lists of this kind are written.
        read: The list as obtained.
        url: The address that the entry names.
        issuer: The issuer of the credential that points to it; the list must be signed by the same.
        materials: DID documents.
        policy: How old a list may be, and for which instant the state is asked.
        at: The instant of the check, aware.
        budget: From which the work of its proofs is spent.

    Returns:
        The list, or why it tells nothing.

    Spec: Bitstring Status List 1.0, sections 2.2 and 3.2; VCDM 2.0, section 4.9 (Validity Period).
    """
    content = read.content
    # The list has to have been in force at the instant that is asked for: a server that ignores the
    # timestamp and gives today's list is found out by its validFrom.
    moment = policy.status_at or at
    as_of = policy.status_at or read.as_of
    fault = (
        _form_fault(content, kind)
        or _loop_fault(content, url)
        or _origin_fault(content, url=url, issuer=issuer, materials=materials, at=at, budget=budget)
        or _start_fault(content, moment)
    )
    if fault is not None:
        return answer(fault, as_of=as_of)
    (subject,) = objects_of(content.get("credentialSubject"))
    stale = None if read.own else _ended(content, as_of, moment)
    if policy.status_at is None:
        stale = stale or too_old(as_of, policy, at) or _outlived(subject, as_of, at)
    return OpenedList(subject, as_of, _bits(kind, subject, as_of), stale)


def _bits(kind: ListKind, subject: JsonObject, as_of: datetime) -> bytes | Check:
    try:
        return kind.decode(str(subject.get("encodedList")))
    except StatusListError as error:
        return answer(code_of(error), as_of=as_of)


def _form_fault(content: JsonObject, kind: ListKind) -> str | None:
    found = Examination()
    kind.examine(content, found)
    if found.unexamined and not found.faults:
        # Of an earlier data model, for example: nothing is wrong with it, and nothing was looked at.
        return "status.unsupported_type"
    subjects = objects_of(content.get("credentialSubject"))
    well_formed = (
        found.first is None
        and kind.credential in types_of(content)
        and len(subjects) == 1
        and kind.subject in types_of(subjects[0])
        and isinstance(subjects[0].get("encodedList"), str)
        and _is_duration(subjects[0].get("ttl", 0))
    )
    return None if well_formed else "status.list_malformed"


def _is_duration(value: JsonValue) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _loop_fault(content: JsonObject, url: str) -> str | None:
    """A list is not followed to another one: a chain of lists could be without end."""
    own = content.get("credentialStatus")
    if own is None:
        return None
    addresses = {entry.get(name) for entry in objects_of(own) for name in ("statusListCredential", "id")}
    return "status.list_names_itself" if url in addresses else "status.list_has_status"


def _origin_fault(
    content: JsonObject, *, url: str, issuer: str, materials: Materials, at: datetime, budget: Budget
) -> str | None:
    # Without its own address, a list could stand in for another one of the same issuer.
    if content.get("id") != url:
        return "status.list_of_another_address"
    if issuer_id_of(content) != issuer:
        return "status.list_wrong_issuer"
    if len(objects_of(content.get("proof"))) > MAX_LIST_PROOFS:
        return "status.list_not_proven"
    examined = examine(content, issuer=issuer, materials=materials, at=at)
    budget.spend(examined.work)
    proofs = examined.proofs
    if any(proof.key.code == "key.controller_not_issuer" for proof in proofs):
        return "status.list_wrong_issuer"
    proven = bool(proofs) and all(
        proof.signature.outcome is Outcome.PASS
        and proof.key.outcome is Outcome.PASS
        and (proof.expires is None or at < proof.expires)
        for proof in proofs
    )
    return None if proven else "status.list_not_proven"


def _start_fault(content: JsonObject, moment: datetime) -> str | None:
    starts = _instants(content, "validFrom", "issuanceDate")
    return "status.list_not_yet_valid" if any(moment < start for start in starts) else None


def _ended(content: JsonObject, as_of: datetime, moment: datetime) -> Check | None:
    ends = _instants(content, "validUntil", "expirationDate")
    return answer("status.list_ended", as_of=as_of) if any(moment > end for end in ends) else None


def _instants(content: JsonObject, *members: str) -> list[datetime]:
    """Give the instants of these members; the second names are those of VCDM 1.1."""
    found = (instant_of(content.get(member)) for member in members)
    return [instant for instant in found if instant is not None]


def _outlived(subject: JsonObject, as_of: datetime, at: datetime) -> Check | None:
    """The issuer's ``ttl``: past it, by its own word, a newer list is to be asked for."""
    ttl = subject.get("ttl")
    if not isinstance(ttl, int) or at - as_of <= timedelta(milliseconds=ttl):
        return None
    return answer("status.list_stale", as_of=as_of, params={"date": long_instant(as_of)})
