"""Whatever the link, its QR code says that link and nothing else."""

import io

import resvg_py
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from issuer.adapters.pictures import qr_png, qr_svg
from issuer.adapters.pictures.qr import MAX_LINK_BYTES

LABEL = st.from_regex(r"[a-z0-9]([a-z0-9-]{0,20}[a-z0-9])?", fullmatch=True)
HOST = st.lists(LABEL, min_size=1, max_size=4).map(".".join)
PORT = st.one_of(st.just(""), st.integers(1, 65535).map(lambda port: f":{port}"))
PATH = st.from_regex(r"(/[A-Za-z0-9_.~%-]{1,8}){0,2}", fullmatch=True)
TOKEN = st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_", min_size=22, max_size=43)
LINKS = st.builds(
    "{}://{}{}{}/v/{}".format, st.sampled_from(["http", "https"]), HOST, PORT, PATH, TOKEN
).filter(lambda link: len(link) <= MAX_LINK_BYTES)


def read(png: bytes) -> list[str]:
    return [found.text for found in zxingcpp.read_barcodes(Image.open(io.BytesIO(png)).convert("L"))]


@settings(max_examples=40, deadline=None)
@given(LINKS)
def test_any_verification_link_reads_back_from_the_png(link: str) -> None:
    assert read(qr_png(link)) == [link]


@settings(max_examples=40, deadline=None)
@given(LINKS)
def test_any_verification_link_reads_back_from_the_svg(link: str) -> None:
    drawn = resvg_py.svg_to_bytes(svg_string=qr_svg(link).decode(), width=360, skip_system_fonts=True)
    assert read(bytes(drawn)) == [link]
