"""LookoutOrder 临控 and LookoutHit 发现: their tables."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from hub.access.scopes import Scope
from hub.audit.catalogue import AuditAction
from hub.canonical.control_codes import LookoutHitStatus, LookoutOutcome, LookoutStatus
from hub.core.errors import Reason
from hub.core.texts import Text
from hub.core.workflow import Actor, Guard, Machine, Note, Transition
from hub.db.models import LookoutHit, LookoutOrder
from hub.db.tenant_keys import TenantKeys
from hub.inquiry.approving import DECIDED, NOT_SELF, STANDING, UNAPPROVED
from hub.inquiry.commands import OrderReturn, QueryDecision
from hub.lookout.commands import HitConclusion, LookoutWithdrawal
from hub.lookout.effects import (
    ACTIVATE,
    APPROVE,
    ARRIVE,
    CANCEL,
    CLOSE,
    CONCLUDE,
    CONFIRM,
    DISPATCH,
    RETURN,
    WITHDRAW,
)
from hub.workflow.firing import Course

S, H = LookoutStatus, LookoutHitStatus
COURSE = Course("LookoutOrder", AuditAction.LOOKOUT_TRANSITION, "lookout")
HIT_COURSE = Course("LookoutHit", AuditAction.LOOKOUT_HIT_TRANSITION, "lookouthit")
CLAUSE = "温政办〔2021〕13号 S2-29"
WATCHED = (S.SENT, S.ACTIVE)
OVER = (S.REJECTED, S.CANCELLED, S.RETURNED, S.WITHDRAWN, S.EXPIRED, S.CLOSED)


@dataclass(frozen=True, slots=True)
class LookoutFacts:
    """``handed_over``: whether a hit ended with the target in the court's hands; ``keys`` are needed for deciding."""

    row: LookoutOrder
    officer_id: UUID | None
    problems: tuple[Reason, ...]
    handed_over: bool
    keys: TenantKeys | None


@dataclass(frozen=True, slots=True)
class HitFacts:
    row: LookoutHit
    today: date


def _handed_over(facts: LookoutFacts, _given: Any) -> Iterable[Reason]:
    if not facts.handed_over:
        yield Reason("LOOKOUT_NOT_HANDED_OVER")


def _note(_facts: HitFacts, given: Any) -> Iterable[Reason]:
    if given is not None and given.outcome is not LookoutOutcome.HANDED_OVER and not (given.note or "").strip():
        yield Reason("ANSWER_NOTE", ("note",))


HANDED: Guard[LookoutFacts] = Guard("handedOver", Text("已移交法院", "handed over to the court"), _handed_over)
NOTED: Guard[HitFacts] = Guard("noted", Text("未移交须说明", "what was not handed over is explained"), _note)
_COURT: dict[str, Any] = {"scope": Scope.LOOKOUT_SEND, "actors": (Actor.REQUESTER, Actor.COMMAND)}
_APPROVER: dict[str, Any] = {"scope": Scope.EXECQUERY_APPROVE, "actors": (Actor.APPROVER,)}
_POLICE: dict[str, Any] = {"scope": Scope.LOOKOUT_RESPOND, "actors": (Actor.HOLDER,)}
_APPROVAL, _REJECTION = Text("批准", "approve"), Text("不予批准", "reject")


def _row(event: str, sources: tuple[Any, ...], target: Any, text: Text, **more: Any) -> Transition[Any]:
    return Transition(event=event, sources=sources, target=target, text=text, clause=CLAUSE, **more)


LOOKOUT: Machine[LookoutFacts] = Machine(
    name="LookoutOrder",
    text=Text("临控", "lookout"),
    states=S,
    initial=S.PENDING_APPROVAL,
    terminal=frozenset(OVER),
    transitions=(
        _row(
            "approve",
            (S.PENDING_APPROVAL,),
            S.SENT,
            _APPROVAL,
            guards=(NOT_SELF, STANDING),
            effects=(APPROVE,),
            **_APPROVER,
        ),
        *(
            _row("approve", (state,), state, _APPROVAL, guards=(NOT_SELF, UNAPPROVED), effects=(APPROVE,), **_APPROVER)
            for state in WATCHED
        ),
        _row(
            "reject",
            (S.PENDING_APPROVAL,),
            S.REJECTED,
            _REJECTION,
            payload=QueryDecision,
            guards=(NOT_SELF,),
            effects=(CANCEL,),
            **_APPROVER,
        ),
        _row(
            "reject",
            WATCHED,
            S.WITHDRAWING,
            _REJECTION,
            payload=QueryDecision,
            guards=(NOT_SELF, UNAPPROVED),
            effects=(WITHDRAW,),
            **_APPROVER,
        ),
        _row(
            "cancel",
            (S.PENDING_APPROVAL,),
            S.CANCELLED,
            Text("撤销", "cancel"),
            payload=QueryDecision,
            effects=(CANCEL,),
            **_COURT,
        ),
        _row("activate", (S.SENT,), S.ACTIVE, Text("布控", "watch"), payload=Note, effects=(ACTIVATE,), **_POLICE),
        _row(
            "sendBack",
            (S.SENT,),
            S.RETURNED,
            Text("退回", "return"),
            payload=OrderReturn,
            effects=(RETURN,),
            **_POLICE,
        ),
        _row(
            "withdraw",
            WATCHED,
            S.WITHDRAWING,
            Text("撤控", "withdraw"),
            payload=LookoutWithdrawal,
            effects=(WITHDRAW,),
            **_COURT,
        ),
        _row(
            "confirmWithdrawal",
            (S.WITHDRAWING,),
            S.WITHDRAWN,
            Text("确认已撤控", "confirm the withdrawal"),
            payload=Note,
            effects=(CONFIRM,),
            **_POLICE,
        ),
        _row(
            "close",
            (S.ACTIVE,),
            S.CLOSED,
            Text("办结", "close"),
            payload=Note,
            guards=(DECIDED, HANDED),
            effects=(CLOSE,),
            **_COURT,
        ),
    ),
)
HIT: Machine[HitFacts] = Machine(
    name="LookoutHit",
    text=Text("临控发现", "hit of a lookout"),
    states=H,
    initial=H.NOTIFIED,
    terminal=frozenset({H.CONCLUDED}),
    transitions=(
        _row(
            "dispatch",
            (H.NOTIFIED,),
            H.COURT_DISPATCHED,
            Text("法院出警", "the court sets out"),
            payload=Note,
            effects=(DISPATCH,),
            **_COURT,
        ),
        _row(
            "arrive",
            (H.COURT_DISPATCHED,),
            H.COURT_ARRIVED,
            Text("法院到场", "the court arrives"),
            payload=Note,
            effects=(ARRIVE,),
            **_COURT,
        ),
        _row(
            "conclude",
            (H.COURT_ARRIVED,),
            H.CONCLUDED,
            Text("移交或者其他处置", "hand-over or other outcome"),
            payload=HitConclusion,
            guards=(NOTED,),
            effects=(CONCLUDE,),
            **_COURT,
        ),
        _row(
            "lose",
            (H.NOTIFIED, H.COURT_DISPATCHED),
            H.CONCLUDED,
            Text("未能到场处置", "ended before the court arrived"),
            payload=HitConclusion,
            guards=(NOTED,),
            effects=(CONCLUDE,),
            scope=Scope.LOOKOUT_RESPOND,
            actors=(Actor.HOLDER,),
        ),
    ),
)
