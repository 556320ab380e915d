"""The life of a clue as a table: referred, received, returned for material or taken up, filed as a case or not.

Source: 驻政〔2022〕59号 二（一）5: 加大对被执行人逃避执行、转移财产等行为的打击力度.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from hub.access.scopes import Scope
from hub.audit.catalogue import AuditAction
from hub.canonical.evasion_codes import EvasionClueStatus
from hub.core.errors import Reason
from hub.core.texts import Text
from hub.core.workflow import Actor, Guard, Machine, Transition
from hub.db.models import EvasionClue
from hub.evasion import effects
from hub.evasion.payloads import (
    EvasionClueAcceptance,
    EvasionClueFiling,
    EvasionClueReceipt,
    EvasionClueRefusal,
    EvasionClueRemark,
    EvasionClueReturn,
    EvasionClueSupplement,
)
from hub.workflow.firing import Course

CLAUSE = "驻政〔2022〕59号 二（一）5"
COURSE = Course("EvasionClue", AuditAction.EVASION_TRANSITION, "evasionclue")
S = EvasionClueStatus
WITH_POLICE = (S.SENT, S.RECEIVED, S.ACCEPTED)
WAITING = (*WITH_POLICE, S.RETURNED)


@dataclass(frozen=True, slots=True)
class ClueFacts:
    """``known`` are digests of the documents handed over before."""

    clue: EvasionClue
    today: date
    known: frozenset[str] = frozenset()


def _overdue(facts: ClueFacts, _: Any) -> Iterable[Reason]:
    late = facts.clue.due_on is not None and facts.clue.due_on < facts.today
    return () if late else (Reason("NOT_OVERDUE"),)


def _unurged(facts: ClueFacts, _: Any) -> Iterable[Reason]:
    at = facts.clue.urged_at
    return (Reason("CLUE_URGED_TODAY"),) if at is not None and effects.day_of(at) == facts.today else ()


def _not_ahead(facts: ClueFacts, given: Any) -> Iterable[Reason]:
    if given is not None and not effects.day_of(facts.clue.created_at) <= given.filed_on <= facts.today:
        yield Reason("CLUE_FILED_ON", ("filedOn",))


def _new_material(facts: ClueFacts, given: Any) -> Iterable[Reason]:
    if given is not None and any(each.sha256.lower() in facts.known for each in given.evidence):
        yield Reason("CLUE_EVIDENCE_TWICE", ("evidence",))


OVERDUE = Guard("overdue", Text("办理期限已届满", "the deadline has passed"), _overdue)
UNURGED = Guard("notUrgedToday", Text("当日尚未催办", "not urged today"), _unurged)
NOT_AHEAD = Guard("notAhead", Text("立案日期在移送之后、今天之前", "filed between the referral and today"), _not_ahead)
NEW_MATERIAL = Guard("newMaterial", Text("材料未曾移送", "the material is new"), _new_material)
_POLICE: dict[str, Any] = {"scope": Scope.EVASION_HANDLE, "actors": (Actor.HOLDER,)}
_COURT: dict[str, Any] = {"scope": Scope.EVASION_REFER, "actors": (Actor.COURT,)}


def _row(event: str, sources: tuple[S, ...], target: S, text: Text, **more: Any) -> Transition[ClueFacts]:
    return Transition(event=event, sources=sources, target=target, text=text, clause=CLAUSE, **more)


CLUE: Machine[ClueFacts] = Machine(
    name="EvasionClue",
    text=Text("拒执线索", "clue to refusing or evading enforcement"),
    states=S,
    initial=S.SENT,
    terminal=frozenset({S.WITHDRAWN, S.CLOSED}),
    transitions=(
        _row(
            "receive",
            (S.SENT,),
            S.RECEIVED,
            Text("公安机关签收", "the police receive it"),
            payload=EvasionClueReceipt,
            effects=(effects.RECEIVE,),
            **_POLICE,
        ),
        _row(
            "returnForMaterial",
            (S.RECEIVED,),
            S.RETURNED,
            Text("退回补充材料", "return it for material"),
            payload=EvasionClueReturn,
            effects=(effects.RETURN,),
            **_POLICE,
        ),
        _row(
            "supplement",
            (S.RETURNED,),
            S.SENT,
            Text("补充材料后再次移送", "hand over further material"),
            payload=EvasionClueSupplement,
            guards=(NEW_MATERIAL,),
            effects=(effects.SUPPLEMENT,),
            **_COURT,
        ),
        _row(
            "accept",
            (S.RECEIVED,),
            S.ACCEPTED,
            Text("受理", "take it up"),
            payload=EvasionClueAcceptance,
            effects=(effects.ACCEPT,),
            **_POLICE,
        ),
        _row(
            "refuse",
            (S.RECEIVED,),
            S.NOT_ACCEPTED,
            Text("不予受理", "do not take it up"),
            payload=EvasionClueRefusal,
            effects=(effects.REFUSE,),
            **_POLICE,
        ),
        _row(
            "file",
            (S.ACCEPTED,),
            S.FILED,
            Text("刑事立案", "file a criminal case"),
            payload=EvasionClueFiling,
            guards=(NOT_AHEAD,),
            effects=(effects.FILE,),
            **_POLICE,
        ),
        _row(
            "refuseFiling",
            (S.ACCEPTED,),
            S.NOT_FILED,
            Text("不予立案", "file no criminal case"),
            payload=EvasionClueRefusal,
            effects=(effects.REFUSE,),
            **_POLICE,
        ),
        *(
            _row(
                "urge",
                (state,),
                state,
                Text("催办", "urge"),
                payload=EvasionClueRemark,
                guards=(OVERDUE, UNURGED),
                effects=(effects.URGE,),
                **_COURT,
            )
            for state in WITH_POLICE
        ),
        _row(
            "withdraw",
            WAITING,
            S.WITHDRAWN,
            Text("撤回移送", "withdraw it"),
            payload=EvasionClueRemark,
            effects=(effects.END,),
            **_COURT,
        ),
        _row(
            "close",
            (S.FILED, S.NOT_FILED, S.NOT_ACCEPTED),
            S.CLOSED,
            Text("办结", "close"),
            payload=EvasionClueRemark,
            effects=(effects.END,),
            **_COURT,
        ),
    ),
)


def clue_actors(row: EvasionClue, organization_id: UUID | None) -> frozenset[Actor]:
    found = {Actor.COURT} if row.court_id == organization_id else set()
    return frozenset(found | ({Actor.HOLDER} if row.police_id == organization_id else set()))
