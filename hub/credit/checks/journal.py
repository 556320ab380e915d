"""Checks on record before they are answered: those that wait at the same time share one transaction."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import update
from sqlalchemy.dialects.postgresql import insert

from hub.audit.catalogue import AuditAction
from hub.audit.recorder import Target, record
from hub.core.clock import local_date
from hub.core.principal import Principal
from hub.db.bulk import insert_rows
from hub.db.models import CheckUsage, SubjectCheck
from hub.db.session import Sessions, SystemSession

JOB = "checks"


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
    """One per process."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions
        self._waiting: list[tuple[Entry, asyncio.Future[Used]]] = []
        self._writing: asyncio.Task[None] | None = None

    async def enter(self, entry: Entry) -> Used:
        """Return once it is on record; what kept it from there is raised."""
        kept: asyncio.Future[Used] = asyncio.get_running_loop().create_future()
        self._waiting.append((entry, kept))
        if self._writing is None:
            self._writing = asyncio.create_task(self._drain())
        return await kept

    async def _drain(self) -> None:
        try:
            while self._waiting:
                portion, self._waiting = self._waiting, []
                await self._keep(portion)
        finally:
            self._writing = None

    async def _keep(self, portion: Sequence[tuple[Entry, asyncio.Future[Used]]]) -> None:
        entries = [entry for entry, _ in portion]
        try:
            async with self._sessions.system(JOB) as session:
                await insert_rows(session, SubjectCheck, [_row(entry) for entry in entries])
                used = await _count(session, entries)
        except Exception as error:  # noqa: BLE001 - whoever waits is told
            for _, kept in portion:
                if not kept.done():
                    kept.set_exception(error)
            return
        for entry, kept in portion:
            if not kept.done():
                kept.set_result(used[_client(entry)])


def _row(entry: Entry) -> dict[str, Any]:
    place = entry.place
    return {
        "id": entry.id,
        "tenant_id": place.tenant_id,
        "jurisdiction_path": place.path,
        "organization_id": place.organization_id,
        "client_id": entry.principal.subject,
        "at": entry.at,
        **entry.row,
    }


def _client(entry: Entry) -> tuple[str, date]:
    return entry.principal.subject, local_date(entry.at)


async def _count(session: SystemSession, entries: Sequence[Entry]) -> dict[tuple[str, date], Used]:
    clients: defaultdict[tuple[str, date], list[Entry]] = defaultdict(list)
    for entry in entries:
        clients[_client(entry)].append(entry)
    # In one order for every process: two that count the same clients must not wait for each other.
    return {client: await _add(session, client, clients[client]) for client in sorted(clients)}


async def _add(session: SystemSession, client: tuple[str, date], entries: Sequence[Entry]) -> Used:
    last = entries[-1]
    counted = {
        "asked": sum(entry.row["asked"] for entry in entries),
        "named": sum(entry.named for entry in entries),
        "matched": sum(entry.row["matched"] for entry in entries),
    }
    usage = CheckUsage.__table__.c
    row = await session.execute(
        insert(CheckUsage)
        .values(
            client_id=client[0],
            day=client[1],
            tenant_id=last.place.tenant_id,
            jurisdiction_path=last.place.path,
            organization_id=last.place.organization_id,
            **counted,
        )
        .on_conflict_do_update(
            index_elements=["client_id", "day"], set_={name: usage[name] + n for name, n in counted.items()}
        )
        .returning(CheckUsage.asked, CheckUsage.named, CheckUsage.matched, CheckUsage.alarmed_at)
    )
    asked, named, matched, alarmed_at = row.one()
    if alarmed_at is None and asked >= last.alarm_minimum and matched * 100 > asked * last.alarm_percent:
        alarmed_at = last.at
        await _alarm(session, client, last, asked=asked, matched=matched)
    return Used(asked, named, alarmed_at is not None)


async def _alarm(session: SystemSession, client: tuple[str, date], last: Entry, **figures: int) -> None:
    await session.execute(
        update(CheckUsage)
        .where(CheckUsage.client_id == client[0], CheckUsage.day == client[1])
        .values(alarmed_at=last.at)
        .execution_options(synchronize_session=False)
    )
    target = Target("SubjectCheck", last.id, last.place.path)
    await record(session, last.principal, AuditAction.CHECK_ALARM, at=last.at, target=target, detail=figures)
