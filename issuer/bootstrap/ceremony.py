"""A key ceremony: a new key before witnesses, proof that it is there, and a report to sign by hand.

The report holds public halves only. Its digest goes into the trail, and so into the next published root.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from credentials.errors import CredentialError
from credentials.instant import format_instant
from issuer.bootstrap.key_acts import Rotation, rotate
from issuer.bootstrap.passphrases import Prompt, as_configuration, passphrase_for
from issuer.bootstrap.signing_keys import KeyLine, key_folder, ledger_records
from issuer.config import Settings
from issuer.errors import ConfigurationError
from issuer.services.key_acts import find_key, note_ceremony
from issuer.services.office import Office
from keys import KeyCustody, KeyRecord, KeyStoreError

_GROUP = 4


@dataclass(frozen=True, slots=True)
class Ceremony:
    """What a ceremony gave.

    Attributes:
        line: The new key.
        fingerprint: What is read aloud and compared: SHA-256 of the public key, in groups of four.
        report: The report, Markdown; its last line is the digest of all before it.
        digest: That digest.
    """

    line: KeyLine
    fingerprint: str
    report: str
    digest: str


def hold_ceremony(
    settings: Settings,
    office: Office,
    asked: Rotation,
    choose: Prompt,
    *,
    witnesses: Sequence[str],
    actor: str,
) -> Ceremony:
    """Make a key before witnesses; the ones before it retire, the lists are signed again.

    Args:
        settings: What is in force.
        office: The service.
        asked: Which key.
        choose: Asks for the passphrase, or the token's PIN, when no setting gives it; once.
        witnesses: Names of those who are there, for the report alone.
        actor: Who holds it.

    Returns:
        The key and the report.

    Raises:
        ServiceError: The key cannot be made, or does not prove itself (``key.unproven``).
    """
    once = cache(choose)
    line = rotate(settings, office, asked, once, actor=actor)
    with office.store.reading() as registry:
        record = ledger_records([find_key(registry, line.name)])[0]
        end = registry.last_audit()
    at = format_instant(office.clock.now())
    challenge = f"{line.verification_method} {at} {office.ids.secret().hex()}"
    signature = _proven(settings, office, record, challenge.encode(), once)
    fingerprint = fingerprint_of(record)
    body = _body(
        office,
        line,
        fingerprint=fingerprint,
        challenge=challenge,
        signature=signature.hex(),
        at=at,
        witnesses=witnesses,
        head=end.hash if end else "",
    )
    digest = hashlib.sha256(body.encode()).hexdigest()
    with office.store.writing() as registry:
        note_ceremony(office, registry, line.name, digest, len(witnesses), actor=actor)
    return Ceremony(line, fingerprint, f"{body}\nSHA-256 of everything above this line: `{digest}`\n", digest)


def fingerprint_of(record: KeyRecord) -> str:
    """Give what people compare of a key: SHA-256 of its multicodec form, in groups of four."""
    digest = hashlib.sha256(record.public_key.prefixed).hexdigest().upper()
    return " ".join(digest[place : place + _GROUP] for place in range(0, len(digest), _GROUP))


def _proven(settings: Settings, office: Office, record: KeyRecord, challenge: bytes, ask: Prompt) -> bytes:
    """Sign the challenge, and check it with the public half that is published."""
    in_token = record.custody is KeyCustody.TOKEN
    try:
        folder = key_folder(settings, office.did, ask if in_token else None)
        signature = folder.open(record, lambda: passphrase_for(settings, ask)).sign(challenge)
        record.public_key.verify(signature, challenge)
    except KeyStoreError as error:
        raise as_configuration(error) from error
    except CredentialError as error:
        raise ConfigurationError(
            "key.unproven",
            "the new key does not sign what its published half verifies",
            where=record.name,
            remedy="retire it, find out what its custody does, and hold the ceremony again",
        ) from error
    return signature


def _body(
    office: Office,
    line: KeyLine,
    *,
    fingerprint: str,
    challenge: str,
    signature: str,
    at: str,
    witnesses: Sequence[str],
    head: str,
) -> str:
    rows = {
        "Institution": office.institution.name,
        "Issuer": f"`{office.did}`",
        "Held at (UTC)": at,
        "Verification method": f"`{line.verification_method}`",
        "Type": line.algorithm,
        "Custody": "token (PKCS #11)" if line.custody == KeyCustody.TOKEN else "encrypted file",
        "did:key": f"`{line.did_key}`",
        "Fingerprint (SHA-256)": f"`{fingerprint}`",
        "Last line of the trail": f"`{head}`",
    }
    facts = "\n".join(f"| {name} | {value} |" for name, value in rows.items())
    places = "\n\n".join(f"{name}: ______________________________" for name in witnesses)
    return (
        f"# Key ceremony\n\n|  |  |\n|---|---|\n{facts}\n\n"
        "## Proof of possession\n\n"
        f"Challenge: `{challenge}`\n\nSignature (hexadecimal): `{signature}`\n\n"
        "Checked against the public key above: it holds.\n\n"
        "## What was done\n\n"
        "1. The machine was set apart, and its clock compared with another one.\n"
        "2. The key was made where it stays; its secret half was shown to nobody.\n"
        "3. The fingerprint was read aloud from the screen and compared with this page by each witness.\n"
        "4. The key file (or the token) was copied to its place of custody, and the passphrase (or the PIN) "
        "put under seal in two halves, in two places.\n\n"
        f"## Witnesses\n\n{places}\n"
    )
