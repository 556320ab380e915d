"""What the tests of identifiers share."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import pytest

from hub.core.errors import Reason


@pytest.fixture
def outline() -> Callable[[Iterable[Reason]], list[tuple[object, ...]]]:
    """Reasons as (code, position, character, expected); every sentence is rendered on the way."""

    def outline_of(reasons: Iterable[Reason]) -> list[tuple[object, ...]]:
        rows = []
        for reason in reasons:
            assert "{" not in reason.text.zh + reason.text.en
            values = (reason.params.get(name) for name in ("position", "character", "expected"))
            rows.append((reason.code, *values))
        return rows

    return outline_of
