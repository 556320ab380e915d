"""CreditRepair 信用修复: the table. Its court's deletion drives it; no event here takes anybody off the list.

Source: 汉川市人民法院工作方案 三（四）; 信用修复管理办法（国家发展改革委令第36号）; 国办发〔2020〕49号.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from hub.access.scopes import Scope
from hub.canonical.exchange_codes import STANDING, DishonestyStatus
from hub.canonical.repair_codes import RepairPath, RepairStatus
from hub.core.errors import Reason
from hub.core.texts import Text
from hub.core.workflow import Actor, Guard, Machine, Transition
from hub.repair import effects
from hub.repair.facts import RepairFacts
from hub.repair.payloads import ClosurePush, Denial, FalseMaterial, MaterialsCheck, RepairReason, Supplement

S = RepairStatus
PLAN = "汉川市人民法院工作方案 三（四）"
RULES = "信用修复管理办法（国家发展改革委令第36号）"
LIFTING = "国办发〔2020〕49号"
_LIFTED = (DishonestyStatus.REPAIRED, DishonestyStatus.ARCHIVED)


def _pushed(facts: RepairFacts) -> bool:
    return facts.repair.path is RepairPath.COURT_PUSH


def _whole(_facts: RepairFacts, given: Any) -> Iterable[Reason]:
    return (
        (Reason("EVENT_NOT_NOW", ("missing",), {"event": "受理", "state": "材料不齐"}),)
        if given and given.missing
        else ()
    )


def _not_whole(_facts: RepairFacts, given: Any) -> Iterable[Reason]:
    if given is not None and not given.missing:
        yield Reason("EVENT_NOT_NOW", ("missing",), {"event": "退回", "state": "材料齐全"})


def _by_court(facts: RepairFacts, _: Any) -> Iterable[Reason]:
    return () if _pushed(facts) else (Reason("EVENT_NOT_NOW", params={"event": "确认", "state": "待核实"}),)


def _not_by_court(facts: RepairFacts, _: Any) -> Iterable[Reason]:
    return (Reason("EVENT_NOT_NOW", params={"event": "受理", "state": "法院已确认"}),) if _pushed(facts) else ()


def _deleted(facts: RepairFacts, _: Any) -> Iterable[Reason]:
    return (Reason("LISTING_STILL_STANDS"),) if facts.listing is None or facts.listing in STANDING else ()


def _lifted(facts: RepairFacts, _: Any) -> Iterable[Reason]:
    return () if facts.listing in _LIFTED else (Reason("MEASURES_NOT_LIFTED"),)


WHOLE = Guard("whole", Text("材料齐全", "nothing is missing"), _whole)
NOT_WHOLE = Guard("notWhole", Text("有材料须补正", "something is missing"), _not_whole)
BY_COURT = Guard("byCourt", Text("由法院推送", "its court pushed it"), _by_court)
NOT_BY_COURT = Guard("notByCourt", Text("非法院推送，须核实", "not pushed: to be verified"), _not_by_court)
DELETED = Guard("deleted", Text("法院已删除", "its court has deleted the listing"), _deleted)
LIFTED = Guard("lifted", Text("惩戒措施全部解除", "every measure is lifted"), _lifted)


def _row(
    event: str, sources: tuple[S, ...], target: S, text: Text, *actors: Actor, **more: Any
) -> tuple[Transition[RepairFacts], ...]:
    """A row with its actors; the applicant's scope is another than that of who handles."""
    scope = Scope.REPAIR_APPLY if actors == (Actor.APPLICANT,) else Scope.REPAIR_HANDLE
    about = {"scope": scope, "clause": RULES, **more}
    return (Transition(event=event, sources=sources, target=target, text=text, actors=actors, **about),)


_CHECK = Text("核对材料", "check the materials")
_CHECKED: dict[str, Any] = {"payload": MaterialsCheck}
_WITHDRAW = Text("撤回", "withdraw")
_BEFORE_SHIELD = (S.INITIATED, S.RETURNED_INCOMPLETE, S.ACCEPTED, S.VERIFYING, S.APPROVED, S.REJECTED)

REPAIR: Machine[RepairFacts] = Machine(
    name="CreditRepair",
    text=Text("信用修复", "credit repair"),
    states=RepairStatus,
    initial=S.INITIATED,
    terminal=frozenset({S.WITHDRAWN}),
    transitions=(
        *_row(
            "push",
            (S.CLOSURE_DUE,),
            S.INITIATED,
            Text("结案推送", "push the closing"),
            Actor.RECOGNISER,
            Actor.SYSTEM,
            clause=PLAN,
            payload=ClosurePush,
            effects=(effects.PUSH,),
        ),
        *_row(
            "declineClosure",
            (S.CLOSURE_DUE,),
            S.WITHDRAWN,
            Text("非自动履行结案，不推送", "closed without performance: not pushed"),
            Actor.RECOGNISER,
            clause=PLAN,
            payload=RepairReason,
            effects=(effects.END,),
        ),
        *_row(
            "checkMaterials",
            (S.INITIATED,),
            S.ACCEPTED,
            _CHECK,
            Actor.CREDIT_OFFICE,
            guards=(WHOLE, NOT_BY_COURT),
            effects=(effects.CHECK,),
            **_CHECKED,
        ),
        *_row(
            "checkMaterials",
            (S.INITIATED,),
            S.APPROVED,
            _CHECK,
            Actor.CREDIT_OFFICE,
            guards=(WHOLE, BY_COURT),
            effects=(effects.CHECK_APPROVED,),
            **_CHECKED,
        ),
        *_row(
            "checkMaterials",
            (S.INITIATED,),
            S.RETURNED_INCOMPLETE,
            _CHECK,
            Actor.CREDIT_OFFICE,
            guards=(NOT_WHOLE,),
            effects=(effects.CHECK,),
            **_CHECKED,
        ),
        *(
            row
            for actor in (Actor.APPLICANT, Actor.RECOGNISER)
            for row in _row(
                "supplement",
                (S.RETURNED_INCOMPLETE,),
                S.INITIATED,
                Text("补正材料", "hand materials in again"),
                actor,
                payload=Supplement,
                guards=(BY_COURT if actor is Actor.RECOGNISER else NOT_BY_COURT,),
                effects=(effects.SUPPLEMENT,),
            )
        ),
        *_row(
            "verifyWithRecogniser",
            (S.ACCEPTED,),
            S.VERIFYING,
            Text("送认定法院核实", "have the court verify it"),
            Actor.CREDIT_OFFICE,
            effects=(effects.ASK,),
        ),
        *_row(
            "confirm",
            (S.VERIFYING,),
            S.APPROVED,
            Text("同意修复", "confirm"),
            Actor.RECOGNISER,
            effects=(effects.APPROVE,),
        ),
        *_row(
            "deny",
            (S.VERIFYING,),
            S.REJECTED,
            Text("不予修复", "deny"),
            Actor.RECOGNISER,
            payload=Denial,
            effects=(effects.DENY,),
        ),
        *_row(
            "objectToDenial",
            (S.REJECTED,),
            S.VERIFYING,
            Text("对不予修复提出异议", "object to the denial"),
            Actor.APPLICANT,
            payload=RepairReason,
            effects=(effects.OBJECT,),
        ),
        *_row(
            "shield",
            (S.APPROVED,),
            S.SHIELDED,
            Text("屏蔽", "shield"),
            Actor.CREDIT_OFFICE,
            clause=PLAN,
            guards=(DELETED,),
            effects=(effects.SHIELD,),
        ),
        *_row(
            "complete",
            (S.SHIELDED,),
            S.COMPLETED,
            Text("修复完成", "complete"),
            Actor.SYSTEM,
            clause=LIFTING,
            guards=(LIFTED,),
            effects=(effects.COMPLETE,),
        ),
        *(
            row
            for actor in (Actor.APPLICANT, Actor.RECOGNISER)
            for row in _row(
                "withdraw",
                _BEFORE_SHIELD,
                S.WITHDRAWN,
                _WITHDRAW,
                actor,
                payload=RepairReason,
                guards=(BY_COURT if actor is Actor.RECOGNISER else NOT_BY_COURT,),
                effects=(effects.END,),
            )
        ),
        *_row(
            "lapse",
            (S.CLOSURE_DUE, *_BEFORE_SHIELD),
            S.WITHDRAWN,
            Text("失信信息已撤销，修复终止", "the listing was revoked: nothing to repair"),
            Actor.SYSTEM,
            effects=(effects.END,),
            payload=RepairReason,
        ),
        *_row(
            "revoke",
            (S.APPROVED, S.SHIELDED, S.COMPLETED),
            S.REVOKED,
            Text("因虚假材料撤销修复", "revoke for false materials"),
            Actor.RECOGNISER,
            Actor.CREDIT_OFFICE,
            payload=FalseMaterial,
            effects=(effects.REVOKE,),
        ),
        *_row(
            "restore",
            (S.REVOKED,),
            S.REVOKED,
            Text("失信信息已恢复", "the listing stands again"),
            Actor.SYSTEM,
            effects=(effects.RESTORED,),
        ),
    ),
)
