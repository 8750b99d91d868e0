"""Equivalences, programs, older awards in the register (the ``SystemsRegistry`` port)."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, func, insert, select

from issuer.adapters.db import tables
from issuer.adapters.db.codec import from_text, instant, instant_text, to_text
from issuer.adapters.db.rows import AnyRow
from issuer.domain.equivalence import BlockPair, Equivalence, EquivalenceBasis
from issuer.domain.records import EarlierAward
from issuer.ports.systems import KeptAnswer, KeptEquivalence, Program, Scope


class SqlSystemsRegistry:
    """The part of a transaction that keeps them."""

    _connection: Connection

    def certification_document(self, code: str, version: str) -> Mapping[str, object] | None:
        """Give the document of a version of a fiche as it was handed in, or None."""
        kept = tables.certifications.c
        text = self._connection.execute(
            select(kept.document).where(kept.code == code, kept.version == version)
        ).scalar()
        if text is None:
            return None
        document: Mapping[str, object] = json.loads(text)
        return document

    def add_equivalence(self, kept: KeptEquivalence) -> None:
        """Keep an approved equivalence."""
        equivalence = kept.equivalence
        last = self._connection.execute(select(func.max(tables.equivalences.c.position))).scalar()
        self._connection.execute(
            insert(tables.equivalences).values(
                id=equivalence.id,
                position=(last or 0) + 1,
                from_fiche=equivalence.from_fiche,
                to_fiche=equivalence.to_fiche,
                blocks=to_text(list(equivalence.blocks)),
                basis=equivalence.basis.value,
                reference=equivalence.reference,
                approved_at=instant_text(kept.approved_at),
                approved_by=kept.approved_by,
                proposed_by=kept.proposed_by,
            )
        )

    def end_equivalence(self, equivalence_id: str, at: datetime, by: str, note: str) -> None:
        """Note that an equivalence counts no longer."""
        self._connection.execute(
            insert(tables.equivalence_ends).values(
                equivalence=equivalence_id, ended_at=instant_text(at), ended_by=by, note=note
            )
        )

    def equivalences(self, to_fiche: str | None = None) -> Sequence[KeptEquivalence]:
        """Give the equivalences towards a fiche, or all of them, oldest first, ended ones included."""
        ends = tables.equivalence_ends
        query = (
            select(tables.equivalences, ends.c.ended_at, ends.c.ended_by, ends.c.note)
            .outerjoin(ends)
            .order_by(tables.equivalences.c.position)
        )
        if to_fiche is not None:
            query = query.where(tables.equivalences.c.to_fiche == to_fiche)
        return [_equivalence(row) for row in self._connection.execute(query)]

    def add_program(self, program: Program) -> None:
        """Keep a new program."""
        self._connection.execute(
            insert(tables.programs).values(
                name=program.name,
                digest=program.digest,
                scopes=to_text(sorted(program.scopes)),
                made_at=instant_text(program.made_at),
                made_by=program.made_by,
            )
        )

    def end_program(self, name: str, at: datetime, by: str) -> None:
        """Shut a program out."""
        self._connection.execute(
            insert(tables.program_ends).values(program=name, ended_at=instant_text(at), ended_by=by)
        )

    def programs(self) -> Sequence[Program]:
        """Give every program by its name, those that were shut out included."""
        query = _programs().order_by(tables.programs.c.name)
        return [_program(row) for row in self._connection.execute(query)]

    def program_of(self, digest: str) -> Program | None:
        """Give the program whose token has this digest, or None."""
        query = _programs().where(tables.programs.c.digest == digest)
        row = self._connection.execute(query).one_or_none()
        return None if row is None else _program(row)

    def program_answer(self, program: str, key: str) -> KeptAnswer | None:
        """Give what a program was answered under a key, or None."""
        kept = tables.program_answers.c
        row = self._connection.execute(
            select(kept.request, kept.status, kept.answer).where(kept.program == program, kept.key == key)
        ).one_or_none()
        return None if row is None else KeptAnswer(row.request, row.status, row.answer)

    def keep_program_answer(self, program: str, key: str, answer: KeptAnswer, at: datetime) -> None:
        """Keep what a program was answered under a key."""
        self._connection.execute(
            insert(tables.program_answers).values(
                program=program,
                key=key,
                request=answer.request,
                status=answer.status,
                answer=answer.answer,
                answered_at=instant_text(at),
            )
        )

    def add_earlier_awards(self, import_id: str, certification: str, awards: Sequence[EarlierAward]) -> None:
        """Keep awards that were made on paper or by another tool."""
        if awards:
            self._connection.execute(
                insert(tables.earlier_awards),
                [
                    {
                        "import_id": import_id,
                        "candidate_id": award.candidate_id,
                        "certification": certification,
                        "component": award.component,
                        "decided_on": award.decided_on,
                        "document": to_text(award),
                    }
                    for award in awards
                ],
            )

    def earlier_awards(self, certification: str) -> Sequence[EarlierAward]:
        """Give the older awards of a certification, in the order in which they came."""
        kept = tables.earlier_awards.c
        query = select(kept.document).where(kept.certification == certification).order_by(kept.id)
        return [from_text(EarlierAward, text) for text in self._connection.execute(query).scalars()]


def _programs() -> Select[tuple[Any, ...]]:
    ends = tables.program_ends
    return select(tables.programs, ends.c.ended_at, ends.c.ended_by).outerjoin(ends)


def _program(row: AnyRow) -> Program:
    return Program(
        name=row.name,
        digest=row.digest,
        scopes=frozenset(Scope(scope) for scope in json.loads(row.scopes)),
        made_at=instant(row.made_at),
        made_by=row.made_by,
        ended_at=instant(row.ended_at) if row.ended_at else None,
        ended_by=row.ended_by,
    )


def _equivalence(row: AnyRow) -> KeptEquivalence:
    return KeptEquivalence(
        Equivalence(
            id=row.id,
            from_fiche=row.from_fiche,
            to_fiche=row.to_fiche,
            blocks=tuple(BlockPair(pair["earlier"], pair["later"]) for pair in json.loads(row.blocks)),
            basis=EquivalenceBasis(row.basis),
            reference=row.reference,
        ),
        proposed_by=row.proposed_by,
        approved_at=instant(row.approved_at),
        approved_by=row.approved_by,
        ended_at=instant(row.ended_at) if row.ended_at else None,
        ended_by=row.ended_by,
        end_note=row.note,
    )
