"""One family of drawings: a block's is its part of the whole, the title's is the whole."""

import io
from collections.abc import Sequence
from math import atan2, pi, tau
from xml.etree import ElementTree as ET

import pytest
import resvg_py
from PIL import Image

from issuer.adapters.pictures import Subject, emblem_svg
from issuer.adapters.pictures.seal import ALONE, AROUND_CODE, Build, numeral_size
from tests.unit.issuer.pictures.family import ACCENT, block, title

COUNTS = (1, 2, 3, 4, 5, 6, 7, 8)
MARKS_OF_A_PART = 4
"""Ground, engraved band, its share of the rosette, numeral."""


def marks(subject: Subject) -> tuple[Sequence[Sequence[dict[str, str]]], dict[str, str]]:
    """Give the marks of each part, and the rim."""
    # Alternative text and disc come first.
    drawn = [element.attrib for element in ET.fromstring(emblem_svg(subject))][3:]
    *parts, rim = drawn
    assert len(parts) == MARKS_OF_A_PART * subject.block_count
    return [parts[i : i + MARKS_OF_A_PART] for i in range(0, len(parts), MARKS_OF_A_PART)], rim


def printed(subject: Subject, width: int) -> set[tuple[int, int]]:
    """Give the pixels that are printed in full."""
    drawn = resvg_py.svg_to_bytes(
        svg_string=emblem_svg(subject).decode(), width=width, skip_system_fonts=True
    )
    picture = Image.open(io.BytesIO(bytes(drawn))).convert("RGB")
    ink = bytes.fromhex(ACCENT[1:])
    pixels = picture.tobytes()
    return {
        (at % width, at // width)
        for at in range(width * width)
        if all(abs(a - b) < 24 for a, b in zip(ink, pixels[3 * at : 3 * at + 3], strict=True))
    }


def place(pixels: set[tuple[int, int]], width: int, count: int) -> int:
    """Say in which part, from 1 clockwise from the top, the middle of the pixels lies."""
    x = sum(x for x, _ in pixels) / len(pixels) - (width - 1) / 2
    y = sum(y for _, y in pixels) / len(pixels) - (width - 1) / 2
    return int((atan2(y, x) + pi / 2) % tau / tau * count) + 1


@pytest.mark.parametrize("count", COUNTS)
def test_the_parts_of_all_blocks_together_are_the_title_and_only_the_rim_is_its_own(count: int) -> None:
    whole, rim = marks(title(count))
    for number in range(1, count + 1):
        parts, sketched_rim = marks(block(number, count))
        assert parts[number - 1] == whole[number - 1]
        assert sketched_rim["stroke"] != rim["stroke"] == ACCENT
        assert sketched_rim["d"] == rim["d"]


@pytest.mark.parametrize("count", COUNTS)
def test_what_a_block_does_not_certify_is_sketched_with_the_same_lines(count: int) -> None:
    whole, _ = marks(title(count))
    for number in range(1, count + 1):
        parts, _ = marks(block(number, count))
        for other in set(range(count)) - {number - 1}:
            assert [mark["d"] for mark in parts[other]] == [mark["d"] for mark in whole[other]]
            assert not any(ACCENT in mark.values() for mark in parts[other])


@pytest.mark.parametrize("count", COUNTS)
def test_at_64_pixels_each_block_is_printed_at_its_own_place_and_the_title_everywhere(count: int) -> None:
    whole = printed(title(count), 64)
    parts = [printed(block(number, count), 64) for number in range(1, count + 1)]
    assert all(len(part) > 40 for part in parts)
    # Where parts meet a pixel is neither's; the rosette's fine lines average out.
    assert len(set().union(*parts) ^ whole) < len(whole) / 20 + 90
    assert sum(map(len, parts)) == len(set().union(*parts))
    if count > 1:
        assert [place(part, 64, count) for part in parts] == list(range(1, count + 1))


@pytest.mark.parametrize("count", COUNTS)
@pytest.mark.parametrize(("build", "share"), [(ALONE, 492 / 1024), (AROUND_CODE, 450 / 1024)])
def test_no_numeral_is_below_nine_pixels_at_256(count: int, build: Build, share: float) -> None:
    assert numeral_size(count, 256 * share, build) >= 9


def test_the_numeral_of_a_four_block_certification_is_nine_pixels_even_at_64() -> None:
    assert numeral_size(4, 64 * 492 / 1024, ALONE) >= 9
