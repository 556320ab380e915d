"""The ways of a bankruptcy and of its matters as tables.

Source: 温政办〔2021〕13号 二（二）11–14 (办理破产府院联动); 驻政〔2022〕59号 破产处置.
"""

from __future__ import annotations

from typing import Any

from hub.access.scopes import Scope
from hub.bankruptcy import effects
from hub.bankruptcy.facts import DECIDED, DUE_AHEAD, NOT_AHEAD, PLANNED, REVIEWED, CoordinationFacts, MatterFacts
from hub.bankruptcy.payloads import (
    BankruptcyMeasures,
    CourtOutcome,
    FurtherMatters,
    MatterAssignment,
    MatterReason,
    MatterReport,
)
from hub.canonical.bankruptcy_codes import BankruptcyMatterStatus, BankruptcyStatus
from hub.core.texts import Text
from hub.core.workflow import Actor, Machine, Transition

CLAUSE = "温政办〔2021〕13号 二（二）11"
B, M = BankruptcyStatus, BankruptcyMatterStatus
ACTIVE = (B.PROPOSED, B.REVIEWED, B.ASSIGNED, B.IN_PROGRESS, B.ALL_SETTLED)
_SCOPES = {
    Actor.ISSUER: Scope.BANKRUPTCY_SUBMIT,
    Actor.GOVERNMENT: Scope.BANKRUPTCY_ASSIGN,
    Actor.LEAD: Scope.BANKRUPTCY_HANDLE,
    Actor.SYSTEM: Scope.BANKRUPTCY_READ,
}
"""What moves by itself follows an event of a caller who may read."""


def _row(event: str, sources: tuple[str, ...], target: str, actor: Actor, text: Text, **more: Any) -> Transition[Any]:
    said = {"scope": _SCOPES[actor], "clause": CLAUSE, **more}
    return Transition(event=event, sources=sources, target=target, actors=(actor,), text=text, **said)


BANKRUPTCY: Machine[CoordinationFacts] = Machine(
    name="BankruptcyCoordination",
    text=Text("破产府院协调", "bankruptcy coordination"),
    states=BankruptcyStatus,
    initial=B.PROPOSED,
    terminal=frozenset({B.CLOSED}),
    transitions=(
        _row(
            "review",
            (B.PROPOSED,),
            B.REVIEWED,
            Actor.GOVERNMENT,
            Text("审核清单，制定具体办法", "review the list and make the measures"),
            payload=BankruptcyMeasures,
            effects=(effects.REVIEW,),
        ),
        *(
            _row(
                "extend",
                (state,),
                B.PROPOSED if state is B.PROPOSED else B.REVIEWED,
                Actor.ISSUER,
                Text("补报事项", "submit further matters"),
                payload=FurtherMatters,
                effects=(effects.EXTEND,),
            )
            for state in ACTIVE
        ),
        *(
            _row(
                "recordOutcome",
                (state,),
                state,
                Actor.ISSUER,
                Text("登记法院裁定结果", "record what the court decided"),
                payload=CourtOutcome,
                guards=(NOT_AHEAD,),
                effects=(effects.OUTCOME,),
            )
            for state in ACTIVE
        ),
        *(
            _row(event, tuple(each for each in ACTIVE[1:] if each is not target), target, Actor.SYSTEM, text)
            for event, target, text in (
                ("reopen", B.REVIEWED, Text("有事项待分派", "a matter waits for an owner")),
                ("assigned", B.ASSIGNED, Text("事项均已分派", "every matter has its owner")),
                ("begin", B.IN_PROGRESS, Text("已开始办理", "handling has begun")),
                ("settle", B.ALL_SETTLED, Text("事项均已办结", "every matter is settled")),
            )
        ),
        _row(
            "close",
            (B.ALL_SETTLED,),
            B.CLOSED,
            Actor.ISSUER,
            Text("协调终结", "close"),
            guards=(DECIDED,),
            effects=(effects.CLOSE,),
        ),
    ),
)

MATTER: Machine[MatterFacts] = Machine(
    name="BankruptcyMatter",
    text=Text("破产协调事项", "matter of a bankruptcy"),
    states=BankruptcyMatterStatus,
    initial=M.OPEN,
    terminal=frozenset({M.CLOSED, M.WITHDRAWN}),
    transitions=(
        _row(
            "assign",
            (M.OPEN, M.RETURNED),
            M.ASSIGNED,
            Actor.GOVERNMENT,
            Text("确定责任单位和办法", "assign owner and method"),
            payload=MatterAssignment,
            guards=(REVIEWED, DUE_AHEAD),
            effects=(effects.ASSIGN,),
        ),
        _row(
            "accept",
            (M.ASSIGNED,),
            M.HANDLING,
            Actor.LEAD,
            Text("接收办理", "take it on"),
            effects=(effects.ACCEPT,),
        ),
        _row(
            "decline",
            (M.ASSIGNED,),
            M.RETURNED,
            Actor.LEAD,
            Text("退回分派", "return it to who assigned it"),
            payload=MatterReason,
            effects=(effects.DECLINE,),
        ),
        _row(
            "report",
            (M.HANDLING,),
            M.FEEDBACK,
            Actor.LEAD,
            Text("反馈办理结果", "report what was done"),
            payload=MatterReport,
            guards=(PLANNED,),
            effects=(effects.REPORT,),
        ),
        _row(
            "confirm",
            (M.FEEDBACK,),
            M.ACCEPTED,
            Actor.ISSUER,
            Text("法院认可", "the court accepts it"),
            effects=(effects.CONFIRM,),
        ),
        _row(
            "sendBack",
            (M.FEEDBACK,),
            M.HANDLING,
            Actor.ISSUER,
            Text("法院退回续办", "the court sends it back"),
            payload=MatterReason,
            effects=(effects.SEND_BACK,),
        ),
        _row(
            "close",
            (M.ACCEPTED,),
            M.CLOSED,
            Actor.GOVERNMENT,
            Text("销号", "close"),
            effects=(effects.SETTLE,),
        ),
        _row(
            "withdraw",
            (M.OPEN, M.RETURNED),
            M.WITHDRAWN,
            Actor.ISSUER,
            Text("撤回事项", "withdraw it"),
            payload=MatterReason,
            effects=(effects.WITHDRAW,),
        ),
        *(
            _row(
                "urge",
                (state,),
                state,
                actor,
                Text("催办", "urge"),
                payload=MatterReason,
                effects=(effects.URGE,),
            )
            for state in (M.ASSIGNED, M.HANDLING)
            for actor in (Actor.GOVERNMENT, Actor.ISSUER)
        ),
    ),
)
