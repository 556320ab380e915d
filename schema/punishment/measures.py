"""Measures on listings with their feedback and interceptions; who carries out what."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, literal_column

from hub.access.scopes import Scope
from hub.canonical.exchange_codes import CheckMode
from hub.canonical.punishment_codes import (
    MeasureEnding,
    MeasureLevel,
    MeasureStatus,
    MeasureTarget,
    PunishmentField,
)
from hub.core.areas import Area
from hub.core.clock import local_date
from hub.core.principal import Clearance
from hub.db import models
from hub.punishment.facts import load_measure_facts, measure_actors
from hub.punishment.workflow import MEASURE as TABLE
from schema.binding.ambient import Ambient, Row
from schema.binding.declare import audience, node, part
from schema.binding.fields import children, column, expression, python, record, relation
from schema.binding.orders import ascending
from schema.checking.queries import Interception
from schema.credit.queries import DishonestyRecord
from schema.linkage.computed import AvailableEvent, Possible, events_of
from schema.linkage.parts import DueExplanation
from schema.nodes import Node
from schema.organizations.types import Jurisdiction, Organization

if TYPE_CHECKING:
    from hub.db.session import ReadSession
    from schema.operation import HubContext

READ = (Scope.MEASURE_READ,)
MEASURE, DUTY = models.JointPunishmentMeasure, models.MeasureAssignment
FEEDBACK, TIE = models.PunishmentFeedback, models.MeasureInterception
HANDED = models.MeasureHandover
LIFTING = MeasureStatus.LIFTING.value


def residual(row: Row, ambient: Ambient) -> ColumnElement[bool]:
    """To be lifted, and the day for it has ended."""
    waits = row.c.status == literal_column(f"'{LIFTING}'")
    return and_(waits, func.coalesce(row.c.lift_due_at <= ambient.now, literal_column("false")))


async def _events(context: HubContext, session: ReadSession, rows: list[Any]) -> Mapping[UUID, Possible]:
    facts = await load_measure_facts(session, rows, local_date(context.now))
    principal = context.principal
    return {
        row.id: TABLE.available(
            row.status,
            actors=measure_actors(principal, row),
            scopes=principal.scopes,
            facts=facts[row.id],
        )
        for row in rows
    }


@part("惩戒反馈", "feedback of an implementer", model=FEEDBACK, scopes=READ)
class PunishmentFeedback:
    organization: Organization = relation(FEEDBACK.organization_id, "反馈单位", "who tells it")
    text: str | None = column(FEEDBACK.text, "实施情况", "what was done", level=Clearance.L2)
    score_delta: int | None = column(FEEDBACK.score_delta, "绩效考核扣分", "points taken from the score")
    reported_at: datetime = column(FEEDBACK.reported_at, "反馈时间", "told at")


@part("措施改由另一单位实施", "a measure went to another implementer", model=HANDED, scopes=READ)
class MeasureHandover:
    former: Organization | None = relation(HANDED.from_id, "原实施单位", "who carried it out before")
    present: Organization = relation(HANDED.to_id, "改由其实施的单位", "who carries it out since")
    reason: str = column(HANDED.reason, "理由", "reason")
    handed_at: datetime = column(HANDED.handed_at, "移交时间", "when")


@node(
    "JP",
    "联合惩戒措施",
    "measure of joint punishment on a listing",
    model=MEASURE,
    scopes=READ,
    audience=audience(Area.CREDIT, own=(MEASURE.implementer_id, MEASURE.court_id, MEASURE.subject_organization_id)),
)
class JointPunishmentMeasure(Node):
    status: MeasureStatus = column(MEASURE.status, "状态", "state")
    status_since: datetime = column(MEASURE.status_since, "现状态起始时间", "in this state since")
    listing: DishonestyRecord | None = relation(
        MEASURE.record_id, "所据失信信息", "listing it rests on", scopes=(Scope.DISHONESTY_READ,)
    )
    court: Organization = relation(MEASURE.court_id, "执行法院", "court of the listing")
    subject_organization: Organization | None = relation(
        MEASURE.subject_organization_id, "失信单位", "listed unit, where the hub knows it"
    )
    implementer: Organization | None = relation(MEASURE.implementer_id, "实施单位", "who carries it out")
    jurisdiction: Jurisdiction = relation(MEASURE.jurisdiction_id, "区划", "jurisdiction")
    catalogue_version: str = column(MEASURE.catalogue_version, "目录版本", "version of the catalogue")
    code: str = column(MEASURE.code, "措施代码", "code")
    name: str = column(MEASURE.name, "措施名称", "name")
    field: PunishmentField = column(MEASURE.field, "惩戒领域", "field")
    legal_basis: str = column(MEASURE.legal_basis, "法律依据", "legal basis")
    clause: str | None = column(MEASURE.clause, "本地依据条款", "clause of the local notice")
    level: MeasureLevel = column(MEASURE.level, "应当或者可以采取", "mandatory or discretionary")
    target: MeasureTarget = column(MEASURE.target, "惩戒对象", "whom it meets")
    person_name: str | None = column(
        MEASURE.person_name,
        "人员姓名；人员并未被列入名单",
        "name of a person not listed",
        level=Clearance.L2,
    )
    match_mode: CheckMode = column(MEASURE.match_mode, "比对方式", "how it was matched")
    automatic: bool = column(MEASURE.automatic, "是否自动决定", "whether ordered automatically")
    needs_approval: bool = column(MEASURE.needs_approval, "是否须经核定逾期名单", "whether it needs an approved list")
    ordered_at: datetime | None = column(MEASURE.ordered_at, "决定时间", "ordered at")
    in_force_on: date | None = column(MEASURE.in_force_on, "开始实施日期", "in force from")
    order_number: str | None = column(MEASURE.order_number, "实施单位决定文号", "number of the implementer's order")
    reason: str | None = column(MEASURE.reason, "不采取、不实施或者暂停的理由", "why not, or not now", content=True)
    reason_basis: str | None = column(MEASURE.reason_basis, "该理由的法律依据", "legal basis of that", content=True)
    interception_count: int = column(MEASURE.interception_count, "拦截次数", "interceptions")
    feedback_count: int = column(MEASURE.feedback_count, "反馈次数", "feedback given")
    ending: MeasureEnding | None = column(MEASURE.ending, "失信信息因何结束", "how the listing ended")
    lift_requested_at: datetime | None = column(MEASURE.lift_requested_at, "要求解除时间", "lift requested at")
    lift_due_on: date | None = column(MEASURE.lift_due_on, "解除期限", "to be lifted by")
    lift_due_provisional: bool = column(MEASURE.lift_due_provisional, "期限是否暂定", "whether that is provisional")
    due_explanation: DueExplanation | None = record(MEASURE.deadline_basis, "期限依据", "why it is due then")
    residual: bool = expression(
        residual, "是否逾期未解除", "whether it should have been lifted", uses=(MEASURE.status, MEASURE.lift_due_at)
    )
    urge_count: int = column(MEASURE.urge_count, "催办次数", "times urged")
    escalation_level: int = column(MEASURE.escalation_level, "提级次数", "times escalated")
    lifted_at: datetime | None = column(MEASURE.lifted_at, "解除时间", "lifted at")
    receipt_number: str | None = column(MEASURE.receipt_number, "解除回执编号", "number of the receipt")
    receipt_digest: str | None = column(MEASURE.receipt_digest, "回执文件摘要", "SHA-256 of the receipt")
    lifted_by: str | None = column(MEASURE.lifted_by, "经办人", "who lifted it", level=Clearance.L2)
    verified_at: datetime | None = column(MEASURE.verified_at, "核实时间", "verified at")
    annulled_at: datetime | None = column(MEASURE.annulled_at, "作废时间", "annulled at")
    orphaned_on: date | None = column(
        MEASURE.orphaned_on, "自该日起无人实施，待另行指定", "nobody carries it out since"
    )
    created_at: datetime = column(MEASURE.created_at, "比中时间", "matched at")
    updated_at: datetime = column(MEASURE.updated_at, "更新时间", "last changed at")
    version: int = column(MEASURE.version, "版本", "version")
    feedback: list[PunishmentFeedback] = children(
        FEEDBACK.measure_id, "惩戒反馈", "feedback", order=ascending("按时间", "by time", FEEDBACK.reported_at)
    )
    handovers: list[MeasureHandover] = children(
        HANDED.measure_id, "历次移交", "handovers", order=ascending("按时间", "by time", HANDED.handed_at)
    )
    available_events: list[AvailableEvent] = python(
        events_of(MEASURE, _events), "当前可办理的事件", "events possible now", needs=(MEASURE.id,)
    )


@node("MX", "措施与拦截的对应", "interception that rested on a measure", model=TIE, scopes=READ, level=Clearance.L0)
class MeasureInterception(Node):
    measure: JointPunishmentMeasure | None = relation(TIE.measure_id, "所据措施", "measure")
    organization: Organization = relation(TIE.organization_id, "拦截单位", "who intercepted")
    interception: Interception | None = relation(
        TIE.interception_id, "拦截", "interception", scopes=(Scope.DISHONESTY_CHECK,)
    )
    at: datetime = column(TIE.at, "拦截时间", "when")
    affected_at: datetime | None = column(
        TIE.affected_at, "失信信息撤销、须复核该处置的时间", "listing revoked at; the decision is to be seen again"
    )


@node("MA", "措施实施单位", "who carries a measure out", model=DUTY, scopes=READ, level=Clearance.L0)
class MeasureAssignment(Node):
    code: str = column(DUTY.code, "措施代码", "code of the measure")
    organization: Organization = relation(DUTY.organization_id, "实施单位", "implementer")
    jurisdiction: Jurisdiction = relation(DUTY.jurisdiction_id, "区划", "jurisdiction")
    clause: str = column(DUTY.clause, "依据条款", "clause")
    valid_from: date = column(DUTY.valid_from, "起始日期", "from")
    valid_to: date | None = column(DUTY.valid_to, "终止日期", "until")
    successor: Organization | None = relation(DUTY.successor_id, "承接单位", "who follows it")
    end_reason: str | None = column(DUTY.end_reason, "终止理由", "why it ends")
    settled_at: datetime | None = column(
        DUTY.settled_at, "在办措施已移交或者列为无人实施的时间", "its measures settled at"
    )
    version: int = column(DUTY.version, "版本", "version")
