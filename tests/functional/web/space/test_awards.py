"""What a holder sees and takes away: only their own, only what is in force, byte for byte as issued."""

import io
import json
import zipfile

import pytest

from issuer.domain.award import AwardKind
from tests.functional.cli.running import Cli, rows
from tests.functional.web.space.conftest import Served
from tests.support.holders import HELENE_ID

OTHER = "ousmane.ndiaye.lefort@example.org"
COPIED = ("png", "svg", "json")


def numbers(cli: Cli, candidate_id: str = HELENE_ID, kind: AwardKind | None = None) -> list[str]:
    """Give the numbers of a person's awards, oldest first."""
    only = f" AND kind = '{kind.value}'" if kind else ""
    query = f"SELECT number FROM awards WHERE candidate_id = '{candidate_id}'{only} ORDER BY number"
    return [str(row[0]) for row in rows(cli.folder, query)]


def title(cli: Cli) -> str:
    (number,) = numbers(cli, kind=AwardKind.TITLE)
    return number


def test_the_overview_shows_every_award_of_the_person_and_nobody_elses(served: Served) -> None:
    page = served.entered().get("/moi/attestations").text

    shown = {f"a{number}" for number in numbers(served.cli)}
    assert len(shown) == 5
    assert all(f'id="{anchor}"' in page for anchor in shown)
    others = {row[0] for row in rows(served.cli.folder, "SELECT number FROM awards")} - set(
        numbers(served.cli)
    )
    assert others
    assert not any(number in page for number in others)


def test_the_title_stands_before_its_blocks(served: Served) -> None:
    page = served.entered().get("/moi/attestations").text

    blocks = numbers(served.cli, kind=AwardKind.BLOCK)
    places = [page.index(f'id="a{number}"') for number in (title(served.cli), *blocks)]
    assert places == sorted(places)


@pytest.mark.parametrize("form", ["pdf", "png", "svg", "json", "jwt", "clr"])
def test_another_persons_award_is_nowhere(served: Served, form: str) -> None:
    served.cli.good("prepare")
    client = served.entered(OTHER)

    theirs = client.get(f"/moi/attestations/{title(served.cli)}/{form}")
    nobodys = client.get(f"/moi/attestations/2026-999999/{form}")

    assert (theirs.status_code, nobodys.status_code) == (404, 404)
    assert theirs.data == nobodys.data.replace(b"2026-999999", title(served.cli).encode())


def test_an_emblem_stands_beside_ones_own_awards_alone(served: Served) -> None:
    client, number = served.entered(), title(served.cli)

    assert f'src="/moi/attestations/{number}/embleme.png"' in client.get("/moi/attestations").text
    drawn = client.get(f"/moi/attestations/{number}/embleme.png")
    assert (drawn.status_code, drawn.data[:4]) == (200, b"\x89PNG")
    assert served.entered(OTHER).get(f"/moi/attestations/{number}/embleme.png").status_code == 404
    served.cli.good("revoke", number, "--reason", "erreur-materielle", "--no-mail")
    assert client.get(f"/moi/attestations/{number}/embleme.png").status_code == 404


@pytest.mark.parametrize(
    "number", ["x", "2026-1", "2026-0000011111", "é", "%00", "2026-000001%0A", "..", "1" * 3000]
)
def test_what_is_no_number_is_nowhere(served: Served, number: str) -> None:
    assert served.entered().get(f"/moi/attestations/{number}/json").status_code == 404


def test_every_form_verifies_at_our_own_desk(served: Served) -> None:
    served.cli.good("prepare")
    client = served.entered()

    for form in ("pdf", *COPIED, "jwt", "clr"):
        taken = client.get(f"/moi/attestations/{title(served.cli)}/{form}")
        assert taken.status_code == 200, form
        posted = client.post(
            "/verify",
            data={"file": (io.BytesIO(taken.data), f"x.{form}")},
            headers={"Accept": "application/json"},
        )
        assert posted.get_json()["verdict"] == "valid", form


def test_without_preparation_the_signed_forms_are_not_offered_and_the_page_says_who_makes_them(
    served: Served,
) -> None:
    client = served.entered()

    page = client.get("/moi/attestations").text

    assert "/jwt" not in page
    assert "(JWT, CLR)" in page
    for form in ("jwt", "clr"):
        assert client.get(f"/moi/attestations/{title(served.cli)}/{form}").status_code == 404


@pytest.mark.parametrize(
    ("act", "words"),
    [("suspend", "Suspendue depuis le"), ("revoke", "Retirée le")],
)
def test_what_is_not_in_force_is_shown_with_its_reason_and_handed_out_in_no_form(
    served: Served, act: str, words: str
) -> None:
    served.cli.good("prepare")
    number = title(served.cli)
    served.cli.good(act, number, "--reason", "erreur-materielle", "--no-mail")
    client = served.entered()

    page = client.get("/moi/attestations").text
    assert words in page
    assert "erreur matérielle" in page
    for form in ("pdf", *COPIED, "jwt", "clr"):
        assert f"{number}/{form}" not in page
        assert client.get(f"/moi/attestations/{number}/{form}").status_code == 404
    names = zipfile.ZipFile(io.BytesIO(client.get("/moi/attestations/tout.zip").data)).namelist()
    assert names
    assert not any(number in name for name in names)


def test_a_title_with_a_withdrawn_block_has_no_record_of_both(served: Served) -> None:
    served.cli.good("prepare")
    block = numbers(served.cli, kind=AwardKind.BLOCK)[0]
    served.cli.good("suspend", block, "--reason", "erreur-materielle", "--no-mail")
    client = served.entered()

    assert client.get(f"/moi/attestations/{title(served.cli)}/jwt").status_code == 200
    assert client.get(f"/moi/attestations/{title(served.cli)}/clr").status_code == 404


def test_a_link_that_is_off_takes_nothing_from_its_holder(served: Served) -> None:
    served.cli.good("holders", "close-link", title(served.cli))
    client = served.entered()

    for form in ("pdf", *COPIED):
        assert client.get(f"/moi/attestations/{title(served.cli)}/{form}").status_code == 200, form


def test_everything_is_one_file_the_same_each_time_with_a_word_in_both_languages(served: Served) -> None:
    served.cli.good("prepare")
    client = served.entered()

    first, second = (client.get("/moi/attestations/tout.zip") for _ in range(2))

    assert (first.status_code, first.mimetype) == (200, "application/zip")
    assert first.data == second.data
    archive = zipfile.ZipFile(io.BytesIO(first.data))
    assert archive.testzip() is None
    read_me, *names = archive.namelist()
    assert len(names) == len(set(names)) == 5 * 5 + 1
    text = archive.read(read_me).decode()
    assert "VOS ATTESTATIONS" in text
    assert "YOUR DIGITAL CERTIFICATES" in text
    assert "Marchand" not in "".join((text, *names))
    for number in numbers(served.cli):
        stored = rows(served.cli.folder, f"SELECT credential FROM awards WHERE number = '{number}'")[0][0]
        (name,) = (name for name in names if name.endswith(f"{number}.json"))
        assert archive.read(name) == stored


def test_who_has_nothing_yet_is_told_so_and_gets_no_empty_file(served: Served) -> None:
    client = served.entered("suryani@example.org")

    page = client.get("/moi/attestations").text
    assert "Aucune attestation ne vous a encore été délivrée" in page
    assert "tout.zip" not in page
    assert client.get("/moi/attestations/tout.zip").status_code == 404


def test_the_first_visit_after_an_award_is_a_small_feast_and_the_next_is_not(served: Served) -> None:
    assert "Félicitations" in served.entered().get("/moi/attestations").text
    assert "Félicitations" not in served.entered().get("/moi/attestations").text


def test_the_data_we_hold_is_a_page_and_a_file_that_say_the_same_person(served: Served) -> None:
    client = served.entered()

    page, file = client.get("/moi/donnees"), client.get("/moi/donnees/fichier.json")

    assert (page.status_code, file.mimetype) == (200, "application/json")
    data = json.loads(file.data)
    assert data["person"]["id"] == HELENE_ID
    for shown in ("Hélène", "Marchand-Delvaux", "9 mars 1984", data["address"]["mail"], *numbers(served.cli)):
        assert shown in page.text, shown
    assert 'id="correction"' in page.text
