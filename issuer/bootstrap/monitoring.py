"""What monitoring asks: the service's condition, and the word that opens its figures."""

import shutil

from issuer.config import Settings
from issuer.errors import ConfigurationError
from issuer.ports.watch import Condition
from issuer.services.condition import ServiceCondition
from issuer.services.office import Office

SHORTEST_WORD = 20


def free_bytes(settings: Settings) -> int | None:
    """Give the room left on the register's disk, in bytes; None where it cannot be known."""
    try:
        return shutil.disk_usage(settings.database.parent).free
    except OSError:
        return None


def condition_of(settings: Settings, office: Office) -> Condition:
    """Give what says how the service is doing.

    Args:
        settings: What is in force.
        office: The service.
    """
    return ServiceCondition(office, lambda: free_bytes(settings))


def metrics_word(settings: Settings) -> str | None:
    """Give the word that lets another machine read the figures; None where none may.

    Raises:
        ConfigurationError: ``metrics.token_file``.
    """
    if settings.metrics_token_file is None:
        return None
    try:
        lines = settings.metrics_token_file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        lines = []
    if not lines or len(lines[0]) < SHORTEST_WORD or not lines[0].isascii():
        raise ConfigurationError(
            "metrics.token_file",
            f"the file cannot be read, or its first line has not {SHORTEST_WORD} plain characters",
            where="PARCHEMIN_METRICS_TOKEN_FILE",
            remedy="make one with: openssl rand -hex 32",
        )
    return lines[0]
