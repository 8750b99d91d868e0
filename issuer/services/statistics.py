"""Annual figures as the fiche publishes them: how many were certified, and how many of them by experience.

Counted from titles that stand now, by the year of the jury's decision; a replaced document and the one in its
place are one title. People whose data were erased still count: a figure names nobody.

Spec: the fiche's « Statistiques » (year, certified, of which VAE); RNCP open data, STATISTIQUES_PROMOTIONS.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from issuer.domain.award import LIVE, AwardKind
from issuer.domain.canary import is_canary
from issuer.domain.records import Candidate
from issuer.errors import NotFoundError
from issuer.ports import Registry
from issuer.services.office import Office

SMALLEST_SHOWN: Final = 5
"""A smaller number, published, could be one person (secrecy of statistics, and of private life)."""


@dataclass(frozen=True, slots=True)
class YearFigures:
    """The figures of one certification and year.

    Attributes:
        certification: Its code.
        year: Of the jury's decision.
        certified: Titles that stand.
        by_experience: Of which by experience (VAE).
        blocks: Blocks that stand, decided in that year.
    """

    certification: str
    year: int
    certified: int
    by_experience: int
    blocks: int


@dataclass(frozen=True, slots=True)
class PublishedFigures:
    """The same, fit for publication; None where a number is too small to be shown."""

    certification: str
    year: int
    certified: int | None
    by_experience: int | None
    blocks: int | None


def statistics(
    office: Office, *, certification: str | None = None, year: int | None = None
) -> Sequence[YearFigures]:
    """Count what was awarded.

    Args:
        office: The service.
        certification: Its code, or None for all of them.
        year: Of the decision, or None for every year.

    Returns:
        By certification, the latest year first; a year without an award is not there.

    Raises:
        NotFoundError: ``certification.unknown``.
    """
    with office.store.reading() as registry:
        known = dict.fromkeys(fiche.code for fiche in registry.certifications() if not is_canary(fiche.code))
        if certification is not None and certification not in known:
            raise NotFoundError(
                "certification.unknown",
                "there is no certification of this code",
                where=certification[:40],
                remedy="known: " + (", ".join(known) or "none yet"),
            )
        counted: dict[tuple[str, int], list[int]] = {}
        for award in registry.awards():
            if award.state not in LIVE or award.certification not in known:
                continue
            if certification not in {None, award.certification} or year not in {None, award.decided_on.year}:
                continue
            row = counted.setdefault((award.certification, award.decided_on.year), [0, 0, 0])
            if award.kind is AwardKind.TITLE:
                row[0] += 1
                row[1] += _by_experience(
                    registry, award.certification, registry.candidate(award.candidate_id)
                )
            else:
                row[2] += 1
    order = sorted(counted, key=lambda place: (place[0], -place[1]))
    return [YearFigures(code, of, *counted[code, of]) for code, of in order]


def masked(figures: YearFigures) -> PublishedFigures:
    """Give figures as they may be published: a number below five is not shown.

    Where one of the two parts is small, the part by experience is left out: the rest would tell it.

    Args:
        figures: The exact ones.
    """
    certified, experience = figures.certified, figures.by_experience
    others = certified - experience
    small = 0 < certified < SMALLEST_SHOWN
    parts_small = 0 < experience < SMALLEST_SHOWN or 0 < others < SMALLEST_SHOWN
    return PublishedFigures(
        figures.certification,
        figures.year,
        None if small else certified,
        None if small or parts_small else experience,
        None if 0 < figures.blocks < SMALLEST_SHOWN else figures.blocks,
    )


def _by_experience(registry: Registry, code: str, candidate: Candidate | None) -> bool:
    if candidate is None:
        return False
    changes = sorted(candidate.path_changes, key=lambda change: change.on)
    last = changes[-1].to_route if changes else candidate.route
    routes = [fiche.route(last) for fiche in registry.certifications() if fiche.code == code]
    return any(route is not None and route.is_vae for route in routes)
