"""Why a title cannot be sent to the CPF feed: each reason with its code, its sentence and its remedy."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from credentials.report import Sentence


class Lack(StrEnum):
    """What is in the way; the value is the stable code."""

    NOT_A_TITLE = "cpf.not_a_title"
    ERASED = "cpf.erased"
    SUSPENDED = "cpf.suspended"
    WITHDRAWN = "cpf.withdrawn"
    REPLACED = "cpf.replaced"
    NO_PERSON = "cpf.no_person"
    NO_BIRTH_NAME = "cpf.no_birth_name"
    SINGLE_NAME = "cpf.single_name"
    GIVEN_NAMES_UNDIVIDED = "cpf.given_names_undivided"
    GIVEN_NAMES_DIFFER = "cpf.given_names_differ"
    NO_BIRTH_YEAR = "cpf.no_birth_year"
    BIRTH_DATE_IMPOSSIBLE = "cpf.birth_date_impossible"
    BIRTH_DATES_DIFFER = "cpf.birth_dates_differ"
    NO_BIRTH_PLACE = "cpf.no_birth_place"
    PLACE_CODE_MALFORMED = "cpf.place_code_malformed"
    TOO_LONG = "cpf.too_long"
    FORBIDDEN_CHARACTER = "cpf.forbidden_character"
    NO_SEX = "cpf.no_sex"
    UNKNOWN_ROUTE = "cpf.unknown_route"
    DATE_OUT_OF_RANGE = "cpf.date_out_of_range"
    UNCHANGED = "cpf.unchanged"
    """The last deposit of it was rejected, and it would say the same again."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """One reason why a title cannot be sent.

    Attributes:
        lack: What is in the way.
        element: Name of the feed's element, where one is meant; never its value.
    """

    lack: Lack
    element: str = ""

    @property
    def message(self) -> Sentence:
        """What is wrong."""
        said = _WORDS[self.lack][0]
        if not self.element:
            return said
        return Sentence(f"{said.fr} ({self.element})", f"{said.en} ({self.element})")

    @property
    def remedy(self) -> Sentence:
        """What to do about it."""
        return _WORDS[self.lack][1]


_CIVIL: Final = Sentence(
    "Complétez le fichier d’état civil, puis enregistrez-le ici.",
    "Complete the file of civil data, and take it in again.",
)
_LIST: Final = Sentence(
    "Corrigez la liste des candidats, puis reprenez-la.",
    "Correct the list of candidates, and take it in again.",
)
_NOTHING: Final = Sentence("Il n’y a rien à envoyer.", "There is nothing to send.")

_WORDS: Final = {
    Lack.NOT_A_TITLE: (
        Sentence("Le schéma n’a pas de place pour un bloc.", "The schema has no place for a block."),
        _NOTHING,
    ),
    Lack.ERASED: (
        Sentence(
            "Les données de la personne ont été effacées.",
            "The person’s data were erased.",
        ),
        _NOTHING,
    ),
    Lack.SUSPENDED: (
        Sentence("La certification est suspendue.", "The title is suspended."),
        Sentence("Décidez d’abord de la suspension.", "Decide on the suspension first."),
    ),
    Lack.WITHDRAWN: (Sentence("La certification a été retirée.", "The title was withdrawn."), _NOTHING),
    Lack.REPLACED: (
        Sentence(
            "Le document est remplacé\u202f: c’est celui qui le remplace qui est envoyé.",
            "The document is replaced: the one in its place is sent.",
        ),
        _NOTHING,
    ),
    Lack.NO_PERSON: (
        Sentence("La liste n’a plus cette personne.", "The list does not have this person."),
        _LIST,
    ),
    Lack.NO_BIRTH_NAME: (Sentence("Le nom de naissance manque.", "The birth name is missing."), _LIST),
    Lack.SINGLE_NAME: (
        Sentence(
            "La personne porte un nom unique, et le schéma exige un prénom.",
            "The person has a single name, and the schema demands a given name.",
        ),
        Sentence(
            "Saisissez cette personne sur le portail, selon la consigne de la Caisse des Dépôts.",
            "Enter this person on the portal, as the Caisse des Dépôts instructs.",
        ),
    ),
    Lack.GIVEN_NAMES_UNDIVIDED: (
        Sentence(
            "Plusieurs prénoms ne sont pas séparés\u202f: le premier n’est pas deviné.",
            "Several given names stand together: which is the first is not guessed.",
        ),
        Sentence(
            "Remplissez prenom1, prenom2, prenom3 dans le fichier d’état civil.",
            "Fill in prenom1, prenom2, prenom3 in the file of civil data.",
        ),
    ),
    Lack.GIVEN_NAMES_DIFFER: (
        Sentence(
            "Les prénoms de l’état civil ne sont pas ceux de la liste.",
            "The given names of the civil data are not those of the list.",
        ),
        Sentence("Vérifiez sur la pièce d’identité.", "Check them on the identity document."),
    ),
    Lack.NO_BIRTH_YEAR: (Sentence("L’année de naissance manque.", "The year of birth is missing."), _CIVIL),
    Lack.BIRTH_DATE_IMPOSSIBLE: (
        Sentence(
            "La date de naissance n’est pas une date de 1900 à 2099.",
            "The date of birth is no date from 1900 to 2099.",
        ),
        _CIVIL,
    ),
    Lack.BIRTH_DATES_DIFFER: (
        Sentence(
            "La date de naissance de l’état civil n’est pas celle de la liste.",
            "The date of birth of the civil data is not that of the list.",
        ),
        Sentence("Vérifiez sur la pièce d’identité.", "Check it on the identity document."),
    ),
    Lack.NO_BIRTH_PLACE: (
        Sentence(
            "Le lieu de naissance manque\u202f: ni code de commune, ni code de pays.",
            "The place of birth is missing: neither a commune’s code nor a country’s.",
        ),
        _CIVIL,
    ),
    Lack.PLACE_CODE_MALFORMED: (
        Sentence(
            "Un code de lieu n’a pas la forme demandée.",
            "A code of the place of birth does not have the form asked for.",
        ),
        Sentence(
            "Code INSEE\u202f: cinq caractères (99… pour un pays)\u202f; "
            "code postal\u202f: neuf au plus\u202f; "
            "code de pays\u202f: trois.",
            "INSEE code: five characters (99… for a country); postal code: nine at most; country: three.",
        ),
    ),
    Lack.TOO_LONG: (
        Sentence(
            "Un nom dépasse 60 caractères, et rien n’est coupé.",
            "A name is longer than 60 characters, and nothing is cut.",
        ),
        Sentence(
            "Décidez avec la Caisse des Dépôts comment l’écrire, puis saisissez-le sur le portail.",
            "Decide with the Caisse des Dépôts how to write it, and enter it on the portal.",
        ),
    ),
    Lack.FORBIDDEN_CHARACTER: (
        Sentence("Un caractère ne peut pas être écrit en XML.", "A character cannot be written in XML."),
        _LIST,
    ),
    Lack.NO_SEX: (
        Sentence(
            "Le sexe à l’état civil manque, et le schéma l’exige.",
            "The sex in the civil registry is missing, and the schema demands it.",
        ),
        _CIVIL,
    ),
    Lack.UNKNOWN_ROUTE: (
        Sentence(
            "La voie d’accès n’a pas de modalité dans la fiche (cpf_modalite_acces).",
            "The access route has no word of the feed in the fiche (cpf_modalite_acces).",
        ),
        Sentence("Complétez la fiche, ou corrigez la voie.", "Complete the fiche, or correct the route."),
    ),
    Lack.DATE_OUT_OF_RANGE: (
        Sentence(
            "La date de la décision n’est pas de 1900 à 2099.",
            "The decision’s date is not from 1900 to 2099.",
        ),
        _LIST,
    ),
    Lack.UNCHANGED: (
        Sentence(
            "La ligne a été rejetée, et rien n’a changé depuis.",
            "The line was rejected, and nothing has changed since.",
        ),
        Sentence(
            "Corrigez ce que le rejet nomme, ou renvoyez-la telle quelle en le demandant.",
            "Correct what the rejection names, or ask for it to be sent again as it is.",
        ),
    ),
}
