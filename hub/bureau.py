"""What is told to the credit bureau (征信机构): each month, of enterprises long unexecuted, by file."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID

from sqlalchemy import select

from connectors.kit.bureau_report import Report
from connectors.kit.folder import FerryFolder
from hub.audit.catalogue import AuditAction
from hub.audit.recorder import Target, record
from hub.core.clock import local_date
from hub.core.errors import Reason, Refused
from hub.core.ids import new_id
from hub.core.principal import Principal
from hub.credit.bureau import long_unexecuted
from hub.db.models import DishonestyRecord, ExchangeEntry
from hub.db.session import SystemSession
from hub.evidence.recorder import Dispatch, sent
from hub.policy.pack import PolicyPack
from hub.runtime import Runtime
from hub.subjects.home import Home, home_of

AFTER = "bureau.unexecuted.days"
OPERATION = "reportLongUnexecuted"


@dataclass(frozen=True, slots=True)
class Told:
    """``message_id`` finds the evidence; ``again`` where the same had been told before."""

    message_id: UUID
    name: str
    rows: int
    again: bool


async def tell(runtime: Runtime, source: str, to: Path) -> Told:
    """Write this month's file and its manifest, the manifest last, and put both on record.

    Raises ``Refused`` (SOURCE_UNKNOWN, BUREAU_NOT_PROVIDED), ``Unreachable``.
    """
    today = local_date(runtime.clock())
    async with runtime.sessions.system("bureau") as session:
        home = await home_of(session, source)
        pack = await runtime.policy.pack(session, home.jurisdiction_id, today)
        if pack.find_number(AFTER) is None:
            raise Refused(Reason("BUREAU_NOT_PROVIDED"))
        return await _tell(session, runtime, home, pack, to)


async def tell_monthly(session: SystemSession, runtime: Runtime, to: Path) -> int:
    """Tell of every court whose notice asks for it and of which this month has not been told; how many were."""
    today, told = local_date(runtime.clock()), 0
    for source in (await session.scalars(select(DishonestyRecord.source).distinct())).all():
        home = await home_of(session, source)
        pack = await runtime.policy.pack(session, home.jurisdiction_id, today)
        if pack.find_number(AFTER) is None or await _told_before(session, home, _month(source, today)):
            continue
        await asyncio.to_thread(to.mkdir, parents=True, exist_ok=True)
        await _tell(session, runtime, home, pack, to)
        told += 1
    return told


async def _tell(session: SystemSession, runtime: Runtime, home: Home, pack: PolicyPack, to: Path) -> Told:
    now = runtime.clock()
    today, source = local_date(now), home.source
    cases = await long_unexecuted(session, home, published_by=today - timedelta(days=pack.number(AFTER)))
    made = Report(source.partition(":")[2], f"{today:%Y-%m}", pack.basis(AFTER).clause, cases)
    key = f"{_month(source, today)}{made.digest[:32]}"
    known = await _told_before(session, home, key)
    folder = FerryFolder(to)
    folder.put("out", made.name, made.content)
    folder.put("out", f"{made.name}.manifest.json", made.manifest)
    if known is not None:
        return Told(known, made.name, len(cases), again=True)
    message = new_id()
    bureau = Principal(subject="credit-bureau", organization_id=home.organization_id)
    attempt = Dispatch(
        message, bureau, OPERATION, made.digest, None, "DONE", message, now, key, legal_basis=made.clause
    )
    await sent(session, home.path, [attempt])
    detail = {"file": made.name, "rows": len(cases), "digest": made.digest}
    target = Target("BureauReport", message, home.path)
    await record(session, home.principal, AuditAction.BUREAU_TOLD, at=now, target=target, detail=detail)
    return Told(message, made.name, len(cases), again=False)


def _month(source: str, day: date) -> str:
    """What the keys of a month's reports begin with."""
    return f"{source}:{day:%Y-%m}:"


async def _told_before(session: SystemSession, home: Home, key: str) -> UUID | None:
    """The message of a report whose key begins so, if there was one."""
    found: UUID | None = await session.scalar(
        select(ExchangeEntry.message_id)
        .where(
            ExchangeEntry.organization_id == home.organization_id,
            ExchangeEntry.operation == OPERATION,
            ExchangeEntry.idempotency_key.startswith(key, autoescape=True),
        )
        .limit(1)
    )
    return found
