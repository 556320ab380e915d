"""The short version of ``make chaos``: a few kills under load, nothing lost, doubled or out of order."""

from __future__ import annotations

import pytest

from tests.chaos.running import run
from tests.support.demonstration import DemoHome


@pytest.mark.long
async def test_what_was_accepted_is_applied_once_and_what_was_committed_is_delivered(demo_home: DemoHome) -> None:
    outcome = await run(demo_home(), count=2, seed=4)
    assert outcome.faults == []
    assert outcome.counts["kills"] == 2
    assert outcome.counts["rows applied once"] > 0
    assert outcome.counts["events delivered"] > 0
