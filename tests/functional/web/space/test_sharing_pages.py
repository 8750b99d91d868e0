"""The space's pages on shares and profiles: what a holder does there, and what there is to copy."""

import html
import re
from collections.abc import Sequence
from urllib.parse import parse_qs, urlsplit

import pytest

from issuer.domain.award import Award, AwardKind, WithdrawalReason
from issuer.services.office import Office
from issuer.services.register import find_awards
from issuer.services.withdrawing import suspend
from tests.faults.desks import open_desk
from tests.functional.web.space.conftest import Served, csrf

BROWSER = {"Accept": "text/html,*/*;q=0.8"}
HOLDER = "C001"
ENGLISH = re.compile(
    r"\b(?:share|link|badge page|view|title|download|issuing|signature of|your|the)\b", re.IGNORECASE
)


@pytest.fixture
def office(served: Served) -> Office:
    return open_desk(served.cli.folder)


@pytest.fixture
def awards(office: Office) -> Sequence[Award]:
    """Give the holder's title, then the blocks."""
    return sorted(find_awards(office, candidate=HOLDER), key=lambda award: award.kind is AwardKind.BLOCK)


def words(page: str) -> str:
    """Give the words of a page, without its marks."""
    return html.unescape(re.sub(r"<[^>]+>", " ", page))


def copied(page: str) -> dict[str, str]:
    """Give every text that is there to be copied, by the id of its field."""
    inputs = re.findall(r'<input id="([^"]+)"[^>]*readonly value="([^"]*)"', page)
    areas = re.findall(r'<textarea id="([^"]+)"[^>]*readonly[^>]*>([^<]*)</textarea>', page)
    return {name: html.unescape(text) for name, text in (*inputs, *areas)}


def test_a_share_is_opened_seen_and_ended_in_the_space(served: Served, awards: Sequence[Award]) -> None:
    inside, outside = served.entered(), served.app.test_client()
    token = csrf(inside)
    form = inside.get(f"/moi/partages?attestation={awards[1].number}").text
    assert re.findall(r'value="([^"]+)" checked', form) == [awards[1].number, "30"]
    data = {
        "csrf": token,
        "attestation": [awards[0].number, awards[1].number],
        "term": "90",
        "label": "Mairie <b>",
    }
    made = inside.post("/moi/partages", data=data)
    assert made.status_code == 303
    page = inside.get("/moi/partages").text
    anchor = made.headers["Location"].partition("#")[2]
    assert f'id="{anchor}"' in page
    assert "Mairie &lt;b&gt;" in page
    (link,) = (text for name, text in copied(page).items() if name == f"{anchor}-link")
    address = urlsplit(link).path
    assert "jamais consulté" in page
    assert outside.get(address, headers=BROWSER).status_code == 200
    assert outside.get(address, headers=BROWSER).status_code == 200
    assert "consulté 2 fois" in inside.get("/moi/partages").text
    (end,) = re.findall(r'action="(/moi/partages/[0-9a-f-]{36}/fin)"', page)
    assert inside.post(end, data={"csrf": token}).status_code == 303
    assert outside.get(address, headers=BROWSER).status_code == 410
    assert "Arrêté le" in inside.get("/moi/partages").text
    assert link not in inside.get("/moi/partages").text


@pytest.mark.parametrize(
    ("data", "told"),
    [
        ({"term": "7", "label": "Lyon"}, "Choisissez au moins un document."),
        ({"attestation": "0", "label": "é" * 81}, "trop long"),
    ],
)
def test_a_form_that_cannot_be_taken_is_shown_again_as_typed(
    served: Served, awards: Sequence[Award], data: dict[str, str], told: str
) -> None:
    inside = served.entered()
    chosen = {"attestation": awards[0].number} if "attestation" in data else {}
    answer = inside.post("/moi/partages", data={"csrf": csrf(inside), **data, **chosen})
    assert answer.status_code == 400
    assert told in answer.text
    assert f'value="{data["label"]}"' in answer.text
    assert ('value="7" checked' in answer.text) == (data.get("term") == "7")


def test_nobody_shares_or_ends_another_persons(served: Served, office: Office) -> None:
    inside = served.entered()
    other = next(award for award in find_awards(office) if award.candidate_id != HOLDER)
    token = csrf(inside)
    answer = inside.post("/moi/partages", data={"csrf": token, "attestation": other.number})
    assert answer.status_code == 404
    nobodys = "/moi/partages/00000000-0000-4000-8000-000000000000/fin"
    assert inside.post(nobodys, data={"csrf": token}).status_code == 404


def test_linkedin_is_filled_in_and_the_same_can_be_copied(served: Served, awards: Sequence[Award]) -> None:
    inside, title = served.entered(), awards[0]
    page = inside.get(f"/moi/attestations/{title.number}/profil").text
    (address,) = re.findall(r'href="(https://www\.linkedin\.com[^"]+)"', page)
    asked = {name: value for name, (value,) in parse_qs(urlsplit(html.unescape(address)).query).items()}
    assert asked == {
        "startTask": "CERTIFICATION_NAME",
        "name": "Manager d'organismes à vocation sociale et culturelle en économie sociale et solidaire",
        "organizationName": "Conservatoire national des arts et métiers",
        "issueYear": "2024",
        "issueMonth": "6",
        "certUrl": title.credential_id,
        "certId": title.number,
    }
    fields = copied(page)
    assert [fields[name] for name in ("li-name", "li-org", "li-date", "li-id", "li-url")] == [
        asked["name"],
        asked["organizationName"],
        "juin 2024",
        title.number,
        title.credential_id,
    ]
    assert (fields["eu-date"], fields["eu-level"]) == ("20 juin 2024", "7")


def test_a_block_says_that_it_is_one_and_has_no_level(served: Served, awards: Sequence[Award]) -> None:
    inside, block = served.entered(), awards[1]
    page = inside.get(f"/moi/attestations/{block.number}/profil").text
    fields = copied(page)
    for name in ("li-name", "eu-name", "sig-text"):
        assert fields[name].startswith(f"Bloc de compétences {block.component}\u202f: ")
    assert "eu-level" not in fields
    assert not re.search(r"niveau\s*7", words(page), re.IGNORECASE)


def test_a_signature_holds_the_link_and_says_in_words_what_its_picture_shows(
    served: Served, awards: Sequence[Award]
) -> None:
    inside, title = served.entered(), awards[0]
    fields = copied(inside.get(f"/moi/attestations/{title.number}/profil").text)
    snippet = fields["sig-html"]
    assert f'src="{title.credential_id}/badge-signature.png"' in snippet
    assert snippet.count(f'href="{title.credential_id}"') == 2
    assert 'alt="Badge\u202f: Manager d&#39;organismes' in snippet
    assert fields["sig-text"].splitlines()[-1] == f"Vérifier\u202f: {title.credential_id}"
    picture = served.app.test_client().get(f"/v/{title.token}/badge-signature.png")
    assert (picture.status_code, picture.mimetype) == (200, "image/png")


def test_a_profile_warns_of_a_link_that_is_off_and_is_not_given_of_what_is_not_in_force(
    served: Served, office: Office, awards: Sequence[Award]
) -> None:
    inside, title = served.entered(), awards[0]
    address = f"/moi/attestations/{title.number}/profil"
    assert "page fermée" not in inside.get(address).text
    inside.post(f"/moi/attestations/{title.number}/lien", data={"csrf": csrf(inside), "wanted": "off"})
    assert "mèneraient à une page fermée" in inside.get(address).text
    suspend(office, title.number, WithdrawalReason.MATERIAL_ERROR, None, actor="scolarite")
    assert inside.get(address).status_code == 404
    assert "suspendue en ce moment" in inside.get("/moi/partages").text


def test_the_french_pages_hold_no_english_and_the_english_ones_no_french(
    served: Served, awards: Sequence[Award]
) -> None:
    inside, number = served.entered(), awards[1].number
    inside.post("/moi/partages", data={"csrf": csrf(inside), "attestation": number, "label": "Lyon"})
    for address in (
        "/moi/partages",
        f"/moi/attestations/{number}/lien",
        f"/moi/attestations/{number}/profil",
    ):
        french = inside.get(f"{address}?lang=fr").text
        shown = re.sub(r"<textarea.*?</textarea>", "", french, flags=re.DOTALL)
        assert not ENGLISH.search(words(shown)), address
        english = inside.get(f"{address}?lang=en").text
        ours = re.sub(
            r'<(\w+)[^>]* lang="fr"[^>]*>.*?</\1>|<textarea.*?</textarea>', "", english, flags=re.DOTALL
        )
        assert not re.search(
            r"\b(?:votre|partage|désactiver|lien|pour|ouvert)\b", words(ours), re.IGNORECASE
        ), address
