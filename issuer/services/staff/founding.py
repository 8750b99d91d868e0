"""When one administrator may still act alone: until there are two, or where four eyes are off."""

from collections.abc import Sequence
from typing import Final

from issuer.domain.staff import Role
from issuer.errors import ConflictError
from issuer.ports import Registry
from issuer.ports.staff import Account
from issuer.services.office import Office

NEEDED: Final = 2


def is_founding(office: Office, registry: Registry) -> bool:
    """Say whether accounts may be opened and given roles without a second person's word.

    An account that nobody took into use yet does not count: its owner could not agree to anything.

    Args:
        office: The service.
        registry: The open unit of work.
    """
    return not office.four_eyes or len(administrators(registry)) < NEEDED


def administrators(registry: Registry) -> Sequence[Account]:
    """Give the active administrators whose accounts were taken into use."""
    return [
        account
        for account in registry.accounts()
        if account.active and account.has(Role.ADMINISTRATION) and registry.account_secrets(account.id)
    ]


def require_administrators_left(office: Office, registry: Registry, account: Account) -> None:
    """Refuse to take the role from an administrator whom the desk cannot do without.

    Args:
        office: The service.
        registry: The open unit of work.
        account: Who would not be one any more.

    Raises:
        ConflictError: ``account.last_administrators``.
    """
    acting = administrators(registry)
    needed = NEEDED if office.four_eyes else 1
    if any(each.id == account.id for each in acting) and len(acting) <= needed:
        raise ConflictError(
            "account.last_administrators",
            f"the desk needs {needed} administrators; nothing was changed",
            where=account.id,
            remedy="make somebody else an administrator first, and have the account taken into use",
        )
