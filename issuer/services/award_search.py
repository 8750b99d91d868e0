"""Find awards at the desk: a page at a time, and by a name only for who leaves a line in the trail.

No address ever holds a name: the desk sends it in a form; the trail keeps who looked and how many were found.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Final

from issuer.domain.award import Award
from issuer.domain.normalisation import name_letters
from issuer.errors import RefusedError
from issuer.ports import Registry
from issuer.ports.lifecycle import PAGE_SIZE, AwardFilter, AwardSheet
from issuer.services import audit
from issuer.services.office import Office

_LONGEST: Final = 100
"""Characters of a name that are looked at."""
_SHORTEST: Final = 2
"""Letters that a search by name has at least: one letter is a listing."""
_APART: Final = re.compile(r"[\s,;.'’ʼ\-‐‑–—_/()]+")


def search_awards(office: Office, wanted: AwardFilter, page: int) -> AwardSheet:
    """Give a page of the awards that a filter lets through, in order of their numbers.

    Args:
        office: The service.
        wanted: The filter.
        page: Which page, from 1; one beyond the last is the last.
    """
    with office.store.reading() as registry:
        return _sheet(registry, [number for number, _holder in registry.matching_awards(wanted)], page)


def search_awards_by_name(
    office: Office, name: str, wanted: AwardFilter, page: int, *, actor: str
) -> AwardSheet:
    """Give a page of the awards whose holder's name holds every word that is asked for.

    Case, accents and hyphens do not matter, and a word may be the beginning of one.

    Args:
        office: The service.
        name: What was typed.
        wanted: The filter beside it.
        page: Which page, from 1.
        actor: Who asks; the trail names them, how many were found, and no name.

    Raises:
        RefusedError: ``search.short``.
    """
    words = _words(name[:_LONGEST])
    if sum(map(len, words)) < _SHORTEST:
        raise RefusedError(
            "search.short",
            f"a name that is looked for has at least {_SHORTEST} letters",
            where="name",
            remedy="type more of the name, or look for the number",
        )
    with office.store.writing() as registry:
        numbers = [
            number for number, holder in registry.matching_awards(wanted) if _holds(_words(holder), words)
        ]
        audit.record(registry, office.clock.now(), actor, "award.searched", "awards", {"found": len(numbers)})
        return _sheet(registry, numbers, page)


def _sheet(registry: Registry, numbers: Sequence[str], page: int) -> AwardSheet:
    pages = max(1, -(-len(numbers) // PAGE_SIZE))
    here = min(max(page, 1), pages)
    shown = numbers[(here - 1) * PAGE_SIZE : here * PAGE_SIZE]
    awards: list[Award] = [award for award in map(registry.award, shown) if award is not None]
    return AwardSheet(awards, len(numbers), here, pages)


def _holds(words: Sequence[str], wanted: Iterable[str]) -> bool:
    return all(any(word.startswith(part) for word in words) for part in wanted)


def _words(name: str) -> Sequence[str]:
    parts = _APART.split(unicodedata.normalize("NFC", name))
    return [letters for letters in map(name_letters, parts) if letters]
