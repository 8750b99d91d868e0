"""What a share's page and report show, what they never hand out, and what is said when a share is over."""

import re
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from credentials.json_input import parse_object
from credentials.report import Verdict
from issuer.bootstrap import public_desk, sharing_desk
from issuer.domain.award import Award, AwardKind, AwardState, WithdrawalReason
from issuer.ports import AwardPage, ClosedLink, StatusEvent
from issuer.ports.sharing import SharedPage, ShareTerm
from issuer.services.office import Office
from issuer.services.register import find_awards
from issuer.services.space.links import switch_link
from issuer.services.space.redaction import shared_documents
from issuer.services.space.sharing import Sharing
from issuer.services.withdrawing import revoke, suspend
from issuer.web import create_app
from tests.faults.desks import open_desk
from tests.functional.cli.folders import founded_folder, issued_folder, recorded_folder
from tests.functional.cli.running import Cli

__all__ = ["founded_folder", "issued_folder", "recorded_folder"]

BROWSER = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}
HOLDER = "C001"


@pytest.fixture
def office(issued: Cli) -> Office:
    return open_desk(issued.folder)


@pytest.fixture
def sharing(office: Office) -> Sharing:
    return sharing_desk(office, public_desk(office))


@pytest.fixture
def client(office: Office, sharing: Sharing) -> FlaskClient:
    return create_app(public_desk(office), sharing=sharing).test_client()


@pytest.fixture
def awards(office: Office) -> list[Award]:
    """Give the holder's title, then the blocks."""
    return sorted(find_awards(office, candidate=HOLDER), key=lambda award: award.kind is AwardKind.BLOCK)


def opened(sharing: Sharing, awards: list[Award], term: ShareTerm = ShareTerm.WEEK) -> str:
    """Open a share; give its address without the host."""
    made = sharing.open_share(HOLDER, [award.number for award in awards], term, "Cabinet Durand")
    return f"/s/{made.token}"


def headline_of(page: str) -> str:
    """Give the verdict that a page begins with."""
    found = re.search(r'<h1 id="verdict">([^<]+)</h1>', page)
    assert found
    return found[1]


def views_of(sharing: Sharing) -> int:
    return sharing.shares(HOLDER)[0].share.views


def set_state(office: Office, award: Award, state: AwardState) -> None:
    """Put the register's state, as a replacement or a withdrawal by the registry does."""
    reason = None if state in {AwardState.VALID, AwardState.REPLACED} else WithdrawalReason.MATERIAL_ERROR
    with office.store.writing() as registry:
        event = StatusEvent(award.number, state, reason, None, office.clock.now(), "scolarite")
        registry.change_state(event)


def secrets_of(office: Office, award: Award) -> set[str]:
    """Give all that a share must not show of an award: its link, its proofs, its place in the list."""
    with office.store.reading() as registry:
        stored = registry.credential(award.number)
        code = registry.short_code(award.number)
    assert stored is not None
    text = stored.decode()
    proofs = re.findall(r'"proofValue"\s*:\s*"([^"]+)"', text)
    subject = re.findall(r"urn:uuid:[0-9a-f-]{36}", text)
    assert proofs
    assert code is not None
    status = parse_object(stored)["credentialStatus"]
    assert isinstance(status, dict)
    return {award.token, str(status["statusListCredential"]), code, *proofs, *subject}


def shows_index(text: str, award: Award) -> bool:
    """Say whether an award's place in the list stands in a text as a number of its own."""
    return re.search(rf"(?<![0-9]){award.status_index}(?![0-9])", text) is not None


def test_the_page_shows_what_the_awards_own_page_shows(
    client: FlaskClient, sharing: Sharing, awards: list[Award]
) -> None:
    title = awards[0]
    own, shared = client.get(f"/v/{title.token}").text, client.get(opened(sharing, awards))
    assert shared.status_code == 200
    for told in (
        "Certification authentique et en vigueur",
        title.holder.split()[0],
        "20 juin 2024",
        "Cinq questions",
        "Les blocs de la certification",
        "Tout ce que dit le document",
        title.number,
    ):
        assert told in own
        assert told in shared.text
    assert own.count("validé, en vigueur") == shared.text.count("validé, en vigueur") == 4


def test_every_chosen_award_is_shown_in_full_at_its_place(
    client: FlaskClient, sharing: Sharing, awards: list[Award]
) -> None:
    address = opened(sharing, awards)
    for at, award in enumerate(awards, start=1):
        page = client.get(f"{address}?document={at}").text
        assert f"Document {at} sur {len(awards)} de ce partage." in page
        assert award.number in page
        assert all(other.number not in page for other in awards if other is not award)
        assert all(other.component in page for other in awards)
    for nonsense in ("0", "6", "-1", "x", "9" * 40, "²", ""):
        assert "Document 1 sur 5" in client.get(f"{address}?document={nonsense}").text


def test_a_share_of_one_award_is_its_page_without_a_list(
    client: FlaskClient, sharing: Sharing, awards: list[Award]
) -> None:
    page = client.get(opened(sharing, awards[1:2])).text
    assert "Bloc de compétences authentique et en vigueur" in page
    assert "Les documents de ce partage" not in page


def test_a_titles_blocks_have_a_state_only_where_they_are_shared(
    client: FlaskClient, sharing: Sharing, awards: list[Award]
) -> None:
    page = client.get(opened(sharing, [awards[0], awards[2]])).text
    assert page.count("validé, en vigueur") == 1
    assert page.count("non communiqué") == 3
    assert client.get(opened(sharing, awards[:1])).text.count("non communiqué") == 4


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_no_share_of_any_awards_in_any_state_leads_to_a_credential(
    office: Office, sharing: Sharing, client: FlaskClient, data: st.DataObject
) -> None:
    own = find_awards(office, candidate=HOLDER)
    chosen = data.draw(st.lists(st.sampled_from(own), min_size=1, unique=True))
    for award in own:
        set_state(office, award, AwardState.VALID)
    address = opened(sharing, chosen)
    for award in own:
        set_state(office, award, data.draw(st.sampled_from(AwardState)))
        sharing.switch_link(HOLDER, award.number, opened=data.draw(st.booleans()))
    language = data.draw(st.sampled_from(["fr", "en"]))
    answers = [
        client.get(f"{address}?document={at}&lang={language}", headers=BROWSER)
        for at in range(1, len(chosen) + 1)
    ]
    answers.append(client.get(f"{address}/report"))
    for answer in answers:
        assert answer.status_code == 200
        assert "/v/" not in answer.text
        for award in own:
            assert not [secret for secret in secrets_of(office, award) if secret in answer.text]
            assert not shows_index(answer.text, award)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_nothing_that_a_changed_document_says_leads_to_its_link(
    office: Office, awards: list[Award], data: st.DataObject
) -> None:
    page = public_desk(office).award_page(awards[0].token)
    assert isinstance(page, AwardPage)
    said = page.report.credential
    assert said is not None
    member = data.draw(
        st.sampled_from(["name", "description", "criteria", "number", "cryptosuite", "version"])
    )
    text = data.draw(st.text(max_size=8)) + page.award.credential_id
    altered = replace(said, **{member: text})  # type: ignore[arg-type]  # each of these is a text
    forged = replace(page, report=replace(page.report, credential=altered))
    (shared,) = shared_documents([forged])
    assert page.award.token not in str(shared.report())
    assert (shared.page.report.credential, list(shared.left_out)) == (None, ["credential"])


def test_the_report_says_what_it_leaves_out(
    client: FlaskClient, sharing: Sharing, awards: list[Award]
) -> None:
    told = client.get(f"{opened(sharing, awards[:2])}/report").get_json()
    full = client.get(f"/v/{awards[0].token}/report").get_json()
    report = told["documents"][0]
    assert set(full["credential"]) - set(report["credential"]) == {
        "id",
        "image",
        "status_list",
        "status_index",
    }
    assert report["left_out"] == [
        "credential.id",
        "credential.image",
        "credential.status_list",
        "credential.status_index",
        "credential.others (image.caption)",
    ]
    assert set(told["why_left_out"]) == {"fr", "en"}
    assert [item["verdict"] for item in told["documents"]] == ["valid", "valid"]
    assert [check["id"] for check in report["checks"]] == [check["id"] for check in full["checks"]]


@pytest.mark.parametrize("state", [AwardState.REVOKED, AwardState.SUSPENDED, AwardState.REPLACED])
def test_the_verdict_is_that_of_the_moment(
    office: Office, sharing: Sharing, awards: list[Award], state: AwardState
) -> None:
    client = create_app(public_desk(office), sharing=sharing).test_client()
    address = opened(sharing, awards[:1])
    assert headline_of(client.get(address).text) == "Certification authentique et en vigueur"
    set_state(office, awards[0], state)
    headline = headline_of(client.get(address).text)
    assert headline == headline_of(client.get(f"/v/{awards[0].token}").text)
    assert "en vigueur" not in headline


def test_of_a_replaced_award_only_that_is_told(
    office: Office, client: FlaskClient, sharing: Sharing, awards: list[Award]
) -> None:
    address = opened(sharing, awards[1:3])
    set_state(office, awards[1], AwardState.REPLACED)
    pages = [client.get(f"{address}?document=1").text, client.get(f"{address}?document=2").text]
    report = client.get(f"{address}/report").get_json()["documents"][0]
    assert (report["verdict"], report["credential"], report["left_out"]) == ("replaced", None, ["credential"])
    assert awards[1].holder not in pages[0]
    for page in pages:
        assert "Document remplacé" in page
        assert awards[1].number not in page
        assert awards[1].component not in page


def test_the_permanent_links_switch_does_not_end_a_share(
    client: FlaskClient, sharing: Sharing, awards: list[Award]
) -> None:
    address = opened(sharing, awards[:1])
    sharing.switch_link(HOLDER, awards[0].number, opened=False)
    assert client.get(f"/v/{awards[0].token}").status_code == 410
    assert client.get(address).status_code == 200


def test_each_way_of_being_over_is_told_apart_and_none_says_expired(
    office: Office, sharing: Sharing, awards: list[Award]
) -> None:
    closed, ended = opened(sharing, awards), opened(sharing, awards, ShareTerm.WEEK)
    sharing.close_share(
        HOLDER, next(own.share.id for own in sharing.shares(HOLDER) if own.link.endswith(closed))
    )

    class Later:
        """A week on."""

        def now(self) -> datetime:
            return office.clock.now() + timedelta(days=7, minutes=1)

    later = replace(office, clock=Later())
    client = create_app(public_desk(later), sharing=sharing_desk(later, public_desk(later))).test_client()
    told = {
        closed: (410, "Ce partage a été arrêté par son titulaire", "share.closed"),
        ended: (410, "Ce lien de partage est terminé", "share.ended"),
        f"/s/{'A' * 22}": (404, "Aucun document à cette adresse", "link.unknown"),
        "/s/AbCd": (404, "Cette adresse est incomplète", "link.cut"),
        f"{ended}).": (404, "Cette adresse porte un signe de trop", "link.marked"),
        "/s/": (404, "Cette adresse est incomplète", "link.cut"),
        "/s/specimen": (404, "Cette adresse est incomplète", "link.cut"),
    }
    for address, (status, words, code) in told.items():
        for asked in (address, f"{address.rstrip('/')}/report") if status == 410 else (address,):
            page = client.get(asked, headers=BROWSER)
            assert (page.status_code, words in page.text) == (status, True), asked
            assert "expir" not in page.text.lower()
            assert "Cabinet Durand" not in page.text
            assert awards[0].holder not in page.text
            problem = client.get(asked, headers={"Accept": "application/json"})
            assert (problem.status_code, problem.mimetype) == (status, "application/problem+json")
            assert problem.get_json()["code"] == code
    marked = client.get(f"{ended}).", headers=BROWSER).text
    assert f'href="{ended}"' in marked
    assert "/v/" not in marked


def test_a_share_gives_a_page_and_a_report_and_no_other_form(
    client: FlaskClient, sharing: Sharing, awards: list[Award]
) -> None:
    address = opened(sharing, awards)
    for accept in ("application/vc", "application/ld+json", "application/json", "image/png"):
        answer = client.get(address, headers={"Accept": accept})
        assert answer.status_code == 406
        assert awards[0].holder not in answer.text
    for name in ("qr.png", "badge.png", "diplome.pdf", "card.png", "credential"):
        assert client.get(f"{address}/{name}").status_code == 404
    assert client.get(f"{address}?format=json", headers=BROWSER).mimetype == "text/html"


@pytest.mark.parametrize("path", ["", "/report", "?document=2"])
def test_a_share_is_kept_by_no_cache_no_index_and_no_other_site(
    client: FlaskClient, sharing: Sharing, awards: list[Award], path: str
) -> None:
    answer = client.get(opened(sharing, awards) + path)
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["X-Robots-Tag"] == "noindex"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert "Access-Control-Allow-Origin" not in answer.headers
    assert "Set-Cookie" not in answer.headers
    if answer.mimetype == "text/html":
        assert '<meta name="robots" content="noindex">' in answer.text
        head = answer.text.partition("</head>")[0]
        assert awards[0].holder not in head
        assert "Cabinet Durand" not in answer.text


def test_a_view_is_a_browser_that_opens_the_address_itself(
    client: FlaskClient, sharing: Sharing, awards: list[Award]
) -> None:
    address = opened(sharing, awards)
    not_counted = [
        client.head(address, headers=BROWSER),
        client.get(address, headers={"Accept": "*/*"}),
        client.get(address),
        client.get(f"{address}?document=2", headers=BROWSER),
        client.get(f"{address}?lang=en", headers=BROWSER),
        client.get(f"{address}/report", headers=BROWSER),
        client.get(address, headers={**BROWSER, "Sec-Purpose": "prefetch;prerender"}),
        client.get(address, headers={**BROWSER, "X-Moz": "prefetch"}),
        client.get(address, headers={**BROWSER, "Purpose": "preview"}),
    ]
    assert {answer.status_code for answer in not_counted} == {200}
    assert views_of(sharing) == 0
    for count in (1, 2):
        client.get(address, headers=BROWSER)
        assert views_of(sharing) == count


def test_withdrawals_by_the_registry_reach_an_open_share(
    office: Office, sharing: Sharing, awards: list[Award]
) -> None:
    made = sharing.open_share(HOLDER, [award.number for award in awards[:2]], ShareTerm.WEEK, "")
    revoke(office, awards[0].number, WithdrawalReason.JURY_OR_COURT, None, actor="scolarite")
    suspend(office, awards[1].number, WithdrawalReason.JURY_OR_COURT, None, actor="scolarite")
    found = sharing.shared(made.token, counted=False)
    assert isinstance(found, SharedPage)
    assert [item.page.report.verdict for item in found.documents] == [Verdict.REVOKED, Verdict.SUSPENDED]
    sharing.close_share(HOLDER, made.id)
    assert sharing.shared(made.token, counted=False) is ClosedLink.SHARE_CLOSED


def test_a_share_says_what_the_registry_closed_and_shows_nothing_of_it(
    office: Office, sharing: Sharing, awards: list[Award], client: FlaskClient
) -> None:
    address = opened(sharing, awards[:2])
    switch_link(office, awards[0].number, opened=False, by="scolarite")
    page = client.get(address, headers=BROWSER)
    assert page.status_code == 200
    assert "la scolarité a désactivé le lien d’un document de ce partage" in page.text
    assert "Document 1 sur" not in page.text
    told = client.get(f"{address}/report").get_json()
    assert (len(told["documents"]), told["closed_by_registry"]) == (1, 1)

    switch_link(office, awards[1].number, opened=False, by="scolarite")
    page = client.get(address, headers=BROWSER)
    assert (page.status_code, headline_of(page.text)) == (410, "La scolarité a désactivé ce partage")
    assert awards[0].holder not in page.text
    assert client.get(address, headers={"Accept": "application/json"}).get_json(force=True)["code"] == (
        "share.closed_by_registry"
    )
