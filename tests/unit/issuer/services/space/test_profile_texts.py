"""What a profile says of an award is the award's own, and a block never borrows the title's level."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from issuer.adapters.institution_file import INSTITUTION_FILE, read_institution, shipped_institution
from issuer.domain.award import Award, AwardKind
from issuer.domain.institution import Institution
from issuer.errors import ConfigurationError
from issuer.services.space.profile_texts import profile_facts
from tests.support.fake_desk import PAGES
from tests.support.fake_institution import CERTIFICATION

LINK = "https://diplomes.exemple.fr/v/abc"
INSTITUTION = Institution(
    name="Conservatoire & arts",
    short_name="Le Cnam",
    url="https://cnam.fr",
    identifiers={},
    contact="",
    signatories=(),
    accent="#000000",
    accent_dark="#ffffff",
    logo_svg=None,
    demonstration=True,
)


def award_of(kind: AwardKind, component: str, decided_on: date) -> Award:
    return replace(PAGES["titre"].award, kind=kind, component=component, decided_on=decided_on)


@given(
    decided_on=st.dates(date(1990, 1, 1), date(2100, 1, 1)),
    block=st.sampled_from([None, *CERTIFICATION.blocks]),
    linkedin_id=st.none() | st.from_regex(r"[1-9][0-9]{0,9}", fullmatch=True),
)
def test_the_form_is_filled_in_with_the_facts_alone(
    decided_on: date, block: object, linkedin_id: str | None
) -> None:
    code = getattr(block, "code", CERTIFICATION.code)
    kind = AwardKind.BLOCK if block else AwardKind.TITLE
    award = award_of(kind, code, decided_on)
    institution = replace(INSTITUTION, linkedin_id=linkedin_id)
    facts = profile_facts(award, CERTIFICATION, institution, link=LINK, link_open=True)
    parts = urlsplit(facts.linkedin)
    assert (parts.scheme, parts.netloc, parts.path) == ("https", "www.linkedin.com", "/profile/add")
    asked = {name: value for name, (value,) in parse_qs(parts.query, strict_parsing=True).items()}
    named = {"organizationId": linkedin_id} if linkedin_id else {"organizationName": "Conservatoire & arts"}
    assert asked == {
        "startTask": "CERTIFICATION_NAME",
        "name": facts.name,
        **named,
        "issueYear": str(decided_on.year),
        "issueMonth": str(decided_on.month),
        "certUrl": LINK,
        "certId": award.number,
    }
    assert award.holder not in facts.linkedin


@pytest.mark.parametrize("block", CERTIFICATION.blocks, ids=lambda block: block.code)
def test_a_block_is_called_a_block_and_has_no_level(block: object) -> None:
    code = getattr(block, "code", "")
    award = award_of(AwardKind.BLOCK, code, date(2024, 6, 20))
    facts = profile_facts(award, CERTIFICATION, INSTITUTION, link=LINK, link_open=True)
    assert facts.name.startswith(f"Bloc de compétences {code}")
    assert (facts.level, facts.certification) == (None, CERTIFICATION.title)
    assert "niveau" not in f"{facts.name} {facts.linkedin}".lower()


def test_a_title_has_its_level_and_is_part_of_nothing() -> None:
    award = award_of(AwardKind.TITLE, CERTIFICATION.code, date(2024, 6, 20))
    facts = profile_facts(award, CERTIFICATION, INSTITUTION, link=LINK, link_open=False)
    assert (facts.name, facts.level, facts.certification) == (CERTIFICATION.title, 7, None)
    assert (facts.badge, facts.link_open) == (f"{LINK}/badge-signature.png", False)


@pytest.mark.parametrize("value", ["12345", "x", '"12 345"', '"٣"', '""', "[]"])
def test_the_number_at_linkedin_is_figures_between_quotes(tmp_path: Path, value: str) -> None:
    text = shipped_institution().decode().replace("linkedin_id: null", f"linkedin_id: {value}")
    (tmp_path / INSTITUTION_FILE).write_text(text, encoding="utf-8")
    with pytest.raises(ConfigurationError, match="linkedin_id"):
        read_institution(tmp_path)


@pytest.mark.parametrize(("value", "read"), [("null", None), ('"12345"', "12345")])
def test_the_number_at_linkedin_may_be_left_out(tmp_path: Path, value: str, read: str | None) -> None:
    text = shipped_institution().decode().replace("linkedin_id: null", f"linkedin_id: {value}")
    (tmp_path / INSTITUTION_FILE).write_text(text, encoding="utf-8")
    assert read_institution(tmp_path).linkedin_id == read
    (tmp_path / INSTITUTION_FILE).write_text(text.replace(f"linkedin_id: {value}\n", ""), encoding="utf-8")
    assert read_institution(tmp_path).linkedin_id is None
