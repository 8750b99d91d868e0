"""A link that was switched off opens nothing, anywhere; the document itself is not in question."""

import io
import re
from collections.abc import Sequence

import pytest
from flask import Flask
from flask.testing import FlaskClient

from issuer.domain.award import Award, AwardKind, AwardState
from issuer.ports import Choice, NoticeKind, StatusEvent
from issuer.services.office import Office
from issuer.services.register import find_awards, verify_audit
from issuer.services.space.links import switch_link
from tests.faults.desks import open_desk
from tests.functional.web.space.conftest import Served, csrf

BROWSER = {"Accept": "text/html,*/*;q=0.8"}
PROGRAM = {"Accept": "application/json"}
HOLDER = "C001"
_CHOICE = re.compile(r"<any\(([^)]*)\):(\w+)>")


@pytest.fixture
def office(served: Served) -> Office:
    return open_desk(served.cli.folder)


@pytest.fixture
def awards(office: Office) -> Sequence[Award]:
    """Give the holder's title, then the blocks."""
    return sorted(find_awards(office, candidate=HOLDER), key=lambda award: award.kind is AwardKind.BLOCK)


def below(app: Flask, token: str) -> list[str]:
    """Give every address under a permanent link that the application has."""
    found = []
    for rule in app.url_map.iter_rules():
        if rule.rule.startswith("/v/<token>") and "GET" in (rule.methods or set()):
            (choice,) = _CHOICE.findall(rule.rule) or [("", "none")]
            for value in re.findall(r"[\w.-]+", choice[0]) or [""]:
                built = rule.build({"token": token, choice[1]: value} if value else {"token": token})
                assert built is not None
                found.append(built[1])
    return found


def test_everything_under_a_link_that_is_off_is_gone(
    served: Served, office: Office, awards: Sequence[Award]
) -> None:
    client, award = served.app.test_client(), awards[0]
    addresses = [
        *below(served.app, award.token),
        f"/v/{award.token}?format=json",
        f"/v/{award.token}?format=png",
    ]
    assert {f"/v/{award.token}", f"/v/{award.token}/report", f"/v/{award.token}/qr.png"} < set(addresses)
    assert len(addresses) >= 8
    assert switch_link(office, award.number, opened=False, by="holder")
    for address in addresses:
        for headers in (BROWSER, PROGRAM, {"Accept": "application/vc"}):
            answer = client.get(address, headers=headers)
            assert answer.status_code == 410, (address, headers)
            assert award.holder not in answer.text
            assert award.number not in answer.text
    page = client.get(f"/v/{award.token}", headers=BROWSER).text
    assert "Le document lui-même n’est pas en cause" in page
    assert client.get(f"/v/{awards[1].token}").status_code == 200
    assert switch_link(office, award.number, opened=True, by="holder")
    assert client.get(f"/v/{award.token}", headers=BROWSER).status_code == 200


def test_a_file_is_checked_as_before(served: Served, office: Office, awards: Sequence[Award]) -> None:
    with office.store.reading() as registry:
        stored = registry.credential(awards[0].number)
    assert stored is not None
    switch_link(office, awards[0].number, opened=False, by="holder")
    handed_in = {"file": (io.BytesIO(stored), "attestation.json")}
    page = served.app.test_client().post("/verify", data=handed_in, headers=BROWSER)
    assert "Certification authentique et en vigueur" in page.text


def test_the_holder_switches_the_link_and_the_space_says_what_it_does(
    served: Served, awards: Sequence[Award]
) -> None:
    inside, award = served.entered(), awards[0]
    address = f"/moi/attestations/{award.number}/lien"
    page = inside.get(address).text
    for told in ("code QR imprimé", "LinkedIn", "employeur", "vos partages restent ouverts", award.token):
        assert told in page
    token = csrf(inside)
    for _ in range(2):
        answer = inside.post(address, data={"csrf": token, "wanted": "off"})
        assert (answer.status_code, answer.headers["Location"]) == (303, address)
    assert "Vous avez désactivé ce lien" in inside.get(address).text
    assert "lien désactivé" in inside.get("/moi/attestations").text
    assert inside.get(f"/v/{award.token}", headers=BROWSER).status_code == 410
    inside.post(address, data={"csrf": token, "wanted": "on"})
    assert inside.get(f"/v/{award.token}", headers=BROWSER).status_code == 200
    assert inside.post(address, data={"csrf": token, "wanted": "perhaps"}).status_code == 400


def test_what_the_registry_switched_off_its_holder_does_not_switch_on(
    served: Served, office: Office, awards: Sequence[Award]
) -> None:
    inside, award = served.entered(), awards[0]
    address = f"/moi/attestations/{award.number}/lien"
    switch_link(office, award.number, opened=False, by="scolarite")
    assert "La scolarité a désactivé ce lien" in inside.get(address).text
    answer = inside.post(address, data={"csrf": csrf(inside), "wanted": "on"})
    assert answer.status_code == 409
    assert "elle seule peut le rouvrir" in answer.text
    assert inside.get(f"/v/{award.token}", headers=BROWSER).status_code == 410


def test_a_persons_acts_reach_no_other_persons_award(served: Served, office: Office) -> None:
    inside = served.entered()
    other = next(award for award in find_awards(office) if award.candidate_id != HOLDER)
    token = csrf(inside)
    for number in (other.number, "2026-999999", "x"):
        for ending in ("lien", "profil"):
            assert inside.get(f"/moi/attestations/{number}/{ending}").status_code == 404
        for ending, data in (("lien", {"wanted": "off"}), ("choix", {"choice": Choice.NAME_ON_CARD.value})):
            answer = inside.post(f"/moi/attestations/{number}/{ending}", data={"csrf": token, **data})
            assert answer.status_code == 404
    with office.store.reading() as registry:
        assert registry.link_is_open(other.number)
        assert not any(registry.choices(other.number).values())


def test_nothing_is_done_without_a_session_or_without_its_token(
    served: Served, awards: Sequence[Award]
) -> None:
    inside, outside = served.entered(), served.app.test_client()
    number = awards[0].number
    forms = (f"/moi/attestations/{number}/lien", f"/moi/attestations/{number}/choix", "/moi/partages")
    for address in (*forms[::2], f"/moi/attestations/{number}/profil"):
        assert outside.get(address).status_code == 403
    for address in forms:
        data = {"wanted": "off", "attestation": number, "term": "7"}
        assert outside.post(address, data=data).status_code == 403
        assert inside.post(address, data=data).status_code == 403
    assert inside.get(f"/v/{awards[0].token}", headers=BROWSER).status_code == 200


def test_each_switch_leaves_its_line_and_the_trail_stays_whole(
    office: Office, awards: Sequence[Award]
) -> None:
    number = awards[0].number
    assert not switch_link(office, number, opened=True, by="scolarite")
    assert switch_link(office, number, opened=False, by="holder")
    assert not switch_link(office, number, opened=False, by="scolarite")
    assert switch_link(office, number, opened=True, by="scolarite")
    with office.store.reading() as registry:
        trail = [(entry.actor, entry.action) for entry in registry.audit_entries() if entry.subject == number]
        story = [(switch.by, switch.opened) for switch in registry.link_switches(number)]
    assert trail[-2:] == [("holder", "link.closed"), ("scolarite", "link.opened")]
    assert story == [("holder", False), ("scolarite", True)]
    assert not verify_audit(office).faults


def opened_twice(client: FlaskClient, award: Award) -> None:
    for headers in ({"Accept": "*/*"}, PROGRAM, {**BROWSER, "Sec-Purpose": "prefetch"}):
        client.get(f"/v/{award.token}", headers=headers)
        client.head(f"/v/{award.token}", headers=BROWSER)
    for _ in range(2):
        assert client.get(f"/v/{award.token}", headers=BROWSER).status_code == 200


def test_a_first_opening_is_noted_and_told_once_where_it_was_asked(
    served: Served, office: Office, awards: Sequence[Award]
) -> None:
    inside, (asked, silent) = served.entered(), awards[:2]
    choice = f"/moi/attestations/{asked.number}/choix"
    data = {"csrf": csrf(inside), "choice": Choice.TELL_FIRST_OPENING.value}
    assert inside.post(choice, data=data).status_code == 303
    with office.store.reading() as registry:
        assert registry.first_opening(asked.number) is None
    for award in (asked, silent):
        opened_twice(served.app.test_client(), award)
    with office.store.reading() as registry:
        told = [notice for notice in registry.notices() if notice.kind is NoticeKind.FIRST_OPENING]
        assert registry.first_opening(asked.number) is not None
        assert registry.first_opening(silent.number) is None
    assert [(notice.candidate_id, list(notice.numbers)) for notice in told] == [(HOLDER, [asked.number])]
    assert "Ouvert pour la première fois" in inside.get(f"/moi/attestations/{asked.number}/lien").text


def test_a_preview_bears_the_name_once_its_holder_chose_so(served: Served, awards: Sequence[Award]) -> None:
    inside, award = served.entered(), awards[0]

    def preview() -> str:
        return inside.get(f"/v/{award.token}", headers=BROWSER).text.partition("</head>")[0]

    choice, token = f"/moi/attestations/{award.number}/choix", csrf(inside)
    assert award.holder not in preview()
    inside.post(choice, data={"csrf": token, "choice": Choice.NAME_ON_CARD.value})
    assert award.holder in preview()
    assert (
        'value="name-on-card" aria-describedby="card-hint" checked'
        in inside.get(f"/moi/attestations/{award.number}/lien").text
    )
    inside.post(choice, data={"csrf": token})
    assert award.holder not in preview()


def test_a_replaced_award_has_no_room_in_the_space_any_more(
    served: Served, office: Office, awards: Sequence[Award]
) -> None:
    inside, old = served.entered(), awards[0]
    token = csrf(inside)
    with office.store.writing() as registry:
        registry.change_state(
            StatusEvent(old.number, AwardState.REPLACED, None, None, office.clock.now(), "scolarite")
        )
    for ending in ("lien", "profil"):
        answer = inside.get(f"/moi/attestations/{old.number}/{ending}")
        assert answer.status_code == 404
        assert old.token not in answer.text
    for ending, data in (("lien", {"wanted": "off"}), ("choix", {"choice": Choice.NAME_ON_CARD.value})):
        answer = inside.post(f"/moi/attestations/{old.number}/{ending}", data={"csrf": token, **data})
        assert answer.status_code == 404
    with office.store.reading() as registry:
        assert registry.link_is_open(old.number)
        assert not any(registry.choices(old.number).values())
