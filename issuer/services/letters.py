"""Letters for holders without an address.

A letter holds no credential, so a file of it proves nothing and its digest is not kept: what it leads to is
checked on its own page. The trail says that one was printed, and for which awards.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from issuer.domain.award import LIVE, Award, AwardKind
from issuer.domain.short_code import grouped
from issuer.errors import NotFoundError, RefusedError
from issuer.ports import Registry
from issuer.ports.letters import LetterAward, LetterPress, PaperLetter
from issuer.ports.printing import House
from issuer.services import audit
from issuer.services.catalog import kept_version
from issuer.services.office import PARIS, Office


@dataclass(frozen=True, slots=True)
class Letters:
    """Prints letters.

    Attributes:
        office: The service.
        press: Makes the file.
    """

    office: Office
    press: LetterPress

    def of_award(self, number: str, *, actor: str) -> bytes:
        """Print the letter of one award.

        Args:
            number: The award's number.
            actor: Who.

        Raises:
            NotFoundError: ``award.unknown``.
            RefusedError: ``letter.no_live_award``, or see :meth:`LetterPress.press`.
        """
        with self.office.store.reading() as registry:
            award = registry.award(number)
        if award is None:
            raise NotFoundError(
                "award.unknown",
                "there is no award of this number",
                where=number[:20],
                remedy="list them with: parchemin awards",
            )
        return self._printed([award], number, actor)

    def of_person(self, candidate_id: str, *, actor: str) -> bytes:
        """Print one letter for all that a person holds, titles first.

        Args:
            candidate_id: The student system's identifier.
            actor: Who.

        Raises:
            RefusedError: ``letter.no_live_award``, or see :meth:`LetterPress.press`.
        """
        with self.office.store.reading() as registry:
            awards = [award for award in registry.awards() if award.candidate_id == candidate_id]
        return self._printed(awards, candidate_id, actor)

    def _printed(self, awards: Sequence[Award], where: str, actor: str) -> bytes:
        live = [award for award in awards if award.state in LIVE]
        if not live:
            raise RefusedError(
                "letter.no_live_award",
                "there is no award in force to write about; no letter was made",
                where=where[:60],
                remedy="see what there is with: parchemin awards",
            )
        live.sort(key=lambda award: (award.kind is AwardKind.BLOCK, award.component, award.number))
        with self.office.store.reading() as registry:
            letter = self._letter(registry, live)
        content = self.press.press(letter)
        with self.office.store.writing() as registry:
            now = self.office.clock.now()
            for award in live:
                audit.record(registry, now, actor, "letter.printed", award.number, {})
        return content

    def _letter(self, registry: Registry, awards: Sequence[Award]) -> PaperLetter:
        institution, now = self.office.institution, self.office.clock.now()
        return PaperLetter(
            house=House(
                institution.name,
                institution.short_name,
                institution.url,
                institution.accent,
                institution.logo_svg,
            ),
            holder=awards[0].holder,
            host=urlsplit(self.office.base_url).netloc,
            contact=institution.contact,
            written_on=now.astimezone(PARIS).date(),
            made_at=now.replace(microsecond=0),
            demonstration=institution.demonstration,
            awards=[_line(registry, award) for award in awards],
        )


def _line(registry: Registry, award: Award) -> LetterAward:
    certification = kept_version(registry, award.certification, award.certification_version)
    block = certification.block(award.component)
    code = registry.short_code(award.number)
    return LetterAward(
        kind=award.kind,
        name=block.title if block else certification.title,
        component=award.component,
        number=award.number,
        decided_on=award.decided_on,
        link=award.credential_id,
        short_code=grouped(code) if code else None,
    )
