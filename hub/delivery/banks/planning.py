"""Makes the next broadcast of each bank: what differs from what it was told, or everything when that is due."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import delete, func, select
from sqlalchemy.dialects.postgresql import insert

from hub.canonical.codes import SERVED, BroadcastKind, Channel, DeliveryStatus
from hub.core.clock import local_date
from hub.core.ids import new_id
from hub.db.models import Broadcast, BroadcastRow, Delivery, WebhookEndpoint
from hub.db.session import SystemSession
from hub.delivery.banks.rows import TellableRow, tellable_rows
from hub.delivery.lanes import open_lanes
from hub.policy.store import PolicyStore

BROADCAST, CHASE = "bank.broadcast", "bank.chase"
"""Event types of what is delivered to a bank; never told as events."""
LANE = "broadcast"
_PORTION = 5_000
Told = dict[UUID, tuple[str, bool]]
"""By record: digest, and whether it was lifted."""


async def banks(session: SystemSession) -> Sequence[WebhookEndpoint]:
    """The banks that are told, each locked, so that its numbers are given one after the other."""
    row = WebhookEndpoint
    statement = select(row).where(row.channel == Channel.BANK, row.status.in_(SERVED)).order_by(row.id)
    return (await session.scalars(statement.with_for_update())).all()


async def plan(session: SystemSession, policies: PolicyStore, at: datetime) -> int:
    """Make what is to be told; how many broadcasts. Nothing is made for a bank that nothing changed for."""
    made = 0
    for bank in await banks(session):
        pack = await policies.pack(session, bank.jurisdiction_id, local_date(at))
        every = timedelta(days=pack.number("broadcast.snapshot_days"))
        whole = await _snapshot_due(session, bank, at - every)
        made += await broadcast(session, bank, at, whole=whole)
    return made


async def broadcast(session: SystemSession, bank: WebhookEndpoint, at: datetime, *, whole: bool) -> bool:
    """Make one broadcast to a bank; whether there was anything to say."""
    told = await _told(session, bank)
    rows = await tellable_rows(session, bank)
    now = {row.id for row in rows}
    changed = rows if whole else [row for row in rows if told.get(row.id) != (row.digest, False)]
    lifted = [key for key, (_, off) in told.items() if key not in now and not off]
    if not whole and not changed and not lifted:
        return False
    number = 1 + (await session.scalar(select(func.max(Broadcast.number)).where(Broadcast.endpoint_id == bank.id)) or 0)
    made = Broadcast(
        id=new_id(),
        tenant_id=bank.tenant_id,
        endpoint_id=bank.id,
        number=number,
        kind=BroadcastKind.SNAPSHOT if whole else BroadcastKind.DELTA,
        listed_rows=len(changed),
        lifted_rows=0 if whole else len(lifted),
        made_at=at,
    )
    session.add(made)
    await session.flush()
    if whole:
        await session.execute(delete(BroadcastRow).where(BroadcastRow.endpoint_id == bank.id))
    await _note(session, made, changed, () if whole else lifted)
    await queue(session, bank, made, BROADCAST, key=made.id, at=at)
    return True


async def queue(
    session: SystemSession, bank: WebhookEndpoint, made: Broadcast, kind: str, *, key: UUID, at: datetime
) -> None:
    """Deliver something about a broadcast, after all that came before it."""
    session.add(
        Delivery(
            id=new_id(),
            tenant_id=bank.tenant_id,
            endpoint_id=bank.id,
            organization_id=bank.organization_id,
            jurisdiction_path=bank.jurisdiction_path,
            event_id=key,
            event_type=kind,
            schema_version=1,
            key=LANE,
            object_id=made.id,
            ids={"id": str(made.id), "number": made.number},
            epoch=0,
            transaction_id=made.number,
            number=made.chases,
            event_at=at,
            status=DeliveryStatus.WAITING,
            created_at=at,
        )
    )
    await session.flush()
    await open_lanes(session, [(bank.id, LANE)], at=at)


async def _snapshot_due(session: SystemSession, bank: WebhookEndpoint, before: datetime) -> bool:
    """Whether the last list of everything is older than that, or there was none."""
    last = select(func.max(Broadcast.made_at)).where(
        Broadcast.endpoint_id == bank.id, Broadcast.kind == BroadcastKind.SNAPSHOT
    )
    found = await session.scalar(last)
    return found is None or found <= before


async def _told(session: SystemSession, bank: WebhookEndpoint) -> Told:
    row = BroadcastRow
    found = await session.execute(select(row.record_id, row.digest, row.lifted).where(row.endpoint_id == bank.id))
    return {key: (digest, lifted) for key, digest, lifted in found}


async def _note(
    session: SystemSession, made: Broadcast, changed: Sequence[TellableRow], lifted: Sequence[UUID]
) -> None:
    """Every record stands in the last broadcast that speaks of it."""
    mine = {"endpoint_id": made.endpoint_id, "broadcast_id": made.id}
    rows = [{**mine, "record_id": row.id, "digest": row.digest, "lifted": False} for row in changed]
    rows += [{**mine, "record_id": key, "digest": "", "lifted": True} for key in lifted]
    statement = insert(BroadcastRow)
    kept = statement.on_conflict_do_update(
        index_elements=["endpoint_id", "record_id"],
        set_={name: statement.excluded[name] for name in ("broadcast_id", "digest", "lifted")},
    )
    for start in range(0, len(rows), _PORTION):
        await session.execute(kept, rows[start : start + _PORTION])
