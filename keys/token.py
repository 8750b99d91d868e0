"""What holds keys that never leave it, as the rest of the package sees it; and how one is reached.

The library behind it is an extra of the package: only who uses a token needs it.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from credentials.multikey import KeyType, PublicKey
from credentials.proofs.api import Signer
from keys.errors import KeyStoreError

Pin = Callable[[], str]
"""Asks for the token's PIN when it is needed."""


class KeyToken(Protocol):
    """Holds private keys, makes them inside itself, and signs with them."""

    def make(self, name: str, key_type: KeyType) -> PublicKey:
        """Make a key of a name that the ledger does not know yet; give its public half."""
        ...

    def open(self, name: str, verification_method: str, expected: PublicKey) -> Signer:
        """Open the key that the ledger publishes."""
        ...

    def holds(self, name: str) -> bool:
        """Say whether a key of this name can be seen, without a PIN."""
        ...


@dataclass(frozen=True, slots=True)
class TokenPlace:
    """Where the token is, as the settings say it.

    Attributes:
        module: The PKCS #11 library of the token's maker, or None where it is not set.
        label: The token's label, or None where it is not set.
        pin: Asks for the PIN.
    """

    module: Path | None
    label: str | None
    pin: Pin = field(repr=False)


def open_token(place: TokenPlace) -> KeyToken:
    """Reach the token; nothing is asked of it yet.

    Args:
        place: Where it is.

    Raises:
        KeyStoreError: ``token.not_set``: a setting is missing; ``token.unsupported``: the extra is not
            installed.
    """
    if place.module is None or place.label is None:
        raise KeyStoreError(
            "token.not_set",
            "a key lies in a token, and no setting says where the token is",
            where="PARCHEMIN_PKCS11_MODULE" if place.module is None else "PARCHEMIN_PKCS11_TOKEN",
            remedy="set PARCHEMIN_PKCS11_MODULE to the library of the token's maker and "
            "PARCHEMIN_PKCS11_TOKEN to the token's label",
        )
    try:
        from keys.pkcs11_key import Pkcs11Token  # noqa: PLC0415 - its library is an extra
    except ImportError as error:
        raise KeyStoreError(
            "token.unsupported",
            "the library that speaks to tokens is not installed",
            where="PARCHEMIN_PKCS11_MODULE",
            remedy="install the extra: pip install 'parchemin[pkcs11]'",
        ) from error
    return Pkcs11Token(place.module, place.label, place.pin)
