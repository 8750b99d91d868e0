"""What the desk calls states, acts, reasons and the lines of its to-do list."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from jinja2 import Environment

from issuer.domain.award import AwardKind, AwardState
from issuer.ports import NoticeKind, NoticeState, ShareState
from issuer.ports.orders import Order, OrderKind, OrderState
from issuer.ports.todo import ToDoKind, Urgency
from issuer.web.language import gettext, mark

_WORDS: Mapping[object, str] = {
    AwardKind.BLOCK: mark("bloc"),
    AwardKind.TITLE: mark("titre"),
    AwardState.VALID: mark("en vigueur"),
    AwardState.SUSPENDED: mark("suspendue"),
    AwardState.REVOKED: mark("retirée"),
    AwardState.REPLACED: mark("remplacée"),
    OrderKind.ISSUE: mark("Délivrer"),
    OrderKind.REVOKE: mark("Retirer"),
    OrderKind.SUSPEND: mark("Suspendre"),
    OrderKind.REINSTATE: mark("Lever la suspension"),
    OrderKind.REPLACE: mark("Remplacer"),
    OrderKind.ERASE: mark("Effacer les données d’une personne"),
    OrderKind.ACCOUNT: mark("Changer un compte"),
    OrderKind.EQUIVALENCE: mark("Faire compter des blocs d’une autre fiche"),
    OrderKind.CORRECT: mark("Corriger un dossier"),
    OrderKind.CERTIFICATION: mark("Ajouter une version de fiche"),
    OrderKind.RESIGN: mark("Signer de nouveau"),
    OrderState.PROPOSED: mark("à décider"),
    OrderState.APPROVED: mark("approuvé, pas encore exécuté"),
    OrderState.REFUSED: mark("refusé"),
    OrderState.TAKEN_BACK: mark("abandonné par qui l’a demandé"),
    OrderState.RUNNING: mark("en cours"),
    OrderState.DONE: mark("exécuté"),
    OrderState.FAILED: mark("arrêté avant la fin"),
    NoticeKind.AWARDED: mark("délivrance"),
    NoticeKind.REPLACED: mark("remplacement"),
    NoticeKind.SUSPENDED: mark("suspension"),
    NoticeKind.REINSTATED: mark("levée de suspension"),
    NoticeKind.WITHDRAWN: mark("retrait"),
    NoticeKind.FIRST_OPENING: mark("première ouverture du lien"),
    NoticeKind.DOUBT: mark("doute signalé"),
    NoticeKind.ENTRY: mark("lien d’accès"),
    NoticeKind.SHARED_ADDRESS: mark("adresse partagée"),
    NoticeState.QUEUED: mark("en attente"),
    NoticeState.SENT: mark("envoyé"),
    NoticeState.BOUNCED: mark("revenu ou abandonné"),
    ShareState.OPEN: mark("ouvert"),
    ShareState.ENDED: mark("terminé"),
    ShareState.CLOSED: mark("arrêté par le titulaire"),
    Urgency.NOW: mark("Tout de suite"),
    Urgency.SOON: mark("Cette semaine"),
    Urgency.LATER: mark("Quand vous pourrez"),
}

REASON_WORDS: Mapping[str, str] = {
    "erreur-materielle": mark("erreur matérielle"),
    "decision-jury-ou-juge": mark("décision du jury ou du juge"),
    "etat-civil": mark("changement d’état civil (réédition)"),
    "rectification": mark("erreur dans le document (rectificatif)"),
    "perte": mark("perte"),
    "vol": mark("vol"),
    "destruction": mark("destruction"),
}
"""The closed lists of reasons, as the register keeps them."""

REFUSAL_WORDS: Mapping[str, str] = {
    "award.unknown": mark("aucune délivrance sous ce numéro"),
    "award.gone": mark("déjà retirée ou remplacée, pour toujours"),
    "award.suspended": mark("déjà suspendue"),
    "award.in_force": mark("déjà en vigueur"),
    "replace.suspended": mark("une délivrance à remplacer avec elle est suspendue\u202f: décidez d’abord"),
    "replace.unsupported": mark("le dossier ne donne plus ce droit\u202f: cela se retire"),
    "replace.unchanged": mark(
        "le nouveau document dirait la même chose\u202f: saisissez d’abord le changement"
    ),
}
"""Why an act does not touch an award."""

FIELD_WORDS: Mapping[str, str] = {
    "decision_date": mark("date de décision d’enregistrement"),
    "delivery_deadline": mark("date limite de délivrance"),
    "nsf": mark("code NSF"),
    "signatories": mark("signataire"),
    "signatory_quality": mark("qualité du signataire"),
    "delivery_place": mark("lieu de délivrance"),
    "contact": mark("coordonnées de la scolarité"),
    "registry_mail": mark("adresse électronique de la scolarité"),
    "dpo": mark("délégué à la protection des données"),
    "publication_director": mark("directeur de la publication"),
    "institution": mark("établissement"),
}
"""What the to-do list calls what is lacking."""

ACTION_WORDS: Mapping[str, str] = {
    "award.issued": mark("délivrée"),
    "award.suspended": mark("suspendue"),
    "award.reinstated": mark("suspension levée"),
    "award.revoked": mark("retirée"),
    "award.replaced": mark("remplacée"),
    "award.duplicated": mark("duplicata établi"),
    "award.exported": mark("forme établie"),
    "link.opened": mark("lien rouvert"),
    "link.closed": mark("lien désactivé"),
}
"""What the audit log's acts on an award are called."""

CONTENT_WORDS: Mapping[str, str] = {
    "certification": mark("Certification"),
    "session": mark("Session"),
    "plan": mark("Empreinte du plan"),
    "candidate": mark("Identifiant de scolarité"),
    "reason": mark("Motif"),
    "account": mark("Compte"),
    "roles": mark("Rôles"),
    "system_login": mark("Nom de connexion sur le serveur"),
    "numbers": mark("Délivrances"),
    "from": mark("Fiche antérieure"),
    "to": mark("Fiche en vigueur"),
    "blocks": mark("Blocs"),
    "basis": mark("Fondement"),
    "reference": mark("Référence de l’acte"),
    "end": mark("Équivalence à terminer"),
    "document": mark("Contenu"),
    "origin": mark("Provenance"),
    "import": mark("Empreinte du fichier"),
}
"""What an order asks, by the names under which the register keeps it; the others are for the worker alone."""

CONTENT_VALUES: Mapping[str, str] = {
    "published": mark("correspondance publiée"),
    "jury": mark("décision écrite du jury"),
    "demande": mark("demande de la personne, que l’établissement accepte"),
    "duree-ecoulee": mark("durée de conservation écoulée"),
    "decision-autorite": mark("décision d’une autorité ou d’un juge"),
    "saisie-par-erreur": mark("saisie par erreur"),
}
"""Values of closed lists in an order."""


@dataclass(frozen=True, slots=True)
class ToDoWords:
    """A line of the to-do list in words.

    Attributes:
        what: What was found.
        act: The one thing to do; a verb.
        endpoint: The view where it is done, or where one subject is.
        one: The argument of that view that names a subject, or None where the page is for all of them.
    """

    what: str
    act: str
    endpoint: str
    one: str | None = None


TO_DO: Mapping[ToDoKind, ToDoWords] = {
    ToDoKind.LISTS_ENDED: ToDoWords(
        mark("Des listes d’état sont arrivées à leur terme\u202f: personne ne peut plus vérifier au dehors"),
        mark("Prévenir l’exploitant"),
        "desk.evidence.page",
    ),
    ToDoKind.WATCH_RED: ToDoWords(
        mark("L’autosurveillance a trouvé une anomalie"), mark("Prévenir l’exploitant"), "desk.evidence.page"
    ),
    ToDoKind.ORDERS_STUCK: ToDoWords(
        mark("Des ordres approuvés ne sont pas exécutés"),
        mark("Voir l’ordre"),
        "desk.orders.one",
        "order_id",
    ),
    ToDoKind.ANNULLED_STANDING: ToDoWords(
        mark("Des délivrances sont en vigueur alors que leur décision est annulée"),
        mark("Demander les retraits"),
        "desk.awards.annulled",
    ),
    ToDoKind.TITLE_WITHOUT_BLOCK: ToDoWords(
        mark("Des titres sont en vigueur alors qu’un de leurs blocs est retiré"),
        mark("Décider de chaque titre"),
        "desk.awards.one",
        "number",
    ),
    ToDoKind.ORDERS_WAITING: ToDoWords(
        mark("Des ordres attendent la décision d’une autre personne"),
        mark("Décider"),
        "desk.orders.one",
        "order_id",
    ),
    ToDoKind.LISTS_ENDING: ToDoWords(
        mark("Des listes d’état arrivent à leur terme dans la semaine"),
        mark("Prévenir l’exploitant"),
        "desk.evidence.page",
    ),
    ToDoKind.ROOTS_UNPUBLISHED: ToDoWords(
        mark("Des racines du journal ne sont pas publiées"), mark("Les publier"), "desk.evidence.page"
    ),
    ToDoKind.CPF_LATE: ToDoWords(
        mark("Des titres auraient dû être transmis au compte personnel de formation"),
        mark("Les transmettre"),
        "desk.legal.page",
    ),
    ToDoKind.CPF_WITHDRAWN: ToDoWords(
        mark("Des titres transmis au compte personnel de formation ont été retirés depuis"),
        mark("Le signaler à la Caisse des Dépôts"),
        "desk.legal.page",
    ),
    ToDoKind.DOUBTS_OPEN: ToDoWords(
        mark("Des doutes ont été signalés sur des documents"),
        mark("Les examiner avec l’exploitant"),
        "desk.awards.page",
    ),
    ToDoKind.BLOCKS_WITHOUT_TITLE: ToDoWords(
        mark("Des personnes ont tous les blocs et n’ont pas le titre"),
        mark("Voir leurs délivrances"),
        "desk.awards.page",
        "candidate",
    ),
    ToDoKind.NOTICES_BOUNCED: ToDoWords(
        mark("Des courriels sont revenus"), mark("Corriger l’adresse, puis renvoyer"), "desk.season.page"
    ),
    ToDoKind.SUSPENSIONS_LONG: ToDoWords(
        mark("Des suspensions durent depuis plus de deux mois"),
        mark("Lever ou retirer"),
        "desk.awards.one",
        "number",
    ),
    ToDoKind.ERASURES_DUE: ToDoWords(
        mark("Des effacements sont à faire"), mark("Les demander"), "desk.legal.page"
    ),
    ToDoKind.CPF_DUE: ToDoWords(
        mark("Des titres sont à transmettre au compte personnel de formation dans le mois"),
        mark("Les transmettre"),
        "desk.legal.page",
    ),
    ToDoKind.DRAFTS_LEFT: ToDoWords(
        mark("Des saisies ont été commencées et laissées"), mark("Les reprendre"), "desk.season.page"
    ),
    ToDoKind.NO_ADDRESS: ToDoWords(
        mark("Des titulaires n’ont pas d’adresse à eux"),
        mark("Éditer la lettre"),
        "desk.awards.page",
        "candidate",
    ),
    ToDoKind.LEGAL_DATA: ToDoWords(
        mark("Des mentions obligatoires manquent\u202f: les parchemins restent des spécimens"),
        mark("Les compléter"),
        "desk.fiches.page",
    ),
    ToDoKind.KEYS_OLD: ToDoWords(
        mark("Des clés de signature ont plus de deux ans"),
        mark("Prévoir leur remplacement avec l’exploitant"),
        "desk.evidence.page",
    ),
    ToDoKind.REGISTRATIONS_ENDING: ToDoWords(
        mark("Des enregistrements au RNCP arrivent à échéance ou l’ont passée"),
        mark("Préparer la suite"),
        "desk.fiches.page",
    ),
}
"""Each line of the list, with the one thing to do."""


def install(environment: Environment) -> None:
    """Give the words to the templates, as filters."""
    environment.filters["word"] = word
    environment.filters["reason_word"] = reason_word
    environment.filters["refusal_word"] = refusal_word
    environment.filters["action_word"] = action_word
    environment.filters["lacking_words"] = lacking_words
    environment.filters["content_words"] = content_words


def word(value: object) -> str:
    """Name a state, a kind or an urgency in the reader's language."""
    return gettext(_WORDS[value])


def reason_word(reason: object) -> str:
    """Name a reason of a closed list; one that none of them knows as it is kept."""
    text = str(reason)
    return gettext(REASON_WORDS[text]) if text in REASON_WORDS else text


def refusal_word(code: str) -> str:
    """Say why an act does not touch an award."""
    return gettext(REFUSAL_WORDS[code]) if code in REFUSAL_WORDS else code


def action_word(action: str) -> str:
    """Name an act of the audit log; one that has no words yet by its own name."""
    return gettext(ACTION_WORDS[action]) if action in ACTION_WORDS else action


def content_words(order: Order) -> Sequence[tuple[str, str]]:
    """Write what an order asks, a line a value; what is empty is left out.

    Args:
        order: One whose subject is not a list of awards alone.

    Returns:
        What each value is called, and the value.
    """
    content = order.asked.content
    return [
        (gettext(CONTENT_WORDS[name]), _written(value))
        for name, value in content.items()
        if name in CONTENT_WORDS and value not in (None, "", [])
    ]


def _written(value: object) -> str:
    match value:
        case {"earlier": earlier, "later": later}:
            return f"{earlier} = {later}"
        case list() | tuple():
            return ", ".join(_written(each) for each in value)
        case Mapping():
            return "\u202f; ".join(f"{name}\u202f: {_written(each)}" for name, each in value.items())
        case str() if value in CONTENT_VALUES:
            return gettext(CONTENT_VALUES[value])
        case _:
            return str(value)


def lacking_words(subject: str) -> str:
    """Say what is lacking: ``RNCP35080 decision_date`` as a person reads it."""
    return "\u202f: ".join(
        gettext(FIELD_WORDS[part]) if part in FIELD_WORDS else part for part in subject.split()
    )
