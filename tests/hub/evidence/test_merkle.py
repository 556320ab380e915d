"""Merkle trees of RFC 6962: every leaf is proven at its place and at no other."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.evidence.digests import SHA256, SM3, available, digest
from hub.evidence.merkle import inclusion, proves, root

leaves_ = st.lists(st.binary(max_size=8), min_size=1, max_size=70, unique=True)


@given(leaves_, st.data())
def test_a_leaf_is_proven_at_its_place_and_nowhere_else(leaves: list[bytes], data: st.DataObject) -> None:
    index = data.draw(st.integers(0, len(leaves) - 1))
    top, path = root(SHA256, leaves), inclusion(SHA256, leaves, index)
    assert proves(SHA256, leaves[index], index, len(leaves), path, top)
    assert not proves(SHA256, leaves[index] + b"x", index, len(leaves), path, top)
    for other in range(len(leaves)):
        if other != index:
            assert not proves(SHA256, leaves[index], other, len(leaves), path, top)
    assert not proves(SHA256, leaves[index], index, len(leaves), [*path, b"0" * 32], top)
    if path:
        assert not proves(SHA256, leaves[index], index, len(leaves), path[:-1], top)


def test_known_answer_of_the_transparency_tests() -> None:
    """Tree of eight inputs that implementations of RFC 6962 are tested with."""
    inputs = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]
    leaves = [bytes.fromhex(each) for each in inputs]
    assert root(SHA256, leaves).hex() == "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"
    assert root(SHA256, leaves[:3]).hex() == "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77"


def test_sm3_known_answer_where_the_platform_has_it() -> None:
    if SM3 not in available():
        with pytest.raises(ValueError):
            digest(SM3, b"abc")
        return
    assert digest(SM3, b"abc").hex() == "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"
