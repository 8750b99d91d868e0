"""The trust register as an operator types it: a line that is replaced is said, and our own stays ours."""

from pathlib import Path

from credentials.json_input import to_bytes
from tests.functional.cli.running import Cli
from tests.support.verification import DID_WEB, did_document

OWN = "did:web:localhost%3A8123"


def test_a_new_line_replaces_nothing(founded: Cli) -> None:
    assert founded.good("trust", "add", DID_WEB, "--name", "A").err == f"{DID_WEB} is known as A\n"
    assert founded.good("trust", "add", "did:web:b.example", "--name", "B", "--json").json["replaces"] is None


def test_a_line_that_is_replaced_is_named(founded: Cli) -> None:
    founded.good("trust", "add", DID_WEB, "--name", "A")

    assert founded.good("trust", "add", DID_WEB, "--name", "B").err == (
        f"{DID_WEB} is known as B; replaces A\n"
    )
    assert founded.good("trust", "add", DID_WEB, "--name", "C", "--json").json["replaces"] == "B"


def test_keys_that_are_pinned_no_more_are_said(founded: Cli, tmp_path: Path) -> None:
    (tmp_path / "did.json").write_bytes(to_bytes(did_document()))
    pinned = ("trust", "add", DID_WEB, "--name", "A", "--did-document", str(tmp_path / "did.json"))
    founded.good(*pinned)

    assert "pinned" not in founded.good(*pinned).err
    assert "was pinned and no longer is" in founded.good("trust", "add", DID_WEB, "--name", "A").err


def test_the_institution_is_not_renamed_by_the_way(founded: Cli) -> None:
    before = founded.good("trust", "list", "--json").json

    founded("trust", "add", OWN, "--name", "Autre nom").refused(1, "trust.self", OWN, "institution.yaml")

    assert founded.good("trust", "list", "--json").json == before
