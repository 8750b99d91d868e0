"""Baking in an SVG: one element directly after the root's tag; hostile drawings are refused."""

from pathlib import Path

import pytest

from credentials.baking import BakingError, svg
from tests.support.verification import block

PLAIN = b'<?xml version="1.0" encoding="UTF-8"?>\n<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1">\n<path d="M0 0"/></svg>'
JWS = "eyJhbGciOiJFZERTQSJ9.e30.c2ln"


@pytest.mark.parametrize("text", ['{"a":"]]>&<\\u2028é"}', block().decode(), JWS, "{}"])
def test_what_is_baked_comes_out_unchanged(text: str) -> None:
    baked = svg.bake(PLAIN, text)
    assert svg.unbake(baked) == text
    head, _, tail = baked.partition(b"<openbadges:credential")
    assert head.endswith(b'xmlns:openbadges="https://purl.imsglobal.org/ob/v3p0">')
    assert tail.endswith(b'\n<path d="M0 0"/></svg>')


def test_a_json_stands_in_cdata_and_a_jws_in_an_attribute() -> None:
    assert b"<![CDATA[{}]]></openbadges:credential>" in svg.bake(PLAIN, "{}")
    assert f'<openbadges:credential verify="{JWS}"/>'.encode() in svg.bake(PLAIN, JWS)


def test_a_mark_in_an_attribute_does_not_end_the_tag() -> None:
    tricky = b"<svg xmlns='http://www.w3.org/2000/svg' data-x='a>b\"'><g/></svg>"
    assert svg.unbake(svg.bake(tricky, "{}")) == "{}"


def test_a_drawing_without_credential_says_none() -> None:
    assert svg.unbake(PLAIN) is None


def test_a_drawing_is_never_baked_twice() -> None:
    with pytest.raises(BakingError) as caught:
        svg.bake(svg.bake(PLAIN, "{}"), "{}")
    assert caught.value.code == "baking.already_baked"


@pytest.mark.parametrize("text", ["a\x00b", "a\r\nb", "\ud800", "\x01"])
def test_a_text_that_xml_changes_is_refused(text: str) -> None:
    with pytest.raises(BakingError):
        svg.bake(PLAIN, text)


def _svg(inside: str, head: str = "") -> bytes:
    return (
        f'{head}<svg xmlns="http://www.w3.org/2000/svg" xmlns:o="https://purl.imsglobal.org/ob/v3p0">{inside}</svg>'
    ).encode()


BROKEN = {
    "two credentials": _svg("<o:credential>{}</o:credential><o:credential>{}</o:credential>"),
    "an entity": _svg("<o:credential>&x;</o:credential>", '<!DOCTYPE svg [<!ENTITY x "{}">]>'),
    "an external entity": _svg("", '<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/hostname">]>'),
    "an undeclared entity": _svg(
        "&x;", '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://a.example/x.dtd">'
    ),
    "an entity storm": _svg("", '<!DOCTYPE svg [<!ENTITY a "aa"><!ENTITY b "&a;&a;&a;">]>'),
    "a nested element": _svg("<o:credential><g/></o:credential>"),
    "another root": b"<html/>",
    "not XML": b"<svg",
    "an unknown encoding": b'<?xml version="1.0" encoding="x-y"?><svg/>',
    "an old badge": b'<svg xmlns:openbadges="http://openbadges.org"><openbadges:assertion verify="x"/></svg>',
    "too deep": _svg("<g>" * 300 + "</g>" * 300),
}


@pytest.mark.parametrize("name", list(BROKEN))
def test_a_broken_drawing_is_refused(name: str) -> None:
    with pytest.raises(BakingError):
        svg.unbake(BROKEN[name])


def test_an_empty_root_has_no_place_for_a_credential() -> None:
    with pytest.raises(BakingError):
        svg.bake(b'<svg xmlns="http://www.w3.org/2000/svg"/>', "{}")


def test_another_encoding_is_not_baked() -> None:
    with pytest.raises(BakingError):
        svg.bake(b'<?xml version="1.0" encoding="iso-8859-1"?><svg></svg>', "{}")


def test_a_large_file_is_refused_unread() -> None:
    with pytest.raises(BakingError) as caught:
        svg.unbake(b"<svg>" + b" " * svg.MAXIMUM_SVG_BYTES)
    assert caught.value.code == "parse.picture_too_large"


def test_the_contexts_address_is_read_as_a_namespace_too() -> None:
    drawing = b'<svg xmlns:o="https://purl.imsglobal.org/spec/ob/v3p0"><o:credential>{}</o:credential></svg>'
    assert svg.unbake(drawing) == "{}"


def test_1edtechs_drawings_are_read(shared: Path) -> None:
    folder = shared / "standards/vectors/ob3-1edtech-validator"
    assert (svg.unbake((folder / "simple-json.svg").read_bytes()) or "").lstrip().startswith("{")
    assert (svg.unbake((folder / "simple-jwt.svg").read_bytes()) or "").startswith("eyJ")


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("beside an attribute", "parse.several_credentials"),
        ("deeper in the drawing", "parse.svg_malformed"),
    ],
)
def test_a_credential_that_another_reader_could_take_for_another_is_refused(name: str, code: str) -> None:
    declared = f'xmlns:o="{svg.NAMESPACE}"'
    drawings = {
        "beside an attribute": f'<svg {declared}><o:credential verify="a.b.c">{{}}</o:credential></svg>',
        "deeper in the drawing": f"<svg {declared}><g><o:credential>{{}}</o:credential></g></svg>",
    }
    with pytest.raises(BakingError) as caught:
        svg.unbake(drawings[name].encode())
    assert caught.value.code == code
