"""What the registrar's desk asks about fiches, equivalences, signatories and programs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from issuer.domain.canary import is_canary
from issuer.domain.certification import Certification
from issuer.domain.equivalence import Equivalence
from issuer.domain.institution import Signatory
from issuer.errors import NotFoundError
from issuer.ports.orders import Order
from issuer.ports.systems import KeptEquivalence, Program
from issuer.services.fiches.comparison import Difference, compare_versions
from issuer.services.fiches.feed import FeedVersion, version_from_feed
from issuer.services.fiches.proposals import propose_certification, propose_equivalence
from issuer.services.office import Office


@dataclass(frozen=True, slots=True)
class FicheDesk:
    """The fiches as the desk works with them.

    Attributes:
        office: The service.
    """

    office: Office

    def versions(self) -> Mapping[str, Sequence[Certification]]:
        """Give every version of every fiche, by code, oldest first; the canaries' is nobody's."""
        found: dict[str, list[Certification]] = {}
        with self.office.store.reading() as registry:
            for kept in registry.certifications():
                if is_canary(kept.code):
                    continue
                found.setdefault(kept.code, []).append(kept)
        return dict(sorted(found.items()))

    def of(self, code: str) -> Sequence[Certification]:
        """Give the versions of a fiche, oldest first.

        Raises:
            NotFoundError: ``certification.unknown``.
        """
        found = self.versions().get(code)
        if not found:
            raise NotFoundError(
                "certification.unknown",
                "there is no certification of this code",
                where=code[:20],
                remedy="list them with: parchemin certification list",
            )
        return found

    def compare(self, code: str, first: str, second: str) -> Sequence[Difference]:
        """Tell what differs between two versions; see :func:`compare_versions`."""
        with self.office.store.reading() as registry:
            return compare_versions(registry, code, first, second)

    def equivalences(self) -> Sequence[KeptEquivalence]:
        """Give the equivalences, ended ones included."""
        with self.office.store.reading() as registry:
            return registry.equivalences()

    def programs(self) -> Sequence[Program]:
        """Give the programs, those that were shut out included."""
        with self.office.store.reading() as registry:
            return registry.programs()

    def signatories(self) -> Sequence[Signatory]:
        """Give those whose signature on a record counts."""
        return self.office.institution.signatories

    def completed(self, stated: Mapping[str, object]) -> FeedVersion:
        """Complete a feed's fiche; see :func:`version_from_feed`."""
        return version_from_feed(self.office, stated)

    def propose(self, document: Mapping[str, object], *, actor: str, origin: str) -> Order:
        """Ask that a version be taken in; see :func:`propose_certification`."""
        return propose_certification(self.office, document, actor=actor, origin=origin)

    def propose_equivalence(self, wanted: Equivalence, *, actor: str) -> Order:
        """Ask that blocks count; see :func:`propose_equivalence`."""
        return propose_equivalence(self.office, wanted, actor=actor)
