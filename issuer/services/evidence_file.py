"""The trail in one file, and what a stranger finds in it: on another machine, without the register or a key.

The file holds no name, no birth date, no address and no document: the trail, the roots, public keys, and of
each award its number, the digest of its bytes and its state.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from typing import Final, TypeVar

from credentials.did_web import DidWebError, key_from_document
from credentials.json_input import JsonObject
from issuer import VERSION
from issuer.errors import RefusedError
from issuer.ports import AuditEntry
from issuer.services.audit import ChainFault
from issuer.services.evidence import Evidence, KeptAward, KeptKey, evidence_of
from issuer.services.evidence_checks import faults_of
from issuer.services.evidence_orders import order_faults
from issuer.services.office import Office

FILE_TYPE: Final = "ParcheminTrail"
FILE_VERSION: Final = "1"
MOST_BYTES: Final = 512 * 1024 * 1024

_Line = TypeVar("_Line", AuditEntry, KeptKey, KeptAward)


@dataclass(frozen=True, slots=True)
class ExportedTrail:
    """A file, read.

    Attributes:
        evidence: The trail and what it is proven with.
        did_document: The DID document that lies in the file.
        made: When it was written, as the file says.
    """

    evidence: Evidence
    did_document: JsonObject
    made: str


def export_trail(office: Office) -> bytes:
    """Write the trail, the roots, the public keys and the awards' digests as one file.

    Args:
        office: The service.
    """
    with office.store.reading() as registry:
        evidence = evidence_of(registry, office.did)
        did_document = office.did_document_of(registry.key_ledger())
        schema = registry.schema_revision()
    made: datetime = office.clock.now()
    content = {
        "type": FILE_TYPE,
        "version": FILE_VERSION,
        "issuer": evidence.issuer,
        "made": made.isoformat(timespec="seconds"),
        "software": VERSION,
        "schema": schema,
        "entries": [asdict(entry) for entry in evidence.entries],
        # As texts: of a root every byte counts.
        "roots": [body.decode() for body in evidence.roots],
        "keys": [asdict(key) for key in evidence.keys],
        "did_document": did_document,
        "awards": [asdict(award) for award in evidence.awards],
        "lists": dict(evidence.lists),
    }
    return json.dumps(content, ensure_ascii=False, indent=1).encode()


def read_trail(data: bytes) -> ExportedTrail:
    """Read a file that :func:`export_trail` wrote, or that somebody forged.

    Args:
        data: Its bytes: hostile.

    Raises:
        RefusedError: ``audit.file``: it is no such file.
    """
    try:
        if len(data) > MOST_BYTES:
            raise _Malformed
        content = json.loads(data)
        if not isinstance(content, dict):
            raise _Malformed
        if (content.get("type"), content.get("version")) != (FILE_TYPE, FILE_VERSION):
            raise _Malformed
        return _trail(content)
    except (ValueError, RecursionError) as error:
        raise RefusedError(
            "audit.file",
            "the file is not a trail that parchemin audit export wrote",
            where="FILE",
            remedy="write it anew on the server: parchemin audit export --out FILE",
        ) from error


def file_faults(trail: ExportedTrail, mirrored: Sequence[bytes] | None = None) -> Sequence[ChainFault]:
    """Give everything that is wrong with an exported trail.

    Args:
        trail: The file, read.
        mirrored: Roots as another machine kept them, or None.
    """
    evidence = trail.evidence
    faults = [
        *faults_of(evidence, mirrored),
        *order_faults(evidence.entries),
        *_published_faults(evidence.keys, trail.did_document),
    ]
    return list(dict.fromkeys(faults))


class _Malformed(ValueError):  # noqa: N818 - never leaves this module
    """The file is none of ours."""


def _published_faults(keys: Sequence[KeptKey], did_document: JsonObject) -> Sequence[ChainFault]:
    """Compare the ledger with the DID document: every key that stands is published under its purpose."""
    faults = []
    for key in keys:
        if key.state == "compromised":
            continue
        try:
            published = key_from_document(did_document, key.id, key.purpose).key.multibase
        except DidWebError:
            published = ""
        if published != key.key:
            name = key.id.rpartition("#")[2]
            faults.append(
                ChainFault(0, "audit.did", f"key {name} is not the one that the DID document lists")
            )
    return faults


def _trail(content: Mapping[str, object]) -> ExportedTrail:
    roots, lists, document = content.get("roots"), content.get("lists"), content.get("did_document")
    issuer, made = content.get("issuer"), content.get("made")
    if not (isinstance(roots, list) and isinstance(lists, dict) and isinstance(document, dict)):
        raise _Malformed
    if not (isinstance(issuer, str) and isinstance(made, str)):
        raise _Malformed
    evidence = Evidence(
        issuer=issuer,
        entries=_lines(content.get("entries"), AuditEntry),
        roots=[_text(root).encode("utf-8", "surrogatepass") for root in roots],
        keys=_lines(content.get("keys"), KeptKey),
        awards=_lines(content.get("awards"), KeptAward),
        lists={name: _text(digest) for name, digest in lists.items()},
    )
    return ExportedTrail(evidence, document, made)


def _lines(values: object, kind: type[_Line]) -> list[_Line]:
    if not isinstance(values, list):
        raise _Malformed
    return [_line(value, kind) for value in values]


def _line(value: object, kind: type[_Line]) -> _Line:
    names = [field.name for field in fields(kind)]
    if not isinstance(value, dict) or set(value) != set(names):
        raise _Malformed
    for name, member in value.items():
        wanted = int if name == "sequence" else str
        if not (type(member) is wanted or (name == "since" and member is None)):
            raise _Malformed
    return kind(**value)


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise _Malformed
    return value
