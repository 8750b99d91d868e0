"""No line of the trail can be changed, moved or taken out unseen, and no award either."""

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import astuple, fields, replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from issuer.adapters.db.tables import APPEND_ONLY
from issuer.domain.award import WithdrawalReason
from issuer.ports import AuditEntry
from issuer.services.audit import _sealed
from issuer.services.office import Office
from issuer.services.register import find_awards, verify_audit
from issuer.services.trusting import add_trust, remove_trust
from issuer.services.withdrawing import revoke
from tests.faults.cohort import cohort
from tests.faults.desks import found_desk, hand_in, issue_all

FIELDS = [field.name for field in fields(AuditEntry)]
quick = settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


class Trail:
    """A register with a whole trail, whose tables can be written by hand: the triggers are dropped."""

    def __init__(self, folder: Path) -> None:
        self.office: Office = found_desk(folder)
        hand_in(self.office, cohort(1))
        issue_all(self.office)
        title = find_awards(self.office)[-1]
        revoke(self.office, title.number, WithdrawalReason.MATERIAL_ERROR, "a note", actor="scolarite")
        add_trust(self.office, "did:web:a.example", "A", None, None, actor="scolarite")
        remove_trust(self.office, "did:web:a.example", actor="scolarite")
        self.database = sqlite3.connect(folder / "parchemin.sqlite3", isolation_level=None)
        for table in ("awards", *APPEND_ONLY):
            for verb in ("update", "delete"):
                self.database.execute(f"DROP TRIGGER {table}_no_{verb}")
        self.database.execute("PRAGMA foreign_keys = OFF")
        with self.office.store.reading() as registry:
            self.entries: Sequence[AuditEntry] = registry.audit_entries()

    def write(self, entries: Sequence[AuditEntry]) -> None:
        """Put other entries in the place of the trail."""
        self.database.execute("BEGIN")
        try:
            self.database.execute("DELETE FROM audit")
            self.database.executemany(
                "INSERT INTO audit VALUES (?, ?, ?, ?, ?, ?, ?, ?)", map(astuple, entries)
            )
        except (sqlite3.IntegrityError, UnicodeEncodeError, OverflowError):
            self.database.execute("ROLLBACK")
            assume(False)  # noqa: FBT003 - the database itself refuses this one
        self.database.execute("COMMIT")

    def codes(self) -> set[str]:
        """Give the codes of the faults found."""
        return {fault.code for fault in verify_audit(self.office).faults}


@pytest.fixture(scope="module")
def trail(tmp_path_factory: pytest.TempPathFactory, quick_keys: None) -> Trail:
    return Trail(tmp_path_factory.mktemp("trail") / "data")


@pytest.fixture
def whole(trail: Trail) -> Iterator[Trail]:
    """Give the trail whole, and put it right again afterwards."""
    trail.write(trail.entries)
    assert trail.codes() == set()
    yield trail
    trail.write(trail.entries)


@quick
@given(data=st.data())
def test_any_change_of_any_field_of_any_entry_is_found(trail: Trail, data: st.DataObject) -> None:
    entries = list(trail.entries)
    place = data.draw(st.integers(0, len(entries) - 1))
    field = data.draw(st.sampled_from(FIELDS))
    value: object = data.draw(st.integers(0, 99) if field == "sequence" else st.text(max_size=30))
    assume(value != getattr(entries[place], field))
    entries[place] = replace(entries[place], **{field: value})  # type: ignore[arg-type]  # any field
    trail.write(entries)

    assert trail.codes()


@quick
@given(data=st.data())
def test_one_character_changed_in_any_field_is_found(trail: Trail, data: st.DataObject) -> None:
    entries = list(trail.entries)
    place = data.draw(st.integers(0, len(entries) - 1))
    field = data.draw(st.sampled_from([name for name in FIELDS if name != "sequence"]))
    text = getattr(entries[place], field)
    assume(text)
    at = data.draw(st.integers(0, len(text) - 1))
    other = data.draw(st.characters(codec="utf-8"))
    assume(other != text[at])
    entries[place] = replace(entries[place], **{field: text[:at] + other + text[at + 1 :]})
    trail.write(entries)

    assert trail.codes()


@quick
@given(data=st.data())
def test_any_removal_swap_or_cut_is_found(trail: Trail, data: st.DataObject) -> None:
    entries = list(trail.entries)
    act = data.draw(st.sampled_from([_removed, _swapped, _cut]))
    trail.write(act(entries, data))

    assert trail.codes()


@quick
@given(data=st.data())
def test_a_chain_forged_anew_from_any_place_does_not_end_where_it_did(
    trail: Trail, data: st.DataObject
) -> None:
    entries = list(trail.entries)
    place = data.draw(st.integers(0, len(entries) - 1))
    forged = entries[:place]
    for entry in entries[place:]:
        previous = forged[-1].hash if forged else entry.previous
        actor = "mallory" if len(forged) == place else entry.actor
        forged.append(_sealed(replace(entry, previous=previous, actor=actor)))
    trail.write(forged)

    assert "audit.cut" in trail.codes()


def test_an_emptied_trail_is_found(whole: Trail) -> None:
    whole.write([])

    assert "audit.cut" in whole.codes()


def test_the_next_line_after_a_cut_shows_the_gap_for_ever(whole: Trail) -> None:
    whole.write(whole.entries[:-2])
    add_trust(whole.office, "did:web:b.example", "B", None, None, actor="scolarite")

    assert "audit.gap" in whole.codes()


BY_HAND: dict[str, tuple[str, str]] = {
    "bytes changed": ("UPDATE awards SET credential = credential || ' ' WHERE sequence = 1", "audit.award"),
    "bytes cut": (
        "UPDATE awards SET credential = CAST(substr(credential, 2) AS BLOB) WHERE sequence = 1",
        "audit.award",
    ),
    "bytes emptied": ("UPDATE awards SET credential = x'' WHERE sequence = 2", "audit.award"),
    "component changed": ("UPDATE awards SET component = 'RNCP35080BC09' WHERE sequence = 1", "audit.award"),
    "bit changed": ("UPDATE awards SET status_index = status_index + 1 WHERE sequence = 1", "audit.award"),
    "version changed": ("UPDATE awards SET certification_version = '7' WHERE sequence = 1", "audit.award"),
    "number changed": ("UPDATE awards SET number = '2026-000777' WHERE sequence = 1", "audit.award"),
    "name changed": ("UPDATE awards SET holder = 'Josette Dupont' WHERE sequence = 1", "audit.entry"),
    "date changed": ("UPDATE awards SET decided_on = '1999-01-01' WHERE sequence = 1", "audit.entry"),
    "kind changed": ("UPDATE awards SET kind = 'title' WHERE sequence = 1", "audit.entry"),
    "plan put in": (
        (
            "INSERT INTO plans SELECT 'x' || id, 99, certification, session, content, approved_at, approved_by "
            "FROM plans LIMIT 1"
        ),
        "audit.plan",
    ),
    "plan changed": ("UPDATE plans SET content = replace(content, 'block', 'title')", "audit.plan"),
    "key put in": (
        (
            "INSERT INTO keys (name, public_key_multibase, algorithm, created_at, state, purpose) "
            "SELECT 'key-9', 'z6Mkx', algorithm, created_at, state, purpose FROM keys LIMIT 1"
        ),
        "audit.key",
    ),
    "trust put in": (
        "INSERT INTO trust VALUES ('did:web:evil.example', 'Cnam', NULL, NULL, '2026-01-01T00:00:00Z')",
        "audit.trust",
    ),
    "trust renamed": ("UPDATE trust SET name = 'Another'", "audit.trust"),
    "fiche changed": (
        "UPDATE certifications SET document = replace(document, 'Manager', 'Master')",
        "audit.fiche",
    ),
    "rules day put in": ("INSERT INTO settings VALUES ('rules_day', '2024-01-01')", "audit.settings"),
    "deleted": ("DELETE FROM awards WHERE sequence = 3", "audit.lost"),
    "withdrawn by hand": ("UPDATE awards SET state = 'revoked' WHERE sequence = 1", "audit.state"),
    "reinstated by hand": ("UPDATE awards SET state = 'valid' WHERE sequence = 5", "audit.state"),
    "list changed": ("UPDATE status_lists SET body = body || ' '", "audit.list"),
    "list taken back": (
        "DELETE FROM status_lists WHERE id = (SELECT max(id) FROM status_lists)",
        "audit.list",
    ),
    "all lists deleted": ("DELETE FROM status_lists", "audit.list"),
}


@pytest.mark.parametrize("case", BY_HAND)
def test_what_is_changed_by_hand_in_the_register_is_found(tmp_path: Path, case: str) -> None:
    statement, code = BY_HAND[case]
    trail = Trail(tmp_path / "data")
    assert trail.codes() == set()
    assert trail.database.execute(statement).rowcount > 0

    assert code in trail.codes()


def test_an_award_put_in_by_hand_is_found(tmp_path: Path) -> None:
    trail = Trail(tmp_path / "data")
    names = [name for (name,) in trail.database.execute("SELECT name FROM pragma_table_info('awards')")]
    changed = {
        "number": "'2026-000099'", "sequence": "99", "token": "'t'", "credential_id": "'c'", "digest_sri": "'d'",
        "status_index": "status_index + 1", "resource_id": "'r'", "candidate_id": "'X1'",
    }  # fmt: skip
    picked = ", ".join(changed.get(name, name) for name in names)
    trail.database.execute(f"INSERT INTO awards SELECT {picked} FROM awards WHERE sequence = 1")

    assert trail.codes() == {"audit.award"}


def _removed(entries: list[AuditEntry], data: st.DataObject) -> list[AuditEntry]:
    place = data.draw(st.integers(0, len(entries) - 1))
    rest = entries[:place] + entries[place + 1 :]
    if data.draw(st.booleans()):
        return rest
    return [replace(entry, sequence=number) for number, entry in enumerate(rest, 1)]


def _swapped(entries: list[AuditEntry], data: st.DataObject) -> list[AuditEntry]:
    one, two = data.draw(st.lists(st.integers(0, len(entries) - 1), min_size=2, max_size=2, unique=True))
    entries[one], entries[two] = (
        replace(entries[two], sequence=entries[one].sequence),
        replace(entries[one], sequence=entries[two].sequence),
    )
    return entries


def _cut(entries: list[AuditEntry], data: st.DataObject) -> list[AuditEntry]:
    return entries[: data.draw(st.integers(0, len(entries) - 1))]
