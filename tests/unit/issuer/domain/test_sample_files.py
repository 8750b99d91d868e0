"""The sample files together give exactly what expected.yaml says, under all four policies."""

from dataclasses import replace
from functools import cache
from typing import Any

import pytest

from issuer.domain.certification import IssueWhen, TitlePolicy
from issuer.domain.eligibility import CandidateEvaluation, Evaluation, check_rows, evaluate
from issuer.domain.plan import build_plan
from tests.unit.issuer.domain.case_records import DATA, ROOT, load, rncp35080, sample_record, short

SAMPLES = ROOT / "issuer" / "samples"
EXPECTED = load(DATA / "expected.yaml")
COMBINATIONS = [
    {"issue_when": "completion", "title_policy": "blocks", "awards": EXPECTED["awards"]},
    *EXPECTED["awards_when"],
]


@cache
def _evaluation(policy: TitlePolicy) -> Evaluation:
    certification = replace(rncp35080(), title_policy=policy)
    return evaluate(
        certification,
        sample_record(SAMPLES, certification),
        today=EXPECTED["today"],
        signatories=EXPECTED["signatories_known"],
        issued={},
    )


def _answer(part: CandidateEvaluation) -> dict[str, Any]:
    answer: dict[str, Any] = {
        "acquired": [short(item.component, rncp35080()) for item in part.acquired],
        "title": part.title.value,
        "refusals": sorted({finding.code.id for finding in part.refusals}),
        "warnings": sorted({finding.code.id for finding in part.warnings}),
    }
    if part.title_date:
        answer["title_date"] = part.title_date
    if part.cpf_export:
        answer["cpf_export"] = [finding.code.id for finding in part.cpf_export]
    return answer


@pytest.mark.parametrize("candidate_id", EXPECTED["candidates"])
def test_each_candidate_gets_exactly_the_expected_answer(candidate_id: str) -> None:
    expected = EXPECTED["candidates"][candidate_id]
    part = _evaluation(TitlePolicy.BLOCKS).candidate(candidate_id)

    assert part is not None
    assert _answer(part) == {
        **expected,
        "refusals": sorted(expected["refusals"]),
        "warnings": sorted(expected["warnings"]),
    }


def test_nobody_else_is_evaluated() -> None:
    evaluation = _evaluation(TitlePolicy.BLOCKS)

    assert [part.candidate_id for part in evaluation.candidates] == sorted(EXPECTED["candidates"])


def test_rows_that_designate_nobody_are_told_with_their_place() -> None:
    rows = _evaluation(TitlePolicy.BLOCKS).rows_without_candidate

    assert [(row.row.source, row.value, row.code.id) for row in rows] == [
        (item["file"], item["id_candidat"], item["refusal"]) for item in EXPECTED["rows_without_candidate"]
    ]


def test_the_document_is_refused_as_long_as_the_fiche_lacks_its_decision_date() -> None:
    refusals = _evaluation(TitlePolicy.BLOCKS).document_refusals

    assert [finding.code.id for finding in refusals] == EXPECTED["document"]["refusals"]


@pytest.mark.parametrize(
    "combination", COMBINATIONS, ids=lambda item: f"{item['issue_when']}-{item['title_policy']}"
)
def test_the_plan_issues_exactly_the_expected_awards(combination: dict[str, Any]) -> None:
    policy = TitlePolicy(combination["title_policy"])
    certification = replace(rncp35080(), title_policy=policy, issue_when=IssueWhen(combination["issue_when"]))
    awards: dict[str, list[str]] = {}
    for award in build_plan(certification, _evaluation(policy), []).awards:
        awards.setdefault(award.candidate_id, []).append(short(award.component, certification))

    assert awards == combination["awards"]


@pytest.mark.parametrize(
    ("issue_when", "policy", "count"),
    [
        (IssueWhen.COMPLETION, TitlePolicy.BLOCKS, 30),
        (IssueWhen.BLOCK, TitlePolicy.BLOCKS, 35),
        (IssueWhen.COMPLETION, TitlePolicy.JURY, 29),
        (IssueWhen.BLOCK, TitlePolicy.JURY, 34),
    ],
)
def test_the_four_policies_give_thirty_thirty_five_twenty_nine_and_thirty_four(
    issue_when: IssueWhen, policy: TitlePolicy, count: int
) -> None:
    certification = replace(rncp35080(), issue_when=issue_when, title_policy=policy)

    assert build_plan(certification, _evaluation(policy), []).summary["awards"] == count


def test_the_import_tells_the_first_two_steps_only_with_column_and_value() -> None:
    certification = rncp35080()
    record = sample_record(SAMPLES, certification)
    told = [
        (finding.row.source, finding.row.number, finding.code.id, finding.column, finding.value)
        for finding in check_rows(certification, record, today=EXPECTED["today"])
    ]

    pv, export = "pv-jury-2025-06.csv", "export-sis-2026-06.csv"
    assert told == [
        (export, 5, "E-NAME-MISMATCH", "nom", "WI?NIEWSKI"),
        (export, 11, "E-FUTURE-DATE", "date_decision", "17/06/2027"),
        (export, 13, "E-UNKNOWN-DECISION", "decision", "??"),
        (pv, 15, "W-DUPLICATE-ROW", "", "RNCP35080BC01"),
        (pv, 20, "E-UNKNOWN-CANDIDATE", "id_candidat", "C099"),
        (pv, 21, "E-UNKNOWN-BLOCK", "composant", "RNCP35080BC05"),
        (pv, 22, "E-CONDITIONAL-DECISION", "decision", "validé sous réserve"),
        (pv, 23, "E-OTHER-FICHE", "composant", "RNCP28720BC01"),
        (pv, 24, "E-DATE-FORMAT", "date_decision", "19/06/25"),
        (pv, 27, "E-AMBIGUOUS-IDENTITY", "id_candidat", ""),
    ]
