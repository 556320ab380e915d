"""``hub bureau``: what is told to the credit bureau (征信机构)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Annotated
from uuid import UUID

import typer
from sqlalchemy import select

from connectors.kit.bureau_report import Report
from connectors.kit.folder import FerryFolder
from hub.audit.catalogue import AuditAction
from hub.audit.recorder import Target, record
from hub.cli.output import say
from hub.cli.running import run
from hub.core.clock import local_date
from hub.core.errors import Reason, Refused
from hub.core.ids import new_id
from hub.core.principal import Principal
from hub.credit.bureau import long_unexecuted
from hub.db.models import ExchangeEntry
from hub.db.session import SystemSession
from hub.evidence.recorder import Dispatch, sent
from hub.runtime import Runtime
from hub.subjects.home import Home, home_of

app = typer.Typer(help="征信机构 (the credit bureau)", no_args_is_help=True)

AFTER = "bureau.unexecuted.days"
OPERATION = "reportLongUnexecuted"


@dataclass(frozen=True, slots=True)
class Told:
    """``message_id`` finds the evidence; ``again`` where the same had been told before."""

    message_id: UUID
    name: str
    rows: int
    again: bool


@app.command("report")
def report(
    source: Annotated[str, typer.Argument(help="来源代码，如 court:豫0825 (source)")],
    to: Annotated[Path, typer.Option("--to", help="征信机构的交换文件夹 (the bureau's exchange folder)")],
) -> None:
    """向征信机构报送长期执行无结果的失信企业 (tell the bureau of enterprises long unexecuted)."""
    to.mkdir(parents=True, exist_ok=True)

    async def action(runtime: Runtime) -> None:
        told = await tell(runtime, source, to)
        say(f"{'此前已报送 (told before)' if told.again else '已写入 (written)'} {told.name}  {told.rows} 行 (rows)")
        say(f"消息编号 (message id)  {told.message_id}")

    run(action)


async def tell(runtime: Runtime, source: str, to: Path) -> Told:
    """Write this month's file and its manifest, the manifest last, and put both on record.

    Raises ``Refused`` (SOURCE_UNKNOWN, BUREAU_NOT_PROVIDED), ``Unreachable``.
    """
    now = runtime.clock()
    today = local_date(now)
    async with runtime.sessions.system("bureau") as session:
        home = await home_of(session, source)
        pack = await runtime.policy.pack(session, home.jurisdiction_id, today)
        days = pack.find_number(AFTER)
        if days is None:
            raise Refused(Reason("BUREAU_NOT_PROVIDED"))
        cases = await long_unexecuted(session, home, published_by=today - timedelta(days=days))
        made = Report(source.partition(":")[2], f"{today:%Y-%m}", pack.basis(AFTER).clause, cases)
        key = f"{source}:{made.month}:{made.digest[:32]}"
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


async def _told_before(session: SystemSession, home: Home, key: str) -> UUID | None:
    found: UUID | None = await session.scalar(
        select(ExchangeEntry.message_id).where(
            ExchangeEntry.organization_id == home.organization_id,
            ExchangeEntry.operation == OPERATION,
            ExchangeEntry.idempotency_key == key,
        )
    )
    return found
