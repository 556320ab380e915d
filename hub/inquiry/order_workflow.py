"""ExecutionOrder 协助查询: the table of one holder's part."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from hub.access.scopes import Scope
from hub.audit.catalogue import AuditAction
from hub.canonical.execution_codes import AnswerCode, ExecutionOrderStatus
from hub.core.errors import Reason
from hub.core.payload import camel
from hub.core.texts import Text
from hub.core.workflow import Actor, Guard, Machine, Note, Transition
from hub.db.models import ExecutionOrder
from hub.db.tenant_keys import TenantKeys
from hub.inquiry.commands import HolderAnswer, OrderObjection, OrderReturn, QueryDecision
from hub.inquiry.findings import KIND_OF
from hub.inquiry.order_effects import ANSWER, OBJECT, OVERRULE, RETURN, UPHOLD, URGE
from hub.inquiry.targets import target_index
from hub.workflow.firing import Course

S = ExecutionOrderStatus
COURSE = Course("ExecutionOrder", AuditAction.EXECUTION_ORDER_TRANSITION, "execorder")
CLAUSE = "温政办〔2021〕13号 S2-28；最高人民法院关于网络查询、冻结被执行人存款的规定 第六条"
WAITING = (S.DISPATCHED, S.ACCEPTED)


@dataclass(frozen=True, slots=True)
class OrderFacts:
    """``keys`` are needed for deciding about an answer, not for telling what is possible."""

    row: ExecutionOrder
    keys: TenantKeys | None
    today: date


def _fits(facts: OrderFacts, given: Any) -> Iterable[Reason]:
    """The answer is about whom was asked, of the kind that was asked, and not from the future."""
    if given is None or facts.keys is None:
        return
    kind = KIND_OF[facts.row.query_type]
    for index, item in enumerate(given.items):
        if item.kinds != (kind,):
            yield Reason("ANSWER_TYPE", ("items", index, camel(kind)))
    told = given.subject_number
    if (told is not None or given.code in (AnswerCode.FOUND, AnswerCode.PARTIAL)) and (
        told is None or target_index(facts.keys, told) != facts.row.target_index
    ):
        yield Reason("ANSWER_SUBJECT", ("subjectNumber",))
    if given.as_of > facts.today:
        yield Reason("ANSWER_DATE", ("asOf",))


FITS: Guard[OrderFacts] = Guard("fits", Text("答复与请求相符", "the answer fits the question"), _fits)


def _holder(event: str, sources: tuple[S, ...], target: S, text: Text, **more: Any) -> Transition[OrderFacts]:
    return Transition(
        event=event,
        sources=sources,
        target=target,
        text=text,
        actors=(Actor.HOLDER,),
        scope=Scope.EXECQUERY_RESPOND,
        clause=CLAUSE,
        **more,
    )


def _decision(event: str, target: S, text: Text, effect: Any) -> Transition[OrderFacts]:
    return Transition(
        event=event,
        sources=(S.OBJECTED,),
        target=target,
        text=text,
        actors=(Actor.APPROVER, Actor.COMMAND),
        scope=Scope.EXECQUERY_APPROVE,
        clause=CLAUSE,
        payload=QueryDecision,
        effects=(effect,),
    )


ORDER: Machine[OrderFacts] = Machine(
    name="ExecutionOrder",
    text=Text("协助查询", "holder's part of an execution query"),
    states=S,
    initial=S.DISPATCHED,
    terminal=frozenset({S.ANSWERED, S.CANCELLED}),
    transitions=(
        _holder("accept", (S.DISPATCHED,), S.ACCEPTED, Text("接收", "accept"), payload=Note),
        _holder(
            "answer",
            WAITING,
            S.ANSWERED,
            Text("反馈结果", "answer"),
            payload=HolderAnswer,
            guards=(FITS,),
            effects=(ANSWER,),
        ),
        _holder("sendBack", WAITING, S.RETURNED, Text("退回", "return"), payload=OrderReturn, effects=(RETURN,)),
        _holder(
            "objectTo",
            WAITING,
            S.OBJECTED,
            Text("提出异议", "object"),
            payload=OrderObjection,
            effects=(OBJECT,),
        ),
        _decision("uphold", S.CANCELLED, Text("异议成立", "uphold the objection"), UPHOLD),
        _decision("overrule", S.DISPATCHED, Text("异议不成立", "overrule the objection"), OVERRULE),
        *(
            Transition(
                event="urge",
                sources=(state,),
                target=state,
                text=Text("催办", "urge"),
                actors=(Actor.REQUESTER, Actor.COMMAND),
                scope=Scope.EXECQUERY_SUBMIT,
                clause=CLAUSE,
                payload=Note,
                effects=(URGE,),
            )
            for state in WAITING
        ),
    ),
)
