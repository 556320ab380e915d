"""At most a portion is taken up, however the planner goes about it: the rows are chosen once, before any is changed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event, text
from sqlalchemy.ext.asyncio import AsyncEngine

from hub.credit.watching import spread
from hub.db.target import DatabaseRole
from hub.events.retention import forget_events
from hub.ingest.processing import Processor
from hub.policy.store import PolicyStore
from tests.hub.delivery.test_workers import claimed, waiting
from tests.support.hooks import Hooks

_HOSTILE = ("enable_hashjoin", "enable_mergejoin", "enable_material", "enable_memoize", "enable_hashagg", "enable_sort")
"""Without these a row of the table would be looked for in the portion one by one, and the portion chosen each time."""

_CHANGED = {"delivery_lane", "inbox_message", "outbox_event", "subject_check"}


@contextmanager
def said_to(engine: AsyncEngine) -> Iterator[dict[str, Any]]:
    """Each statement with the values it was last said with."""
    said: dict[str, Any] = {}

    def note(_connection: Any, _cursor: Any, statement: str, values: Any, *_: Any) -> None:
        said[statement] = values

    event.listen(engine.sync_engine, "before_cursor_execute", note)
    yield said
    event.remove(engine.sync_engine, "before_cursor_execute", note)


def chosen_again(node: dict[str, Any], *, once: bool = False) -> list[str]:
    """Nodes that lock rows and do not stand below what is run once and kept."""
    once = node["Node Type"] != "ModifyTable" and (once or node.get("Subplan Name", "").startswith("CTE "))
    found = [] if once or node["Node Type"] != "LockRows" else [node["Node Type"]]
    return found + [each for below in node.get("Plans", ()) for each in chosen_again(below, once=once)]


async def plan(engine: AsyncEngine, statement: str, values: Any) -> dict[str, Any]:
    async with engine.connect() as connection:
        for name in _HOSTILE:
            await connection.execute(text(f"set local {name} = off"))
        found = await connection.exec_driver_sql(f"explain (format json) {statement}", values)
        return found.scalar_one()[0]["Plan"]


async def test_the_rows_of_a_portion_are_chosen_once(
    hooks: Hooks, steps, receiver, engines: dict[DatabaseRole, AsyncEngine]
) -> None:
    endpoint, world = await waiting(hooks, steps, receiver, 1), hooks.world
    with said_to(engines[DatabaseRole.SYSTEM]) as said:
        await claimed(hooks, endpoint, "worker")
        await Processor(world.sessions, hooks.runtime.keyring, PolicyStore(), world.clock).run({})
        async with world.sessions.system("test") as session:
            await forget_events(session, before=world.clock())
            await spread(session)
    choosing = [each for each in said if "skip locked" in each.lower() and not each.lower().startswith("select")]
    assert {name for name in _CHANGED for each in choosing if name in each} == _CHANGED
    for statement in choosing:
        found = await plan(engines[DatabaseRole.SYSTEM], statement, said[statement])
        assert chosen_again(found) == [], statement
