"""Erasure leaves a tombstone and nothing else; it never un-revokes, and the trail stays whole."""

import json
import re
import sqlite3
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from issuer.bootstrap import public_desk, rate_limits, student_system
from issuer.errors import RefusedError
from issuer.ports.legal import ErasureReason
from issuer.ports.orders import OrderState
from issuer.ports.season import Draft
from issuer.ports.systems import Scope
from issuer.samples import sample_files
from issuer.services.erasure import erase, propose_erasure
from issuer.services.order_acts import HANDLERS
from issuer.services.orders import approve_order, carry_out
from issuer.services.programs import new_program
from issuer.services.season.reports import make_report
from issuer.web import create_app
from tests.faults.desks import open_desk
from tests.functional.cli.running import Cli, rows

PERSON = "C001"
WORDS = ("Marchand-Delvaux", "Hélène", "helene.marchand")


def _erase(cli: Cli) -> None:
    cli.good("person", "erase", PERSON, "--reason", "demande", "--yes")


def _awards(cli: Cli) -> Sequence[tuple[str, str, str, int]]:
    return rows(
        cli.folder,
        f"SELECT number, state, status_list, status_index FROM awards WHERE candidate_id = '{PERSON}'",
    )


def _bits(cli: Cli) -> bytes:
    ((body,),) = rows(cli.folder, "SELECT body FROM status_lists WHERE name = '1' ORDER BY id DESC LIMIT 1")
    return bytes(body)


def test_a_dry_run_says_what_goes_and_what_stays_and_writes_nothing(issued: Cli) -> None:
    before = rows(issued.folder, "SELECT count(*) FROM audit")
    said = issued.good("person", "erase", PERSON, "--reason", "demande", "--check", "--json").json
    assert said["goes"]["documents"] == len(said["stays"]) == 5
    assert {"list", "jury_lines", "plans", "address"} <= set(said["goes"])
    assert rows(issued.folder, "SELECT count(*) FROM audit") == before
    assert rows(issued.folder, "SELECT * FROM erasures") == []


def test_after_an_erasure_no_word_of_the_person_is_in_the_register(issued: Cli) -> None:
    number = _awards(issued)[0][0]
    issued.good("suspend", number, "--reason", "erreur-materielle", "--note", "Hélène a téléphoné")
    issued.good("reinstate", number, "--reason", "erreur-materielle")
    _erase(issued)
    connection = sqlite3.connect(issued.folder / "parchemin.sqlite3")
    dump = "\n".join(connection.iterdump())
    connection.close()
    for word in WORDS:
        assert word not in dump, next(line[:120] for line in dump.splitlines() if word in line)
    assert "N''Diaye-Lefort" in dump  # another person of the same plan keeps their data


def test_after_an_erasure_no_name_of_a_refused_row_is_in_the_register_or_its_file(issued: Cli) -> None:
    office = open_desk(issued.folder)
    name = "Marchand-Delvauxe"
    given = "Hélène"
    row = f"S2024-06,2024-06-20,{PERSON},{name},{given},RNCP35080BC01,validé,PV"
    header = "session,date_decision,id_candidat,nom,prenoms,composant,decision,reference_pv"
    token = new_program(office, "sis", list(Scope), actor="admin")
    programs = create_app(public_desk(office), programs=student_system(office, rate_limits())).test_client()
    answer = programs.post(
        "/api/v1/records?certification=RNCP35080&accept_valid=1",
        data=f"{header}\r\n{row}\r\n".encode(),
        content_type="text/csv",
        headers={"Authorization": f"Bearer {token}", "Idempotency-Key": "k1"},
    )
    assert answer.get_json()["refused"] == 1
    assert answer.get_json()["written"]
    assert rows(issued.folder, "SELECT key FROM program_answers") == [("k1",)]
    make_report(office, certification="RNCP35080", session=None, actor="alice")
    _erase(issued)

    connection = sqlite3.connect(issued.folder / "parchemin.sqlite3")
    dump = "\n".join(connection.iterdump())
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    file = (issued.folder / "parchemin.sqlite3").read_bytes()
    for word in ("Marchand-Delvaux", "helene.marchand"):
        assert word not in dump, next(line[:120] for line in dump.splitlines() if word in line)
        assert word.encode() not in file


def test_the_tombstones_keep_number_dates_state_and_place_and_no_bit_changes(issued: Cli) -> None:
    withdrawn = _awards(issued)[0][0]
    issued.good("revoke", withdrawn, "--reason", "decision-jury-ou-juge")
    before, bits = _awards(issued), _bits(issued)
    _erase(issued)
    assert _awards(issued) == before
    assert _bits(issued) == bits
    assert {state for _number, state, _list, _index in before} == {"revoked", "valid"}
    assert issued.good("audit", "verify", "--json").json["faults"] == []


def test_an_erased_award_can_still_be_withdrawn_and_never_comes_back(issued: Cli) -> None:
    _erase(issued)
    number = _awards(issued)[0][0]
    issued.good("revoke", number, "--reason", "decision-jury-ou-juge")
    connection = sqlite3.connect(issued.folder / "parchemin.sqlite3")
    with pytest.raises(sqlite3.IntegrityError, match="never comes back"):
        connection.execute(f"UPDATE awards SET state = 'valid' WHERE number = '{number}'")
    with pytest.raises(sqlite3.IntegrityError, match="never comes back"):
        connection.execute(f"UPDATE awards SET state = 'suspended' WHERE candidate_id = '{PERSON}'")
    connection.close()
    assert issued.good("audit", "verify", "--json").json["faults"] == []


ELSEWHERE = [
    "UPDATE candidates SET document = json_replace(document, '$.birth_name', 'X') WHERE id = '{person}'",
    "UPDATE candidates SET document = '{{}}' WHERE id = '{person}'",
    "UPDATE candidates SET revision = 9 WHERE id = '{person}'",
    "UPDATE candidates SET document = json_replace(document, '$.birth_name', '') WHERE id = 'C002'",
    "UPDATE decisions SET component = 'RNCP35080BC04' WHERE candidate_id = '{person}'",
    (
        "UPDATE decisions SET document = json_replace(document, '$.decision', 'validé') "
        "WHERE candidate_id = '{person}'"
    ),
    (
        "UPDATE decisions SET document = json_replace(document, '$.family_name', '', '$.given_names', '', "
        "'$.birth_date', NULL, '$.mention', NULL), reasons = '[]' WHERE candidate_id = 'C002'"
    ),
    "UPDATE plans SET content = '{{}}'",
    "UPDATE plans SET approved_by = 'x'",
    "UPDATE awards SET holder = 'X' WHERE candidate_id = '{person}'",
    "UPDATE awards SET holder = '', credential = x'' WHERE candidate_id = 'C002'",
    "UPDATE awards SET credential = x'7b7d' WHERE candidate_id = '{person}'",
    "UPDATE awards SET holder = '', credential = x'', status_index = 1 WHERE candidate_id = '{person}'",
    (
        "UPDATE awards SET holder = '', credential = x'', state = 'valid', token = 'y' "
        "WHERE candidate_id = '{person}'"
    ),
    "UPDATE erasures SET reason = 'x'",
    "DELETE FROM erasures",
    "DELETE FROM candidates WHERE id = '{person}'",
    "DELETE FROM awards WHERE candidate_id = '{person}'",
]


@pytest.mark.parametrize("statement", ELSEWHERE)
def test_the_database_lets_exactly_the_erasure_through_and_nothing_else(issued: Cli, statement: str) -> None:
    _erase(issued)
    connection = sqlite3.connect(issued.folder / "parchemin.sqlite3")
    with pytest.raises(sqlite3.IntegrityError, match=r"append-only|never changes|never removed"):
        connection.execute(statement.format(person=PERSON))
    connection.close()


def test_without_a_tombstone_the_database_lets_nothing_through(issued: Cli) -> None:
    connection = sqlite3.connect(issued.folder / "parchemin.sqlite3")
    with pytest.raises(sqlite3.IntegrityError, match="never changes"):
        connection.execute(f"UPDATE awards SET holder = '', credential = x'' WHERE candidate_id = '{PERSON}'")
    connection.close()


def test_a_tombstone_that_no_trail_tells_of_shows(issued: Cli) -> None:
    connection = sqlite3.connect(issued.folder / "parchemin.sqlite3")
    connection.execute(f"INSERT INTO erasures VALUES ('{PERSON}', 'demande', NULL, 'x', 'x')")
    connection.execute(f"UPDATE awards SET holder = '', credential = x'' WHERE candidate_id = '{PERSON}'")
    connection.commit()
    connection.close()
    verified = issued("audit", "verify", "--json")
    assert verified.code == 1
    assert {fault["code"] for fault in verified.json["faults"]} >= {"audit.award"}


def test_an_erased_person_does_not_come_back_with_the_next_file(issued: Cli, tmp_path: Path) -> None:
    _erase(issued)
    changed = tmp_path / "liste.csv"
    changed.write_bytes(sample_files()["candidats.csv"].replace(b"1984-03-09", b"1984-03-10"))
    ran = issued("jury", "import", str(changed), "--accept-changes", "--accept-valid")
    assert ran.code == 1
    assert "erase.return" in ran.err
    assert issued.good("plan", "--json").json["candidates"]
    assert PERSON not in {part["candidate"] for part in issued.good("plan", "--json").json["candidates"]}


def test_a_suspended_award_is_decided_on_first(issued: Cli) -> None:
    number = _awards(issued)[0][0]
    issued.good("suspend", number, "--reason", "erreur-materielle")
    issued("person", "erase", PERSON, "--reason", "demande", "--yes").refused(1, "erase.suspended", number)


def test_a_second_erasure_changes_nothing(issued: Cli) -> None:
    _erase(issued)
    issued("person", "erase", PERSON, "--reason", "demande", "--yes").refused(1, "erase.done")


def test_figures_still_count_who_was_erased(issued: Cli) -> None:
    before = issued.good("statistics", "--json").json
    _erase(issued)
    assert issued.good("statistics", "--json").json == before


def test_the_copy_that_the_person_kept_stays_authentic(issued: Cli, tmp_path: Path) -> None:
    number = _awards(issued)[0][0]
    issued.good("export", number, "--format", "json", "--out", str(tmp_path / "kept.json"))
    _erase(issued)
    assert issued.good("verify", str(tmp_path / "kept.json"), "--json").json["verdict"] == "valid"


def test_the_commands_say_that_an_award_was_erased(issued: Cli, tmp_path: Path) -> None:
    number = _awards(issued)[0][0]
    _erase(issued)
    issued("extract", number, "--out", str(tmp_path / "x.html")).refused(1, "award.erased")
    listed = issued.good("person", "erased", "--json").json
    assert [each["candidate"] for each in listed] == [PERSON]
    assert issued.good("awards", "--json").json


def test_the_link_says_that_the_data_were_erased(issued: Cli) -> None:
    ((link,),) = rows(
        issued.folder, f"SELECT credential_id FROM awards WHERE candidate_id = '{PERSON}' LIMIT 1"
    )
    _erase(issued)
    ran = issued("verify", link, "--json")
    assert ran.json["verdict"] != "valid"
    assert not any(re.search(word, ran.out) for word in WORDS)


def test_of_an_order_nobody_alone_erases(issued: Cli) -> None:
    asked = issued.good("person", "erase", PERSON, "--reason", "decision-autorite")
    assert "asked for as O-" in asked.err
    office = open_desk(issued.folder)
    with office.store.reading() as registry:
        assert registry.erasure(PERSON) is None


def test_under_four_eyes_the_act_itself_asks_for_an_approved_order(issued: Cli) -> None:
    office = replace(open_desk(issued.folder), four_eyes=True)
    with pytest.raises(RefusedError) as alone:
        erase(office, PERSON, ErasureReason.REQUEST, actor="sofia")
    assert alone.value.code == "four_eyes.order_needed"
    order = propose_erasure(office, PERSON, ErasureReason.REQUEST, None, actor="sofia")
    with pytest.raises(RefusedError) as same:
        approve_order(office, order.id, actor="sofia")
    assert same.value.code == "four_eyes.same_person"
    with pytest.raises(RefusedError) as unapproved:
        erase(office, PERSON, ErasureReason.REQUEST, actor="sofia", order=order.id)
    assert unapproved.value.code == "four_eyes.not_covered"
    approve_order(office, order.id, actor="victor")
    with pytest.raises(RefusedError) as another:
        erase(office, "C002", ErasureReason.REQUEST, actor="sofia", order=order.id)
    assert another.value.code == "four_eyes.not_covered"
    assert carry_out(office, order.id, HANDLERS, actor="system:worker").state is OrderState.DONE
    (line,) = rows(issued.folder, "SELECT details FROM audit WHERE action = 'person.erased'")
    assert '"approved_by":"victor"' in line[0]


@pytest.mark.parametrize(
    "arguments",
    [
        "show {number}", "explain {link}", "awards --candidate C001", "export {number} --format json --out x",
        "export {number} --format pdf --out x", "holders show C001", "prepare", "plan", "notices list",
        "person export C001 --out x", "cpf export --check", "duplicate {number} --reason perte",
        "replace {number} --reason etat-civil", "status renew --all", "verify {link}", "audit verify", "doctor",
    ],
)  # fmt: skip
def test_no_command_stumbles_over_a_tombstone(issued: Cli, arguments: str) -> None:
    number, link = rows(
        issued.folder, f"SELECT number, credential_id FROM awards WHERE candidate_id = '{PERSON}' LIMIT 1"
    )[0]
    _erase(issued)
    ran = issued(*(part.format(number=number, link=link) for part in arguments.split()))
    assert ran.code in {0, 1, 3}, ran.err
    assert not any(word in ran.out + ran.err for word in WORDS)


def test_an_erased_award_is_neither_replaced_nor_duplicated(issued: Cli) -> None:
    number = _awards(issued)[0][0]
    _erase(issued)
    issued("duplicate", number, "--reason", "perte").refused(1, "award.erased")
    issued("replace", number, "--reason", "etat-civil").refused(1, "award.erased")


def test_an_erasure_reaches_the_reports_and_drafts_of_a_season(issued: Cli) -> None:
    office = open_desk(issued.folder)
    report = make_report(office, certification="RNCP35080", session=None, actor="x")
    with office.store.writing() as registry:
        for place, content in enumerate(
            (f"id;nom\n{PERSON};Marchand-Delvaux\n", f"id;nom\n{PERSON}9;Autre\n")
        ):
            draft = Draft(f"D-{place}", "a.csv", "", "RNCP35080", content.encode(), False, report.at, "x")  # noqa: FBT003 - typed
            registry.keep_draft(draft)
    issued.good("person", "export", PERSON, "--out", str(issued.folder.parent / "before.zip"))

    _erase(issued)

    with office.store.reading() as registry:
        kept, drafts = registry.season_report(report.id), registry.drafts()
    assert kept is not None
    text = json.dumps(kept.content, ensure_ascii=False)
    assert "Hélène" not in text
    assert "Diaye-Lefort" in text
    assert [draft.id for draft in drafts] == ["D-1"]
    with zipfile.ZipFile(issued.folder.parent / "before.zip") as archive:
        season = json.loads(archive.read("vos-donnees.json"))["season"]
    assert {line["candidate"] for line in season} == {PERSON}
    assert {line["report"] for line in season} == {report.id}
