"""Integrity records of public bodies with their revisions, and the persons some of them are about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

import strawberry
from sqlalchemy import select

from hub.access.scopes import Scope
from hub.audit.catalogue import AuditAction
from hub.audit.recorder import Target, record
from hub.canonical.integrity_codes import IntegrityCategory, IntegrityStatus
from hub.core.areas import Area
from hub.core.clock import local_date
from hub.core.principal import Clearance
from hub.db import models
from hub.integrity.records import name_context
from hub.integrity.workflow import RECORD as TABLE
from hub.integrity.workflow import RecordFacts, record_actors
from schema.binding.conditions import argument, at_least, at_most, is_node, matches, one_of, own_rows
from schema.binding.declare import audience, filter_input, node, part, query
from schema.binding.fields import (
    Connection,
    children,
    column,
    connection,
    expression,
    one,
    python,
    records,
    relation,
    value,
)
from schema.binding.orders import ascending, descending, only
from schema.credit.queries import DishonestyRecord
from schema.linkage.computed import AvailableEvent, Possible, events_of
from schema.money import yuan_of
from schema.nodes import Node
from schema.organizations.queries import in_jurisdiction
from schema.organizations.types import Jurisdiction, Organization
from schema.punishment.overdue import OverdueList

if TYPE_CHECKING:
    from hub.db.session import ReadSession
    from schema.operation import HubContext

READ = (Scope.INTEGRITY_READ,)
RECORD, REVISION, PERSON = models.IntegrityRecord, models.IntegrityRevision, models.IntegrityPerson


async def _events(
    context: HubContext, _session: ReadSession, rows: list[models.IntegrityRecord]
) -> Mapping[UUID, Possible]:
    own, today = context.principal.organization_id, local_date(context.now)
    return {
        row.id: TABLE.available(
            row.status,
            actors=record_actors(row, own),
            scopes=context.principal.scopes,
            facts=RecordFacts(row, today),
        )
        for row in rows
    }


async def _names(context: HubContext, rows: Sequence[Mapping[str, Any]]) -> list[str | None]:
    """Names in clear for the body whose persons they are, each reading audited before it is released."""
    ids = [UUID(row["id"]) for row in rows]
    own = context.principal.organization_id
    async with context.reading() as session:
        wanted = select(PERSON).where(PERSON.id.in_(ids), PERSON.organization_id == own)
        found = {each.id: each for each in await session.scalars(wanted)}
    async with context.sessions.write(context.principal) as session:
        for person in found.values():
            target = Target("IntegrityPerson", person.id, person.jurisdiction_path)
            await record(session, context.principal, AuditAction.INTEGRITY_NAME_READ, at=context.now, target=target)
    keyring = context.standing.keyring
    return [keyring.open(found[key].name_sealed, context=name_context(key)) if key in found else None for key in ids]


@node(
    "IP",
    "对失信行为负责的人员",
    "person who answers for a public body",
    model=PERSON,
    scopes=READ,
    audience=audience(Area.CREDIT, own=(PERSON.organization_id, PERSON.recorder_id)),
)
class IntegrityPerson(Node):
    organization: Organization = relation(PERSON.organization_id, "所在单位", "body")
    name_masked: str | None = column(
        PERSON.name_masked, "姓名，只显示姓", "name, the surname alone", level=Clearance.L2
    )
    name: str | None = python(
        _names, "姓名全称，仅所在单位可读，读取留痕", "name in full, for the body alone; audited", needs=(PERSON.id,)
    )
    post: str | None = column(PERSON.post, "职务", "post", level=Clearance.L2)


@part("证据材料", "evidence", scopes=READ)
class IntegrityEvidence:
    name: str = value("name", "材料名称", "name")
    digest: str = value("digest", "SHA-256 摘要", "SHA-256 digest")


@part("记录的一个版本", "one version of a record", model=REVISION, scopes=READ)
class IntegrityRevision:
    number: int = column(REVISION.number, "版次", "number")
    event: str = column(REVISION.event, "缘由", "what made it")
    status: IntegrityStatus = column(REVISION.status, "状态", "state")
    title: str = column(REVISION.title, "事由", "subject")
    facts: str | None = column(REVISION.facts, "失信情形", "facts", level=Clearance.L2)
    occurred_on: date = column(REVISION.occurred_on, "发生日期", "occurred on")
    reason: str | None = column(REVISION.reason, "变更理由", "why it was changed", level=Clearance.L2)
    made_by: Organization = relation(REVISION.made_by_id, "变更单位", "who changed it")
    made_at: datetime = column(REVISION.made_at, "变更时间", "changed at")


@node(
    "GI",
    "政务失信记录",
    "integrity record of a public body",
    model=RECORD,
    scopes=READ,
    audience=audience(Area.GOVERNMENT_CREDIT, own=(RECORD.organization_id, RECORD.recorder_id)),
)
class GovernmentIntegrityRecord(Node):
    category: IntegrityCategory = column(RECORD.category, "类别", "category")
    status: IntegrityStatus = column(RECORD.status, "状态", "state")
    organization: Organization = relation(RECORD.organization_id, "所涉单位", "public body")
    recorder: Organization = relation(RECORD.recorder_id, "记录单位；由名单生成的为执行法院", "who recorded it")
    jurisdiction: Jurisdiction = relation(RECORD.jurisdiction_id, "区划", "jurisdiction")
    person: IntegrityPerson | None = relation(RECORD.person_id, "责任人", "person it is about")
    listing: DishonestyRecord | None = relation(
        RECORD.source_id, "所依据的失信信息", "listing it is derived from", scopes=(Scope.DISHONESTY_READ,)
    )
    overdue_list: OverdueList | None = relation(
        RECORD.overdue_list_id, "所据逾期名单", "overdue list it rests on", scopes=(Scope.MEASURE_READ,)
    )
    causes: str | None = column(RECORD.causes, "追查的原因", "causes traced", level=Clearance.L2)
    title: str = column(RECORD.title, "事由", "subject")
    facts: str | None = column(RECORD.facts, "失信情形", "facts", level=Clearance.L2)
    basis: str = column(RECORD.basis, "认定依据", "what it rests on")
    occurred_on: date = column(RECORD.occurred_on, "发生日期", "occurred on")
    amount: str | None = expression(
        yuan_of("amount_fen"), "涉及金额（元）", "amount in yuan", uses=(RECORD.amount_fen,), level=Clearance.L2
    )
    evidence: list[IntegrityEvidence] | None = records(RECORD.evidence, "证据材料", "evidence", level=Clearance.L2)
    contest_reason: str | None = column(RECORD.contest_reason, "异议理由", "objection", level=Clearance.L2)
    decide_by: date | None = column(RECORD.decide_by, "异议答复期限", "objection to be decided by")
    decision: str | None = column(RECORD.decision, "处理意见", "decision", level=Clearance.L2)
    ended_on: date | None = column(RECORD.ended_on, "终止日期", "counts no more from")
    keep_until: date | None = column(RECORD.keep_until, "保存至", "kept until")
    status_since: datetime = column(RECORD.status_since, "现状态起始时间", "in this state since")
    version: int = column(RECORD.version, "版本", "version")
    revisions: list[IntegrityRevision] = children(
        REVISION.record_id, "历次版本", "versions", order=ascending("按版次", "by number", REVISION.number)
    )
    available_events: list[AvailableEvent] = python(
        events_of(RECORD, _events), "当前可办理的事件", "events possible now", needs=(RECORD.id,)
    )


@filter_input("政务失信记录查询条件", "conditions on integrity records")
class GovernmentIntegrityRecordFilter:
    mine: bool | None = own_rows("仅本单位的或本单位记录的", "only the caller's own, or what it recorded")
    category: list[IntegrityCategory] | None = one_of(RECORD.category, "类别", "categories")
    status: list[IntegrityStatus] | None = one_of(RECORD.status, "状态", "states")
    organization_id: strawberry.ID | None = is_node(RECORD.organization_id, "OR", "所涉单位标识", "id of the body")
    occurred_from: date | None = at_least(RECORD.occurred_on, "发生不早于", "occurred on or after")
    occurred_to: date | None = at_most(RECORD.occurred_on, "发生不晚于", "occurred on or before")
    jurisdiction_code: str | None = matches(in_jurisdiction, "区划代码，含下级", "jurisdiction code, with those below")


@query
class RecordQueries:
    integrity_records: Connection[GovernmentIntegrityRecord] = connection(
        "政务失信记录：单位见本单位的，信用办等见所辖的，最近发生的在前",
        "integrity records: a body sees its own, overseers their place's, latest first",
        orders=only(descending("最近发生的在前", "latest first", RECORD.occurred_on)),
        filtered_by=GovernmentIntegrityRecordFilter,
        scopes=READ,
    )
    integrity_record: GovernmentIntegrityRecord | None = one(
        "按标识读取政务失信记录",
        "an integrity record by its id",
        by={"id": argument(strawberry.ID, is_node(RECORD.id, "GI", "标识", "id"))},
        scopes=READ,
    )
