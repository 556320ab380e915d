"""Checks on record before they are answered: those that wait at the same time share one transaction.

What is refused is on record as asked for, without what it would have found: its record must not be its answer.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import update

from hub.audit.catalogue import AuditAction
from hub.audit.recorder import Target, record
from hub.core.clock import local_date
from hub.core.principal import Principal
from hub.credit.checks.budget import Limits, Used
from hub.db.models import CheckUsage
from hub.db.session import Sessions

JOB = "checks"
AT_ONCE, PORTION = 2, 200
"""Statements under way at once, and checks in each: while one is committed, the next fills."""


@dataclass(frozen=True, slots=True)
class Place:
    """Whose checks they are, and where its policy is."""

    organization_id: UUID
    tenant_id: UUID
    jurisdiction_id: UUID
    path: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A check to be kept; ``many``: as a bulk check."""

    id: UUID
    principal: Principal
    place: Place
    at: datetime
    row: dict[str, Any]
    named: int
    many: bool
    limits: Limits


class Journal:
    """One per process. Each portion is one statement, committed as one."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions
        self._statements = sessions.journal("hub-checks", connections=AT_ONCE)
        self._waiting: list[tuple[Entry, asyncio.Future[Used]]] = []
        self._writing: set[asyncio.Task[None]] = set()
        self._used: dict[str, Used] = {}

    async def aclose(self) -> None:
        await asyncio.gather(*self._writing)
        await self._statements.aclose()

    def used(self, client: str) -> Used | None:
        """As this process last learned of it."""
        return self._used.get(client)

    async def enter(self, entry: Entry) -> Used:
        """Return once it is on record; what kept it from there is raised."""
        kept: asyncio.Future[Used] = asyncio.get_running_loop().create_future()
        self._waiting.append((entry, kept))
        if len(self._writing) < AT_ONCE:
            task = asyncio.create_task(self._drain())
            self._writing.add(task)
            task.add_done_callback(self._writing.discard)
        return await kept

    async def _drain(self) -> None:
        task = asyncio.current_task()
        assert task is not None
        while self._waiting:
            portion, self._waiting = self._waiting[:PORTION], self._waiting[PORTION:]
            try:
                used = await self._keep([entry for entry, _ in portion])
            except Exception as error:  # noqa: BLE001 - whoever waits is told
                for _, kept in portion:
                    if not kept.done():
                        kept.set_exception(error)
                continue
            for entry, kept in portion:
                if not kept.done():
                    kept.set_result(used[entry.id])
        # Not by the callback, which is for a task that is cancelled: whoever enters before that is called would find a
        # writer that writes no more.
        self._writing.discard(task)

    async def _keep(self, entries: Sequence[Entry]) -> dict[UUID, Used]:
        answer = await self._statements.fetch(_KEEP, _columns(entries))
        by_id = {entry.id: entry for entry in entries}
        used, alarms = dict[UUID, Used](), dict[tuple[str, date], tuple[Entry, int, int]]()
        for key, asked, named, matched, unusual, alarmed, refused in json.loads(answer or b"[]"):
            entry = by_id[UUID(key)]
            client, day = entry.principal.subject, local_date(entry.at)
            if unusual and not alarmed:
                alarms[client, day] = entry, asked, matched
            used[entry.id] = self._used[client] = Used(day, asked, named, unusual or alarmed, refused)
        for last, asked, matched in alarms.values():
            await self._alarm(last, asked=asked, matched=matched)
        return used

    async def _alarm(self, last: Entry, **figures: int) -> None:
        """Raised once a day for a client, whichever process finds it out."""
        async with self._sessions.system(JOB) as session:
            raised = await session.scalar(
                update(CheckUsage)
                .where(
                    CheckUsage.client_id == last.principal.subject,
                    CheckUsage.day == local_date(last.at),
                    CheckUsage.alarmed_at.is_(None),
                )
                .values(alarmed_at=last.at)
                .returning(CheckUsage.client_id)
                .execution_options(synchronize_session=False)
            )
            if raised is not None:
                target = Target("SubjectCheck", last.id, last.place.path)
                await record(
                    session, last.principal, AuditAction.CHECK_ALARM, at=last.at, target=target, detail=figures
                )


def _columns(entries: Sequence[Entry]) -> list[list[Any]]:
    """Parameters of ``_KEEP``, a list a column."""
    rows = [
        (
            entry.id,
            entry.place.tenant_id,
            entry.place.path,
            entry.place.organization_id,
            entry.principal.subject,
            entry.at,
            local_date(entry.at),
            entry.row["service_case_number"],
            entry.row["service_item"],
            entry.row["asked"],
            entry.row["matched"],
            entry.row["manual"],
            entry.named,
            entry.row["keys"],
            None if entry.row["references"] is None else json.dumps(entry.row["references"], ensure_ascii=False),
            json.dumps(entry.row["hits"]),
            entry.many,
            entry.limits.asked,
            entry.limits.named,
            entry.limits.percent,
            entry.limits.minimum,
        )
        for entry in entries
    ]
    return [list(column) for column in zip(*rows, strict=True)]


# Clients in one order for every process: two that count the same ones must not wait for each other in a circle.
_KEEP = """
    with entry as (
        select * from unnest($1::uuid[], $2::uuid[], $3::text[], $4::uuid[], $5::text[], $6::timestamptz[], $7::date[],
            $8::text[], $9::text[], $10::int[], $11::int[], $12::int[], $13::int[], $14::bytea[], $15::text[],
            $16::text[], $17::bool[], $18::int[], $19::int[], $20::int[], $21::int[]) as e(id, tenant, path,
            organization, client, at, day, matter, item, asked, matched, manual, named, keys, refs, hits, many,
            most_asked, most_named, percent, minimum)
    ), used as (
        insert into check_usage as u (client_id, day, tenant_id, jurisdiction_path, organization_id, asked, named,
            matched)
        select client, day, tenant, path, organization, sum(asked), sum(named), sum(matched)
        from entry group by client, day, tenant, path, organization order by client, day
        on conflict (client_id, day) do update set asked = u.asked + excluded.asked, named = u.named + excluded.named,
            matched = u.matched + excluded.matched
        returning u.client_id as client, u.day, u.asked as all_asked, u.named as all_named, u.matched as all_matched,
            u.alarmed_at is not null as alarmed
    ), met as (
        select *, all_asked >= minimum and all_matched * 100 > all_asked * percent as unusual from entry
            join used using (client, day)
    ), judged as (
        select *, case
            when all_asked > most_asked then 'CHECK_BUDGET'
            when all_named > most_named then 'CHECK_BUDGET_NAMES'
            when many and (unusual or alarmed) then 'CHECK_SUSPENDED'
        end as refused from met
    ), kept as (
        insert into subject_check (id, tenant_id, jurisdiction_path, organization_id, client_id, at,
            service_case_number, service_item, asked, matched, manual, keys, "references", hits, spread_at)
        select id, tenant, path, organization, client, at, matter, item, asked,
            case when refused is null then matched else 0 end, case when refused is null then manual else 0 end, keys,
            refs::jsonb, case when refused is null then hits else '[]' end::jsonb, case when refused <> '' then at end
        from judged
    )
    select json_send(json_agg(json_build_array(id, all_asked, all_named, all_matched, unusual, alarmed, refused)))
    from judged
"""
