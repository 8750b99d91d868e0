"""An account as a value, for rules that look at no register."""

from datetime import UTC, datetime

from issuer.domain.staff import Role
from issuer.ports.staff import Account

ACCOUNT = Account(
    id="camille.durand",
    name="Camille Durand",
    roles=frozenset({Role.ENTRY}),
    system_login=None,
    active=True,
    created_at=datetime(2026, 11, 24, tzinfo=UTC),
    created_by="test",
)
