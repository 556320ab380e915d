"""What else an event of a holder's part does. Answers are sealed before they are stored."""

from __future__ import annotations

import hashlib
import json
import secrets
from dataclasses import asdict

from sqlalchemy import select

from hub.core.texts import Text
from hub.core.workflow import Effect
from hub.db.models import ExecutionQuery, ExecutionResult
from hub.inquiry.commands import HolderAnswer
from hub.inquiry.dispatching import Dispatcher, set_deadline
from hub.inquiry.rows import settle
from hub.workflow.firing import Firing
from hub.workflow.rows import within


def result_context(order_id: object) -> str:
    return f"execution_result|content_sealed|{order_id}"


def contact_context(order_id: object) -> str:
    return f"execution_order|return_contact_sealed|{order_id}"


def answer_as_text(answer: HolderAnswer) -> str:
    """An answer as it is sealed. The salt keeps its digest from being guessed from what may be in it."""
    items = [{kind: asdict(getattr(item, kind)) for kind in item.kinds} for item in answer.items]
    told = {"items": items, "note": answer.note, "salt": secrets.token_hex(16)}
    return json.dumps(told, ensure_ascii=False, sort_keys=True)


async def _answer(firing: Firing) -> None:
    unit, order, answer = firing.unit, firing.row, firing.payload
    content = answer_as_text(answer)
    order.answer_code, order.as_of, order.answered_at = answer.code, answer.as_of, unit.at
    order.item_count = len(answer.items)
    order.result_digest = hashlib.sha256(content.encode()).hexdigest()
    await unit.session.flush()
    unit.session.add(
        ExecutionResult(
            id=order.id,
            query_id=order.query_id,
            holder_id=order.holder_id,
            content_sealed=firing.facts.keys.seal(content, context=result_context(order.id)),
            **within(order),
        )
    )
    await settle(unit.session, order.query_id, unit.at)


async def _return(firing: Firing) -> None:
    order, given = firing.row, firing.payload
    order.return_reason, order.return_note = given.reason, given.note
    order.return_contact_sealed = firing.facts.keys.seal(given.contact, context=contact_context(order.id))


async def _object(firing: Firing) -> None:
    """The court has to decide within the days the policy gives it, counted from the objection."""
    unit, order = firing.unit, firing.row
    pack = await unit.policy.pack(unit.session, order.jurisdiction_id, unit.today)
    calendar = await unit.policy.calendar(unit.session)
    order.objection, order.objected_at = firing.payload.grounds, unit.at
    order.objection_due_on = pack.deadline("inquiry.objection", unit.today, calendar).due_on


async def _uphold(firing: Firing) -> None:
    firing.row.objection_decision = firing.payload.reason
    await settle(firing.unit.session, firing.row.query_id, firing.unit.at)


async def _overrule(firing: Firing) -> None:
    unit, order = firing.unit, firing.row
    order.objection_decision = firing.payload.reason
    query = await unit.session.scalar(select(ExecutionQuery).where(ExecutionQuery.id == order.query_id))
    assert query is not None
    set_deadline(order, await Dispatcher(unit.session, unit.policy, unit.keyring, unit.at).deadline(query))


async def _urge(firing: Firing) -> None:
    firing.row.urge_count += 1
    firing.row.urged_at = firing.unit.at


ANSWER = Effect("seal", Text("加密留存结果", "seal and keep the answer"), _answer)
RETURN = Effect("return", Text("记录退回原因", "keep the reason"), _return)
OBJECT = Effect("clock", Text("起算答复期限", "start the court's clock"), _object)
UPHOLD = Effect("uphold", Text("记录决定", "keep the decision"), _uphold)
OVERRULE = Effect("again", Text("重新起算反馈期限", "start the holder's clock anew"), _overrule)
URGE = Effect("urge", Text("记录催办", "keep the urging"), _urge)
