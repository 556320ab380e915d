"""ExecutionQuery 网络查控: the table (查询规定, 财产调查规定; internal approval before anything is asked)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from hub.access.scopes import Scope
from hub.audit.catalogue import AuditAction
from hub.canonical.execution_codes import ExecutionQueryStatus
from hub.core.errors import Reason
from hub.core.texts import Text
from hub.core.workflow import Actor, Guard, Machine, Note, Transition
from hub.db.models import ExecutionQuery
from hub.inquiry.approving import DECIDED, NOT_SELF, UNAPPROVED
from hub.inquiry.commands import Correction, QueryDecision
from hub.inquiry.query_effects import APPROVE, CLOSE, CORRECT, WITHDRAW
from hub.workflow.firing import Course

S = ExecutionQueryStatus
COURSE = Course("ExecutionQuery", AuditAction.EXECUTION_QUERY_TRANSITION, "execquery")
CLAUSE = "最高人民法院关于网络查询、冻结被执行人存款的规定；最高人民法院关于民事执行中财产调查若干问题的规定"
SENT = (S.DISPATCHED, S.PARTIALLY_ANSWERED, S.ANSWERED, S.USED)


@dataclass(frozen=True, slots=True)
class QueryFacts:
    """``officer_id``: who acts; ``returned``: whether a holder returned its order; ``case_problems`` of the case as it
    stands now; ``document_problems`` of the documents in the payload; ``standing_problems`` of target and asker
    while the query waits for its approval."""

    row: ExecutionQuery
    officer_id: UUID | None
    returned: bool
    case_problems: tuple[Reason, ...]
    document_problems: tuple[Reason, ...] = ()
    standing_problems: tuple[Reason, ...] = ()


def _returned(facts: QueryFacts, _given: Any) -> Iterable[Reason]:
    if not facts.returned:
        yield Reason("NOTHING_RETURNED")


CASE_OPEN: Guard[QueryFacts] = Guard(
    "caseOpen", Text("案件在办", "the case is open"), lambda facts, _: facts.case_problems
)
STANDING: Guard[QueryFacts] = Guard(
    "standing",
    Text("被查询人、申请人仍符合条件", "target and asker still qualify"),
    lambda facts, _: facts.standing_problems,
)
RETURNED: Guard[QueryFacts] = Guard("returned", Text("有被退回的", "something was returned"), _returned)
DOCUMENTS: Guard[QueryFacts] = Guard(
    "documents", Text("文书完备、印章有效", "documents are whole and sealed"), lambda facts, _: facts.document_problems
)


def _row(
    event: str, sources: tuple[S, ...], target: S, text: Text, scope: Scope, **more: Any
) -> Transition[QueryFacts]:
    return Transition(event=event, sources=sources, target=target, text=text, scope=scope, clause=CLAUSE, **more)


_APPROVAL = Text("批准", "approve")
_REJECTION = Text("不予批准", "reject")
_APPROVER: dict[str, Any] = {"scope": Scope.EXECQUERY_APPROVE, "actors": (Actor.APPROVER,)}

QUERY: Machine[QueryFacts] = Machine(
    name="ExecutionQuery",
    text=Text("网络查控", "execution query"),
    states=S,
    initial=S.PENDING_APPROVAL,
    terminal=frozenset({S.REJECTED, S.CANCELLED, S.PURGED}),
    transitions=(
        _row(
            "approve",
            (S.PENDING_APPROVAL,),
            S.DISPATCHED,
            _APPROVAL,
            guards=(NOT_SELF, CASE_OPEN, STANDING),
            effects=(APPROVE,),
            **_APPROVER,
        ),
        *(
            _row("approve", (state,), state, _APPROVAL, guards=(NOT_SELF, UNAPPROVED), effects=(APPROVE,), **_APPROVER)
            for state in SENT
        ),
        _row(
            "reject",
            (S.PENDING_APPROVAL,),
            S.REJECTED,
            _REJECTION,
            payload=QueryDecision,
            guards=(NOT_SELF,),
            effects=(WITHDRAW,),
            **_APPROVER,
        ),
        _row(
            "reject",
            SENT,
            S.CANCELLED,
            _REJECTION,
            payload=QueryDecision,
            guards=(NOT_SELF, UNAPPROVED),
            effects=(WITHDRAW,),
            **_APPROVER,
        ),
        _row(
            "correct",
            SENT,
            S.PENDING_APPROVAL,
            Text("补正后重新送批", "correct what was returned"),
            Scope.EXECQUERY_SUBMIT,
            actors=(Actor.REQUESTER,),
            payload=Correction,
            guards=(DECIDED, RETURNED, DOCUMENTS),
            effects=(CORRECT,),
        ),
        _row(
            "cancel",
            (S.PENDING_APPROVAL,),
            S.CANCELLED,
            Text("撤销", "cancel"),
            Scope.EXECQUERY_SUBMIT,
            actors=(Actor.REQUESTER, Actor.COMMAND),
            payload=QueryDecision,
            guards=(DECIDED,),
            effects=(WITHDRAW,),
        ),
        _row(
            "close",
            SENT,
            S.CLOSED,
            Text("办结", "close"),
            Scope.EXECQUERY_SUBMIT,
            actors=(Actor.REQUESTER, Actor.COMMAND),
            payload=Note,
            guards=(DECIDED,),
            effects=(CLOSE,),
        ),
    ),
)
