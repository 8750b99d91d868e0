"""A fiche is read strictly, all faults at once; its digest names its content."""

import copy
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from issuer.domain.certification import CountedJury, IssueWhen, ProportionedJury, TitlePolicy
from issuer.domain.certification_document import certification_from_document
from issuer.domain.errors import CertificationError
from tests.unit.issuer.domain.case_records import DATA, ROOT, load, rncp35080, three_blocks

CATALOG = ROOT / "issuer" / "catalog" / "rncp35080.yaml"


def _document() -> dict[str, Any]:
    copied: dict[str, Any] = copy.deepcopy(load(DATA / "three-blocks.yaml"))
    return copied


def _faults(document: Any) -> dict[str, str]:
    with pytest.raises(CertificationError) as caught:
        certification_from_document(document, "1")
    return {fault.where: fault.code for fault in caught.value.faults}


def test_the_shipped_fiche_is_the_paper_s(shared: Path) -> None:
    assert CATALOG.read_bytes() == (shared / "domain" / "rncp35080.yaml").read_bytes()


def test_the_shipped_fiche_is_read_whole() -> None:
    fiche = rncp35080()

    assert (fiche.code, fiche.level.national, len(fiche.nsf), len(fiche.formacodes), len(fiche.rome)) == (
        "RNCP35080",
        7,
        3,
        4,
        5,
    )
    assert [len(block.competences) for block in fiche.blocks] == [5, 3, 3, 3]
    assert [len(block.evaluation_modalities) for block in fiche.blocks] == [3, 4, 4, 4]
    assert fiche.required_blocks == tuple(block.code for block in fiche.blocks)
    assert [route.key for route in fiche.access_routes if not route.open] == [
        "student",
        "individual_application",
    ]
    assert fiche.other_fiches == ("RNCP28720", "RNCP41336")
    assert fiche.registration.decision_date is None
    assert (fiche.issue_when, fiche.title_policy) == (IssueWhen.COMPLETION, TitlePolicy.BLOCKS)


def test_the_texts_of_the_fiche_are_not_altered() -> None:
    document = load(CATALOG)

    assert rncp35080().title == document["title"]
    assert [list(block.competences) for block in rncp35080().blocks] == [
        [item["text"] for item in block["competences"]] for block in document["blocks"]
    ]


def test_a_corrected_label_is_used_where_the_fiche_gives_one() -> None:
    assert rncp35080().rome[2].label == "Direction de grande entreprise ou d'établissement public"


def test_the_two_shapes_of_jury_rule_become_two_types() -> None:
    taught, vae = rncp35080().route("continuing_education"), rncp35080().route("vae")

    assert taught is not None
    assert vae is not None
    assert taught.jury_rule == CountedJury(2, 2, represents_head=True, minimum_total=4)
    assert vae.jury_rule == ProportionedJury(75, 25, 2, 2, 2)
    assert vae.is_vae


def test_a_second_certification_has_its_own_policies_blocks_and_rules() -> None:
    fiche = three_blocks()

    assert (fiche.issue_when, fiche.title_policy, len(fiche.blocks)) == (IssueWhen.BLOCK, TitlePolicy.JURY, 3)


def test_days_as_dates_and_as_texts_give_one_digest() -> None:
    texts, days = _document(), _document()
    days["registration"]["expiry_date"] = rncp35080().registration.expiry_date.replace(2027, 6, 30)

    assert certification_from_document(texts, "1") == certification_from_document(days, "1")


def test_any_change_of_the_document_changes_the_digest() -> None:
    changed = _document()
    changed["blocks"][2]["evaluation_modalities"].append("Épreuve écrite")

    assert certification_from_document(changed, "1").digest != three_blocks().digest


def test_all_faults_are_told_at_once_with_their_place() -> None:
    document = _document()
    document["code"] = "rncp99001"
    document["level"]["eqf"] = "cinq"
    document["blocks"][1]["number"] = 1
    document["blocks"][2]["title"] = ""
    document["registration"]["expiry_date"] = "30/06/2027"
    document["access_routes"][0]["jury_rule"] = None
    document["policy"]["issue_when"] = "sometimes"
    document["tilte"] = "?"
    del document["certifier"]

    assert {
        "code",
        "level.eqf",
        "blocks[1]",
        "blocks[2].title",
        "registration.expiry_date",
        "access_routes[0].jury_rule",
        "policy.issue_when",
        "tilte",
        "certifier",
    } <= set(_faults(document))


@pytest.mark.parametrize(
    ("path", "value", "where"),
    [
        (("required",), ["RNCP99001BC04"], "acquisition.required_blocks[0]"),
        (("required",), ["RNCP99001BC01"], "acquisition.all_blocks_required"),
        (("required",), [], "acquisition.required_blocks"),
    ],
)
def test_the_blocks_of_the_title_must_be_blocks_of_the_fiche(
    path: tuple[str], value: object, where: str
) -> None:
    document = _document()
    document["acquisition"]["required_blocks"] = value

    assert where in _faults(document)


@pytest.mark.parametrize("value", [None, [], "fiche", 3, {}, {"schema": "other/1"}, {1: 2}, {"title": b"x"}])
def test_what_is_no_fiche_is_an_error_with_places_and_remedies(value: object) -> None:
    with pytest.raises(CertificationError) as caught:
        certification_from_document(value, "1")  # type: ignore[arg-type]  # hostile input on purpose

    assert caught.value.faults
    assert all(fault.remedy.fr and fault.message.fr for fault in caught.value.faults)
    assert "Traceback" not in str(caught.value)


def test_a_document_nested_too_deep_is_an_error() -> None:
    nested: Any = "x"
    for _ in range(200):
        nested = [nested]

    assert _faults({**_document(), "sectors": nested})


VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=8)
    | st.dates()
    | st.binary(max_size=3),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)


@given(key=st.sampled_from(sorted(load(DATA / "three-blocks.yaml"))), value=VALUES)
def test_any_value_anywhere_gives_a_certification_or_the_one_error(key: str, value: object) -> None:
    try:
        certification_from_document({**_document(), key: value}, "1")
    except CertificationError as error:
        assert error.faults  # noqa: PT017 - either answer is right, and nothing else may come out
