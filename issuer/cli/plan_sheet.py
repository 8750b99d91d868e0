"""A plan as a registrar reads it: figures, awards, what stops, what warns, and the next command."""

from collections.abc import Iterator, Sequence

import click

from issuer.cli.screen import fit
from issuer.domain.codes import warning_codes
from issuer.domain.eligibility import Finding, RowFinding, RowRef
from issuer.domain.plan import CandidatePlan, Plan

_Saying = tuple[str, Finding | RowFinding]
"""Whom or what it is about, and what is said."""

STOPS, ASKS, NOTE = "STOPS", "asks ", "note "
"""Marks of a finding: nothing comes out of what it touches; a person must look; good to know."""


def show_plan(plan: Plan, *, approved: bool, named: Sequence[str] = ()) -> None:
    """Print a plan.

    Args:
        plan: The plan.
        approved: Whether somebody has approved it already.
        named: Options that the next command needs as well.
    """
    for line in _lines(plan):
        click.echo(line)
    click.echo(_next(plan, approved=approved, named=named))


def _lines(plan: Plan) -> Iterator[str]:
    sayings = list(_sayings(plan))
    stopping = [saying for saying in sayings if saying[1].code.stops]
    asking = [(_person(part), finding) for part in plan.candidates for finding in part.questions]
    noted = [saying for saying in sayings if not saying[1].code.stops]
    yield _summary(plan)
    for award in plan.awards:
        whom = f"{award.candidate_id:<8}  {fit(award.holder)}"
        yield f"  issue  {whom}  {award.component:<15}  decided {award.decided_on}"
    for mark, group in ((STOPS, stopping), (ASKS, asking), (NOTE, noted)):
        for saying in group:
            yield from _said(mark, saying)
    papers = [*_papers(plan)]
    if papers:
        yield "affects the printed parchment / SI-CPF export only:"
        for saying in papers:
            yield from _said(NOTE, saying)


def _summary(plan: Plan) -> str:
    figures = plan.summary
    return (
        f"plan {plan.digest[:12]}: {figures['candidates']} people, {figures['awards']} awards "
        f"({figures['titles']} titles, {figures['blocks']} blocks), {figures['refusals']} refusals, "
        f"{figures['rows_without_candidate']} rows without a person, {figures['warnings']} warnings, "
        f"{figures['questions']} questions, {_held(plan)} held already"
    )


def _held(plan: Plan) -> int:
    """Count the awards that are in force already, so that nothing is to be issued for them."""
    return sum(
        len(note.components)
        for part in plan.candidates
        for note in part.notes
        if note.code is warning_codes.ALREADY_ISSUED
    )


def _sayings(plan: Plan) -> Iterator[_Saying]:
    for part in plan.candidates:
        said = part.evaluation
        for finding in (*said.refusals, *said.warnings, *said.notes, *part.notes):
            yield _person(part), finding
    for lost in plan.rows_without_candidate:
        yield "a row that designates nobody", lost
    for finding in plan.annulments_without_candidate:
        yield "an annulment that designates nobody", finding


def _papers(plan: Plan) -> Iterator[_Saying]:
    """Give what touches no right and no credential: the printed parchment, the export to the SI-CPF."""
    for finding in plan.document_refusals:
        yield f"{plan.certification.code}", finding
    for part in plan.candidates:
        for finding in part.evaluation.cpf_export:
            yield _person(part), finding


def _person(part: CandidatePlan) -> str:
    return f"{part.evaluation.candidate_id}  {fit(part.evaluation.holder)}".rstrip()


def _said(mark: str, saying: _Saying) -> Iterator[str]:
    whom, finding = saying
    about = [whom]
    if isinstance(finding, Finding) and finding.components:
        about.append(", ".join(finding.components))
    places = "; ".join(f"{ref.source} row {ref.number}" for ref in _rows(finding))
    if places:
        about.append(f"({places})")
    yield f"  {mark}  {finding.code.id}  {'  '.join(about)}"
    yield f"      {finding.sentence.en}"
    yield f"      fr: {finding.sentence.fr}"
    if finding.remedy:
        yield f"      to do: {finding.remedy.en}"
    yield f"      source: {finding.code.source}"


def _rows(finding: Finding | RowFinding) -> Sequence[RowRef]:
    return (finding.row,) if isinstance(finding, RowFinding) else finding.rows


def _next(plan: Plan, *, approved: bool, named: Sequence[str]) -> str:
    options = "".join(f" {word}" for word in named)
    if plan.awards and approved:
        return f"next: parchemin issue --all{options} (this plan is approved)"
    if plan.awards:
        return f"next: parchemin approve {plan.digest[:12]}{options}"
    if not plan.candidates:
        return "nothing to issue: nobody is in it; hand in a record: parchemin jury import FILE"
    if _held(plan):
        return "nothing to issue: all that was earned is issued already, or stopped by what stands above"
    return "nothing to issue: no block and no title is earned; what stands above says why"
