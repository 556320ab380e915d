"""Taking a holder's message in: each once, applied whole by the standing workflow or set aside, with a receipt."""

from __future__ import annotations

import hashlib
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import structlog
from sqlalchemy import Executable, select, update
from sqlalchemy import insert as plain_insert
from sqlalchemy.dialects.postgresql import insert

from hub.access.scopes import Scope
from hub.canonical.control_codes import ControlOrderStatus, ControlResult
from hub.canonical.execution_codes import ExecutionOrderStatus
from hub.canonical.holding import AnswerOutcome, AnswerReceipt, Conversation, HolderReply, Reading
from hub.control.orders import fire_control
from hub.control.workflow import QUEUE_MOVED
from hub.control.workflow import WAITING as CONTROL_WAITING
from hub.core.errors import Reason, Refused
from hub.core.ids import new_id
from hub.db.models import ControlOrder, ExecutionOrder, HolderAnswer, WebhookEndpoint
from hub.db.session import SystemSession
from hub.db.tenant_keys import tenant_keys
from hub.delivery.orders import Order, number_of
from hub.holders.lookouts import answer_lookout
from hub.holders.naming import fitting, system_of
from hub.holders.payloads import control_payload_of, payload_of
from hub.inquiry.order_workflow import WAITING
from hub.inquiry.orders import fire_order
from hub.workflow.gate import Gate, Request
from hub.workflow.unit import Unit

log = structlog.get_logger("hub.holders")

ANSWERED = "answerExecutionOrder"
JOB = "holders"


def content_context(key: UUID) -> str:
    return f"holder_answer|content_sealed|{key}"


@dataclass(frozen=True, slots=True)
class Taking:
    """One per process."""

    gate: Gate

    async def take(self, endpoint: WebhookEndpoint, reading: Reading, content: bytes) -> AnswerReceipt:
        """The receipt of a message; the same for the same bytes, however often they come. Raises ``Refused`` (CONFLICT)
        while another worker is at the same order: the message is then to be taken again."""
        digest = hashlib.sha256(content).hexdigest()
        known = await self._known(endpoint, digest)
        if known is not None:
            return known
        key, at = new_id(), self.gate.clock()
        row = {**_placed(endpoint, key, digest), "received_at": at}
        reasons = await self._apply(endpoint, reading, digest, lambda order: _kept(row, order))
        if not reasons:
            return AnswerReceipt(str(key), digest, accepted=True)
        return await self._set_aside(endpoint, reading, content, digest, reasons)

    async def take_again(self, endpoint: WebhookEndpoint, held: HolderAnswer, reading: Reading) -> bool:
        """Whether what was set aside, as it is read now, could be applied after all; if not, its reasons are new."""
        reasons = await self._apply(endpoint, reading, held.digest, lambda order: _released(held.id, order))
        if reasons:
            async with self.gate.sessions.system(JOB) as session:
                row = update(HolderAnswer).where(HolderAnswer.id == held.id)
                await session.execute(row.values(reasons=_told(reasons), order_number=reading.number))
        return not reasons

    async def _apply(
        self, endpoint: WebhookEndpoint, reading: Reading, digest: str, keep: Callable[[Order], Executable]
    ) -> Sequence[Reason]:
        """Why it was not applied. Raises ``Refused`` (CONFLICT)."""
        if reading.reply is None:
            return reading.reasons
        reply, request = reading.reply, Request(ANSWERED, Scope.EXECQUERY_RESPOND, message_digest=digest)
        try:
            await self.gate.perform(system_of(endpoint), request, lambda unit: _apply(unit, reply, keep))
        except Refused as refused:
            if refused.code == "CONFLICT":
                raise
            return refused.reasons
        return ()

    async def _known(self, endpoint: WebhookEndpoint, digest: str) -> AnswerReceipt | None:
        async with self.gate.sessions.system(JOB) as session:
            return await _receipt(session, endpoint, digest)

    async def _set_aside(
        self, endpoint: WebhookEndpoint, reading: Reading, content: bytes, digest: str, reasons: Sequence[Reason]
    ) -> AnswerReceipt:
        at, key = self.gate.clock(), new_id()
        async with self.gate.sessions.system(JOB) as session:
            keys = await tenant_keys(session, self.gate.keyring, endpoint.tenant_id, at)
            text = content.decode("latin-1")
            row = {
                **_placed(endpoint, key, digest),
                "order_number": reading.number,
                "outcome": AnswerOutcome.QUARANTINED,
                "reasons": _told(reasons),
                "content_sealed": keys.seal(text, context=content_context(key)),
                "received_at": at,
            }
            await session.execute(insert(HolderAnswer).values(row).on_conflict_do_nothing())
            found = await _receipt(session, endpoint, digest)
        assert found is not None
        if found.number == str(key):
            log.warning("answer set aside", endpoint=str(endpoint.id), receipt=found.number, codes=list(found.codes))
        return found


async def _receipt(session: SystemSession, endpoint: WebhookEndpoint, digest: str) -> AnswerReceipt | None:
    row = await session.scalar(
        select(HolderAnswer).where(HolderAnswer.endpoint_id == endpoint.id, HolderAnswer.digest == digest)
    )
    if row is None:
        return None
    codes, texts = (tuple(each[name] for each in row.reasons) for name in ("code", "text"))
    return AnswerReceipt(str(row.id), digest, row.outcome is AnswerOutcome.APPLIED, codes, texts)


def _placed(endpoint: WebhookEndpoint, key: UUID, digest: str) -> dict[str, Any]:
    return {
        "id": key,
        "tenant_id": endpoint.tenant_id,
        "jurisdiction_path": endpoint.jurisdiction_path,
        "endpoint_id": endpoint.id,
        "organization_id": endpoint.organization_id,
        "digest": digest,
    }


async def _query(unit: Unit, reply: HolderReply) -> ExecutionOrder:
    row = ExecutionOrder
    own = select(row).where(row.order_number == reply.number, row.holder_id == unit.organization_id)
    order = fitting(await unit.session.scalar(own), reply)
    if order.status not in WAITING:
        withdrawn = order.status is ExecutionOrderStatus.CANCELLED
        raise Refused(Reason("ANSWER_WITHDRAWN" if withdrawn else "ANSWER_TWICE"))
    await fire_order(unit, order.id, reply.event.value, payload_of(reply))
    return order


async def _control(unit: Unit, reply: HolderReply) -> ControlOrder:
    """What waits in the queue of its asset is answered once more when its turn comes."""
    row = ControlOrder
    own = select(row).where(row.order_number == reply.number, row.holder_id == unit.organization_id)
    order, event = fitting(await unit.session.scalar(own), reply), reply.event.value
    if order.status is ControlOrderStatus.ANSWERED and order.result is ControlResult.QUEUED:
        event = QUEUE_MOVED
    elif order.status not in CONTROL_WAITING:
        withdrawn = order.status is ControlOrderStatus.CANCELLED
        raise Refused(Reason("ANSWER_WITHDRAWN" if withdrawn else "ANSWER_TWICE"))
    await fire_control(unit, order.id, event, control_payload_of(reply))
    return order


_FIRE: dict[Conversation, Callable[[Unit, HolderReply], Awaitable[Order]]] = {
    Conversation.QUERY: _query,
    Conversation.CONTROL: _control,
    Conversation.LOOKOUT: answer_lookout,
}


async def _apply(unit: Unit, reply: HolderReply, keep: Callable[[Order], Executable]) -> UUID:
    """Id of the order moved. Raises ``Refused`` with every reason."""
    order = await _FIRE[reply.conversation](unit, reply)
    await unit.session.execute(keep(order))
    return order.id


def _kept(row: dict[str, Any], order: Order) -> Executable:
    return plain_insert(HolderAnswer).values({**row, **_outcome(order)})


def _released(key: UUID, order: Order) -> Executable:
    row = update(HolderAnswer).where(HolderAnswer.id == key, HolderAnswer.outcome == AnswerOutcome.QUARANTINED)
    return row.values(**_outcome(order), content_sealed=None).execution_options(synchronize_session=False)


def _outcome(order: Order) -> dict[str, Any]:
    return {
        "order_id": order.id,
        "order_number": number_of(order),
        "outcome": AnswerOutcome.APPLIED,
        "reasons": [],
    }


def _told(reasons: Sequence[Reason]) -> list[dict[str, str]]:
    return [{"code": each.code, "text": each.text.zh} for each in reasons]
