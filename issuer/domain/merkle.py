"""Merkle trees: one digest over a growing list, with short proofs of what is in it, and of its growth. Pure.

Leaves and nodes are hashed with different first bytes, so that no node can be passed off as a leaf.

Spec: RFC 9162, section 2.1 (the trees of RFC 6962).
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence

EMPTY = hashlib.sha256(b"").digest()
"""The root of a tree without leaves."""


def leaf_hash(data: bytes) -> bytes:
    """Give the hash of a leaf's data: 32 bytes."""
    return hashlib.sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Give the hash of a node over its two sides: 32 bytes."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def root_of(leaves: Sequence[bytes]) -> bytes:
    """Give the root of a tree.

    Args:
        leaves: The hashes of the leaves, in order (:func:`leaf_hash`).

    Spec: RFC 9162, section 2.1.1.
    """
    return roots_at(leaves, [len(leaves)])[len(leaves)]


def roots_at(leaves: Sequence[bytes], sizes: Iterable[int]) -> Mapping[int, bytes]:
    """Give the root that a growing tree had at each of several sizes, in one walk.

    Args:
        leaves: The hashes of the leaves, in order.
        sizes: Sizes; those above the number of leaves, or below 0, are left out.

    Spec: RFC 9162, section 2.1.2 (verifying a tree head given entries).
    """
    wanted = set(sizes)
    found = {0: EMPTY} if 0 in wanted else {}
    stack: list[bytes] = []
    for size, leaf in enumerate(leaves, start=1):
        stack.append(leaf)
        for _ in range(_trailing_zeros(size)):
            right = stack.pop()
            stack.append(node_hash(stack.pop(), right))
        if size in wanted:
            found[size] = _folded(stack)
    return found


def inclusion_proof(leaves: Sequence[bytes], index: int) -> Sequence[bytes]:
    """Give the hashes that lead from a leaf to the root of the whole tree.

    Args:
        leaves: The hashes of the leaves.
        index: Which leaf, from 0; it must be there.

    Spec: RFC 9162, section 2.1.3.1.
    """
    if len(leaves) <= 1:
        return ()
    half = _split(len(leaves))
    if index < half:
        return (*inclusion_proof(leaves[:half], index), root_of(leaves[half:]))
    return (*inclusion_proof(leaves[half:], index - half), root_of(leaves[:half]))


def check_inclusion(leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes) -> bool:
    """Say whether a leaf is at its place in the tree that a root stands for.

    Args:
        leaf: Its hash.
        index: Its place, from 0.
        size: How many leaves the tree has.
        proof: As :func:`inclusion_proof` gives it; may come from a stranger.
        root: The tree's root.

    Spec: RFC 9162, section 2.1.3.2.
    """
    if not 0 <= index < size:
        return False
    place, last, found = index, size - 1, leaf
    for step in proof:
        if last == 0:
            return False
        if place % 2 or place == last:
            found = node_hash(step, found)
            while place and not place % 2:
                place, last = place >> 1, last >> 1
        else:
            found = node_hash(found, step)
        place, last = place >> 1, last >> 1
    return last == 0 and found == root


def consistency_proof(leaves: Sequence[bytes], first: int) -> Sequence[bytes]:
    """Give the hashes that show that a tree is an earlier one with more leaves after it.

    Args:
        leaves: The hashes of the later tree's leaves.
        first: The size of the earlier tree, at most as many.

    Spec: RFC 9162, section 2.1.4.1.
    """
    if first in {0, len(leaves)}:
        return ()
    return tuple(_subproof(leaves, first, known=True))


def check_consistency(first: tuple[int, bytes], second: tuple[int, bytes], proof: Sequence[bytes]) -> bool:
    """Say whether the tree of one root is the beginning of the tree of another.

    Args:
        first: Size and root of the earlier tree.
        second: Size and root of the later one.
        proof: As :func:`consistency_proof` gives it; may come from a stranger.

    Spec: RFC 9162, section 2.1.4.2.
    """
    (size, root), (later_size, later_root) = first, second
    if not 0 <= size <= later_size:
        return False
    if size in {0, later_size}:
        return not proof and root == (EMPTY if size == 0 else later_root)
    steps = [root, *proof] if size & (size - 1) == 0 else list(proof)
    if not steps:
        return False
    return _leads_to_both(steps, size - 1, later_size - 1, (root, later_root))


def _leads_to_both(steps: Sequence[bytes], place: int, last: int, roots: tuple[bytes, bytes]) -> bool:
    while place % 2:
        place, last = place >> 1, last >> 1
    before = after = steps[0]
    for step in steps[1:]:
        if last == 0:
            return False
        if place % 2 or place == last:
            before, after = node_hash(step, before), node_hash(step, after)
            while place and not place % 2:
                place, last = place >> 1, last >> 1
        else:
            after = node_hash(after, step)
        place, last = place >> 1, last >> 1
    return last == 0 and (before, after) == roots


def _subproof(leaves: Sequence[bytes], first: int, *, known: bool) -> Iterator[bytes]:
    if first == len(leaves):
        if not known:
            yield root_of(leaves)
        return
    half = _split(len(leaves))
    if first <= half:
        yield from _subproof(leaves[:half], first, known=known)
        yield root_of(leaves[half:])
    else:
        yield from _subproof(leaves[half:], first - half, known=False)
        yield root_of(leaves[:half])


def _split(size: int) -> int:
    """Give the largest power of two below a size of at least two."""
    return 1 << (size - 1).bit_length() - 1


def _trailing_zeros(size: int) -> int:
    return (size & -size).bit_length() - 1


def _folded(stack: Sequence[bytes]) -> bytes:
    *lefts, found = stack
    for left in reversed(lefts):
        found = node_hash(left, found)
    return found
