"""A jury season at the desk, played by three people in Chromium: enter, approve, audit; then what befalls awards.

The register has four eyes on. What two people decide is carried out by the worker's own code, in this process;
the web application never opens the key. With ``PICTURES=FOLDER`` each step leaves a picture there.
"""

import io
import os
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from email import message_from_bytes, policy
from pathlib import Path

import pytest
from flask import Flask
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, expect

from issuer.bootstrap import (
    code_desk,
    correct_order_handler,
    doubt_desk,
    evidence_desk,
    found_office,
    holder_desk,
    lifecycle_desk,
    post_office,
    public_desk,
    rate_limits,
    receipt_desk,
    season_desk,
    sharing_desk,
    web_post,
)
from issuer.bootstrap.wiring import MAIL_FOLDER
from issuer.config import Settings
from issuer.domain.award import Award, AwardKind, AwardState
from issuer.ports.orders import Advance, Order, OrderKind, OrderState
from issuer.samples import sample_files
from issuer.services.office import Office
from issuer.services.order_acts import HANDLERS
from issuer.services.orders import carry_out, due_orders, orders
from issuer.services.register import find_awards, verify_audit
from issuer.services.securing import InstitutionSigner
from issuer.web import create_app
from tests.faults.quick_keys import quick_keys
from tests.support.serving import free_port, served
from tests.support.staff import PASSWORD, Crew, open_crew
from tests.support.stage import stage_settings

pytestmark = [pytest.mark.enable_socket, pytest.mark.usefixtures("quick_keys")]
__all__ = ["quick_keys"]

COMPUTER = ViewportSize(width=1280, height=900)
SOFIA, VICTOR, AUDE = "sofia.saisie", "victor.validation", "aude.audit"
HELENE = "C001"


@dataclass(slots=True)
class Season:
    """A desk that is served at its own address, and those who work at it."""

    address: str
    settings: Settings
    office: Office
    crew: Crew
    pages: dict[str, Page]
    taken: int = 0

    def worker(self, midway: Callable[[], None] = lambda: None) -> None:
        """Carry out what is due, as the worker does, and send the mails; look in at half the way of an issue."""

        def issue(office: Office, order: Order, advance: Advance) -> Mapping[str, object]:
            def told(done: int, total: int) -> None:
                advance(done, total)
                if done == total // 2:
                    midway()

            return HANDLERS[OrderKind.ISSUE](office, order, told)

        handlers = {**HANDLERS, OrderKind.CORRECT: correct_order_handler(), OrderKind.ISSUE: issue}
        for order in due_orders(self.office):
            carried = carry_out(self.office, order.id, handlers, actor="system:worker")
            assert carried.state is OrderState.DONE, carried.events[-1].details
        post_office(self.settings, self.office).send_due()

    def awards(self, candidate: str | None = None, state: AwardState | None = None) -> list[Award]:
        """Give the awards as the register holds them."""
        return find_awards(self.office, candidate, state)

    def mails(self) -> list[str]:
        """Give the text of every mail that was written."""
        texts = []
        for file in sorted((self.settings.data / MAIL_FOLDER).glob("*.eml")):
            body = message_from_bytes(file.read_bytes(), policy=policy.default).get_body(("plain",))
            assert body is not None
            texts.append(str(body.get_content()))
        return texts

    def picture(self, page: Page, name: str) -> None:
        """Leave a picture for the guide, where a folder is named for them."""
        folder = os.environ.get("PICTURES")
        if folder:
            shot = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
            # Few colours: a guide's pictures are kept in the repository.
            shot.quantize(32).save(Path(folder) / f"{name}.png", optimize=True)


def _no_signer() -> InstitutionSigner:
    raise AssertionError("a web process opened the signing key")


def _app(settings: Settings, office: Office, crew: Crew) -> Flask:
    web = replace(office, open_signer=_no_signer)
    desk, limits = public_desk(web), rate_limits()
    return create_app(
        desk,
        holders=holder_desk(web, web_post(settings, web, lambda _line: None), limits),
        sharing=sharing_desk(web, desk),
        codes=code_desk(web),
        doubts=doubt_desk(web),
        limits=limits,
        receipts=receipt_desk(settings, web),
        roots=evidence_desk(web),
        staff=crew.counter,
        season=season_desk(web),
        lifecycle=lifecycle_desk(web, desk),
    )


@pytest.fixture
def season(tmp_path: Path, chromium: Browser, monkeypatch: pytest.MonkeyPatch) -> Iterator[Season]:
    port = free_port()
    address = f"http://localhost:{port}"
    settings = stage_settings(tmp_path / "service", address)
    office, _new = found_office(settings, lambda: "a season, thrown away", actor="system:test")
    crew = open_crew(replace(office, open_signer=_no_signer), settings.data)
    crew.everybody()
    made: list[BrowserContext] = []
    with served(_app(settings, office, crew), port):
        pages = {}
        for login in (SOFIA, VICTOR, AUDE):
            context = chromium.new_context(viewport=COMPUTER, locale="fr-FR", accept_downloads=True)
            made.append(context)
            pages[login] = context.new_page()
        yield Season(address, settings, office, crew, pages)
        for context in made:
            context.close()


def enter(season: Season, login: str) -> Page:
    """Sign in by the form: password and one-time code."""
    page = season.pages[login]
    page.goto(f"{season.address}/registre")
    page.get_by_label("Identifiant").fill(login)
    page.get_by_label("Mot de passe").fill(PASSWORD)
    page.get_by_label("Code à six chiffres").fill(season.crew.code())
    if login == SOFIA:
        season.picture(page, "entrer")
    page.get_by_role("button", name="Entrer", exact=True).click()
    return page


def hand_in(season: Season, page: Page, name: str, content: bytes) -> None:
    """Upload a file and take its good rows."""
    page.get_by_role("link", name="Saisie", exact=True).first.click()
    page.get_by_label("Fichier CSV").set_input_files(
        {"name": name, "mimeType": "text/csv", "buffer": content}
    )
    page.get_by_role("button", name="Déposer et contrôler").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(name)


def take(page: Page) -> None:
    only_good = page.get_by_label(re.compile("Prendre seulement les bonnes lignes"))
    if only_good.count():
        only_good.check()
    page.get_by_role("button", name="Prendre au registre", exact=True).click()


def test_a_season_from_the_files_to_the_graduates_page_and_what_comes_after(season: Season) -> None:
    sofia, victor, aude = (enter(season, login) for login in (SOFIA, VICTOR, AUDE))
    _enter_the_record(season, sofia)
    _submit_and_issue(season, sofia, victor)
    _mails_and_report(season, sofia, aude)
    _graduate_reads(season, aude)
    _name_changes(season, sofia, victor)
    _paper_is_lost(season, sofia)
    _decision_is_annulled(season, sofia, victor)
    _many_are_withdrawn(season, sofia, victor)
    _auditor_reads(season, aude)


def _enter_the_record(season: Season, sofia: Page) -> None:
    """Hand in every sample file with its errors, and correct a date on the page."""
    for name, content in sample_files().items():
        hand_in(season, sofia, name, content)
        if name == "pv-jury-2025-06.csv":
            wrong = sofia.locator("input[value='19/06/25']")
            expect(wrong).to_have_attribute("aria-invalid", "true")
            expect(sofia.get_by_text("E-CONDITIONAL-DECISION")).to_be_visible()
            season.picture(sofia, "corrections")
            with sofia.expect_download() as errors:
                sofia.get_by_role("link", name=re.compile("Télécharger toutes les erreurs")).click()
            assert b"19/06/25" in Path(errors.value.path()).read_bytes()
            wrong.fill("2025-06-19")
            sofia.get_by_role("button", name="Enregistrer et contrôler de nouveau").click()
            expect(sofia.locator("input[value='19/06/25']")).to_have_count(0)
        take(sofia)
        expect(sofia.get_by_role("heading", level=1)).to_have_text("Le fichier est pris au registre")
    hand_in(season, sofia, "jurys.csv", sample_files()["jurys.csv"])
    expect(sofia.get_by_text("Ce même fichier a déjà été pris")).to_be_visible()


def _submit_and_issue(season: Season, sofia: Page, victor: Page) -> None:
    """One asks, another approves, the worker issues; the page that was closed finds it done."""
    room(sofia, "Saisie")
    sofia.get_by_role("link", name=re.compile("Plan de toutes les sessions")).click()
    expect(sofia.get_by_role("heading", name="Spécimens à regarder")).to_be_visible()
    season.picture(sofia, "plan")
    sofia.get_by_label(re.compile("Un mot à la personne")).fill("Session relue avec le secrétariat du jury.")
    sofia.get_by_role("button", name="Soumettre à une autre personne").click()
    room(sofia, "Ordres")
    expect(sofia.get_by_role("button", name="Approuver la délivrance")).to_have_count(0)

    room(victor, "Ordres")
    victor.get_by_role("link", name=re.compile("^O-")).first.click()
    victor.get_by_role("link", name="Lire et décider").click()
    expect(victor.get_by_text("Rien\u202f: le dossier donne exactement le plan")).to_be_visible()
    season.picture(victor, "approbation")
    victor.get_by_role("button", name="Approuver la délivrance").click()
    expect(victor).to_have_url(re.compile("/saisie/delivrance/"))
    follow = sofia.context.new_page()
    follow.goto(victor.url)
    following = follow.url
    expect(follow.get_by_text("Vous pouvez fermer cette page")).to_be_visible()
    follow.close()

    def look_in() -> None:
        again = sofia.context.new_page()
        again.goto(following)
        expect(again.locator("progress")).to_be_visible()
        season.picture(again, "avancement")
        again.close()

    season.worker(look_in)
    assert season.awards(HELENE)
    back = sofia.context.new_page()
    back.goto(following)
    expect(back.get_by_text("La délivrance est terminée.")).to_be_visible()
    season.picture(back, "delivrance")
    back.close()


def _mails_and_report(season: Season, sofia: Page, aude: Page) -> None:
    """One mail came back and goes again; the report is dated and names both people."""
    assert len(season.mails()) >= 5
    room(sofia, "Saisie")
    sofia.get_by_role("link", name="Courriels").first.click()
    sofia.get_by_role("button", name=re.compile("revenu", re.IGNORECASE)).first.click()
    season.picture(sofia, "courriels")
    sofia.get_by_role("button", name=re.compile("Renvoyer|Envoyer de nouveau", re.IGNORECASE)).first.click()
    before = len(season.mails())
    season.worker()
    assert len(season.mails()) == before + 1
    room(sofia, "Saisie")
    sofia.get_by_role("link", name="Rapports").first.click()
    sofia.get_by_role("button", name=re.compile("rapport", re.IGNORECASE)).first.click()
    expect(sofia.get_by_text(VICTOR).first).to_be_visible()
    season.picture(sofia, "rapport")
    address = sofia.url
    aude.goto(address)
    expect(aude.get_by_text(SOFIA).first).to_be_visible()


def _graduate_reads(season: Season, page: Page) -> None:
    """A graduate follows the link of the mail; the page says what was awarded."""
    reader = page.context.browser.new_context(locale="fr-FR")  # type: ignore[union-attr]
    graduate = reader.new_page()
    title = next(award for award in season.awards(HELENE) if award.kind is AwardKind.TITLE)
    assert any(f"{season.address}/moi" in mail for mail in season.mails())
    graduate.goto(title.credential_id)
    expect(graduate.get_by_text("Hélène Marchand-Delvaux").first).to_be_visible()
    expect(graduate.get_by_role("heading", level=1)).to_contain_text("authentique")
    reader.close()


def _name_changes(season: Season, sofia: Page, victor: Page) -> None:
    """The new name is handed in, approved by another person, and takes the old documents' place."""
    old = next(award for award in season.awards(HELENE) if award.kind is AwardKind.TITLE)
    people = sample_files()["candidats.csv"].replace(b"Marchand-Delvaux,,", b"Marchand-Delvaux,Delvaux,", 1)
    hand_in(season, sofia, "candidats-nom.csv", people)
    sofia.get_by_label(re.compile("Changer ce sur quoi des délivrances reposent")).check()
    take(sofia)
    expect(sofia.get_by_role("heading", name="Une autre personne décide")).to_be_visible()
    approve(season, victor)
    season.worker()
    ask_on(season, sofia, old, "Remplacer", "changement d’état civil (réédition)")
    approve(season, victor)
    season.worker()
    new = next(award for award in season.awards(HELENE, AwardState.VALID) if award.kind is AwardKind.TITLE)
    assert new.number != old.number
    victor.goto(old.credential_id)
    expect(victor.get_by_text("remplacé").first).to_be_visible()
    assert "Delvaux" not in victor.locator("main").inner_text() or new.holder not in victor.content()
    open_award(season, sofia, new)
    season.picture(sofia, "histoire")


def _paper_is_lost(season: Season, sofia: Page) -> None:
    """A duplicate has a number of its own, and nothing is withdrawn."""
    award = next(award for award in season.awards(HELENE, AwardState.VALID))
    open_award(season, sofia, award)
    sofia.get_by_label("Établir un duplicata").select_option(label="perte")
    sofia.get_by_role("button", name="Établir le duplicata", exact=True).click()
    expect(sofia.get_by_text(f"{award.number}-D1").first).to_be_visible()
    assert award.number in {each.number for each in season.awards(HELENE, AwardState.VALID)}


def _decision_is_annulled(season: Season, sofia: Page, victor: Page) -> None:
    """A judge annuls a block: the withdrawal that follows is offered, and two people carry it out."""
    award = next(each for each in season.awards("C002", AwardState.VALID) if each.component.endswith("BC03"))
    lines = (
        "id_candidat,date_annulation,composants,auteur,motif,reference,date_decision\n"
        f"C002,2026-10-01,{award.component},juge,Jugement,TA-2026-1,{award.decided_on.isoformat()}\n"
    )
    hand_in(season, sofia, "annulations.csv", lines.encode())
    if sofia.get_by_label(re.compile("Changer ce sur quoi")).count():
        sofia.get_by_label(re.compile("Changer ce sur quoi")).check()
    take(sofia)
    sofia.goto(f"{season.address}/registre/delivrances/annulations")
    expect(sofia.get_by_text(award.number).first).to_be_visible()
    season.picture(sofia, "annulation")
    sofia.get_by_role("button", name="Préparer le retrait").first.click()
    request(sofia, "Jugement du tribunal administratif")
    approve(season, victor)
    season.worker()
    assert award.number in {each.number for each in season.awards(state=AwardState.REVOKED)}


def _many_are_withdrawn(season: Season, sofia: Page, victor: Page) -> None:
    """A list of numbers: rehearsed, counted again, approved, carried out one by one."""
    numbers = [award.number for award in season.awards("C003", AwardState.VALID)]
    assert numbers
    room(sofia, "Délivrances")
    sofia.get_by_role("link", name=re.compile("liste", re.IGNORECASE)).first.click()
    sofia.get_by_label("Numéros").fill(" ".join([*numbers, "2026-999999"]))
    sofia.get_by_label("Acte").select_option(label="Retirer")
    sofia.get_by_label("Motif").select_option(index=1)
    sofia.get_by_role("button", name="Faire l’essai").click()
    season.picture(sofia, "retrait-en-nombre")
    request(sofia, "Épreuve annulée par le jury", count=len(numbers))
    approve(season, victor)
    season.worker()
    assert set(numbers) <= {each.number for each in season.awards(state=AwardState.REVOKED)}
    sofia.goto(f"{season.address}/registre")
    season.picture(sofia, "a-traiter")


def _auditor_reads(season: Season, aude: Page) -> None:
    """The auditor finds who asked and who approved, and can change nothing; the trail is whole."""
    withdrawn = season.awards("C003", AwardState.REVOKED)[0]
    open_award(season, aude, withdrawn)
    for login in (SOFIA, VICTOR):
        expect(aude.get_by_text(login).first).to_be_visible()
    expect(aude.get_by_role("button", name="Voir les conséquences")).to_have_count(0)
    season.picture(aude, "audit")
    # The people of this story were put into the register by hand, which the trail does not hold.
    assert {fault.code for fault in verify_audit(season.office).faults} <= {"audit.account"}


def room(page: Page, name: str) -> None:
    page.get_by_role("navigation", name="Registre").get_by_role("link", name=name, exact=True).click()


def open_award(season: Season, page: Page, award: Award) -> None:
    page.goto(f"{season.address}/registre/delivrances/{award.number}")
    expect(page.get_by_role("heading", level=1)).to_contain_text(award.number)


def ask_on(season: Season, page: Page, award: Award, act: str, reason: str) -> None:
    open_award(season, page, award)
    form = page.locator("form").filter(has=page.get_by_label(act, exact=True))
    form.get_by_label(act, exact=True).select_option(label=reason)
    form.get_by_role("button", name="Voir les conséquences").click()
    season.picture(page, "consequences")
    request(page, "Pièce d’état civil vue")


def request(page: Page, note: str, count: int | None = None) -> None:
    page.get_by_label(re.compile("Pourquoi, en vos mots")).fill(note)
    counted = page.get_by_label(re.compile("Écrivez le nombre"))
    if counted.count():
        said = re.search(r"touchées\W+(\d+)", page.locator("main").inner_text())
        assert said is not None
        assert count in {None, int(said.group(1))}
        counted.fill(said.group(1))
    page.get_by_role("button", name="Demander").click()


def approve(season: Season, page: Page) -> None:
    (order,) = orders(season.office, OrderState.PROPOSED)
    page.goto(f"{season.address}/registre/ordres/{order.id}")
    page.get_by_role("button", name="Approuver", exact=True).click()
    expect(page.get_by_text("approuvé").first).to_be_visible()
