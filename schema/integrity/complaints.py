"""Complaints about public bodies; who complained, for the office that received it alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import UUID

import strawberry
from sqlalchemy import select

from hub.audit.catalogue import AuditAction
from hub.audit.recorder import Target, record
from hub.canonical.integrity_codes import ComplaintStatus
from hub.core.areas import Area
from hub.core.principal import Clearance
from hub.db import models
from hub.integrity.complaint_workflow import COMPLAINT as TABLE
from hub.integrity.complaint_workflow import ComplaintFacts, complaint_actors
from hub.integrity.complaints import opened
from schema.binding.conditions import argument, is_node, matches, one_of, own_rows
from schema.binding.declare import audience, filter_input, node, query
from schema.binding.fields import Connection, column, connection, one, python, records, relation
from schema.binding.fields import record as record_of
from schema.binding.orders import descending, only
from schema.integrity.records import READ, IntegrityEvidence
from schema.linkage.computed import AvailableEvent, Possible, events_of
from schema.linkage.parts import DueExplanation
from schema.nodes import Node
from schema.organizations.queries import in_jurisdiction
from schema.organizations.types import Jurisdiction, Organization

if TYPE_CHECKING:
    from hub.db.session import ReadSession
    from schema.operation import HubContext

COMPLAINT, COMPLAINANT = models.IntegrityComplaint, models.IntegrityComplainant


async def _events(
    context: HubContext, _session: ReadSession, rows: list[models.IntegrityComplaint]
) -> Mapping[UUID, Possible]:
    own = context.principal.organization_id
    return {
        row.id: TABLE.available(
            row.status,
            actors=complaint_actors(row, own),
            scopes=context.principal.scopes,
            facts=ComplaintFacts(row),
        )
        for row in rows
    }


async def _complainant(part: str, context: HubContext, rows: Sequence[Mapping[str, Any]]) -> list[str | None]:
    """In clear for the office that received it, each reading audited before it is released."""
    ids, own = [UUID(row["id"]) for row in rows], context.principal.organization_id
    async with context.reading() as session:
        wanted = select(COMPLAINANT).where(COMPLAINANT.id.in_(ids), COMPLAINANT.receiver_id == own)
        found = {each.id: each for each in await session.scalars(wanted)}
    async with context.sessions.write(context.principal) as session:
        for row in found.values():
            target = Target("IntegrityComplaint", row.id, row.jurisdiction_path)
            action = AuditAction.COMPLAINANT_READ
            await record(session, context.principal, action, at=context.now, target=target, detail={"part": part})
    keyring = context.standing.keyring
    return [opened(keyring, found[key], part) if key in found else None for key in ids]


@node(
    "GC",
    "政务失信投诉",
    "complaint about a public body",
    model=COMPLAINT,
    scopes=READ,
    audience=audience(Area.CREDIT, own=(COMPLAINT.organization_id, COMPLAINT.receiver_id)),
)
class IntegrityComplaint(Node):
    status: ComplaintStatus = column(COMPLAINT.status, "状态", "state")
    organization: Organization = relation(COMPLAINT.organization_id, "被投诉单位", "body complained of")
    receiver: Organization = relation(COMPLAINT.receiver_id, "受理单位", "office that received it")
    jurisdiction: Jurisdiction = relation(COMPLAINT.jurisdiction_id, "区划", "jurisdiction")
    channel: str = column(COMPLAINT.channel, "来源渠道", "channel it came by")
    registered_on: date = column(COMPLAINT.registered_on, "收到日期", "received on")
    summary: str | None = column(COMPLAINT.summary, "事项摘要", "summary", level=Clearance.L2)
    demand: str | None = column(COMPLAINT.demand, "答复要求", "what is asked for", level=Clearance.L2)
    complainant: str | None = python(
        partial(_complainant, "name"),
        "投诉人，仅受理单位可读，读取留痕",
        "who complained, for the receiver alone; audited",
        needs=(COMPLAINT.id,),
    )
    contact: str | None = python(
        partial(_complainant, "contact"),
        "联系方式，仅受理单位可读，读取留痕",
        "contact, for the receiver alone; audited",
        needs=(COMPLAINT.id,),
    )
    statement: str | None = python(
        partial(_complainant, "statement"),
        "投诉原文，仅受理单位可读，读取留痕",
        "the complaint in full, for the receiver alone; audited",
        needs=(COMPLAINT.id,),
    )
    handed_at: datetime | None = column(COMPLAINT.handed_at, "转办时间", "handed over at")
    due_on: date | None = column(COMPLAINT.due_on, "当前环节期限", "the present step is due on")
    due_explanation: DueExplanation | None = record_of(COMPLAINT.due_basis, "期限依据", "why it is due then")
    answer: str | None = column(COMPLAINT.answer, "答复", "answer", level=Clearance.L2)
    answer_evidence: list[IntegrityEvidence] | None = records(
        COMPLAINT.answer_evidence, "佐证材料", "evidence", level=Clearance.L2
    )
    return_reason: str | None = column(COMPLAINT.return_reason, "退回理由", "why it was sent back", level=Clearance.L2)
    finding: str | None = column(COMPLAINT.finding, "核实情况", "finding", level=Clearance.L2)
    outcome: str | None = column(COMPLAINT.outcome, "办结或不予受理的理由", "outcome", level=Clearance.L2)
    closed_at: datetime | None = column(COMPLAINT.closed_at, "办结时间", "closed at")
    version: int = column(COMPLAINT.version, "版本", "version")
    available_events: list[AvailableEvent] = python(
        events_of(COMPLAINT, _events), "当前可办理的事件", "events possible now", needs=(COMPLAINT.id,)
    )


@filter_input("政务失信投诉查询条件", "conditions on complaints")
class IntegrityComplaintFilter:
    mine: bool | None = own_rows("仅本单位受理或被转办的", "only what the caller received or was handed")
    status: list[ComplaintStatus] | None = one_of(COMPLAINT.status, "状态", "states")
    organization_id: strawberry.ID | None = is_node(COMPLAINT.organization_id, "OR", "被投诉单位标识", "id of the body")
    jurisdiction_code: str | None = matches(in_jurisdiction, "区划代码，含下级", "jurisdiction code, with those below")


@query
class ComplaintQueries:
    integrity_complaints: Connection[IntegrityComplaint] = connection(
        "政务失信投诉：受理单位见其受理的，被投诉单位自转办起可见摘要，最近的在前",
        "complaints: the receiver its own, the body those handed to it, latest first",
        orders=only(descending("最近的在前", "latest first", COMPLAINT.registered_on)),
        filtered_by=IntegrityComplaintFilter,
        scopes=READ,
    )
    integrity_complaint: IntegrityComplaint | None = one(
        "按标识读取投诉",
        "a complaint by its id",
        by={"id": argument(strawberry.ID, is_node(COMPLAINT.id, "GC", "标识", "id"))},
        scopes=READ,
    )
