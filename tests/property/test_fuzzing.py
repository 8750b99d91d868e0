"""Documents changed by chance, and names by which an input might hope to be asked less.

The long run is a command: ``python -m tests.hostile.fuzz --minutes 10``.
"""

import copy
import json
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.hostile.fuzz import judge
from tests.hostile.judging import answer, expected, made
from tests.hostile.makers.sealing import Hostile, Json, written
from tests.hostile.measuring import LINUX
from tests.hostile.mutating import SEEDS, WORDS, same_meaning, seed, trial
from tests.support.changes import KEYWORDS, OWN_NAMES, TERMS, get, places

BOUNDED = settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])

DOCUMENTS = tuple(name for name in SEEDS if seed(name).data.startswith(b"{"))
REFUSED = tuple(
    name
    for name, found in expected().items()
    if found.exit_code != 0 and not name.startswith(("large/", "json/")) and made(name).data.startswith(b'{"')
)
"""Documents that are refused for whatever reason: withdrawn, expired, altered, of a stranger …"""
STANDING = tuple(
    name
    for name in REFUSED
    if name != "proofs/genuine-and-of-another"
    and (
        expected()[name].verdict in {"revoked", "suspended", "expired", "not-yet-valid", "unknown-issuer"}
        or all(code.startswith(("status.", "key.")) for code in expected()[name].codes)
    )
)
"""Those that are well signed, and refused for their state or their key; not the one whose second proof is a
stranger's: taken out, the issuer's own remains."""

NAMES = st.one_of(
    st.sampled_from(WORDS), st.sampled_from(OWN_NAMES), st.sampled_from(TERMS), st.sampled_from(KEYWORDS)
)
VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-2, 2),
    st.sampled_from(["", "skip", "accept", "2099-01-01T00:00:00Z", "https://evil.example/"]),
    st.sampled_from([[], {}, ["a"], {"@vocab": "urn:x:"}, {"id": "urn:x:1"}]),
)


@pytest.mark.skipif(not LINUX, reason="memory is measured as Linux tells it")
@BOUNDED
@given(st.integers(0, 10**9))
def test_no_change_by_chance_raises_is_believed_or_costs_much(number: int) -> None:
    cost, rule, _ = judge(trial(Random(number)))
    assert rule is None, cost


@pytest.mark.parametrize("name", SEEDS)
def test_every_seed_is_accepted_or_stops_at_its_form(name: str) -> None:
    found = expected()[name]
    assert found.exit_code == 0 or found.codes[0] == "structure.sd_jwt"


@BOUNDED
@given(st.sampled_from(DOCUMENTS), NAMES, VALUES, st.data())
def test_no_member_added_to_an_accepted_document_is_overlooked(
    name: str, member: str, value: Any, data: st.DataObject
) -> None:
    hostile, original = seed(name), _read(seed(name))
    document = copy.deepcopy(original)
    _add(document, member, value, data)
    if answer(hostile, written(document)).exit_code == 0:
        assert same_meaning(original, document)


@BOUNDED
@given(st.sampled_from(DOCUMENTS), st.data())
def test_no_member_taken_out_of_an_accepted_document_is_overlooked(name: str, data: st.DataObject) -> None:
    hostile, original = seed(name), _read(seed(name))
    document = copy.deepcopy(original)
    _remove(document, data)
    if answer(hostile, written(document)).exit_code == 0:
        assert same_meaning(original, document)


@BOUNDED
@given(st.sampled_from(REFUSED), st.lists(st.tuples(NAMES, VALUES), min_size=1, max_size=3), st.data())
def test_no_member_added_makes_a_refused_document_good(
    name: str, members: list[tuple[str, Any]], data: st.DataObject
) -> None:
    hostile = made(name)
    document = json.loads(hostile.data)
    for member, value in members:
        _add(document, member, value, data)
    assert answer(hostile, written(document)).exit_code != 0


@BOUNDED
@given(st.sampled_from(STANDING), st.data())
def test_no_member_taken_out_makes_a_withdrawn_or_expired_document_good(
    name: str, data: st.DataObject
) -> None:
    hostile = made(name)
    document = json.loads(hostile.data)
    _remove(document, data)
    assert answer(hostile, written(document)).exit_code != 0


@pytest.mark.parametrize(
    ("name", "member"),
    [
        ("standing/bit-set", "credentialStatus"),
        ("standing/valid-until-past", "validUntil"),
        ("standing/valid-from-later", "validFrom"),
        ("proofs/expired", "expires"),
        ("standing/two-revoked-last", "credentialStatus"),
    ],
)
def test_what_refuses_a_document_cannot_be_taken_out_of_it(name: str, member: str) -> None:
    hostile = made(name)
    document = json.loads(hostile.data)
    holder = document["proof"][0] if member == "expires" else document
    del holder[member]
    assert answer(hostile, written(document)).exit_code != 0


def _read(hostile: Hostile) -> Json:
    found: Json = json.loads(hostile.data)
    return found


def _add(document: Json, member: str, value: Any, data: st.DataObject) -> None:
    paths = [path for path in [(), *places(document)] if isinstance(get(document, path), dict)]
    holder: Any = get(document, data.draw(st.sampled_from(paths)))
    holder[member] = copy.deepcopy(value)


def _remove(document: Json, data: st.DataObject) -> None:
    paths = list(places(document))
    if paths:
        path = data.draw(st.sampled_from(paths))
        del get(document, path[:-1])[path[-1]]
