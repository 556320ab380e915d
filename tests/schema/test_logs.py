"""What the logs hold of a request: never its text, its variables, its token."""

from __future__ import annotations

import json

import pytest

from tests.obligations.steps import Steps
from tests.support.client import ClientOf
from tests.support.world import World

CANARY = "机密内容甲乙丙"


@pytest.mark.attack("D18")
async def test_logs_and_audit_entries_hold_nothing_of_what_was_sent(
    world: World, client_of: ClientOf, capfd: pytest.CaptureFixture[str]
) -> None:
    police = await client_of("county.police")
    token = await police.authorize()
    steps = Steps(world, client_of)
    await steps.open_list()
    await steps.propose("court", title=f'"{CANARY}"', content=f'"{CANARY}"')
    await steps.propose("court", title=f'"{CANARY}\\u0000"')
    await police.ask("query($s: String) { doubleListItems(filter: {search: $s}) { totalCount } }", {"s": CANARY})
    await police.ask("query($s: Int) { doubleListItems(first: $s) { totalCount } }", {"s": CANARY})
    await police.ask(f'{{ doubleListItems(filter: {{search: "{CANARY}", nope: 1}}) {{ totalCount }} }}')
    told = "".join(capfd.readouterr())
    assert "route=/graphql" in told
    log = await steps.read("audit", "{ auditEvents(first: 100) { nodes { event reason purpose targetKind } } }")
    for silent in (told, json.dumps(log, ensure_ascii=False)):
        assert CANARY not in silent
        assert token not in silent
