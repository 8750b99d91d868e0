"""Every case of jury-cases.yaml, as data, under both title policies."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from issuer.domain.certification import IssueWhen, TitlePolicy
from issuer.domain.codes import Effect
from issuer.domain.eligibility import Evaluation
from issuer.domain.plan import build_plan
from tests.unit.issuer.domain.case_records import (
    CASES,
    DATA,
    case_certification,
    case_evaluation,
    case_record,
    scope_of,
    short,
)


def _answer(case: dict[str, Any], policy: TitlePolicy) -> tuple[dict[str, Any], Evaluation]:
    """Give the rules' answer in the words of the file."""
    certification = replace(case_certification(case), title_policy=policy)
    evaluation = case_evaluation(case, certification)
    part = evaluation.candidate("C1")
    orphans = evaluation.rows_without_candidate
    refusals = [(finding.code.id, "row") for finding in orphans]
    if part is None or orphans:
        held = any(finding.code.effect is Effect.DOUBT for finding in orphans)
        answer: dict[str, Any] = {
            "acquired": [],
            "block_certificates": [],
            "title": "held" if held else "refused",
            "title_date": None,
            "refusals": refusals,
            "warnings": [],
            "cpf_export": [],
        }
    else:
        plan = build_plan(replace(certification, issue_when=IssueWhen.BLOCK), evaluation, [])
        refusals += [(finding.code.id, scope_of(finding, certification)) for finding in part.refusals]
        answer = {
            "acquired": [short(item.component, certification) for item in part.acquired],
            "block_certificates": [
                short(award.component, certification) for award in plan.awards if not award.blocks
            ],
            "title": part.title.value,
            "title_date": part.title_date.isoformat() if part.title_date else None,
            "refusals": sorted(refusals),
            "warnings": sorted(finding.code.id for finding in part.warnings),
            "cpf_export": sorted({finding.code.id for finding in part.cpf_export}),
        }
    answer["document"] = [finding.code.id for finding in evaluation.document_refusals]
    return answer, evaluation


def _expected(case: dict[str, Any], policy: TitlePolicy) -> dict[str, Any]:
    expect = dict(case["expect"])
    when = case.get("expect_when", {})
    if when.get("title_policy") == policy.value:
        expect |= when
    return {
        "acquired": expect["acquired"],
        "block_certificates": expect["block_certificates"],
        "title": expect["title"],
        "title_date": expect.get("title_date") if expect["title"] == "granted" else None,
        "refusals": sorted((item["code"], item["scope"]) for item in expect["refusals"]),
        "warnings": sorted(expect["warnings"]),
        "cpf_export": case.get("cpf_export", {}).get("refusals", []),
        "document": case.get("document", {}).get("refusals", []),
    }


@pytest.mark.parametrize("policy", list(TitlePolicy), ids=lambda policy: policy.value)
@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_each_case_gets_the_expected_answer(case: dict[str, Any], policy: TitlePolicy) -> None:
    answer, _ = _answer(case, policy)

    assert answer == _expected(case, policy)


@pytest.mark.parametrize(
    "case", [case for case in CASES if "expect_display" in case], ids=lambda case: case["id"]
)
def test_the_name_is_shown_as_written(case: dict[str, Any]) -> None:
    record = case_record(case, case_certification(case))

    assert record.candidates[0].display_name == case["expect_display"]


def test_there_are_seventy_two_cases() -> None:
    assert len(CASES) == 72


def test_the_copy_of_the_cases_is_the_papers(shared: Path) -> None:
    assert (DATA / "jury-cases.yaml").read_bytes() == (shared / "domain" / "jury-cases.yaml").read_bytes()
