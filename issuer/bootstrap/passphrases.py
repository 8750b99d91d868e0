"""Where the passphrase of the signing keys comes from: a setting, a file, or a person as the last resort."""

from collections.abc import Callable

from issuer.config import Settings
from issuer.errors import ConfigurationError
from keys import KeyStoreError
from keys.file_key import MINIMUM_PASSPHRASE

SHORTEST_PASSPHRASE = MINIMUM_PASSPHRASE
"""Characters that a new key's passphrase has at least."""

Prompt = Callable[[], str]
"""Asks a person for a passphrase, an existing key's or a new one's; the last resort."""


def passphrase_for(settings: Settings, prompt: Prompt) -> str:
    """Give the passphrase of the keys that are there.

    Args:
        settings: What is in force.
        prompt: Asked when neither setting gives it.

    Raises:
        ConfigurationError: ``key.passphrase_file``: the file that a setting names cannot be read.
    """
    if settings.passphrase is not None:
        return settings.passphrase
    if settings.passphrase_file is None:
        return prompt()
    try:
        lines = settings.passphrase_file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigurationError(
            "key.passphrase_file",
            "the passphrase file cannot be read",
            where="PARCHEMIN_KEY_PASSPHRASE_FILE",
            remedy="check its path and permissions",
        ) from error
    return lines[0] if lines else ""


def pin_for(settings: Settings, prompt: Prompt) -> str:
    """Give the PIN of the token.

    Args:
        settings: What is in force.
        prompt: Asked when no file gives it.

    Raises:
        ConfigurationError: ``token.pin_file``: the file that the setting names cannot be read.
    """
    if settings.pkcs11_pin_file is None:
        return prompt()
    try:
        lines = settings.pkcs11_pin_file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigurationError(
            "token.pin_file",
            "the file of the token's PIN cannot be read",
            where="PARCHEMIN_PKCS11_PIN_FILE",
            remedy="check its path and permissions",
        ) from error
    return lines[0] if lines else ""


def new_passphrase(settings: Settings, choose: Prompt) -> str:
    """Get the passphrase of a key to be made; one that no key takes is refused before anything is written.

    Args:
        settings: What is in force.
        choose: Asked when neither setting gives it.

    Raises:
        ConfigurationError: ``key.passphrase_short``, or ``key.passphrase_file``.
    """
    passphrase = passphrase_for(settings, choose)
    if len(passphrase) < SHORTEST_PASSPHRASE:
        raise ConfigurationError(
            "key.passphrase_short",
            f"the passphrase is shorter than {SHORTEST_PASSPHRASE} characters",
            where="the new signing key",
            remedy="choose a longer one: several words are easier to keep than signs",
        )
    return passphrase


def as_configuration(error: KeyStoreError) -> ConfigurationError:
    """Give what the key store refused as an error of the service: same code, place and remedy."""
    return ConfigurationError(error.code, str(error), where=error.where, remedy=error.remedy)
