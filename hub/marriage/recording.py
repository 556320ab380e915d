"""A court records what is to be shared, corrects what was sent, and settles what the register could not take."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from uuid import UUID

from sqlalchemy import select

from hub.audit.catalogue import AuditAction
from hub.audit.recorder import Target
from hub.canonical.case_number import find_case_number_problems, parse_case_number
from hub.canonical.marriage import SETTLED, MarriageBatchStatus
from hub.core.errors import NotFound, Reason, Refused, refuse_if
from hub.core.ids import new_id
from hub.core.payload import find_problems
from hub.db.models import MarriageBatch, MarriageItem
from hub.db.tenant_keys import TenantKeys, tenant_keys
from hub.marriage.batches import KINDS, Sender, batch_for, month_of, receiver_of, shares
from hub.marriage.commands import (
    MarriageCorrecting,
    MarriageItemDraft,
    MarriageRecording,
    MarriageSettling,
    MarriageWithdrawal,
)
from hub.marriage.parties import Couple, party_problems
from hub.marriage.workflow import COURSE
from hub.policy.pack import PolicyPack
from hub.workflow.firing import announce, touch
from hub.workflow.rows import home_jurisdiction, locked, within
from hub.workflow.unit import Unit

Path = tuple[str | int, ...]


async def record(unit: Unit, asked: MarriageRecording) -> UUID:
    """Put decisions into the batch of this month, all or none; the batch. Raises ``Refused`` with every reason."""
    sender = await sender_of(unit)
    reasons = [*find_problems(asked)]
    for index, draft in enumerate(asked.items):
        reasons += _draft_problems(unit, sender.pack, draft, ("items", index))
    refuse_if(reasons)
    batch = await _collecting(unit, sender)
    keys = await tenant_keys(unit.session, unit.keyring, batch.tenant_id, unit.at)
    couples = [Couple.of(draft, unit.today) for draft in asked.items]
    refuse_if(await _repeated(unit, keys, asked.items, couples))
    for draft, couple in zip(asked.items, couples, strict=True):
        unit.session.add(_item(batch, keys, draft, couple))
    await _noted(unit, batch, AuditAction.MARRIAGE_RECORDED, items=len(couples))
    return batch.id


async def correct(unit: Unit, asked: MarriageCorrecting) -> UUID:
    """Send a correction with this month's batch; the new item. Raises ``NotFound``, ``Refused``."""
    sender = await sender_of(unit)
    old: MarriageItem = await locked(unit, MarriageItem, asked.item_id, path="itemId")
    refuse_if((*find_problems(asked), *_draft_problems(unit, sender.pack, asked.item, ("item",))))
    refuse_if(await _correction_problems(unit, old))
    batch = await _collecting(unit, sender)
    keys = await tenant_keys(unit.session, unit.keyring, batch.tenant_id, unit.at)
    couple = Couple.of(asked.item, unit.today)
    item = _item(batch, keys, asked.item, couple)
    item.corrects_id, item.correction = old.id, asked.correction
    unit.session.add(item)
    await _noted(unit, batch, AuditAction.MARRIAGE_CORRECTED, item=str(item.id), corrects=str(old.id))
    return item.id


async def withdraw(unit: Unit, asked: MarriageWithdrawal) -> UUID:
    """Take an item out of a batch that still collects. Raises ``NotFound``, ``Refused`` (MARRIAGE_SEALED)."""
    refuse_if(find_problems(asked))
    item, batch = await _with_batch(unit, asked.item_id)
    if batch.status is not MarriageBatchStatus.COLLECTING or item.withdrawn_at is not None:
        raise Refused(Reason("MARRIAGE_SEALED", ("itemId",)))
    item.withdrawn_at = unit.at
    await _noted(unit, batch, AuditAction.MARRIAGE_WITHDRAWN, item=str(item.id))
    return item.id


async def settle(unit: Unit, asked: MarriageSettling) -> UUID:
    """Say how an exception was settled. Raises ``NotFound``, ``Refused`` (MARRIAGE_NO_EXCEPTION)."""
    refuse_if(find_problems(asked))
    item, batch = await _with_batch(unit, asked.item_id)
    open_ = batch.status is MarriageBatchStatus.EXCEPTIONS and item.settled_at is None
    if not open_ or item.receipt is None or item.receipt in SETTLED:
        raise Refused(Reason("MARRIAGE_NO_EXCEPTION", ("itemId",)))
    item.settlement, item.settlement_note, item.settled_at = asked.settlement, asked.note, unit.at
    await _noted(unit, batch, AuditAction.MARRIAGE_SETTLED, item=str(item.id), settlement=asked.settlement.value)
    return item.id


async def sender_of(unit: Unit) -> Sender:
    """Raises ``Refused`` (MARRIAGE_NOT_SHARED, MARRIAGE_RECEIVER_UNKNOWN)."""
    place = await home_jurisdiction(unit.session, unit.organization_id)
    pack = await unit.policy.pack(unit.session, place.id, unit.today)
    if not shares(pack):
        raise Refused(Reason("MARRIAGE_NOT_SHARED"))
    return Sender(unit.organization_id, place, pack, await receiver_of(unit.session, pack, place.id))


async def _collecting(unit: Unit, sender: Sender) -> MarriageBatch:
    batch = await batch_for(unit.session, sender, month_of(unit.today), await unit.policy.calendar(unit.session))
    if batch is None:
        raise Refused(Reason("MARRIAGE_SEALED"))
    return batch


async def _with_batch(unit: Unit, item_id: UUID) -> tuple[MarriageItem, MarriageBatch]:
    """An item of the caller's own, with its batch; both locked, the batch first, as sealing does."""
    of = await unit.session.scalar(
        select(MarriageItem.batch_id).where(MarriageItem.id == item_id, MarriageItem.court_id == unit.organization_id)
    )
    if of is None:
        raise NotFound(path=("itemId",))
    batch = await locked(unit, MarriageBatch, of, path="itemId")
    return await locked(unit, MarriageItem, item_id, path="itemId"), batch


def _draft_problems(unit: Unit, pack: PolicyPack, draft: MarriageItemDraft, path: Path) -> Iterable[Reason]:
    if draft.kind.value not in pack.codes(KINDS):
        yield Reason("MARRIAGE_KIND_NOT_SHARED", (*path, "kind"))
    if draft.effective_on > unit.today:
        yield Reason("MARRIAGE_NOT_EFFECTIVE", (*path, "effectiveOn"))
    yield from find_case_number_problems(draft.case_number, path=(*path, "caseNumber"))
    yield from party_problems(draft, unit.today, path)


async def _repeated(
    unit: Unit, keys: TenantKeys, drafts: Sequence[MarriageItemDraft], couples: Sequence[Couple]
) -> Sequence[Reason]:
    """The same couple in the same case was told before, or twice here."""
    indexes = [couple.index(keys) for couple in couples]
    numbers = [_case_number(draft) for draft in drafts]
    rows = await unit.session.execute(
        select(MarriageItem.case_number, MarriageItem.couple_index).where(
            MarriageItem.court_id == unit.organization_id,
            MarriageItem.couple_index.in_(indexes),
            MarriageItem.corrects_id.is_(None),
            MarriageItem.withdrawn_at.is_(None),
        )
    )
    seen = set(rows.tuples().all())
    reasons = []
    for index, each in enumerate(zip(numbers, indexes, strict=True)):
        if each in seen:
            reasons.append(Reason("MARRIAGE_TOLD", ("items", index, "caseNumber")))
        seen.add(each)
    return reasons


async def _correction_problems(unit: Unit, old: MarriageItem) -> Iterable[Reason]:
    """What is corrected is an item of the court's own that was sent, and each only once."""
    batch = await unit.session.scalar(select(MarriageBatch.sealed_at).where(MarriageBatch.id == old.batch_id))
    again = select(MarriageItem.id).where(MarriageItem.corrects_id == old.id, MarriageItem.withdrawn_at.is_(None))
    if batch is None or old.court_id != unit.organization_id:
        return (Reason("MARRIAGE_NOT_SENT", ("itemId",)),)
    corrected = await unit.session.scalar(select(again.exists()))
    return (Reason("MARRIAGE_CORRECTED", ("itemId",)),) if corrected else ()


def _case_number(draft: MarriageItemDraft) -> str:
    return str(parse_case_number(draft.case_number))


def _item(batch: MarriageBatch, keys: TenantKeys, draft: MarriageItemDraft, couple: Couple) -> MarriageItem:
    key = new_id()
    return MarriageItem(
        id=key,
        batch_id=batch.id,
        court_id=batch.court_id,
        receiver_id=batch.receiver_id,
        kind=draft.kind,
        case_number=_case_number(draft),
        effective_on=draft.effective_on,
        parties_sealed=couple.sealed(keys, key),
        couple_index=couple.index(keys),
        document_digest=draft.document_digest,
        **couple.masked,
        **within(batch),
    )


async def _noted(unit: Unit, batch: MarriageBatch, action: AuditAction, **detail: object) -> None:
    """Audit entry and event of a change within a batch."""
    touch(unit, batch)
    await unit.session.flush()
    await unit.audit(action, Target("MarriageBatch", batch.id, batch.jurisdiction_path), **detail)
    await announce(unit, COURSE, batch, "changed")
