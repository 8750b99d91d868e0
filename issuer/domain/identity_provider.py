"""The institution's own sign-in: where it is, and what this service asks of it. Pure."""

from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

DEFAULT_CLAIM = "preferred_username"
_THIS_MACHINE = frozenset({"localhost", "127.0.0.1", "::1"})


@dataclass(frozen=True, slots=True)
class IdentityProvider:
    """An OpenID Connect provider, and us as its client.

    Attributes:
        issuer: Its issuer identifier, as it writes it in its tokens.
        client_id: What it calls this service.
        client_secret: What this service shows that it is; never printed.
        claim: The claim of its tokens that holds the name of an account here.
        strength: Values of ``acr`` or ``amr`` of which one is demanded; none are demanded where it is empty.
    """

    issuer: str
    client_id: str
    client_secret: str = field(repr=False)
    claim: str = DEFAULT_CLAIM
    strength: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class IdentitySettings:
    """The same, as the settings name it: the secret is in a file that only a process that needs it reads."""

    issuer: str
    client_id: str
    client_secret_file: Path
    claim: str
    strength: tuple[str, ...]

    def provider(self, client_secret: str) -> IdentityProvider:
        """Give the provider with the secret.

        Args:
            client_secret: What the file holds.
        """
        return IdentityProvider(self.issuer, self.client_id, client_secret, self.claim, self.strength)


def is_usable(address: str) -> bool:
    """Say whether an address of a provider may be asked: https, or plain http on this machine.

    Args:
        address: As the settings or the provider write it.
    """
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    if parts.username is not None or parts.fragment or not parts.hostname:
        return False
    return parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _THIS_MACHINE)
