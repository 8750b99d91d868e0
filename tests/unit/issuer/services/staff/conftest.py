"""The desk's door over a fresh register under four eyes."""

import shutil
from pathlib import Path

import pytest

from tests.faults.desks import found_desk, open_desk
from tests.faults.quick_keys import QUICK_ROUNDS
from tests.support.staff import Crew, open_crew


@pytest.fixture(scope="session")
def four_eyes_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a data folder founded under four eyes, without any account."""
    from keys import file_key  # noqa: PLC0415 - patched for the length of the founding alone

    folder = tmp_path_factory.mktemp("four-eyes") / "data"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(file_key, "KDF_ROUNDS", QUICK_ROUNDS)
        found_desk(folder, four_eyes=True)
    return folder


@pytest.fixture
def crew(four_eyes_folder: Path, tmp_path: Path) -> Crew:
    """Give the door of a register of its own."""
    folder = Path(shutil.copytree(four_eyes_folder, tmp_path / "data"))
    return open_crew(open_desk(folder), folder)
