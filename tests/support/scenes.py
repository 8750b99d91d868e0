"""Every page that somebody may see, and how a browser gets there; a new page is added by one line."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypedDict

from playwright.sync_api import FilePayload, Page

from tests.support.stage import ADDRESS, Stage

Reach = Callable[[Page, Stage, str, str], None]
"""Leads a page to a scene: the page, the stage, the served address, the language."""

UNKNOWN = "B" * 22
_PDFS = ("parchemin", "parchemin-retouche")
_TYPES = {**dict.fromkeys(_PDFS, "application/pdf"), "badge": "image/png"}
_ENDINGS = {**dict.fromkeys(_PDFS, "pdf"), "badge": "png"}


class _Cookie(TypedDict):
    name: str
    value: str
    domain: str
    path: str
    secure: bool
    httpOnly: bool


@dataclass(frozen=True, slots=True)
class Scene:
    """One page in one state.

    Attributes:
        name: In a file's name.
        title: In the contact sheet.
        reach: How to get there.
        shown: Whether its pictures are kept beside the documentation.
        inside: Whether it is a page of the space, which has a session's cookie.
    """

    name: str
    title: str
    reach: Reach
    shown: bool = True
    inside: bool = False


def at(path: str) -> Reach:
    """Reach a page by its address.

    Args:
        path: With ``{name}`` where the token of the award in that state goes.
    """

    def reach(page: Page, stage: Stage, address: str, language: str) -> None:
        page.goto(f"{address}{path.format_map(stage.tokens)}?lang={language}")

    return reach


def inside(path: str, session: str = "session") -> Reach:
    """Reach a page of the space, as somebody who has come in.

    Args:
        path: Below the space's own, with ``{name}`` as in :func:`at`.
        session: Whose.
    """

    def reach(page: Page, stage: Stage, address: str, language: str) -> None:
        _enter(page, stage.secrets[session])
        page.goto(f"{address}/moi{path.format_map(stage.tokens)}?lang={language}")

    return reach


def _enter(page: Page, secret: str) -> None:
    cookie = _Cookie(
        name="__Secure-moi",
        value=secret,
        domain=ADDRESS.removeprefix("https://"),
        path="/moi",
        secure=True,
        httpOnly=True,
    )
    page.context.add_cookies([cookie])  # type: ignore[list-item]  # the driver's own type is a wider one


def handed_in(*names: str) -> Reach:
    """Reach a page by handing in some of the stage's files, as a person does."""

    def reach(page: Page, stage: Stage, address: str, language: str) -> None:
        page.goto(f"{address}/verify?lang={language}")
        page.set_input_files("#file", [payload(name, stage.files[name]) for name in names])
        page.locator("main button[type=submit]").last.click()
        page.wait_for_load_state()

    return reach


def payload(name: str, content: bytes) -> FilePayload:
    """Give a file as a person chooses it."""
    return FilePayload(
        name=f"{name}.{_ENDINGS.get(name, 'json')}",
        mimeType=_TYPES.get(name, "application/json"),
        buffer=content,
    )


def filled(path: str, **fields: str) -> Reach:
    """Reach a page by filling in a form and sending it.

    Args:
        path: Where the form is.
        fields: What to write, by the field's ``id``, with ``{name}`` as in :func:`at`.
    """

    def reach(page: Page, stage: Stage, address: str, language: str) -> None:
        page.goto(f"{address}{path.format_map(stage.tokens)}?lang={language}")
        for name, text in fields.items():
            page.fill(f"#{name}", text.format_map(stage.tokens))
        page.locator("main button[type=submit]").last.click()
        page.wait_for_load_state()

    return reach


def pasted(text: str) -> Reach:
    """Reach a page by pasting a text."""
    return filled("/verify", text=text)


_OTHER = "Zoé Le Guennec"
_HOLDER = "Hélène Marchand-Delvaux"
_AWARDS = "/attestations"

_STATES: Sequence[Scene] = (
    Scene("titre", "Certification authentique et en vigueur", at("/v/{titre}")),
    Scene("bloc", "Bloc authentique et en vigueur", at("/v/{bloc}")),
    Scene(
        "titre-mixte", "Certification dont les blocs ont divers états", at("/v/{titre-mixte}"), shown=False
    ),
    Scene("retire", "Retirée : erreur matérielle", at("/v/{retire}")),
    Scene("retire-jury", "Retirée : décision du jury ou du juge", at("/v/{retire-jury}"), shown=False),
    Scene("bloc-retire", "Bloc retiré", at("/v/{bloc-retire}"), shown=False),
    Scene("suspendu", "Suspendue", at("/v/{suspendu}")),
    Scene("bloc-suspendu", "Bloc suspendu", at("/v/{bloc-suspendu}"), shown=False),
    Scene("remplace", "Remplacée", at("/v/{remplace}")),
    Scene("incomplet", "Vérification incomplète", at("/v/{incomplet}")),
    Scene("a-venir", "Pas encore en vigueur", at("/v/{a-venir}")),
    Scene("termine", "Arrivé à son terme", at("/v/{termine}")),
)
_DEAD_ENDS: Sequence[Scene] = (
    Scene("lien-desactive", "Lien désactivé par le titulaire", at("/v/{lien-desactive}")),
    Scene("lien-scolarite", "Lien désactivé par la scolarité", at("/v/{lien-desactive-scolarite}")),
    Scene("partage-arrete", "Partage arrêté par le titulaire", at("/s/{partage-arrete}")),
    Scene("partage-termine", "Partage terminé", at("/s/{partage-termine}")),
    Scene("partage-coupe", "Adresse de partage incomplète", at(f"/s/{UNKNOWN[:15]}"), shown=False),
    Scene("adresse-inconnue", "Aucun document à cette adresse", at(f"/v/{UNKNOWN}")),
    Scene("adresse-coupee", "Adresse incomplète", at(f"/v/{UNKNOWN[:15]}")),
    Scene("adresse-de-trop", "Signe de trop", at(f"/v/{UNKNOWN}).")),
    Scene("specimen", "Spécimen", at("/v/specimen")),
)
_VERDICTS: Sequence[Scene] = (
    Scene("fichier-titre", "Fichier authentique", handed_in("titre"), shown=False),
    Scene("fichier-modifie", "Fichier modifié", handed_in("modifie")),
    Scene("fichier-pdf", "Parchemin authentique", handed_in("parchemin"), shown=False),
    Scene("pdf-retouche", "Parchemin retouché", handed_in("parchemin-retouche")),
    Scene("fichier-sans-signature", "Fichier sans signature", handed_in("sans-signature"), shown=False),
    Scene("etablissement-inconnu", "Établissement inconnu", handed_in("etablissement-inconnu")),
    Scene("sans-etat", "État actuel non déclaré", handed_in("sans-etat"), shown=False),
    Scene("cle-absente", "Clé non consultée", handed_in("cle-absente"), shown=False),
    Scene("illisible", "Illisible", handed_in("illisible")),
    Scene(
        "plusieurs",
        "Plusieurs fichiers à la fois",
        handed_in("titre", "parchemin", "badge", "retire", "modifie", "etablissement-inconnu", "illisible"),
    ),
    Scene("recu", "Reçu de vérification relu", handed_in("recu")),
    Scene("nom-cherche", "Recherche par nom", pasted(_HOLDER), shown=False),
    Scene("autre-site", "Lien vers un autre site", pasted("https://ailleurs.exemple/v/abc"), shown=False),
)
_ASKING: Sequence[Scene] = (
    Scene("verifier", "Vérifier", at("/verify")),
    Scene("rien-donne", "Vérifier, sans rien donner", pasted(""), shown=False),
    Scene("code", "Vérifier par le code court", at("/code")),
    Scene("code-concorde", "Le code et le nom concordent", filled("/code", code="{code}", name=_HOLDER)),
    Scene("code-autre", "Pas de réponse pour ce code et ce nom", filled("/code", code="{code}", name=_OTHER)),
    Scene("partage", "Partage de plusieurs documents", at("/s/{partage}")),
    Scene("partage-seul", "Partage d’un document", at("/s/{partage-seul}"), shown=False),
)
_HOUSE: Sequence[Scene] = (
    Scene("accueil", "Accueil", at("/")),
    Scene("employeurs", "Aide aux employeurs", at("/employeurs")),
    Scene("mentions-legales", "Mentions légales", at("/mentions-legales"), shown=False),
    Scene("confidentialite", "Données personnelles", at("/confidentialite"), shown=False),
    Scene("accessibilite", "Accessibilité", at("/accessibilite"), shown=False),
    Scene("doute", "Signaler un doute", at("/doute"), shown=False),
    Scene("doute-document", "Signaler un doute sur un document", at("/v/{titre}/doute")),
    Scene("doute-vide", "Doute sans un mot", filled("/doute", text=" "), shown=False),
    Scene("doute-envoye", "Doute envoyé", at("/doute/envoye"), shown=False),
    Scene("certification", "Page de la certification", at("/certifications/RNCP35080"), shown=False),
    Scene("bloc-decrit", "Page d’un bloc", at("/certifications/RNCP35080BC01"), shown=False),
    Scene("nulle-part", "Aucune page à cette adresse", at("/nulle-part"), shown=False),
    Scene("pas-de-parchemin", "Pas de parchemin", at("/v/{retire}/diplome.pdf"), shown=False),
    Scene("image-fermee", "Image d’un lien fermé", at("/v/{lien-desactive}/badge.png"), shown=False),
    Scene("pas-de-partage-ici", "Page qui ne prend que des formulaires", at("/receipt"), shown=False),
)
_SPACE: Sequence[Scene] = (
    Scene("espace-porte", "Entrer dans mon espace", at("/moi")),
    Scene("espace-erreur", "Adresse incomplète", filled("/moi", mail="helene@exemple"), shown=False),
    Scene("espace-demande", "Lien demandé", filled("/moi", mail="personne@exemple.fr"), shown=False),
    Scene("espace-lien", "Le lien du courrier", at("/moi/entrer/bon")),
    Scene("espace-lien-servi", "Lien déjà utilisé", at("/moi/entrer/servi"), shown=False),
    Scene("espace-lien-fini", "Lien trop ancien", at("/moi/entrer/fini"), shown=False),
    Scene("espace-lien-inconnu", "Lien inconnu", at("/moi/entrer/inconnu"), shown=False),
    Scene("espace-ferme", "Espace fermé", at("/moi/attestations"), shown=False),
    Scene("espace-quitte", "Espace quitté", at("/moi/quitter"), shown=False),
    Scene("espace", "Mes attestations", inside(_AWARDS), inside=True),
    Scene("espace-fete", "Première visite", inside(_AWARDS, "session-fete"), inside=True),
    Scene(
        "espace-etats",
        "Attestations en divers états",
        inside(_AWARDS, "session-suspendu"),
        shown=False,
        inside=True,
    ),
    Scene(
        "espace-lien-permanent", "Le lien permanent", inside(_AWARDS + "/{numero-titre}/lien"), inside=True
    ),
    Scene(
        "espace-profil", "LinkedIn, CV, signature", inside(_AWARDS + "/{numero-titre}/profil"), inside=True
    ),
    Scene("espace-partages", "Mes partages", inside("/partages"), inside=True),
    Scene("espace-donnees", "Mes données", inside("/donnees"), shown=False, inside=True),
)
SCENES: Sequence[Scene] = (*_STATES, *_DEAD_ENDS, *_VERDICTS, *_ASKING, *_HOUSE, *_SPACE)
