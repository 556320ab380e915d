"""Judicial suggestions, items of assessments and circulars."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

import strawberry

from hub.access.scopes import Scope
from hub.canonical.supervision_codes import (
    AssessmentScheme,
    AssessmentStatus,
    SuggestionAdoption,
    SuggestionCategory,
    SuggestionStatus,
)
from hub.core.areas import Area
from hub.core.clock import local_date
from hub.core.principal import Clearance
from hub.db import models
from hub.supervision.assessments import ASSESSMENT, assessment_actors
from hub.supervision.suggestion_workflow import SUGGESTION, SuggestionFacts, suggestion_actors
from schema.binding.conditions import equals, is_node, matches, one_of
from schema.binding.declare import audience, filter_input, node, query
from schema.binding.fields import Connection, column, connection, python, record, relation
from schema.binding.orders import descending, only
from schema.linkage.computed import AvailableEvent, Possible, events_of
from schema.linkage.parts import DueExplanation
from schema.nodes import Node
from schema.organizations.queries import in_jurisdiction
from schema.organizations.types import Jurisdiction, Organization
from schema.supervision.notices import READ

if TYPE_CHECKING:
    from hub.db.session import ReadSession
    from schema.operation import HubContext

LETTER, PARTY = models.JudicialSuggestion, models.JudicialSuggestionParty
ITEM, CIRCULAR = models.AssessmentItem, models.Circular
SUGGESTED = (Scope.SUGGESTION_READ,)
_CODE = ("区划代码，含下级", "jurisdiction code, with those below")
_LATEST = ("最新在前", "latest first")


async def _suggestion_events(
    context: HubContext, _session: ReadSession, rows: list[models.JudicialSuggestion]
) -> Mapping[UUID, Possible]:
    own, today = context.principal.organization_id, local_date(context.now)
    return {
        row.id: SUGGESTION.available(
            row.status,
            actors=suggestion_actors(row, own),
            scopes=context.principal.scopes,
            facts=SuggestionFacts(row, today),
        )
        for row in rows
    }


async def _item_events(
    context: HubContext, _session: ReadSession, rows: list[models.AssessmentItem]
) -> Mapping[UUID, Possible]:
    own, scopes = context.principal.organization_id, context.principal.scopes
    return {
        row.id: ASSESSMENT.available(row.status, actors=assessment_actors(row, own), scopes=scopes, facts=row)
        for row in rows
    }


@node(
    "JS",
    "司法建议",
    "judicial suggestion",
    model=LETTER,
    scopes=SUGGESTED,
    audience=audience(
        Area.SUGGESTION,
        party=PARTY,
        key=PARTY.suggestion_id,
        own=(LETTER.court_id,),
        shared=((LETTER.jurisdiction_path, PARTY.jurisdiction_path),),
    ),
)
class JudicialSuggestion(Node):
    category: SuggestionCategory = column(LETTER.category, "类别", "category")
    status: SuggestionStatus = column(LETTER.status, "状态", "state")
    court: Organization = relation(LETTER.court_id, "建议法院", "court")
    subject: Organization = relation(LETTER.subject_id, "所涉单位", "unit concerned")
    addressee: Organization = relation(LETTER.addressee_id, "建议对象", "addressee")
    jurisdiction: Jurisdiction = relation(LETTER.jurisdiction_id, "区划", "jurisdiction")
    title: str = column(LETTER.title, "标题", "title")
    problems: list[str] | None = column(LETTER.problems, "存在的问题", "problems", content=True)
    suggestions: list[str] | None = column(
        LETTER.suggestions, "对应的建议", "suggestions, one to each problem", content=True
    )
    consultation: str | None = column(LETTER.consultation, "听取意见情况", "what the addressee said", content=True)
    document_no: str | None = column(LETTER.document_no, "文号", "document number")
    clause: str | None = column(LETTER.clause, "抄送依据条款", "clause of its copies")
    signed_by: str | None = column(LETTER.signed_by, "签发人", "who signed", level=Clearance.L2)
    sent_at: datetime | None = column(LETTER.sent_at, "发出时间", "sent at")
    due_on: date | None = column(LETTER.due_on, "回复期限", "reply due")
    due_explanation: DueExplanation | None = record(LETTER.due_basis, "期限依据", "why it is due then")
    received_at: datetime | None = column(LETTER.received_at, "签收时间", "received at")
    received_by: str | None = column(LETTER.received_by, "签收人", "who received it", level=Clearance.L2)
    reply: str | None = column(LETTER.reply, "回复", "reply", content=True)
    adoption: SuggestionAdoption | None = column(LETTER.adoption, "采纳情况", "how far it was adopted")
    replied_at: datetime | None = column(LETTER.replied_at, "回复时间", "replied at")
    outcome: str | None = column(LETTER.outcome, "办理结果", "outcome", content=True)
    created_at: datetime = column(LETTER.created_at, "起草时间", "drafted at")
    version: int = column(LETTER.version, "版本", "version")
    available_events: list[AvailableEvent] = python(
        events_of(LETTER, _suggestion_events), "当前可办理的事件", "events possible now", needs=(LETTER.id,)
    )


@node(
    "AM",
    "计入考核的失信事项",
    "item of an assessment",
    model=ITEM,
    scopes=READ,
    audience=audience(Area.SUPERVISION, own=(ITEM.organization_id, ITEM.assessor_id)),
)
class AssessmentItem(Node):
    scheme: AssessmentScheme = column(ITEM.scheme, "考核", "scheme")
    status: AssessmentStatus = column(ITEM.status, "状态", "state")
    year: int = column(ITEM.year, "年度", "year")
    organization: Organization = relation(ITEM.organization_id, "被考核单位", "unit assessed")
    assessor: Organization = relation(ITEM.assessor_id, "考核单位", "assessor")
    case_number: str = column(ITEM.case_number, "案号", "case number")
    clause: str | None = column(ITEM.clause, "依据条款", "clause")
    points: int | None = column(ITEM.points, "扣分", "points deducted")
    reason: str | None = column(ITEM.reason, "理由", "reason", content=True)
    decided_by: str | None = column(ITEM.decided_by, "决定人", "who decided", level=Clearance.L2)
    entered_at: datetime | None = column(ITEM.entered_at, "计入时间", "entered at")
    performed_on: date | None = column(ITEM.performed_on, "履行退出日期", "performed, and left the list, on")
    created_at: datetime = column(ITEM.created_at, "提出时间", "proposed at")
    version: int = column(ITEM.version, "版本", "version")
    available_events: list[AvailableEvent] = python(
        events_of(ITEM, _item_events), "当前可办理的事件", "events possible now", needs=(ITEM.id,)
    )


@node(
    "CU",
    "通报批评",
    "circular",
    model=CIRCULAR,
    scopes=READ,
    audience=audience(Area.SUPERVISION, own=(CIRCULAR.organization_id, CIRCULAR.issuer_id)),
)
class Circular(Node):
    scheme: AssessmentScheme = column(CIRCULAR.scheme, "所依据的考核", "scheme of assessment")
    issuer: Organization = relation(CIRCULAR.issuer_id, "通报单位", "issuer")
    organization: Organization = relation(CIRCULAR.organization_id, "被通报单位", "unit named")
    item: AssessmentItem | None = relation(CIRCULAR.item_id, "考核事项", "item of assessment")
    title: str = column(CIRCULAR.title, "标题", "title")
    content: str | None = column(CIRCULAR.content, "通报内容", "content", content=True)
    perform_by: date = column(CIRCULAR.perform_by, "履行期限", "to perform by")
    clause: str | None = column(CIRCULAR.clause, "依据条款", "clause")
    signed_by: str | None = column(CIRCULAR.signed_by, "签发人", "who signed", level=Clearance.L2)
    created_at: datetime = column(CIRCULAR.created_at, "发出时间", "issued at")
    version: int = column(CIRCULAR.version, "版本", "version")


@filter_input("司法建议查询条件", "conditions on judicial suggestions")
class JudicialSuggestionFilter:
    status: list[SuggestionStatus] | None = one_of(LETTER.status, "状态", "states")
    category: list[SuggestionCategory] | None = one_of(LETTER.category, "类别", "categories")
    subject_id: strawberry.ID | None = is_node(LETTER.subject_id, "OR", "所涉单位标识", "id of the unit concerned")
    jurisdiction_code: str | None = matches(in_jurisdiction, *_CODE)


@filter_input("考核事项查询条件", "conditions on items of assessments")
class AssessmentItemFilter:
    year: int | None = equals(ITEM.year, "年度", "year")
    scheme: list[AssessmentScheme] | None = one_of(ITEM.scheme, "考核", "schemes")
    status: list[AssessmentStatus] | None = one_of(ITEM.status, "状态", "states")
    organization_id: strawberry.ID | None = is_node(
        ITEM.organization_id, "OR", "被考核单位标识", "id of the unit assessed"
    )
    jurisdiction_code: str | None = matches(in_jurisdiction, *_CODE)


@query
class ConsequenceQueries:
    judicial_suggestions: Connection[JudicialSuggestion] = connection(
        "司法建议：法院、建议对象、抄送单位各见本单位的，最新在前",
        "judicial suggestions: court, addressee and copied each see their own, latest first",
        orders=only(descending(*_LATEST, LETTER.created_at)),
        filtered_by=JudicialSuggestionFilter,
        scopes=SUGGESTED,
    )
    assessment_items: Connection[AssessmentItem] = connection(
        "计入考核的失信事项，最新在前",
        "items of assessments, latest first",
        orders=only(descending(*_LATEST, ITEM.created_at)),
        filtered_by=AssessmentItemFilter,
        scopes=READ,
    )
    circulars: Connection[Circular] = connection(
        "通报批评，最新在前",
        "circulars, latest first",
        orders=only(descending(*_LATEST, CIRCULAR.created_at)),
        scopes=READ,
    )
