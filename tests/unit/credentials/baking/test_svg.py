"""Baking in an SVG: one element directly after the root's tag; hostile drawings are refused."""

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

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
    "a comment within": _svg("<o:credential>{<!-- x -->}</o:credential>"),
    "an instruction within": _svg("<o:credential>{<?x y?>}</o:credential>"),
    "an unbound prefix": b'<svg xmlns="http://www.w3.org/2000/svg"><o:credential>{}</o:credential></svg>',
    "two attributes": _svg('<o:credential verify="a.b.c" verify="d.e.f"/>'),
    "a root of another namespace": b'<svg xmlns="http://a.example/svg"/>',
    "a badge of each generation": _svg(
        '<o:credential>{}</o:credential><l:assertion xmlns:l="http://openbadges.org" verify="x"/>'
    ),
    "a parameter entity": _svg("", '<!DOCTYPE svg [<!ENTITY % x SYSTEM "http://a.example/x"> %x;]>'),
    "an attribute default": _svg("", '<!DOCTYPE svg [<!ATTLIST svg a CDATA "b">]>'),
    "cut short": _svg("<o:credential>{}</o:credential>")[:-8],
    "a namespace with a space": b'<svg xmlns:o="https://purl.imsglobal.org/ob/v3p0 "><o:credential/></svg>',
    "not UTF-8": _svg("<o:credential>{}</o:credential>").replace(b"{}", b"\xff"),
    "text after the root": _svg("<o:credential>{}</o:credential>") + b"{}",
}


ASSERTION = '{"@context":"https://w3id.org/openbadges/v2"}'
OLD = {
    "a JWS": ('verify="eyJhbGciOiJSUzI1NiJ9.e30.c2ln"', "", "eyJhbGciOiJSUzI1NiJ9.e30.c2ln"),
    "an address": ('verify="https://a.example/assertions/1"', "", "https://a.example/assertions/1"),
    "JSON": ("", f"<![CDATA[{ASSERTION}]]>", ASSERTION),
    "nothing": ("", "", ""),
}


@pytest.mark.parametrize("place", ["{}", "<g>{}</g>"])
@pytest.mark.parametrize("name", list(OLD))
def test_an_older_badge_is_recognised_and_what_it_holds_is_given(name: str, place: str) -> None:
    attribute, body, held = OLD[name]
    element = f"<b:assertion {attribute}>{body}</b:assertion>"
    drawing = f'<svg xmlns:b="http://openbadges.org">{place.format(element)}</svg>'
    with pytest.raises(BakingError) as caught:
        svg.unbake(drawing.encode())
    assert caught.value.code == (
        "parse.open_badges_address" if name == "an address" else "parse.open_badges_2"
    )
    assert caught.value.held == held


STRANGERS = {
    "the prefix in another namespace": '<svg xmlns:openbadges="http://a.example"><openbadges:credential/></svg>',
    "another name": f'<svg xmlns:o="{svg.NAMESPACE}"><o:Credential>x</o:Credential></svg>',
    "no namespace": "<svg><credential>x</credential></svg>",
    "a credential in a comment": f'<svg xmlns:o="{svg.NAMESPACE}"><!-- <o:credential/> --></svg>',
    "a credential in CDATA": f'<svg xmlns:o="{svg.NAMESPACE}"><g><![CDATA[<o:credential/>]]></g></svg>',
    "an instruction": "<?xml-stylesheet href='x'?><svg/>",
    "an older name elsewhere": '<svg xmlns:b="http://openbadges.org"><b:other/></svg>',
}


@pytest.mark.parametrize("name", list(STRANGERS))
def test_what_only_looks_like_a_credential_is_none(name: str) -> None:
    assert svg.unbake(STRANGERS[name].encode()) is None


def test_any_prefix_names_the_credential_and_utf_16_is_read() -> None:
    drawing = f'<svg><credential xmlns="{svg.NAMESPACE}">{{}}</credential></svg>'
    assert svg.unbake(drawing.encode()) == "{}"
    assert svg.unbake(drawing.encode("utf-16")) == "{}"


def test_another_namespace_is_read_and_the_leniency_named() -> None:
    plain = svg.read_baked(svg.bake(PLAIN, "{}"))
    assert plain is not None
    assert plain.leniencies == ()
    other = b'<svg xmlns:o="https://purl.imsglobal.org/spec/ob/v3p0"><o:credential>{}</o:credential></svg>'
    read = svg.read_baked(other)
    assert read is not None
    assert read.leniencies == ("notice.other_namespace",)


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_an_svg_in_utf_16_is_not_baked(encoding: str) -> None:
    mark = "\ufeff"
    with pytest.raises(BakingError) as caught:
        svg.bake(f"{mark}<svg><g/></svg>".encode(encoding), "{}")
    assert caught.value.code == "baking.not_text"


def test_a_prefix_that_is_taken_is_not_used_for_something_else() -> None:
    with pytest.raises(BakingError) as caught:
        svg.bake(b'<svg xmlns:openbadges="http://a.example"><g/></svg>', "{}")
    assert caught.value.code == "baking.not_text"


@pytest.mark.parametrize(
    "root", [f'<svg xmlns:openbadges="{svg.NAMESPACE}">', "<svg data-x='xmlns:openbadges=\"\"'>"]
)
def test_a_prefix_is_declared_once(root: str) -> None:
    baked = svg.bake(f"{root}<g/></svg>".encode(), "{}")
    assert svg.unbake(baked) == "{}"
    assert baked.count(svg.NAMESPACE.encode()) == 1


@given(inside=st.text(max_size=80), head=st.text(max_size=20))
def test_no_text_raises_anything_else(inside: str, head: str) -> None:
    drawing = f'<svg xmlns:o="{svg.NAMESPACE}"><o:credential>{inside}</o:credential></svg>'
    for data in (head + drawing, drawing + head, f"<svg {head}>{inside}</svg>"):
        with suppress(BakingError):
            svg.unbake(data.encode("utf-8", "surrogatepass"))


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
