"""Gather what a verification rests on: ours from our register, others' from their sites, if that is on.

What is ours is never fetched, however a document spells its address; nor is the DID document of an issuer
that the trust register pinned. See ``docs/adr/0013-guarded-fetcher.md``.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final
from urllib.parse import unquote, urlsplit

from credentials.did_web import DidWebError, document_url
from credentials.document import Document, ReadProblem
from credentials.json_input import JsonObject, parse_object, to_bytes
from credentials.materials import (
    DidDocument,
    KeyDocument,
    Materials,
    Needs,
    Reason,
    StatusList,
    Unavailable,
    Withdrawal,
    WithdrawalKind,
)
from credentials.report import IssuerIdentity
from issuer.domain.award import WITHDRAWAL_SENTENCES, Award, AwardState
from issuer.ports import Address, Fetched, Fetcher, FetchKind, Registry
from issuer.services.office import PARIS, Office

_KINDS = {
    AwardState.REVOKED: WithdrawalKind.REVOKED,
    AwardState.REPLACED: WithdrawalKind.REPLACED,
    AwardState.SUSPENDED: WithdrawalKind.SUSPENDED,
}


MOST_ADDRESSES: Final = 16
"""Fetched for one verification. An honest document names one issuer, one key and a list or two; a
presentation of a title with its blocks stays below as well. What is beyond is not looked for."""

FetchedMaterials = Mapping[Address, Fetched | Unavailable]
"""What was fetched for a document; an address that is not in it was not asked, because the network is off."""

_DEFAULT_PORTS: Final = {"https": 443, "http": 80}


def fetch_for(office: Office, fetcher: Fetcher | None, needs: Needs) -> FetchedMaterials:
    """Fetch what a document calls for and our register does not hold.

    The register is closed again before anything is asked: others may take their time.

    Args:
        office: The service.
        fetcher: The door to the network; None while it is off.
        needs: What the document calls for: hostile until checked.

    Returns:
        What was fetched, or why it was not had, by address.
    """
    if fetcher is None:
        return {}
    with office.store.reading() as registry:
        held = {issuer.did for issuer in registry.trusted() if issuer.did_document is not None}
    lacking = _foreign_addresses(office, needs, held | {office.did})
    if not lacking:
        return {}
    asked, rest = lacking[:MOST_ADDRESSES], lacking[MOST_ADDRESSES:]
    return {**dict.fromkeys(rest, Unavailable(Reason.NOT_AT_HAND)), **fetcher.fetch(asked)}


def materials_for(
    office: Office,
    registry: Registry,
    needs: Needs | None = None,
    award: Award | None = None,
    fetched: FetchedMaterials | None = None,
) -> Materials:
    """Gather the materials for one document.

    Args:
        office: The service.
        registry: The open unit of work.
        needs: What the document calls for; None for a document of our own.
        award: The register's entry for it, when it is one of ours.
        fetched: What was fetched for it.

    Returns:
        DID documents, status lists, keys, the trust register and related bytes that are at hand; what lies
        with others and was not had is marked unavailable, with the reason.
    """
    now = office.clock.now()
    trusted = registry.trusted()
    calls_for, others = needs or Needs(), fetched or {}
    embedded = _embedded_awards(office, registry, calls_for)
    own_document = DidDocument(own_did_document(office, registry), now)
    dids = {did: _did_document(office, did, own_document, others) for did in calls_for.dids}
    for issuer in trusted:
        if issuer.did_document is not None:
            dids[issuer.did] = DidDocument(parse_object(issuer.did_document.encode()), issuer.since)
    dids[office.did] = own_document
    return Materials(
        did_documents=dids,
        status_lists=_status_lists(office, registry, calls_for, others, now),
        key_documents={url: _key_document(office, url, others) for url in calls_for.key_urls},
        trust={issuer.did: IssuerIdentity(issuer.did, issuer.name, issuer.url) for issuer in trusted},
        related=_related(registry, needs),
        withdrawal=withdrawal_of(award),
        in_register=award is not None,
        embedded_withdrawals=_embedded_withdrawals(embedded),
        embedded_in_register=frozenset(embedded),
        own_issuer=office.did,
    )


def own_did_document(office: Office, registry: Registry) -> JsonObject:
    """Give our own DID document as JSON values, exactly as it is published."""
    return parse_object(to_bytes(dict(office.did_document_of(registry.key_ledger()))))  # type: ignore[arg-type]  # JSON values


def award_named(registry: Registry, office: Office, identifier: str) -> Award | None:
    """Give the award whose document has this identifier; no other spelling of it is that document's name.

    A document for extracts has one of its own, which was noted when it was exported.

    Args:
        registry: The open unit of work.
        office: The service.
        identifier: The ``id`` of a document: hostile until checked.

    Returns:
        The register's entry, or None.
    """
    award = registry.award_by_token(identifier.removeprefix(office.link("")))
    if award is not None and award.credential_id == identifier:
        return award
    return registry.award_exported_as(identifier)


def papers_for(registry: Registry, received: Document | ReadProblem) -> frozenset[str] | None:
    """Give the digest of the PDF that was handed in, where it is one that we made.

    A file's digest stands for all of it: for the award that it was made for, and for what is attached to it.

    Args:
        registry: The open unit of work.
        received: What was handed in.

    Returns:
        SHA-256 in hex, or nothing for a file that we did not make; None for what came in no PDF.
    """
    if not isinstance(received, Document) or received.carrier is None:
        return None
    digest = received.carrier.sha256
    return frozenset() if registry.paper(digest) is None else frozenset({digest})


def withdrawal_of(award: Award | None) -> Withdrawal | None:
    """Give what the register says against an award, or None."""
    if award is None or award.state not in _KINDS:
        return None
    return Withdrawal(
        kind=_KINDS[award.state],
        reason=WITHDRAWAL_SENTENCES[award.reason] if award.reason else None,
        on=award.state_since.astimezone(PARIS).date() if award.state_since else None,
    )


def _foreign_addresses(office: Office, needs: Needs, held: set[str]) -> Sequence[Address]:
    """Give each address of others that a document calls for, once, in its order."""
    dids = (_did_address(did) for did in needs.dids if did not in held)
    wanted = [
        *(address for address in dids if address is not None),
        *(Address(url, FetchKind.KEY) for url in needs.key_urls),
        *(Address(url, FetchKind.STATUS_LIST) for url in needs.status_list_urls),
    ]
    return [address for address in dict.fromkeys(wanted) if _own_path(office, address.url) is None]


def _did_address(did: str) -> Address | None:
    try:
        return Address(document_url(did), FetchKind.DID_DOCUMENT)
    except DidWebError:
        return None


def _own_path(office: Office, url: str) -> str | None:
    """Give the path of an address of our own, None for anybody else's: however host and port are spelled."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return None
    own = urlsplit(office.base_url)
    host = unquote(parts.hostname or "").lower().removesuffix(".")
    same = (host, port or _DEFAULT_PORTS.get(parts.scheme)) == (
        own.hostname,
        own.port or _DEFAULT_PORTS.get(own.scheme),
    )
    return unquote(parts.path) if same else None


def _did_document(
    office: Office, did: str, own: DidDocument, fetched: FetchedMaterials
) -> DidDocument | Unavailable:
    address = _did_address(did)
    if address is None:
        return Unavailable(Reason.REFUSED)
    path = _own_path(office, address.url)
    if path is not None:
        at_its_place = path == _own_path(office, document_url(office.did))
        return own if at_its_place else Unavailable(Reason.NOT_FOUND)
    had = fetched.get(address, Unavailable(Reason.NETWORK_OFF))
    return DidDocument(had.body, had.as_of) if isinstance(had, Fetched) else had


def _key_document(office: Office, url: str, fetched: FetchedMaterials) -> KeyDocument | Unavailable:
    if _own_path(office, url) is not None:
        # Our keys are in our DID document; there is none at an address of its own.
        return Unavailable(Reason.NOT_FOUND)
    had = fetched.get(Address(url, FetchKind.KEY), Unavailable(Reason.NETWORK_OFF))
    return KeyDocument(had.body, had.as_of) if isinstance(had, Fetched) else had


def _status_lists(
    office: Office, registry: Registry, needs: Needs, fetched: FetchedMaterials, now: datetime
) -> Mapping[str, StatusList | Unavailable]:
    own: dict[str, StatusList] = {}
    for opening in registry.status_lists():
        published = registry.status_list(opening.name)
        if published is not None:
            # Read from the register at this moment: nothing newer can be had anywhere, whatever its end.
            own[office.status_list_url(opening.name)] = StatusList(published.body, now, own=True)
    paths = {_own_path(office, url): material for url, material in own.items()}
    lists: dict[str, StatusList | Unavailable] = {}
    for url in needs.status_list_urls:
        path = _own_path(office, url)
        if path is not None:
            lists[url] = paths.get(path, Unavailable(Reason.NOT_FOUND))
        else:
            had = fetched.get(Address(url, FetchKind.STATUS_LIST), Unavailable(Reason.NETWORK_OFF))
            lists[url] = StatusList(had.body, had.as_of) if isinstance(had, Fetched) else had
    return {**lists, **own}


def _embedded_awards(office: Office, registry: Registry, needs: Needs) -> Mapping[str, Award]:
    """Give our awards among the credentials inside a document: those that bear a link of ours."""
    named = ((identifier, award_named(registry, office, identifier)) for identifier in needs.embedded_ids)
    return {identifier: award for identifier, award in named if award is not None}


def _embedded_withdrawals(awards: Mapping[str, Award]) -> Mapping[str, Withdrawal]:
    said = ((identifier, withdrawal_of(award)) for identifier, award in awards.items())
    return {identifier: withdrawal for identifier, withdrawal in said if withdrawal is not None}


def _related(registry: Registry, needs: Needs | None) -> Mapping[str, bytes]:
    related: dict[str, bytes] = {}
    for digest in needs.related_digests if needs else ():
        # Of an award that was signed again, a document may name the bytes that were there before.
        credential = registry.credential_of_digest(digest)
        if credential is not None:
            related[digest] = credential
    return related
