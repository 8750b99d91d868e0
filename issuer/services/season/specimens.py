"""Which documents of a plan a person looks at before they are issued: three by chance, and every odd one."""

import hashlib
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from issuer.domain.codes.definition import Effect
from issuer.domain.plan import CandidatePlan, PlannedAward
from issuer.services.season.plan_view import Group, PlanView

BY_CHANCE: Final = 3

LONG_NAME: Final = 40
"""Characters from which on a name may need two lines."""


class Oddity(StrEnum):
    """Why a document is looked at."""

    CHANCE = "chance"
    WARNING = "warning"
    LONG_NAME = "long-name"
    OTHER_SCRIPT = "other-script"
    NO_ADDRESS = "no-address"
    FORMER_NAME = "former-name"
    HOMONYM = "homonym"
    SHARED_ADDRESS = "shared-address"


@dataclass(frozen=True, slots=True)
class Specimen:
    """A document to look at.

    Attributes:
        award: What would be issued.
        why: Why it was taken, at least one reason.
    """

    award: PlannedAward
    why: Sequence[Oddity]


def specimens(view: PlanView) -> Sequence[Specimen]:
    """Choose what to look at: the same for everybody who reads the same plan.

    Of an odd person the title is taken, or the first block where no title is due: the name is the same on
    each. Chance is seeded by the plan's digest.

    Args:
        view: The plan.

    Returns:
        Odd ones and those by chance, in the plan's order.
    """
    drawn = frozenset(_drawn(view))
    grouped = _grouped(view)
    chosen: dict[PlannedAward, list[Oddity]] = {award: [Oddity.CHANCE] for award in drawn}
    for part in view.plan.candidates:
        odd = _oddities(part, grouped) if part.awards else ()
        if odd:
            shown = next((award for award in part.awards if award in drawn), part.awards[-1])
            chosen.setdefault(shown, []).extend(odd)
    return [Specimen(award, chosen[award]) for award in view.plan.awards if award in chosen]


def _drawn(view: PlanView) -> Sequence[PlannedAward]:
    """Draw awards by lot: of different people as long as there are any."""
    lots = sorted(view.plan.awards, key=lambda award: _lot(view.plan.digest, award))
    of_each = list({award.candidate_id: award for award in reversed(lots)}.values())[::-1]
    of_each.sort(key=lots.index)
    return [*of_each, *(award for award in lots if award not in of_each)][:BY_CHANCE]


def _lot(digest: str, award: PlannedAward) -> str:
    return hashlib.sha256(f"{digest}\n{award.candidate_id}\n{award.component}".encode()).hexdigest()


def _grouped(view: PlanView) -> Mapping[Oddity, frozenset[str]]:
    by_group = {
        Oddity.NO_ADDRESS: Group.NO_ADDRESS,
        Oddity.FORMER_NAME: Group.CHANGED_NAME,
        Oddity.HOMONYM: Group.HOMONYMS,
        Oddity.SHARED_ADDRESS: Group.SHARED_ADDRESS,
    }
    return {
        oddity: frozenset(person.id for people in view.looks[group] for person in people)
        for oddity, group in by_group.items()
    }


def _oddities(part: CandidatePlan, grouped: Mapping[Oddity, frozenset[str]]) -> Sequence[Oddity]:
    own = part.evaluation
    holds = {
        Oddity.WARNING: any(finding.code.effect is Effect.WARNING for finding in own.warnings),
        Oddity.LONG_NAME: len(own.holder) >= LONG_NAME,
        Oddity.OTHER_SCRIPT: not _is_latin(own.holder),
        **{oddity: own.candidate_id in people for oddity, people in grouped.items()},
    }
    return [oddity for oddity, true in holds.items() if true]


def _is_latin(name: str) -> bool:
    return all(unicodedata.name(char, "").startswith("LATIN") for char in name if char.isalpha())
