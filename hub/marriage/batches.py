"""The batch of a month: found or begun, told as it travels, sealed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from hub.canonical.marriage import Item, MarriageBatchStatus, batch_digest
from hub.core.ids import new_id
from hub.core.keyring import KeyRing
from hub.db.models import Jurisdiction, MarriageBatch, MarriageItem
from hub.db.tenant_keys import TenantKeys, tenant_keys
from hub.marriage.parties import Couple
from hub.organizations.named import unit_named
from hub.policy.calendar import WorkingCalendar
from hub.policy.pack import PolicyPack
from hub.policy.periods import Period, PeriodSpan, period_of
from hub.workflow.rows import placed_in

KINDS, PUSH, RECEIVER = "marriage.kinds", "marriage.push", "marriage.receiver"


@dataclass(frozen=True, slots=True)
class Sender:
    """A court in its jurisdiction, with the pack in force there and the authority that receives."""

    court_id: UUID
    jurisdiction: Jurisdiction
    pack: PolicyPack
    receiver_id: UUID


def month_of(on: date) -> PeriodSpan:
    return period_of(on, Period.MONTH)


def shares(pack: PolicyPack) -> bool:
    """Whether the jurisdiction has the practice."""
    return bool(pack.codes(KINDS)) and pack.find_rule(PUSH) is not None


async def receiver_of(session: AsyncSession, pack: PolicyPack, jurisdiction_id: UUID) -> UUID:
    """The authority that the pack names. Raises ``Refused`` (MARRIAGE_RECEIVER_UNKNOWN)."""
    return await unit_named(session, pack, RECEIVER, jurisdiction_id, "MARRIAGE_RECEIVER_UNKNOWN")


async def batch_for(
    session: AsyncSession, sender: Sender, span: PeriodSpan, calendar: WorkingCalendar
) -> MarriageBatch | None:
    """The batch of a month that still collects, locked, begun when there is none; None when it is sealed already."""
    key = new_id()
    row = {
        "id": key,
        "number": f"{sender.jurisdiction.code}-{span.code.replace('-', '')}-{sender.court_id.hex[-6:]}",
        "court_id": sender.court_id,
        "receiver_id": sender.receiver_id,
        "month": span.code,
        "status": MarriageBatchStatus.COLLECTING,
        "due_on": sender.pack.deadline(PUSH, span.start, calendar).due_on,
        "sends": 0,
        "version": 1,
        **dict.fromkeys((f"{name}_count" for name in COUNTED), 0),
        **placed_in(sender.jurisdiction),
    }
    await session.execute(insert(MarriageBatch).values(row).on_conflict_do_nothing())
    found: MarriageBatch | None = await session.scalar(
        select(MarriageBatch)
        .where(
            MarriageBatch.court_id == sender.court_id,
            MarriageBatch.month == span.code,
            MarriageBatch.status == MarriageBatchStatus.COLLECTING,
        )
        .with_for_update()
    )
    return found


COUNTED = ("updated", "duplicate", "not_found", "conflict", "rejected")
"""Receipts as the batch counts them."""


async def items_of(session: AsyncSession, batch: MarriageBatch) -> Sequence[MarriageItem]:
    """Items that go, in their order."""
    found = await session.scalars(
        select(MarriageItem)
        .where(MarriageItem.batch_id == batch.id, MarriageItem.withdrawn_at.is_(None))
        .order_by(MarriageItem.number, MarriageItem.case_number, MarriageItem.id)
    )
    return found.all()


async def told(
    session: AsyncSession, batch: MarriageBatch, items: Sequence[MarriageItem], keys: TenantKeys
) -> list[Item]:
    """Items as they travel; a correction names what it corrects by batch and number."""
    corrected = {item.corrects_id for item in items} - {None}
    named = await session.execute(
        select(MarriageItem.id, MarriageBatch.number, MarriageItem.number)
        .join(MarriageBatch, MarriageBatch.id == MarriageItem.batch_id)
        .where(MarriageItem.id.in_(corrected))
    )
    references = {key: f"{number}/{position}" for key, number, position in named}
    return [_told(batch, item, references, Couple.opened(keys, item.parties_sealed, item.id)) for item in items]


def _told(batch: MarriageBatch, item: MarriageItem, references: dict[UUID, str], couple: Couple) -> Item:
    correction = {}
    if item.corrects_id is not None and item.correction is not None:
        correction = {"corrects": references[item.corrects_id], "correction": item.correction.value}
    return {
        "item": f"{batch.number}/{item.number}",
        "kind": item.kind.value,
        "caseNumber": item.case_number,
        "effectiveOn": item.effective_on.isoformat(),
        "documentSha256": item.document_digest,
        **couple.members,
        **correction,
    }


async def seal(session: AsyncSession, master: KeyRing, batch: MarriageBatch, at: datetime) -> None:
    """Number the items, and fix how many they are and what they say."""
    items = await items_of(session, batch)
    for number, item in enumerate(items, 1):
        item.number = number
    keys = await tenant_keys(session, master, batch.tenant_id, at)
    batch.item_count = len(items)
    batch.digest = batch_digest(await told(session, batch, items, keys))
    batch.sealed_at = at
    await session.flush()
