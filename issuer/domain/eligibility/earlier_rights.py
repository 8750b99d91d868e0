"""What a person obtained elsewhere than in this record: before this register, or under another fiche."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from issuer.domain.certification import Certification
from issuer.domain.codes import Code, refusal_codes, warning_codes
from issuer.domain.eligibility.findings import Finding, RowFinding, RowRef, Scope, Wording
from issuer.domain.eligibility.lines import AWARDED, VALIDATED, Line
from issuer.domain.eligibility.outcome import Acquisition
from issuer.domain.eligibility.rows import component_fault
from issuer.domain.equivalence import BlockPair, Equivalence, counterparts
from issuer.domain.records import EarlierAward, JuryRecord, ResultRow


@dataclass(frozen=True, slots=True)
class EarlierRights:
    """What one person brings with him or her.

    Attributes:
        delivered: Decisions that the institution delivered before this register.
        kept: Blocks acquired under another fiche that count here.
        by_equivalence: Where a line has its block by equivalence: code of the earlier block, by row.
    """

    delivered: Sequence[Line] = ()
    kept: Sequence[Line] = ()
    by_equivalence: Mapping[RowRef, str] = field(default_factory=dict)

    def warnings(self, obtained: Iterable[Line], wording: Wording) -> Iterator[Finding]:
        """Warn about what was obtained by an equivalence, or before this register.

        Args:
            obtained: Lines that count.
            wording: Makes findings.

        Spec: jury-cases.md, rules 7 and 12.
        """
        for line in obtained:
            said: list[tuple[Code, str]] = []
            earlier = next(
                (self.by_equivalence[ref] for ref in line.refs if ref in self.by_equivalence), None
            )
            if earlier is not None:
                said.append((warning_codes.BLOCK_BY_EQUIVALENCE, earlier))
            if line in self.delivered:
                said.append((warning_codes.EARLIER_AWARD, line.row.reference))
            for code, value in said:
                yield wording.finding(
                    code, Scope.COMPONENTS, value=value, components=[line.row.component], rows=line.refs
                )


def earlier_faults(row: ResultRow, certification: Certification, today: date) -> Sequence[tuple[Code, str]]:
    """Tell why an older award cannot be taken up.

    Args:
        row: The award as a row.
        certification: The fiche.
        today: The day in Paris.

    Returns:
        Codes with the value that their sentence names; empty where there is none.

    Spec: jury-cases.md, step 2.
    """
    fault = component_fault(row, certification)
    faults = [(fault[0], fault[2])] if fault else []
    if row.decision_date is not None and row.decision_date > today:
        faults.append((refusal_codes.FUTURE_DATE, row.decision_date_text))
    return faults


def check_earlier(
    certification: Certification,
    registered: JuryRecord,
    awards: Iterable[EarlierAward],
    *,
    today: date,
    equivalences: Collection[Equivalence] = (),
) -> Sequence[RowFinding]:
    """Check awards that were made before this register, for the moment of import.

    Args:
        certification: The fiche.
        registered: What the register holds.
        awards: The awards handed in.
        today: The day in Paris.
        equivalences: Approved equivalences.

    Returns:
        Every finding; each refuses its row.

    Spec: design.md, section 3 (one live award per person and component, never twice).
    """
    wording = Wording.of(certification)
    pairs = Elsewhere.of(certification, registered, equivalences, {}).pairs
    known = {candidate.id for candidate in registered.candidates}
    before = {(award.candidate_id, award.component): award for award in registered.earlier}
    found = []
    for award in awards:
        pair = pairs.get(award.component)
        row = as_row(award, certification, pair.later if pair else None)
        said = [
            (code, "composant" if code is not refusal_codes.FUTURE_DATE else "date_decision", value)
            for code, value in earlier_faults(row, certification, today)
        ]
        if award.candidate_id not in known:
            said.append((refusal_codes.UNKNOWN_CANDIDATE, "id_candidat", award.candidate_id))
        kept = before.get((award.candidate_id, award.component))
        if kept is not None and not same_award(kept, award):
            said.append((refusal_codes.EARLIER_KNOWN, "numero_papier", kept.paper_number))
        ref = RowRef(award.source, award.number)
        found += [wording.row_finding(code, ref, column, value, None) for code, column, value in said]
    return found


def same_award(left: EarlierAward, right: EarlierAward) -> bool:
    """Tell whether two entries speak of the same paper, wherever each was found."""
    return (left.candidate_id, left.component, left.decided_on, left.paper_number) == (
        right.candidate_id,
        right.component,
        right.decided_on,
        right.paper_number,
    )


def as_row(award: EarlierAward, certification: Certification, component: str | None = None) -> ResultRow:
    """Give an older award as a row of a record: its day stands for the session that nobody kept here.

    Args:
        award: The award.
        certification: The fiche.
        component: The component for which it counts, where it is another.
    """
    counts = component or award.component
    day = award.decided_on.isoformat()
    return ResultRow(
        source=award.source,
        number=award.number,
        session=day,
        decision_date=award.decided_on,
        decision_date_text=day,
        candidate_id=award.candidate_id,
        family_name="",
        given_names="",
        component=counts,
        decision=AWARDED if counts == certification.code else VALIDATED,
        reference=award.paper_number,
    )


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """What a whole record's people bring with them.

    Attributes:
        certification: The fiche.
        record: The record; in :attr:`rows` blocks of another fiche stand as those that they count for.
        pairs: Earlier blocks that count here, by their codes.
        kept: Blocks acquired under other fiches, by candidate.
    """

    certification: Certification
    record: JuryRecord
    pairs: Mapping[str, BlockPair]
    kept: Mapping[str, Collection[Acquisition]]

    @classmethod
    def of(
        cls,
        certification: Certification,
        record: JuryRecord,
        equivalences: Collection[Equivalence],
        kept: Mapping[str, Collection[Acquisition]],
    ) -> "Elsewhere":
        """Sort what counts here out of what people bring with them."""
        codes = {block.code for block in certification.blocks}
        pairs = counterparts(equivalences, certification.code)
        return cls(
            certification, record, {key: pair for key, pair in pairs.items() if pair.later in codes}, kept
        )

    @property
    def rows(self) -> Sequence[ResultRow]:
        """The record's rows, a block of another fiche being read as the one that it counts for."""
        return [
            replace(row, component=self.pairs[row.component].later) if row.component in self.pairs else row
            for row in self.record.rows
        ]

    def of_candidate(self, candidate_id: str) -> EarlierRights:
        """Give what one person brings."""
        by_equivalence = {
            RowRef(row.source, row.number): row.component
            for row in self.record.rows
            if row.component in self.pairs
        }
        delivered = []
        for award in self.record.earlier:
            if award.candidate_id == candidate_id:
                pair = self.pairs.get(award.component)
                row = as_row(award, self.certification, pair.later if pair else None)
                delivered.append(Line(candidate_id, row, (row,), ()))
                if pair:
                    by_equivalence[RowRef(row.source, row.number)] = pair.earlier
        kept = []
        for item in self.kept.get(candidate_id, ()):
            pair = self.pairs.get(item.component)
            if pair is not None:
                row = _kept_row(candidate_id, item, pair)
                kept.append(Line(candidate_id, row, (row,), ()))
                by_equivalence[RowRef(row.source, row.number)] = pair.earlier
        return EarlierRights(tuple(delivered), tuple(kept), by_equivalence)


def _kept_row(candidate_id: str, item: Acquisition, pair: BlockPair) -> ResultRow:
    day = item.decided_on.isoformat()
    return ResultRow(
        # The file belongs to the other fiche's record: its name alone could be one of this record's.
        source=f"{pair.earlier}/{item.row.source}",
        number=item.row.number,
        session=item.session,
        decision_date=item.decided_on,
        decision_date_text=day,
        candidate_id=candidate_id,
        family_name="",
        given_names="",
        component=pair.later,
        decision=VALIDATED,
    )
