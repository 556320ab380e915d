"""ControlOrder 财产控制请求: the table of one order about one control."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from hub.access.scopes import Scope
from hub.audit.catalogue import AuditAction
from hub.canonical.control_codes import ControlOrderStatus, ControlResult
from hub.control.chain import answer_problems, state_problems
from hub.control.commands import ControlAnswer
from hub.control.effects import ANSWER, APPROVE, RETURN, WITHDRAW
from hub.core.errors import Reason
from hub.core.texts import Text
from hub.core.workflow import Actor, Guard, Machine, Note, Transition
from hub.db.models import AssetControl, ControlOrder
from hub.db.tenant_keys import TenantKeys
from hub.inquiry.approving import DECIDED, NOT_SELF, STANDING, UNAPPROVED
from hub.inquiry.commands import OrderReturn, QueryDecision
from hub.inquiry.order_effects import URGE
from hub.workflow.firing import Course

S = ControlOrderStatus
COURSE = Course("ControlOrder", AuditAction.CONTROL_ORDER_TRANSITION, "controlorder")
CLAUSE = (
    "最高人民法院关于网络查询、冻结被执行人存款的规定；民诉法解释 第四百八十五条；查封、扣押、冻结财产的规定 第二十六条"
)
WAITING = (S.DISPATCHED, S.ACCEPTED)
SENT = (*WAITING, S.ANSWERED)
QUEUE_MOVED = "takeEffect"
"""Event of an order whose control waited in the queue of its asset."""


@dataclass(frozen=True, slots=True)
class ControlFacts:
    """``others``: the other controls of the asset, known when a holder answers; ``keys`` are needed for deciding."""

    row: ControlOrder
    control: AssetControl
    others: Sequence[AssetControl]
    officer_id: UUID | None
    problems: tuple[Reason, ...]
    keys: TenantKeys | None
    today: date


def _possible(facts: ControlFacts, _given: Any) -> Iterable[Reason]:
    return state_problems(facts.control, facts.row.action)


def _fits(facts: ControlFacts, given: Any) -> Iterable[Reason]:
    if given is not None:
        yield from answer_problems(facts.row, facts.control, facts.others, given, facts.today)


def _waits_in_queue(facts: ControlFacts, _given: Any) -> Iterable[Reason]:
    if facts.row.result is not ControlResult.QUEUED or facts.control.ended_on is not None:
        yield Reason("NOT_QUEUED")


POSSIBLE: Guard[ControlFacts] = Guard("possible", Text("控制措施适用", "the action is about something"), _possible)
FITS: Guard[ControlFacts] = Guard("fits", Text("结果与请求相符", "the result fits the order"), _fits)
IN_QUEUE: Guard[ControlFacts] = Guard("inQueue", Text("轮候中", "waits in the queue"), _waits_in_queue)


def _row(
    event: str, sources: tuple[S, ...], target: S, text: Text, scope: Scope, **more: Any
) -> Transition[ControlFacts]:
    return Transition(event=event, sources=sources, target=target, text=text, scope=scope, clause=CLAUSE, **more)


_APPROVAL, _REJECTION = Text("批准", "approve"), Text("不予批准", "reject")
_APPROVER: dict[str, Any] = {"scope": Scope.EXECQUERY_APPROVE, "actors": (Actor.APPROVER,)}
_COURT: dict[str, Any] = {"scope": Scope.CONTROL_WRITE, "actors": (Actor.REQUESTER, Actor.COMMAND)}
_HOLDER: dict[str, Any] = {"scope": Scope.EXECQUERY_RESPOND, "actors": (Actor.HOLDER,)}
_REJECT: dict[str, Any] = {"payload": QueryDecision, "effects": (WITHDRAW,), **_APPROVER}
_ANSWER: dict[str, Any] = {"payload": ControlAnswer, "effects": (ANSWER,), **_HOLDER}

CONTROL: Machine[ControlFacts] = Machine(
    name="ControlOrder",
    text=Text("财产控制请求", "control order"),
    states=S,
    initial=S.PENDING_APPROVAL,
    terminal=frozenset({S.REJECTED, S.CANCELLED, S.RETURNED}),
    transitions=(
        _row(
            "approve",
            (S.PENDING_APPROVAL,),
            S.DISPATCHED,
            _APPROVAL,
            guards=(NOT_SELF, STANDING, POSSIBLE),
            effects=(APPROVE,),
            **_APPROVER,
        ),
        *(
            _row("approve", (state,), state, _APPROVAL, guards=(NOT_SELF, UNAPPROVED), effects=(APPROVE,), **_APPROVER)
            for state in SENT
        ),
        _row("reject", (S.PENDING_APPROVAL,), S.REJECTED, _REJECTION, guards=(NOT_SELF,), **_REJECT),
        _row("reject", WAITING, S.CANCELLED, _REJECTION, guards=(NOT_SELF, UNAPPROVED), **_REJECT),
        _row(
            "cancel",
            (S.PENDING_APPROVAL, *WAITING),
            S.CANCELLED,
            Text("撤回", "withdraw"),
            payload=QueryDecision,
            guards=(DECIDED,),
            effects=(WITHDRAW,),
            **_COURT,
        ),
        *(
            _row("urge", (state,), state, Text("催办", "urge"), payload=Note, effects=(URGE,), **_COURT)
            for state in WAITING
        ),
        _row("accept", (S.DISPATCHED,), S.ACCEPTED, Text("接收", "accept"), payload=Note, **_HOLDER),
        _row("answer", WAITING, S.ANSWERED, Text("反馈控制结果", "answer"), guards=(FITS,), **_ANSWER),
        _row(
            QUEUE_MOVED,
            (S.ANSWERED,),
            S.ANSWERED,
            Text("反馈轮候结果", "the queued control takes effect, or never will"),
            guards=(IN_QUEUE, FITS),
            **_ANSWER,
        ),
        _row(
            "sendBack",
            WAITING,
            S.RETURNED,
            Text("退回", "return"),
            payload=OrderReturn,
            effects=(RETURN,),
            **_HOLDER,
        ),
    ),
)
