"""What a person does with a message that waits: mend it, or have it tried again as it is."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select, update

from hub.audit.catalogue import AuditAction
from hub.audit.recorder import Target
from hub.canonical.exchange_codes import QUARANTINE, InboxStatus
from hub.core.errors import Denied, NotFound, Reason, Refused
from hub.core.ids import new_id
from hub.core.payload import SHORT_TEXT, optional, required
from hub.db.models import InboxMessage
from hub.ingest.prepared import message_context
from hub.workflow.unit import Unit

KIND = "InboxMessage"
MOST_CELLS = 60


@dataclass(frozen=True, slots=True)
class MendedCell:
    """更正的一列 (one column as it should read)."""

    column: str = required("列名，与模板表头一致", "column, as the template's heading", limit=60)
    value: str | None = optional("更正后的内容，空为删去该列", "what it should read; empty removes it", limit=8_000)


@dataclass(frozen=True, slots=True)
class MessageMend:
    """对待处理报文的更正 (how a waiting message should read)."""

    message_id: UUID = required("报文标识", "id of the message", node="IM")
    cells: tuple[MendedCell, ...] = required("更正的列，其余不变", "the columns mended; the rest stays")
    reason: str = required("更正依据，记入审计", "on what grounds; goes on record", limit=SHORT_TEXT)

    def find_rule_problems(self) -> Iterator[Reason]:
        """No column twice, and some column."""
        names = [cell.column for cell in self.cells]
        if not 0 < len(names) <= MOST_CELLS:
            yield Reason("LIST_TOO_LONG", ("cells",), {"limit": MOST_CELLS})
        for at, name in enumerate(names):
            if name in names[:at]:
                yield Reason("MEND_COLUMN_REPEATED", ("cells", at, "column"), {"column": name})


@dataclass(frozen=True, slots=True)
class MessageReplay:
    """重新处理待处理报文 (have a waiting message tried again)."""

    message_id: UUID = required("报文标识", "id of the message", node="IM")
    reason: str = required("理由，记入审计", "why; goes on record", limit=SHORT_TEXT)


async def mend(unit: Unit, asked: MessageMend) -> UUID:
    """Put a mended copy in the message's place; the message as it was sent stays on record. Its source alone may."""
    message = await _waiting(unit, asked.message_id)
    if message.organization_id != unit.organization_id:
        raise Denied(Reason("FORBIDDEN"), audit_note="another source's message")
    if message.body_sealed is None:
        raise Refused(Reason("MESSAGE_WITHOUT_CONTENT", ("messageId",)))
    cells: dict[str, str] = json.loads(unit.keyring.open(message.body_sealed, context=message_context(message.id)))
    for cell in asked.cells:
        if cell.value and cell.value.strip():
            cells[cell.column] = cell.value.strip()
        else:
            cells.pop(cell.column, None)
    body = json.dumps(cells, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    made = await _copy(unit, message, body)
    await _move(unit, message, InboxStatus.SUPERSEDED)
    await _record(unit, AuditAction.MESSAGE_MENDED, made, message, asked.reason)
    return made


async def replay(unit: Unit, asked: MessageReplay) -> UUID:
    """Try the message again, as it is: what stood in its way may be gone."""
    message = await _waiting(unit, asked.message_id)
    await _move(unit, message, InboxStatus.RECEIVED)
    await _record(unit, AuditAction.MESSAGE_REPLAYED, message.id, message, asked.reason)
    return message.id


async def _waiting(unit: Unit, key: UUID) -> InboxMessage:
    """A message that waits for a person, locked. Raises ``NotFound``, or ``Refused`` (MESSAGE_NOT_WAITING)."""
    message = await unit.session.scalar(select(InboxMessage).where(InboxMessage.id == key).with_for_update())
    if message is None:
        raise NotFound(path=("messageId",))
    if message.state not in QUARANTINE:
        raise Refused(Reason("MESSAGE_NOT_WAITING", ("messageId",)))
    return message


async def _move(unit: Unit, message: InboxMessage, state: InboxStatus) -> None:
    waits = state is InboxStatus.RECEIVED
    await unit.session.execute(
        update(InboxMessage)
        .where(InboxMessage.id == message.id)
        .values(state=state, attempt=0, lease_until=None, settled_at=None if waits else unit.at)
        .execution_options(synchronize_session=False)
    )


async def _copy(unit: Unit, message: InboxMessage, body: str) -> UUID:
    key = new_id()
    made = InboxMessage(
        id=key,
        source=message.source,
        organization_id=message.organization_id,
        jurisdiction_path=message.jurisdiction_path,
        tenant_id=message.tenant_id,
        message_id=message.message_id,
        version=message.version,
        revision=message.revision + 1,
        batch_id=message.batch_id,
        list_kind=message.list_kind,
        file=message.file,
        row_number=message.row_number,
        business_key=message.business_key,
        body_sealed=unit.keyring.seal(body, context=message_context(key)),
        digest=hashlib.sha256(body.encode()).hexdigest(),
        state=InboxStatus.RECEIVED,
        reasons=[],
        attempt=0,
        received_at=message.received_at,
    )
    unit.session.add(made)
    await unit.session.flush()
    return key


async def _record(unit: Unit, action: AuditAction, key: UUID, message: InboxMessage, reason: str) -> None:
    target = Target(KIND, key, message.jurisdiction_path)
    await unit.audit(action, target, of=str(message.id), codes=[each["code"] for each in message.reasons], why=reason)
