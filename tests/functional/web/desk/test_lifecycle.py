"""Awards and orders at the desk: asked by one person, decided by another, carried out by the worker."""

import re
import shutil
from collections.abc import Sequence
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from issuer.bootstrap import lifecycle_desk, public_desk
from issuer.domain.award import Award, AwardKind, AwardState
from issuer.domain.staff import Role
from issuer.ports import AuditEntry
from issuer.ports.orders import Order, OrderState
from issuer.services.office import Office
from issuer.services.order_acts import HANDLERS
from issuer.services.orders import carry_out, orders
from issuer.services.register import find_awards, verify_audit
from issuer.web import create_app
from tests.faults.desks import open_desk
from tests.support.staff import Crew, csrf, open_crew

ASKS, DECIDES, READS = "sofia.saisie", "victor.validation", "aude.audit"
REVOKE = {"kind": "revoke", "reason": "erreur-materielle"}


@dataclass(frozen=True, slots=True)
class Room:
    """A desk where four eyes are on, and three people at it."""

    crew: Crew
    office: Office
    asks: FlaskClient
    decides: FlaskClient
    reads: FlaskClient

    def awards(self) -> list[Award]:
        return find_awards(self.office)

    def state(self, number: str) -> AwardState:
        return next(award.state for award in self.awards() if award.number == number)

    def order(self) -> Order:
        return orders(self.office)[-1]

    def work(self) -> Order:
        return carry_out(self.office, self.order().id, HANDLERS, actor="system:worker")


@pytest.fixture
def room(issued_folder: Path, tmp_path: Path) -> Room:
    folder = Path(shutil.copytree(issued_folder, tmp_path / "data"))
    crew = open_crew(replace(open_desk(folder), four_eyes=True), folder)
    crew.everybody()
    office = crew.office
    desk = public_desk(office)
    app = create_app(desk, staff=crew.counter, lifecycle=lifecycle_desk(office, desk))
    return Room(crew, office, *(crew.browser(app, login) for login in (ASKS, DECIDES, READS)))


def send(client: FlaskClient, address: str, **form: object) -> TestResponse:
    return client.post(f"/registre{address}", data={"csrf": csrf(client), **form})


def ask(room: Room, numbers: list[str], count: str | None = None, **act: str) -> Order:
    act = act or REVOKE
    tried = send(room.asks, "/delivrances/lot", numbers=" ".join(numbers), **act)
    assert tried.status_code == 200, tried.text
    seen = re.search(r'name="seen" value="([0-9a-f]{64})"', tried.text)
    assert seen is not None
    asked = send(
        room.asks,
        "/delivrances/lot/demande",
        numbers=" ".join(numbers),
        seen=seen[1],
        count=count or str(len(numbers)),
        note="signalé par le centre",
        **act,
    )
    assert asked.status_code == 303, asked.text
    return room.order()


def test_one_asks_another_approves_and_the_worker_withdraws(room: Room) -> None:
    numbers = [award.number for award in room.awards()[:3]]
    order = ask(room, numbers)
    assert {room.state(number) for number in numbers} == {AwardState.VALID}

    own = send(room.asks, f"/ordres/{order.id}/approuver")
    assert own.status_code == 403
    approved = send(room.decides, f"/ordres/{order.id}/approuver")
    assert approved.status_code == 303, approved.text
    done = room.work()

    assert done.state is OrderState.DONE
    assert done.events[-1].details["done"] == 3
    assert {room.state(number) for number in numbers} == {AwardState.REVOKED}
    page = room.reads.get(f"/registre/ordres/{order.id}").text
    assert DECIDES in page
    assert "Faites\u202f: 3." in page
    story = room.reads.get(f"/registre/delivrances/{numbers[0]}").text
    for said in (ASKS, DECIDES, order.id, "signalé par le centre", "retirée", "erreur matérielle"):
        assert said in story
    # The test opens its accounts by hand, and the trail says so.
    assert {fault.code for fault in verify_audit(room.office).faults} <= {"audit.account"}


def test_who_asked_may_not_approve_even_with_the_role(room: Room) -> None:
    both = room.crew.add("berthe.deux", {Role.ENTRY, Role.APPROVAL})
    client = room.crew.browser(room.asks.application, both)
    number = room.awards()[0].number
    order = ask(replace(room, asks=client), [number])

    refused = send(client, f"/ordres/{order.id}/approuver")

    assert refused.status_code == 403
    assert "une autre personne" in refused.text
    assert "ont saisi ou demandé" in client.get(f"/registre/ordres/{order.id}").text
    assert room.order().state is OrderState.PROPOSED


def test_a_dry_run_names_each_number_and_why_some_are_left_out_and_changes_nothing(room: Room) -> None:
    block = next(award for award in room.awards() if award.kind is AwardKind.BLOCK)
    tried = send(
        room.asks, "/delivrances/lot", numbers=f"{block.number};1999-000001\n{block.number}", **REVOKE
    )

    assert "aucune délivrance sous ce numéro" in tried.text
    assert "reste en vigueur et nomme ce bloc" in tried.text
    assert "touchées\u202f: 1. Laissées de côté\u202f: 1." in tried.text
    assert orders(room.office) == []


def test_the_count_is_typed_again(room: Room) -> None:
    numbers = " ".join(award.number for award in room.awards()[:4])
    tried = send(room.asks, "/delivrances/lot", numbers=numbers, **REVOKE)
    seen = re.search(r'name="seen" value="([0-9a-f]{64})"', tried.text)
    assert seen is not None
    for typed in ("", "3", "quatre"):
        asked = send(
            room.asks, "/delivrances/lot/demande", numbers=numbers, seen=seen[1], count=typed, **REVOKE
        )
        assert asked.status_code == 409
        assert "Le nombre écrit" in asked.text
    assert orders(room.office) == []


def test_what_changed_since_the_dry_run_is_shown_again(room: Room) -> None:
    first, second = (award.number for award in room.awards()[:2])
    tried = send(room.asks, "/delivrances/lot", numbers=f"{first} {second}", **REVOKE)
    seen = re.search(r'name="seen" value="([0-9a-f]{64})"', tried.text)
    assert seen is not None
    order = ask(room, [first])
    send(room.decides, f"/ordres/{order.id}/approuver")
    room.work()

    asked = send(
        room.asks, "/delivrances/lot/demande", numbers=f"{first} {second}", seen=seen[1], count="1", **REVOKE
    )

    assert asked.status_code == 409
    assert "ont changé" in asked.text
    assert len(orders(room.office)) == 1


def test_a_file_of_a_spreadsheet_is_read(room: Room) -> None:
    number = room.awards()[0].number
    file = (BytesIO(f"\ufeffnuméro;état\r\n{number};x\r\n".encode("utf-16")), "liste.csv")
    plain = (BytesIO(f"numéro;état\r\n{number};x\r\n".encode("cp1252")), "liste.csv")
    for each in (file, plain):
        tried = send(room.asks, "/delivrances/lot", file=each, **REVOKE)
        assert number in tried.text
        assert tried.status_code == 200


def test_an_order_is_refused_with_a_reason_or_taken_back_by_who_asked(room: Room) -> None:
    number = room.awards()[0].number
    first = ask(room, [number])
    assert send(room.decides, f"/ordres/{first.id}/refuser", note=" ").status_code == 403
    assert send(room.decides, f"/ordres/{first.id}/reprendre").status_code == 409
    assert send(room.decides, f"/ordres/{first.id}/refuser", note="mauvais numéro").status_code == 303
    assert "mauvais numéro" in room.asks.get(f"/registre/ordres/{first.id}").text
    second = ask(room, [number])
    assert send(room.asks, f"/ordres/{second.id}/reprendre").status_code == 303
    assert [order.state for order in orders(room.office)] == [OrderState.REFUSED, OrderState.TAKEN_BACK]
    assert send(room.decides, f"/ordres/{second.id}/approuver").status_code == 409


def test_an_approval_needs_a_second_factor_given_a_moment_ago(room: Room) -> None:
    order = ask(room, [room.awards()[0].number])
    room.crew.clock.pass_by(minutes=11)

    answer = send(room.decides, f"/ordres/{order.id}/approuver")

    assert answer.status_code == 303
    assert "/registre/confirmer" in answer.headers["Location"]
    assert room.order().state is OrderState.PROPOSED


def test_the_list_is_filtered_and_a_name_is_never_in_an_address(room: Room) -> None:
    award = room.awards()[0]
    assert award.number in room.reads.get(f"/registre/delivrances?candidate={award.candidate_id}").text
    other = next(each for each in room.awards() if each.candidate_id != award.candidate_id)
    assert other.number not in room.reads.get(f"/registre/delivrances?candidate={award.candidate_id}").text
    before = len(audit_of(room))

    found = send(room.reads, "/delivrances/recherche/par-nom", name="MARCHAND helene")

    assert award.number in found.text
    assert other.number not in found.text
    (line,) = audit_of(room)[before:]
    assert (line.actor, line.action) == (READS, "award.searched")
    assert "archand" not in line.details.lower()
    assert send(room.reads, "/delivrances/recherche/par-nom", name="h").status_code == 400


def audit_of(room: Room) -> Sequence[AuditEntry]:
    with room.office.store.reading() as registry:
        return registry.audit_entries()


def test_what_an_employer_sees_is_found_by_link_number_and_code(room: Room) -> None:
    award = room.awards()[0]
    with room.office.store.reading() as registry:
        code = registry.short_code(award.number)
    for reference in (award.number, award.credential_id, code):
        shown = send(room.reads, "/delivrances/recherche/par-lien", reference=reference)
        assert "authentique et en vigueur" in shown.text
        assert award.number in shown.text
    nothing = send(room.reads, "/delivrances/recherche/par-lien", reference="https://exemple.fr/x")
    assert nothing.status_code == 404
    assert "(404)" in nothing.text


def test_a_link_is_switched_off_and_on_and_the_desk_says_what_the_employer_gets(room: Room) -> None:
    number = room.awards()[0].number
    assert send(room.asks, f"/delivrances/{number}/lien", wanted="off").status_code == 303
    page = room.reads.get(f"/registre/delivrances/{number}").text
    assert "lien désactivé par la scolarité" in page
    assert "410" in page
    assert send(room.asks, f"/delivrances/{number}/lien", wanted="on").status_code == 303
    assert "la page de vérification s’ouvre" in room.reads.get(f"/registre/delivrances/{number}").text
    assert send(room.asks, f"/delivrances/{number}/lien", wanted="perhaps").status_code == 403


def test_a_duplicate_has_a_number_of_its_own_and_revokes_nothing(room: Room) -> None:
    number = room.awards()[0].number
    assert send(room.asks, f"/delivrances/{number}/duplicata", reason="perte").status_code == 303
    assert f"{number}-D1" in room.reads.get(f"/registre/delivrances/{number}").text
    assert room.state(number) is AwardState.VALID
    assert send(room.asks, f"/delivrances/{number}/duplicata", reason="envie").status_code == 403


def test_the_list_of_what_is_to_do_leads_to_each_thing(room: Room) -> None:
    order = ask(room, [room.awards()[0].number])
    page = room.decides.get("/registre/a-traiter").text
    assert f"/registre/ordres/{order.id}" in page
    assert page.index("Cette semaine") < page.index("Quand vous pourrez")


def test_a_filter_s_result_is_a_list_to_act_on(room: Room) -> None:
    first = room.awards()[0]
    page = room.asks.get(f"/registre/delivrances/lot?candidate={first.candidate_id}").text
    mine = [award.number for award in room.awards() if award.candidate_id == first.candidate_id]
    assert all(number in page for number in mine)
    assert "2026-" not in room.asks.get("/registre/delivrances/lot").text.replace("2026-000017", "")


def test_the_pages_speak_english_too(room: Room) -> None:
    order = ask(room, [room.awards()[0].number])
    number = room.awards()[0].number
    for address in ("a-traiter", "delivrances", f"delivrances/{number}", "delivrances/annulations", "ordres"):
        text = room.reads.get(f"/registre/{address}?lang=en").text
        assert 'lang="en"' in text
        assert "Délivrances" not in text
    assert "Withdraw" in room.reads.get(f"/registre/ordres/{order.id}?lang=en").text
