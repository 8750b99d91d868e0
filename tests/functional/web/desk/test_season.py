"""A jury season at the desk: hand in, correct, take in, read the plan, submit, approve, issue, report."""

import csv
import io
import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from werkzeug.test import TestResponse

from issuer.ports import NoticeState
from issuer.ports.orders import OrderKind, OrderState
from issuer.samples import sample_files
from tests.faults.quick_keys import quick_keys
from tests.support.season import (
    APPROVES,
    BOTH,
    ENTERS,
    ENTERS_TOO,
    READS,
    Season,
    draft_of,
    inputs,
    open_season,
    with_people,
    wrong,
)

__all__ = ["quick_keys"]

FILES = sample_files()
RESULTS = "pv-jury-2025-06.csv"


@pytest.fixture
def season(tmp_path: Path, quick_keys: None) -> Season:
    return with_people(open_season(tmp_path))


def test_a_season_from_a_file_to_the_documents(season: Season) -> None:
    entry, approval = season.browser(ENTERS), season.browser(APPROVES)
    taken = entry.take("pv-jury-2024-06.csv", FILES["pv-jury-2024-06.csv"])
    assert "pris au registre" in taken.text
    plan = entry.get("/registre/saisie/plan?session=S2024-06")
    digest = re.search(r'name="plan" value="([0-9a-f]{64})"', plan.text)
    assert digest is not None
    submitted = entry.post(
        "/registre/saisie/plan/soumettre?session=S2024-06", plan=digest.group(1), note="prêt"
    )
    order = submitted.request.path.rsplit("/", 1)[-1]
    assert "une autre personne" in submitted.text
    assert (
        entry.post(f"/registre/saisie/approbation/{order}/approuver", plan=digest.group(1)).status_code == 403
    )
    page = approval.get(f"/registre/saisie/approbation/{order}")
    assert "exactement le plan qui a été soumis" in page.text
    followed = approval.post(f"/registre/saisie/approbation/{order}/approuver", plan=digest.group(1))
    assert followed.status_code == 200
    assert "approuvé" in followed.text
    done = season.work(season.desk.order(order))
    assert done.state is OrderState.DONE, done.events[-1]
    ended = entry.get(f"/registre/saisie/delivrance/{order}").text
    assert "La délivrance est terminée" in ended
    assert str(len(done.events[-1].details["issued"])) in ended  # type: ignore[arg-type]
    mails = entry.get("/registre/saisie/courriels?session=S2024-06")
    assert mails.text.count("en attente") >= 1
    report = entry.post("/registre/saisie/rapports?session=S2024-06")
    assert "Rapport de session" in report.text
    sheet = entry.get(f"{report.request.path}/rapport.csv")
    assert sheet.data.startswith(b"\xef\xbb\xbf")
    assert "season.reported" in {action for _actor, action, _subject in season.trail()}


def test_every_fault_of_the_sample_stands_at_its_own_row_with_an_input_and_a_remedy(season: Season) -> None:
    page = season.browser(ENTERS).upload(RESULTS, FILES[RESULTS])
    shown = {int(number) for number in re.findall(r'id="ligne-([0-9]+)"', page.text)}
    text = FILES[RESULTS].decode("utf-8-sig").splitlines()
    assert shown
    for name in wrong(page.text):
        row, column = (int(part) for part in name.split("-")[1:])
        assert inputs(page.text)[name] == next(csv.reader([text[row - 1]]))[column]


def test_the_error_file_says_the_same_and_no_cell_acts(season: Season) -> None:
    entry = season.browser(ENTERS)
    header = "session,date_decision,id_candidat,nom,prenoms,composant,decision,reference_pv\n"
    bad = header + "S2024-06,20-06-2024,C001,\"=cmd|' /C calc'!A0\",+1,@SUM(A1),-2,PV\n"
    draft = draft_of(entry.upload("attaque.csv", bad.encode()))
    answer = entry.get(f"/registre/saisie/{draft}/erreurs.csv")
    lines = list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig")), delimiter=";"))
    assert answer.data.startswith(b"\xef\xbb\xbf")
    assert len(lines) > 1
    assert all(not cell.startswith(("=", "+", "-", "@")) for line in lines for cell in line)


def test_a_corrected_file_is_what_is_taken_in_and_the_original_stays_as_a_digest(season: Season) -> None:
    entry = season.browser(ENTERS)
    header = "session,date_decision,id_candidat,nom,prenoms,composant,decision,reference_pv\n"
    content = (header + "S2024-06,2024-06-20,C001,Marchand-Delvaux,Hélène,RNCP35080BC09,validé,PV\n").encode()
    page = entry.upload("une-ligne.csv", content)
    draft, [field] = draft_of(page), wrong(page.text)
    corrected = entry.post(
        f"/registre/saisie/{draft}/corrections", seen="0", **{**inputs(page.text), field: "RNCP35080BC01"}
    )
    assert wrong(corrected.text) == []
    assert "pris au registre" in entry.post(f"/registre/saisie/{draft}/prendre").text
    with season.office.store.reading() as registry:
        made = registry.import_of(season_import(season))
        rows = registry.record("RNCP35080").rows
    assert made is not None
    assert [row.component for row in rows] == ["RNCP35080BC01"]
    assert made.detected["contributors"] == [ENTERS]
    assert made.detected["original_sha256"] != made.id
    assert entry.get(f"/registre/saisie/{draft}").status_code == 404


def season_import(season: Season) -> str:
    return [subject for _actor, action, subject in season.trail() if action == "record.imported"][-1]


def test_somebody_elses_corrections_are_never_written_over_and_nothing_typed_is_lost(season: Season) -> None:
    first, second = season.browser(ENTERS), season.browser(ENTERS_TOO)
    page = first.upload(RESULTS, FILES[RESULTS])
    draft, field = draft_of(page), wrong(page.text)[0]
    first.post(f"/registre/saisie/{draft}/corrections", seen="0", **{field: "un"})
    late = second.post(f"/registre/saisie/{draft}/corrections", seen="0", **{field: "deux"})
    assert late.status_code == 409
    assert inputs(late.text)[field] == "deux"
    assert inputs(first.get(f"/registre/saisie/{draft}").text)[field] == "un"


def test_a_second_person_who_corrected_a_file_may_not_approve_what_rests_on_it(season: Season) -> None:
    entry, both = season.browser(ENTERS), season.browser(BOTH)
    page = entry.upload(RESULTS, FILES[RESULTS])
    draft = draft_of(page)
    number = wrong(page.text)[0].split("-")[1]
    cells = [name for name in inputs(page.text) if name.startswith(f"c-{number}-")]
    both.post(f"/registre/saisie/{draft}/corrections", seen="0", **{cells[-1]: "relu"})
    entry.post(f"/registre/saisie/{draft}/prendre", word=["valid"])
    order = submitted(season, "S2025-06")
    assert (
        both.post(f"/registre/saisie/approbation/{order}/approuver", plan=plan_of(season, order)).status_code
        == 403
    )


def submitted(season: Season, session: str) -> str:
    entry = season.browser(ENTERS)
    plan = entry.get(f"/registre/saisie/plan?session={session}").text
    found = re.search(r'name="plan" value="([0-9a-f]{64})"', plan)
    assert found is not None
    answer = entry.post(f"/registre/saisie/plan/soumettre?session={session}", plan=found.group(1))
    return answer.request.path.rsplit("/", 1)[-1]


def plan_of(season: Season, order: str) -> str:
    return season.desk.proposal(order).reading.view.plan.digest


def test_an_approver_sees_what_changed_and_approves_what_was_seen(season: Season) -> None:
    entry, approval = season.browser(ENTERS), season.browser(APPROVES)
    entry.take("pv-jury-2024-06.csv", FILES["pv-jury-2024-06.csv"])
    order = submitted(season, "S2024-06")
    stale = plan_of(season, order)
    renamed = FILES["candidats.csv"].decode().replace("Marchand-Delvaux", "Marchand-Delvaux-Roy").encode()
    entry.take("candidats-2.csv", renamed)
    page = approval.get(f"/registre/saisie/approbation/{order}").text
    assert "c’est le plan d’aujourd’hui" in page
    assert "Marchand-Delvaux-Roy" in page
    assert approval.post(f"/registre/saisie/approbation/{order}/approuver", plan=stale).status_code == 409
    answer = approval.post(f"/registre/saisie/approbation/{order}/approuver", plan=plan_of(season, order))
    assert answer.status_code == 200
    assert season.work(season.desk.order(order)).state is OrderState.DONE


def test_a_refusal_needs_its_reason_and_a_proposer_may_take_back(season: Season) -> None:
    entry, approval = season.browser(ENTERS), season.browser(APPROVES)
    entry.take("pv-jury-2024-06.csv", FILES["pv-jury-2024-06.csv"])
    order = submitted(season, "S2024-06")
    assert approval.post(f"/registre/saisie/approbation/{order}/refuser", note=" ").status_code == 400
    assert "refusé" in approval.post(f"/registre/saisie/approbation/{order}/refuser", note="date").text
    again = submitted(season, "S2024-06")
    assert (
        "abandonné par qui l’a demandé" in entry.post(f"/registre/saisie/approbation/{again}/reprendre").text
    )


def test_columns_are_chosen_kept_for_the_source_and_proposed_again(season: Season) -> None:
    entry = season.browser(ENTERS)
    header = "Jury;Jour;Qui;Famille;Petit nom;Quoi;Mot;Papier\n"
    row = "S2024-06;2024-06-20;C001;Marchand-Delvaux;Hélène;RNCP35080BC01;validé;PV\n"
    page = entry.upload("scol.csv", (header + row).encode(), "SISCOL")
    assert "Dites ci-dessous ce que contient chaque colonne" in page.text
    order = (
        "session",
        "date_decision",
        "id_candidat",
        "nom",
        "prenoms",
        "composant",
        "decision",
        "reference_pv",
    )
    chosen = {f"column-{at}": column for at, column in enumerate(order)}
    fields = {"kind": "results", "words_of": "", "keep": "1", "source": "SISCOL", **chosen}
    mapped = entry.post(f"/registre/saisie/{draft_of(page)}/colonnes", **fields)
    assert "correspondance n° 1" in mapped.text
    other = row.replace("BC01", "BC02")
    again = entry.upload("scol-2.csv", (header + other).encode(), "SISCOL")
    assert "correspondance n° 1" in again.text
    assert "Dites ci-dessous" not in again.text


def test_a_record_typed_by_hand_is_checked_as_a_file_is(season: Season) -> None:
    entry = season.browser(ENTERS)
    row = {
        "id_candidat": ["C001", "C404", ""],
        "nom": ["Marchand-Delvaux", "Personne", ""],
        "prenoms": ["Hélène", "", ""],
        "composant": ["RNCP35080BC01", "RNCP35080BC01", ""],
        "decision": ["validé", "validé", ""],
    }
    shared = {"fiche": "RNCP35080", "session": "S2024-06", "reference_pv": "PV-1"}
    more = entry.post("/registre/saisie/formulaire", more="1", **row, **shared)
    assert "Personne" in more.text
    page = entry.post("/registre/saisie/formulaire", **row, **shared)
    assert len(wrong(page.text)) == 1
    assert "E-UNKNOWN-CANDIDATE" in page.text


def test_a_change_of_what_awards_rest_on_waits_for_another_person(season: Season) -> None:
    entry, approval = season.browser(ENTERS), season.browser(APPROVES)
    entry.take("pv-jury-2024-06.csv", FILES["pv-jury-2024-06.csv"])
    order = submitted(season, "S2024-06")
    approval.post(f"/registre/saisie/approbation/{order}/approuver", plan=plan_of(season, order))
    season.work(season.desk.order(order))
    renamed = FILES["candidats.csv"].decode().replace("Marchand-Delvaux", "Marchand-Roy").encode()
    draft = draft_of(entry.upload("candidats-2.csv", renamed))
    assert entry.post(f"/registre/saisie/{draft}/prendre").status_code == 409
    asked = entry.post(f"/registre/saisie/{draft}/prendre", word=["changes"])
    assert "Une autre personne décide" in asked.text
    locked = entry.post(f"/registre/saisie/{draft}/corrections", seen="0", **{"c-2-1": "X"})
    assert locked.status_code == 409
    with season.office.store.reading() as registry:
        [waiting] = [
            found for found in registry.orders(OrderState.PROPOSED) if found.kind is OrderKind.CORRECT
        ]
        person = registry.candidate("C001")
    assert person is not None
    assert person.birth_name == "Marchand-Delvaux"
    assert f"/registre/saisie/{draft}" in approval.get(f"/registre/ordres/{waiting.id}").text
    assert "Marchand-Roy" in approval.get(f"/registre/saisie/{draft}").text
    carried = season.approve_and_work(waiting)
    assert carried.state is OrderState.DONE, carried.events[-1]
    with season.office.store.reading() as registry:
        person = registry.candidate("C001")
    assert person is not None
    assert person.birth_name == "Marchand-Roy"


HEADER = b"session,date_decision,id_candidat,nom,prenoms,composant,decision,reference_pv\n"
HOSTILE = {
    "binary": bytes(range(256)) * 40,
    "workbook": b"PK\x03\x04" + b"\0" * 500,
    "five-megabytes": HEADER + b"S2024-06,2024-06-20,C001,a,b,RNCP35080BC01,V,PV\n" * 110_000,
    "100k-columns": b",".join(b"c%d" % at for at in range(100_000)) + b"\n1\n",
    "formula": HEADER + b"=1+1,+1,-1,@x,=cmd(),=HYPERLINK(1),=A1,=B1\n",
    "html": HEADER + b'S2024-06,2024-06-20,C001,<script>alert(1)</script>,<b>,RNCP35080BC01,"<i>",PV\n',
    "nul": HEADER + b"S2024-06,2024-06-20,C0\x0001,a,b,RNCP35080BC01,V,PV\n",
    "utf-16": HEADER.decode().encode("utf-16"),
    "mixed-delimiters": b"session;date_decision,id_candidat;nom,prenoms;composant,decision;reference_pv\n1;2,3\n",
    "duplicate-header": b"session,session,id_candidat,nom,prenoms,composant,decision,reference_pv\n1,2\n",
    "empty": b"",
    "header-alone": HEADER,
    "unclosed-quote": HEADER + b'S2024-06,"2024\n',
}


@pytest.mark.parametrize("content", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_file_gets_a_page_that_says_what_to_do(season: Season, content: bytes) -> None:
    entry = season.browser(ENTERS)
    answer: TestResponse = entry.upload("fichier.csv", content)
    assert answer.status_code in {200, 400, 413}
    assert answer.mimetype == "text/html"
    assert "<script>alert" not in answer.text
    assert 'role="alert"' in answer.text or "Lignes à corriger" in answer.text


def test_who_only_reads_sees_everything_and_changes_nothing(season: Season) -> None:
    entry, audit = season.browser(ENTERS), season.browser(READS)
    draft = draft_of(entry.upload(RESULTS, FILES[RESULTS]))
    assert audit.get(f"/registre/saisie/{draft}").status_code == 200
    before = season.trail()
    for address in (
        f"{draft}/corrections",
        f"{draft}/prendre",
        f"{draft}/retirer",
        f"{draft}/colonnes",
        "rapports",
    ):
        assert audit.post(f"/registre/saisie/{address}").status_code == 403
    assert season.trail() == before


def test_specimens_are_the_same_for_two_people_and_bear_the_word(season: Season) -> None:
    season.browser(ENTERS).take("pv-jury-2024-06.csv", FILES["pv-jury-2024-06.csv"])
    pages = [season.browser(login).get("/registre/saisie/plan").text for login in (ENTERS, APPROVES)]
    links = [re.findall(r"/registre/saisie/plan/specimen\?[^\"]+", page) for page in pages]
    assert links[0] == links[1] != []
    address = links[0][0].replace("&amp;", "&")
    assert "Spécimen, sans valeur" in season.browser(APPROVES).get(address).text
    paper = season.browser(APPROVES).get(address.replace("specimen?", "specimen.pdf?"))
    assert paper.data.startswith(b"%PDF")


def test_progress_is_told_in_json_to_our_own_script(season: Season) -> None:
    entry = season.browser(ENTERS)
    entry.take("pv-jury-2024-06.csv", FILES["pv-jury-2024-06.csv"])
    order = submitted(season, "S2024-06")
    page = entry.get(f"/registre/saisie/delivrance/{order}")
    assert "script-src 'self'" in page.headers["Content-Security-Policy"]
    assert '<noscript><meta http-equiv="refresh"' in page.text
    told = json.loads(entry.get(f"/registre/saisie/delivrance/{order}/etat.json").data)
    assert (told["state"], told["moving"]) == ("proposed", True)


def test_where_four_eyes_are_off_one_person_may_enter_and_approve(tmp_path: Path, quick_keys: None) -> None:
    alone = open_season(tmp_path, four_eyes=False)
    browser = alone.browser(BOTH)
    for name in ("candidats.csv", "jurys.csv", "pv-jury-2024-06.csv"):
        browser.take(name, FILES[name])
    found = re.search(r'name="plan" value="([0-9a-f]{64})"', browser.get("/registre/saisie/plan").text)
    assert found is not None
    order = browser.post("/registre/saisie/plan/soumettre", plan=found.group(1)).request.path.rsplit("/", 1)[
        -1
    ]
    browser.post(f"/registre/saisie/approbation/{order}/approuver", plan=found.group(1))
    assert alone.desk.order(order).state is OrderState.APPROVED


def test_a_mail_is_noted_as_come_back_and_sent_again(season: Season) -> None:
    entry, approval = season.browser(ENTERS), season.browser(APPROVES)
    entry.take("pv-jury-2024-06.csv", FILES["pv-jury-2024-06.csv"])
    order = submitted(season, "S2024-06")
    approval.post(f"/registre/saisie/approbation/{order}/approuver", plan=plan_of(season, order))
    season.work(season.desk.order(order))
    with season.office.store.writing() as registry:
        [notice] = registry.notices()
        registry.keep_notice(replace(notice, state=NoticeState.SENT, attempts=1))
    reference = notice.id.removeprefix("urn:uuid:")
    back = entry.post(f"/registre/saisie/courriels/{reference}/revenu?session=S2024-06")
    assert "notice.came_back" in back.text
    again = entry.post(f"/registre/saisie/courriels/{reference}/renvoyer?session=S2024-06")
    assert "Noter qu’il est revenu" not in again.text
    assert {"notice.bounced", "notice.resent"} <= {action for _who, action, _what in season.trail()}
