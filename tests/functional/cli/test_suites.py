"""The institution's suites are a setting: two of them give every award and every list a set of two proofs."""

import base64
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from credentials.multibase import decode_base58, encode_base58
from issuer.samples import sample_files
from tests.faults.desks import environment, found_desk, hand_in
from tests.functional.cli.folders import BOTH_SUITES, set_suites
from tests.functional.cli.running import Cli, contents, rows
from tests.interop.published_schemas import DATA_MODEL, STRICT, TOLERANT, validator
from tests.support.shared import shared

__all__ = ["shared"]

DID = "did:web:localhost%3A8123"
METHODS = [f"{DID}#key-1", f"{DID}#key-2"]
Document = dict[str, Any]


def awards_of(cli: Cli) -> Sequence[tuple[str, Document]]:
    return [
        (number, json.loads(body))
        for number, body in rows(cli.folder, "SELECT number, credential FROM awards ORDER BY number")
    ]


def lists_of(cli: Cli) -> Sequence[Document]:
    return [json.loads(body) for (body,) in rows(cli.folder, "SELECT body FROM status_lists ORDER BY id")]


def judged(cli: Cli, document: Document) -> tuple[str, dict[str, str]]:
    report = cli("verify", "-", "--json", given=json.dumps(document).encode()).json
    return report["verdict"], {check["id"]: check["code"] for check in report["checks"]}


def test_init_makes_the_key_of_each_suite(empty: Cli, tmp_path: Path) -> None:
    # With a space after each comma, as a person writes them.
    set_suites(tmp_path, ["eddsa-rdfc-2022", " ecdsa-rdfc-2019:P-384", " eddsa-jcs-2022", " ecdsa-jcs-2019"])

    empty.good("init", "--local", "--one-person")

    listed = empty.good("keys", "list", "--json").json
    assert [(key["name"], key["algorithm"], key["suites"]) for key in listed] == [
        ("key-1", "Ed25519", ["eddsa-rdfc-2022", "eddsa-jcs-2022"]),
        ("key-2", "P-384", ["ecdsa-rdfc-2019:P-384"]),
        ("key-3", "P-256", ["ecdsa-jcs-2019"]),
        ("receipts-1", "Ed25519", []),
    ]
    assert [key["did_key"][:12] for key in listed[:3]] == ["did:key:z6Mk", "did:key:z82L", "did:key:zDna"]
    (published,) = lists_of(empty)
    assert [proof["cryptosuite"] for proof in published["proof"]] == [
        "eddsa-rdfc-2022",
        "ecdsa-rdfc-2019",
        "eddsa-jcs-2022",
        "ecdsa-jcs-2019",
    ]
    assert empty.good("audit", "verify").code == 0


def test_every_award_has_both_proofs_in_the_order_of_the_setting_and_is_valid(
    both: Cli, shared: Path
) -> None:
    awards = awards_of(both)

    assert len(awards) == 30
    for number, document in awards:
        proofs = document["proof"]
        assert [proof["cryptosuite"] for proof in proofs] == list(BOTH_SUITES), number
        assert [proof["verificationMethod"] for proof in proofs] == METHODS
        assert not any("previousProof" in proof for proof in proofs)
        for schema in (STRICT, TOLERANT, DATA_MODEL):
            assert validator(shared, schema)(document) == [], number
    for link in (award["link"] for award in both.good("awards", "--json").json):
        report = both.good("verify", link, "--json").json
        assert report["verdict"] == "valid"
        assert {check["code"] for check in report["checks"] if check["id"] in {"proof", "key", "status"}} == {
            "proof.ok",
            "key.listed",
            "status.in_force",
        }


def test_register_and_trail_name_both_keys(both: Cli) -> None:
    kept = {method for (method,) in rows(both.folder, "SELECT verification_method FROM awards")}
    trail = {
        json.loads(details)["key"]
        for (details,) in rows(both.folder, "SELECT details FROM audit WHERE action = 'award.issued'")
    }
    made = rows(both.folder, "SELECT subject FROM audit WHERE action = 'key.created' ORDER BY sequence")

    assert kept == trail == {" ".join(METHODS)}
    assert sorted(subject for (subject,) in made if "#receipts-" not in subject) == METHODS
    assert both.good("audit", "verify").code == 0


def test_a_withdrawal_is_read_in_a_list_with_both_proofs(both: Cli, shared: Path) -> None:
    number, document = awards_of(both)[0]
    assert judged(both, document)[0] == "valid"

    both.good("revoke", number, "--reason", "erreur-materielle")

    *_former, published = lists_of(both)
    assert [proof["cryptosuite"] for proof in published["proof"]] == list(BOTH_SUITES)
    assert validator(shared, DATA_MODEL)(published) == []
    verdict, codes = judged(both, document)
    assert verdict == "revoked"
    assert codes["proof"] == "proof.ok"


def _broken_value(proof: Document) -> None:
    value = bytearray(decode_base58(proof["proofValue"]))
    value[-1] ^= 1
    proof["proofValue"] = encode_base58(bytes(value))


def _later(proof: Document) -> None:
    proof["created"] = "2026-11-24T00:00:01Z"


SPOILED: dict[str, Callable[[Document], None]] = {"value": _broken_value, "created": _later}


@pytest.mark.parametrize("which", [0, 1])
@pytest.mark.parametrize("how", SPOILED)
def test_one_proof_tampered_with_is_enough_to_be_modified(both: Cli, which: int, how: str) -> None:
    _number, document = awards_of(both)[0]
    SPOILED[how](document["proof"][which])

    assert judged(both, document)[0] == "modified"


def test_a_change_of_the_document_breaks_the_set(both: Cli) -> None:
    _number, document = awards_of(both)[0]
    document["name"] += " !"

    assert judged(both, document)[0] == "modified"


@pytest.mark.parametrize("kept", [[0], [1], [1, 0]])
def test_each_proof_of_the_set_holds_alone_and_in_any_order(both: Cli, kept: Sequence[int]) -> None:
    _number, document = awards_of(both)[0]
    document["proof"] = [document["proof"][index] for index in kept]

    assert judged(both, document)[0] == "valid"


def test_doctor_says_which_key_signs_under_which_suite(both: Cli) -> None:
    findings = {
        finding["what"]: finding for finding in both.good("doctor", "--json").json["findings"]
    }  # fmt: skip

    assert findings["suite eddsa-rdfc-2022"]["detail"] == "signed with key-1"
    assert findings["suite ecdsa-rdfc-2019"]["detail"] == "signed with key-2"
    assert findings["key key-2"]["detail"] == f"{METHODS[1]}, P-256, active, credentials"
    (setting,) = [
        line
        for line in both.good("doctor", "--json").json["settings"]
        if line["setting"] == "PARCHEMIN_SUITES"
    ]
    assert (setting["value"], setting["from"]) == (",".join(BOTH_SUITES), "parchemin.toml")


@pytest.mark.parametrize("broken", ["key-1.p12", "key-2.p12"])
def test_with_one_of_its_keys_lost_an_institution_signs_nothing(both: Cli, broken: str) -> None:
    number, _document = awards_of(both)[0]
    (both.folder / "keys" / broken).unlink()
    before = contents(both.folder)

    both("revoke", number, "--reason", "erreur-materielle").refused(1, "key.missing", broken)

    assert contents(both.folder) == before
    assert both("doctor").code == 1


def test_a_suite_whose_key_is_not_there_yet_is_said_with_the_remedy(recorded: Cli, tmp_path: Path) -> None:
    recorded.good("approve", recorded.good("plan", "--json").json["id"])
    set_suites(tmp_path, BOTH_SUITES)
    before = contents(recorded.folder)

    line = recorded("issue", "--all").refused(1, "key.none_active", "P-256", "PARCHEMIN_SUITES")

    assert "parchemin keys new --type P-256" in line
    assert contents(recorded.folder) == before
    failed = [finding for finding in recorded("doctor", "--json").json["findings"] if not finding["ok"]]
    assert [(finding["what"], "keys new --type P-256" in finding["detail"]) for finding in failed] == [
        ("suite ecdsa-rdfc-2019", True)
    ]


def test_a_running_institution_takes_a_second_suite_and_keeps_what_it_issued(
    recorded: Cli, tmp_path: Path
) -> None:
    recorded.good("issue", "--session", "S2024-06", "--yes")
    old = awards_of(recorded)

    made = recorded.good("keys", "new", "--type", "P-256")
    assert "signs nothing yet" in made.err
    set_suites(tmp_path, BOTH_SUITES)
    recorded.good("issue", "--all", "--yes")
    recorded.good("status", "renew", "--all")

    issued = awards_of(recorded)
    assert [award for award in issued if award[0] in dict(old)] == old
    for number, document in issued:
        expected = 1 if number in dict(old) else 2
        assert len(document["proof"]) == expected, number
    assert len(lists_of(recorded)[-1]["proof"]) == 2
    for _number, document in (issued[0], issued[-1]):
        assert judged(recorded, document)[0] == "valid"
    assert recorded.good("audit", "verify").code == 0


def test_a_key_for_another_suite_opens_with_the_passphrase_of_those_beside_it(
    both: Cli, tmp_path: Path
) -> None:
    other = {"PARCHEMIN_KEY_PASSPHRASE": "huit autres mots que personne ne devine"}
    before = contents(both.folder)

    both("keys", "new", "--type", "P-256", env=other).refused(1, "key.passphrase_differs", "key-1")
    assert contents(both.folder) == before

    set_suites(tmp_path, ["ecdsa-rdfc-2019"])
    made = both("keys", "new", env=other)
    assert (made.code, "key-3 signs from now on" in made.err) == (0, True)


EVERY_SUITE = (
    "eddsa-rdfc-2022",
    "eddsa-jcs-2022",
    "ecdsa-rdfc-2019",
    "ecdsa-rdfc-2019:P-384",
    "ecdsa-jcs-2019",
    "ecdsa-jcs-2019:P-384",
)


def _one_person() -> dict[str, bytes]:
    """Give the sample record as far as its first person: four blocks, and so the title."""
    files = dict(sample_files())
    files["pv-jury-2024-06.csv"] = b"".join(files["pv-jury-2024-06.csv"].splitlines(keepends=True)[:5])
    return {name: files[name] for name in ("candidats.csv", "jurys.csv", "pv-jury-2024-06.csv")}


@pytest.mark.parametrize("suites", [*EVERY_SUITE, ",".join(EVERY_SUITE)])
def test_an_institution_can_sign_under_any_suite_or_all_of_them(
    empty: Cli, tmp_path: Path, suites: str, shared: Path
) -> None:
    set_suites(tmp_path, suites.split(","))
    empty.good("init", "--local", "--one-person")
    hand_in(found_desk(empty.folder), _one_person())

    empty.good("issue", "--session", "S2024-06", "--yes")

    awards = awards_of(empty)
    assert len(awards) == 5
    for number, document in (awards[0], awards[-1]):
        names = [proof["cryptosuite"] for proof in document["proof"]]
        assert names == [suite.partition(":")[0] for suite in suites.split(",")]
        assert validator(shared, STRICT)(document) == [], number
        assert validator(shared, TOLERANT)(document) == [], number
        assert judged(empty, document)[0] == "valid"
    assert empty.good("audit", "verify").code == 0


def test_neither_passphrase_nor_any_private_key_is_in_an_output(both: Cli) -> None:
    secret = environment(both.folder)["PARCHEMIN_KEY_PASSPHRASE"]
    number, _document = awards_of(both)[0]

    said = ""
    for command in (
        "doctor",
        "keys list",
        "keys new --type P-384",
        f"revoke {number} --reason erreur-materielle",
    ):
        for passphrase in (secret, secret + "!"):
            ran = both(*command.split(), env={"PARCHEMIN_KEY_PASSPHRASE": passphrase})
            said += ran.out + ran.err

    assert secret not in said
    assert base64.b64encode(secret.encode()).decode() not in said
    assert "PRIVATE" not in said
