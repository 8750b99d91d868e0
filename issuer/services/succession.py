"""From one fiche to the next: which equivalences count, and which blocks people keep by them."""

from collections.abc import Collection, Mapping, Sequence

from issuer.domain.eligibility import Acquisition, evaluate
from issuer.domain.equivalence import Equivalence
from issuer.ports import Registry
from issuer.services.catalog import current
from issuer.services.office import Office


def in_force(registry: Registry, code: str) -> Sequence[Equivalence]:
    """Give the approved equivalences towards a fiche that nobody ended.

    Args:
        registry: The open unit of work.
        code: Code of the later fiche.
    """
    return [kept.equivalence for kept in registry.equivalences(code) if kept.ended_at is None]


def kept_elsewhere(office: Office, registry: Registry, code: str) -> Mapping[str, Collection[Acquisition]]:
    """Give the blocks that people acquired under the fiches with an equivalence towards this one.

    Each earlier fiche's record is judged by that fiche's own rules; an equivalence reaches one step and
    no further, as a person approved it.

    Args:
        office: The service.
        registry: The open unit of work.
        code: Code of the later fiche.

    Returns:
        Acquired blocks, by candidate.

    Spec: L. 6113-7 et R. 6113-13 du code du travail; jury-cases.md, rule 7.
    """
    known = {kept.code for kept in registry.certifications()}
    earlier = {equivalence.from_fiche for equivalence in in_force(registry, code)} & known
    found: dict[str, list[Acquisition]] = {}
    for fiche_code in sorted(earlier):
        evaluation = evaluate(
            current(registry, fiche_code),
            registry.record(fiche_code),
            today=office.today(),
            signatories=office.signatories(),
            issued={},
            terms=office.terms(),
        )
        for part in evaluation.candidates:
            if part.acquired:
                found.setdefault(part.candidate_id, []).extend(part.acquired)
    return found
