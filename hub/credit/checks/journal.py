"""Checks on record before they are answered: those that wait at the same time share one transaction."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import update

from hub.audit.catalogue import AuditAction
from hub.audit.recorder import Target, record
from hub.core.clock import local_date
from hub.core.principal import Principal
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
    """A check to be kept. More than ``alarm_percent`` of at least ``alarm_minimum`` subjects matched in a day is more
    than licensing ever meets."""

    id: UUID
    principal: Principal
    place: Place
    at: datetime
    row: dict[str, Any]
    named: int
    alarm_percent: int
    alarm_minimum: int


@dataclass(frozen=True, slots=True)
class Used:
    """What the client has asked about today, this check included."""

    asked: int
    named: int
    alarmed: bool


class Journal:
    """One per process. Each portion is one statement, committed as one."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions
        self._statements = sessions.journal("hub-checks", connections=AT_ONCE)
        self._waiting: list[tuple[Entry, asyncio.Future[Used]]] = []
        self._writing: set[asyncio.Task[None]] = set()

    async def aclose(self) -> None:
        await asyncio.gather(*self._writing)
        await self._statements.aclose()

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
                    kept.set_result(used[_client(entry)])

    async def _keep(self, entries: Sequence[Entry]) -> dict[str, Used]:
        answer = await self._statements.fetch(_KEEP, _columns(entries))
        used: dict[str, Used] = {}
        for client, day, asked, named, matched, alarmed in json.loads(answer or b"[]"):
            last = next(entry for entry in reversed(entries) if _client(entry) == f"{client} {day}")
            unusual = asked >= last.alarm_minimum and matched * 100 > asked * last.alarm_percent
            if unusual and alarmed is None:
                await self._alarm(last, asked=asked, matched=matched)
            used[f"{client} {day}"] = Used(asked, named, unusual or alarmed is not None)
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


def _client(entry: Entry) -> str:
    return f"{entry.principal.subject} {local_date(entry.at)}"


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
        )
        for entry in entries
    ]
    return [list(column) for column in zip(*rows, strict=True)]


# Clients in one order for every process: two that count the same ones must not wait for each other in a circle.
_KEEP = """
    with entry as (
        select * from unnest($1::uuid[], $2::uuid[], $3::text[], $4::uuid[], $5::text[], $6::timestamptz[], $7::date[],
            $8::text[], $9::text[], $10::int[], $11::int[], $12::int[], $13::int[], $14::bytea[], $15::text[],
            $16::text[]) as e(id, tenant, path, organization, client, at, day, matter, item, asked, matched, manual,
            named, keys, refs, hits)
    ), kept as (
        insert into subject_check (id, tenant_id, jurisdiction_path, organization_id, client_id, at,
            service_case_number, service_item, asked, matched, manual, keys, "references", hits)
        select id, tenant, path, organization, client, at, matter, item, asked, matched, manual, keys, refs::jsonb,
            hits::jsonb
        from entry
    ), used as (
        insert into check_usage as u (client_id, day, tenant_id, jurisdiction_path, organization_id, asked, named,
            matched)
        select client, day, tenant, path, organization, sum(asked), sum(named), sum(matched)
        from entry group by client, day, tenant, path, organization order by client, day
        on conflict (client_id, day) do update set asked = u.asked + excluded.asked, named = u.named + excluded.named,
            matched = u.matched + excluded.matched
        returning u.client_id, u.day, u.asked, u.named, u.matched, u.alarmed_at
    )
    select json_send(json_agg(json_build_array(client_id, day, asked, named, matched, alarmed_at))) from used
"""
