"""Whatever somebody with root on the server changes, it shows: in the register, in an export, or in the mirror."""

import shutil
import sqlite3
from collections.abc import Sequence
from dataclasses import astuple, dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from issuer.adapters.db.codec import to_text
from issuer.bootstrap import exporter
from issuer.cli.jury import take_file
from issuer.domain.award import WithdrawalReason
from issuer.domain.merkle import root_of
from issuer.domain.published_root import Root, SignedRoot, Tree, read_root, seal
from issuer.ports import AuditEntry
from issuer.ports.orders import OrderKind
from issuer.services.audit import _sealed
from issuer.services.evidence import award_leaves, trail_leaves
from issuer.services.evidence_file import export_trail, file_faults, read_trail
from issuer.services.office import Office
from issuer.services.order_acts import HANDLERS
from issuer.services.orders import approve_order, carry_out, propose
from issuer.services.planning import make_plan
from issuer.services.preparing import prepare
from issuer.services.register import find_awards, verify_audit
from issuer.services.roots import make_root
from issuer.services.staff.accounts import open_account
from tests.faults.cohort import cohort
from tests.faults.desks import found_desk, open_desk
from tests.support.credentials import TEST_SIGNER
from tests.support.holders import SetClock

SAISIE, VALIDATION, WORKER = "camille.saisie", "dominique.validation", "system:worker"
DAY = timedelta(days=1)


@dataclass
class Kept:
    """A data folder in a thief's hands, and the roots that another machine kept of it."""

    office: Office
    database: sqlite3.Connection
    mirror: Sequence[bytes]

    def entries(self) -> list[AuditEntry]:
        """Give the trail as it lies there now."""
        with self.office.store.reading() as registry:
            return list(registry.audit_entries())

    def write(self, entries: Sequence[AuditEntry], *, seal_anew: bool) -> None:
        """Put another trail in the place of the one that is there, with the end that goes with it."""
        written: list[AuditEntry] = []
        for number, entry in enumerate(entries, start=1):
            previous = written[-1].hash if written else "0" * 64
            anew = _sealed(replace(entry, sequence=number, previous=previous)) if seal_anew else entry
            written.append(anew)
        self.database.execute("DELETE FROM audit")
        self.database.executemany("INSERT INTO audit VALUES (?, ?, ?, ?, ?, ?, ?, ?)", map(astuple, written))
        self.database.execute("UPDATE audit_head SET entry = ?", (to_text(written[-1]),))

    def put_roots(self, roots: Sequence[SignedRoot]) -> None:
        """Put other roots in the place of those that are there."""
        self.database.execute("DELETE FROM roots")
        self.database.executemany(
            "INSERT INTO roots VALUES (?, ?, ?)",
            [(signed.root.number, signed.sha256, signed.body) for signed in roots],
        )

    def roots(self) -> list[SignedRoot]:
        """Give the roots as they lie there now."""
        with self.office.store.reading() as registry:
            found = [read_root(body) for body in registry.roots()]
        return [signed for signed in found if signed is not None]

    def in_register(self) -> set[str]:
        """Give the codes of what the register's own check finds, without a mirror."""
        return {fault.code for fault in verify_audit(self.office).faults}

    def in_file(self) -> set[str]:
        """Give the codes of what a stranger finds in an export, without the register and without a mirror."""
        return {fault.code for fault in file_faults(read_trail(export_trail(self.office)))}

    def against_mirror(self) -> set[str]:
        """Give the codes of what a stranger finds in an export and the roots that were kept elsewhere."""
        return {fault.code for fault in file_faults(read_trail(export_trail(self.office)), self.mirror)}


@pytest.fixture(scope="module")
def season(tmp_path_factory: pytest.TempPathFactory, quick_keys: None) -> Path:
    """Play two days with four eyes on: issue, root, account, withdrawal, prepared forms, root."""
    folder = tmp_path_factory.mktemp("season") / "data"
    office = found_desk(folder, four_eyes=True)
    for name, content in cohort(1).items():
        take_file(office, content, name, accept_valid=True, actor=SAISIE)
    _fiche, plan = make_plan(office, None, None)
    _carried(office, OrderKind.ISSUE, {"certification": "RNCP35080", "session": None, "plan": plan.digest})
    make_root(office, actor=WORKER)
    later = replace(office, clock=SetClock(datetime.now(UTC) + DAY))
    open_account(later, "claude.audit", "Claude Exemple", "contrôle de l’année", actor="dominique.admin")
    number = find_awards(later)[0].number
    reason = WithdrawalReason.MATERIAL_ERROR.value
    _carried(later, OrderKind.REVOKE, {"numbers": [number], "reason": reason})
    prepare(exporter(later), actor=WORKER)
    make_root(later, actor=WORKER)
    assert verify_audit(later).faults == []
    return folder


def _carried(office: Office, kind: OrderKind, content: dict[str, object]) -> None:
    order = propose(office, kind, content, actor=SAISIE, note="une raison")
    approve_order(office, order.id, actor=VALIDATION)
    carry_out(office, order.id, HANDLERS, actor=WORKER)


@pytest.fixture
def kept(season: Path, tmp_path: Path) -> Kept:
    folder = tmp_path / "data"
    shutil.copytree(season, folder)
    database = sqlite3.connect(folder / "parchemin.sqlite3", isolation_level=None)
    for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        database.execute(f"DROP TRIGGER {name}")
    database.execute("PRAGMA foreign_keys = OFF")
    office = open_desk(folder)
    with office.store.reading() as registry:
        mirror = list(registry.roots())
    return Kept(office, database, mirror)


def test_what_nobody_touched_is_whole_everywhere(kept: Kept) -> None:
    assert len(kept.mirror) == 2
    assert kept.in_register() == kept.in_file() == kept.against_mirror() == set()


STATEMENTS: dict[str, tuple[str, str, bool]] = {
    "entry changed": ("UPDATE audit SET actor = 'mallory' WHERE sequence = 5", "audit.altered", True),
    "entry removed": ("DELETE FROM audit WHERE sequence = 5", "audit.gap", True),
    "entry inserted": (
        "INSERT INTO audit SELECT max(sequence) + 1, at, actor, action, subject, details, 'p', 'h' FROM audit",
        "audit.link",
        True,
    ),
    "award bytes changed": ("UPDATE awards SET credential = credential || ' '", "audit.award", True),
    "award deleted": ("DELETE FROM awards WHERE sequence = 2", "audit.lost", True),
    "state changed": (
        "UPDATE awards SET state = 'valid', reason = NULL WHERE sequence = 1",
        "audit.state",
        True,
    ),
    "list altered": ("UPDATE status_lists SET body = body || ' '", "audit.list", True),
    "key retired by hand": (
        "UPDATE keys SET state = 'retired' WHERE name = 'key-1'",
        "audit.key_state",
        True,
    ),
    "key dated anew": ("UPDATE keys SET created_at = '2020-01-01T00:00:00Z'", "audit.key_state", True),
    "key replaced": (
        "UPDATE keys SET public_key_multibase = 'z6Mkx' WHERE name = 'key-1'",
        "audit.key",
        True,
    ),
    "key taken away": ("DELETE FROM keys WHERE name = 'key-1'", "audit.key_lost", True),
    "last root removed": ("DELETE FROM roots WHERE number = 2", "audit.root_missing", True),
    "first root removed": ("DELETE FROM roots WHERE number = 1", "audit.root_missing", True),
    "root garbled": ("UPDATE roots SET body = x'7b7d' WHERE number = 1", "audit.root_missing", True),
    "order approved by its proposer": (
        "UPDATE order_events SET \"by\" = 'camille.saisie' WHERE state = 'approved'",
        "audit.four_eyes",
        False,
    ),
    "proposer put out of an order": ("UPDATE orders SET proposed_by = 'nobody'", "audit.order", False),
    "order's content changed": ("UPDATE orders SET content = '{}'", "audit.order", False),
    "order's event removed": ("DELETE FROM order_events WHERE state = 'approved'", "audit.order", False),
    "order put in": (
        (
            "INSERT INTO orders SELECT 'O-ZZZZZZZZ', 99, kind, content, proposed_at, proposed_by, authors, note "
            'FROM orders LIMIT 1; INSERT INTO order_events ("order", state, at, "by", note, details) '
            "SELECT 'O-ZZZZZZZZ', state, at, \"by\", note, details FROM order_events LIMIT 1"
        ),
        "audit.order",
        False,
    ),
    "account given a role that there is not": (
        "UPDATE staff_changes SET roles = 'king'",
        "audit.unreadable",
        False,
    ),
    "account given roles": ("UPDATE staff_changes SET roles = 'validation'", "audit.account", False),
    "account linked to a login": (
        "UPDATE staff_changes SET system_login = 'mallory'",
        "audit.account",
        False,
    ),
    "account deleted": (
        "DELETE FROM staff_changes; DELETE FROM staff_accounts",
        "audit.account",
        False,
    ),
    "prepared form altered": ("UPDATE prepared_exports SET body = body || ' '", "audit.form", False),
    "identifier put in": (
        (
            "INSERT INTO exported_documents SELECT 'urn:uuid:x', number, '2026-01-01T00:00:00Z' FROM awards "
            "WHERE sequence = 1"
        ),
        "audit.form",
        False,
    ),
}
"""What is written by hand, the code that says so, and whether an export shows it too."""


@pytest.mark.parametrize("case", STATEMENTS)
def test_what_is_written_by_hand_shows(kept: Kept, case: str) -> None:
    statement, code, in_file = STATEMENTS[case]
    before = kept.database.total_changes
    kept.database.executescript(statement)
    assert kept.database.total_changes > before

    assert code in kept.in_register()
    if in_file:
        assert code in kept.in_file()


def test_entries_in_another_order_show(kept: Kept) -> None:
    entries = kept.entries()
    entries[4], entries[5] = replace(entries[5], sequence=5), replace(entries[4], sequence=6)
    kept.write(entries, seal_anew=False)

    assert "audit.link" in kept.in_register() & kept.in_file()


def test_an_award_that_was_put_in_without_a_trail_shows(kept: Kept) -> None:
    names = [name for (name,) in kept.database.execute("SELECT name FROM pragma_table_info('awards')")]
    changed = {
        "number": "'2026-000099'", "sequence": "99", "token": "'t'", "credential_id": "'c'", "digest_sri": "'d'",
        "status_index": "status_index + 1", "resource_id": "'r'", "candidate_id": "'X1'",
    }  # fmt: skip
    picked = ", ".join(changed.get(name, name) for name in names)
    kept.database.execute(f"INSERT INTO awards SELECT {picked} FROM awards WHERE sequence = 1")

    assert "audit.award" in kept.in_register() & kept.in_file()


def test_a_trail_that_was_rebuilt_whole_is_not_the_one_of_the_roots(kept: Kept) -> None:
    entries = kept.entries()
    entries[4] = replace(entries[4], actor="mallory")
    kept.write(entries, seal_anew=True)

    assert "audit.root_trail" in kept.in_register() & kept.in_file()
    assert "audit.cut" not in kept.in_register()


def test_who_has_the_key_too_rewrites_all_and_is_found_by_the_mirror_alone(kept: Kept) -> None:
    entries = kept.entries()
    entries[4] = replace(entries[4], actor="mallory")
    kept.write(entries, seal_anew=True)
    rebuilt = kept.entries()
    signer = kept.office.open_signer().first.signer
    roots: list[SignedRoot] = []
    for signed in kept.roots():
        size = signed.root.trail.size
        place = next(
            index
            for index, entry in enumerate(rebuilt)
            if entry.action == "root.published" and entry.subject == str(signed.root.number)
        )
        leaves = trail_leaves(rebuilt[:size])
        forged = replace(
            signed.root,
            trail=Tree(size, root_of(leaves).hex()),
            head=rebuilt[size - 1].hash,
            previous=roots[-1].sha256 if roots else "0" * 64,
        )
        roots.append(seal(forged, [signer]))
        details = rebuilt[place].details.replace(signed.sha256, roots[-1].sha256)
        rebuilt[place] = replace(rebuilt[place], details=details)
        kept.write(rebuilt, seal_anew=True)
        rebuilt = kept.entries()
    kept.put_roots(roots)

    assert kept.in_register() == kept.in_file() == set()
    assert kept.against_mirror() == {"audit.root_rewritten"}
    assert "audit.root_rewritten" in {fault.code for fault in verify_audit(kept.office, kept.mirror).faults}


def test_a_trail_that_was_cut_at_its_end_is_shorter_than_what_was_published(kept: Kept) -> None:
    size = kept.roots()[-1].root.trail.size
    kept.write(kept.entries()[: size - 2], seal_anew=False)

    assert "audit.root_cut" in kept.in_register() & kept.in_file()


def test_a_trail_that_was_cut_with_its_roots_is_found_by_the_mirror(kept: Kept) -> None:
    first = kept.roots()[0]
    kept.put_roots([first])
    kept.write(kept.entries()[: first.root.trail.size + 1], seal_anew=False)

    assert "audit.root_removed" in kept.against_mirror()


def test_a_root_that_was_forged_with_another_key_shows(kept: Kept) -> None:
    forged = _next(kept)
    kept.put_roots([*kept.roots(), seal(forged, [TEST_SIGNER])])

    assert {"audit.root_signature", "audit.root_unnoted"} <= kept.in_register() & kept.in_file()


def test_a_root_that_was_dated_before_the_one_before_shows(kept: Kept) -> None:
    forged = replace(_next(kept), made=kept.roots()[0].root.made)
    kept.put_roots([*kept.roots(), seal(forged, [kept.office.open_signer().first.signer])])

    assert "audit.root_clock" in kept.in_register() & kept.in_file()


def test_an_entry_that_was_written_with_the_clock_set_back_shows(kept: Kept) -> None:
    entries = kept.entries()
    kept.write([*entries, replace(entries[-1], at=entries[2].at)], seal_anew=True)

    assert "audit.clock" in kept.in_register() & kept.in_file()


def test_an_approval_by_the_proposer_that_stands_in_the_trail_shows_in_an_export(kept: Kept) -> None:
    entries = [
        replace(entry, actor=SAISIE) if entry.action == "order.approved" else entry
        for entry in kept.entries()
    ]
    kept.write(entries, seal_anew=True)

    assert "audit.four_eyes" in kept.in_register() & kept.in_file()


def test_a_withdrawal_without_a_second_person_shows_in_an_export(kept: Kept) -> None:
    entries = [entry for entry in kept.entries() if entry.action != "order.approved"]
    kept.write(entries, seal_anew=True)

    assert "audit.four_eyes" in kept.in_register() & kept.in_file()


def test_a_mirror_of_somebody_else_is_no_mirror(kept: Kept) -> None:
    stranger = seal(_next(kept), [TEST_SIGNER])
    faults = file_faults(read_trail(export_trail(kept.office)), [stranger.body])

    assert {fault.code for fault in faults} == {"audit.mirror"}


def test_an_empty_mirror_proves_nothing(kept: Kept) -> None:
    faults = file_faults(read_trail(export_trail(kept.office)), [])

    assert {fault.code for fault in faults} == {"audit.mirror"}


def test_an_export_holds_no_name_no_address_and_no_link(kept: Kept) -> None:
    text = export_trail(kept.office).decode()
    with kept.office.store.reading() as registry:
        awards = registry.awards()
        people = [registry.candidate(award.candidate_id) for award in awards]
    for award in awards:
        assert award.token not in text
        assert award.holder not in text
    for person in people:
        assert person is not None
        assert person.email is not None
        assert person.email not in text
    assert "Claude Exemple" not in text
    assert "une raison" not in text


def _next(kept: Kept) -> Root:
    """Give what the next root would say."""
    last = kept.roots()[-1]
    entries = kept.entries()
    leaves, issued = trail_leaves(entries), [leaf for _, _, leaf in award_leaves(entries)]
    return replace(
        last.root,
        number=last.root.number + 1,
        day=last.root.day + DAY,
        made=last.root.made + DAY,
        trail=Tree(len(leaves), root_of(leaves).hex()),
        head=entries[-1].hash,
        awards=Tree(len(issued), root_of(issued).hex()),
        previous=last.sha256,
    )
