"""CreditObjection 异议: the table. An objection that is upheld waits for the court's own message; it moves no listing.

Source: 最高人民法院关于公布失信被执行人名单信息的若干规定（2017年修正）第十一条、第十二条;
the local regulation's times for data.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from hub.access.scopes import Scope
from hub.audit.catalogue import AuditAction
from hub.canonical.objection_codes import ObjectionKind, ObjectionStatus
from hub.core.errors import Reason
from hub.core.texts import Text
from hub.core.workflow import Actor, Effect, Guard, Machine, Transition
from hub.db.models import CreditObjection
from hub.objection.payloads import ObjectionReason
from hub.policy.deadlines import Deadline, compute
from hub.policy.statutory import StatutoryClock, load_statutory_clocks
from hub.workflow.firing import Course, Firing
from hub.workflow.unit import Unit

S, K = ObjectionStatus, ObjectionKind
COURSE = Course("CreditObjection", AuditAction.OBJECTION_TRANSITION, "creditobjection")
RULES = "最高人民法院关于公布失信被执行人名单信息的若干规定（2017年修正）第十二条"
REGULATION = "社会信用条例 异议处理"
EXAMINE, CORRECT = "listing.correction.examine", "listing.correction.carry_out"
RECONSIDER, DECIDE = "listing.reconsider.apply", "listing.reconsider.decide"
OWN, SOURCE = "objection.data", "objection.source"
CLAUSE = 300


@dataclass(frozen=True, slots=True)
class ObjectionFacts:
    objection: CreditObjection
    today: date


async def owe(unit: Unit, row: CreditObjection, key: str) -> None:
    """From today the next step is owed within the time of the law, or of the pack where the law has none."""
    calendar = await unit.policy.calendar(unit.session)
    clock = _law().get(key)
    if clock is not None and clock.rule is not None:
        _keep(row, compute(clock.rule, unit.today, calendar, basis=clock.basis))
    else:
        pack = await unit.policy.pack(unit.session, row.jurisdiction_id, unit.today)
        _keep(row, pack.deadline(key, unit.today, calendar))


def _keep(row: CreditObjection, deadline: Deadline) -> None:
    row.due_on, row.due_provisional = deadline.due_on, deadline.provisional
    basis = deadline.basis
    row.due_clause = None if basis is None else (basis.clause or basis.key)[:CLAUSE]


@cache
def _law() -> dict[str, StatutoryClock]:
    return dict(load_statutory_clocks())


def _of(kind: ObjectionKind) -> Guard[ObjectionFacts]:
    def check(facts: ObjectionFacts, _: Any) -> Iterable[Reason]:
        if facts.objection.kind is not kind:
            yield Reason("EVENT_NOT_NOW", ("event",), {"event": "办理", "state": "另一种异议"})

    text = Text("对纳入的异议", "to the listing") if kind is K.LISTING else Text("对信息的异议", "to the data")
    return Guard(f"of{kind.value.title()}", text, check)


def _in_time(facts: ObjectionFacts, _: Any) -> Iterable[Reason]:
    until = facts.objection.due_on
    if until is not None and facts.today > until:
        yield Reason("RECONSIDERATION_LATE", ("event",), {"until": until.isoformat()})


async def _decide(firing: Firing) -> None:
    firing.row.decided_at = firing.unit.at
    firing.row.decision = getattr(firing.payload, "reason", None) or firing.row.decision
    firing.row.due_on, firing.row.due_clause, firing.row.due_provisional = None, None, False


async def _uphold(firing: Firing) -> None:
    await _decide(firing)
    await owe(firing.unit, firing.row, CORRECT)


async def _dismiss(firing: Firing) -> None:
    await _decide(firing)
    if firing.row.kind is K.LISTING:
        await owe(firing.unit, firing.row, RECONSIDER)


async def _ask(firing: Firing) -> None:
    await owe(firing.unit, firing.row, SOURCE)


async def _reconsider(firing: Firing) -> None:
    firing.row.grounds = f"{firing.row.grounds}\n复议：{firing.payload.reason}"
    await owe(firing.unit, firing.row, DECIDE)


async def _corrected(firing: Firing) -> None:
    decision = firing.row.decision
    await _decide(firing)
    firing.row.decision = getattr(firing.payload, "reason", None) or decision
    firing.row.corrected_at = firing.unit.at


_NO = Text("驳回", "dismiss")
LISTING, DATA = _of(K.LISTING), _of(K.DATA)
IN_TIME = Guard("inTime", Text("在申请复议的期限内", "within the time for it"), _in_time)
_UPHOLD = Effect("uphold", Text("起算更正期限", "the correction is owed"), _uphold)
_DISMISS = Effect("dismiss", Text("登记理由，起算申请复议的期限", "kept; reconsideration may be asked for"), _dismiss)
_END = Effect("end", Text("登记决定", "the decision is kept"), _decide)
_CORRECTED = Effect("corrected", Text("登记更正", "the correction is kept"), _corrected)


def _row(
    event: str,
    sources: tuple[ObjectionStatus, ...],
    target: ObjectionStatus,
    text: Text,
    actor: Actor,
    effect: Effect,
    **more: Any,
) -> Transition[ObjectionFacts]:
    scope = Scope.REPAIR_APPLY if actor is Actor.APPLICANT else Scope.REPAIR_HANDLE
    about = {"scope": scope, "clause": RULES, "payload": ObjectionReason, "effects": (effect,), **more}
    return Transition(event=event, sources=sources, target=target, text=text, actors=(actor,), **about)


OBJECTION: Machine[ObjectionFacts] = Machine(
    name="CreditObjection",
    text=Text("异议", "objection"),
    states=ObjectionStatus,
    initial=S.FILED,
    terminal=frozenset({S.CORRECTED, S.FINAL, S.WITHDRAWN}),
    transitions=(
        _row(
            "uphold",
            (S.FILED, S.RECONSIDERING),
            S.UPHELD,
            Text("异议成立", "uphold"),
            Actor.RECOGNISER,
            _UPHOLD,
            guards=(LISTING,),
        ),
        _row(
            "dismiss", (S.FILED,), S.DISMISSED, Text("驳回", "dismiss"), Actor.RECOGNISER, _DISMISS, guards=(LISTING,)
        ),
        _row(
            "dismiss",
            (S.FILED, S.SOURCE_ASKED),
            S.DISMISSED,
            _NO,
            Actor.CREDIT_OFFICE,
            _END,
            guards=(DATA,),
            clause=REGULATION,
        ),
        _row(
            "askSource",
            (S.FILED,),
            S.SOURCE_ASKED,
            Text("向信息来源单位核实", "ask the source"),
            Actor.CREDIT_OFFICE,
            Effect("ask", Text("改按须核实的期限", "the longer time runs"), _ask),
            guards=(DATA,),
            clause=REGULATION,
        ),
        _row(
            "correctData",
            (S.FILED, S.SOURCE_ASKED),
            S.CORRECTED,
            Text("信用平台已更正", "the platform is corrected"),
            Actor.CREDIT_OFFICE,
            _CORRECTED,
            guards=(DATA,),
            clause=REGULATION,
        ),
        _row(
            "reconsider",
            (S.DISMISSED,),
            S.RECONSIDERING,
            Text("申请复议，不停止执行", "ask for reconsideration, without stay"),
            Actor.APPLICANT,
            Effect("reconsider", Text("起算复议期限", "its decision is owed"), _reconsider),
            guards=(LISTING, IN_TIME),
        ),
        _row(
            "dismissReconsideration",
            (S.RECONSIDERING,),
            S.FINAL,
            Text("复议驳回", "dismiss on reconsideration"),
            Actor.RECOGNISER,
            _END,
        ),
        _row(
            "confirmCorrected",
            (S.UPHELD,),
            S.CORRECTED,
            Text("法院已更正", "its court has corrected"),
            Actor.SYSTEM,
            _CORRECTED,
        ),
        _row(
            "withdraw",
            (S.FILED, S.SOURCE_ASKED, S.RECONSIDERING),
            S.WITHDRAWN,
            Text("撤回", "withdraw"),
            Actor.APPLICANT,
            _END,
        ),
    ),
)
