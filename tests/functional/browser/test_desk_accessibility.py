"""axe-core finds nothing on any page of the desk, and none of them scrolls sideways.

Each page is visited once: measured at 320 px, examined at 360 px in light and at 1280 px in dark. With
``PICTURES=FOLDER`` each leaves a picture of both there.
"""

import io
import json
import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page

from issuer.bootstrap import (
    fiche_desk,
    found_office,
    legal_desk,
    lifecycle_desk,
    public_desk,
    season_desk,
    shipped_certifications,
)
from issuer.domain.award import AwardState, WithdrawalReason
from issuer.samples import sample_files
from issuer.services.office import Office
from issuer.services.register import find_awards
from issuer.services.withdrawing import revoke, suspend
from issuer.web import create_app
from issuer.web.staff_cookies import PATH
from tests.faults.desks import hand_in, issue_all
from tests.faults.quick_keys import QUICK_ROUNDS
from tests.functional.browser.test_accessibility import OPEN_ALL, OVERFLOWS, RUN
from tests.support.season import Browser as Client
from tests.support.serving import served
from tests.support.staff import Crew, csrf, open_crew
from tests.support.stage import ADDRESS, stage_settings

pytestmark = pytest.mark.enable_socket

ENTERS, APPROVES, READS, RULES = "sofia.saisie", "victor.validation", "aude.audit", "adele.administration"
NOBODY, WITHOUT_ROLE = "", "rene.sansrole"
LAST_RECORD = "pv-jury-2025-06.csv"


@dataclass(frozen=True, slots=True)
class Looked:
    """The desk in a browser: a page for each of the people, and where things are."""

    pages: Mapping[str, Page]
    places: Mapping[str, str]
    axe: str


@dataclass(frozen=True, slots=True)
class Room:
    """One page.

    Attributes:
        name: What its pictures are called.
        login: Who looks at it; nobody signed in if empty.
        address: Where, below the desk's own; ``{name}`` stands for a place of :class:`Looked`.
        then: A script that leads on from there, such as the filling in of a form.
    """

    name: str
    login: str
    address: str
    then: str | None = None


def _sent(*fields: str) -> str:
    """Give the script that fills in the form of the first field and sends it."""
    filled = [field.split("=", 1) for field in fields]
    return (
        "(() => { const all = (name) => document.querySelector(`main [name='${name}']`);"
        + "".join(f"all({json.dumps(name)}).value = {json.dumps(value)};" for name, value in filled)
        + f"all({json.dumps(filled[0][0])}).form.submit() }})()"
    )


ROOMS = (
    Room("entrer", NOBODY, "/entrer"),
    Room("entrer-refuse", NOBODY, "/entrer", _sent("name=x", "password=y", "code=000000")),
    Room("arrivee", NOBODY, "/arrivee/{arrival}"),
    Room("arrivee-inconnue", NOBODY, "/arrivee/" + "x" * 43),
    Room("bienvenue", WITHOUT_ROLE, ""),
    Room("autre-role", WITHOUT_ROLE, "/comptes"),
    Room("confirmer", APPROVES, "/confirmer?suite=/registre/ordres"),
    Room("mon-compte", ENTERS, "/compte"),
    Room("comptes", RULES, "/comptes"),
    Room("compte", RULES, "/comptes/rene.sansrole"),
    Room("a-traiter", ENTERS, "/a-traiter"),
    Room("delivrances", ENTERS, "/delivrances"),
    Room("delivrances-vide", ENTERS, "/delivrances?number=2020-000001"),
    Room("valable", ENTERS, "/delivrances/{valid}"),
    Room("suspendue", ENTERS, "/delivrances/{suspended}"),
    Room("retiree", READS, "/delivrances/{revoked}"),
    Room("delivrance-inconnue", ENTERS, "/delivrances/2020-000001"),
    Room("ce-que-voit", ENTERS, "/delivrances", _sent("reference={valid}")),
    Room("annulations", ENTERS, "/delivrances/annulations"),
    Room("liste", ENTERS, "/delivrances/lot"),
    Room("essai", ENTERS, "/delivrances/lot", _sent("numbers={valid} 2020-000001", "kind=revoke", "reason=erreur-materielle")),
    Room("ordres", ENTERS, "/ordres"),
    Room("ordre-delivrer", APPROVES, "/ordres/{issue}"),
    Room("ordre-retirer", APPROVES, "/ordres/{revoke}"),
    Room("ordre-fiche", APPROVES, "/ordres/{certification}"),
    Room("ordre-equivalence", APPROVES, "/ordres/{equivalence}"),
    Room("ordre-compte", RULES, "/ordres/{account}"),
    Room("ordre-effacer", APPROVES, "/ordres/{erase}"),
    Room("saisie", ENTERS, "/saisie"),
    Room("fichier", ENTERS, "/saisie/{draft}"),
    Room("fichier-retire", ENTERS, "/saisie/D-AAAAAAA"),
    Room("a-la-main", ENTERS, "/saisie/formulaire"),
    Room("plan", ENTERS, "/saisie/plan"),
    Room("plan-personne", ENTERS, "/saisie/plan/personne?candidat=C001"),
    Room("approbation", APPROVES, "/saisie/approbation/{issue}"),
    Room("delivrance", ENTERS, "/saisie/delivrance/{issue}"),
    Room("courriels", ENTERS, "/saisie/courriels"),
    Room("rapports", ENTERS, "/saisie/rapports"),
    Room("rapport", READS, "{report}"),
    Room("certifications", ENTERS, "/certifications"),
    Room("fiche", ENTERS, "/certifications/fiche/RNCP35080"),
    Room("exports", ENTERS, "/exports-legaux"),
    Room("statistiques", ENTERS, "/exports-legaux/statistiques"),
    Room("personne", ENTERS, "/exports-legaux/personne?candidat=C001"),
    Room("personne-inconnue", ENTERS, "/exports-legaux/personne?candidat=C999"),
)  # fmt: skip


def _issued(office: Office) -> dict[str, str]:
    """Fill the register: some awards in every state, and a record that waits for its plan."""
    alone, files = replace(office, four_eyes=False), dict(sample_files())
    later = files.pop(LAST_RECORD)
    hand_in(alone, files)
    issue_all(alone)
    first, second, third, *_rest = [award.number for award in find_awards(alone, None, AwardState.VALID)]
    suspend(alone, second, WithdrawalReason.JURY_OR_COURT, None, actor="scolarite")
    revoke(alone, third, WithdrawalReason.MATERIAL_ERROR, None, actor="scolarite")
    hand_in(alone, {LAST_RECORD: later})
    return {"valid": first, "suspended": second, "revoked": third}


def _asked(app: Flask, crew: Crew, places: Mapping[str, str]) -> dict[str, str]:
    """Ask for one order of each kind, and leave a file with faults."""
    entry, rules = (
        Client(browser, csrf(browser)) for browser in (crew.browser(app, who) for who in (ENTERS, RULES))
    )
    draft = entry.upload(LAST_RECORD, sample_files()[LAST_RECORD] + b"\n").request.path.rsplit("/", 1)[-1]
    plan = re.search(r'name="plan" value="([0-9a-f]{64})"', entry.get("/registre/saisie/plan").text)
    assert plan is not None
    entry.post("/registre/saisie/plan/soumettre", plan=plan[1], note="Relu avec le secrétariat du jury.")
    act = {"numbers": places["valid"], "kind": "revoke", "reason": "erreur-materielle"}
    seen = re.search(
        r'name="seen" value="([0-9a-f]{64})"', entry.post("/registre/delivrances/lot", **act).text
    )
    assert seen is not None
    entry.post("/registre/delivrances/lot/demande", seen=seen[1], note="Signalé par le centre.", **act)
    (sheet,) = (each for each in shipped_certifications() if each["code"] == "RNCP35080")
    changed = json.dumps({**sheet, "title": "Autre intitulé"}, default=str).encode()
    entry.post("/registre/certifications/demander", fiche=(io.BytesIO(changed), "fiche.yaml"))
    entry.post(
        "/registre/certifications/equivalences",
        de="RNCP28720", vers="RNCP35080", blocs="RNCP28720BC01=RNCP35080BC01", base="jury", reference="PV 12",
    )  # fmt: skip
    entry.post("/registre/exports-legaux/personne/effacement", candidat="C002", motif="demande", note="")
    rules.post(f"/registre/comptes/{WITHOUT_ROLE}/roles", role=["saisie"], note="Renfort de rentrée")
    report = entry.post("/registre/saisie/rapports").request.path.removeprefix("/registre")
    with crew.office.store.reading() as registry:
        asked = {order.kind.value: order.id for order in registry.orders()}
    return {"draft": draft, "report": report, **asked}


@pytest.fixture(scope="module")
def looked(
    tmp_path_factory: pytest.TempPathFactory, chromium: Browser, port: int, axe: str
) -> Iterator[Looked]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("keys.file_key.KDF_ROUNDS", QUICK_ROUNDS)
        settings = stage_settings(tmp_path_factory.mktemp("desk"), ADDRESS)
        office, _new = found_office(settings, lambda: "a desk, thrown away", actor="system:test")
        places = _issued(office)
    crew = open_crew(office, settings.data)
    crew.everybody()
    app = _app(crew)
    places |= _asked(app, crew, places)
    crew.add("nadia.nouvelle")
    places["arrival"] = crew.counter.invite("nadia.nouvelle", actor=RULES).rpartition("/")[2]
    with served(app, port, encrypted=True):
        pages = {login: _page(chromium, crew, login) for login in sorted({room.login for room in ROOMS})}
        yield Looked(pages, places, axe)
        for page in pages.values():
            page.context.close()


def _app(crew: Crew) -> Flask:
    desk = public_desk(crew.office)
    return create_app(
        desk,
        staff=crew.counter,
        season=season_desk(crew.office),
        lifecycle=lifecycle_desk(crew.office, desk),
        legal=legal_desk(crew.office),
        fiches=fiche_desk(crew.office),
    )


def _page(chromium: Browser, crew: Crew, login: str) -> Page:
    context = chromium.new_context(locale="fr-FR", ignore_https_errors=True)
    if login:
        value = crew.secret(login)
        context.add_cookies(
            [{"name": "__Secure-registre", "value": value, "domain": ADDRESS.partition("//")[2], "path": PATH, "secure": True}]
        )  # fmt: skip
    return context.new_page()


def _picture(page: Page, name: str) -> None:
    folder = os.environ.get("PICTURES")
    if folder:
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


@pytest.mark.parametrize("room", ROOMS, ids=lambda room: room.name)
def test_a_page_of_the_desk_has_no_violation_and_never_scrolls_sideways(looked: Looked, room: Room) -> None:
    page = looked.pages[room.login]
    page.set_viewport_size({"width": 320, "height": 900})
    page.emulate_media(color_scheme="light")
    answer = page.goto(f"{ADDRESS}{PATH}{_filled(room.address, looked.places)}")
    assert answer is not None
    assert answer.status < 500
    if room.then:
        with page.expect_navigation():
            page.evaluate(_filled(room.then, looked.places))
    assert len(page.locator("main").inner_text()) > 30
    page.evaluate(OPEN_ALL)
    found: list[object] = ["sideways"] if page.evaluate(OVERFLOWS) else []
    page.evaluate(looked.axe)
    for width, scheme in ((360, "light"), (1280, "dark")):
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]  # one of the two
        found += [(width, scheme, violation) for violation in page.evaluate(RUN)]
        _picture(page, f"{room.name}-{width}")
    assert found == []


def _filled(text: str, places: Mapping[str, str]) -> str:
    for name, value in places.items():
        text = text.replace(f"{{{name}}}", value)
    return text
