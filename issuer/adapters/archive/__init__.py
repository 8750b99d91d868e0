"""Backups: the register at one instant and all that it needs, in one file that a passphrase opens."""

from issuer.adapters.archive.backup_file import (
    SealedBackup,
    Sources,
    digest_of_file,
    read_backup,
    write_backup,
)
from issuer.adapters.archive.head import Head, Part
from issuer.adapters.archive.sealed_stream import HARDNESS, SHORTEST_PASSPHRASE, Hardness
from issuer.adapters.archive.snapshot import RegisterFacts, Snapshot, register_facts, snapshot_of

__all__ = [
    "HARDNESS",
    "SHORTEST_PASSPHRASE",
    "Hardness",
    "Head",
    "Part",
    "RegisterFacts",
    "SealedBackup",
    "Snapshot",
    "Sources",
    "digest_of_file",
    "read_backup",
    "register_facts",
    "snapshot_of",
    "write_backup",
]
