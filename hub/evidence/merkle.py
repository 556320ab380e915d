"""Merkle tree hash and inclusion proofs as in RFC 6962 §2.1, over any digest algorithm."""

from __future__ import annotations

from collections.abc import Sequence

from hub.evidence.digests import digest

_LEAF, _NODE = b"\x00", b"\x01"


def root(algorithm: str, leaves: Sequence[bytes]) -> bytes:
    """Merkle tree hash of at least one leaf."""
    if not leaves:
        raise ValueError("a tree needs a leaf")
    if len(leaves) == 1:
        return digest(algorithm, _LEAF + leaves[0])
    split = _split(len(leaves))
    return digest(algorithm, _NODE + root(algorithm, leaves[:split]) + root(algorithm, leaves[split:]))


def inclusion(algorithm: str, leaves: Sequence[bytes], index: int) -> list[bytes]:
    """Audit path of the leaf at ``index``, from the leaf's sibling up."""
    if not 0 <= index < len(leaves):
        raise IndexError(index)
    if len(leaves) == 1:
        return []
    split = _split(len(leaves))
    if index < split:
        return [*inclusion(algorithm, leaves[:split], index), root(algorithm, leaves[split:])]
    return [*inclusion(algorithm, leaves[split:], index - split), root(algorithm, leaves[:split])]


def proves(algorithm: str, leaf: bytes, index: int, size: int, path: Sequence[bytes], expected: bytes) -> bool:
    """Whether the path leads from the leaf at ``index`` of ``size`` to the root."""
    if not 0 <= index < size:
        return False
    found = digest(algorithm, _LEAF + leaf)
    position, last = index, size - 1
    for sibling in path:
        if last == 0:
            return False
        if position % 2 or position == last:
            found = digest(algorithm, _NODE + sibling + found)
            while position % 2 == 0 and position:
                position, last = position >> 1, last >> 1
        else:
            found = digest(algorithm, _NODE + found + sibling)
        position, last = position >> 1, last >> 1
    return last == 0 and found == expected


def _split(size: int) -> int:
    """The largest power of two below ``size``."""
    return 1 << (size - 1).bit_length() - 1
