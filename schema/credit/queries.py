"""Listings of dishonest judgment debtors, and bodies that a person has yet to recognise."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

import strawberry
from sqlalchemy import and_, func, or_, select
from sqlalchemy.dialects.postgresql import aggregate_order_by

from hub.access.scopes import Scope
from hub.canonical.evasion_codes import CaseTagKind
from hub.canonical.exchange_codes import (
    CandidateReason,
    DeletionGround,
    DishonestyStatus,
    ListingClock,
    MirrorStatus,
    OrganizationNameKind,
    SubjectMatchStatus,
)
from hub.core.areas import Area
from hub.core.ids import encode_node_id
from hub.core.principal import Clearance
from hub.core.texts import Text
from hub.db import models
from hub.subjects.candidates import candidates
from schema.binding.ambient import Ambient, Row
from schema.binding.conditions import argument, at_least, at_most, equals, is_node, matches, one_of, own_rows
from schema.binding.declare import audience, filter_input, node, part, query, said
from schema.binding.fields import Connection, children, column, connection, expression, one, python, relation
from schema.binding.orders import ascending, descending, only
from schema.cases.queries import CASE_NUMBER, LegalCase, accept_case_number
from schema.cases.tags import tagged
from schema.nodes import Node
from schema.organizations.queries import in_jurisdiction
from schema.organizations.types import Organization
from schema.subjects.freshness import Freshness, freshness
from schema.subjects.types import Subject

if TYPE_CHECKING:
    from schema.operation import HubContext

NAME = models.OrganizationName
STEP, CLOCK = models.DishonestyStep, models.DishonestyClock
RECORD, PARTY, MATCH = models.DishonestyRecord, models.DishonestyRecordParty, models.SubjectMatch
READ = (Scope.DISHONESTY_READ,)


@part("失信信息的一个步骤", "step in the life of a listing", model=STEP, scopes=READ)
class DishonestyStep:
    event: str = column(STEP.event, "事件", "event")
    status: DishonestyStatus = column(STEP.status, "所报状态", "state told")
    occurred_at: datetime = column(STEP.occurred_at, "法院所称时点", "when, as the court says")
    late: bool = column(STEP.late, "是否迟到：其后的步骤先已报到", "whether something newer had been told before")


@part("失信信息的一个期限", "period in the life of a listing", model=CLOCK, scopes=READ)
class DishonestyClock:
    kind: ListingClock = column(CLOCK.kind, "期限", "what is counted")
    anchor_on: date = column(CLOCK.anchor_on, "起算日", "counted from")
    due_on: date = column(CLOCK.due_on, "届满日", "ends on")
    clause: str = column(CLOCK.clause, "依据", "clause")
    told: bool = column(CLOCK.told, "是否由法院报明", "whether the court told it")
    provisional: bool = column(CLOCK.provisional, "日历未公布，暂定", "provisional for want of a calendar")
    met_on: date | None = column(CLOCK.met_on, "办结日", "done on")


def _same_basis(row: Row, _ambient: Ambient) -> Any:
    """Numbers of every listing of the debtor on the same basis that the caller may see."""
    other = RECORD.__table__.alias("same_basis")
    together = and_(
        other.c.subject_id == row.c.subject_id,
        other.c.tenant_id == row.c.tenant_id,
        or_(other.c.id == row.c.id, other.c.execution_basis == row.c.execution_basis),
    )
    return (
        select(func.array_agg(aggregate_order_by(other.c.case_number, other.c.case_number)))
        .where(together)
        .scalar_subquery()
    )


@node(
    "DR",
    "失信被执行人信息",
    "listing of a dishonest judgment debtor",
    model=RECORD,
    scopes=READ,
    audience=audience(
        Area.GOVERNMENT_CREDIT,
        party=PARTY,
        key=PARTY.record_id,
        shared=((RECORD.listed_on, PARTY.listed_on), (RECORD.jurisdiction_path, PARTY.jurisdiction_path)),
    ),
)
class DishonestyRecord(Node):
    status: DishonestyStatus = column(RECORD.status, "法院所报状态", "state as the court tells it")
    mirror_status: MirrorStatus = column(RECORD.mirror_status, "是否在列", "whether the court still holds it")
    case: LegalCase | None = relation(RECORD.case_id, "案件", "case")
    case_number: str = column(RECORD.case_number, *CASE_NUMBER)
    court: Organization = relation(RECORD.court_id, "执行法院", "court")
    subject: Subject | None = relation(RECORD.subject_id, "失信主体", "subject")
    government_subject: bool = column(RECORD.government_subject, "是否政务主体", "whether a government subject")
    legal_representative: str | None = column(
        RECORD.legal_representative, "法定代表人或负责人", "legal representative", level=Clearance.L2
    )
    execution_basis: str | None = column(RECORD.execution_basis, "执行依据文号", "number of the document executed")
    basis_unit: str | None = column(RECORD.basis_unit, "作出执行依据单位", "who made it")
    duty: str | None = column(RECORD.duty, "生效法律文书确定的义务", "duty by the effective document")
    performance: str | None = column(RECORD.performance, "履行情况", "performance")
    case_facts: str | None = column(RECORD.case_facts, "基本案情", "facts of the case", level=Clearance.L2)
    conduct: str | None = column(
        RECORD.conduct, "失信行为具体情形", "what the dishonest conduct was", level=Clearance.L2
    )
    grounds: list[int] = column(
        RECORD.grounds, "失信情形代码1至6（法释〔2017〕7号第一条）", "grounds, codes 1 to 6 of the rule of 2017"
    )
    listed_on: date = column(RECORD.listed_on, "列入日期", "listed on")
    published_on: date | None = column(RECORD.published_on, "发布日期", "published on")
    deleted_on: date | None = column(RECORD.deleted_on, "删除日期", "deleted on")
    version: int = column(RECORD.version, "版本：每次变更递增", "version, grows with every change")
    status_since: datetime = column(RECORD.status_since, "现状态起始时间", "in this state since")
    rule_version: str | None = column(RECORD.rule_version, "适用规则版本", "version of the rule it was decided by")
    decision_number: str | None = column(RECORD.decision_number, "决定书文号", "number of the decision")
    decided_on: date | None = column(RECORD.decided_on, "决定日期", "decided on")
    grace_until: date | None = column(RECORD.grace_until, "宽限期至", "grace until")
    term_until: date | None = column(RECORD.term_until, "纳入期限至；情形一无期限", "term until; none on ground 1")
    deletion_ground: DeletionGround | None = column(RECORD.deletion_ground, "删除事由", "ground of the deletion")
    relist_barred_until: date | None = column(
        RECORD.relist_barred_until, "不得依申请重新纳入至", "no re-listing at the creditor's request until"
    )
    case_numbers_of_same_basis: list[str] = expression(
        _same_basis,
        "同一主体同一执行依据的全部在案案号",
        "case numbers of all listings of the debtor on the same basis",
        uses=(RECORD.id, RECORD.subject_id, RECORD.tenant_id, RECORD.execution_basis),
    )
    steps: list[DishonestyStep] = children(
        STEP.record_id, "所经步骤", "steps taken", order=ascending("按发生先后", "as they occurred", STEP.occurred_at)
    )
    clocks: list[DishonestyClock] = children(
        CLOCK.record_id, "期限", "periods", order=ascending("按届满先后", "by when they end", CLOCK.due_on)
    )
    updated_at: datetime = column(RECORD.updated_at, "更新时间", "last changed at")
    freshness: Freshness = freshness()


@filter_input("失信信息查询条件", "conditions on listings")
class DishonestyRecordFilter:
    mine: bool | None = own_rows("仅本单位报送或涉及本单位的", "only what the caller's organisation told or is told of")
    status: list[DishonestyStatus] | None = one_of(RECORD.status, "状态", "states")
    mirror_status: MirrorStatus | None = equals(RECORD.mirror_status, "是否在列", "whether still held")
    government_subject: bool | None = equals(RECORD.government_subject, "是否政务主体", "whether a government subject")
    case_number: str | None = replace(equals(RECORD.case_number, *CASE_NUMBER), accept=accept_case_number)
    court_id: strawberry.ID | None = is_node(RECORD.court_id, "OR", "执行法院标识", "id of the court")
    tags: list[CaseTagKind] | None = tagged("case_id")
    listed_from: date | None = at_least(RECORD.listed_on, "列入不早于", "listed on or after")
    listed_to: date | None = at_most(RECORD.listed_on, "列入不晚于", "listed on or before")
    jurisdiction_code: str | None = matches(in_jurisdiction, "区划代码，含下级", "jurisdiction code, with those below")


@strawberry.type(description=str(Text("候选单位", "a unit the body may be")))
class MatchCandidate:
    organization_id: strawberry.ID = said("单位标识", "id of the unit")
    organization_name: str = said("单位名称", "name of the unit")
    confidence: int = said("可信度（百分比）", "confidence in percent")
    reason: CandidateReason = said("理由", "reason")


async def _candidates(context: HubContext, rows: Sequence[Mapping[str, Any]]) -> list[list[MatchCandidate]]:
    async with context.reading() as session:
        wanted = select(MATCH).where(MATCH.id.in_([UUID(row["id"]) for row in rows]))
        known = {each.id: each for each in await session.scalars(wanted)}
        found = {key: await candidates(session, each.name, each.jurisdiction_path) for key, each in known.items()}
    return [
        [
            MatchCandidate(
                organization_id=strawberry.ID(encode_node_id("OR", each.unit.id)),
                organization_name=each.unit.name,
                confidence=each.confidence,
                reason=each.reason,
            )
            for each in found.get(UUID(row["id"]), ())
        ]
        for row in rows
    ]


@node("ON", "单位名称沿革", "name of a unit over time", model=NAME, scopes=(Scope.SUBJECT_MATCH,), level=Clearance.L0)
class OrganizationName(Node):
    organization: Organization = relation(NAME.organization_id, "单位", "unit")
    name: str = column(NAME.name, "名称", "name")
    kind: OrganizationNameKind = column(NAME.kind, "类别", "kind")
    valid_from: date | None = column(NAME.valid_from, "启用日期", "borne from")
    valid_to: date | None = column(NAME.valid_to, "停用日期", "borne until")
    basis: str = column(NAME.basis, "依据", "what it rests on")


@node("SM", "待比对主体", "body to be recognised", model=MATCH, scopes=(Scope.SUBJECT_MATCH,), level=Clearance.L0)
class SubjectMatch(Node):
    name: str = column(MATCH.name, "来源所用名称", "name the source used")
    source: str = column(MATCH.source, "来源系统", "source system")
    court: Organization = relation(MATCH.organization_id, "报送法院", "court that told it")
    status: SubjectMatchStatus = column(MATCH.status, "状态", "state")
    matched_organization: Organization | None = relation(MATCH.matched_organization_id, "对应单位", "the unit it is")
    created_at: datetime = column(MATCH.created_at, "首次报送时间", "first told at")
    decided_at: datetime | None = column(MATCH.decided_at, "比对时间", "decided at")
    version: int = column(MATCH.version, "版本", "version")
    candidates: list[MatchCandidate] = python(
        _candidates, "候选单位，可信度高的在前", "units it may be, the likeliest first", needs=(MATCH.id,)
    )


@filter_input("待比对主体查询条件", "conditions on bodies to be recognised")
class SubjectMatchFilter:
    status: SubjectMatchStatus | None = equals(MATCH.status, "状态", "state")


@query
class CreditQueries:
    organization_names: Connection[OrganizationName] = connection(
        "单位的全称、简称和旧称",
        "names of units over time",
        orders=only(ascending("先登记的在前", "earliest first", NAME.created_at)),
        scopes=(Scope.SUBJECT_MATCH,),
    )
    dishonesty_records: Connection[DishonestyRecord] = connection(
        "法院推送的失信被执行人信息：各单位只见本单位的，信用办可见所辖全部，最新列入在前",
        "listings that courts push: each unit its own rows, the credit office its jurisdiction, latest first",
        orders=only(descending("最新列入在前", "latest first", RECORD.listed_on)),
        filtered_by=DishonestyRecordFilter,
        scopes=READ,
    )
    dishonesty_record: DishonestyRecord | None = one(
        "按标识读取失信信息",
        "a listing by its id",
        by={"id": argument(strawberry.ID, is_node(RECORD.id, "DR", "标识", "id"))},
        scopes=READ,
    )
    subject_matches: Connection[SubjectMatch] = connection(
        "没有信用代码、名称不能唯一对应单位的主体，先报送的在前",
        "bodies without a code whose name is not that of exactly one unit, earliest first",
        orders=only(ascending("先报送的在前", "earliest first", MATCH.created_at)),
        filtered_by=SubjectMatchFilter,
        scopes=(Scope.SUBJECT_MATCH,),
    )
