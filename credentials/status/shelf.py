"""The status lists of one verification: each read, verified and expanded once, however many entries name it.

A document and the credentials in it can name one list hundreds of times, and to open it costs a verification
of its own. So a list is kept as opened, and its price counted in the budget of the verification as a whole.
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from credentials.budget import Budget
from credentials.json_input import size_of
from credentials.materials import Materials, StatusList
from credentials.messages import answer
from credentials.policy import Policy
from credentials.report import Check
from credentials.status.list_credential import KINDS, OpenedList, ReadList, open_list, read_list

MAX_LISTS: Final = 16
"""In one verification: an institution has one list, or one a purpose, or one a year. Each stays expanded."""

_STEPS_PER_VALUE: Final = 10
"""What the JSON-LD processor does for one value, whatever suite signs the list: twice the price of a quad."""
_BYTES_PER_STEP: Final = 1024
"""Bytes that are parsed, or come out of ``encodedList``, in the time of one step."""
_TOO_MANY: Final = "status.too_many_lists"


@dataclass(frozen=True, slots=True)
class ListShelf:
    """The lists of one verification.

    Attributes:
        materials: Status lists and DID documents.
        policy: How old a list may be, and for which instant the state is asked.
        at: The instant of the check, aware.
        budget: What may still be spent.
    """

    materials: Materials
    policy: Policy
    at: datetime
    budget: Budget = field(default_factory=Budget)
    _read: dict[str, ReadList | Check] = field(default_factory=dict, init=False)
    _opened: dict[tuple[str, str, str], OpenedList | Check] = field(default_factory=dict, init=False)

    def read(self, address: str) -> ReadList | Check:
        """Read what was obtained from an address as one JSON object, or say why it cannot be read.

        Args:
            address: Under which the list was to be obtained.
        """
        material = self.materials.status_lists.get(address)
        if not isinstance(material, StatusList):
            return read_list(address, self.materials)
        if address not in self._read:
            if self._is_full(len(self._read)):
                return answer(_TOO_MANY)
            self.budget.spend(len(material.document) // _BYTES_PER_STEP)
            self._read[address] = read_list(address, self.materials)
        return self._read[address]

    def open(self, kind: str, address: str, *, url: str, issuer: str) -> OpenedList | Check:
        """Read a list, verify it as a credential, and expand its bits; or say why it tells nothing.

        Args:
            kind: The type of the entry that names it: one of :data:`KINDS`.
            address: Under which the list was to be obtained.
            url: The address that the entry names.
            issuer: The issuer of the credential that points to it.
        """
        key = (kind, url, issuer)
        if key not in self._opened:
            read = self.read(address)
            if isinstance(read, Check):
                return read
            if self._is_full(len(self._opened)):
                return answer(_TOO_MANY, as_of=read.as_of)
            self._opened[key] = self._open(kind, read, url=url, issuer=issuer)
        return self._opened[key]

    def _open(self, kind: str, read: ReadList, *, url: str, issuer: str) -> OpenedList | Check:
        self.budget.spend(_STEPS_PER_VALUE * size_of(read.content))
        opened = open_list(
            KINDS[kind],
            read,
            url=url,
            issuer=issuer,
            materials=self.materials,
            policy=self.policy,
            at=self.at,
            budget=self.budget,
        )
        if isinstance(opened, OpenedList) and isinstance(opened.bits, bytes):
            self.budget.spend(len(opened.bits) // _BYTES_PER_STEP)
        return opened

    def _is_full(self, held: int) -> bool:
        return held >= MAX_LISTS or self.budget.work <= 0
