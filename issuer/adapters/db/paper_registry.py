"""Short codes, printed files, duplicates and replacements in the register (the ``PaperRegistry`` port)."""

from collections.abc import Sequence

from sqlalchemy import Row, insert, select

from issuer.adapters.db import tables
from issuer.adapters.db.award_registry import SqlAwardRegistry
from issuer.adapters.db.codec import instant, instant_text
from issuer.domain.award import Award, DuplicateReason, ReplacementReason
from issuer.ports import Duplicate, KeptPaper, Replacement


class SqlPaperRegistry(SqlAwardRegistry):
    """The part of a transaction that knows awards as they are printed, copied and replaced."""

    def keep_short_code(self, number: str, code: str) -> None:
        """Give an award its short code, once and for all."""
        self._connection.execute(insert(tables.short_codes).values(number=number, code=code))

    def short_code(self, number: str) -> str | None:
        """Give an award's short code, or None for an unknown award."""
        kept = tables.short_codes.c
        return self._connection.execute(select(kept.code).where(kept.number == number)).scalar()

    def award_by_short_code(self, code: str) -> Award | None:
        """Give the award of a short code, or None."""
        kept = tables.short_codes.c
        number = self._connection.execute(select(kept.number).where(kept.code == code)).scalar()
        return None if number is None else self.award(number)

    def keep_paper(self, paper: KeptPaper) -> None:
        """Note a file that we made; the same one again changes nothing."""
        if self.paper(paper.sha256) is None:
            self._connection.execute(
                insert(tables.papers).values(
                    sha256=paper.sha256,
                    number=paper.number,
                    duplicate=paper.duplicate,
                    made_at=instant_text(paper.made_at),
                )
            )

    def paper(self, sha256: str) -> KeptPaper | None:
        """Give the file that we made with this digest, or None."""
        row = self._connection.execute(
            select(tables.papers).where(tables.papers.c.sha256 == sha256)
        ).one_or_none()
        return None if row is None else _paper(row)

    def papers_of(self, number: str) -> Sequence[KeptPaper]:
        """Give the files that we made for an award, oldest first."""
        kept = tables.papers.c
        query = select(tables.papers).where(kept.number == number).order_by(kept.made_at, kept.sha256)
        return [_paper(row) for row in self._connection.execute(query)]

    def add_duplicate(self, duplicate: Duplicate) -> None:
        """Note that an award's paper was handed over again."""
        self._connection.execute(
            insert(tables.duplicates).values(
                paper_number=duplicate.paper_number,
                number=duplicate.number,
                reason=duplicate.reason.value,
                at=instant_text(duplicate.at),
                by=duplicate.by,
            )
        )

    def duplicates(self, number: str) -> Sequence[Duplicate]:
        """Give an award's duplicates, oldest first."""
        kept = tables.duplicates.c
        query = select(tables.duplicates).where(kept.number == number).order_by(kept.at, kept.paper_number)
        return [
            Duplicate(row.paper_number, row.number, DuplicateReason(row.reason), instant(row.at), row.by)
            for row in self._connection.execute(query)
        ]

    def add_replacement(self, replacement: Replacement) -> None:
        """Note that an award took the place of another."""
        self._connection.execute(
            insert(tables.replacements).values(
                old=replacement.old,
                new=replacement.new,
                reason=replacement.reason.value,
                at=instant_text(replacement.at),
                by=replacement.by,
            )
        )

    def replacement_of(self, number: str) -> Replacement | None:
        """Give what took the place of an award, or None."""
        return self._replacement(old=number)

    def replacement_by(self, number: str) -> Replacement | None:
        """Give what an award took the place of, or None."""
        return self._replacement(new=number)

    def _replacement(self, **named: str) -> Replacement | None:
        query = select(tables.replacements).filter_by(**named)
        row = self._connection.execute(query).one_or_none()
        if row is None:
            return None
        return Replacement(row.old, row.new, ReplacementReason(row.reason), instant(row.at), row.by)


def _paper(row: Row[tuple[object, ...]]) -> KeptPaper:
    return KeptPaper(row.sha256, row.number, row.duplicate, instant(row.made_at))
