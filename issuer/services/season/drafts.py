"""Files handed in at the desk: kept as they came, corrected row by row, taken in when their faults are gone.

The bytes stay as they were handed in until the file is taken in; what a person corrects lies beside them.
What is taken in is the corrected file, and the register keeps the digest of the original and of each
correction, with whose it was.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Final

from issuer.domain.canonical_json import digest_of
from issuer.domain.short_code import ALPHABET
from issuer.errors import ConflictError, NotFoundError, RefusedError
from issuer.ports import Registry
from issuer.ports.orders import OrderState
from issuer.ports.season import ColumnChoice, Correction, Draft, Grid, KeptMap, Sheet, SheetError, Sheets
from issuer.services import audit
from issuer.services.catalog import only
from issuer.services.jury_import import HandedIn, RowNote, Taken, take_in
from issuer.services.office import Office

KEPT: Final = timedelta(days=30)
"""How long a file that nobody takes in is kept: it holds personal data that nothing rests on."""

MOST_BYTES: Final = 5_000_000
"""Of a file handed in at the desk: some 25,000 rows, a hundred times a jury's record."""

_LONGEST_SOURCE: Final = 80
_ID_LENGTH: Final = 8
_UNDER_WAY: Final = frozenset(
    {OrderState.PROPOSED, OrderState.APPROVED, OrderState.RUNNING, OrderState.FAILED}
)


@dataclass(frozen=True, slots=True)
class DraftView:
    """A draft as it stands: what was read, and everything that is wrong with it.

    Attributes:
        draft: The draft.
        grid: Its rows, corrections included.
        content: The bytes that would be taken in.
        locked: Whether an order that waits holds it: nothing is corrected meanwhile.
        sheet: What was read out of it, or None where its columns cannot be told.
        trouble: Why its columns cannot be told, or None.
        unfit: Why nothing of it can be taken in whatever its rows say, or None.
        taken: What taking it in would do, or None with `trouble` or `unfit`.
    """

    draft: Draft
    grid: Grid
    content: bytes
    locked: bool
    sheet: Sheet | None = None
    trouble: SheetError | None = None
    unfit: RefusedError | ConflictError | None = None
    taken: Taken | None = None

    @property
    def notes(self) -> Sequence[RowNote]:
        """Everything to say about its rows, in the file's order."""
        return () if self.taken is None else self.taken.notes

    @property
    def refused_rows(self) -> Sequence[int]:
        """Numbers of the rows that are refused as they stand, in order."""
        return sorted({note.row for note in self.notes if note.refuses})

    def column_of(self, note: RowNote) -> int | None:
        """Give the place of the cell that a note is about, or None where it is about the whole row."""
        named = note.column.strip()
        if not named:
            return None
        own = self.sheet.columns.get(named, named) if self.sheet else named
        return next((at for at, header in enumerate(self.grid.headers) if header.strip() == own), None)


@dataclass(frozen=True, slots=True)
class Drafts:
    """The files handed in at the desk.

    Attributes:
        office: The service.
        sheets: Reads and writes them.
    """

    office: Office
    sheets: Sheets

    def hand_in(
        self,
        content: bytes,
        name: str,
        *,
        source: str,
        certification: str | None,
        actor: str,
        typed: bool = False,
    ) -> Draft:
        """Keep a file as it came; one that is no table of records is refused and not kept.

        Args:
            content: Its bytes.
            name: Its own name without folders.
            source: Where it comes from, as a person calls it; the newest map of this source is proposed.
            certification: Code of the certification, or None for the only one there is.
            actor: Whose account.
            typed: Whether it was typed at the desk.

        Raises:
            SheetError: It is no such file.
            NotFoundError: The certification is not known.
            RefusedError: ``draft.too_large``.
        """
        if len(content) > MOST_BYTES:
            raise RefusedError(
                "draft.too_large",
                f"the file is larger than {MOST_BYTES // 1_000_000} MB; nothing was kept",
                where=name,
                remedy="hand in a session at a time",
            )
        self.sheets.grid(content, name)
        source = " ".join(source.split())[:_LONGEST_SOURCE]
        with self.office.store.writing() as registry:
            code = only(registry, certification).code
            known = registry.latest_map(source) if source and not typed else None
            fits = known is not None and self._fits(content, name, known.choice, code)
            draft = Draft(
                id="D-" + "".join(ALPHABET[self.office.ids.below(len(ALPHABET))] for _ in range(_ID_LENGTH)),
                name=name,
                source=source,
                certification=code,
                content=content,
                typed=typed,
                made_at=self.office.clock.now(),
                made_by=actor,
                choice=known.choice if known and fits else None,
                map_version=known.version if known and fits else None,
            )
            registry.keep_draft(draft)
            details = {
                "sha256": _sha256(content),
                "certification": code,
                "typed": typed,
                "map_version": draft.map_version,
            }
            audit.record(registry, draft.made_at, actor, "draft.handed_in", draft.id, details)
        return draft

    def all(self) -> Sequence[Draft]:
        """Give the files that were handed in and not taken in yet, oldest first."""
        with self.office.store.reading() as registry:
            return registry.drafts()

    def sources(self) -> Sequence[str]:
        """Give the names of the sources whose columns are known."""
        with self.office.store.reading() as registry:
            return registry.map_sources()

    def view(self, draft_id: str) -> DraftView:
        """Read a draft as it stands, and say everything that is wrong with it; changes nothing.

        Raises:
            NotFoundError: ``draft.unknown``.
            SheetError: What is kept is no such file any more, which its own acts never let happen.
        """
        with self.office.store.reading() as registry:
            draft = _found(registry, draft_id)
            locked = is_locked(registry, draft)
        return self._viewed(draft, locked=locked)

    def choose_columns(
        self, draft_id: str, choice: ColumnChoice, *, keep_as: str | None, actor: str
    ) -> DraftView:
        """Say what the columns of a draft hold, and keep that for the next file of the same source.

        Args:
            draft_id: Its id.
            choice: What was chosen.
            keep_as: The source for which it is kept, as a new version; None or empty: for this file alone.
            actor: Whose account.

        Raises:
            NotFoundError: ``draft.unknown``.
            ConflictError: ``draft.locked``.
            RefusedError: ``draft.corrected``: it would cut the rows otherwise, and some were corrected.
        """
        source = " ".join((keep_as or "").split())[:_LONGEST_SOURCE]
        with self.office.store.writing() as registry:
            draft = _open_draft(registry, draft_id)
            before = self.sheets.grid(draft.content, draft.name, draft.choice).delimiter
            after = self.sheets.grid(draft.content, draft.name, choice).delimiter
            if before != after and draft.corrections:
                raise RefusedError(
                    "draft.corrected",
                    "rows were corrected already, and these columns would cut them otherwise",
                    where=draft.id,
                    remedy="take the draft away and hand the file in again",
                )
            version = self._keep_map(registry, source, choice, actor) if source else None
            chosen = replace(draft, choice=choice, map_version=version, source=source or draft.source)
            registry.keep_draft(chosen)
            details = {"kind": choice.kind, "columns_sha256": _choice_digest(choice), "map_version": version}
            audit.record(registry, self.office.clock.now(), actor, "draft.columns_chosen", draft.id, details)
        return self.view(draft_id)

    def correct(
        self, draft_id: str, cells: Mapping[int, Mapping[int, str]], *, seen: int, actor: str
    ) -> DraftView:
        """Write cells anew; every other cell, row and byte stays as it is.

        Args:
            draft_id: Its id.
            cells: Row, as a person counts, to column, from 0, to what the cell holds from now on.
            seen: How many corrections the person saw: nobody's work is written over unseen.
            actor: Whose account.

        Raises:
            NotFoundError: ``draft.unknown``.
            ConflictError: ``draft.locked``, ``draft.changed``.
            RefusedError: ``draft.row_unknown``; ``draft.unreadable`` when the file could not be read then.
        """
        with self.office.store.writing() as registry:
            draft = _open_draft(registry, draft_id)
            if len(draft.corrections) != seen:
                raise ConflictError(
                    "draft.changed",
                    "somebody else corrected this file meanwhile; nothing was changed",
                    where=draft.id,
                    remedy="look at what stands there now, then correct again",
                )
            grid, before = self._corrected(draft)
            now = self.office.clock.now()
            made = [
                Correction(row, written, now, actor)
                for row, changes in sorted(cells.items())
                if (written := _rewritten(grid, row, changes, draft)) is not None
            ]
            if made:
                corrected = replace(draft, corrections=[*draft.corrections, *made])
                after = self._readable(corrected)
                registry.keep_draft(corrected)
                details = {
                    "rows": [correction.row for correction in made],
                    "before_sha256": _sha256(before),
                    "after_sha256": _sha256(after),
                }
                audit.record(registry, now, actor, "draft.corrected", draft.id, details)
        return self.view(draft_id)

    def take(
        self, draft_id: str, *, accept_valid: bool, accept_changes: bool, actor: str, order: str | None = None
    ) -> Taken:
        """Take a draft in: the whole of it, or its good rows; then it is gone.

        Args:
            draft_id: Its id.
            accept_valid: The person's word: take the good rows, keep the refused ones with their reasons.
            accept_changes: The person's word: change what awards rest on as the file says.
            actor: Whose account.
            order: The approved order that it carries out; needed for such changes where four eyes are on.

        Returns:
            What was taken in; where it still waits for a word, nothing was written and the draft stays.

        Raises:
            NotFoundError: ``draft.unknown``.
            ConflictError: ``draft.locked``; as :func:`take_in`.
            RefusedError: ``draft.unreadable``; as :func:`take_in`.
        """
        view = self.view(draft_id)
        if view.locked and order is None:
            raise _locked(view.draft)
        taken = take_in(
            self.office,
            self.handed(view),
            certification=view.draft.certification,
            accept_valid=accept_valid,
            accept_changes=accept_changes,
            check=False,
            actor=actor,
            order=order,
        )
        if taken.written or taken.repeated:
            self._drop(view.draft, "draft.taken_in", actor)
        return taken

    def discard(self, draft_id: str, *, actor: str) -> None:
        """Take a draft away; nothing of it was taken in.

        Raises:
            NotFoundError: ``draft.unknown``.
            ConflictError: ``draft.locked``.
        """
        with self.office.store.reading() as registry:
            draft = _open_draft(registry, draft_id)
        self._drop(draft, "draft.discarded", actor)

    def lock(self, draft_id: str, order: str) -> None:
        """Note that an order waits to take a draft in: it is not corrected meanwhile."""
        with self.office.store.writing() as registry:
            registry.keep_draft(replace(_found(registry, draft_id), order=order))

    def purge(self, *, actor: str) -> int:
        """Take away the drafts that nobody took in for 30 days.

        Returns:
            How many there were.
        """
        before = self.office.clock.now() - KEPT
        gone = 0
        for draft in self.all():
            if draft.made_at < before:
                with self.office.store.reading() as registry:
                    waits = is_locked(registry, draft)
                if not waits:
                    self._drop(draft, "draft.purged", actor)
                    gone += 1
        return gone

    def handed(self, view: DraftView) -> HandedIn:
        """Give a draft as what is taken in: the corrected file, with the digests of how it came about.

        Raises:
            RefusedError: ``draft.unreadable`` where its columns cannot be told.
        """
        if view.sheet is None:
            raise RefusedError(
                "draft.unreadable",
                "the columns of this file cannot be told yet; nothing was taken in",
                where=view.draft.id,
                remedy="say what each column holds",
            )
        return self._handed_in(view.draft, view.sheet, view.content)

    def _viewed(self, draft: Draft, *, locked: bool) -> DraftView:
        grid, content = self._corrected(draft)
        view = DraftView(draft, grid, content, locked)
        try:
            sheet = self.sheets.read(content, draft.name, draft.choice, draft.certification)
        except SheetError as trouble:
            return replace(view, trouble=trouble)
        view = replace(view, sheet=sheet)
        try:
            taken = take_in(
                self.office,
                self._handed_in(draft, sheet, content),
                certification=draft.certification,
                accept_valid=False,
                accept_changes=False,
                check=True,
                actor=draft.made_by,
            )
        except (RefusedError, ConflictError) as unfit:
            return replace(view, unfit=unfit)
        return replace(view, taken=taken)

    def _handed_in(self, draft: Draft, sheet: Sheet, content: bytes) -> HandedIn:
        return HandedIn(
            id=_sha256(content),
            name=draft.name,
            kind=sheet.kind,
            detected={**sheet.detected, **_provenance(draft)},
            row_count=sheet.row_count,
            record=sheet.record,
            notes=[
                RowNote(
                    problem.row,
                    problem.column,
                    problem.value,
                    problem.code,
                    problem.refuses,
                    problem.message,
                    problem.remedy,
                )
                for problem in sheet.problems
            ],
        )

    def _corrected(self, draft: Draft) -> tuple[Grid, bytes]:
        """Give the rows with their corrections, and the bytes of that: the original ones without any."""
        grid = self.sheets.grid(draft.content, draft.name, draft.choice)
        if not draft.corrections:
            return grid, draft.content
        rows = list(grid.rows)
        for correction in draft.corrections:
            rows[correction.row - 2] = correction.cells
        corrected = replace(grid, rows=tuple(rows))
        return corrected, self.sheets.write(grid.headers, rows, grid.delimiter)

    def _readable(self, draft: Draft) -> bytes:
        """Give the corrected bytes, if the file that they make can still be read row by row."""
        grid, content = self._corrected(draft)
        try:
            again = self.sheets.grid(content, draft.name, draft.choice)
        except SheetError as error:
            raise _unreadable(draft) from error
        if tuple(map(tuple, again.rows)) != tuple(map(tuple, grid.rows)):
            raise _unreadable(draft)
        return content

    def _fits(self, content: bytes, name: str, choice: ColumnChoice, certification: str) -> bool:
        try:
            self.sheets.read(content, name, choice, certification)
        except SheetError:
            return False
        return True

    def _keep_map(self, registry: Registry, source: str, choice: ColumnChoice, actor: str) -> int:
        """Keep what was chosen as the source's next version; the same again is the version that it was."""
        last = registry.latest_map(source)
        if last is not None and last.choice == choice:
            return last.version
        version = 1 if last is None else last.version + 1
        now = self.office.clock.now()
        registry.keep_map(KeptMap(source, version, choice, now, actor))
        digest = hashlib.sha256(source.encode()).hexdigest()
        details = {"version": version, "columns_sha256": _choice_digest(choice)}
        audit.record(registry, now, actor, "column_map.kept", digest[:16], details)
        return version

    def _drop(self, draft: Draft, action: str, actor: str) -> None:
        with self.office.store.writing() as registry:
            registry.drop_draft(draft.id)
            details = {"sha256": _sha256(draft.content), "corrections": len(draft.corrections)}
            audit.record(registry, self.office.clock.now(), actor, action, draft.id, details)


def is_locked(registry: Registry, draft: Draft) -> bool:
    """Say whether an order that waits or is carried out holds a draft."""
    order = registry.order(draft.order) if draft.order else None
    return order is not None and order.state in _UNDER_WAY


def _found(registry: Registry, draft_id: str) -> Draft:
    draft = registry.draft(draft_id)
    if draft is None:
        raise NotFoundError(
            "draft.unknown",
            "there is no such file to correct: it was taken in, or taken away",
            where=draft_id[:20],
            remedy="see the list of the files that wait",
        )
    return draft


def _open_draft(registry: Registry, draft_id: str) -> Draft:
    draft = _found(registry, draft_id)
    if is_locked(registry, draft):
        raise _locked(draft)
    return draft


def _locked(draft: Draft) -> ConflictError:
    return ConflictError(
        "draft.locked",
        "an order waits to take this file in: it changes no more; nothing was done",
        where=draft.id,
        remedy="take the order back first, or let another person decide on it",
    )


def _unreadable(draft: Draft) -> RefusedError:
    return RefusedError(
        "draft.unreadable",
        "with this correction the file could not be read any more; nothing was changed",
        where=draft.id,
        remedy="leave out control characters and enormous texts",
    )


def _rewritten(grid: Grid, row: int, changes: Mapping[int, str], draft: Draft) -> Sequence[str] | None:
    """Give a row with some cells written anew, or None where that changes nothing.

    A row with too few cells is filled up to the header's width; cells beyond it go when they are empty.
    """
    cells = grid.row(row)
    if cells is None:
        raise RefusedError(
            "draft.row_unknown",
            "the file has no such row; nothing was changed",
            where=f"{draft.id}:{row}",
            remedy="load the page again",
        )
    width = max(len(cells), len(grid.headers))
    written = [changes.get(at, cells[at] if at < len(cells) else "") for at in range(width)]
    while len(written) > len(grid.headers) and not written[-1].strip():
        written.pop()
    changed = any(
        at < width and text != (cells[at] if at < len(cells) else "") for at, text in changes.items()
    )
    return written if changed else None


def _provenance(draft: Draft) -> Mapping[str, object]:
    """Give how a file came about, for the register: digests alone, and whose the corrections were."""
    people = {draft.made_by, *(correction.by for correction in draft.corrections)}
    return {
        "draft": draft.id,
        "typed": draft.typed,
        "map_version": draft.map_version,
        "original_sha256": _sha256(draft.content),
        "contributors": sorted(people),
        "corrections": [
            {
                "row": correction.row,
                "by": correction.by,
                "at": correction.at.isoformat(timespec="seconds"),
                "sha256": digest_of({"cells": list(correction.cells)}),
            }
            for correction in draft.corrections
        ],
    }


def _choice_digest(choice: ColumnChoice) -> str:
    return digest_of({"kind": choice.kind, "columns": dict(choice.columns), "words_of": choice.words_of})


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
