"""Bankruptcies, their matters and stability plans as those who take part see them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import ColumnElement, Date, cast, func

from hub.access.scopes import Scope
from hub.bankruptcy.facts import CoordinationFacts, coordination_actors, load_matter_facts, matter_actors, plan_actors
from hub.bankruptcy.plan_workflow import APPROVER, PLAN, PlanFacts
from hub.bankruptcy.workflow import BANKRUPTCY, MATTER
from hub.canonical.bankruptcy_codes import (
    BankruptcyMatterStatus,
    BankruptcyMatterType,
    BankruptcyOutcome,
    BankruptcyStatus,
    PetitionRisk,
    StabilityApprover,
    StabilityStatus,
)
from hub.core.areas import Area
from hub.core.clock import SHANGHAI, local_date
from hub.core.principal import Clearance
from hub.db import models
from schema.binding.ambient import Ambient, Row
from schema.binding.declare import audience, node
from schema.binding.fields import children, column, expression, python, record, records, relation
from schema.binding.orders import ascending
from schema.integrity.records import IntegrityEvidence
from schema.linkage.computed import AvailableEvent, Possible, events_of
from schema.linkage.parts import DueExplanation
from schema.nodes import Node
from schema.organizations.types import Jurisdiction, Organization

if TYPE_CHECKING:
    from hub.db.session import ReadSession
    from schema.operation import HubContext

CASE, ROW, PLANNED = models.BankruptcyCoordination, models.BankruptcyMatter, models.StabilityPlan
READ = (Scope.BANKRUPTCY_READ,)


async def _plan_events(
    context: HubContext, session: ReadSession, rows: list[models.StabilityPlan]
) -> Mapping[UUID, Possible]:
    found: dict[UUID, Possible] = {}
    for row in rows:
        pack = await context.services.policy.pack(session, row.jurisdiction_id, local_date(context.now))
        actors = plan_actors(context.principal, row, StabilityApprover(pack.choice(APPROVER)))
        scopes = context.principal.scopes
        found[row.id] = PLAN.available(row.status, actors=actors, scopes=scopes, facts=PlanFacts(row))
    return found


async def _matter_events(
    context: HubContext, session: ReadSession, rows: list[models.BankruptcyMatter]
) -> Mapping[UUID, Possible]:
    facts = await load_matter_facts(session, rows, local_date(context.now))
    return {
        row.id: MATTER.available(
            row.status,
            actors=matter_actors(context.principal, row),
            scopes=context.principal.scopes,
            facts=facts[row.id],
        )
        for row in rows
    }


async def _case_events(
    context: HubContext, _session: ReadSession, rows: list[models.BankruptcyCoordination]
) -> Mapping[UUID, Possible]:
    today = local_date(context.now)
    return {
        row.id: BANKRUPTCY.available(
            row.status,
            actors=coordination_actors(context.principal, row),
            scopes=context.principal.scopes,
            facts=CoordinationFacts(row, today),
        )
        for row in rows
    }


def _overdue(row: Row, ambient: Ambient) -> ColumnElement[Any]:
    today = cast(func.timezone(SHANGHAI.key, ambient.now), Date)
    return func.coalesce(row.c.due_on < today, False)


@node(
    "SP",
    "不动产处置维稳方案",
    "stability plan of a disposal of real estate",
    model=PLANNED,
    scopes=READ,
    audience=audience(Area.LINKAGE, own=(PLANNED.proposer_id, PLANNED.responsible_id)),
)
class StabilityPlan(Node):
    status: StabilityStatus = column(PLANNED.status, "状态", "state")
    proposer: Organization = relation(PLANNED.proposer_id, "提交单位", "who submitted it")
    responsible: Organization = relation(PLANNED.responsible_id, "属地责任单位", "local body that answers for it")
    risk: PetitionRisk = column(PLANNED.risk, "信访风险等级", "risk of petitions")
    risk_study: str = column(PLANNED.risk_study, "信访风险研判", "study of the petition risk")
    plan: str = column(PLANNED.plan, "维稳方案", "plan")
    due_on: date | None = column(PLANNED.due_on, "批准期限", "to be approved by")
    due_explanation: DueExplanation | None = record(PLANNED.due_basis, "期限依据", "why it is due then")
    approved_by: Organization | None = relation(PLANNED.approved_by_id, "批准单位", "who approved it")
    approved_at: datetime | None = column(PLANNED.approved_at, "批准时间", "approved at")
    return_reason: str | None = column(PLANNED.return_reason, "退回理由", "why it was returned")
    version: int = column(PLANNED.version, "版本", "version")
    available_events: list[AvailableEvent] = python(
        events_of(PLANNED, _plan_events), "当前可办理的事件", "events possible now", needs=(PLANNED.id,)
    )


@node(
    "BM",
    "破产协调事项",
    "matter of a bankruptcy",
    model=ROW,
    scopes=READ,
    audience=audience(Area.LINKAGE, own=(ROW.court_id, ROW.owner_id)),
)
class BankruptcyMatter(Node):
    number: int = column(ROW.number, "序号", "number")
    type: BankruptcyMatterType = column(ROW.type, "种类", "kind")
    status: BankruptcyMatterStatus = column(ROW.status, "状态", "state")
    court: Organization = relation(ROW.court_id, "法院", "court")
    owner: Organization | None = relation(ROW.owner_id, "责任单位", "unit that owns it")
    title: str = column(ROW.title, "事项", "what is needed")
    content: str = column(ROW.content, "具体情况和需求", "circumstances and need")
    method: str | None = column(ROW.method, "办理办法", "how it is to be handled")
    due_on: date | None = column(ROW.due_on, "当前环节期限", "the present step is due on")
    due_explanation: DueExplanation | None = record(ROW.due_basis, "期限依据", "why it is due then")
    overdue: bool = expression(_overdue, "是否逾期", "whether it is overdue", uses=(ROW.due_on,))
    assigned_at: datetime | None = column(ROW.assigned_at, "分派时间", "assigned at")
    accepted_at: datetime | None = column(ROW.accepted_at, "接收时间", "taken on at")
    result: str | None = column(ROW.result, "办理结果", "result")
    result_evidence: list[IntegrityEvidence] | None = records(
        ROW.result_evidence, "佐证材料", "evidence", level=Clearance.L2
    )
    return_reason: str | None = column(ROW.return_reason, "退回或者撤回的理由", "why it was returned or withdrawn")
    urge_count: int = column(ROW.urge_count, "催办次数", "times urged")
    urge_note: str | None = column(ROW.urge_note, "最近一次催办", "the latest urging")
    settled_at: datetime | None = column(ROW.settled_at, "办结时间", "settled at")
    version: int = column(ROW.version, "版本", "version")
    plans: list[StabilityPlan] = children(
        PLANNED.matter_id,
        "维稳方案",
        "stability plan",
        order=ascending("按标识", "by id", PLANNED.created_at, PLANNED.id),
    )
    available_events: list[AvailableEvent] = python(
        events_of(ROW, _matter_events), "当前可办理的事件", "events possible now", needs=(ROW.id,)
    )


@node(
    "BC",
    "破产府院协调",
    "coordination of a bankruptcy",
    model=CASE,
    scopes=READ,
)
class BankruptcyCoordination(Node):
    status: BankruptcyStatus = column(CASE.status, "状态", "state")
    court: Organization = relation(CASE.court_id, "法院", "court")
    jurisdiction: Jurisdiction = relation(CASE.jurisdiction_id, "区划", "jurisdiction")
    case_number: str = column(CASE.case_number, "破产案号", "number of the case")
    debtor_name: str = column(CASE.debtor_name, "债务人企业", "debtor enterprise")
    debtor_uscc: str = column(CASE.debtor_uscc, "债务人统一社会信用代码", "unified social credit code of the debtor")
    accepted_on: date = column(CASE.accepted_on, "受理日期", "accepted on")
    ruling_no: str = column(CASE.ruling_no, "受理裁定文号", "number of the ruling of acceptance")
    ruling_digest: str = column(CASE.ruling_digest, "受理裁定的SHA-256", "SHA-256 of that ruling")
    administrator: str = column(CASE.administrator, "管理人", "administrator")
    assetless: bool = column(CASE.assetless, "是否无产可破", "whether the estate cannot pay the proceedings")
    sham_review: str = column(CASE.sham_review, "防范假破产的审查情况", "review against sham bankruptcy")
    assign_by: date | None = column(CASE.assign_by, "分派期限", "to be assigned by")
    measures_no: str | None = column(CASE.measures_no, "《具体办法》文号", "number of the measures")
    measures: str | None = column(CASE.measures, "责任分工和工作要求", "the measures")
    reviewed_at: datetime | None = column(CASE.reviewed_at, "审核时间", "reviewed at")
    outcome: BankruptcyOutcome | None = column(CASE.outcome, "裁定结果", "outcome")
    outcome_on: date | None = column(CASE.outcome_on, "裁定日期", "decided on")
    outcome_no: str | None = column(CASE.outcome_no, "裁定文号", "number of the ruling")
    outcome_digest: str | None = column(CASE.outcome_digest, "裁定书的SHA-256", "SHA-256 of the ruling")
    closed_at: datetime | None = column(CASE.closed_at, "终结时间", "closed at")
    version: int = column(CASE.version, "版本", "version")
    matters: list[BankruptcyMatter] = children(
        ROW.coordination_id,
        "事项；责任单位仅见本单位的",
        "matters; a unit sees its own alone",
        order=ascending("按序号", "by number", ROW.number, ROW.id),
    )
    available_events: list[AvailableEvent] = python(
        events_of(CASE, _case_events), "当前可办理的事件", "events possible now", needs=(CASE.id,)
    )
