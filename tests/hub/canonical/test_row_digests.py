"""Digests of rows are over JSON that anybody can write again: members in order, no white space, text as it is."""

from __future__ import annotations

import hashlib
import json

from hypothesis import given
from hypothesis import strategies as st

from hub.canonical.connector import Row
from hub.canonical.exchange_codes import CaseListKind

_TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
_ENVELOPE = frozenset({"报文号", "版本"})


def _plain(cells: dict[str, str]) -> bytes:
    return json.dumps(cells, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


@given(st.dictionaries(st.one_of(_TEXT, st.sampled_from(sorted(_ENVELOPE))), _TEXT, max_size=6))
def test_the_digest_of_a_row_is_over_its_canonical_json_and_that_of_its_content_leaves_the_envelope_out(
    cells: dict[str, str],
) -> None:
    row = Row("a.csv", 1, CaseListKind.DISHONEST, cells, _ENVELOPE)
    content = {name: cell for name, cell in cells.items() if name not in _ENVELOPE}
    assert row.body == _plain(cells)
    assert row.digest == hashlib.sha256(_plain(cells)).hexdigest()
    assert row.content_digest == hashlib.sha256(_plain(content)).hexdigest()
    assert row.bare is (content == cells)
