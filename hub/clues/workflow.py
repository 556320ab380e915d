"""The life of a fund clue as a table: asked for, answered by finance, verified and used by the court, reported back.

Source: 黑市诚信办发〔2023〕3号 二（四）1.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from hub.access.scopes import Scope
from hub.audit.catalogue import AuditAction
from hub.canonical.fund_codes import FundClueStatus
from hub.clues import effects
from hub.clues.payloads import (
    FundClueAnswer,
    FundClueDecline,
    FundClueRemark,
    FundClueUse,
    FundClueVerification,
    NoFundClue,
)
from hub.core.errors import Reason
from hub.core.texts import Text
from hub.core.workflow import Actor, Guard, Machine, Note, Transition
from hub.db.models import FundClue, LegalCase
from hub.workflow.firing import Course

CLAUSE = "黑市诚信办发〔2023〕3号 二（四）1"
COURSE = Course("FundClue", AuditAction.CLUE_TRANSITION, "fundclue")
S = FundClueStatus
WAITING = (S.REQUESTED, S.ASSIGNED)


@dataclass(frozen=True, slots=True)
class ClueFacts:
    """``case`` is the court's own case that a verification names, ``problems`` what is wrong with it."""

    clue: FundClue
    case: LegalCase | None = None
    problems: tuple[Reason, ...] = ()


def _case_named(facts: ClueFacts, given: Any) -> Iterable[Reason]:
    if given is None:
        return
    if facts.clue.case_id is None and given.case_id is None:
        yield Reason("CLUE_CASE_MISSING", ("caseId",))
    if facts.clue.case_id is not None and given.case_id is not None:
        yield Reason("CLUE_CASE_GIVEN", ("caseId",))
    yield from facts.problems


CASE_NAMED = Guard("caseNamed", Text("线索有所涉的执行案件", "the clue has its case"), _case_named)
_FINANCE: dict[str, Any] = {"scope": Scope.CLUE_PUSH, "actors": (Actor.HOLDER,)}
_COURT: dict[str, Any] = {"scope": Scope.CLUE_REQUEST, "actors": (Actor.COURT,)}


def _row(event: str, sources: tuple[S, ...], target: S, text: Text, **more: Any) -> Transition[ClueFacts]:
    return Transition(event=event, sources=sources, target=target, text=text, clause=CLAUSE, **more)


CLUE: Machine[ClueFacts] = Machine(
    name="FundClue",
    text=Text("资金线索", "fund clue"),
    states=S,
    initial=S.REQUESTED,
    terminal=frozenset({S.WITHDRAWN, S.CLOSED}),
    transitions=(
        _row("assign", (S.REQUESTED,), S.ASSIGNED, Text("财政部门受理", "finance takes it up"), **_FINANCE),
        _row(
            "push",
            WAITING,
            S.PUSHED,
            Text("反馈线索", "tell clues"),
            payload=FundClueAnswer,
            effects=(effects.PUSH,),
            **_FINANCE,
        ),
        _row(
            "answerNone",
            WAITING,
            S.NO_CLUE,
            Text("反馈无线索", "there is none"),
            payload=NoFundClue,
            effects=(effects.REFUSE,),
            **_FINANCE,
        ),
        _row(
            "decline",
            WAITING,
            S.DECLINED,
            Text("不予提供", "decline"),
            payload=FundClueDecline,
            effects=(effects.REFUSE,),
            **_FINANCE,
        ),
        _row(
            "withdraw",
            WAITING,
            S.WITHDRAWN,
            Text("撤回请求", "withdraw the request"),
            payload=FundClueRemark,
            effects=(effects.NOTE, effects.END),
            **_COURT,
        ),
        _row("receive", (S.PUSHED,), S.RECEIVED, Text("法院签收", "the court receives it"), **_COURT),
        _row(
            "verify",
            (S.RECEIVED,),
            S.VERIFIED,
            Text("核实", "verify"),
            payload=FundClueVerification,
            guards=(CASE_NAMED,),
            effects=(effects.VERIFY,),
            **_COURT,
        ),
        _row("use", (S.VERIFIED,), S.USED, Text("使用", "use"), payload=FundClueUse, effects=(effects.USE,), **_COURT),
        _row(
            "discard",
            (S.RECEIVED, S.VERIFIED),
            S.UNUSABLE,
            Text("无法使用", "cannot be used"),
            payload=FundClueRemark,
            effects=(effects.NOTE,),
            **_COURT,
        ),
        _row(
            "reportOutcome",
            (S.USED, S.UNUSABLE),
            S.OUTCOME_REPORTED,
            Text("向财政部门反馈结果", "report the outcome to finance"),
            payload=FundClueRemark,
            effects=(effects.NOTE,),
            **_COURT,
        ),
        _row(
            "close",
            (S.OUTCOME_REPORTED,),
            S.CLOSED,
            Text("办结", "close"),
            payload=Note,
            effects=(effects.END,),
            scope=Scope.CLUE_READ,
            actors=(Actor.HOLDER, Actor.COURT),
        ),
        _row("close", (S.NO_CLUE, S.DECLINED), S.CLOSED, Text("办结", "close"), effects=(effects.END,), **_COURT),
    ),
)


def clue_actors(row: FundClue, organization_id: UUID | None) -> frozenset[Actor]:
    found = {Actor.COURT} if row.court_id == organization_id else set()
    return frozenset(found | ({Actor.HOLDER} if row.finance_id == organization_id else set()))
