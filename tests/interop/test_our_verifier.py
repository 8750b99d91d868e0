"""What we issue, our own verifier finds good, by every road."""

from collections import Counter

import pytest

from credentials import CheckId, Outcome, Verdict
from credentials.json_input import to_bytes
from issuer.domain.award import AwardKind
from tests.interop.forgeries import FORGERIES, forged
from tests.interop.sample_record import SampleRecord


def test_the_sample_record_gives_thirty_awards_of_which_six_are_titles(record: SampleRecord) -> None:
    kinds = Counter(each.award.kind for each in record.awards)
    assert kinds == {AwardKind.BLOCK: 24, AwardKind.TITLE: 6}


def test_every_award_is_valid_but_the_withdrawn_one(record: SampleRecord) -> None:
    for each in record.awards:
        report = record.desk.check(each.stored)
        wanted = Verdict.REVOKED if each.award.number == record.withdrawn else Verdict.VALID
        assert report.verdict is wanted, (each.award.number, report.to_dict())


def test_a_title_and_its_blocks_are_bound_by_digests_that_the_verifier_follows(record: SampleRecord) -> None:
    for each in record.awards:
        outcome = record.desk.check(each.stored).check(CheckId.RELATED).outcome
        assert outcome is (Outcome.PASS if each.is_title else Outcome.NOT_APPLICABLE), each.award.number


def test_a_forged_copy_of_every_award_is_refused(record: SampleRecord) -> None:
    for each in record.awards:
        report = record.desk.check(to_bytes(forged(each.document, "holder")))
        assert report.verdict is Verdict.MODIFIED, (each.award.number, report.verdict)


@pytest.mark.parametrize("forgery", FORGERIES)
@pytest.mark.parametrize("kind", AwardKind)
def test_every_kind_of_forgery_is_refused(record: SampleRecord, kind: AwardKind, forgery: str) -> None:
    report = record.desk.check(to_bytes(forged(record.one(kind).document, forgery)))
    assert report.verdict in {Verdict.MODIFIED, Verdict.MALFORMED}, report.to_dict()
