"""Objections as subjects, courts and credit offices see them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

import strawberry

from hub.access.scopes import Scope
from hub.canonical.objection_codes import ObjectionKind, ObjectionStatus, RemarkKind
from hub.core.areas import Area
from hub.core.clock import local_date
from hub.core.principal import Clearance
from hub.db import models
from hub.objection.filing import objection_actors
from hub.objection.workflow import OBJECTION as TABLE
from hub.objection.workflow import ObjectionFacts
from schema.binding.conditions import argument, is_node, matches, one_of, own_rows
from schema.binding.declare import audience, filter_input, node, query
from schema.binding.fields import Connection, column, connection, one, python, relation
from schema.binding.orders import descending, only
from schema.cases.queries import CASE_NUMBER
from schema.credit.queries import DishonestyRecord
from schema.linkage.computed import AvailableEvent, Possible, events_of
from schema.nodes import Node
from schema.organizations.queries import in_jurisdiction
from schema.organizations.types import Organization

if TYPE_CHECKING:
    from hub.db.session import ReadSession
    from schema.operation import HubContext

READ = (Scope.DISHONESTY_READ,)
OBJECTION, REMARK = models.CreditObjection, models.ListingRemark


async def _events(
    context: HubContext, _session: ReadSession, rows: list[models.CreditObjection]
) -> Mapping[UUID, Possible]:
    today = local_date(context.now)
    return {
        row.id: TABLE.available(
            row.status,
            actors=objection_actors(context.principal, row),
            scopes=context.principal.scopes,
            facts=ObjectionFacts(row, today),
        )
        for row in rows
    }


@node(
    "CJ",
    "对失信信息的异议",
    "objection to a listing",
    model=OBJECTION,
    scopes=READ,
    audience=audience(Area.CREDIT, own=(OBJECTION.court_id, OBJECTION.organization_id)),
)
class CreditObjection(Node):
    kind: ObjectionKind = column(OBJECTION.kind, "种类", "kind")
    status: ObjectionStatus = column(OBJECTION.status, "状态", "state")
    status_since: datetime = column(OBJECTION.status_since, "现状态起始时间", "in this state since")
    record: DishonestyRecord | None = relation(OBJECTION.record_id, "失信信息", "listing")
    case_number: str = column(OBJECTION.case_number, *CASE_NUMBER)
    court: Organization = relation(OBJECTION.court_id, "执行法院", "court")
    organization: Organization = relation(OBJECTION.organization_id, "提出异议的单位", "unit that objects")
    grounds: str | None = column(OBJECTION.grounds, "事实和理由", "facts and grounds", level=Clearance.L2)
    evidence_digest: str | None = column(OBJECTION.evidence_digest, "佐证材料摘要", "SHA-256 of the evidence")
    due_on: date | None = column(OBJECTION.due_on, "下一步期限", "next step owed by")
    due_clause: str | None = column(OBJECTION.due_clause, "期限依据", "clause of the time")
    due_provisional: bool = column(OBJECTION.due_provisional, "日历未公布，暂定", "provisional for want of a calendar")
    decision: str | None = column(OBJECTION.decision, "决定及理由", "decision and reason", level=Clearance.L2)
    decided_at: datetime | None = column(OBJECTION.decided_at, "决定时间", "decided at")
    corrected_at: datetime | None = column(OBJECTION.corrected_at, "更正时间", "corrected at")
    created_at: datetime = column(OBJECTION.created_at, "提出时间", "filed at")
    version: int = column(OBJECTION.version, "版本", "version")
    available_events: list[AvailableEvent] = python(
        events_of(OBJECTION, _events), "当前可办理的事件", "events possible now", needs=(OBJECTION.id,)
    )


@node(
    "LR",
    "信用办对失信信息的批注",
    "remark of a credit office on a listing",
    model=REMARK,
    scopes=READ,
    audience=audience(Area.CREDIT, own=(REMARK.court_id,)),
)
class ListingRemark(Node):
    kind: RemarkKind = column(REMARK.kind, "种类", "kind")
    record: DishonestyRecord | None = relation(REMARK.record_id, "失信信息", "listing")
    organization: Organization = relation(REMARK.organization_id, "信用办", "credit office")
    note: str | None = column(REMARK.note, "说明", "note", level=Clearance.L2)
    created_at: datetime = column(REMARK.created_at, "时间", "when")


@filter_input("批注查询条件", "conditions on remarks")
class ListingRemarkFilter:
    kind: list[RemarkKind] | None = one_of(REMARK.kind, "种类", "kinds")
    record_id: strawberry.ID | None = is_node(REMARK.record_id, "DR", "失信信息标识", "id of the listing")


@filter_input("异议查询条件", "conditions on objections")
class CreditObjectionFilter:
    mine: bool | None = own_rows("仅本单位提出或审查的", "only what the caller's unit filed or decides")
    kind: list[ObjectionKind] | None = one_of(OBJECTION.kind, "种类", "kinds")
    status: list[ObjectionStatus] | None = one_of(OBJECTION.status, "状态", "states")
    record_id: strawberry.ID | None = is_node(OBJECTION.record_id, "DR", "失信信息标识", "id of the listing")
    jurisdiction_code: str | None = matches(in_jurisdiction, "区划代码，含下级", "jurisdiction code, with those below")


@query
class ObjectionQueries:
    credit_objections: Connection[CreditObjection] = connection(
        "对失信信息的异议：提出单位、执行法院各见本单位的，信用办可见所辖全部，最新在前",
        "objections: units and courts see their own, the credit office its jurisdiction, latest first",
        orders=only(descending("最新在前", "latest first", OBJECTION.created_at)),
        filtered_by=CreditObjectionFilter,
        scopes=READ,
    )
    listing_remarks: Connection[ListingRemark] = connection(
        "信用办对失信信息的批注、屏蔽确认和核对请求：信用办和执行法院可见，最新在前",
        "remarks on listings, for the credit office and the listing's court, latest first",
        orders=only(descending("最新在前", "latest first", REMARK.created_at)),
        filtered_by=ListingRemarkFilter,
        scopes=READ,
    )
    credit_objection: CreditObjection | None = one(
        "按标识读取异议",
        "an objection by its id",
        by={"id": argument(strawberry.ID, is_node(OBJECTION.id, "CJ", "标识", "id"))},
        scopes=READ,
    )
