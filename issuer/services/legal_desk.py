"""What the desk's room of legal exports asks: the CPF feed, figures, a person's data, erasure, extracts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from issuer.domain.award import Award
from issuer.domain.civil import CivilData
from issuer.errors import ConflictError
from issuer.ports.legal import DepositFile, DepositWriter, ErasureReason
from issuer.ports.legal_papers import Extract, PersonFile
from issuer.ports.orders import Order
from issuer.services import accrochage, civil_data, erasure, extracts, statistics
from issuer.services.accrochage import Deadline, Made, Prepared, Reply, Selection, TakenAnswers
from issuer.services.civil_data import TakenCivilData
from issuer.services.erasure import ErasurePlan
from issuer.services.office import Office
from issuer.services.person_file import person_file
from issuer.services.statistics import YearFigures


@dataclass(frozen=True, slots=True)
class LegalDesk:
    """The room of legal exports.

    Attributes:
        office: The service.
        writers: What writes each version of the feed's schema.
    """

    office: Office
    writers: Mapping[str, DepositWriter]

    @property
    def is_ready(self) -> bool:
        """Whether the identifiers that the Caisse des Dépôts gives are set, and the schema is known."""
        settings = self.office.institution.cpf
        named = all((settings.sender, settings.certifier, settings.contract))
        return named and settings.schema in self.writers

    def prepared(self, selection: Selection) -> Prepared:
        """Say what a file would hold; see :func:`issuer.services.accrochage.prepare`."""
        return accrochage.prepare(self.office, selection)

    def make_file(self, selection: Selection, *, actor: str) -> Made:
        """Make a file; see :func:`issuer.services.accrochage.make_file`.

        Raises:
            ConflictError: ``cpf.not_configured``, ``cpf.nothing_to_send``.
        """
        if not self.is_ready:
            raise ConflictError(
                "cpf.not_configured",
                "the identifiers that the Caisse des Dépôts gives are not set",
                where="institution.yaml",
                remedy="the operator sets cpf: in the institution's file",
            )
        writer = self.writers[self.office.institution.cpf.schema]
        return accrochage.make_file(self.office, writer, selection, actor=actor)

    def take_answers(self, replies: Sequence[Reply], sha256: str, *, actor: str) -> TakenAnswers:
        """Keep what came back; see :func:`issuer.services.accrochage.take_answers`."""
        return accrochage.take_answers(self.office, replies, sha256, actor=actor)

    def take_civil_data(self, people: Sequence[CivilData], *, actor: str) -> TakenCivilData:
        """Keep civil data; see :func:`issuer.services.civil_data.take_civil_data`."""
        return civil_data.take_civil_data(self.office, people, actor=actor)

    def deadlines(self) -> Sequence[Deadline]:
        """Give the titles that are still to be sent."""
        return accrochage.deadlines(self.office)

    def withdrawn_after_acceptance(self) -> Sequence[Award]:
        """Give the titles that the feed accepted and that were withdrawn since."""
        return accrochage.withdrawn_after_acceptance(self.office)

    def deposits(self) -> Sequence[tuple[DepositFile, int]]:
        """Give the files that were made, each with its lines."""
        return accrochage.deposits(self.office)

    def figures(self) -> Sequence[YearFigures]:
        """Give the annual figures."""
        return statistics.statistics(self.office)

    def erasure_plan(self, candidate_id: str) -> ErasurePlan:
        """Say what an erasure would take out; see :func:`issuer.services.erasure.plan_erasure`."""
        return erasure.plan_erasure(self.office, candidate_id)

    def propose_erasure(
        self, candidate_id: str, reason: ErasureReason, note: str | None, *, actor: str
    ) -> Order:
        """Ask for an erasure; see :func:`issuer.services.erasure.propose_erasure`."""
        return erasure.propose_erasure(self.office, candidate_id, reason, note, actor=actor)

    def person_file(self, candidate_id: str, *, actor: str, with_notes: bool) -> PersonFile:
        """Gather everything about a person; see :func:`issuer.services.person_file.person_file`."""
        return person_file(self.office, candidate_id, actor=actor, with_notes=with_notes)

    def extract(self, number: str, *, actor: str) -> Extract:
        """Make the register's extract of an award; see :func:`issuer.services.extracts.extract`."""
        return extracts.extract(self.office, number, actor=actor)
