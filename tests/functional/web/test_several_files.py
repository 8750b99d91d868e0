"""Several files at once: each has its own verdict, none hides another's, and one request costs no worker."""

import html
import json
import re
import time
from collections.abc import Callable, Sequence
from typing import Any

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from typing_extensions import override
from werkzeug.test import TestResponse

from credentials.json_input import JsonObject, to_bytes
from credentials.policy import Policy
from credentials.presentations import PresentationReport, verify_presentation
from credentials.report import VerificationReport
from credentials.securing.proof_options import Expectation
from issuer.web import create_app
from issuer.web.handed_in import HandedIn, shown_name
from issuer.web.judging import MAX_LINES, Budget, Refusal, judge
from tests.hostile.judging import made
from tests.support.documents import make_presentation
from tests.support.fake_desk import PAGES, UPLOADS, FakeDesk
from tests.support.verification import AT, block, check, materials

GOOD, BAD, GONE = b'{"a":"titre"}', b'{"a":"modifie"}', b'{"a":"retire"}'
JSON = {"Accept": "application/json"}
APP = create_app(FakeDesk())
MEBIBYTE = 1024 * 1024
Files = Sequence[tuple[str, bytes]]


def several(
    client: FlaskClient, files: Files, *, text: str = "", language: str = "fr", **headers: str
) -> TestResponse:
    # Written out: the test client would spool a large form into a file that it never closes.
    parts = [
        b'--limite\r\nContent-Disposition: form-data; name="file"; filename="%s"\r\n\r\n%s\r\n'
        % (name.encode(), content)
        for name, content in files
    ]
    written = b'--limite\r\nContent-Disposition: form-data; name="text"\r\n\r\n%s\r\n' % text.encode()
    body = b"".join([*parts, written, b"--limite--\r\n"])
    return client.post(
        f"/verify?lang={language}",
        data=body,
        content_type="multipart/form-data; boundary=limite",
        headers=headers,
    )


def words(page: str) -> str:
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", page)).replace("\u202f", " "))


def first_heading(page: str) -> str:
    (found,) = re.findall(r"<h1>(.*?)</h1>", page)
    return html.unescape(found).replace("\u202f", " ").replace("\u00a0", " ")


def test_twenty_files_have_one_line_that_counts_and_a_verdict_each(client: FlaskClient) -> None:
    # Seventeen spellings of one good document would be one file: spaces make them seventeen.
    class Tolerant(FakeDesk):
        @override
        def check(self, data: bytes) -> VerificationReport:
            return super().check(data.strip())

    tolerant = create_app(Tolerant()).test_client()
    files = [(f"candidat-{n}.json", GOOD + b" " * n) for n in range(17)]
    files[5:5] = [
        ("retire.json", GONE),
        ("illisible.json", b"{"),
        ("sans-preuve.json", b'{"a":"cle-absente"}'),
    ]
    answer = several(tolerant, files)
    assert (answer.status_code, answer.mimetype) == (200, "text/html")
    assert first_heading(answer.text) == (
        "20 fichiers : 17 authentiques et en vigueur, 1 retiré, 1 non contrôlé, 1 sans attestation lisible"
    )
    shown = re.findall(r'<li class="verdict" id="document-(\d+)">.*?<bdi>(.*?)</bdi>', answer.text, re.DOTALL)
    assert shown == [(str(place), name) for place, (name, _) in enumerate(files, 1)]
    asked = re.findall(r'<a href="#document-(\d+)"><bdi>(.*?)</bdi></a> · ([^<]*)<', answer.text)
    assert [(place, name) for place, name, _ in asked] == [
        ("6", "retire.json"),
        ("7", "illisible.json"),
        ("8", "sans-preuve.json"),
    ]


def test_each_line_carries_name_title_date_and_the_whole_report(client: FlaskClient) -> None:
    page = several(client, [("titre.json", GOOD), ("bloc.json", b'{"a":"bloc-retire-jury"}')]).text
    assert page.count("<summary>Le rapport entier") == 2
    for part in (
        "Hélène MARCHAND-DELVAUX",
        "20 juin 2024",
        "RNCP35080",
        "Les dix contrôles",
        "Tout ce que dit",
    ):
        assert page.count(part) >= 2, part
    assert "Le bloc a été retiré par décision du jury ou du juge." in page
    assert page.count("il n’équivaut pas à la certification complète") == 1


def test_no_identifier_stands_twice_on_the_page(client: FlaskClient) -> None:
    page = several(client, [(f"{number}.json", data) for number, data in enumerate(UPLOADS)]).text
    found = re.findall(r'\bid="([^"]+)"', page)
    assert len(found) == len(set(found))
    assert set(re.findall(r'aria-labelledby="([^"]+)"', page)) <= set(found)


def test_english_is_complete(client: FlaskClient) -> None:
    files = [(f"{number}.json", data) for number, data in enumerate(UPLOADS)]
    page = several(
        client, [*files, ("vide", b""), ("deux", GOOD), ("trop", b"x" * (MEBIBYTE + 1))], language="en"
    ).text
    assert first_heading(page).startswith(f"{len(files) + 3} files: ")
    assert "Not checked: this file is too large" in page
    french = r"\b(?:Délivrée?|Établissement|fichiers?|contrôlé|niveau|Oui|Non vérifié|n’a|l’\w+)\b"
    told = re.sub(
        r'<div class="narrative".*?</div>|<(dd|ul|div) lang="fr">.*?</\1>|<(\w+) lang="fr">[^<]*<',
        "",
        page,
        flags=re.DOTALL,
    )
    assert re.findall(french, words(told)) == []


def test_programs_get_a_list_with_the_name_and_the_report_of_each(client: FlaskClient) -> None:
    answer = several(client, [("a.json", GOOD), ("b.json", GONE), ("c.bin", b"x" * (MEBIBYTE + 1))], **JSON)
    assert answer.status_code == 200
    given = answer.get_json()
    assert [(item["name"], item["report"] and item["report"]["verdict"]) for item in given] == [
        ("a.json", "valid"),
        ("b.json", "revoked"),
        ("c.bin", None),
    ]
    assert [item["problem"] and item["problem"]["code"] for item in given] == [None, None, "file.too_large"]
    assert given[0]["report"] == UPLOADS[GOOD].to_dict()


def test_files_that_hold_nothing_hide_no_other(client: FlaskClient) -> None:
    files = [
        (".DS_Store", b"\0\0\0\1Bud1\0\0"),
        ("vide.json", b""),
        ("notes.txt", "Réunion à 14 h".encode()),
        ("titre.json", GOOD),
    ]
    page = several(client, files).text
    assert first_heading(page) == "4 fichiers : 1 authentique et en vigueur, 3 sans attestation lisible"
    assert "Ce fichier est vide" in page
    assert "Certification authentique et en vigueur" in page


def test_the_same_file_twice_is_judged_once_and_said_to_be_the_same() -> None:
    asked: list[bytes] = []

    class Counting(FakeDesk):
        @override
        def check(self, data: bytes) -> VerificationReport:
            asked.append(data)
            return super().check(data)

    page = several(
        create_app(Counting()).test_client(), [("a.json", GOOD), ("b.json", GONE), ("c.json", GOOD)]
    ).text
    assert asked == [GOOD, GONE]
    assert first_heading(page) == "3 fichiers : 2 authentiques et en vigueur, 1 retiré"
    assert "Même contenu, octet pour octet, que le fichier a.json" in words(page)
    assert page.count("Même contenu") == 1


def test_a_text_pasted_beside_a_file_is_judged_too(client: FlaskClient) -> None:
    page = several(client, [("a.json", GOOD)], text=BAD.decode()).text
    assert first_heading(page) == "2 fichiers : 1 authentique et en vigueur, 1 modifié"
    assert "<bdi>texte collé</bdi>" in page
    link = several(client, [("a.json", GOOD)], text=PAGES["retire"].award.credential_id, **JSON).get_json()
    assert [item["report"]["verdict"] for item in link] == ["valid", "revoked"]


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("<script>alert(1)</script>.json", "script&gt;.json"),
        ("../../etc/passwd", "passwd"),
    ],
)
def test_a_files_name_is_text_and_no_more(client: FlaskClient, name: str, shown: str) -> None:
    page = several(client, [(name, GOOD), ("autre.json", BAD)]).text
    assert f"<bdi>{shown}</bdi>" in page
    assert "<script" not in page


def test_a_name_cannot_turn_round_what_follows_it(client: FlaskClient) -> None:
    page = several(client, [("dipl\u202egnp.exe", GOOD), ("\u200b", BAD)]).text
    assert "\u202e" not in page
    assert "<bdi>diplgnp.exe</bdi>" in page
    assert "<bdi>fichier sans nom</bdi>" in page


def test_twenty_files_are_taken_and_one_more_is_refused(client: FlaskClient) -> None:
    files = [(f"{number}.json", b'{"n":%d}' % number) for number in range(21)]
    assert several(client, files[:20]).status_code == 200
    refused = several(client, files)
    assert refused.status_code == 413
    assert "vingt fichiers au plus" in refused.text
    assert 'id="form-error"' in refused.text
    assert 'aria-invalid="true"' in refused.text
    assert re.search(r'id="file"[^>]*aria-describedby="file-hint form-error"', refused.text)
    program = several(client, files, **JSON)
    assert (program.status_code, program.get_json(force=True)["code"]) == (413, "file.too_many")


def test_twenty_large_pictures_pass_and_a_flood_does_not(client: FlaskClient) -> None:
    assert several(client, [(f"{n}.pdf", b"%d" % n + b"x" * 400_000) for n in range(20)]).status_code == 200
    flood = several(client, [(f"{n}.pdf", b"x" * MEBIBYTE) for n in range(9)])
    assert flood.status_code == 413
    assert "8 Mo en tout" in words(flood.text)
    assert several(client, [(f"{n}", b"") for n in range(100)]).status_code == 413


def test_one_file_alone_keeps_its_own_page_and_its_own_report(client: FlaskClient) -> None:
    assert '<h1 id="verdict">' in several(client, [("a.json", GOOD)]).text
    assert several(client, [("a.json", GOOD)], **JSON).get_json()["verdict"] == "valid"


# What a request may cost


def ticking(*instants: float) -> Callable[[], float]:
    left = list(instants)
    return lambda: left.pop(0) if len(left) > 1 else left[0]


def names_and_refusals(files: Sequence[HandedIn], budget: Budget) -> list[tuple[str, Refusal | None]]:
    desk = FakeDesk()
    return [(item.name, item.refusal) for item in judge(files, desk.check, budget)]


@pytest.mark.parametrize("kind", ["processor", "clock"])
def test_what_comes_after_the_budget_is_not_examined_and_never_good(kind: str) -> None:
    budget = Budget(**{"processor": ticking(0.0), "clock": ticking(0.0), kind: ticking(0.0, 0.0, 1.0, 60.0)})
    files = [HandedIn(str(number), b'{"n":%d}' % number) for number in range(4)]
    assert names_and_refusals(files, budget) == [
        ("0", None),
        ("1", None),
        ("2", Refusal.NOT_EXAMINED),
        ("3", Refusal.NOT_EXAMINED),
    ]


def test_a_copy_of_what_was_judged_costs_nothing_more() -> None:
    budget = Budget(ticking(0.0, 0.0, 60.0), ticking(0.0))
    files = [HandedIn("a", GOOD), HandedIn("b", BAD), HandedIn("c", GOOD)]
    assert names_and_refusals(files, budget) == [("a", None), ("b", Refusal.NOT_EXAMINED), ("c", None)]


@given(st.lists(st.sampled_from([GOOD, BAD, GONE, b"", b"{", None]), max_size=20), st.floats(0, 6))
def test_every_file_has_its_line_in_its_place_whatever_the_others_are(
    contents: list[bytes | None], step: float
) -> None:
    passed = iter(range(1000))
    files = [HandedIn(str(place), data) for place, data in enumerate(contents)]
    judged = judge(files, FakeDesk().check, Budget(lambda: next(passed) * step, lambda: 0.0))
    assert [item.name for item in judged] == [file.name for file in files]
    for item, file in zip(judged, files, strict=True):
        assert (item.report is None) == (item.refusal is not None)
        if item.report is not None:
            assert file.data is not None
            assert item.report == FakeDesk().check(file.data)


WORST = (
    "large/tokens-32-with-chains",
    "large/values-in-a-token",
    "large/chain-of-eight",
    "large/set-of-eight",
)


def test_the_worst_files_together_hold_no_worker() -> None:
    """Without a budget these take some fifteen seconds."""
    given = [made(name) for name in WORST]

    class Patient(FakeDesk):
        @override
        def check(self, data: bytes) -> VerificationReport:
            known = next(item for item in given if data.rstrip() == item.data.rstrip())
            return check(data, known.given())

    client = create_app(Patient()).test_client()
    worst = given[2].data
    files = [(f"{number}.json", worst + b" " * number) for number in range(20)]
    client.post("/verify", data={"text": "x"})
    started = time.thread_time()
    answer = several(client, files)
    assert time.thread_time() - started < 6
    assert answer.status_code == 200
    assert "Non examiné\u202f: déposez ce fichier seul" in answer.text
    counted = re.search(r"(\d+) non contrôlés", first_heading(answer.text))
    assert counted is not None
    assert int(counted[1]) >= 5


# Presentations


class Showing(FakeDesk):
    """A desk that knows the issuer of the test credentials."""

    @override
    def check(self, data: bytes) -> VerificationReport:
        return check(data)

    @override
    def check_presentation(self, data: bytes, expected: Expectation) -> PresentationReport:
        return verify_presentation(data, materials=materials(), policy=Policy(), at=AT, expected=expected)


@pytest.fixture
def showing() -> FlaskClient:
    return create_app(Showing()).test_client()


def presentation_of(*documents: bytes, **members: Any) -> JsonObject:
    return {
        **make_presentation(enveloped=False),
        "verifiableCredential": [json.loads(d) for d in documents],
        **members,
    }


def altered(document: bytes) -> bytes:
    changed = json.loads(document)
    changed["credentialSubject"]["achievement"]["name"] = "Autre intitulé"
    return to_bytes(changed)


@pytest.mark.parametrize("way", ["file", "text", "body"])
def test_the_credentials_of_a_presentation_are_judged_each(showing: FlaskClient, way: str) -> None:
    data = to_bytes(presentation_of(block(), altered(block())))
    answer = {
        "file": lambda: several(showing, [("présentation.json", data)]),
        "text": lambda: showing.post("/verify", data={"text": data.decode()}),
        "body": lambda: showing.post(
            "/verify", data=data, content_type="application/vp", headers={"Accept": "text/html"}
        ),
    }[way]()
    assert answer.status_code == 200
    assert first_heading(answer.text) == "2 documents : 1 authentique et en vigueur, 1 modifié"
    assert "Qui les présente n’a pas été prouvé" in answer.text
    assert re.findall(r"document (\d)", words(answer.text))[:2] == ["1", "2"]


def test_a_presentation_among_files_keeps_every_line(showing: FlaskClient) -> None:
    files = [
        ("a.json", block()),
        ("p.json", to_bytes(presentation_of(block(), altered(block())))),
        ("b.txt", b"rien"),
    ]
    page = several(showing, files)
    assert first_heading(page.text) == (
        "4 documents : 2 authentiques et en vigueur, 1 modifié, 1 sans attestation lisible"
    )
    given = several(showing, files, **JSON).get_json()
    assert [(item["name"], item["where"]) for item in given] == [
        ("a.json", None),
        ("p.json", "/verifiableCredential/0"),
        ("p.json", "/verifiableCredential/1"),
        ("b.txt", None),
    ]


def test_a_presentation_without_anything_in_it_is_no_document(showing: FlaskClient) -> None:
    page = several(showing, [("vide.json", to_bytes(presentation_of()))]).text
    assert "Ce n’est pas une attestation numérique lisible" in page


def test_presentations_cannot_multiply_the_work() -> None:
    many = to_bytes(presentation_of(*[block()] * 32))
    files = [HandedIn(str(n), many + b" " * n) for n in range(20)]
    desk = Showing()

    def examined(data: bytes) -> PresentationReport:
        return desk.check_presentation(data, Expectation("authentication"))

    judged = judge(files, examined, Budget(lambda: 0.0, lambda: 0.0))
    assert len([item for item in judged if item.report is not None]) <= MAX_LINES + 32
    assert {item.refusal for item in judged[-10:]} == {Refusal.NOT_EXAMINED}


@pytest.mark.parametrize(
    ("name", "shown"),
    [("C:\\Documents\\diplôme.pdf", "diplôme.pdf"), ("dossier/a.pdf", "a.pdf"), ("x" * 200, "x" * 119 + "…")],
)
def test_a_name_is_shown_without_its_folder_and_not_at_any_length(name: str, shown: str) -> None:
    assert shown_name(name) == shown


@given(st.text(max_size=300))
def test_a_shown_name_is_one_line_that_says_something(name: str) -> None:
    with APP.test_request_context("/verify"):
        shown = shown_name(name)
    assert 0 < len(shown) <= 120
    assert shown.isprintable()
    assert "/" not in shown
    assert "\\" not in shown
