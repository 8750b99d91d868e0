"""What was fetched a moment ago: twenty credentials of one issuer are one question to it.

In memory, bounded, and short: a withdrawal must show soon, and the report says the date of what it rests on.
"""

from collections import OrderedDict
from threading import Lock
from time import monotonic
from typing import Final

from credentials.errors import CredentialError
from credentials.json_input import parse_object
from credentials.structure.values import objects_of
from issuer.ports import Address, Fetched, FetchKind

LIFE_SECONDS: Final = 60.0
MOST_ENTRIES: Final = 64
LARGEST_BODY_BYTES: Final = 131_072
"""With :data:`MOST_ENTRIES`, 8 MiB in all; what is larger is fetched each time."""

_MILLISECONDS: Final = 1_000


class RecentAnswers:
    """Good answers of the last minute; failures are not remembered."""

    def __init__(self) -> None:
        self._kept: OrderedDict[Address, tuple[float, Fetched]] = OrderedDict()
        self._lock = Lock()

    def get(self, address: Address) -> Fetched | None:
        """Give what an address gave lately, or None."""
        with self._lock:
            until, fetched = self._kept.get(address, (0.0, None))
        return fetched if monotonic() < until else None

    def keep(self, address: Address, fetched: Fetched) -> None:
        """Remember an answer, and forget the oldest where there are too many."""
        life = _life_of(address, fetched)
        if life <= 0 or len(fetched.body) > LARGEST_BODY_BYTES:
            return
        with self._lock:
            self._kept[address] = (monotonic() + life, fetched)
            self._kept.move_to_end(address)
            while len(self._kept) > MOST_ENTRIES:
                self._kept.popitem(last=False)


def _life_of(address: Address, fetched: Fetched) -> float:
    """Give the seconds for which an answer may be kept: for a status list, no longer than it allows.

    Spec: Bitstring Status List 1.0, section 2.2 (ttl, in milliseconds).
    """
    if address.kind is not FetchKind.STATUS_LIST:
        return LIFE_SECONDS
    try:
        subjects = objects_of(parse_object(fetched.body).get("credentialSubject"))
    except CredentialError:
        # A list in another form (a JWT) may say something of its life that is not read here.
        return 0.0
    lives = [subject.get("ttl", LIFE_SECONDS * _MILLISECONDS) for subject in subjects]
    seconds = [life / _MILLISECONDS if isinstance(life, int | float) else 0.0 for life in lives]
    return min([LIFE_SECONDS, *seconds])
