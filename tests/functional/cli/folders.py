"""Data folders to start from: each is made once, and every test works on a copy."""

import shutil
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

import pytest

from issuer.bootstrap import found_office
from issuer.config import load_settings
from issuer.samples import sample_files
from keys import file_key
from tests.faults.desks import environment, found_desk, hand_in, issue_all
from tests.faults.quick_keys import QUICK_ROUNDS
from tests.functional.cli.running import Cli

SAMPLE_DAY = date(2026, 11, 24)
BOTH_SUITES = ("eddsa-rdfc-2022", "ecdsa-rdfc-2019")
"""An Ed25519 key and a P-256 key: every form can be made."""


@pytest.fixture(scope="session")
def founded_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a founded data folder without a record."""
    folder = tmp_path_factory.mktemp("founded") / "data"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(file_key, "KDF_ROUNDS", QUICK_ROUNDS)
        found_desk(folder, rules_day=SAMPLE_DAY)
    return folder


@pytest.fixture(scope="session")
def recorded_folder(tmp_path_factory: pytest.TempPathFactory, founded_folder: Path) -> Path:
    """Give one with the sample record, nothing issued."""
    folder = Path(shutil.copytree(founded_folder, tmp_path_factory.mktemp("recorded") / "data"))
    hand_in(found_desk(folder), sample_files())
    return folder


@pytest.fixture(scope="session")
def issued_folder(tmp_path_factory: pytest.TempPathFactory, recorded_folder: Path) -> Path:
    """Give one with the sample record issued."""
    folder = Path(shutil.copytree(recorded_folder, tmp_path_factory.mktemp("issued") / "data"))
    issue_all(found_desk(folder))
    return folder


@pytest.fixture(scope="session")
def both_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give one founded for two suites, with the sample record issued; ``parchemin.toml`` lies beside it."""
    folder = tmp_path_factory.mktemp("both") / "data"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(file_key, "KDF_ROUNDS", QUICK_ROUNDS)
        issue_sample(folder, BOTH_SUITES)
    return folder


@pytest.fixture
def founded(founded_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Cli:
    """Give the command on a founded folder."""
    return _copied(founded_folder, tmp_path, monkeypatch)


@pytest.fixture
def recorded(recorded_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Cli:
    """Give the command on a folder with the sample record."""
    return _copied(recorded_folder, tmp_path, monkeypatch)


@pytest.fixture
def issued(issued_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Cli:
    """Give the command on a folder with the sample record issued."""
    return _copied(issued_folder, tmp_path, monkeypatch)


@pytest.fixture
def both(both_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Cli:
    """Give the command on a folder with the sample record issued under two suites."""
    shutil.copy(both_folder.parent / "parchemin.toml", tmp_path)
    return _copied(both_folder, tmp_path, monkeypatch)


@pytest.fixture
def empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Cli:
    """Give the command on a folder that does not exist yet."""
    monkeypatch.chdir(tmp_path)
    return Cli(tmp_path / "data", monkeypatch)


@pytest.fixture
def write(tmp_path: Path) -> Callable[[str, bytes], str]:
    """Give a function that writes a file and gives its path."""

    def written(name: str, content: bytes) -> str:
        (tmp_path / name).write_bytes(content)
        return str(tmp_path / name)

    return written


def set_suites(folder: Path, suites: Sequence[str]) -> None:
    """Set the suites in force in the settings' file of a folder."""
    (folder / "parchemin.toml").write_text(f'suites = "{",".join(suites)}"\n', encoding="utf-8")


def issue_sample(folder: Path, suites: Sequence[str]) -> None:
    """Found a data folder whose settings lie beside it, and issue the sample record in it."""
    set_suites(folder.parent, suites)
    settings = load_settings(environment(folder), folder.parent)
    office = found_office(settings, _nobody, actor="scolarite", rules_day=SAMPLE_DAY, four_eyes=False)[0]
    hand_in(office, sample_files())
    issue_all(office)


def _nobody() -> str:
    raise AssertionError("the passphrase is set")


def _copied(source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Cli:
    monkeypatch.chdir(tmp_path)
    return Cli(Path(shutil.copytree(source, tmp_path / "data")), monkeypatch)
