"""Generated worlds: what each caller sees of the items is what an oracle in plain Python says, however it asks."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from hub.canonical.codes import DeadlineKind, DoubleListStatus, ItemStatus, LinkageArea, ListSide, PartyCapacity
from hub.core.ids import encode_node_id, new_id
from hub.core.principal import Principal, RoleName
from hub.db import models
from schema.build import build_schema
from schema.execution import Asked, Executor
from tests.support.asking import Asker
from tests.support.world import COUNTY, NEIGHBOUR, PATHS, World

COUNTIES = {"county": COUNTY, "neighbour": NEIGHBOUR}
UNITS = ("court", "police", "finance", "civil")
WHOLE = {RoleName.JOINT_MEETING_OFFICE, RoleName.AUDITOR, RoleName.GOVERNMENT_OFFICE, RoleName.CREDIT_OFFICE}
DRAWN = st.lists(
    st.tuples(
        st.sampled_from(sorted(COUNTIES)),
        st.lists(st.sampled_from(UNITS), min_size=1, max_size=3, unique=True),
        st.sampled_from(UNITS),
        st.sampled_from([date(2026, 3, 1), date(2026, 9, 1)]),
    ),
    min_size=3,
    max_size=12,
)
QUERY = """query($first: Int!, $after: String) { doubleListItems(first: $first, after: $after) {
    totalCount nodes { id } pageInfo { hasNextPage endCursor } } }"""


@dataclass(frozen=True)
class Item:
    id: UUID
    county: str
    units: tuple[str, ...]
    proposer: str

    @property
    def parties(self) -> set[str]:
        return {f"{self.county}.{unit}" for unit in (*self.units, self.proposer)}


SUPERIOR_OF = {
    "city.court": {"county.court"},
    "city.police": {"county.police"},
    "city.justice": {"county.office", "neighbour.office"},
}


def may_see(world: World, key: str, item: Item) -> bool:
    roles = {function.role for function in world[key].functions}
    inside = key.split(".", maxsplit=1)[0] == item.county
    if inside and roles & WHOLE:
        return True
    return key in item.parties or bool(SUPERIOR_OF.get(key, set()) & item.parties)


async def fill(world: World, drawn: list[Any]) -> list[Item]:
    made = []
    async with world.sessions.system("test") as session:
        await session.execute(text("delete from double_list_item_party"))
        await session.execute(text("delete from double_list_item"))
        await session.execute(text("delete from double_list"))
        tenant = world.jurisdictions["410800"]
        lists = {}
        for county, code in COUNTIES.items():
            placed = {
                "tenant_id": tenant,
                "jurisdiction_id": world.jurisdictions[code],
                "jurisdiction_path": PATHS[code],
            }
            lists[county] = models.DoubleList(
                id=new_id(), year=2026, body_id=world.bodies[county], status=DoubleListStatus.IN_FORCE, **placed
            )
            session.add(lists[county])
        await session.flush()
        for number, (county, units, proposer, due) in enumerate(drawn):
            item = Item(new_id(), county, tuple(units), proposer)
            made.append(await add(session, world, lists[county], number, item, due))
    return made


async def add(session: Any, world: World, list_: Any, number: int, item: Item, due: date) -> Item:
    keys = {unit: world.organizations[f"{item.county}.{unit}"] for unit in UNITS}
    lead, *others = item.units
    placed = {
        "tenant_id": list_.tenant_id,
        "jurisdiction_id": list_.jurisdiction_id,
        "jurisdiction_path": list_.jurisdiction_path,
    }
    session.add(
        models.DoubleListItem(
            id=item.id,
            list_id=list_.id,
            year=2026,
            side=ListSide.COURT_LED,
            code=f"2026-{number:03d}",
            title=f"事项{number}",
            content="内容",
            area=LinkageArea.OTHER,
            lead_organization_id=keys[lead],
            cooperating_organization_ids=[keys[unit] for unit in others],
            proposer_organization_id=keys[item.proposer],
            deadline_kind=DeadlineKind.FIXED,
            due_on=due,
            due_sort=due,
            status=ItemStatus.IN_PROGRESS,
            **placed,
        )
    )
    await session.flush()
    for unit in {*item.units, item.proposer}:
        session.add(
            models.DoubleListItemParty(
                item_id=item.id,
                organization_id=keys[unit],
                tenant_id=list_.tenant_id,
                capacity=PartyCapacity.COOPERATING,
                list_id=list_.id,
                due_sort=due,
                jurisdiction_path=list_.jurisdiction_path,
            )
        )
    await session.flush()
    return item


async def test_lists_counts_pages_and_nodes_agree_with_the_oracle(world: World, runtime) -> None:
    executor = Asker(world, build_schema(), runtime)
    worlds: list[list[Any]] = []

    @settings(max_examples=8, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
    @given(DRAWN)
    def gather(drawn: list[Any]) -> None:
        worlds.append(drawn)

    gather()
    for drawn in worlds:
        items = await fill(world, drawn)
        for key in world.principals:
            principal = world[key]
            if "doublelist:read" not in principal.scopes:
                continue
            expected = {encode_node_id("DI", item.id) for item in items if may_see(world, key, item)}
            assert await everything(executor, principal) == (expected, len(expected)), key
            for item in items:
                node = await executor.run(
                    Asked("query($i: ID!) { node(id: $i) { id } }", {"i": encode_node_id("DI", item.id)}), principal
                )
                assert (b'"id"' in node.content()) == may_see(world, key, item), key


async def everything(executor: Executor, principal: Principal) -> tuple[set[str], int]:
    """All pages of two, put together; a row that comes twice is a fault."""
    found: list[str] = []
    after, total = None, 0
    while True:
        answer = await executor.run(Asked(QUERY, {"first": 2, "after": after}), principal)
        page = json.loads(answer.content())["data"]["doubleListItems"]
        found += [node["id"] for node in page["nodes"]]
        total = page["totalCount"]
        if not page["pageInfo"]["hasNextPage"]:
            assert len(found) == len(set(found))
            return set(found), total
        after = page["pageInfo"]["endCursor"]
