"""A backup holds one instant, opens for its passphrase alone, and comes back whole elsewhere or not at all."""

import io
import os
import re
import resource
import shutil
import sqlite3
import subprocess
import tarfile
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from issuer.adapters.archive import HARDNESS, Hardness, Head, RegisterFacts, backup_file, snapshot
from issuer.adapters.archive.head import HEAD, head_bytes
from issuer.adapters.archive.sealed_stream import SealingStream
from issuer.domain.award import AwardState
from issuer.errors import RegisterError
from issuer.services.register import find_awards, verify_audit
from tests.faults.backups import PASSPHRASE, good, passphrase_file, quick_backups, run
from tests.faults.cohort import COMPONENTS, cohort
from tests.faults.desks import COMMAND, environment, found_desk, hand_in, open_desk, start
from tests.functional.cli.running import Cli, contents, rows

__all__ = ["quick_backups"]

DATABASE = "parchemin.sqlite3"


def test_what_was_backed_up_comes_back_and_all_of_it_verifies(issued: Cli, tmp_path: Path) -> None:
    number = issued.good("awards", "--json").json[0]["number"]
    issued.good("suspend", number, "--reason", "decision-jury-ou-juge")
    (tmp_path / "parchemin.toml").write_text('locale = "en"\n', encoding="utf-8")
    (issued.folder / "mail").mkdir(exist_ok=True)
    (issued.folder / "mail" / "à garder.eml").write_bytes(b"x")
    before = dict(contents(issued.folder))

    made = good(issued, "backup", "--out", str(tmp_path / "b.pb"), "--json").json
    ran = good(issued, "restore", str(tmp_path / "b.pb"), "--data", str(tmp_path / "back"), "--json").json

    assert ran["whole"], ran["findings"]
    assert (ran["awards"], ran["verdicts"]) == (30, {"valid": 29, "suspended": 1})
    assert ran["backup"]["sha256"] == made["sha256"]
    after = dict(contents(tmp_path / "back"))
    # The register says since then that it was brought back; the backup was noted in the other one alone.
    before.pop(DATABASE)
    after.pop(DATABASE)
    assert after.pop("parchemin.toml")
    assert after == before
    assert find_awards(open_desk(tmp_path / "back")) == find_awards(open_desk(issued.folder))
    trail = [action for (action,) in rows(tmp_path / "back", "SELECT action FROM audit ORDER BY sequence")]
    assert trail[-1] == "register.restored"
    assert "backup.made" not in trail
    assert rows(issued.folder, "SELECT action FROM audit ORDER BY sequence")[-1] == ("backup.made",)


def test_the_restored_service_goes_on_issuing_and_withdrawing(recorded: Cli, tmp_path: Path) -> None:
    good(recorded, "backup", "--out", str(tmp_path / "b.pb"))
    good(recorded, "restore", str(tmp_path / "b.pb"), "--data", str(tmp_path / "back"))
    shutil.rmtree(recorded.folder)
    (tmp_path / "back").rename(recorded.folder)

    recorded.good("issue", "--all", "--yes")

    assert len(find_awards(open_desk(recorded.folder))) == 30
    assert verify_audit(open_desk(recorded.folder)).faults == []


def test_nothing_in_the_file_can_be_read_and_its_owner_alone_has_it(issued: Cli, tmp_path: Path) -> None:
    out = tmp_path / "b.pb"
    good(issued, "backup", "--out", str(out))

    content = out.read_bytes()
    for word in (b"SQLite format 3", b"MARCHAND", b"RNCP35080", b"parchemin-institution", b"key-1"):
        assert word not in content
    assert out.stat().st_mode & 0o077 == 0
    assert sorted(file.name for file in tmp_path.iterdir()) == ["b.pb", "backup-passphrase", "data"]
    assert not [file for file in issued.folder.iterdir() if file.name.startswith(".")]


@pytest.mark.timeout(120)
def test_a_backup_taken_during_issuing_holds_one_instant(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, count = tmp_path / "data", 25
    hand_in(found_desk(folder), cohort(count))
    process = start(folder, "issue", "--all", "--yes")
    cli = Cli(folder, monkeypatch)
    taken: list[Path] = []
    while process.poll() is None and len(taken) < 4:
        if rows(folder, "SELECT count(*) FROM awards") != [(0,)]:
            taken.append(tmp_path / f"b{len(taken)}.pb")
            good(cli, "backup", "--out", str(taken[-1]))
        time.sleep(0.05)
    _output, said = process.communicate(timeout=100)
    assert process.returncode == 0, said

    sizes = []
    for number, file in enumerate(taken):
        back = good(cli, "restore", str(file), "--data", str(tmp_path / f"back{number}"), "--json").json
        assert back["whole"], back["findings"]
        assert back["awards"] % len(COMPONENTS) == 0, "whole people only"
        sizes.append(back["awards"])
    assert sizes == sorted(sizes)
    assert any(0 < size < count * len(COMPONENTS) for size in sizes), sizes
    assert len(find_awards(open_desk(folder))) == count * len(COMPONENTS)
    assert verify_audit(open_desk(folder)).faults == []


def test_writers_do_not_wait_for_a_backup(issued: Cli) -> None:
    with snapshot.snapshot_of(issued.folder / DATABASE) as taken:
        other = sqlite3.connect(issued.folder / DATABASE, timeout=0.1)
        other.execute("UPDATE awards SET state = 'suspended'")
        other.commit()
        other.close()
        copy = sqlite3.connect(":memory:")
        copy.deserialize(taken.stream.read().replace(b"\x02\x02", b"\x01\x01", 1))
    assert copy.execute("SELECT DISTINCT state FROM awards").fetchall() == [("valid",)]
    copy.close()


def _truncated(file: bytes) -> bytes:
    return file[: len(file) // 2]


def _altered(file: bytes) -> bytes:
    return file[:5000] + bytes([file[5000] ^ 1]) + file[5001:]


def _newer(file: bytes) -> bytes:
    return file.replace(b"backup/1", b"backup/9", 1)


def _foreign(file: bytes) -> bytes:
    return b"PK" + file


BAD: dict[str, Callable[[bytes], bytes]] = {
    "backup.truncated": _truncated,
    "backup.damaged": _altered,
    "backup.newer": _newer,
    "backup.foreign": _foreign,
}


@pytest.mark.parametrize("command", [("backup", "verify"), ("restore",)], ids=" ".join)
@pytest.mark.parametrize("code", BAD)
def test_a_bad_backup_is_said_in_one_line_and_nothing_is_left(
    founded: Cli, tmp_path: Path, code: str, command: tuple[str, ...]
) -> None:
    out = tmp_path / "b.pb"
    good(founded, "backup", "--out", str(out))
    out.write_bytes(BAD[code](out.read_bytes()))
    more = ("--data", str(tmp_path / "back")) if command == ("restore",) else ()

    run(founded, *command, str(out), *more).refused(1, f"[{code}]", "b.pb")

    assert sorted(file.name for file in tmp_path.iterdir()) == ["b.pb", "backup-passphrase", "data"]


def test_another_passphrase_opens_nothing(founded: Cli, tmp_path: Path) -> None:
    good(founded, "backup", "--out", str(tmp_path / "b.pb"))

    ran = run(founded, "restore", str(tmp_path / "b.pb"), "--data", "back", words="une autre phrase entière")

    ran.refused(1, "[backup.passphrase]", "in force when the backup was made")
    assert not (tmp_path / "back").exists()


def test_a_short_passphrase_seals_nothing(founded: Cli, tmp_path: Path) -> None:
    run(founded, "backup", "--out", str(tmp_path / "b.pb"), words="court").refused(
        1, "[backup.passphrase_short]"
    )
    assert not (tmp_path / "b.pb").exists()


def test_a_restore_never_writes_over_anything(founded: Cli, tmp_path: Path) -> None:
    out = tmp_path / "b.pb"
    good(founded, "backup", "--out", str(out))
    before = contents(tmp_path)

    run(founded, "restore", str(out)).refused(1, "[restore.not_empty]", "--data")
    run(founded, "backup", "--out", str(out)).refused(1, "[backup.exists]", "--out")
    run(founded, "backup", "--out", str(founded.folder / "b.pb")).refused(1, "[backup.inside]", "--out")

    assert contents(tmp_path) == before
    (tmp_path / "empty").mkdir()
    good(founded, "restore", str(out), "--data", str(tmp_path / "empty"))


@pytest.mark.parametrize(
    "name",
    [
        "data/../../escaped",
        "/etc/escaped",
        "elsewhere/x",
        "data/..",
        "data//../x",
        "data/{folder}/escaped",
        "settings/{folder}/escaped",
        "data/./escaped",
        "data/a\\escaped",
    ],
)
def test_a_name_that_leads_out_of_the_folder_is_refused(founded: Cli, tmp_path: Path, name: str) -> None:
    """Whoever has the passphrase could write such a file; it would be no backup of ours."""
    out = tmp_path / "b.pb"
    with out.open("wb") as target:
        sealing = SealingStream(target, PASSPHRASE, bytes(16), Hardness(64, 1, 1))
        with tarfile.open(mode="w|", fileobj=sealing) as archive:  # type: ignore[call-overload]
            # A good head first: without one, nothing behind it would ever be unpacked.
            head = head_bytes(Head(made_at="", version="", facts=RegisterFacts("", "", "", {}, 0, "")))
            for called, content in ((HEAD, head), (name.format(folder=tmp_path), b"x")):
                entry = tarfile.TarInfo(called)
                entry.size = len(content)
                archive.addfile(entry, io.BytesIO(content))
        sealing.finish()

    run(founded, "restore", str(out), "--data", str(tmp_path / "a" / "back")).refused(1, "[backup.damaged]")

    assert not list(tmp_path.rglob("escaped"))
    assert not list(tmp_path.rglob("x"))


@pytest.mark.parametrize("name", ["data/a\0b", "data//a", "data/", "settings/../a", "data/a/", "./data/a"])
def test_a_name_that_is_not_its_own_normal_form_is_no_part_of_a_backup(name: str) -> None:
    with pytest.raises(ValueError, match=re.escape(name)):
        backup_file._safe_name(tarfile.TarInfo(name))


@pytest.mark.parametrize("name", ["data//a", "settings//a", "data/"])
def test_no_part_is_placed_outside(name: str) -> None:
    with pytest.raises(ValueError, match=name):
        backup_file._place(name)


def test_a_damaged_register_makes_no_backup(issued: Cli, tmp_path: Path) -> None:
    file = issued.folder / DATABASE
    connection = sqlite3.connect(file)
    connection.execute("PRAGMA journal_mode = DELETE")
    connection.close()
    content = bytearray(file.read_bytes())
    content[8192:] = b"\xff" * (len(content) - 8192)
    file.write_bytes(content)

    run(issued, "backup", "--out", str(tmp_path / "b.pb")).refused(1, "[register.damaged]", "restore")

    assert not (tmp_path / "b.pb").exists()


def test_a_data_folder_that_takes_nothing_can_still_be_backed_up(
    issued: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_arguments: object) -> object:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(snapshot, "_copy_without_name", full)
    made = good(issued, "backup", "--out", str(tmp_path / "b.pb"), "--json").json

    assert made["counts"]["awards"] == 30
    assert good(issued, "restore", str(tmp_path / "b.pb"), "--data", "back", "--json").json["whole"]


def test_a_full_disk_leaves_no_half_backup(issued: Cli, tmp_path: Path) -> None:
    before = contents(tmp_path)

    process = subprocess.run(
        [*COMMAND, "backup", "--out", str(tmp_path / "b.pb")],
        env={
            **os.environ,
            **environment(issued.folder),
            "PARCHEMIN_BACKUP_PASSPHRASE_FILE": passphrase_file(tmp_path),
        },
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000)),
        capture_output=True,
        text=True,
        check=False,
        cwd=Path(__file__).parents[2],
    )

    assert process.returncode == 1
    assert process.stderr.startswith("error [backup.unwritable]"), process.stderr
    (tmp_path / "backup-passphrase").unlink()
    assert contents(tmp_path) == before


def test_a_full_disk_leaves_no_half_folder(
    issued: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "b.pb"
    good(issued, "backup", "--out", str(out))
    before = contents(tmp_path)

    def full(_reading: object, _place: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(backup_file, "_unpack", full)
    run(issued, "restore", str(out), "--data", "back").refused(1, "[backup.unwritable]", "free some space")

    assert contents(tmp_path) == before


def test_what_does_not_hold_after_a_restore_is_named(issued: Cli, tmp_path: Path) -> None:
    (number,) = rows(issued.folder, "SELECT number FROM awards ORDER BY number LIMIT 1")[0]
    connection = sqlite3.connect(issued.folder / DATABASE)
    connection.execute("UPDATE awards SET state = 'revoked' WHERE number = ?", (number,))
    connection.commit()
    connection.close()
    good(issued, "backup", "--out", str(tmp_path / "b.pb"))

    ran = run(issued, "restore", str(tmp_path / "b.pb"), "--data", "back", "--json")

    assert ran.code == 1
    found = {finding["code"] for finding in ran.json["findings"]}
    assert {"audit.state", "list.bits"} <= found
    assert find_awards(open_desk(tmp_path / "back"), state=AwardState.REVOKED)[0].number == number


def test_a_restore_for_another_database_is_refused(founded: Cli, tmp_path: Path) -> None:
    good(founded, "backup", "--out", str(tmp_path / "b.pb"))
    environment = {
        "PARCHEMIN_BACKUP_PASSPHRASE_FILE": passphrase_file(tmp_path),
        "PARCHEMIN_DATABASE_URL": f"sqlite:///{tmp_path}/elsewhere.sqlite3",
    }

    founded("restore", "b.pb", "--data", "back", env=environment).refused(1, "[restore.database_elsewhere]")


def test_a_snapshot_of_nothing_is_said(tmp_path: Path) -> None:
    with pytest.raises(RegisterError, match="no register"), snapshot.snapshot_of(tmp_path / DATABASE):
        pass


def test_two_backups_at_once_are_both_whole(issued: Cli, tmp_path: Path) -> None:
    outs = [tmp_path / f"b{number}.pb" for number in range(2)]
    failed: list[BaseException] = []

    def make(out: Path) -> None:
        try:
            with snapshot.snapshot_of(issued.folder / DATABASE) as taken:
                head = Head("2026-11-24T00:00:00Z", "0", taken.facts)
                sources = backup_file.Sources(issued.folder, issued.folder / DATABASE, None)
                quick = replace(HARDNESS, memory_kib=64, passes=1)
                backup_file.write_backup(out, PASSPHRASE, head, taken, sources, hardness=quick)
        except BaseException as error:  # noqa: BLE001 - told to the test's own thread
            failed.append(error)

    threads = [threading.Thread(target=make, args=(out,)) for out in outs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert not failed
    for out in outs:
        good(issued, "backup", "verify", str(out))
