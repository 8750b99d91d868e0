"""Statements under labels that say nothing of what is hidden.

The canonical label of a blank node depends on the whole document, and so would tell of its hidden parts. It
is replaced by a keyed digest of it; the key stays with the holder.

Spec: Data Integrity ECDSA Cryptosuites 1.0, section 3.4 (createHmacIdLabelMapFunction, canonicalizeAndGroup).
"""

import hmac
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from credentials.multibase import encode_base64url
from credentials.proofs.ecdsa_sd_2023.statements import Statements, relabel


@dataclass(frozen=True, slots=True)
class Masked:
    """The statements of a document under these labels.

    Attributes:
        statements: The statements under canonical labels.
        labels: By canonical label, the keyed digest: 32 bytes.
        lines: The statements under these labels, sorted: the order in which they are numbered and signed.
    """

    statements: Statements
    labels: Mapping[str, bytes]
    lines: tuple[str, ...]

    def indexes(self, pointers: Sequence[str]) -> tuple[int, ...]:
        """Give the numbers of the statements that pointers select, ascending.

        Raises:
            ProofOptionsError: A pointer is malformed, leads nowhere, or into a value.

        Spec: Data Integrity ECDSA Cryptosuites 1.0, section 3.4 (canonicalizeAndGroup).
        """
        chosen = frozenset(relabel(self.statements.select(pointers), shown(self.labels)))
        return tuple(index for index, line in enumerate(self.lines) if line in chosen)


def mask(statements: Statements, key: bytes) -> Masked:
    """Give statements under labels made with a key.

    Args:
        statements: The statements of a document.
        key: 32 secret bytes, other ones for each document.
    """
    labels = {
        label: hmac.digest(key, label.encode("ascii"), "sha256")
        for label in sorted(statements.labels.values())
    }
    return Masked(statements, labels, tuple(relabel(statements.lines, shown(labels))))


def shown(labels: Mapping[str, bytes]) -> Mapping[str, str]:
    """Give labels as they are written in a statement."""
    return {label: encode_base64url(digest) for label, digest in labels.items()}
