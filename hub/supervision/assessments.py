"""Items of assessments (考核): proposed upon a listing, given their points by a person of the assessor; circulars.

Source: 汉川市人民法院工作方案 二（二）、三（二）; 新信用发〔2018〕6号 二（五）3.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from hub.access.scopes import Scope
from hub.audit.catalogue import AuditAction
from hub.audit.recorder import Target
from hub.canonical.supervision_codes import AssessmentStatus
from hub.core.errors import NotFound, Reason, refuse_if
from hub.core.ids import new_id
from hub.core.payload import SHORT_TEXT, find_problems, required
from hub.core.texts import Text
from hub.core.workflow import Actor, Effect, Machine, Note, Transition
from hub.db.models import AssessmentItem, Circular
from hub.supervision.payloads import NAME, NoticeReason
from hub.workflow.firing import Course, Firing, announce, fire
from hub.workflow.rows import locked, within
from hub.workflow.unit import Unit

COURSE = Course("AssessmentItem", AuditAction.ASSESSMENT_TRANSITION, "assessment")
CIRCULAR = Course("Circular", AuditAction.CIRCULAR_ISSUED, "circular")
CLAUSE = "汉川市人民法院工作方案 三（二）"
S = AssessmentStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class AssessmentPoints:
    """计入考核的扣分 (points deducted)."""

    points: int = required("扣分", "points deducted", minimum=0, maximum=100)
    reason: str = required("理由", "reason")
    decided_by: str = required("决定人姓名和职务", "name and post of who decides", limit=NAME)


@dataclass(frozen=True, slots=True, kw_only=True)
class CircularDraft:
    """对列入失信且已计入考核的单位通报批评，并限期履行 (a circular about a unit, with the day to perform by)."""

    item_id: UUID = required("考核事项标识", "id of the item of assessment", node="AM")
    title: str = required("标题", "title", limit=SHORT_TEXT)
    content: str = required("通报内容", "content")
    perform_by: date = required("履行期限", "to perform by")
    signed_by: str = required("签发人姓名和职务", "name and post of who signs", limit=NAME)


async def _enter(firing: Firing) -> None:
    row, given = firing.row, firing.payload
    row.points, row.reason, row.decided_by = given.points, given.reason, given.decided_by.strip()
    row.entered_at = row.entered_at or firing.unit.at


async def _reason(firing: Firing) -> None:
    firing.row.reason = firing.payload.reason


async def _perform(firing: Firing) -> None:
    firing.row.performed_on = firing.unit.today


def _row(event: str, source: S, target: S, text: Text, payload: type, apply: Any, actor: Actor) -> Any:
    return Transition(
        event=event,
        sources=(source,),
        target=target,
        actors=(actor,),
        scope=Scope.ASSESSMENT_ENTER,
        text=text,
        clause=CLAUSE,
        payload=payload,
        effects=(Effect(f"{event}Assessment", text, apply),),
    )


_PERFORMED, _LAPSED = Text("已履行", "performed"), Text("失信信息已撤销", "the listing was revoked")

ASSESSMENT: Machine[AssessmentItem] = Machine(
    name="AssessmentItem",
    text=Text("考核事项", "item of an assessment"),
    states=AssessmentStatus,
    initial=S.PROPOSED,
    terminal=frozenset({S.DROPPED, S.CANCELLED}),
    transitions=(
        _row("enter", S.PROPOSED, S.ENTERED, Text("计入考核", "enter"), AssessmentPoints, _enter, Actor.ISSUER),
        _row("adjust", S.ENTERED, S.ENTERED, Text("调整扣分", "adjust"), AssessmentPoints, _enter, Actor.ISSUER),
        _row("drop", S.PROPOSED, S.DROPPED, Text("不予计入", "leave out"), NoticeReason, _reason, Actor.ISSUER),
        *(_row("perform", state, state, _PERFORMED, Note, _perform, Actor.SYSTEM) for state in (S.PROPOSED, S.ENTERED)),
        *(
            _row("lapse", state, S.CANCELLED, _LAPSED, NoticeReason, _reason, Actor.SYSTEM)
            for state in (S.PROPOSED, S.ENTERED)
        ),
    ),
)


def assessment_actors(row: AssessmentItem, organization_id: UUID | None) -> frozenset[Actor]:
    return frozenset({Actor.ISSUER} if row.assessor_id == organization_id else ())


async def fire_item(
    unit: Unit, item_id: UUID, event: str, payload: object, *, expected_version: int | None = None
) -> AssessmentItem:
    """Move an item. Raises ``NotFound`` for one that the caller cannot see, ``Refused`` with every reason."""
    if unit.principal.on_behalf_of is not None:
        raise NotFound(path=("id",))
    row: AssessmentItem = await locked(unit, AssessmentItem, item_id)
    await advance(
        unit, row, event, payload, assessment_actors(row, unit.organization_id), expected_version=expected_version
    )
    return row


async def advance(
    unit: Unit,
    row: AssessmentItem,
    event: str,
    payload: object,
    actors: frozenset[Actor],
    *,
    expected_version: int | None = None,
) -> None:
    await fire(
        unit, ASSESSMENT, COURSE, row, event, payload, actors=actors, facts=row, expected_version=expected_version
    )


async def issue_circular(unit: Unit, given: CircularDraft) -> UUID:
    """Name a unit in a circular. Raises ``Refused`` with every reason; the item is one of the caller's own."""
    refuse_if(find_problems(given))
    item: AssessmentItem = await locked(unit, AssessmentItem, given.item_id, path="itemId")
    if item.assessor_id != unit.organization_id or unit.principal.on_behalf_of is not None:
        raise NotFound(path=("itemId",))
    standing = item.status is S.ENTERED and item.performed_on is None
    refuse_if(
        [
            *([] if standing else [Reason("CIRCULAR_WITHOUT_DISHONESTY", ("itemId",))]),
            *([] if given.perform_by > unit.today else [Reason("NOTICE_DUE_DATE_PASSED", ("performBy",))]),
        ]
    )
    row = Circular(
        id=new_id(),
        scheme=item.scheme,
        issuer_id=unit.organization_id,
        organization_id=item.organization_id,
        item_id=item.id,
        title=given.title.strip(),
        content=given.content,
        perform_by=given.perform_by,
        clause=item.clause,
        signed_by=given.signed_by.strip(),
        created_at=unit.at,
        **within(item),
    )
    unit.session.add(row)
    await unit.session.flush()
    await unit.audit(CIRCULAR.action, Target(CIRCULAR.kind, row.id, row.jurisdiction_path), item=str(item.id))
    await announce(unit, CIRCULAR, row, "issued")
    return row.id
