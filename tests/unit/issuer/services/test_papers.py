"""What is printed for an award: from the register, never from the day; and the digest that is kept of it."""

import hashlib
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from issuer.bootstrap import papers
from issuer.domain.award import Award, AwardKind, DuplicateReason, ReplacementReason
from issuer.domain.institution import Institution, Signatory
from issuer.domain.short_code import read_short_code
from issuer.errors import NotFoundError
from issuer.ports import Duplicate, Replacement
from issuer.ports.printing import Lack, Paper, PaperSignatory
from issuer.services.papers import Papers, lacks
from tests.interop.sample_record import SampleRecord, issue_sample_record
from tests.support.papers import fiche

AT = datetime(2030, 1, 1, tzinfo=UTC)
SIGNATORY = PaperSignatory("A. Lemaire", "directrice déléguée", "Délégation n° 12")


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> SampleRecord:
    """Issue the sample record; its tests add to the register only what no other one looks at."""
    return issue_sample_record(tmp_path_factory.mktemp("sample"))


def gathered(
    record: SampleRecord, award: Award, institution: Institution | None = None, copy: Duplicate | None = None
) -> Paper:
    office = replace(record.office, institution=institution or record.office.institution)
    with office.store.reading() as registry:
        return papers(office).paper(registry, award, copy)


def real(record: SampleRecord, **changes: object) -> Institution:
    return replace(record.office.institution, demonstration=False, **changes)  # type: ignore[arg-type]


def remote(record: SampleRecord) -> Award:
    """Give an award of the jury that met remotely."""
    return next(each.award for each in record.awards if each.award.session == "S2025-10V")


def test_a_paper_gathers_what_the_register_holds(record: SampleRecord) -> None:
    award = record.one(AwardKind.TITLE).award
    paper = gathered(record, award)
    assert (paper.number, paper.holder, paper.link) == (award.number, award.holder, award.credential_id)
    assert (paper.decided_on, paper.made_at) == (award.decided_on, award.issued_at)
    assert (paper.place, paper.host) == ("Paris", "localhost:8000")
    assert paper.signatory == PaperSignatory(
        "A. Lemaire", "directrice déléguée (fictive)", "Délégation fictive, jeu de démonstration"
    )
    with record.office.store.reading() as registry:
        assert read_short_code(paper.short_code or "") == registry.short_code(award.number)
    assert paper.block is None
    block = gathered(record, record.one(AwardKind.BLOCK).award)
    assert block.block is not None
    assert block.block.code == record.one(AwardKind.BLOCK).award.component


def test_the_sample_fiche_and_the_shipped_institution_make_specimens(record: SampleRecord) -> None:
    award = record.one(AwardKind.TITLE).award
    assert gathered(record, award).lacks == (Lack.REGISTRATION_DECISION, Lack.DEMONSTRATION)
    assert gathered(record, award, real(record)).lacks == (Lack.REGISTRATION_DECISION,)


LACKS = {
    Lack.REGISTRATION_DECISION: (fiche(None), "Paris", SIGNATORY, False),
    Lack.SUBJECT_CODE: (replace(fiche(), nsf=()), "Paris", SIGNATORY, False),
    Lack.PLACE: (fiche(), None, SIGNATORY, False),
    Lack.SIGNATORY: (fiche(), "Paris", None, False),
    Lack.SIGNATORY_QUALITY: (fiche(), "Paris", replace(SIGNATORY, quality=None), False),
    Lack.DEMONSTRATION: (fiche(), "Paris", SIGNATORY, True),
}


@pytest.mark.parametrize("lack", LACKS)
def test_each_missing_mention_alone_makes_a_specimen(lack: Lack) -> None:
    certification, place, signatory, demonstration = LACKS[lack]
    assert lacks(certification, place, signatory, demonstration=demonstration) == (lack,)


def test_with_every_mention_a_paper_is_final() -> None:
    assert lacks(fiche(), "Paris", SIGNATORY, demonstration=False) == ()


def test_a_jury_that_met_remotely_met_nowhere_and_the_institutions_place_wins(record: SampleRecord) -> None:
    award = remote(record)
    assert gathered(record, award).place is None
    assert Lack.PLACE in gathered(record, award).lacks
    assert gathered(record, award, real(record, delivery_place="Saint-Denis")).place == "Saint-Denis"


def test_the_signatory_is_who_signed_the_record_else_the_first_who_may_sign_now(record: SampleRecord) -> None:
    award = record.one(AwardKind.TITLE).award
    signed, other = record.office.institution.signatories[0], Signatory("B. Durand", "Délégation 3")
    both = gathered(record, award, real(record, signatories=[other, signed])).signatory
    assert both is not None
    assert both.name == "A. Lemaire"
    gone = gathered(record, award, real(record, signatories=[other]))
    assert gone.signatory == PaperSignatory("B. Durand", None, "Délégation 3")
    assert Lack.SIGNATORY_QUALITY in gone.lacks
    nobody = gathered(record, award, real(record, signatories=[]))
    assert (nobody.signatory, Lack.SIGNATORY in nobody.lacks) == (None, True)


def test_what_takes_the_place_of_another_bears_the_first_day_of_delivery(record: SampleRecord) -> None:
    first, second, third = [each.award for each in record.awards[:3]]
    with record.office.store.writing() as registry:
        for old, new in ((first, second), (second, third)):
            reason = ReplacementReason.CIVIL_STATUS
            registry.add_replacement(Replacement(old.number, new.number, reason, AT, "test"))
    later = replace(third, issued_at=third.issued_at + timedelta(days=400))
    assert gathered(record, later).delivered_on == gathered(record, first).delivered_on
    assert gathered(record, later).made_at == later.issued_at


def test_the_sentence_on_the_registration_is_that_of_the_day_of_issue(record: SampleRecord) -> None:
    award = replace(record.one(AwardKind.TITLE).award, issued_at=datetime(2024, 7, 1, tzinfo=UTC))
    early = gathered(record, award)
    assert early.delivered_on == date(2024, 7, 1)
    assert early.registration is not None
    assert "a pris fin" not in early.registration.fr


def test_the_digest_of_a_file_is_kept_the_first_time_and_printing_again_writes_nothing(
    record: SampleRecord, tmp_path: Path
) -> None:
    award, printer = record.one(AwardKind.BLOCK).award, papers(record.office)
    first = printer.printed(award)
    assert (first.media_type, first.etag) == (
        "application/pdf",
        hashlib.sha256(first.body).hexdigest(),
    )
    assert printer.printed(award).body == first.body
    copy = Duplicate(f"{award.number}-D1", award.number, DuplicateReason.LOSS, AT, "test")
    again = printer.printed(award, copy)
    with record.office.store.reading() as registry:
        kept = registry.papers_of(award.number)
    assert [(paper.sha256, paper.duplicate) for paper in kept] == [
        (first.etag, None),
        (again.etag, copy.paper_number),
    ]


def test_an_award_without_a_document_is_not_printed(record: SampleRecord) -> None:
    award = replace(record.one(AwardKind.BLOCK).award, number="1999-000001")
    with pytest.raises(NotFoundError) as refused:
        Papers(record.office, papers(record.office).press).printed(award)
    assert refused.value.code == "award.unknown"
