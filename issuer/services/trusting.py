"""The trust register: whom we know, under which name; data, never code."""

import re
from dataclasses import dataclass

from credentials.did_key import PREFIX as DID_KEY
from credentials.did_web import document_url
from credentials.errors import CredentialError
from credentials.json_input import parse_object
from credentials.multikey import PublicKey
from issuer.errors import NotFoundError, RefusedError
from issuer.ports import TrustedIssuer
from issuer.services import audit
from issuer.services.office import Office

MAXIMUM_NAME = 200

_URL = re.compile(r"https://[^\s\x00-\x20\x7f<>\"]{1,2000}")


@dataclass(frozen=True, slots=True)
class AddedTrust:
    """A line of the trust register, and the one that it takes the place of."""

    issuer: TrustedIssuer
    former: TrustedIssuer | None


def add_trust(
    office: Office, did: str, name: str, url: str | None, did_document: bytes | None, *, actor: str
) -> AddedTrust:
    """Add an issuer to the trust register, or replace its line.

    Args:
        office: The service.
        did: Its DID (did:web or did:key).
        name: The name that pages will show for it.
        url: Its site, or None.
        did_document: Its DID document as it handed it over, to be pinned; or None.
        actor: Who.

    Returns:
        The line as kept, and the one that it replaces.

    Raises:
        RefusedError: ``trust.self`` for the institution itself; ``trust.did``, ``trust.name``, ``trust.url``
            or ``trust.document``.
    """
    _check_did(did)
    if did == office.did:
        raise RefusedError(
            "trust.self",
            "this is the institution itself: it is known since it was founded, under its own name",
            where=did,
            remedy="its name stands in institution.yaml; documents keep the name they were issued with",
        )
    if not name.strip() or len(name) > MAXIMUM_NAME or not name.isprintable():
        raise RefusedError(
            "trust.name",
            "the name that pages will show is missing, too long or holds a control character",
            where="--name",
            remedy=f"give 1 to {MAXIMUM_NAME} characters on one line",
        )
    if url is not None and not _URL.fullmatch(url):
        raise RefusedError(
            "trust.url",
            "the issuer's site is not a web address",
            where="--url",
            remedy="for example: --url https://example.org",
        )
    pinned = None if did_document is None else _checked_document(did, did_document)
    with office.store.writing() as registry:
        now = office.clock.now()
        former = next((line for line in registry.trusted() if line.did == did), None)
        issuer = TrustedIssuer(did, name.strip(), url, pinned, now)
        registry.trust(issuer)
        audit.record(registry, now, actor, "trust.added", did, {"name": issuer.name})
    return AddedTrust(issuer, former)


def remove_trust(office: Office, did: str, *, actor: str) -> None:
    """Take an issuer out of the trust register.

    Raises:
        NotFoundError: ``trust.unknown``.
        RefusedError: ``trust.self`` for the institution itself.
    """
    if did == office.did:
        raise RefusedError(
            "trust.self",
            "the institution itself cannot be taken out: its own awards would read as unknown",
            where=did,
            remedy="leave it; a stolen key is dealt with by the key ledger",
        )
    with office.store.writing() as registry:
        if not registry.distrust(did):
            raise NotFoundError(
                "trust.unknown",
                "this issuer is not in the trust register",
                where=did,
                remedy="list it with: parchemin trust list",
            )
        audit.record(registry, office.clock.now(), actor, "trust.removed", did, {})


def _check_did(did: str) -> None:
    try:
        if did.startswith(DID_KEY):
            PublicKey.from_multibase(did.removeprefix(DID_KEY))
        else:
            document_url(did)
    except CredentialError as error:
        raise RefusedError(
            "trust.did",
            "an issuer is named by a did:web or did:key identifier",
            where="DID",
            remedy="for example: did:web:diplomes.example.org",
        ) from error


def _checked_document(did: str, content: bytes) -> str:
    try:
        document = parse_object(content)
    except CredentialError as error:
        raise RefusedError(
            "trust.document",
            f"the DID document cannot be read ({error.code})",
            where="--did-document",
            remedy="give the JSON file as the issuer publishes it",
        ) from error
    if document.get("id") != did:
        raise RefusedError(
            "trust.document",
            "the DID document is another issuer's: its id is not the DID",
            where="--did-document /id",
            remedy="give the document whose id is " + did,
        )
    return content.decode()
