"""The cryptosuites under which the institution may sign, each with the type of key that it takes."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from credentials.multikey import KeyType
from credentials.proofs.registry import signing_suite, suite_names


@dataclass(frozen=True, slots=True)
class SigningSuite:
    """One cryptosuite with one type of key.

    Attributes:
        name: As proofs write it, e.g. ``ecdsa-rdfc-2019``.
        key_type: The type of the key that signs under it.
        label: As the setting writes it: the name, and the key type where it is not the suite's first one.
    """

    name: str
    key_type: KeyType
    label: str


def _all() -> Iterator[tuple[str, SigningSuite]]:
    for name in suite_names():
        takes = signing_suite(name).key_types
        ordered = [key_type for key_type in KeyType if key_type in takes]
        for key_type in ordered:
            whole = f"{name}:{key_type.algorithm}"
            label = name if key_type is ordered[0] else whole
            suite = SigningSuite(name, key_type, label)
            yield label, suite
            yield whole, suite


SIGNING_SUITES: Final[Mapping[str, SigningSuite]] = dict(_all())
"""Every choice by what the setting may write: ``ecdsa-rdfc-2019`` and ``ecdsa-rdfc-2019:P-256`` are one."""

DEFAULT_SUITE: Final = "eddsa-rdfc-2022"
"""What an institution signs under that says nothing of it."""
