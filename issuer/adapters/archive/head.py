"""What a backup says of itself before and after its parts."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

from issuer.adapters.archive.snapshot import RegisterFacts

HEAD = "head.json"
PARTS = "parts.json"
REGISTER = "register.sqlite3"
DATA = "data/"
SETTINGS = "settings/"


@dataclass(frozen=True, slots=True)
class Head:
    """The first part of a backup.

    Attributes:
        made_at: When (ISO 8601, with offset).
        version: The version of Parchemin that made it.
        facts: What the register said of itself.
    """

    made_at: str
    version: str
    facts: RegisterFacts


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a backup as it was read or written: its name, bytes and digest."""

    name: str
    size: int
    sha256: str


def head_bytes(head: Head) -> bytes:
    """Write the first part."""
    return json.dumps(asdict(head), sort_keys=True).encode()


def head_from(data: bytes) -> Head:
    """Read the first part.

    Raises:
        ValueError: It is none.
    """
    try:
        values = json.loads(data)
        facts = values["facts"]
        return Head(
            str(values["made_at"]),
            str(values["version"]),
            RegisterFacts(
                schema=str(facts["schema"]),
                base_url=str(facts["base_url"]),
                did=str(facts["did"]),
                counts={str(name): int(count) for name, count in facts["counts"].items()},
                audit_sequence=int(facts["audit_sequence"]),
                audit_hash=str(facts["audit_hash"]),
            ),
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(str(error)) from error


def parts_bytes(parts: Sequence[Part]) -> bytes:
    """Write the last part."""
    return json.dumps([asdict(part) for part in parts], sort_keys=True).encode()


def parts_from(data: bytes) -> Mapping[str, Part]:
    """Read the last part.

    Raises:
        ValueError: It is none.
    """
    try:
        lines = json.loads(data)
        listed = [Part(str(line["name"]), int(line["size"]), str(line["sha256"])) for line in lines]
    except (KeyError, TypeError) as error:
        raise ValueError(str(error)) from error
    return {part.name: part for part in listed}
