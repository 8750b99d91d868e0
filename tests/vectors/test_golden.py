"""What any release signed must verify for ever."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from credentials.json_input import parse_object
from credentials.materials import DidDocument, Materials, StatusList
from credentials.policy import Policy
from credentials.report import IssuerIdentity, Verdict
from credentials.verify import verify

GOLDEN = Path(__file__).parents[1] / "golden"
RELEASES = sorted(folder for folder in GOLDEN.iterdir() if (folder / "did.json").is_file())
IN_THIRTY_YEARS = datetime(2056, 11, 24, tzinfo=UTC)


def _verify(folder: Path, credential: bytes) -> Verdict:
    document = parse_object((folder / "did.json").read_bytes())
    status = (folder / "status.json").read_bytes()
    did, url = str(document["id"]), str(parse_object(status)["id"])
    materials = Materials(
        did_documents={did: DidDocument(document, IN_THIRTY_YEARS)},
        status_lists={url: StatusList(status, IN_THIRTY_YEARS)},
        trust={did: IssuerIdentity(did, "Conservatoire national des arts et métiers")},
    )
    return verify(credential, materials=materials, policy=Policy(), at=IN_THIRTY_YEARS).verdict


def test_there_are_golden_files() -> None:
    assert RELEASES


@pytest.mark.parametrize("name", ["title.json", "block.json"])
@pytest.mark.parametrize("folder", RELEASES, ids=lambda folder: str(folder.name))
def test_what_a_release_signed_verifies_in_thirty_years(folder: Path, name: str) -> None:
    assert _verify(folder, (folder / name).read_bytes()) is Verdict.VALID


@pytest.mark.parametrize("folder", RELEASES, ids=lambda folder: str(folder.name))
def test_a_golden_file_with_another_name_does_not_verify(folder: Path) -> None:
    changed = (folder / "title.json").read_bytes().replace("Hélène".encode(), b"Helene")
    assert _verify(folder, changed) is Verdict.MODIFIED
