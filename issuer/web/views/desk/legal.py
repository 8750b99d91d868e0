"""The desk's room of legal exports: the CPF feed (a draft), annual figures, a person's data and erasure."""

import csv
import io
from http import HTTPStatus

from flask import Blueprint, Response, request
from werkzeug.wrappers import Response as AnyResponse

from issuer.adapters.accrochage import read_answers
from issuer.adapters.civil_file import CivilFile, read_civil_file
from issuer.adapters.csv_import import ImportFileError
from issuer.adapters.legal_papers import extract_page, person_archive
from issuer.domain.staff import Role
from issuer.errors import RefusedError, ServiceError
from issuer.ports.legal import ErasureReason
from issuer.ports.staff import Account
from issuer.services.accrochage import Reply, Selection
from issuer.services.statistics import masked
from issuer.web import desk_pages
from issuer.web.access import legal_desk
from issuer.web.desk_pages import page as desk_page
from issuer.web.desk_pages import said, seen
from issuer.web.language import mark
from issuer.web.staff_sessions import requires

views = Blueprint("legal", __name__, url_prefix="/exports-legaux")

_READERS = (Role.ENTRY, Role.APPROVAL, Role.AUDIT, Role.ADMINISTRATION)
_LONGEST_NOTE = 2_000
_LONGEST_ID = 100

REASONS = {
    ErasureReason.REQUEST: mark("demande de la personne, que l’établissement accepte"),
    ErasureReason.PERIOD_OVER: mark("durée de conservation écoulée"),
    ErasureReason.AUTHORITY: mark("décision d’une autorité ou d’un juge"),
    ErasureReason.ENTERED_BY_MISTAKE: mark("saisie par erreur"),
}
_GOES = {
    "list": mark("lignes de la liste des candidats"),
    "jury_lines": mark("lignes de procès-verbaux, sans le nom"),
    "annulments": mark("motifs d’annulation"),
    "plans": mark("plans approuvés, sans cette personne"),
    "notes": mark("notes de la scolarité"),
    "cpf_messages": mark("messages de rejet du CPF"),
    "signed_again": mark("attestations signées de nouveau"),
    "documents": mark("attestations signées"),
    "address": mark("adresses électroniques"),
    "civil_data": mark("état civil pour le CPF"),
    "notices": mark("courriels envoyés"),
    "entries": mark("liens d’entrée"),
    "sessions": mark("visites de l’espace"),
    "share_lines": mark("documents partagés"),
    "shares": mark("partages"),
    "choices": mark("choix d’affichage"),
    "first_openings": mark("premières ouvertures"),
    "doubts": mark("doutes signalés"),
    "signed_forms": mark("fichiers préparés"),
    "proposed_plans": mark("plans proposés"),
}

desk_pages.say({
    "candidate.unknown": mark("Le registre ne connaît personne sous cet identifiant."),
    "erase.done": mark("Les données de cette personne ont déjà été effacées. Rien n’a été changé."),
    "erase.suspended": mark(
        "Une délivrance de cette personne est suspendue. Rien n’a été changé\u202f: levez la "
        "suspension, ou retirez-la d’abord."
    ),
    "award.erased": mark(
        "Les données de cette personne ont été effacées\u202f: il n’y a plus rien à extraire."
    ),
    "award.unknown": mark(
        "Il n’y a pas de délivrance sous ce numéro. Vérifiez-le, ou cherchez dans la liste."
    ),
    "cpf.not_configured": mark(
        "Les identifiants donnés par la Caisse des Dépôts ne sont pas renseignés. Aucun fichier n’a été fait."
    ),
    "cpf.nothing_to_send": mark("Il n’y a aucune ligne à envoyer. Aucun fichier n’a été fait."),
    "cpf.line_unknown": mark(
        "Une ligne de ce retour n’est jamais partie d’ici. Rien n’a été enregistré\u202f: "
        "vérifiez le fichier."
    ),
    "cpf.answer_unreadable": mark(
        "Ce retour n’a pas la forme attendue. Rien n’a été enregistré\u202f: déposez le fichier "
        "tel que vous l’avez reçu."
    ),
    "civil.columns": mark(
        "Les colonnes ne sont pas celles du fichier d’état civil. Rien n’a été enregistré\u202f: "
        "vérifiez les en-têtes."
    ),
    "civil.nir": mark(
        "Ce fichier contient un numéro de sécurité sociale\u202f: il n’entre jamais ici. "
        "Rien n’a été enregistré\u202f: retirez cette colonne."
    ),
    "civil.unknown_person": mark(
        "Une personne de ce fichier n’est pas dans le registre. Rien n’a été "
        "enregistré\u202f: déposez d’abord la liste des candidats."
    ),
    "session.unknown": mark(
        "Il n’y a pas de session de jury sous ce nom. Rien n’a été fait\u202f: copiez son nom "
        "depuis la page Saisie."
    ),
    "legal.no_file": mark("Choisissez un fichier, puis déposez-le."),
    "legal.no_reason": mark("Choisissez un motif dans la liste. Rien n’a été demandé."),
    "legal.unreadable": mark(
        "Ce fichier ne se lit pas. Rien n’a été enregistré\u202f: exportez-le de nouveau."
    ),
})  # fmt: skip


@views.get("")
@requires(*_READERS)
def page(account: Account) -> Response:
    """Show what is to be sent, what cannot be and why, and what was made."""
    return _overview(account)


@views.post("/etat-civil")
@requires(Role.ENTRY)
def civil(account: Account) -> AnyResponse:
    """Take in a file of civil data; all of it or nothing."""
    name, content = _handed_in()
    try:
        read = read_civil_file(content, name)
    except ImportFileError as error:
        raise _unreadable(name) from error
    if read.faults:
        return _overview(account, faults=read, status=HTTPStatus.BAD_REQUEST)
    legal_desk().take_civil_data(read.people, actor=account.id)
    return seen("desk.legal.page")


@views.post("/cpf/fichier")
@requires(Role.ENTRY)
def make_file(account: Account) -> AnyResponse:
    """Make the file, and hand it out; it is kept nowhere."""
    session = request.form.get("session", "").strip()[:_LONGEST_ID] or None
    selection = Selection(session, again=request.form.get("encore") == "oui")
    made = legal_desk().make_file(selection, actor=account.id)
    return _attached(made.content, "application/xml", f"cpf-brouillon-{made.file.id}.xml")


@views.post("/cpf/retour")
@requires(Role.ENTRY)
def answer(account: Account) -> AnyResponse:
    """Take in what came back."""
    name, content = _handed_in()
    try:
        read = read_answers(content, name)
    except ImportFileError as error:
        raise _unreadable(name) from error
    replies = [Reply(line.technical_id, line.accepted, line.code, line.message) for line in read.lines]
    legal_desk().take_answers(replies, read.sha256, actor=account.id)
    return seen("desk.legal.page")


@views.get("/statistiques")
@requires(*_READERS)
def figures(_account: Account) -> Response:
    """Show the annual figures, exact and as they may be published."""
    found = legal_desk().figures()
    return desk_page("desk/legal/figures.html", figures=[(each, masked(each)) for each in found])


@views.get("/statistiques.csv")
@requires(*_READERS)
def figures_file(_account: Account) -> Response:
    """Hand out the figures that may be published, for a spreadsheet."""
    written = io.StringIO()
    writer = csv.writer(written, delimiter=";", lineterminator="\r\n")
    writer.writerow(["certification", "annee", "certifies", "certifies_vae", "blocs"])
    for each in map(masked, legal_desk().figures()):
        values = (each.certified, each.by_experience, each.blocks)
        writer.writerow(
            [each.certification, each.year, *("" if value is None else value for value in values)]
        )
    return _attached(written.getvalue().encode("utf-8-sig"), "text/csv", "statistiques.csv")


@views.get("/personne")
@requires(Role.ENTRY, Role.ADMINISTRATION)
def person(_account: Account) -> Response:
    """Ask whose data are meant; of a person, show what can be done and what an erasure would take out."""
    candidate_id = request.args.get("candidat", "").strip()[:_LONGEST_ID]
    plan = trouble = None
    if candidate_id:
        try:
            plan = legal_desk().erasure_plan(candidate_id)
        except ServiceError as error:
            trouble = said(error)
    return desk_page(
        "desk/legal/person.html",
        candidate=candidate_id,
        plan=plan,
        trouble=trouble,
        goes=_GOES,
        reasons=REASONS,
    )


@views.post("/personne/donnees")
@requires(Role.ENTRY, Role.ADMINISTRATION)
def person_data(account: Account) -> Response:
    """Hand out everything about a person."""
    with_notes = request.form.get("notes") == "oui"
    found = legal_desk().person_file(_candidate(), actor=account.id, with_notes=with_notes)
    return _attached(person_archive(found), "application/zip", "donnees-personnelles.zip")


@views.post("/personne/effacement")
@requires(Role.ENTRY, Role.ADMINISTRATION)
def propose_erasure(account: Account) -> AnyResponse:
    """Ask for an erasure, which another person decides."""
    asked = request.form.get("motif", "")
    if asked not in set(ErasureReason):
        raise RefusedError("legal.no_reason", "no reason was chosen", where="motif", remedy="choose one")
    note = request.form.get("note", "").strip()[:_LONGEST_NOTE] or None
    order = legal_desk().propose_erasure(_candidate(), ErasureReason(asked), note, actor=account.id)
    return seen("desk.orders.one", order_id=order.id)


@views.post("/extrait")
@requires(Role.ENTRY, Role.AUDIT)
def extract(account: Account) -> Response:
    """Hand out the register's extract of an award, to be printed."""
    made = legal_desk().extract(request.form.get("numero", "").strip()[:_LONGEST_ID], actor=account.id)
    return _attached(extract_page(made), "text/html", f"extrait-{made.award.number}.html")


def _overview(
    account: Account, faults: CivilFile | None = None, status: HTTPStatus = HTTPStatus.OK
) -> Response:
    desk = legal_desk()
    return desk_page(
        "desk/legal/page.html",
        status=status,
        prepared=desk.prepared(Selection()),
        deadlines=desk.deadlines(),
        withdrawn=desk.withdrawn_after_acceptance(),
        deposits=desk.deposits()[::-1],
        ready=desk.is_ready,
        may_enter=account.has(Role.ENTRY),
        may_see_people=account.has(Role.ENTRY, Role.ADMINISTRATION),
        may_extract=account.has(Role.ENTRY, Role.AUDIT),
        faults=faults.faults if faults else (),
    )


def _handed_in() -> tuple[str, bytes]:
    uploaded = request.files.get("fichier")
    content = uploaded.read() if uploaded else b""
    if uploaded is None or not content:
        raise RefusedError("legal.no_file", "there is no file", where="fichier", remedy="choose one")
    return (uploaded.filename or "fichier")[:_LONGEST_ID], content


def _unreadable(name: str) -> RefusedError:
    return RefusedError("legal.unreadable", "the file cannot be read", where=name, remedy="save it as CSV")


def _candidate() -> str:
    return request.form.get("candidat", "").strip()[:_LONGEST_ID]


def _attached(content: bytes, media_type: str, name: str) -> Response:
    answer = Response(content, mimetype=media_type)
    answer.headers.set("Content-Disposition", "attachment", filename=name)
    return answer
