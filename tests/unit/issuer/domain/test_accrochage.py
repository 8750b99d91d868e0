"""Lines of the CPF feed: whatever is accepted makes a valid file; whatever is not says why."""

import string
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from issuer.adapters.accrochage import WRITERS, Schema112
from issuer.domain.accrochage import Access, deposit_row, last_day, row_digest, technical_id
from issuer.domain.accrochage_lacks import Lack
from issuer.domain.award import Award, AwardKind, AwardState
from issuer.domain.civil import (
    CivilData,
    Sex,
    holds_social_security_number,
    names_social_security_number,
)
from issuer.domain.institution import CpfSettings
from issuer.domain.records import Candidate
from tests.support.shared import SHARED, require

KEY = bytes(range(32))
SENDER = CpfSettings("PARCHEM1", "CNAM0001", "MCER000001")
ANY_TEXT = st.text(st.characters(codec="utf-8"), max_size=70)
NAMES = st.text(string.ascii_letters + "éèçÀ'-’", min_size=1, max_size=65)


def award(**changed: object) -> Award:
    values: dict[str, object] = {
        "number": "2026-000001", "token": "t" * 22, "kind": AwardKind.TITLE, "component": "RNCP35080",
        "certification": "RNCP35080", "certification_version": "1", "candidate_id": "A001",
        "holder": "Awa Ndoye", "decided_on": date(2025, 6, 19), "session": "S1",
        "issued_at": datetime(2026, 1, 31, 12, tzinfo=UTC), "state": AwardState.VALID, "state_since": None,
        "reason": None, "credential_id": "https://x.example/v/t", "status_list": "1", "status_index": 7,
    }  # fmt: skip
    return Award(**{**values, **changed})  # type: ignore[arg-type]


def candidate(**changed: object) -> Candidate:
    values: dict[str, object] = {
        "id": "A001", "birth_name": "Ndoye", "usage_name": None, "given_names": "Awa",
        "birth_date": date(1988, 2, 14), "route": "continuing_education", "entry_date": None,
    }  # fmt: skip
    return Candidate(**{**values, **changed})  # type: ignore[arg-type]


CIVIL = CivilData("A001", sex=Sex.FEMALE, birth_insee="99341")

OPTIONAL = st.none() | ANY_TEXT
PEOPLE = st.builds(
    candidate,
    birth_name=NAMES | ANY_TEXT,
    usage_name=st.none() | NAMES | ANY_TEXT,
    given_names=NAMES | ANY_TEXT,
    birth_date=st.none() | st.dates(date(1850, 1, 1), date(2150, 1, 1)),
)
CIVILS = st.builds(
    CivilData,
    candidate_id=st.just("A001"),
    sex=st.none() | st.sampled_from(Sex),
    given_names=st.lists(NAMES | ANY_TEXT, max_size=4),
    birth_year=st.none() | st.integers(-1, 2200),
    birth_month=st.none() | st.integers(-1, 14),
    birth_day=st.none() | st.integers(-1, 33),
    birth_insee=st.none() | st.sampled_from(["99341", "2A004", "75105"]) | OPTIONAL,
    birth_postcode=st.none() | st.sampled_from(["56100"]) | OPTIONAL,
    birth_place=OPTIONAL,
    birth_country_code=st.none() | st.sampled_from(["SEN", "100"]) | OPTIONAL,
    birth_country=OPTIONAL,
)


@settings(max_examples=150)
@given(PEOPLE, CIVILS, st.sampled_from(Access) | ANY_TEXT, st.dates(date(1850, 1, 1), date(2150, 1, 1)))
def test_whatever_is_accepted_makes_a_valid_file(
    who: Candidate, civil: CivilData, access: str, decided: date
) -> None:
    require(SHARED.is_dir(), "../shared")
    outcome = deposit_row(award(decided_on=decided), who, civil, access, KEY)
    if outcome.row is None:
        assert outcome.refusals
        assert all(refusal.message.fr and refusal.remedy.en for refusal in outcome.refusals)
        return
    written = Schema112().write(SENDER, "F1", datetime(2026, 7, 1, 12, tzinfo=UTC), [outcome.row])
    _schema().assertValid(etree.fromstring(written))


@given(NAMES.filter(lambda name: len(name) <= 60), st.sampled_from(Access), st.sampled_from(Sex))
def test_a_whole_record_is_accepted(name: str, access: Access, sex: Sex) -> None:
    require(SHARED.is_dir(), "../shared")
    civil = CivilData("A001", sex=sex, birth_country_code="SEN")
    outcome = deposit_row(award(), candidate(birth_name=name), civil, access.value, KEY)
    assert outcome.row is not None, outcome.refusals
    written = Schema112().write(SENDER, "F1", datetime(2026, 1, 1, 12, tzinfo=UTC), [outcome.row])
    _schema().assertValid(etree.fromstring(written))


@pytest.mark.parametrize(
    ("lack", "changed", "who", "civil", "access"),
    [
        (Lack.NOT_A_TITLE, {"kind": AwardKind.BLOCK}, {}, CIVIL, "VAE"),
        (Lack.ERASED, {"holder": ""}, {}, CIVIL, "VAE"),
        (Lack.SUSPENDED, {"state": AwardState.SUSPENDED}, {}, CIVIL, "VAE"),
        (Lack.WITHDRAWN, {"state": AwardState.REVOKED}, {}, CIVIL, "VAE"),
        (Lack.REPLACED, {"state": AwardState.REPLACED}, {}, CIVIL, "VAE"),
        (Lack.NO_BIRTH_NAME, {}, {"birth_name": ""}, CIVIL, "VAE"),
        (Lack.SINGLE_NAME, {}, {"given_names": ""}, CIVIL, "VAE"),
        (Lack.GIVEN_NAMES_UNDIVIDED, {}, {"given_names": "Anne Sophie"}, CIVIL, "VAE"),
        (Lack.NO_BIRTH_YEAR, {}, {"birth_date": None}, CIVIL, "VAE"),
        (Lack.BIRTH_DATE_IMPOSSIBLE, {}, {"birth_date": date(1899, 12, 31)}, CIVIL, "VAE"),
        (Lack.NO_BIRTH_PLACE, {}, {}, CivilData("A001", sex=Sex.FEMALE), "VAE"),
        (Lack.NO_SEX, {}, {}, None, "VAE"),
        (Lack.TOO_LONG, {}, {"birth_name": "x" * 61}, CIVIL, "VAE"),
        (Lack.FORBIDDEN_CHARACTER, {}, {"birth_name": "a\x0bb"}, CIVIL, "VAE"),
        (Lack.UNKNOWN_ROUTE, {}, {}, CIVIL, None),
        (Lack.UNKNOWN_ROUTE, {}, {}, CIVIL, "AUTRE"),
        (Lack.DATE_OUT_OF_RANGE, {"decided_on": date(1899, 1, 1)}, {}, CIVIL, "VAE"),
        (Lack.BIRTH_DATES_DIFFER, {}, {}, CivilData("A001", Sex.MALE, (), 1989, birth_insee="75105"), "VAE"),
        (Lack.GIVEN_NAMES_DIFFER, {}, {}, CivilData("A001", Sex.MALE, ("Léa",), birth_insee="75105"), "VAE"),
        (Lack.PLACE_CODE_MALFORMED, {}, {}, CivilData("A001", Sex.MALE, birth_insee="1"), "VAE"),
    ],
)  # fmt: skip
def test_each_lack_is_said(
    lack: Lack,
    changed: dict[str, object],
    who: dict[str, object],
    civil: CivilData | None,
    access: str | None,
) -> None:
    outcome = deposit_row(award(**changed), candidate(**who), civil, access, KEY)
    assert outcome.row is None
    assert lack in {refusal.lack for refusal in outcome.refusals}


def test_a_replaced_document_keeps_its_technical_identifier_which_tells_nothing() -> None:
    first = technical_id(KEY, award())
    assert first == technical_id(KEY, award(number="2026-000099", token="u" * 22, holder="Awa Diop"))
    assert first != technical_id(KEY, award(decided_on=date(2025, 6, 20)))
    assert first != technical_id(bytes(32), award())
    assert "A001" not in first


def test_a_changed_line_has_another_digest() -> None:
    one = deposit_row(award(), candidate(), CIVIL, "VAE", KEY).row
    other = deposit_row(
        award(), candidate(), CivilData("A001", Sex.MALE, birth_insee="99341"), "VAE", KEY
    ).row
    assert one is not None
    assert other is not None
    assert row_digest(KEY, one) != row_digest(KEY, other)


@pytest.mark.parametrize(("at", "offset"), [((2026, 1, 15), "+01:00"), ((2026, 7, 15), "+02:00")])
def test_the_file_bears_the_offset_of_paris_on_its_day(at: tuple[int, int, int], offset: str) -> None:
    row = deposit_row(award(), candidate(), CIVIL, "VAE", KEY).row
    assert row is not None
    written = WRITERS["1.1.2"].write(SENDER, "F1", datetime(*at, 12, 0, 0, 5, tzinfo=UTC), [row])
    assert f":00:00{offset}</".encode() in written


def test_three_months_end_on_the_last_day_of_a_shorter_month() -> None:
    assert last_day(date(2025, 11, 30)) == date(2026, 2, 28)


@given(
    st.from_regex(r"\A[12][0-9]{2}(0[1-9]|1[0-2])([0-9]{2}|2[AB])[0-9]{6}([0-9]{2})?\Z"),
    st.text(" .-", max_size=3),
)
def test_a_social_security_number_is_seen_however_it_is_written(number: str, mark: str) -> None:
    assert holds_social_security_number(mark.join(number))
    assert holds_social_security_number(f"voir {mark.join(number)} au dossier")


@pytest.mark.parametrize(
    "text", ["A001", "1988-02-14", "99341", "123456789012", "1234567890123456", "Saint-Denis 93"]
)
def test_other_cells_are_none(text: str) -> None:
    assert not holds_social_security_number(text)


@pytest.mark.parametrize(
    "header", ["commune_naissance", "pays_naissance", "sexe", "prenom1", "venir", "souvenir"]
)
def test_other_columns_are_none(header: str) -> None:
    assert not names_social_security_number(header)


def _schema() -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(SHARED / "domain" / "cpf.xsd"))
