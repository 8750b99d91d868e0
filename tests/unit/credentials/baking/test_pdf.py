"""A credential attached to a PDF is read as it is, whoever made the file; nothing is guessed or repaired."""

import io
import time
import zlib

import pikepdf
import pytest
import typst
from hypothesis import given, settings
from hypothesis import strategies as st

from credentials.baking import BakingCode, BakingError, pdf_objects, pdf_values
from credentials.baking.pdf import MAXIMUM_CANDIDATES, MAXIMUM_PDF_BYTES, read_attached
from credentials.document import Document, ReadProblem, Source, read
from credentials.json_input import to_bytes
from tests.support.credentials import make_block_credential
from tests.support.pdfs import flate, in_streams, of, pdf, plain, stream, written
from tests.support.tokens import token, vc_header
from tests.support.verification import block

OBJECTS = pikepdf.ObjectStreamMode
CREDENTIAL = b'{"id":"urn:x:1"}'


def refusal(data: bytes) -> tuple[BakingCode, str]:
    with pytest.raises(BakingError) as caught:
        read_attached(data)
    return BakingCode(caught.value.code), caught.value.detail


@pytest.mark.parametrize(
    "saving",
    [
        {},
        {"object_stream_mode": OBJECTS.generate},
        {"object_stream_mode": OBJECTS.generate, "compress_streams": True, "linearize": True},
        {"linearize": True},
        {"qdf": True},
        {"force_version": "1.4"},
    ],
    ids=str,
)
@pytest.mark.parametrize("associated", [False, True])
def test_an_attachment_is_read_however_the_file_is_saved(saving: dict[str, object], associated: bool) -> None:
    assert read_attached(of(CREDENTIAL, associated=associated, **saving)) == CREDENTIAL


def test_an_attachment_of_a_typeset_pdf_is_read() -> None:
    attach = '#pdf.attach("c.json", bytes("{}"), mime-type: "application/vc", relationship: "data", description: "x")'
    source = f'#set document(title: "x", date: datetime(year: 2026, month: 11, day: 24))\n= x\n{attach}\n#pagebreak()\nfin'
    made = typst.compile(source.encode(), format="pdf", pdf_standards="a-3u")
    assert read_attached(made) == b"{}"


def test_changes_saved_after_the_end_replace_what_was_there() -> None:
    first = of(CREDENTIAL)
    with pikepdf.open(io.BytesIO(first)) as opened:
        number = opened.attachments["credential.json"].obj.EF.F.objgen[0]
        size = int(opened.trailer.Size)
        root = opened.trailer.Root.objgen[0]
    start = first.rindex(b"startxref") + 10
    previous = int(first[start : first.index(b"\n", start)])
    at = len(first)
    added = b"%d 0 obj\n%s\nendobj\n" % (
        number,
        stream(b"{}", b"/Type/EmbeddedFile/Subtype/application#2Fvc"),
    )
    table = b"xref\n%d 1\n%010d 00000 n \ntrailer\n<</Size %d/Root %d 0 R/Prev %d>>\nstartxref\n%d\n%%%%EOF\n" % (
        number, at, size, root, previous, at + len(added)
    )  # fmt: skip
    assert read_attached(first + added + table) == b"{}"


@pytest.mark.parametrize(
    ("name", "media_type", "counts"),
    [
        ("x", "application/vc", True),
        ("x", "application/vc+jwt", True),
        ("x", "APPLICATION/LD+JSON;charset=utf-8", True),
        ("x", "application/json", True),
        ("diplôme.JSON", "application/octet-stream", True),
        ("x.jsonld", "", True),
        ("x.jwt", "", True),
        ("facture.xml", "text/xml", False),
        ("badge.png", "image/png", False),
    ],
)
def test_what_counts_as_a_credential(name: str, media_type: str, counts: bool) -> None:
    found = read_attached(pdf((name, media_type, CREDENTIAL), ("lisez-moi.txt", "text/plain", b"x")))
    assert found == (CREDENTIAL if counts else None)


def test_the_same_bytes_attached_twice_are_one_and_others_are_several() -> None:
    twice = ("a.json", "", CREDENTIAL), ("b.json", "", CREDENTIAL)
    assert read_attached(pdf(*twice)) == CREDENTIAL
    assert refusal(pdf(*twice, ("c.json", "", b"{}")))[0] is BakingCode.SEVERAL_IN_PDF


def test_a_file_for_another_platform_is_a_file_too() -> None:
    objects = plain(CREDENTIAL) | {3: b"<</F(a.json)/EF<</F 4 0 R/UF 5 0 R/Unix 1 0 R/Mac(x)>>>>"}
    assert refusal(written(objects | {5: stream(b"{}")}))[0] is BakingCode.SEVERAL_IN_PDF
    assert read_attached(written(objects | {5: b"null"})) == CREDENTIAL


def test_a_file_associated_with_a_page_is_read() -> None:
    objects = plain(CREDENTIAL) | {
        1: b"<</Type/Catalog/Pages 2 0 R>>",
        2: b"<</Type/Pages/Kids[5 0 R]/Count 1>>",
        5: b"<</Type/Page/Parent 2 0 R/AF[3 0 R]>>",
    }
    assert read_attached(written(objects)) == CREDENTIAL


def test_a_tree_of_names_is_followed_and_a_circle_refused() -> None:
    tree = b"<</Names<</EmbeddedFiles 5 0 R>>>>"
    leaf = {6: b"<</Names[(a) 3 0 R]>>"}
    assert read_attached(written(plain(CREDENTIAL) | {1: tree, 5: b"<</Kids[6 0 R]>>", **leaf})) == CREDENTIAL
    circle = written(plain() | {1: tree, 5: b"<</Kids[6 0 R 5 0 R]>>", **leaf})
    assert refusal(circle) == (BakingCode.UNREADABLE_PDF, "a tree has a node twice")


def test_an_encrypted_file_is_said_to_be() -> None:
    locked = of(CREDENTIAL, encryption=pikepdf.Encryption(owner="a", user="b"))
    assert refusal(locked)[0] is BakingCode.ENCRYPTED_PDF
    assert read(locked) == ReadProblem("parse.pdf_encrypted", Source.PDF)


def test_a_document_in_a_pdf_is_read_as_if_it_had_come_alone_and_knows_its_file() -> None:
    alone, inside = read(block()), read(of(block()))
    assert isinstance(alone, Document)
    assert isinstance(inside, Document)
    assert (inside.content, inside.raw, inside.source) == (alone.content, alone.raw, Source.PDF)
    assert alone.carrier is None
    assert inside.carrier is not None
    again = read(b"\n" + of(block()))
    assert isinstance(again, Document)
    assert again.carrier not in {None, inside.carrier}


def test_a_token_in_a_pdf_is_read() -> None:
    found = read(of(token(vc_header(), make_block_credential())))
    assert isinstance(found, Document)
    assert found.envelope is not None
    assert found.source is Source.PDF


def test_what_a_pdf_holds_can_be_older_or_unreadable() -> None:
    older = to_bytes({"@context": "https://w3id.org/openbadges/v2", "type": "Assertion"})
    assert read(of(older)) == ReadProblem("parse.open_badges_2", Source.PDF)
    assert read(of(b"<xml/>")) == ReadProblem("parse.not_json", Source.PDF)
    assert read(pdf()) == ReadProblem("parse.pdf_no_credential", Source.PDF)


COMMENTED = b"<</Type/Catalog % a remark >>\r\n/Names<</EmbeddedFiles<</Names[(a\\)(b)) 3 0 R]>>>>/X[+1 -2.5 .5 4. true false null/A#42<4 1>() ]>>"


def test_every_kind_of_value_is_gone_past() -> None:
    assert read_attached(written(plain(CREDENTIAL) | {1: COMMENTED})) == CREDENTIAL


@pytest.mark.parametrize(
    ("name", "reads"),
    [
        (rb"(a.js\157n)", True),
        (b"(a.js\\\r\non)", True),
        (b"(\\(a\\).json)", True),
        (b"(a(b).json)", True),
        (b"<612e6a736f6e>", True),
        (b"<FEFF0061002E006A0073006F006E>", True),
        (b"<612E6A736F6>", False),
        (b"(a.json\\n)", False),
        (b"/a.json", False),
    ],
)
def test_a_file_name_is_read_as_it_is_written(name: bytes, reads: bool) -> None:
    objects = plain(CREDENTIAL) | {3: b"<</UF %s/EF<</F 4 0 R>>>>" % name}
    assert (read_attached(written(objects)) is not None) is reads


PACKED = flate(
    b"1 0 3 52 <</Names<</EmbeddedFiles<</Names[(a) 3 0 R]>>>>>>   <</F(a.json)/EF<</F 4 0 R>>>>",
    b"/Type/ObjStm/N 2/First 9",
)
IN_STREAM = {4: stream(CREDENTIAL), 5: PACKED}
PLACES = {1: (5, 0), 3: (5, 1)}


@pytest.mark.parametrize("predictor", [False, True])
@pytest.mark.parametrize("widths", [(1, 4, 2), (1, 8, 8)])
def test_objects_in_object_streams_are_found(widths: tuple[int, int, int], predictor: bool) -> None:
    assert read_attached(in_streams(IN_STREAM, PLACES, widths=widths, predictor=predictor)) == CREDENTIAL


def test_without_a_width_every_entry_is_an_offset() -> None:
    objects = dict(enumerate([b"null", plain()[1], b"null", plain()[3], stream(CREDENTIAL)]))
    assert read_attached(in_streams(objects, widths=(0, 4, 0))) == CREDENTIAL


def test_an_entry_that_is_not_in_use_is_no_object() -> None:
    objects = plain(CREDENTIAL) | {3: b"<</F(a.json)/EF<</F 4 0 R/UF 2 0 R>>>>"}
    assert read_attached(in_streams(objects)) == CREDENTIAL


def test_a_table_for_older_readers_is_completed_by_a_stream() -> None:
    hidden = in_streams({4: stream(CREDENTIAL), 3: plain()[3]})
    at = hidden.rindex(b"5 0 obj")
    catalog = len(hidden)
    body = hidden + b"1 0 obj\n" + plain()[1] + b"\nendobj\n"
    table = b"xref\n1 1\n%010d 00000 n \ntrailer\n<</Root 1 0 R/Size 7/XRefStm %d>>\nstartxref\n%d\n%%%%EOF" % (
        catalog, at, len(body)
    )  # fmt: skip
    assert read_attached(body + table) == CREDENTIAL


BROKEN = {
    "no table": b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF",
    "start without a number": b"%PDF-1.7\nstartxref\nx",
    "nothing at its place": written(plain(), start=1),
    "no stream at its place": written({1: b"<<>>"}, start=9),
    "beyond the end": written(plain(), start=9_999_999_999),
    "no trailer": b"%PDF-1.7\nxref\n0 1\n0000000000 65535 f \nstartxref\n9\n%%EOF",
    "trailer is a list": b"%PDF-1.7\nxref\n0 1\n0000000000 65535 f \ntrailer[]\nstartxref\n9\n%%EOF",
    "tables in a circle": b"%PDF-1.7\nxref\n0 1\n0000000000 65535 f \ntrailer<</Prev 9>>\nstartxref\n9\n%%EOF",
    "no catalog": written(plain(), b""),
    "catalog is a list": written(plain() | {1: b"[]"}),
    "entry is none": written(plain()).replace(b" 00000 n", b" 00000 x"),
    "other number": written(plain()).replace(b"3 0 obj", b"7 0 obj"),
    "reference to a reference": written(plain() | {1: b"3 0 R"}),
    "no object": written(plain()).replace(b"1 0 obj", b"1 0 abj"),
    "no value": written(plain() | {1: b"endobj"}),
    "closed twice": written(plain() | {1: b"]"}),
    "closed otherwise": written(plain() | {1: b"[>>"}),
    "no value for a name": written(plain() | {1: b"<</A>>"}),
    "named twice": written(plain() | {1: b"<</A 1/A 1>>"}),
    "named by a number": written(plain() | {1: b"<<1 1>>"}),
    "string without an end": written(plain(names=b"[(a 3 0 R]")),
    "no length": written(plain() | {4: b"<</Length/A>>\nstream\n\nendstream"}),
    "negative length": written(plain() | {4: stream(b"x", length=-1)}),
    "wrong length": written(plain() | {4: stream(b"{}", length=1)}),
    "length rests on itself": written(plain() | {4: b"<</Length 4 0 R>>\nstream\n\nendstream"}),
    "other packing": written(plain() | {4: stream(b"7b7d>", b"/Filter/ASCIIHexDecode")}),
    "packed twice": written(plain() | {4: stream(b"", b"/Filter[/FlateDecode/FlateDecode]")}),
    "damaged": written(plain() | {4: stream(b"xx", b"/Filter/FlateDecode")}),
    "cut short": written(plain() | {4: stream(zlib.compress(b"{}")[:-2], b"/Filter/FlateDecode")}),
    "other predictor": written(plain() | {4: flate(b"{}", b"/DecodeParms[<</Predictor 2/Columns 1>>]")}),
    "predictor without columns": written(plain() | {4: flate(b"{}", b"/DecodeParms<</Predictor 12>>")}),
    "predictor by rows": written(plain() | {4: flate(b"\1{", b"/DecodeParms<</Predictor 12/Columns 1>>")}),
    "rows wider than those of tables": written(
        plain() | {4: flate(b"\2" + bytes(25), b"/DecodeParms<</Predictor 12/Columns 25>>")}
    ),
    "rows cut": written(plain() | {4: flate(b"\2{}", b"/DecodeParms<</Predictor 12/Columns 1>>")}),
    "object stream is none": in_streams(IN_STREAM | {5: b"<<>>"}, PLACES),
    "object stream in itself": in_streams(IN_STREAM, PLACES | {5: (5, 0)}),
    "no first": in_streams(IN_STREAM | {5: flate(b"1 0 <<>>")}, PLACES),
    "no such object": in_streams(IN_STREAM, PLACES | {1: (5, 9)}),
    "places are names": in_streams(IN_STREAM | {5: flate(b"/A 0 <<>>", b"/First 6")}, PLACES),
    "no widths": in_streams(plain(), said=b"/Root 1 0 R").replace(b"/W[1 4 2]", b"/V[1 4 2]"),
    "widths of names": in_streams(plain()).replace(b"/W[1 4 2]", b"/W[/A 4 2]"),
    "widths of nothing": in_streams(plain()).replace(b"/W[1 4 2]", b"/W[0 0 0]"),
    "wide": in_streams(plain()).replace(b"/W[1 4 2]", b"/W[1 9 2]"),
    "table too short": in_streams(plain()).replace(b"/Size 6", b"/Size 7"),
}  # fmt: skip


@pytest.mark.parametrize("data", BROKEN.values(), ids=BROKEN)
def test_nothing_is_repaired(data: bytes) -> None:
    assert refusal(data)[0] is BakingCode.UNREADABLE_PDF
    assert read(data) == ReadProblem("parse.pdf_unreadable", Source.PDF)


def test_rows_as_wide_as_the_widest_table_are_read_and_wide_ones_cost_nothing() -> None:
    widest = flate(b"\2{}" + b" " * 22, b"/DecodeParms<</Predictor 12/Columns 24>>")
    assert read_attached(written(plain() | {4: widest})) == b"{}" + b" " * 22
    row = flate(
        b"\2" + bytes(4_190_000), b"/Type/XRef/Size 4/W[1 2 1]/DecodeParms<</Predictor 12/Columns 4190000>>"
    )
    began = time.process_time()
    assert (
        refusal(b"%PDF-1.7\n1 0 obj\n" + row + b"\nendobj\nstartxref\n9\n%%EOF")[0]
        is BakingCode.UNREADABLE_PDF
    )
    assert time.process_time() - began < 1


def test_a_packed_attachment_is_unpacked_within_its_limit() -> None:
    assert read_attached(written(plain() | {4: flate(CREDENTIAL)})) == CREDENTIAL
    assert (
        read_attached(written(plain() | {4: flate(b"\2{\2\2", b"/DecodeParms<</Predictor 12/Columns 1>>")}))
        == b"{}"
    )
    bomb = written(plain() | {4: flate(bytes(pdf_objects.MAXIMUM_DECODED_BYTES + 1))})
    assert refusal(bomb) == (BakingCode.PDF_TOO_LARGE, "more to unpack than the limit")


DEAR = {
    "deep": written(plain() | {1: b"[" * 100}),
    "many values": written(plain() | {1: b"<</A[%s]>>" % (b"0 " * pdf_values.MAXIMUM_STEPS)}),
    "long string": written(plain() | {1: b"<</A(%s)>>" % (b"()" * pdf_values.MAXIMUM_STEPS)}),
    "many ranges": written(dict.fromkeys(range(1, pdf_objects.MAXIMUM_RANGES + 9), b"<<>>")),
    "many attachments": pdf(
        *((f"{number}.json", "", b"%d" % number) for number in range(MAXIMUM_CANDIDATES + 1))
    ),
    "large": b"%PDF-1.7" + bytes(MAXIMUM_PDF_BYTES),
}


def test_many_objects_in_one_range_are_too_many() -> None:
    count = pdf_objects.MAXIMUM_OBJECTS
    kids = b" ".join(b"%d 0 R" % number for number in range(10_000, 10_000 + count))
    data = written({1: b"<</Pages 2 0 R>>", 2: b"<</Kids[%s]>>" % kids})
    assert refusal(data) == (BakingCode.PDF_TOO_LARGE, "more objects than the limit")


@pytest.mark.parametrize("name", DEAR)
def test_what_asks_for_too_much_is_refused(name: str) -> None:
    assert refusal(DEAR[name])[0] is BakingCode.PDF_TOO_LARGE


def test_the_same_bytes_may_not_be_gone_over_again_and_again() -> None:
    # Each object begins in the comment of the one before, which all of them go over to its end.
    numbers = range(10, 60)
    begun = b"".join(b"%d 0 obj %%" % number for number in numbers)
    rest = begun + b"x" * 400_000 + b"\n<<>>\nendobj\n"
    head = b"%PDF-1.7\n"
    kids = b" ".join(b"%d 0 R" % number for number in numbers)
    text = head + rest
    catalog = len(text)
    text += b"1 0 obj\n<</Pages<</Kids[%s]>>>>\nendobj\n" % kids
    rows = b"".join(
        b"%d 1\n%010d 00000 n \n" % (number, len(head) + begun.index(b"%d 0 obj" % number))
        for number in numbers
    )
    table = b"xref\n1 1\n%010d 00000 n \n%strailer\n<</Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (
        catalog,
        rows,
        len(text),
    )
    assert refusal(text + table) == (BakingCode.PDF_TOO_LARGE, "more bytes to go over than the limit")


@settings(deadline=None)
@given(st.binary(max_size=200), st.booleans())
def test_any_bytes_are_a_document_or_a_reason(noise: bytes, framed: bool) -> None:
    data = b"%PDF-1.7\n" + noise + (b"startxref\n9\n%%EOF" if framed else b"")
    assert isinstance(read(data), Document | ReadProblem)


@settings(deadline=None)
@given(st.data())
def test_a_damaged_pdf_is_a_document_or_a_reason(data: st.DataObject) -> None:
    whole = data.draw(st.sampled_from([WHOLE, PACKED_WHOLE]))
    at = data.draw(st.integers(0, len(whole) - 1))
    cut = data.draw(st.integers(0, 9))
    given_bytes = whole[:at] + data.draw(st.binary(max_size=9)) + whole[at + cut :]
    assert isinstance(read(given_bytes), Document | ReadProblem)


WHOLE = of(CREDENTIAL)
PACKED_WHOLE = in_streams(IN_STREAM, PLACES, predictor=True)
