"""What the services need from outside, and what the edges need from the services."""

from issuer.ports.exporting import ExportFormat
from issuer.ports.fetching import Address, Fetched, Fetcher, FetchKind
from issuer.ports.public import (
    LIST_TTL,
    AwardPage,
    BlockLine,
    Clock,
    PictureFormat,
    Pictures,
    PublicDesk,
    Published,
    Theme,
)
from issuer.ports.status import Decoy, StatusListOpening, StatusRegistry
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
    "LIST_TTL",
    "Address",
    "ApprovedPlan",
    "AuditEntry",
    "AwardPage",
    "BlockLine",
    "Clock",
    "Decoy",
    "ExportFormat",
    "FetchKind",
    "Fetched",
    "Fetcher",
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
    "StatusListOpening",
    "StatusRegistry",
    "Store",
    "Theme",
    "TrustedIssuer",
]
