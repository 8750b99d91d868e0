"""Equivalences between the blocks of one fiche and those of another that took its place."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum


class EquivalenceBasis(StrEnum):
    """What an equivalence rests on: nothing else lets a block of another fiche count.

    Spec: L. 6113-7 et R. 6113-13 du code du travail; jury-cases.md, rule 7.
    """

    PUBLISHED = "published"
    """A correspondence that France compétences published."""
    JURY = "jury"
    """A written decision of the jury."""


@dataclass(frozen=True, slots=True)
class BlockPair:
    """A block of the earlier fiche, and the block of the later one for which it counts."""

    earlier: str
    later: str


@dataclass(frozen=True, slots=True)
class Equivalence:
    """An approved equivalence.

    Attributes:
        id: Its identifier.
        from_fiche: Code of the fiche under which the blocks were obtained.
        to_fiche: Code of the fiche for which they count.
        blocks: Which counts for which.
        basis: What it rests on.
        reference: Reference of the publication or of the decision.
    """

    id: str
    from_fiche: str
    to_fiche: str
    blocks: Sequence[BlockPair]
    basis: EquivalenceBasis
    reference: str


def counterparts(equivalences: Collection[Equivalence], to_fiche: str) -> Mapping[str, BlockPair]:
    """Give the earlier blocks that count for a fiche, by their codes.

    Args:
        equivalences: Approved ones, in any order.
        to_fiche: Code of the fiche.

    Returns:
        Code of the earlier block to the pair; of two that disagree, the one whose later code is first, so
        that no answer depends on an order.

    Spec: R. 6113-13 du code du travail.
    """
    pairs = {
        (pair.earlier, pair.later)
        for equivalence in equivalences
        if equivalence.to_fiche == to_fiche
        for pair in equivalence.blocks
    }
    found: dict[str, BlockPair] = {}
    for earlier, later in sorted(pairs):
        found.setdefault(earlier, BlockPair(earlier, later))
    return found
