"""Three acts on a key, through the command: what each foretells is what it does, and what it says holds."""

import json
import shutil
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from issuer.bootstrap import public_desk
from issuer.samples import sample_files
from issuer.services.roots import make_root
from tests.faults.desks import open_desk
from tests.functional.cli.folders import BOTH_SUITES, set_suites
from tests.functional.cli.running import Cli, contents, rows

DID = "did:web:localhost%3A8123"
REASON = ("--reason", "vol d'un ordinateur")


def now() -> str:
    return datetime.now(UTC).isoformat()


def verdicts(cli: Cli) -> dict[str, str]:
    desk = public_desk(open_desk(cli.folder))
    links = rows(cli.folder, "SELECT number, credential_id FROM awards ORDER BY number")
    return {number: desk.check_link(link).verdict.value for number, link in links}


def document(cli: Cli, number: str) -> dict[str, Any]:
    with open_desk(cli.folder).store.reading() as registry:
        found: dict[str, Any] = json.loads(registry.credential(number) or b"")
    return found


def published(cli: Cli) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(public_desk(open_desk(cli.folder)).did_document().body)
    return found


def judged(cli: Cli, content: bytes) -> tuple[str, str]:
    report = cli("verify", "-", "--json", given=content).json
    (code,) = [check["code"] for check in report["checks"] if check["id"] == "key"]
    return report["verdict"], code


@pytest.fixture(scope="module")
def rooted_folder(tmp_path_factory: pytest.TempPathFactory, issued_folder: Path) -> Path:
    """Give an issued folder with a published root that is a second old: roots tell whole seconds."""
    folder = Path(shutil.copytree(issued_folder, tmp_path_factory.mktemp("rooted") / "data"))
    make_root(open_desk(folder), actor="minuit")
    time.sleep(1.1)
    return folder


@pytest.fixture
def rooted(rooted_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Cli:
    monkeypatch.chdir(tmp_path)
    return Cli(Path(shutil.copytree(rooted_folder, tmp_path / "data")), monkeypatch)


@pytest.mark.parametrize(
    "act",
    [
        ("rotate",),
        ("rotate", "--type", "P-256"),
        ("compromise", "key-1", "--since", "2026-01-01", *REASON),
        ("compromise", "receipts-1", "--since", "2026-01-01", *REASON),
        ("retire", "receipts-1"),
        ("resign",),
    ],
)
@pytest.mark.parametrize("form", [(), ("--json",)])
def test_without_yes_an_act_is_foretold_and_nothing_is_changed(
    rooted: Cli, act: tuple[str, ...], form: tuple[str, ...]
) -> None:
    before = contents(rooted.folder)

    ran = rooted.good("keys", *act, *form)

    assert contents(rooted.folder) == before
    assert not form or ran.json["done"] is False


def test_a_rotation_signs_with_the_new_key_and_what_was_signed_holds(rooted: Cli) -> None:
    before = verdicts(rooted)
    foretold = rooted.good("keys", "rotate", "--json").json
    assert (foretold["retires"], foretold["signed"], foretold["lists"]) == (["key-1"], 30, ["1"])

    done = rooted.good("keys", "rotate", "--reason", "rotation annuelle", "--yes", "--json").json

    assert done["key"] == "key-2"
    assert verdicts(rooted) == before
    listed = {
        key["name"]: (key["state"], key["suites"]) for key in rooted.good("keys", "list", "--json").json
    }
    assert listed["key-1"] == ("retired", [])
    assert listed["key-2"] == ("active", ["eddsa-rdfc-2022"])
    assert published(rooted)["assertionMethod"] == [f"{DID}#key-1", f"{DID}#key-2"]
    (body,) = rows(rooted.folder, "SELECT body FROM status_lists ORDER BY id DESC LIMIT 1")[0]
    assert json.loads(body)["proof"][0]["verificationMethod"] == f"{DID}#key-2"
    assert rooted.good("audit", "verify").code == 0


def test_the_only_key_of_a_suite_is_not_retired(rooted: Cli) -> None:
    before = contents(rooted.folder)

    rooted("keys", "retire", "key-1", "--yes").refused(1, "key.last", "keys rotate")

    assert contents(rooted.folder) == before


def test_a_key_that_stands_beside_the_one_that_signs_can_be_retired(rooted: Cli) -> None:
    rooted.good("keys", "new")
    rooted.good("keys", "retire", "key-1", "--yes")

    rooted("keys", "retire", "key-1", "--yes").refused(1, "key.not_active", "key-1")
    assert set(verdicts(rooted).values()) == {"valid"}
    assert rooted.good("audit", "verify").code == 0


def test_after_a_compromise_every_covered_award_is_signed_again_and_keeps_its_link(rooted: Cli) -> None:
    numbers = [number for (number,) in rows(rooted.folder, "SELECT number FROM awards ORDER BY number")]
    rooted.good("suspend", numbers[0], "--reason", "decision-jury-ou-juge")
    rooted.good("revoke", numbers[6], "--reason", "erreur-materielle")
    before, old = verdicts(rooted), {number: document(rooted, number) for number in numbers}
    kept = rows(rooted.folder, "SELECT * FROM awards ORDER BY number")
    codes = rows(rooted.folder, "SELECT * FROM short_codes ORDER BY number")
    act = ("keys", "compromise", "key-1", "--since", now(), *REASON)
    foretold = rooted.good(*act, "--json").json
    assert (foretold["signed"], len(foretold["resigned"]), foretold["undecided"]) == (30, 30, {})

    done = rooted.good(*act, "--yes", "--json").json

    assert sorted(done["resigned"]) == numbers
    assert verdicts(rooted) == before
    assert rows(rooted.folder, "SELECT * FROM awards ORDER BY number") == kept
    assert rows(rooted.folder, "SELECT * FROM short_codes ORDER BY number") == codes
    for number in numbers:
        new = document(rooted, number)
        assert new["proof"][0]["verificationMethod"] == f"{DID}#key-2"
        changed = {"proof", "relatedResource"}
        assert {k: v for k, v in new.items() if k not in changed} == {
            k: v for k, v in old[number].items() if k not in changed
        }
    assert rooted.good("audit", "verify").code == 0
    assert rooted.good("keys", "resign", "--json").json["resigned"] == []


def test_an_old_copy_with_the_stolen_keys_signature_is_not_good(rooted: Cli) -> None:
    (number,) = rows(rooted.folder, "SELECT number FROM awards WHERE kind = 'title' LIMIT 1")[0]
    old = json.dumps(document(rooted, number)).encode()
    assert judged(rooted, old)[0] == "valid"

    rooted.good("keys", "compromise", "key-1", "--since", now(), *REASON, "--yes")

    assert judged(rooted, old) == ("incomplete", "key.revoked_since")
    assert judged(rooted, json.dumps(document(rooted, number)).encode()) == ("valid", "key.listed")
    method = published(rooted)["verificationMethod"][0]
    assert method["id"] == f"{DID}#key-1"
    assert "revoked" in method
    assert f"{DID}#key-1" not in published(rooted)["assertionMethod"]


def test_what_no_earlier_root_covers_is_left_to_a_person(issued: Cli) -> None:
    numbers = [number for (number,) in rows(issued.folder, "SELECT number FROM awards ORDER BY number")]
    early = now()
    make_root(open_desk(issued.folder), actor="minuit")

    ran = issued.good("keys", "compromise", "key-1", "--since", early, *REASON, "--yes")

    assert "30 awards are not signed again" in ran.err
    assert set(verdicts(issued).values()) == {"incomplete"}
    left = issued.good("keys", "resign", "--json").json
    assert left["undecided"] == dict.fromkeys(numbers, "resign.not_covered")
    assert issued.good("audit", "verify").code == 0


def test_a_compromised_key_never_signs_again(rooted: Cli) -> None:
    rooted.good("keys", "compromise", "key-1", "--since", now(), *REASON, "--yes")
    act = ("keys", "compromise", "key-1", "--since", now(), *REASON)

    rooted(*act, "--yes").refused(1, "key.compromised", "key-1", "never undone")
    rooted("keys", "retire", "key-1", "--yes").refused(1, "key.not_active")
    rooted.good("status", "renew", "--all")
    methods = rows(rooted.folder, "SELECT body FROM status_lists ORDER BY id DESC LIMIT 1")
    assert f"{DID}#key-1" not in str(methods)


def test_the_signed_forms_made_beforehand_are_forgotten_and_made_again(rooted: Cli) -> None:
    rooted.good("prepare")
    kept = len(rows(rooted.folder, "SELECT number FROM prepared_exports"))
    assert kept > 30

    rooted.good("keys", "compromise", "key-1", "--since", now(), *REASON, "--yes")
    assert rows(rooted.folder, "SELECT number FROM prepared_exports") == []
    rooted.good("prepare")

    assert len(rows(rooted.folder, "SELECT number FROM prepared_exports")) == kept
    (body,) = rows(rooted.folder, "SELECT body FROM prepared_exports WHERE format = 'clr' LIMIT 1")[0]
    assert judged(rooted, bytes(body))[0] == "valid"


def test_a_second_compromise_signs_again_from_what_was_issued(rooted: Cli) -> None:
    before = verdicts(rooted)
    for name in ("key-1", "key-2"):
        rooted.good("keys", "compromise", name, "--since", now(), *REASON, "--yes")

    assert verdicts(rooted) == before
    assert rows(rooted.folder, "SELECT count(*), max(revision) FROM resignatures") == [(60, 2)]
    assert rooted.good("audit", "verify").code == 0


def test_a_title_whose_key_stands_still_names_blocks_that_were_signed_again(
    rooted: Cli, write: Callable[[str, bytes], str]
) -> None:
    """The register knows the bytes that a title names, also when the block has newer ones."""
    rooted.good("keys", "rotate", "--yes")
    changed = sample_files()["candidats.csv"].replace(b"Marchand-Delvaux", b"Nouveau-Nom")
    rooted.good("jury", "import", write("renamed.csv", changed), "--accept-changes")
    (old,) = rows(
        rooted.folder, "SELECT number FROM awards WHERE kind = 'title' AND holder LIKE '%Marchand-Delvaux'"
    )[0]
    rooted.good("replace", old, "--reason", "rectification")
    (title,) = rows(rooted.folder, "SELECT new FROM replacements")[0]
    before = document(rooted, title)

    assert before["proof"][0]["verificationMethod"] == f"{DID}#key-2"

    done = rooted.good("keys", "compromise", "key-1", "--since", now(), *REASON, "--yes", "--json").json

    assert len(done["resigned"]) == 30
    assert title not in done["resigned"]
    assert document(rooted, title) == before
    assert verdicts(rooted) == {**dict.fromkeys(done["resigned"], "valid"), title: "valid", old: "replaced"}
    report = rooted("verify", "-", "--json", given=json.dumps(before).encode()).json
    (related,) = [check["code"] for check in report["checks"] if check["id"] == "related"]
    assert related == "related.match"
    rooted.good("export", title, "--format", "clr", "--out", "record.json")
    assert judged(rooted, Path("record.json").read_bytes())[0] == "valid"


def test_a_stolen_key_of_receipts_is_followed_by_another(rooted: Cli) -> None:
    done = rooted.good("keys", "compromise", "receipts-1", "--since", now(), *REASON, "--yes", "--json").json

    assert (done["signed"], done["lists"]) == (0, [])
    listed = {key["name"]: key["state"] for key in rooted.good("keys", "list", "--json").json}
    assert (listed["receipts-1"], listed["receipts-2"]) == ("compromised", "active")
    assert published(rooted)["authentication"] == [f"{DID}#receipts-2"]
    assert set(verdicts(rooted).values()) == {"valid"}


def test_a_change_of_algorithm_goes_through_a_time_with_both_proofs(rooted: Cli, tmp_path: Path) -> None:
    before = verdicts(rooted)
    led = rooted.good("keys", "rotate", "--type", "P-256", "--yes").err
    assert "signs nothing yet" in led
    assert "PARCHEMIN_SUITES" in led
    assert rooted.good("keys", "list", "--json").json[0]["state"] == "active"

    set_suites(tmp_path, BOTH_SUITES)
    rooted.good("status", "renew", "--all")
    (body,) = rows(rooted.folder, "SELECT body FROM status_lists ORDER BY id DESC LIMIT 1")[0]
    assert [proof["cryptosuite"] for proof in json.loads(body)["proof"]] == list(BOTH_SUITES)
    assert verdicts(rooted) == before

    set_suites(tmp_path, ["ecdsa-rdfc-2019"])
    rooted.good("status", "renew", "--all")
    rooted.good("keys", "retire", "key-1", "--yes")

    (body,) = rows(rooted.folder, "SELECT body FROM status_lists ORDER BY id DESC LIMIT 1")[0]
    assert [proof["cryptosuite"] for proof in json.loads(body)["proof"]] == ["ecdsa-rdfc-2019"]
    assert verdicts(rooted) == before
    assert f"{DID}#key-1" in published(rooted)["assertionMethod"]
