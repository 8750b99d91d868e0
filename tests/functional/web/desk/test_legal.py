"""The room of legal exports: a season's titles through refusal, file, rejection and correction; and erasure."""

import io
import re
from collections.abc import Sequence
from http import HTTPStatus
from pathlib import Path
from zipfile import ZipFile

import pytest
from flask.testing import FlaskClient
from lxml import etree
from werkzeug.test import TestResponse

from issuer.bootstrap import legal_desk, lifecycle_desk, public_desk
from issuer.domain.award import Award
from issuer.services.office import Office
from issuer.services.order_acts import HANDLERS
from issuer.services.orders import approve_order, carry_out, orders
from issuer.web import create_app
from tests.faults.desks import hand_in, issue_all, open_desk
from tests.functional.cli.folders import founded
from tests.functional.cli.running import Cli
from tests.functional.web.desk.conftest import Desk
from tests.support.cpf_season import civil_file, season_files
from tests.support.shared import shared
from tests.support.staff import csrf, open_crew

__all__ = ["founded", "shared"]

ROOM = "/registre/exports-legaux"


def _desk(cli: Cli) -> Desk:
    crew = open_crew(open_desk(cli.folder), cli.folder)
    crew.everybody()
    public = public_desk(crew.office)
    app = create_app(
        public,
        staff=crew.counter,
        legal=legal_desk(crew.office),
        lifecycle=lifecycle_desk(crew.office, public),
    )
    return Desk(app, crew)


@pytest.fixture
def season(founded: Cli) -> Desk:
    """Give the desk of a register in which the season's titles were issued."""
    file = founded.folder / "institution.yaml"
    text = file.read_text(encoding="utf-8")
    for name, value in (("sender", "PARCHEM1"), ("certifier", "CNAM0001"), ("contract", "MCER000001")):
        text = text.replace(f"  {name}: null", f'  {name}: "{value}"')
    file.write_text(text, encoding="utf-8")
    office = open_desk(founded.folder)
    hand_in(office, season_files())
    issue_all(office)
    return _desk(founded)


@pytest.fixture
def sample(issued: Cli) -> Desk:
    """Give the desk of a register with the sample record issued."""
    return _desk(issued)


def _post(client: FlaskClient, place: str, **data: object) -> TestResponse:
    return client.post(f"{ROOM}{place}", data={**data, "csrf": csrf(client)})


def _file(content: bytes, name: str = "fichier.csv") -> tuple[io.BytesIO, str]:
    return io.BytesIO(content), name


def test_a_season_goes_from_refusal_to_acceptance_at_the_desk(season: Desk, shared: Path) -> None:
    sofia = season.browser("sofia.saisie")
    assert "Le sexe à l’état civil manque" in sofia.get(ROOM).text
    answer = _post(sofia, "/etat-civil", fichier=_file(civil_file()))
    assert answer.status_code == HTTPStatus.SEE_OTHER
    page = sofia.get(ROOM).text
    assert "La personne porte un nom unique" in page
    assert "Un nom dépasse 60 caractères" in page
    assert "Brouillon" in page

    made = _post(sofia, "/cpf/fichier")
    assert made.mimetype == "application/xml"
    assert "brouillon" in made.headers["Content-Disposition"]
    schema = etree.XMLSchema(etree.parse(shared / "domain" / "cpf.xsd"))
    schema.assertValid(etree.fromstring(made.data))
    ids = re.findall(r"idTechnique>([0-9a-f]{64})<", made.text)
    assert len(ids) == 6
    assert _post(sofia, "/cpf/fichier").status_code == HTTPStatus.CONFLICT

    lines = [f"{each};accepte;;" for each in ids[1:]] + [f"{ids[0]};rejete;R12;Commune inconnue"]
    back = "\n".join(["id_technique;statut;code;motif", *lines]).encode()
    assert _post(sofia, "/cpf/retour", fichier=_file(back)).status_code == HTTPStatus.SEE_OTHER
    assert "La ligne a été rejetée, et rien n’a changé depuis" in sofia.get(ROOM).text

    fixed = civil_file("A001", A001="A001;F;;;;;;;99341;;Dakar;SEN;Sénégal")
    _post(sofia, "/etat-civil", fichier=_file(fixed))
    again = _post(sofia, "/cpf/fichier")
    schema.assertValid(etree.fromstring(again.data))
    assert re.findall(r"idTechnique>([0-9a-f]{64})<", again.text) == [ids[0]]


def test_a_social_security_number_is_refused_and_shown_nowhere(season: Desk) -> None:
    sofia = season.browser("sofia.saisie")
    given = civil_file("A007", A007="A007;F;285071305512345;;;;;;;;;;")
    answer = _post(sofia, "/etat-civil", fichier=_file(given))
    assert answer.status_code == HTTPStatus.BAD_REQUEST
    assert "civil.nir" in answer.text
    assert "285071305512345" not in answer.text


@pytest.mark.parametrize("place", ["/etat-civil", "/cpf/retour"])
@pytest.mark.parametrize(
    "content", [b"", b"\x00\xff", b"<x", b"<!DOCTYPE a><a/>", b"a;b\n1;2\n", b'"', b"\xff\xfe"]
)
def test_no_upload_is_a_fault_of_the_program(season: Desk, place: str, content: bytes) -> None:
    answer = _post(season.browser("sofia.saisie"), place, fichier=_file(content))
    assert HTTPStatus.BAD_REQUEST <= answer.status_code < HTTPStatus.INTERNAL_SERVER_ERROR
    assert "Traceback" not in answer.text


def test_everything_about_a_person_is_handed_out(sample: Desk) -> None:
    answer = _post(sample.browser("sofia.saisie"), "/personne/donnees", candidat="C001")
    with ZipFile(io.BytesIO(answer.data)) as archive:
        names = archive.namelist()
        text = archive.read("vos-donnees.html").decode()
    assert {"vos-donnees.html", "vos-donnees.json"} <= set(names)
    assert sum(name.startswith("attestations/") for name in names) == 5
    assert "Marchand-Delvaux" in text
    assert "N&#x27;Diaye" not in text


def test_an_erasure_is_asked_for_by_one_and_approved_by_another(sample: Desk) -> None:
    sofia, office = sample.browser("sofia.saisie"), sample.crew.office
    page = sofia.get(f"{ROOM}/personne?candidat=C001").text
    assert "Ce qui resterait" in page
    assert "attestations signées" in page
    link = next(award for award in _awards(office) if award.candidate_id == "C001").token

    asked = _post(sofia, "/personne/effacement", candidat="C001", motif="demande", note="lettre")
    assert asked.status_code == HTTPStatus.SEE_OTHER
    assert sofia.get(asked.headers["Location"]).status_code == HTTPStatus.OK
    (order,) = orders(office)
    approve_order(office, order.id, actor="victor.validation")
    assert carry_out(office, order.id, HANDLERS, actor="system:worker").state.value == "done"

    gone = sample.app.test_client().get(f"/v/{link}", headers={"Accept": "text/html"})
    assert gone.status_code == HTTPStatus.GONE
    assert "ont été effacées" in gone.text
    assert "Marchand" not in gone.text
    told = sample.app.test_client().get(f"/v/{link}", headers={"Accept": "application/vc"})
    assert told.status_code == HTTPStatus.GONE
    assert b"Marchand" not in told.data
    assert "déjà été effacées" in sofia.get(f"{ROOM}/personne?candidat=C001").text


def test_the_extract_says_the_award_and_no_free_text(sample: Desk) -> None:
    number = next(award for award in _awards(sample.crew.office) if award.candidate_id == "C001").number
    answer = _post(sample.browser("aude.audit"), "/extrait", numero=number)
    assert number in answer.text
    assert "Marchand-Delvaux" in answer.text
    assert "en vigueur" in answer.text


def test_small_figures_are_not_in_what_is_published(sample: Desk) -> None:
    aude = sample.browser("aude.audit")
    assert "Statistiques annuelles" in aude.get(f"{ROOM}/statistiques").text
    lines = aude.get(f"{ROOM}/statistiques.csv").data.decode("utf-8-sig").splitlines()
    figures = [int(cell) for line in lines[1:] for cell in line.split(";")[2:] if cell]
    assert all(figure == 0 or figure >= 5 for figure in figures)


def _awards(office: Office) -> Sequence[Award]:
    with office.store.reading() as registry:
        return registry.awards()
