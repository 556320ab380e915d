"""What else a decision about a query does."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from hub.canonical.execution_codes import ExecutionOrderStatus
from hub.core.texts import Text
from hub.core.workflow import Effect
from hub.db.models import ExecutionOrder, ExecutionQuery, Subject
from hub.db.tenant_keys import tenant_keys
from hub.inquiry.dispatching import Dispatcher, tell_holders
from hub.inquiry.documents import keep_documents
from hub.inquiry.officers import acting_officer
from hub.inquiry.rows import settle
from hub.inquiry.targets import target_of
from hub.workflow.firing import Firing

O = ExecutionOrderStatus  # noqa: E741 - as short as the states of other tables


async def _approve(firing: Firing) -> None:
    """The approver is named; what was not sent yet goes out, what had come back goes out again."""
    unit, query = firing.unit, firing.row
    query.approver_id, query.decided_at = (await acting_officer(unit)).id, unit.at
    query.approval_due_at = None
    dispatcher = Dispatcher(unit.session, unit.policy, unit.keyring, unit.at)
    orders = list(await unit.session.scalars(select(ExecutionOrder).where(ExecutionOrder.query_id == query.id)))
    if not orders:
        keys = await tenant_keys(unit.session, unit.keyring, query.tenant_id, unit.at)
        subject = await unit.session.scalar(select(Subject).where(Subject.id == query.subject_id))
        assert subject is not None
        await dispatcher.send(query, target_of(subject, unit.keyring), keys)
    elif firing.transition.sources == ("PENDING_APPROVAL",):
        await dispatcher.send_again(query, [order for order in orders if order.status is O.RETURNED])
        await settle(unit.session, query.id, unit.at)
        await unit.session.refresh(query)


async def _withdraw(firing: Firing) -> None:
    """Nothing more is asked, and what was answered without approval is destroyed; its digests stay."""
    unit, query = firing.unit, firing.row
    if firing.payload is not None:
        query.decision_note = firing.payload.reason
    query.approval_due_at, query.next_round_on = None, None
    await withdraw_orders(unit.session, query, unit.at)
    await unit.session.execute(select(func.destroy_execution_results(query.id)))


async def withdraw_orders(session: AsyncSession, query: ExecutionQuery, at: datetime) -> None:
    """Cancel every order that nobody answered yet."""
    withdrawn = await session.execute(
        update(ExecutionOrder)
        .where(ExecutionOrder.query_id == query.id, ExecutionOrder.status.not_in((O.ANSWERED, O.CANCELLED)))
        .values(status=O.CANCELLED, status_since=at, version=ExecutionOrder.version + 1, updated_at=func.now())
        .returning(ExecutionOrder.id, ExecutionOrder.tenant_id, ExecutionOrder.version)
        .execution_options(synchronize_session=False)
    )
    await tell_holders(session, withdrawn.all(), type_="execorder.withdrawn")


async def _correct(firing: Firing) -> None:
    unit, query = firing.unit, firing.row
    keys = await tenant_keys(unit.session, unit.keyring, query.tenant_id, unit.at)
    keep_documents(unit, query, firing.payload.documents, keys)


async def _close(firing: Firing) -> None:
    """The purpose has ended: nothing more is asked or read, and a day is set for destroying what was answered."""
    unit, query = firing.unit, firing.row
    pack = await unit.policy.pack(unit.session, query.jurisdiction_id, unit.today)
    query.closed_at, query.next_round_on = unit.at, None
    query.purge_on = unit.today + timedelta(days=pack.number("inquiry.kept_days"))
    await withdraw_orders(unit.session, query, unit.at)


APPROVE = Effect("dispatch", Text("向各协助单位发送", "send to the holders"), _approve)
WITHDRAW = Effect("withdraw", Text("撤回未反馈的查询，销毁结果", "withdraw what is open, destroy answers"), _withdraw)
CORRECT = Effect("keepDocuments", Text("留存补正文书", "keep the corrected documents"), _correct)
CLOSE = Effect("endPurpose", Text("停止查阅，定期销毁", "end reading, set the day of purging"), _close)
