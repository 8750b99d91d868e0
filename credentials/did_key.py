"""did:key: an identifier that is its own public key.

Spec: The did:key Method v0.9, sections 2 and 3.
"""

from credentials.errors import ErrorCode, KeyFormatError
from credentials.multikey import PublicKey

PREFIX = "did:key:"


def did_for(key: PublicKey) -> str:
    """Give the DID of a key: ``did:key:X``."""
    return PREFIX + key.multibase


def verification_method_for(key: PublicKey) -> str:
    """Give the DID URL of a key: ``did:key:X#X``."""
    return f"{PREFIX}{key.multibase}#{key.multibase}"


def resolve(verification_method: str) -> PublicKey:
    """Read the key that a ``did:key`` URL is.

    Args:
        verification_method: ``did:key:X#X``; the fragment repeats the identifier exactly.

    Raises:
        KeyFormatError: Another method, no fragment or another one, a query, or a malformed key.

    Spec: The did:key Method v0.9, section 3.1.3.
    """
    if not verification_method.startswith(PREFIX):
        raise KeyFormatError(ErrorCode.KEY_DID, detail="not did:key")
    identifier, separator, fragment = verification_method.removeprefix(PREFIX).partition("#")
    if not separator or fragment != identifier:
        raise KeyFormatError(ErrorCode.KEY_DID, detail="the fragment does not repeat the key")
    return PublicKey.from_multibase(identifier)
