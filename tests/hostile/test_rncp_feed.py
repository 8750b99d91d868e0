"""The open data's XML, hostile: refused in one clear line, in bounded time and memory, and nothing fetched."""

import io
import time
import tracemalloc

import pytest

from issuer.adapters.rncp_xml import RncpXmlError, looks_like_xml, read_feed

HEAD = b'<?xml version="1.0" encoding="UTF-8"?>\n'
FICHE = b"<FICHE><NUMERO_FICHE>RNCP%d</NUMERO_FICHE><INTITULE>%s</INTITULE></FICHE>"

LAUGHS = (
    HEAD
    + b"<!DOCTYPE FICHES ["
    + b'<!ENTITY a0 "ha">'
    + b"".join(b'<!ENTITY a%d "%s">' % (n, b"&a%d;" % (n - 1) * 10) for n in range(1, 12))
    + b"]><FICHES>&a11;</FICHES>"
)
HOSTILE = {
    "billion laughs": (LAUGHS, "document type or an entity"),
    "external entity": (
        HEAD + b'<!DOCTYPE FICHES [<!ENTITY x SYSTEM "file:///etc/passwd">]><FICHES>&x;</FICHES>',
        "document type or an entity",
    ),
    "external document type": (
        HEAD + b'<!DOCTYPE FICHES SYSTEM "http://127.0.0.1:9/x.dtd"><FICHES/>',
        "document type or an entity",
    ),
    "parameter entity": (
        HEAD + b'<!DOCTYPE FICHES [<!ENTITY % x SYSTEM "http://127.0.0.1:9/x"> %x;]><FICHES/>',
        "document type or an entity",
    ),
    "undeclared entity": (HEAD + b"<FICHES>&nothing;</FICHES>", "not XML that can be read"),
    "deep nesting": (HEAD + b"<FICHES>" + b"<FICHE>" * 100_000, "more than 12 levels"),
    "wrong encoding": (HEAD + b"<FICHES><FICHE>\xe9t\xe9</FICHE></FICHES>", "not XML that can be read"),
    "unknown encoding": (b'<?xml version="1.0" encoding="klingon"?><FICHES/>', "not XML that can be read"),
    "cut off": (HEAD + b"<FICHES><FICHE><NUMERO_FICHE>RNCP1", "not XML that can be read"),
    "another document": (HEAD + b"<html><body/></html>", "give the export of the RNCP"),
    "no fiche": (HEAD + b"<FICHES/>", "no FICHE"),
    "no code": (HEAD + b"<FICHES><FICHE><INTITULE>x</INTITULE></FICHE></FICHES>", "NUMERO_FICHE"),
    "many elements": (HEAD + b"<FICHES><FICHE>" + b"<A/>" * 60_000 + b"</FICHE></FICHES>", "50000 elements"),
    "several fiches": (HEAD + b"<FICHES>" + FICHE % (1, b"x") + FICHE % (2, b"x") + b"</FICHES>", "--code"),
    "impossible day": (
        HEAD + b"<FICHE><NUMERO_FICHE>RNCP1</NUMERO_FICHE><DATE_DECISION>31/02/2024</DATE_DECISION></FICHE>",
        "DATE_DECISION",
    ),
    "day of another form": (
        HEAD + b"<FICHE><NUMERO_FICHE>RNCP1</NUMERO_FICHE><DATE_DECISION>2024-02-01</DATE_DECISION></FICHE>",
        "JJ/MM/AAAA",
    ),
    "a yes that is none": (
        HEAD + b"<FICHE><NUMERO_FICHE>RNCP1</NUMERO_FICHE><ACTIF>Peut-etre</ACTIF></FICHE>",
        "Oui nor Non",
    ),
    "nothing": (b"", "no FICHE"),
}


@pytest.mark.disable_socket
@pytest.mark.parametrize(("content", "words"), HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_feed_is_refused_in_one_clear_line(content: bytes, words: str) -> None:
    with pytest.raises(RncpXmlError) as refused:
        read_feed(io.BytesIO(content), None)
    assert words in str(refused.value)
    assert "\n" not in str(refused.value)
    assert "root:" not in str(refused.value)


@pytest.mark.parametrize("where", ["one text", "a comment", "between fiches"])
def test_fifty_megabytes_are_refused_or_passed_over_in_little_memory(where: str) -> None:
    filler = b"x" * 50_000_000
    inside = {
        "one text": b"<FICHE><INTITULE>" + filler + b"</INTITULE></FICHE>",
        "a comment": b"".join([b"<!--x-->" * 6_250_000]),
        "between fiches": filler,
    }[where]
    stream = io.BytesIO(HEAD + b"<FICHES>" + inside + b"</FICHES>")
    tracemalloc.start()
    begun = time.monotonic()
    with pytest.raises(RncpXmlError):
        read_feed(stream, None)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 40_000_000
    assert time.monotonic() - begun < 60


def test_the_wanted_fiche_is_found_in_a_large_feed_and_the_rest_is_not_read() -> None:
    many = b"".join(FICHE % (number, b"titre") for number in range(1, 2_000))
    stream = io.BytesIO(HEAD + b"<FICHES><VERSION_FLUX>4.1</VERSION_FLUX>" + many + b"<broken")
    found = read_feed(stream, "RNCP7")
    assert (found.code, found.feed_version) == ("RNCP7", "4.1")
    with pytest.raises(RncpXmlError, match="not XML"):
        read_feed(io.BytesIO(stream.getvalue()), "RNCP99999")


@pytest.mark.parametrize(
    ("head", "xml"),
    [
        (b"<FICHES>", True),
        (b"\xef\xbb\xbf<?xml", True),
        (b" \n<FICHE>", True),
        ("<FICHE>".encode("utf-16"), True),
        (b"schema: rncp-fiche/1", False),
        (b"", False),
    ],
)
def test_xml_is_told_from_yaml_by_its_first_bytes(head: bytes, *, xml: bool) -> None:
    assert looks_like_xml(head) is xml
