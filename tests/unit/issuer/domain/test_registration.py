"""The sentence on the registration that applies to a holder, all from the fiche's data."""

from datetime import date

import pytest

from issuer.domain.award import AwardKind
from issuer.domain.eligibility.documents import document_refusals
from issuer.domain.registration import registration_sentence
from tests.unit.issuer.domain.case_records import TODAY, rncp35080, three_blocks

LAST = date(2025, 11, 18)
NEXT = date(2025, 11, 19)


def _french(kind: AwardKind, decided_on: date, entry: date | None, today: date = TODAY) -> str | None:
    sentence = registration_sentence(
        rncp35080(), kind=kind, decided_on=decided_on, entry_date=entry, today=today
    )
    return sentence.fr if sentence else None


def test_obtained_before_the_end() -> None:
    assert _french(AwardKind.TITLE, LAST, None) == (
        "Certification enregistrée au RNCP sous le code RNCP35080 à la date d’obtention. L’enregistrement a pris "
        "fin le 18 novembre 2025\u202f; la certification obtenue reste acquise."
    )


def test_a_block_obtained_before_the_end_is_called_a_block() -> None:
    sentence = _french(AwardKind.BLOCK, LAST, None)

    assert sentence is not None
    assert sentence.startswith("Bloc d’une certification")
    assert sentence.endswith("le bloc validé reste acquis.")


def test_while_the_registration_runs_its_end_is_not_told() -> None:
    sentence = _french(AwardKind.TITLE, LAST, None, today=LAST)

    assert sentence is not None
    assert "pris fin" not in sentence


def test_obtained_after_and_entered_before() -> None:
    assert _french(AwardKind.TITLE, NEXT, LAST) == (
        "Titulaire entré dans le parcours pendant l’enregistrement (échéance\u202f: 18 novembre 2025)\u202f; il ou elle "
        "peut se prévaloir de l’inscription au RNCP (article L.\u202f6113-9 du code du travail)."
    )


@pytest.mark.parametrize("entry", [None, NEXT])
def test_without_a_known_entry_before_the_end_nothing_is_claimed(entry: date | None) -> None:
    assert _french(AwardKind.TITLE, NEXT, entry) is None


def test_another_fiche_gives_its_own_dates() -> None:
    sentence = registration_sentence(
        three_blocks(),
        kind=AwardKind.TITLE,
        decided_on=date(2028, 1, 1),
        entry_date=LAST,
        today=date(2028, 1, 2),
    )

    assert sentence is not None
    assert "30 juin 2027" in sentence.fr
    assert "30 June 2027" in sentence.en


def test_only_a_missing_decision_date_refuses_the_document() -> None:
    assert [finding.code.id for finding in document_refusals(rncp35080())] == ["E-FICHE-MENTION-MISSING"]
    assert not document_refusals(three_blocks())
