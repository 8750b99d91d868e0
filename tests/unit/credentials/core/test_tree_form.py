"""The guard trusts nothing that the JSON-LD processor gives: forms that it should never give are refused too."""

from collections.abc import Mapping
from typing import Any

import pytest

import contexts
from credentials.canonical.guard import check_lossless
from credentials.canonical.spelling import check_spelling, for_compaction
from credentials.canonical.tree_form import check_tree
from credentials.errors import ContextError, DataLossError, ErrorCode
from tests.support.credentials import CONTEXTS, make_credential

NAME = "https://schema.org/name"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
TEXT = {"@value": "x"}

EXPANDED: list[tuple[str, list[Any], ErrorCode]] = [
    ("nothing", [], ErrorCode.LOSSLESS_EMPTY),
    ("two roots", [{NAME: [TEXT]}, {NAME: [TEXT]}], ErrorCode.LOSSLESS_EMPTY),
    ("a root that is a text", ["x"], ErrorCode.LOSSLESS_EMPTY),
    ("a keyword of a node", [{"@graph": []}], ErrorCode.LOSSLESS_UNSUPPORTED),
    ("a type that is no array", [{"@type": NAME}], ErrorCode.LOSSLESS_SPELLING),
    ("a type that is no text", [{"@type": [3]}], ErrorCode.LOSSLESS_UNDEFINED),
    ("the empty list of RDF as a type", [{"@type": [f"{RDF}nil"]}], ErrorCode.LOSSLESS_UNDEFINED),
    ("the empty list of RDF as a node", [{"@id": f"{RDF}nil"}], ErrorCode.LOSSLESS_RELATIVE),
    ("a property that is no address", [{"name": [TEXT]}], ErrorCode.LOSSLESS_UNDEFINED),
    ("a property of RDF itself", [{f"{RDF}first": [TEXT]}], ErrorCode.LOSSLESS_UNDEFINED),
    ("a property that is no array", [{NAME: TEXT}], ErrorCode.LOSSLESS_EMPTY),
    ("a property without values", [{NAME: []}], ErrorCode.LOSSLESS_EMPTY),
    ("a bare text", [{NAME: ["x"]}], ErrorCode.LOSSLESS_UNSUPPORTED),
    ("an empty list", [{NAME: [{"@list": []}]}], ErrorCode.LOSSLESS_EMPTY),
    ("a list that is no array", [{NAME: [{"@list": TEXT}]}], ErrorCode.LOSSLESS_EMPTY),
    ("a list with an index", [{NAME: [{"@list": [TEXT], "@index": "1"}]}], ErrorCode.LOSSLESS_EMPTY),
    ("a list in a list", [{NAME: [{"@list": [{"@list": [TEXT]}]}]}], ErrorCode.LOSSLESS_UNSUPPORTED),
    ("a bare text in a list", [{NAME: [{"@list": ["x"]}]}], ErrorCode.LOSSLESS_UNSUPPORTED),
    ("a value with an index", [{NAME: [{**TEXT, "@index": "1"}]}], ErrorCode.LOSSLESS_UNSUPPORTED),
    ("a value twice", [{NAME: [TEXT, TEXT]}], ErrorCode.LOSSLESS_DUPLICATE),
    ("a node twice", [{NAME: [{"@id": "urn:x:y"}, {"@id": "urn:x:y"}]}], ErrorCode.LOSSLESS_DUPLICATE),
]  # fmt: skip


@pytest.mark.parametrize(
    ("expanded", "code"), [case[1:] for case in EXPANDED], ids=[case[0] for case in EXPANDED]
)
def test_an_expanded_form_that_its_dataset_does_not_determine_is_refused(
    expanded: list[Any], code: ErrorCode
) -> None:
    with pytest.raises(DataLossError) as caught:
        check_tree({}, expanded)
    assert caught.value.code is code


def test_an_ordered_list_is_one_tree_however_often_a_value_stands_in_it() -> None:
    items: list[Any] = [TEXT, TEXT, {"@id": "urn:x:y"}]
    check_tree({}, [{NAME: [{"@list": items}]}])


COMPACTED: list[tuple[str, Any, Any, ErrorCode, str]] = [
    ("a dropped member", {"a": 1}, {}, ErrorCode.LOSSLESS_UNDEFINED, "/a"),
    ("an added member", {}, {"a": 1}, ErrorCode.LOSSLESS_SPELLING, ""),
    ("a dropped item", {"a": [1, 2]}, {"a": 1}, ErrorCode.LOSSLESS_SPELLING, "/a"),
    ("an item of another value", {"a": [1, 2]}, {"a": [1, 3]}, ErrorCode.LOSSLESS_SPELLING, "/a/1"),
    ("an array of two for one value", {"a": 1}, {"a": [1, 1]}, ErrorCode.LOSSLESS_SPELLING, "/a"),
    ("an object for a text", {"a": "x"}, {"a": {"name": "x"}}, ErrorCode.LOSSLESS_SPELLING, "/a"),
    ("a boolean for a number", {"a": 1}, {"a": True}, ErrorCode.LOSSLESS_SPELLING, "/a"),
    ("a dropped type", {"type": ["A", "B"]}, {"type": "A"}, ErrorCode.LOSSLESS_DUPLICATE, "/type"),
    ("another type", {"type": "A"}, {"type": "B"}, ErrorCode.LOSSLESS_SPELLING, "/type"),
    ("a type that is no text", {"type": [{"id": "A"}]}, {"type": "A"}, ErrorCode.LOSSLESS_SPELLING, "/type"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("written", "signed", "code", "where"),
    [case[1:] for case in COMPACTED],
    ids=[case[0] for case in COMPACTED],
)
def test_a_document_that_is_signed_as_another_is_refused(
    written: Any, signed: Any, code: ErrorCode, where: str
) -> None:
    with pytest.raises(DataLossError) as caught:
        check_spelling(written, signed)
    assert (caught.value.code, caught.value.where) == (code, where)


@pytest.mark.parametrize(
    ("written", "signed"),
    [
        ({"a": 1}, {"a": [1]}),
        ({"a": [1]}, {"a": 1}),
        ({"a": {"id": "urn:x"}}, {"a": "urn:x"}),
        ({"a": "urn:x"}, {"a": {"id": "urn:x"}}),
        ({"type": "OpenBadgeCredential"}, {"type": ["AchievementCredential"]}),
        ({"type": "Image"}, {"type": "image"}),
    ],
)
def test_what_json_ld_holds_equal_may_be_written_either_way(written: Any, signed: Any) -> None:
    check_spelling(written, signed)


# Contexts that are lists of contexts

LISTED = "https://contexts.example/grades/v1"
OWN = "https://contexts.example/grades#"


def load_with_a_list(url: str) -> Mapping[str, object]:
    if url == LISTED:
        return {"@context": [{"grade": f"{OWN}grade"}, {"rank": {"@id": f"{OWN}rank", "@type": "obi:Rank"}}]}
    return contexts.load(url)


def test_the_terms_of_every_context_in_a_list_are_defined() -> None:
    for name in ("grade", "rank"):
        document = make_credential()
        document["@context"], document[name] = [*CONTEXTS, LISTED], {"id": "urn:x:y"}
        check_lossless(document, load_with_a_list)


def test_a_context_in_a_list_of_which_nothing_is_used_is_refused() -> None:
    with pytest.raises(ContextError) as caught:
        check_lossless({**make_credential(), "@context": [*CONTEXTS, LISTED]}, load_with_a_list)
    assert caught.value.code is ErrorCode.CONTEXT_UNUSED
    assert caught.value.where == "/@context/2"


def test_for_compaction_a_class_is_no_datatype_wherever_in_a_context_it_stands() -> None:
    amended = for_compaction(load_with_a_list)
    assert amended(LISTED) == {"@context": [{"grade": f"{OWN}grade"}, {"rank": {"@id": f"{OWN}rank"}}]}
    assert amended(LISTED) is amended(LISTED)
