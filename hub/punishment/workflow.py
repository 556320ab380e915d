"""JointPunishmentMeasure 联合惩戒措施: the table from the match to the lift that is verified, or to the annulment.

Source: 汉川市人民法院工作方案 三（三）; 新信用发〔2018〕6号 二（四）、二（五）; 国办发〔2020〕49号.
What follows from the life of the listing (dropped, to be lifted, annulled) the hub does itself, see ``following``.
"""

from __future__ import annotations

from typing import Any

from hub.access.scopes import Scope
from hub.canonical.punishment_codes import CARRIED, MeasureStatus
from hub.core.texts import Text
from hub.core.workflow import Actor, Machine, Note, Transition
from hub.punishment import effects, guards, handover, payloads
from hub.punishment.facts import MeasureFacts

S = MeasureStatus
FIELDS, ORDER, LIFT = "汉川市人民法院工作方案 三（三）", "新信用发〔2018〕6号 二（四）、二（五）", "国办发〔2020〕49号"
OFFICE, CARRIER, SYSTEM = (Actor.CREDIT_OFFICE,), (Actor.IMPLEMENTER,), (Actor.SYSTEM,)
ANNULLABLE = (S.ORDERED, S.IN_FORCE, S.EXEMPTED, S.LIFTING, S.LIFTED, S.VERIFIED_LIFTED)


def _row(
    event: str,
    sources: tuple[S, ...],
    target: S,
    actors: tuple[Actor, ...],
    scope: Scope,
    text: Text,
    clause: str,
    **more: Any,
) -> Transition[MeasureFacts]:
    about = {"actors": actors, "scope": scope, "text": text, "clause": clause, **more}
    return Transition(event=event, sources=sources, target=target, **about)


def _office(event: str, sources: tuple[S, ...], target: S, text: Text, **more: Any) -> Transition[MeasureFacts]:
    return _row(event, sources, target, OFFICE, Scope.MEASURE_ORDER, text, ORDER, **more)


def _carrier(
    event: str, sources: tuple[S, ...], target: S, text: Text, clause: str = FIELDS, **more: Any
) -> Transition[MeasureFacts]:
    return _row(event, sources, target, CARRIER, Scope.MEASURE_IMPLEMENT, text, clause, **more)


def _system(
    event: str, sources: tuple[S, ...], target: S, text: Text, clause: str = LIFT, **more: Any
) -> Transition[MeasureFacts]:
    return _row(event, sources, target, SYSTEM, Scope.MEASURE_ORDER, text, clause, **more)


_ORDERING: dict[str, Any] = {"guards": guards.ORDERING, "effects": (effects.ORDER,)}

MEASURE: Machine[MeasureFacts] = Machine(
    name="JointPunishmentMeasure",
    text=Text("联合惩戒措施", "measure of joint punishment"),
    states=MeasureStatus,
    initial=S.MATCHED,
    terminal=frozenset({S.DROPPED, S.DECLINED, S.ANNULLED}),
    transitions=(
        _office(
            "review",
            (S.MATCHED,),
            S.PROPOSED,
            Text("审核，拟采取", "review: to be taken"),
            payload=payloads.MeasureReview,
            guards=(guards.STANDS, guards.NAMED),
            effects=(effects.REVIEW,),
        ),
        _office(
            "notApplicable",
            (S.MATCHED, S.PROPOSED),
            S.DROPPED,
            Text("不适用", "not applicable"),
            payload=payloads.MeasureReason,
            effects=(effects.REASON,),
        ),
        _office("order", (S.PROPOSED,), S.ORDERED, Text("决定并交实施单位", "order"), **_ORDERING),
        _carrier("order", (S.PROPOSED,), S.ORDERED, Text("决定并实施", "order"), ORDER, **_ORDERING),
        _system("order", (S.MATCHED,), S.ORDERED, Text("依法应当采取，自动决定", "ordered automatically"), ORDER),
        _system("drop", (S.MATCHED, S.PROPOSED), S.DROPPED, Text("失信信息已不在列，不再采取", "dropped"), LIFT),
        _carrier(
            "accept",
            (S.ORDERED,),
            S.IN_FORCE,
            Text("接收并实施", "accept"),
            payload=payloads.MeasureStart,
            guards=(guards.STARTED, guards.COURT_ORDER),
            effects=(effects.ENFORCE,),
        ),
        _carrier(
            "decline",
            (S.ORDERED,),
            S.DECLINED,
            Text("依法不予实施", "decline"),
            payload=payloads.MeasureObstacle,
            effects=(effects.OBSTACLE,),
        ),
        _row(
            "intercept",
            (S.IN_FORCE,),
            S.IN_FORCE,
            SYSTEM,
            Scope.DISHONESTY_CHECK,
            Text("拦截", "intercepted"),
            FIELDS,
            effects=(effects.INTERCEPTION,),
        ),
        _carrier(
            "feedback",
            (S.IN_FORCE,),
            S.IN_FORCE,
            Text("反馈实施情况", "feedback"),
            payload=payloads.MeasureFeedback,
            guards=(guards.INTERVIEWED,),
            effects=(effects.FEEDBACK,),
        ),
        _carrier(
            "exempt",
            (S.IN_FORCE,),
            S.EXEMPTED,
            Text("依法暂停实施", "exempt"),
            payload=payloads.MeasureObstacle,
            effects=(effects.OBSTACLE, effects.LAY_DOWN),
        ),
        _carrier(
            "end", (S.EXEMPTED,), S.IN_FORCE, Text("恢复实施", "end of the exemption"), effects=(effects.TAKE_UP,)
        ),
        _system("liftRequested", (S.ORDERED, S.IN_FORCE, S.EXEMPTED), S.LIFTING, Text("要求解除", "lift requested")),
        _carrier(
            "lift",
            (S.LIFTING,),
            S.LIFTED,
            Text("解除并回执", "lift"),
            LIFT,
            payload=payloads.LiftReceipt,
            effects=(effects.LIFT,),
        ),
        _row(
            "verify",
            (S.LIFTED,),
            S.VERIFIED_LIFTED,
            OFFICE,
            Scope.MEASURE_ORDER,
            Text("核实已解除", "verify the lift"),
            LIFT,
            effects=(effects.VERIFY,),
        ),
        _row(
            "reject",
            (S.LIFTED,),
            S.LIFTING,
            OFFICE,
            Scope.MEASURE_ORDER,
            Text("核实未解除，退回", "not lifted in truth: sent back"),
            LIFT,
            payload=payloads.MeasureReason,
            effects=(effects.REASON,),
        ),
        _row(
            "urge",
            (S.LIFTING,),
            S.LIFTING,
            (Actor.CREDIT_OFFICE, Actor.SYSTEM),
            Scope.MEASURE_ORDER,
            Text("催办解除", "urge the lift"),
            LIFT,
            payload=Note,
            effects=(effects.URGE,),
        ),
        _system("escalate", (S.LIFTING,), S.LIFTING, Text("告知上级主管部门", "the superior is told")),
        *(
            _row(
                "handOver",
                (state,),
                state,
                (Actor.CREDIT_OFFICE, Actor.SYSTEM),
                Scope.MEASURE_ORDER,
                Text("改由另一单位实施", "hand it over to another implementer"),
                FIELDS,
                payload=payloads.MeasureHandover,
                guards=(guards.HANDED,),
                effects=(handover.HAND_OVER,),
            )
            for state in CARRIED
        ),
        *(
            _system(
                "orphan", (state,), state, Text("无人实施", "nobody carries it out"), FIELDS, effects=(handover.ORPHAN,)
            )
            for state in CARRIED
        ),
        _system("annul", ANNULLABLE, S.ANNULLED, Text("失信信息撤销，措施自始无效", "annulled"), LIFT),
    ),
)
