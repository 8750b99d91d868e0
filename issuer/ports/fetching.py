"""What lies with other issuers, as the services ask for it; the one thing that may leave the machine."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from credentials.materials import Unavailable


class FetchKind(StrEnum):
    """What is expected at an address: the only things that are ever fetched."""

    DID_DOCUMENT = "did_document"
    STATUS_LIST = "status_list"
    KEY = "key"


@dataclass(frozen=True, slots=True)
class Address:
    """An address as a document wrote it: hostile, whatever it looks like.

    Attributes:
        url: The address.
        kind: What is expected there.
    """

    url: str
    kind: FetchKind


@dataclass(frozen=True, slots=True)
class Fetched:
    """What an address gave.

    Attributes:
        body: The bytes, as they came.
        as_of: When they were obtained, aware.
    """

    body: bytes
    as_of: datetime


class Fetcher(Protocol):
    """Fetches from other issuers. All guards are its own: addresses come from unverified documents."""

    def fetch(self, addresses: Sequence[Address]) -> Mapping[Address, Fetched | Unavailable]:
        """Fetch what one verification needs, together and within a bounded time; raises nothing.

        Args:
            addresses: What is wanted.

        Returns:
            An entry for each of them: the bytes, or why they were not had.
        """
        ...
