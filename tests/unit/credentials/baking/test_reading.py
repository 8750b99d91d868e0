"""What a picture is answered: the report names what it holds, and how leniently it was read."""

import zlib

import pytest

from credentials import Outcome
from credentials.document import Document, ReadProblem, read
from credentials.messages import NOTICES
from tests.support.verification import block, check
from tests.unit.credentials.baking.test_png import ADDRESS, ASSERTION, itxt, picture, with_chunk

OPEN_BADGES_1 = b'{"uid": "1", "recipient": {}, "badge": "https://a.example/b", "verify": {"type": "hosted"}}'
OLDER = {
    "an assertion in a PNG": (with_chunk(b"tEXt", b"openbadges\0" + ASSERTION), "parse.open_badges_2"),
    "an address in a PNG": (with_chunk(b"tEXt", b"openbadges\0" + ADDRESS), "parse.open_badges_address"),
    "an assertion in an SVG": (
        b'<svg xmlns:o="http://openbadges.org"><o:assertion verify="a.b.c"/></svg>',
        "parse.open_badges_2",
    ),
    "an address in an SVG": (
        b'<svg xmlns:o="http://openbadges.org"><o:assertion verify="https://a.example/1"/></svg>',
        "parse.open_badges_address",
    ),
    "an assertion of Open Badges 1.0": (OPEN_BADGES_1, "parse.open_badges_2"),
    "an assertion of Open Badges 1.1": (
        b'{"@context": "https://w3id.org/openbadges/v1"}',
        "parse.open_badges_2",
    ),
}


@pytest.mark.parametrize("name", list(OLDER))
def test_an_older_badge_is_explained_and_never_called_wrong(name: str) -> None:
    data, code = OLDER[name]
    found = read(data)
    assert isinstance(found, ReadProblem)
    assert found.code == code
    report = check(data)
    assert report.checks[0].outcome is Outcome.UNKNOWN
    assert report.exit_code != 0


def test_a_document_without_contexts_is_no_older_badge() -> None:
    assert isinstance(read(b'{"badge": 1}'), Document)


SVG_ELSEWHERE = (
    b'<svg xmlns:o="https://purl.imsglobal.org/spec/ob/v3p0"><o:credential>%s</o:credential></svg>'
)
LENIENT = {
    "notice.compressed_chunk": with_chunk(b"iTXt", itxt(zlib.compress(block()), flag=b"\1\0")),
    "notice.other_namespace": SVG_ELSEWHERE.replace(b"%s", b"<![CDATA[" + block() + b"]]>"),
}


@pytest.mark.parametrize("code", list(LENIENT))
def test_each_leniency_of_reading_a_picture_is_in_the_report(code: str) -> None:
    report = check(LENIENT[code])
    assert report.exit_code == 0
    assert NOTICES[code].en in [notice.en for notice in report.notices]


def test_a_picture_without_credential_is_told_apart() -> None:
    assert read(picture()) == ReadProblem("parse.no_credential", read(picture()).source)
