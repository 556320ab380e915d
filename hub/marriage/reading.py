"""Reading the parties of a batch: for its court and its receiver, with a purpose, on record before anything opens."""

from __future__ import annotations

from dataclasses import dataclass

from hub.audit.catalogue import AuditAction
from hub.audit.recorder import Target
from hub.canonical.marriage import Item, MarriageBatchStatus
from hub.core.errors import NotFound, Reason, refuse_if
from hub.core.payload import find_problems
from hub.db.models import MarriageBatch
from hub.db.tenant_keys import tenant_keys
from hub.inquiry.purposes import purpose_problems
from hub.marriage.batches import items_of, told
from hub.marriage.commands import MarriageReading
from hub.marriage.sending import mark_sent
from hub.marriage.workflow import COURSE
from hub.workflow.firing import announce
from hub.workflow.rows import locked
from hub.workflow.unit import Unit


@dataclass(frozen=True, slots=True)
class ReadBatch:
    number: str
    digest: str | None
    items: tuple[Item, ...]


async def read_items(unit: Unit, asked: MarriageReading) -> ReadBatch:
    """The batch as it travels. A receiver without a system takes it over by reading it. Raises ``NotFound`` for
    whoever is neither, ``Refused`` (PURPOSE_INSUFFICIENT, MARRIAGE_NOT_SEALED)."""
    batch: MarriageBatch = await locked(unit, MarriageBatch, asked.batch_id, path="batchId")
    if unit.organization_id not in (batch.court_id, batch.receiver_id):
        raise NotFound(path=("batchId",))
    pack = await unit.policy.pack(unit.session, batch.jurisdiction_id, unit.today)
    unsealed = (Reason("MARRIAGE_NOT_SEALED", ("batchId",)),) if batch.sealed_at is None else ()
    refuse_if((*find_problems(asked), *purpose_problems(asked.purpose, pack, ("purpose",)), *unsealed))
    items = await items_of(unit.session, batch)
    target = Target("MarriageBatch", batch.id, batch.jurisdiction_path)
    await unit.audit(AuditAction.MARRIAGE_READ, target, items=len(items))
    if batch.status is MarriageBatchStatus.SEALED and unit.organization_id == batch.receiver_id:
        mark_sent(batch, pack, await unit.policy.calendar(unit.session), unit.at)
        await unit.session.flush()
        await announce(unit, COURSE, batch, "sent")
    keys = await tenant_keys(unit.session, unit.keyring, batch.tenant_id, unit.at)
    return ReadBatch(batch.number, batch.digest, tuple(await told(unit.session, batch, items, keys)))
