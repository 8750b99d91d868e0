"""No spoiled file, at no place that takes one in, makes a 500 or a traceback: the short form of the long run."""

import logging
from collections.abc import Iterator

import pytest

from tests.faults.quick_keys import quick_keys
from tests.hostile.uploads.__main__ import throw
from tests.hostile.uploads.places import Places, set_places

__all__ = ["quick_keys"]

FIRST, COUNT = 77_000_000, 150


@pytest.fixture(scope="module")
def places(tmp_path_factory: pytest.TempPathFactory, quick_keys: None) -> Iterator[Places]:
    logging.disable(logging.CRITICAL)
    yield set_places(tmp_path_factory.mktemp("uploads"))
    logging.disable(logging.NOTSET)


def test_spoiled_files_are_answered_everywhere(places: Places) -> None:
    stumbled = [
        found for number in range(FIRST, FIRST + COUNT) if (found := throw(places, number)) is not None
    ]

    assert stumbled == []
    assert len(places.seen) > 30


def test_a_stumble_would_be_seen(places: Places, monkeypatch: pytest.MonkeyPatch) -> None:
    endpoint = "check.check"
    monkeypatch.setitem(places.app.view_functions, endpoint, _stumble)

    stumbled = {found.place for number in range(FIRST, FIRST + COUNT) if (found := throw(places, number))}

    assert stumbled == {"/verify"}


def _stumble() -> str:
    raise KeyError


def test_every_place_that_takes_something_in_is_known(places: Places) -> None:
    assert {"/verify", "/vc-api/credentials/verify", "/registre/saisie"} <= {
        str(rule) for rule in places.rules()
    }
