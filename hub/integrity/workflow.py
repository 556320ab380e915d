"""The life of a record as a table: recorded, contested, corrected, withdrawn, rectified, kept no longer.

Source: 发改财金〔2023〕1103号 (政务失信记录); 黑市诚信办发〔2023〕3号 二（四）4.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from hub.access.scopes import Scope
from hub.canonical.integrity_codes import IntegrityStatus
from hub.core.errors import Reason
from hub.core.texts import Text
from hub.core.workflow import Actor, Guard, Machine, Transition
from hub.db.models import IntegrityRecord
from hub.integrity import effects
from hub.integrity.payloads import IntegrityContest, IntegrityCorrection, IntegrityDecision, IntegrityRectification

CLAUSE = "发改财金〔2023〕1103号"
S = IntegrityStatus


@dataclass(frozen=True, slots=True)
class RecordFacts:
    record: IntegrityRecord
    today: date


def _recorded(facts: RecordFacts, _: Any) -> Iterable[Reason]:
    return (Reason("RECORD_FOLLOWS_COURT"),) if facts.record.source_id is not None else ()


def _not_ahead(facts: RecordFacts, given: Any) -> Iterable[Reason]:
    for name, path in (("occurred_on", "occurredOn"), ("rectified_on", "rectifiedOn")):
        said = getattr(given, name, None)
        if said is not None and said > facts.today:
            yield Reason("DATE_AHEAD", (path,))


RECORDED = Guard("recorded", Text("不是由法院名单生成的记录", "not derived from a court's listing"), _recorded)
NOT_AHEAD = Guard("notAhead", Text("日期不晚于今天", "no date lies ahead"), _not_ahead)


def _row(event: str, sources: tuple[S, ...], target: S, text: Text, payload: type, *, of: Actor = Actor.ISSUER) -> Any:
    return Transition(
        event=event,
        sources=sources,
        target=target,
        actors=(of,),
        scope=Scope.INTEGRITY_CONTEST if of is Actor.SUBJECT else Scope.INTEGRITY_RECORD,
        text=text,
        clause=CLAUSE,
        payload=payload,
        guards=(RECORDED, NOT_AHEAD),
        effects=(effects.OF[event], effects.REVISE),
    )


RECORD: Machine[RecordFacts] = Machine(
    name="GovernmentIntegrityRecord",
    text=Text("政务失信记录", "government integrity record"),
    states=IntegrityStatus,
    initial=S.RECORDED,
    terminal=frozenset({S.EXPIRED}),
    transitions=(
        _row("contest", (S.RECORDED,), S.CONTESTED, Text("提出异议", "contest"), IntegrityContest, of=Actor.SUBJECT),
        _row(
            "uphold", (S.CONTESTED,), S.RECORDED, Text("异议不成立，维持记录", "uphold the record"), IntegrityDecision
        ),
        _row("correct", (S.RECORDED, S.CONTESTED), S.RECORDED, Text("更正记录", "correct"), IntegrityCorrection),
        _row(
            "withdraw",
            (S.RECORDED, S.CONTESTED, S.RECTIFIED),
            S.WITHDRAWN,
            Text("撤回记录", "withdraw"),
            IntegrityDecision,
        ),
        _row(
            "rectify",
            (S.RECORDED,),
            S.RECTIFIED,
            Text("登记整改完成", "record the rectification"),
            IntegrityRectification,
        ),
        Transition(
            event="expire",
            sources=(S.RECTIFIED, S.WITHDRAWN),
            target=S.EXPIRED,
            actors=(Actor.SYSTEM,),
            scope=Scope.INTEGRITY_RECORD,
            text=Text("保存期满", "kept no longer"),
            clause=CLAUSE,
        ),
    ),
)


def record_actors(row: IntegrityRecord, organization_id: object) -> frozenset[Actor]:
    found = {Actor.ISSUER} if row.recorder_id == organization_id else set()
    return frozenset(found | ({Actor.SUBJECT} if row.organization_id == organization_id else set()))
