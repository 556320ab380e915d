"""Every department that has checked a subject hears once of what became of it: a correction, a revocation, a merger and
its end, another code; nobody else hears of anything."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import delete, insert, text, update

from hub.canonical.exchange_codes import CaseListKind
from hub.core.ids import new_id
from hub.db import models
from hub.integrity.background import work_on_integrity
from hub.restriction.rekeying import find_anew
from hub.runtime import Runtime
from tests.support.client import ClientOf
from tests.support.court import DISHONEST, Court, code_of, court_at, settle, uscc
from tests.support.world import World

RESTRICTED = CaseListKind.CONSUMPTION_RESTRICTION
POLICE, CIVIL, FINANCE = (code_of(f"county.{unit}") for unit in ("police", "civil", "finance"))
CHECK = """mutation C($input: CheckAskedInput!) { checkSubject(input: $input) { ... on SubjectChecked {
    matched { mode } restricted { mode } } ... on Refusal { code } } }"""
HEARD = text(
    """
    select o.short_name, count(*) from outbox_event e join checked_subject c on c.id::text = e.ids ->> 'id'
    join organization o on o.id = c.organization_id
    where e.type = 'check.changed' and e.number > :since group by 1
    """
)


class Story:
    def __init__(self, world: World, court: Court, client_of: ClientOf) -> None:
        self.world, self.court, self.client_of = world, court, client_of
        self._since = 0

    async def check(self, unit: str, **subject: str) -> tuple[bool, bool]:
        """Whether the subject is listed, and whether an order restricts it."""
        given = {"serviceCaseNumber": "采-1", "serviceItem": "采购", "subject": subject}
        found = (await (await self.client_of(unit)).data(CHECK, input=given))["checkSubject"]
        return bool(found["matched"]), bool(found["restricted"])

    async def tell(self, kind: CaseListKind, number: int, **cells: str) -> None:
        self.world.clock.advance(days=1)
        named = f"{kind}-{number}-{self.world.clock():%m%d}"
        row = self.court.row if kind is DISHONEST else self.court.order
        given = (kind, number, "police") if kind is DISHONEST else (number, "police")
        self.court.send((kind, row(*given, **{"报文号": named, **cells})))  # type: ignore[arg-type]
        await self.court.hear()

    async def work(self) -> None:
        """What the jobs on bodies and on listings do."""
        runtime, now = self.court.runtime, self.world.clock()
        async with self.world.sessions.system("integrity") as session:
            await work_on_integrity(session, runtime.policy, runtime.keyring, now)
        async with self.world.sessions.system("listings") as session:
            await find_anew(session, runtime.policy, runtime.keyring, now)
            assert await find_anew(session, runtime.policy, runtime.keyring, now) == 0

    async def heard(self) -> dict[str, int]:
        """Who has heard since the last look, and how often."""
        async with self.world.sessions.system("test") as session:
            rows = await session.execute(HEARD, {"since": self._since})
            found = dict(rows.tuples().all())
            self._since = (await session.scalar(text("select max(number) from outbox_event"))) or 0
        return found

    async def register(self, unit: str, **values: Any) -> None:
        """What the register says of a unit from now on."""
        table = models.Organization
        async with self.world.sessions.system("test") as session:
            await session.execute(
                update(table).where(table.id == self.world.organizations[f"county.{unit}"]).values(**values)
            )


@pytest.fixture
async def story(world: World, runtime: Runtime, client_of: ClientOf, tmp_path: Path) -> Story:
    await settle(world)
    return Story(world, court_at(world, runtime, tmp_path), client_of)


async def test_departments_hear_once_of_corrections_revocations_mergers_and_codes(story: Story) -> None:
    await story.tell(DISHONEST, 1, 状态="已公布")
    await story.tell(RESTRICTED, 2)
    for unit in ("county.finance", "county.office"):
        assert await story.check(unit, uscc=POLICE) == (True, True), unit
    assert await story.check("county.credit", name="温县公安局") == (True, True)
    assert await story.check("county.police", uscc=CIVIL) == (False, False)
    assert await story.check("county.civil", uscc=FINANCE) == (False, False)
    await story.heard()
    whoever = Counter({"财政局": 1, "司法局": 1, "发展和改革委员会": 1})

    await story.tell(DISHONEST, 1, 状态="已公布", 履行情况="部分履行")
    assert await story.heard() == whoever
    await story.tell(RESTRICTED, 2, 一次性解除日期="2026-06-20", 一次性解除事由="就医")
    assert await story.heard() == whoever
    await story.tell(DISHONEST, 1, 状态="已撤销")
    assert await story.heard() == whoever
    assert await story.check("county.finance", uscc=POLICE) == (False, True)
    await story.tell(DISHONEST, 3, 状态="已公布")
    assert await story.heard() == whoever

    ended = story.world.clock().date() - timedelta(days=1)
    civil = story.world.organizations["county.civil"]
    await story.register("police", valid_to=ended, successor_id=civil)
    await story.work()
    assert await story.heard() == whoever + Counter({"公安局": 1})
    for code in (POLICE, CIVIL):
        assert await story.check("county.finance", uscc=code) == (True, True), code
    orders = "{ consumptionRestrictions { totalCount nodes { organization { shortName } } } }"
    theirs = (await (await story.client_of("county.civil")).data(orders))["consumptionRestrictions"]
    assert theirs == {"totalCount": 1, "nodes": [{"organization": {"shortName": "民政局"}}]}
    async with story.world.sessions.read(story.world["county.police"]) as session:
        assert await session.scalar(text("select count(*) from consumption_restriction")) == 0
    await story.register("police", valid_to=None, successor_id=None)
    await story.work()
    assert await story.heard() == whoever + Counter({"公安局": 1, "财政局": 1})
    assert await story.check("county.finance", uscc=CIVIL) == (False, False)
    assert await story.check("county.finance", uscc=POLICE) == (True, True)

    new = uscc("11410825000000099")
    await story.register("police", uscc=new)
    await story.work()
    assert await story.heard() == whoever
    assert [await story.check("county.finance", uscc=code) for code in (new, POLICE)] == [(True, True)] * 2
    kept, alias = uscc("11410825000000098"), models.OrganizationAlias
    for stands in (True, False):
        async with story.world.sessions.system("test") as session:
            police = {"id": new_id(), "organization_id": story.world.organizations["county.police"], "alias": kept}
            await session.execute(insert(alias).values(police) if stands else delete(alias).where(alias.alias == kept))
        await story.work()
        assert await story.check("county.finance", uscc=kept) == (stands, stands)
    assert (await story.heard())["司法局"] == 2
    await story.register("police", short_name="公安")
    await story.work()
    assert await story.heard() == {}
