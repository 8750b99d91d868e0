"""The statements of a document that have no place of their own on the page, in words where we have some."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from credentials.summary import CredentialSummary
from issuer.web.language import gettext, instant_or_text, mark

_STEP = re.compile(r"(?P<name>.*?)(?:\[(?P<index>[0-9]+)\])?", re.DOTALL)

_WORDS: Mapping[str, str] = {
    "achievement": mark("Acquis"),
    "achievedLevel": mark("Niveau atteint"),
    "audience": mark("Public"),
    "caption": mark("Légende"),
    "creator": mark("Auteur"),
    "credentialSubject": mark("Titulaire"),
    "creditsAvailable": mark("Crédits prévus"),
    "creditsEarned": mark("Crédits obtenus"),
    "association": mark("Lien entre les documents"),
    "associationType": mark("Nature du lien"),
    "description": mark("Description"),
    "email": mark("Courriel"),
    "endorsement": mark("Recommandation"),
    "endorsementComment": mark("Avis"),
    "evidence": mark("Preuve"),
    "family_name": mark("Nom de famille"),
    "familyName": mark("Nom de famille"),
    "fieldOfStudy": mark("Domaine d’études"),
    "genre": mark("Genre"),
    "given_name": mark("Prénom"),
    "givenName": mark("Prénom"),
    "id": mark("Identifiant"),
    "identifier": mark("Identifiant"),
    "identifierType": mark("Nature de l’identifiant"),
    "image": mark("Image"),
    "inLanguage": mark("Langue"),
    "issuer": mark("Émetteur"),
    "name": mark("Nom"),
    "narrative": mark("Texte"),
    "partial": mark("Partiel"),
    "phone": mark("Téléphone"),
    "otherIdentifier": mark("Autre identifiant"),
    "result": mark("Résultat"),
    "resultDescription": mark("Objet du résultat"),
    "role": mark("Rôle"),
    "source": mark("Source"),
    "specialization": mark("Spécialité"),
    "status": mark("État"),
    "tag": mark("Mot-clé"),
    "term": mark("Période"),
    "url": mark("Adresse"),
    "validFrom": mark("Prend effet le"),
    "validUntil": mark("Prend fin le"),
    "value": mark("Valeur"),
}
"""Members that a person may meet; any other is shown by its own name."""


@dataclass(frozen=True, slots=True)
class Statements:
    """What one part of the document says.

    Attributes:
        part: The part, in words; empty for the document as a whole.
        lines: Pairs of the member, in words, and its text.
    """

    part: str
    lines: Sequence[tuple[str, str]]


def statements(said: CredentialSummary) -> Sequence[Statements]:
    """Give the other statements by the part of the document that makes them, in the document's order."""
    split = list(_identified((*_split(path), text) for path, text in said.others))
    return tuple(
        Statements(_words(part), tuple(_lines((name, text) for _, name, text in run)))
        for part, run in groupby(split, key=lambda item: item[0])
    )


def _split(path: str) -> tuple[str, str]:
    part, _, name = path.rpartition(".")
    return part, name


def _identified(members: Iterable[tuple[str, str, str]]) -> Iterable[tuple[str, str, str]]:
    """Join an identifier and its kind: "SIRET 19753471200017" is one statement to a person."""
    held: tuple[str, str, str] | None = None
    for member in members:
        part, name, text = member
        if held and (part, name) == (held[0], "identifierType"):
            yield part.rpartition("[")[0] or part, text.removeprefix("ext:"), held[2]
            held = None
            continue
        if held:
            yield held
        held = member if name == "identifier" else None
        if held is None:
            yield member
    if held:
        yield held


def _lines(members: Iterable[tuple[str, str]]) -> Iterable[tuple[str, str]]:
    for name, text in members:
        yield _word(name), instant_or_text(text) or ""


def _words(part: str) -> str:
    steps = part.split(".") if part else []
    # An achievement is always the holder's: saying so each time would be noise.
    shown = steps[1:] if steps[1:2] == ["achievement"] else steps
    return " · ".join(_word(step) for step in shown)


def _word(step: str) -> str:
    """Give one step of a path in words; a number counts from one, as people do."""
    found = _STEP.fullmatch(step)
    if found is None:
        return step
    known = _WORDS.get(found["name"])
    name = gettext(known) if known else found["name"]
    return f"{name} {int(found['index']) + 1}" if found["index"] else name
