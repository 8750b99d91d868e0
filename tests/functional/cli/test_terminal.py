"""What a person at a terminal is asked, and that nothing hides the question."""

import os
import pty
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from issuer.cli.context import progress
from tests.faults.desks import BASE_URL, COMMAND, PASSPHRASE
from tests.functional.cli.running import Cli

NEW, AGAIN, OPEN = "at least 12 characters", "again", "Passphrase of the signing key"


def at_a_terminal(
    folder: Path, arguments: Sequence[str], answers: Sequence[tuple[str, str]]
) -> tuple[int, str]:
    """Run the command on a terminal; type each answer once its question stands at the end of the output."""
    mine, its = pty.openpty()
    plain = {name: value for name, value in os.environ.items() if not name.startswith("PARCHEMIN_")}
    process = subprocess.Popen(
        [*COMMAND, *arguments],
        env={**plain, "PARCHEMIN_DATA": str(folder), "PARCHEMIN_BASE_URL": BASE_URL, "TERM": "xterm"},
        cwd=Path(__file__).parents[3],
        stdin=its,
        stdout=its,
        stderr=its,
        start_new_session=True,
    )
    os.close(its)
    said, waiting, seen = "", list(answers), 0
    try:
        while True:
            said += os.read(mine, 10_000).decode()
            if waiting and waiting[0][0] in said[seen:] and said.rstrip(" ").endswith(":"):
                seen = len(said)
                time.sleep(0.2)  # the terminal stops its echo before it reads
                os.write(mine, waiting.pop(0)[1].encode() + b"\n")
    except OSError:  # the other side is closed
        pass
    finally:
        os.close(mine)
        code = process.wait(timeout=60)
    assert not waiting, said
    return code, said


@pytest.mark.timeout(120)
def test_a_new_passphrase_is_asked_twice_until_both_are_the_same(tmp_path: Path) -> None:
    folder = tmp_path / "data"

    code, said = at_a_terminal(
        folder,
        ["init", "--local", "--one-person"],
        [
            (NEW, "short"),
            (NEW, PASSPHRASE),
            (AGAIN, PASSPHRASE + "!"),
            (NEW, PASSPHRASE),
            (AGAIN, PASSPHRASE),
        ],
    )

    assert code == 0, said
    assert said.index("permanent") < said.index(NEW)
    assert "12 are needed" in said
    assert PASSPHRASE not in said
    assert (folder / "keys" / "key-1.p12").is_file()


@pytest.mark.timeout(120)
def test_a_further_key_asks_for_its_new_passphrase_twice(founded: Cli) -> None:
    code, said = at_a_terminal(founded.folder, ["keys", "new"], [(NEW, PASSPHRASE), (AGAIN, PASSPHRASE)])

    assert code == 0, said
    assert "key-2 signs from now on" in said


@pytest.mark.timeout(120)
def test_the_question_of_issue_stands_before_the_bar(recorded: Cli) -> None:
    code, said = at_a_terminal(
        recorded.folder, ["issue", "--session", "S2024-06", "--yes"], [(OPEN, PASSPHRASE)]
    )

    assert code == 0, said
    assert said.lstrip().startswith(OPEN), said
    assert said.count(OPEN) == 1
    assert "issuing" in said.partition(OPEN)[2]


def test_the_bar_appears_with_the_first_step(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")

    with progress("issuing") as advance:
        before = capsys.readouterr().err
        advance(1, 2)

    assert before == ""
    assert "1/2" in capsys.readouterr().err
