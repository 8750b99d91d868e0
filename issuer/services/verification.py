"""Gather what a verification rests on from our own register; nothing is ever fetched in this version."""

from collections.abc import Mapping
from datetime import datetime

from credentials.json_input import JsonObject, parse_object, to_bytes
from credentials.materials import (
    DidDocument,
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
from issuer.ports import Registry
from issuer.services.office import PARIS, STATUS_LIST, Office

_KINDS = {
    AwardState.REVOKED: WithdrawalKind.REVOKED,
    AwardState.REPLACED: WithdrawalKind.REPLACED,
    AwardState.SUSPENDED: WithdrawalKind.SUSPENDED,
}


def materials_for(
    office: Office, registry: Registry, needs: Needs | None = None, award: Award | None = None
) -> Materials:
    """Gather the materials for one document.

    Args:
        office: The service.
        registry: The open unit of work.
        needs: What the document calls for; None for a document of our own.
        award: The register's entry for it, when it is one of ours.

    Returns:
        DID documents, status lists, the trust register and related bytes that are at hand; what lies with
        others is marked unavailable, because the network is off.
    """
    now = office.clock.now()
    trusted = registry.trusted()
    dids: dict[str, DidDocument | Unavailable] = {
        did: Unavailable(Reason.NETWORK_OFF) for did in (needs.dids if needs else ())
    }
    for issuer in trusted:
        if issuer.did_document is not None:
            dids[issuer.did] = DidDocument(parse_object(issuer.did_document.encode()), issuer.since)
    dids[office.did] = DidDocument(own_did_document(office, registry), now)
    return Materials(
        did_documents=dids,
        status_lists=_status_lists(office, registry, needs, now),
        trust={issuer.did: IssuerIdentity(issuer.did, issuer.name, issuer.url) for issuer in trusted},
        related=_related(registry, needs),
        withdrawal=withdrawal_of(award),
        own_issuer=office.did,
    )


def own_did_document(office: Office, registry: Registry) -> JsonObject:
    """Give our own DID document as JSON values, exactly as it is published."""
    return parse_object(to_bytes(dict(office.did_document_of(registry.key_ledger()))))  # type: ignore[arg-type]  # JSON values


def withdrawal_of(award: Award | None) -> Withdrawal | None:
    """Give what the register says against an award, or None."""
    if award is None or award.state not in _KINDS:
        return None
    return Withdrawal(
        kind=_KINDS[award.state],
        reason=WITHDRAWAL_SENTENCES[award.reason] if award.reason else None,
        on=award.state_since.astimezone(PARIS).date() if award.state_since else None,
    )


def _status_lists(
    office: Office, registry: Registry, needs: Needs | None, now: datetime
) -> Mapping[str, StatusList | Unavailable]:
    lists: dict[str, StatusList | Unavailable] = {
        url: Unavailable(Reason.NETWORK_OFF) for url in (needs.status_list_urls if needs else ())
    }
    own = registry.status_list(STATUS_LIST)
    if own is not None:
        # Read from the register at this moment: nothing newer can be had anywhere.
        lists[office.status_list_url()] = StatusList(own.body, now)
    return lists


def _related(registry: Registry, needs: Needs | None) -> Mapping[str, bytes]:
    related: dict[str, bytes] = {}
    for digest in needs.related_digests if needs else ():
        award = registry.by_digest(digest)
        credential = registry.credential(award.number) if award else None
        if credential is not None:
            related[digest] = credential
    return related
