"""Files handed in at the desk: what is kept, what is corrected, what is taken in, what goes."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import pytest

from issuer.adapters.csv_import.sheets import CsvSheets
from issuer.errors import ConflictError, NotFoundError, RefusedError
from issuer.ports.season import ColumnChoice, SheetError
from issuer.samples import sample_files
from issuer.services.office import Office
from issuer.services.season.drafts import KEPT, MOST_BYTES, Drafts
from tests.faults.desks import open_desk
from tests.functional.cli.running import Cli

HEADER = "session,date_decision,id_candidat,nom,prenoms,composant,decision,reference_pv\r\n"
GOOD = "S2024-06,2024-06-20,C001,Marchand-Delvaux,Hélène,RNCP35080BC01,validé,PV\r\n"
BAD = "S2024-06,2024-06-20,C001,Marchand-Delvaux,Hélène,RNCP35080BC09,validé,PV\r\n"
BLOCK = 5


@dataclass
class _Clock:
    at: datetime

    def now(self) -> datetime:
        return self.at


@pytest.fixture
def drafts(founded: Cli) -> Drafts:
    office = open_desk(founded.folder)
    made = Drafts(office, CsvSheets())
    for name in ("candidats.csv", "jurys.csv"):
        draft = made.hand_in(sample_files()[name], name, source="", certification=None, actor="ann")
        assert made.take(draft.id, accept_valid=False, accept_changes=False, actor="ann").written
    return made


def handed(drafts: Drafts, *rows: str, source: str = "") -> str:
    content = (HEADER + "".join(rows)).encode()
    return drafts.hand_in(content, "f.csv", source=source, certification=None, actor="ann").id


def actions(office: Office) -> Sequence[tuple[str, str]]:
    with office.store.reading() as registry:
        return [(entry.actor, entry.action) for entry in registry.audit_entries()]


def test_the_bytes_stay_as_they_came_and_every_act_is_in_the_trail(drafts: Drafts) -> None:
    draft_id = handed(drafts, BAD)
    drafts.correct(draft_id, {2: {BLOCK: "RNCP35080BC01"}}, seen=0, actor="bob")
    view = drafts.view(draft_id)
    assert view.draft.content == (HEADER + BAD).encode()
    assert view.content == (HEADER + GOOD).encode()
    drafts.take(draft_id, accept_valid=False, accept_changes=False, actor="ann")
    assert actions(drafts.office)[-4:] == [
        ("ann", "draft.handed_in"),
        ("bob", "draft.corrected"),
        ("ann", "record.imported"),
        ("ann", "draft.taken_in"),
    ]


def test_row_numbers_are_those_of_the_file_blank_rows_included(drafts: Drafts) -> None:
    view = drafts.view(handed(drafts, GOOD, "\r\n", "\r\n", BAD))
    assert view.refused_rows == [5]
    assert view.column_of(next(note for note in view.notes if note.refuses)) == BLOCK
    drafts.correct(view.draft.id, {5: {BLOCK: "RNCP35080BC02"}}, seen=0, actor="ann")
    after = drafts.view(view.draft.id)
    assert after.refused_rows == []
    assert after.grid.row(5) is not None


def test_a_correction_of_the_same_text_is_none(drafts: Drafts) -> None:
    draft_id = handed(drafts, GOOD)
    assert (
        drafts.correct(draft_id, {2: {BLOCK: "RNCP35080BC01"}}, seen=0, actor="ann").draft.corrections == []
    )


def test_a_row_of_another_width_is_filled_up_or_cut_to_the_header(drafts: Drafts) -> None:
    short, long = "S2024-06,2024-06-20\r\n", GOOD.replace("PV", "PV,")
    draft_id = handed(drafts, short, long)
    view = drafts.correct(draft_id, {2: {7: "PV"}, 3: {7: "PV-2"}}, seen=0, actor="ann")
    assert [len(view.grid.row(row) or ()) for row in (2, 3)] == [8, 8]


@pytest.mark.parametrize("row", [0, 1, 3, 99])
def test_a_row_that_the_file_lacks_cannot_be_corrected(drafts: Drafts, row: int) -> None:
    with pytest.raises(RefusedError, match="no such row"):
        drafts.correct(handed(drafts, GOOD), {row: {0: "x"}}, seen=0, actor="ann")


def test_nobodys_corrections_are_written_over_unseen(drafts: Drafts) -> None:
    draft_id = handed(drafts, GOOD)
    drafts.correct(draft_id, {2: {0: "un"}}, seen=0, actor="ann")
    with pytest.raises(ConflictError, match="somebody else"):
        drafts.correct(draft_id, {2: {0: "deux"}}, seen=0, actor="bob")


def test_a_correction_that_nobody_could_read_is_refused(drafts: Drafts) -> None:
    with pytest.raises(RefusedError, match="could not be read"):
        drafts.correct(handed(drafts, GOOD), {2: {0: "\0" * 3000}}, seen=0, actor="ann")
    with pytest.raises(RefusedError, match="could not be read"):
        drafts.correct(handed(drafts, GOOD), {2: {0: "x" * 10_001}}, seen=0, actor="ann")


def test_good_rows_alone_are_taken_in_with_a_word_and_the_refused_keep_their_reasons(drafts: Drafts) -> None:
    draft_id = handed(drafts, GOOD, BAD)
    waits = drafts.take(draft_id, accept_valid=False, accept_changes=False, actor="ann")
    assert not waits.written
    taken = drafts.take(draft_id, accept_valid=True, accept_changes=False, actor="ann")
    assert (taken.written, taken.accepted, taken.refused) == (True, 1, 1)
    with pytest.raises(NotFoundError):
        drafts.view(draft_id)


def test_a_map_is_a_version_of_its_source_and_is_proposed_for_its_next_file(drafts: Drafts) -> None:
    header = "Jury,Jour,Qui,Famille,Petit,Quoi,Mot,Papier\r\n"
    names = HEADER.strip().split(",")
    choice = ColumnChoice("results", dict(zip(names, header.strip().split(","), strict=True)))
    content = (header + GOOD).encode()
    first = drafts.hand_in(content, "a.csv", source=" SIS  COL ", certification=None, actor="ann")
    assert drafts.view(first.id).trouble is not None
    mapped = drafts.choose_columns(first.id, choice, keep_as="SIS COL", actor="ann")
    assert (mapped.trouble, mapped.draft.map_version) == (None, 1)
    same = drafts.choose_columns(first.id, choice, keep_as="SIS COL", actor="bob")
    assert same.draft.map_version == 1
    changed = replace(choice, columns={**choice.columns, "mention": "Mot"})
    drafts.choose_columns(first.id, changed, keep_as="SIS COL", actor="bob")
    again = drafts.hand_in(content, "b.csv", source="SIS COL", certification=None, actor="ann")
    assert again.map_version == 2
    assert drafts.sources() == ["SIS COL"]


def test_a_map_that_does_not_fit_the_next_file_is_not_forced_on_it(drafts: Drafts) -> None:
    choice = ColumnChoice("results", {"session": "Jury"})
    draft_id = handed(drafts, GOOD)
    drafts.choose_columns(draft_id, choice, keep_as="S", actor="ann")
    later = drafts.view(handed(drafts, GOOD, source="S"))
    assert (later.draft.choice, later.trouble) == (None, None)


def test_a_column_set_aside_is_not_found_by_its_own_name(drafts: Drafts) -> None:
    names = HEADER.strip().split(",")
    content = (
        HEADER.replace("reference_pv", "reference_pv,mention") + GOOD.replace("PV", "PV,bien")
    ).encode()
    draft = drafts.hand_in(content, "f.csv", source="", certification=None, actor="ann")
    choice = ColumnChoice("results", {**{name: name for name in names}, "mention": ""})
    view = drafts.choose_columns(draft.id, choice, keep_as=None, actor="ann")
    assert view.sheet is not None
    assert [row.mention for row in view.sheet.record.rows] == [None]


def test_what_nobody_takes_in_is_gone_after_thirty_days(drafts: Drafts) -> None:
    old = handed(drafts, GOOD)
    later = _Clock(datetime.now(UTC) + KEPT + timedelta(minutes=1))
    of_then = Drafts(replace(drafts.office, clock=later), drafts.sheets)
    young = handed(of_then, BAD)
    assert of_then.purge(actor="ann") == 1
    assert [draft.id for draft in of_then.all()] == [young]
    with pytest.raises(NotFoundError):
        drafts.view(old)


def test_a_file_that_is_none_or_too_large_is_not_kept(drafts: Drafts) -> None:
    for content in (b"", b"PK\x03\x04" + bytes(99), "é".encode("utf-16"), b"alone\n"):
        with pytest.raises(SheetError):
            drafts.hand_in(content, "f.csv", source="", certification=None, actor="ann")
    with pytest.raises(RefusedError, match="larger"):
        drafts.hand_in(b"x" * (MOST_BYTES + 1), "f.csv", source="", certification=None, actor="ann")
    assert drafts.all() == []


def test_the_same_file_twice_adds_nothing_and_says_so(drafts: Drafts) -> None:
    drafts.take(handed(drafts, GOOD), accept_valid=False, accept_changes=False, actor="ann")
    again = handed(drafts, GOOD)
    view = drafts.view(again)
    assert view.taken is not None
    assert view.taken.repeated
    drafts.discard(again, actor="ann")
    assert drafts.all() == []
