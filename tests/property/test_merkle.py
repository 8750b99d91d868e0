"""Trees of any size: every leaf is proven at its place alone, every growth is, and nothing else is."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from issuer.domain.merkle import (
    EMPTY,
    check_consistency,
    check_inclusion,
    consistency_proof,
    inclusion_proof,
    leaf_hash,
    node_hash,
    root_of,
    roots_at,
)

SIZES = st.integers(min_value=1, max_value=70)


def leaves_of(size: int) -> list[bytes]:
    """Give the hashes of so many different leaves."""
    return [leaf_hash(str(number).encode()) for number in range(size)]


def written_out(leaves: list[bytes]) -> bytes:
    """Give the root as the standard defines it: by halves, largest power of two to the left."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    half = 1
    while half * 2 < len(leaves):
        half *= 2
    return node_hash(written_out(leaves[:half]), written_out(leaves[half:]))


@pytest.mark.parametrize("size", [*range(10), 15, 16, 17, 64, 65])
def test_a_root_is_the_one_that_the_standard_defines(size: int) -> None:
    leaves = leaves_of(size)
    assert root_of(leaves) == written_out(leaves)


def test_roots_of_the_tree_that_the_reference_log_uses() -> None:
    # The eight leaves of the Certificate Transparency reference tests, and the root they give.
    inputs = [
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    ]
    leaves = [leaf_hash(bytes.fromhex(text)) for text in inputs]
    assert root_of(leaves).hex() == "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"


@given(size=SIZES, data=st.data())
def test_every_leaf_is_proven_at_its_place_and_nowhere_else(size: int, data: st.DataObject) -> None:
    leaves = leaves_of(size)
    index = data.draw(st.integers(0, size - 1))
    elsewhere = data.draw(st.integers(-1, size + 1))
    proof, root = inclusion_proof(leaves, index), root_of(leaves)
    assert check_inclusion(leaves[index], index, size, proof, root)
    assert check_inclusion(leaves[index], elsewhere, size, proof, root) is (elsewhere == index)
    assert not check_inclusion(leaf_hash(b"another"), index, size, proof, root)
    assert not check_inclusion(leaves[index], index, size, [*proof, root], root)
    assert not check_inclusion(leaves[index], index, size, proof, leaf_hash(root))
    if proof:
        assert not check_inclusion(leaves[index], index, size, proof[:-1], root)


@given(size=SIZES, data=st.data())
def test_every_growth_is_proven_and_no_rewriting(size: int, data: st.DataObject) -> None:
    leaves = leaves_of(size)
    first = data.draw(st.integers(0, size))
    before, after = (first, root_of(leaves[:first])), (size, root_of(leaves))
    proof = consistency_proof(leaves, first)
    assert check_consistency(before, after, proof)
    assert not check_consistency(before, after, [*proof, EMPTY])
    if first > 0:
        changed = [leaf_hash(b"changed"), *leaves[1:first]]
        assert not check_consistency((first, root_of(changed)), after, proof)
    if 0 < first < size:
        assert not check_consistency(after, before, proof)
        assert not check_consistency(before, after, ())
        assert not check_consistency(before, (size, root_of([*leaves[:-1], EMPTY])), proof)


@given(size=st.integers(0, 40), sizes=st.sets(st.integers(-1, 45)))
def test_roots_of_all_sizes_come_in_one_walk(size: int, sizes: set[int]) -> None:
    leaves = leaves_of(size)
    assert roots_at(leaves, sizes) == {
        wanted: root_of(leaves[:wanted]) for wanted in sizes if 0 <= wanted <= size
    }


def test_a_node_is_never_a_leaf() -> None:
    left, right = leaves_of(2)
    assert root_of([left, right]) != leaf_hash(left + right)
