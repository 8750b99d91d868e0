"""What the student system and the jury hand in, as values: candidates, sessions, results, annulments.

A value here is *as read*: the rules (``eligibility``) judge it, nothing is judged by a constructor.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Side(StrEnum):
    """Which side of the jury a member sits on."""

    INTERNAL = "internal"
    EXTERNAL = "external"


@dataclass(frozen=True, slots=True)
class PathChange:
    """A change of access route during the path."""

    on: date
    to_route: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """A person known to the institution.

    Attributes:
        id: The student system's identifier.
        birth_name: ``nom de naissance``, exactly as on the identity document (NFC).
        usage_name: ``nom d'usage`` or None.
        given_names: ``prénoms``; empty for a person with a single name.
        birth_date: Or None when unknown.
        route: Key of the access route.
        entry_date: Entry into the path, or for VAE the favourable admissibility decision; or None.
        email: Kept for delivery only; never in a credential.
        latin_name: Transliteration from the identity document, for a name in another script; or None.
        reentry_date: When an interrupted path was taken up again; or None.
        path_changes: Changes of route.
        enrolled_blocks: Codes of the blocks enrolled for, when not the whole certification; else empty.
        prerequisite_evidence: Whether the entry prerequisites are evidenced in the file.
        deceased_on: Or None.
        not_same_as: Ids of entries of the list that a person has confirmed to be somebody else, however
            much the two look alike.
    """

    id: str
    birth_name: str
    usage_name: str | None
    given_names: str
    birth_date: date | None
    route: str
    entry_date: date | None
    email: str | None = None
    latin_name: str | None = None
    reentry_date: date | None = None
    path_changes: Sequence[PathChange] = ()
    enrolled_blocks: Sequence[str] = ()
    prerequisite_evidence: bool = True
    deceased_on: date | None = None
    not_same_as: Sequence[str] = ()

    @property
    def display_name(self) -> str:
        """Given names and birth name as on the document, with the used name where it differs."""
        name = f"{self.given_names} {self.birth_name}".strip()
        if self.usage_name and self.usage_name != self.birth_name:
            return f"{name}, nom d’usage {self.usage_name}"
        return name


@dataclass(frozen=True, slots=True)
class Tie:
    """A jury member tied to a candidate; ``recused`` when the member stood down for that candidate."""

    candidate_id: str
    side: Side
    recused: bool


@dataclass(frozen=True, slots=True)
class JurySession:
    """One jury session (``procès-verbal``) for one certification.

    Attributes:
        id: e.g. ``S2024-06``.
        on: The deliberation's date.
        routes: Keys of the access routes that it judged.
        internal: Number of internal members present.
        external: Number of outside professionals (``représentants qualifiés`` for VAE).
        represents_head: Whether an internal member represents the head of the institution.
        president: Whether a chair is named.
        signed: Whether the record is signed.
        signatory: Who signed, as written; or None.
        ties: Members tied to candidates.
        place: Where, or None.
        cites_memoire: False when the record has a line for the dissertation and leaves it empty.
    """

    id: str
    certification: str
    on: date
    routes: Sequence[str]
    internal: int
    external: int
    represents_head: bool
    president: bool
    signed: bool
    signatory: str | None
    ties: Sequence[Tie] = ()
    place: str | None = None
    cites_memoire: bool = True


@dataclass(frozen=True, slots=True)
class ResultRow:
    """One line of a jury record, as read and normalised; nothing guessed.

    Attributes:
        source: Name of the file or import that it came from.
        number: Line in that file, as a person counts (the header is line 1).
        session: Session id.
        decision_date: The date as read, or None when unreadable.
        decision_date_text: The date as written.
        candidate_id: As written; empty when the record gives none.
        family_name: As written (NFC).
        given_names: As written (NFC).
        component: Block code, or the certification's code for the title.
        decision: The decision word in its canonical French form (``validé``, ``non validé``, ``absent``,
            ``attribué``, ``non attribué``), or as written when not one of these.
        reference: Reference of the signed record.
        normalised: Names of the columns whose value was normalised (Unicode form, spaces, case of a code
            or word, date in another form than the rest of the file).
        mention: ``mention`` (assez bien…) if the record holds one.
        compare_folded: The source writes names in capitals: compare without case and never copy the name.
        birth_date: The candidate's birth date if the record gives one (tells homonyms apart).
    """

    source: str
    number: int
    session: str
    decision_date: date | None
    decision_date_text: str
    candidate_id: str
    family_name: str
    given_names: str
    component: str
    decision: str
    reference: str = ""
    normalised: Sequence[str] = ()
    mention: str | None = None
    compare_folded: bool = False
    birth_date: date | None = None


@dataclass(frozen=True, slots=True)
class Annulment:
    """The annulment of decisions already taken (``jury-cases.md``, rule 11).

    Attributes:
        candidate_id: Whose decisions.
        on: Date of the annulment.
        scope: Component codes (the certification's code for the title).
        by: ``jury``, ``administration`` or ``juge``.
        ground: Why, as written.
        reference: Reference of the act.
        session_date: Only decisions of that date; None for all favourable ones up to ``on``.
    """

    candidate_id: str
    on: date
    scope: Sequence[str]
    by: str
    ground: str
    reference: str
    session_date: date | None = None


@dataclass(frozen=True, slots=True)
class EarlierAward:
    """An award that the institution made on paper, or with another tool, before this register.

    Attributes:
        source: Name of the file that it came from.
        number: Line in that file, as a person counts.
        candidate_id: Whose.
        component: Block code, or the certification's code for the title.
        decided_on: Day of the jury's decision, as the paper bears it.
        paper_number: The paper's own number; for the register alone, never in a credential.
        origin: Where it was found: the earlier register, the other tool.
    """

    source: str
    number: int
    candidate_id: str
    component: str
    decided_on: date
    paper_number: str
    origin: str


@dataclass(frozen=True, slots=True)
class JuryRecord:
    """Everything handed in for one certification: what the rules are applied to.

    Attributes:
        candidates: The list as it is now.
        sessions: The sessions.
        rows: The lines of the records.
        annulments: Acts on decisions.
        former: Entries of the list as it was before: a line that was taken in while the list named a person
            so still designates them after a change of name.
        earlier: Awards that were made before this register.
    """

    candidates: Sequence[Candidate]
    sessions: Sequence[JurySession]
    rows: Sequence[ResultRow]
    annulments: Sequence[Annulment] = ()
    former: Sequence[Candidate] = ()
    earlier: Sequence[EarlierAward] = ()
