"""Which columns each kind of file has, and how a file may call them and its words."""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from issuer.adapters.csv_import.result import DateForm, FileKind

CANONICAL = "canonique"
"""Name of the map that a file with the canonical column names needs."""


@dataclass(frozen=True, slots=True)
class ColumnSet:
    """The canonical columns of a kind of file.

    Attributes:
        required: Columns without which the file is not read; their cells may be empty.
        optional: Columns that may be absent.
        dates: Those of both that hold a date.
    """

    required: Sequence[str]
    optional: Sequence[str]
    dates: Sequence[str]

    @property
    def all(self) -> Sequence[str]:
        """Every column."""
        return (*self.required, *self.optional)


COLUMNS: Mapping[FileKind, ColumnSet] = {
    FileKind.CANDIDATES: ColumnSet(
        required=("id_candidat", "nom_naissance", "prenoms", "date_naissance", "voie", "date_entree"),
        optional=(
            *("nom_usage", "courriel", "nom_latin", "date_reprise", "changements_voie"),
            *("blocs_inscrits", "prerequis", "date_deces", "autre_que"),
        ),
        dates=("date_naissance", "date_entree", "date_reprise", "date_deces"),
    ),
    FileKind.SESSIONS: ColumnSet(
        # Nothing that a jury is judged by may be absent by a slip in a header.
        required=(
            *("session", "date_jury", "voies", "internes", "represente_ag", "exterieurs"),
            *("president", "pv_signe", "signataire", "lies_au_candidat"),
        ),
        optional=("lieu", "certification", "memoire_cite"),
        dates=("date_jury",),
    ),
    FileKind.RESULTS: ColumnSet(
        required=(
            *("session", "date_decision", "id_candidat", "nom", "prenoms"),
            *("composant", "decision", "reference_pv"),
        ),
        optional=("mention", "date_naissance"),
        dates=("date_decision", "date_naissance"),
    ),
    FileKind.ANNULMENTS: ColumnSet(
        required=("id_candidat", "date_annulation", "composants", "auteur", "motif", "reference"),
        optional=("date_decision",),
        dates=("date_annulation", "date_decision"),
    ),
    FileKind.EARLIER: ColumnSet(
        required=("id_candidat", "composant", "date_decision", "numero_papier", "origine"),
        optional=(),
        dates=("date_decision",),
    ),
}


@dataclass(frozen=True, slots=True)
class Word:
    """What a word of a file stands for; a decision word may differ between a block and the title.

    Attributes:
        written: The word as declared.
        block: Its meaning on a block, and everywhere but in a decision.
        title: Its meaning on the title.
    """

    written: str
    block: str
    title: str


@dataclass(frozen=True, slots=True)
class ColumnMap:
    """How one source calls its columns and words.

    Attributes:
        name: Shown to the operator.
        kind: The kind of file that it is for.
        columns: Canonical column to the file's header; a column that is not named keeps its own name.
        words: Vocabulary (``decision``, ``voie``, ``oui_non``, ``cote``, ``auteur``) to its extra words.
        date_form: The form that this source declares for its dates, or None.
        names_in_capitals: The source writes names in capitals: they serve to compare, never to write.
    """

    name: str
    kind: FileKind
    columns: Mapping[str, str] = field(default_factory=dict)
    words: Mapping[str, Sequence[Word]] = field(default_factory=dict)
    date_form: DateForm | None = None
    names_in_capitals: bool = False

    def header_of(self, column: str) -> str:
        """Give the header that stands for a canonical column.

        Args:
            column: Canonical name.

        Returns:
            The declared header, or the canonical name.
        """
        return self.columns.get(column, column)


def same_words(*words: str, meaning: str) -> Sequence[Word]:
    """Make words that mean the same on a block and on the title.

    Args:
        *words: As written.
        meaning: What they stand for.

    Returns:
        The words.
    """
    return tuple(Word(word, meaning, meaning) for word in words)


VOCABULARIES: Mapping[str, Sequence[Word]] = {
    "decision": tuple(
        Word(word, word, word) for word in ("validé", "non validé", "absent", "attribué", "non attribué")
    ),
    "voie": (
        *same_words("formation_continue", meaning="continuing_education"),
        *same_words("apprentissage", meaning="apprenticeship"),
        *same_words("contrat_professionnalisation", meaning="professionalisation_contract"),
        *same_words("candidature_individuelle", meaning="individual_application"),
        *same_words("vae", meaning="vae"),
        *same_words("etudiant", "formation_initiale", meaning="student"),
    ),
    "oui_non": (*same_words("oui", meaning="oui"), *same_words("non", meaning="non")),
    "cote": (
        *same_words("interne", meaning="internal"),
        *same_words("externe", "exterieur", meaning="external"),
    ),
    "auteur": tuple(Word(word, word, word) for word in ("jury", "administration", "juge")),
}
"""The words that every file may use; a map adds to them and never takes one away."""


def folded(header: str) -> str:
    """Give a header or a word without case, accents, spaces and punctuation.

    Args:
        header: As written, e.g. ``N° auditeur``.

    Returns:
        For comparison only, e.g. ``nauditeur``.
    """
    plain = unicodedata.normalize("NFKD", header.replace("º", "°")).casefold()
    return "".join(char for char in unicodedata.normalize("NFKD", plain) if char.isalnum())


def word_key(vocabulary: str, text: str) -> str:
    """Give what makes two words of a vocabulary the same word.

    Args:
        vocabulary: A key of ``VOCABULARIES``.
        text: The word as written.

    Returns:
        For comparison only. A decision word keeps its accents: « valide » is not « validé » unless declared.
    """
    return text.casefold() if vocabulary == "decision" else folded(text)


def lexicon(mapping: ColumnMap) -> Mapping[str, Mapping[str, Word]]:
    """Give all the words that a file may use: the usual ones, then those that its map declares.

    Args:
        mapping: The file's column map.

    Returns:
        Vocabulary to :func:`word_key` to word.
    """
    return {
        vocabulary: {
            word_key(vocabulary, word.written): word for word in (*usual, *mapping.words.get(vocabulary, ()))
        }
        for vocabulary, usual in VOCABULARIES.items()
    }
