"""What the services need from outside, and what the edges need from the services."""

from issuer.ports.public import (
    AwardPage,
    BlockLine,
    Clock,
    PictureFormat,
    Pictures,
    PublicDesk,
    Published,
    Theme,
)
from issuer.ports.store import (
    ApprovedPlan,
    AuditEntry,
    Ids,
    Import,
    KeptRow,
    NewAward,
    Registry,
    StatusEvent,
    Store,
    TrustedIssuer,
)

__all__ = [
    "ApprovedPlan",
    "AuditEntry",
    "AwardPage",
    "BlockLine",
    "Clock",
    "Ids",
    "Import",
    "KeptRow",
    "NewAward",
    "PictureFormat",
    "Pictures",
    "PublicDesk",
    "Published",
    "Registry",
    "StatusEvent",
    "Store",
    "Theme",
    "TrustedIssuer",
]
