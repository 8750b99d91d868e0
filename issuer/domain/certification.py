"""A certification and its fiche as data: title, level, blocks, access routes with their jury rules.

Nothing here knows RNCP35080: each certification is a document, versioned and never deleted.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class IssueWhen(StrEnum):
    """When credentials are issued."""

    COMPLETION = "completion"
    BLOCK = "block"


class TitlePolicy(StrEnum):
    """What carries the title: the validated blocks alone, or a decision of the jury on it as well."""

    BLOCKS = "blocks"
    JURY = "jury"


@dataclass(frozen=True, slots=True)
class Nomenclature:
    """A code and its label (NSF, Formacode, ROME)."""

    code: str
    label: str


@dataclass(frozen=True, slots=True)
class Level:
    """The qualification level (decree n° 2019-14 of 8 January 2019) and its European counterpart."""

    label: str
    national: int
    eqf: int
    eqf_uri: str


@dataclass(frozen=True, slots=True)
class Registration:
    """The registration in the national register; None means unknown, and is never filled by deduction.

    Attributes:
        register: ``RNCP``.
        expiry_date: Last day of the registration.
        decision_date: Date of the Director General's decision: a mandatory mention of the parchemin.
        delivery_deadline: Last day on which the certification may be awarded.
        fiche_url: Public address of the fiche.
        effective_date: First day of the registration, or None when unknown.
    """

    register: str
    expiry_date: date
    decision_date: date | None
    delivery_deadline: date | None
    fiche_url: str
    effective_date: date | None = None


@dataclass(frozen=True, slots=True)
class Certifier:
    """The certifying body as printed on the fiche."""

    legal_name: str
    siret: str
    trade_name: str | None
    website: str
    ror: str | None
    uai: str | None


@dataclass(frozen=True, slots=True)
class CountedJury:
    """A jury rule by head count.

    Attributes:
        internal: Members of the institution, at least.
        external: Outside professionals, at least.
        represents_head: One internal member must represent the head of the institution.
        minimum_total: Members in all, at least.
    """

    internal: int
    external: int
    represents_head: bool
    minimum_total: int = 0


@dataclass(frozen=True, slots=True)
class ProportionedJury:
    """A jury rule by percentages *and* by stated head counts; the two readings may contradict each other.

    One reading kept is a warning, neither is a refusal (``jury-cases.md``, rule 4).
    """

    internal_min_percent: int
    qualified_min_percent: int
    internal_stated: int
    qualified_stated: int
    minimum_total: int


JuryRule = CountedJury | ProportionedJury


@dataclass(frozen=True, slots=True)
class AccessRoute:
    """A way into the certification; a closed route has no jury rule.

    Attributes:
        key: Stable key, e.g. ``continuing_education``, ``vae``.
        label: As the fiche writes it.
        open: Whether the fiche opens it.
        jury_rule: The jury's composition for this route, or None when closed.
        is_vae: Validation of prior experience: the entry date is the admissibility decision.
        cpf_access: The CPF feed's word for it (``modaliteAcces``), or None where the fiche gives none.
    """

    key: str
    label: str
    open: bool
    jury_rule: JuryRule | None
    is_vae: bool
    cpf_access: str | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """A competence block: validated on its own, kept for good, without a level of its own."""

    code: str
    number: int
    title: str
    competences: Sequence[str]
    evaluation_modalities: Sequence[str]


@dataclass(frozen=True, slots=True)
class Certification:
    """One version of a fiche.

    Attributes:
        code: e.g. ``RNCP35080``.
        version: Label of this version of the data, e.g. ``1``.
        digest: SHA-256 (hex) of the document's canonical JSON: what an award refers to for ever.
        title: The exact title; never altered.
        blocks: In the fiche's order.
        required_blocks: Codes of the blocks that make the title.
        acquisition: The fiche's own sentence on how the certification is acquired.
        evaluation: The fiche's overall evaluation modalities.
        other_fiches: Codes of predecessors and successors, whose blocks never count by themselves.
    """

    code: str
    version: str
    digest: str
    language: str
    title: str
    level: Level
    nsf: Sequence[Nomenclature]
    formacodes: Sequence[Nomenclature]
    rome: Sequence[Nomenclature]
    registration: Registration
    certifier: Certifier
    blocks: Sequence[Block]
    required_blocks: Sequence[str]
    acquisition: str
    evaluation: Sequence[str]
    access_routes: Sequence[AccessRoute]
    other_fiches: Sequence[str]
    issue_when: IssueWhen = IssueWhen.COMPLETION
    title_policy: TitlePolicy = TitlePolicy.BLOCKS

    def block(self, code: str) -> Block | None:
        """Give a block by its code, or None."""
        return next((block for block in self.blocks if block.code == code), None)

    def route(self, key: str) -> AccessRoute | None:
        """Give an access route by its key, or None."""
        return next((route for route in self.access_routes if route.key == key), None)
