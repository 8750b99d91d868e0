"""Baking in a PNG: one chunk, every other byte as it was; hostile pictures are refused."""

import io
import struct
import zlib
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from credentials.baking import BakingError, png
from tests.support.verification import block


def picture() -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (8, 8), "white").save(buffer, "PNG")
    return buffer.getvalue()


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def with_chunk(kind: bytes, data: bytes) -> bytes:
    plain = picture()
    return plain[:-12] + chunk(kind, data) + plain[-12:]


def itxt(text: bytes, *, keyword: bytes = png.KEYWORD, flag: bytes = b"\0\0") -> bytes:
    return keyword + b"\0" + flag + b"\0\0" + text


def test_what_is_baked_comes_out_byte_for_byte() -> None:
    text = block().decode()
    assert png.unbake(png.bake(picture(), text)) == text


def test_only_one_chunk_is_added_just_before_the_end() -> None:
    plain, text = picture(), '{"é":"\\u202f"}'
    baked = png.bake(plain, text)
    assert baked.startswith(plain[:-12])
    assert baked.endswith(plain[-12:])
    assert baked[len(plain) - 12 : -12] == chunk(b"iTXt", itxt(text.encode()))
    with Image.open(io.BytesIO(baked)) as image:
        image.load()
        assert image.text["openbadgecredential"] == text  # type: ignore[attr-defined]


def test_a_picture_without_credential_says_none() -> None:
    assert png.unbake(picture()) is None
    assert png.unbake(with_chunk(b"tEXt", b"Comment\0hello")) is None


def test_a_picture_is_never_baked_twice() -> None:
    baked = png.bake(picture(), "{}")
    with pytest.raises(BakingError) as caught:
        png.bake(baked, "{}")
    assert caught.value.code == "baking.already_baked"
    with pytest.raises(BakingError):
        png.bake(with_chunk(b"tEXt", b"openbadges\0{}"), "{}")


@pytest.mark.parametrize("text", ["a\0b", "\ud800"])
def test_a_text_that_a_chunk_cannot_carry_is_refused(text: str) -> None:
    with pytest.raises(BakingError):
        png.bake(picture(), text)


def test_a_compressed_text_is_read_within_a_limit() -> None:
    assert png.unbake(with_chunk(b"iTXt", itxt(zlib.compress(b"{}"), flag=b"\1\0"))) == "{}"
    bomb = zlib.compress(bytes(64 << 20), 9)
    with pytest.raises(BakingError) as caught:
        png.unbake(with_chunk(b"iTXt", itxt(bomb, flag=b"\1\0")))
    assert caught.value.code == "parse.picture_too_large"


BROKEN = {
    "two credentials": (
        with_chunk(b"iTXt", itxt(b"{}"))[:-12] + chunk(b"iTXt", itxt(b"{}")) + picture()[-12:]
    ),
    "a wrong CRC": png.bake(picture(), "{}").replace(b"{}", b"[]"),
    "cut short": png.bake(picture(), "{}")[:-5],
    "bytes after the end": png.bake(picture(), "{}") + b"x",
    "no header": png.SIGNATURE + chunk(b"IEND", b""),
    "two headers": picture()[:33] + picture()[8:],
    "a huge length": png.SIGNATURE + b"\xff\xff\xff\xffIHDR" + bytes(16),
    "nothing but the signature": png.SIGNATURE,
    "not a PNG": b"GIF89a",
    "an unknown compression": with_chunk(b"iTXt", itxt(b"{}", flag=b"\2\0")),
    "an unknown method": with_chunk(b"iTXt", itxt(b"{}", flag=b"\0\1")),
    "missing fields": with_chunk(b"iTXt", png.KEYWORD + b"\0\0\0"),
    "not UTF-8": with_chunk(b"iTXt", itxt(b"\xff")),
    "broken compression": with_chunk(b"iTXt", itxt(b"xx", flag=b"\1\0")),
    "cut compression": with_chunk(b"iTXt", itxt(zlib.compress(b"{}" * 99)[:-3], flag=b"\1\0")),
    "an old badge": with_chunk(b"iTXt", itxt(b"{}", keyword=b"openbadges")),
    "the credential in tEXt": with_chunk(b"tEXt", png.KEYWORD + b"\0{}"),
    "the credential in zTXt": with_chunk(b"zTXt", png.KEYWORD + b"\0\0" + zlib.compress(b"{}")),
    "an old badge of an unknown compression": with_chunk(b"zTXt", b"openbadges\0\1x"),
    "an old badge, not compressed": with_chunk(b"zTXt", b"openbadges\0\0x"),
    "an old badge of missing fields": with_chunk(b"iTXt", b"openbadges\0\0"),
    "a chunk after the end": png.bake(picture(), "{}") + chunk(b"iTXt", itxt(b"{}")),
    "a length over the end": picture()[:-12] + b"\x7f\xff\xff\xff" + picture()[-8:],
    "a text that is too large": with_chunk(b"iTXt", itxt(b" " * (png.MAXIMUM_TEXT_BYTES + 1))),
    "too many chunks": picture()[:33] + chunk(b"tEXt", b"a\0") * png.MAXIMUM_CHUNKS + picture()[33:],
}


ASSERTION = b'{"@context": "https://w3id.org/openbadges/v2", "type": "Assertion"}'
ADDRESS = b"https://a.example/assertions/1"
OLD = {
    "in iTXt": (b"iTXt", itxt(ASSERTION, keyword=b"openbadges"), ASSERTION),
    "in iTXt, compressed": (
        b"iTXt",
        itxt(zlib.compress(ASSERTION), keyword=b"openbadges", flag=b"\1\0"),
        ASSERTION,
    ),
    "in tEXt": (b"tEXt", b"openbadges\0" + ASSERTION, ASSERTION),
    "in zTXt": (b"zTXt", b"openbadges\0\0" + zlib.compress(ASSERTION), ASSERTION),
    "signed": (b"tEXt", b"openbadges\0eyJhbGciOiJSUzI1NiJ9.e30.c2ln", b"eyJhbGciOiJSUzI1NiJ9.e30.c2ln"),
    "by address": (b"tEXt", b"openbadges\0" + ADDRESS, ADDRESS),
}


@pytest.mark.parametrize("name", list(OLD))
def test_an_older_badge_is_recognised_and_what_it_holds_is_given(name: str) -> None:
    kind, data, held = OLD[name]
    with pytest.raises(BakingError) as caught:
        png.unbake(with_chunk(kind, data))
    assert caught.value.code == (
        "parse.open_badges_address" if name == "by address" else "parse.open_badges_2"
    )
    assert caught.value.held == held.decode()
    assert held.decode() not in str(caught.value)


def test_a_bomb_in_an_older_badge_is_stopped_at_its_limit() -> None:
    bomb = zlib.compress(bytes(64 << 20), 9)
    with pytest.raises(BakingError) as caught:
        png.unbake(with_chunk(b"zTXt", b"openbadges\0\0" + bomb))
    assert caught.value.code == "parse.picture_too_large"
    assert caught.value.held is None


def test_a_compressed_credential_is_read_and_the_leniency_named() -> None:
    plain = png.read_baked(with_chunk(b"iTXt", itxt(b"{}")))
    assert plain is not None
    assert plain.leniencies == ()
    packed = png.read_baked(with_chunk(b"iTXt", itxt(zlib.compress(b"{}"), flag=b"\1\0")))
    assert packed is not None
    assert (packed.text, packed.leniencies) == ("{}", ("notice.compressed_chunk",))


@pytest.mark.parametrize(
    "keyword", [b"OpenBadgeCredential", b"openbadgecredential ", b"openbadgecredentials"]
)
def test_another_keyword_holds_no_credential(keyword: bytes) -> None:
    assert png.unbake(with_chunk(b"iTXt", itxt(b"{}", keyword=keyword))) is None


def test_an_animated_picture_is_baked_and_read() -> None:
    buffer = io.BytesIO()
    frames = [Image.new("RGB", (8, 8), colour) for colour in ("white", "black", "red")]
    frames[0].save(buffer, "PNG", save_all=True, append_images=frames[1:])
    animated = buffer.getvalue()
    assert b"acTL" in animated
    baked = png.bake(animated, "{}")
    assert png.unbake(baked) == "{}"
    with Image.open(io.BytesIO(baked)) as image:
        assert getattr(image, "n_frames", 1) == len(frames)


@pytest.mark.parametrize("at", [*range(8, 120, 7), -1, -12, -13])
def test_a_picture_cut_anywhere_is_refused(at: int) -> None:
    with pytest.raises(BakingError) as caught:
        png.unbake(png.bake(picture(), "{}" * 9)[:at])
    assert caught.value.code == "parse.png_malformed"


@pytest.mark.parametrize("keyword", [png.KEYWORD, b"openbadges"])
def test_a_badge_of_each_generation_in_one_picture_is_refused(keyword: bytes) -> None:
    doubled = png.bake(picture(), "{}")[:-12] + chunk(b"tEXt", keyword + b"\0{}") + picture()[-12:]
    with pytest.raises(BakingError) as caught:
        png.unbake(doubled)
    assert caught.value.code == "parse.several_credentials"


@given(data=st.binary(max_size=200))
def test_no_bytes_raise_anything_else(data: bytes) -> None:
    for picture_bytes in (data, png.SIGNATURE + data, with_chunk(b"iTXt", data), with_chunk(b"zTXt", data)):
        with suppress(BakingError):
            png.unbake(picture_bytes)


@pytest.mark.parametrize("name", list(BROKEN))
def test_a_broken_picture_is_refused(name: str) -> None:
    with pytest.raises(BakingError):
        png.unbake(BROKEN[name])


def test_a_large_file_is_refused_unread() -> None:
    with pytest.raises(BakingError) as caught:
        png.unbake(png.SIGNATURE + bytes(png.MAXIMUM_PNG_BYTES))
    assert caught.value.code == "parse.picture_too_large"


def test_1edtechs_picture_is_read(shared: Path) -> None:
    folder = shared / "standards/vectors/ob3-1edtech-validator"
    assert (png.unbake((folder / "simple-json.png").read_bytes()) or "").lstrip().startswith("{")
    assert (png.unbake((folder / "simple-jwt.png").read_bytes()) or "").startswith("eyJ")


@pytest.mark.parametrize("kind", [b"tEXt", b"zTXt"])
def test_a_second_text_in_another_kind_of_chunk_is_refused(kind: bytes) -> None:
    baked = png.bake(picture(), "{}")
    doubled = baked[:-12] + chunk(kind, png.KEYWORD + b'\0{"other": true}') + baked[-12:]
    with pytest.raises(BakingError) as caught:
        png.unbake(doubled)
    assert caught.value.code == "parse.several_credentials"
