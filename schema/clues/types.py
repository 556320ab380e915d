"""Fund clues as the court and finance see them; the accounts leave the hub through ``readFundClue`` alone."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import ColumnElement, case, or_

from hub.access.scopes import Scope
from hub.canonical.execution_codes import QueryUrgency
from hub.canonical.fund_codes import ClueDecline, ClueMoney, FundClueStatus, FundUsability
from hub.clues.workflow import CLUE as TABLE
from hub.clues.workflow import ClueFacts, clue_actors
from hub.core.principal import Clearance
from hub.db import models
from schema.binding.ambient import Ambient, Row
from schema.binding.declare import node, part
from schema.binding.fields import Attribute, children, column, expression, python, relation
from schema.binding.orders import ascending
from schema.linkage.computed import AvailableEvent, Possible, events_of
from schema.money import yuan_of
from schema.nodes import Node
from schema.organizations.types import Organization

if TYPE_CHECKING:
    from hub.db.session import ReadSession
    from schema.operation import HubContext

CLUE, ITEM = models.FundClue, models.FundClueItem
READ = (Scope.CLUE_READ,)


async def _events(context: HubContext, _session: ReadSession, rows: list[models.FundClue]) -> Mapping[UUID, Possible]:
    own, scopes = context.principal.organization_id, context.principal.scopes
    return {
        row.id: TABLE.available(row.status, actors=clue_actors(row, own), scopes=scopes, facts=ClueFacts(row))
        for row in rows
    }


def _told(attribute: Attribute, zh: str, en: str) -> Any:
    """What one of the two told the other: not for the auditor, who reads how a clue moved and never what it says."""

    def make(row: Row, ambient: Ambient) -> ColumnElement[Any]:
        theirs = or_(row.c.court_id == ambient.organization, row.c.finance_id == ambient.organization)
        return case((theirs, row.c[attribute.key]))

    return expression(make, zh, en, uses=(attribute, CLUE.court_id, CLUE.finance_id), level=Clearance.L2)


@part("一条资金线索", "one clue", model=ITEM, scopes=READ)
class FundClueItem:
    number: int = column(ITEM.number, "序号", "number")
    kind: ClueMoney = column(ITEM.kind, "资金种类", "kind of money")
    usability: FundUsability = column(ITEM.usability, "可否执行", "whether it may be executed against")
    budget_item: str | None = column(ITEM.budget_item, "预算科目或项目", "budget item", level=Clearance.L2)
    amount: str | None = expression(
        yuan_of("amount_fen"), "金额（元）", "amount in yuan", uses=(ITEM.amount_fen,), level=Clearance.L2
    )
    expected_on: date | None = column(ITEM.expected_on, "预计到账日期", "expected on", level=Clearance.L2)
    note: str | None = column(ITEM.note, "说明", "note", level=Clearance.L2)


@node("FC", "资金线索", "fund clue", model=CLUE, scopes=READ)
class FundClue(Node):
    status: FundClueStatus = column(CLUE.status, "状态", "state")
    court: Organization = relation(CLUE.court_id, "执行法院", "court")
    finance: Organization = relation(CLUE.finance_id, "财政部门", "finance department")
    debtor: Organization = relation(CLUE.debtor_id, "被执行单位", "public body that is the debtor")
    case_number: str = column(CLUE.case_number, "案号", "case number")
    requested_by_court: bool = column(CLUE.requested_by_court, "是否法院请求", "whether the court asked for it")
    urgency: QueryUrgency = column(CLUE.urgency, "紧急程度", "urgency")
    purpose_text: str | None = column(CLUE.purpose_text, "事由", "purpose", level=Clearance.L2)
    due_on: date | None = column(CLUE.due_on, "反馈期限", "to be answered by")
    answered_at: datetime | None = column(CLUE.answered_at, "反馈时间", "answered at")
    decline_reason: ClueDecline | None = column(CLUE.decline_reason, "不予提供的原因", "why none is given")
    answer_note: str | None = _told(
        CLUE.answer_note, "反馈说明，仅法院和财政部门可读", "note on the answer, for court and finance alone"
    )
    verify_by: date | None = column(CLUE.verify_by, "核实期限", "to be verified by")
    verified_at: datetime | None = column(CLUE.verified_at, "核实时间", "verified at")
    outcome_note: str | None = _told(
        CLUE.outcome_note, "结果说明，仅法院和财政部门可读", "note on the outcome, for court and finance alone"
    )
    ended_at: datetime | None = column(CLUE.ended_at, "办结时间", "over since")
    status_since: datetime = column(CLUE.status_since, "现状态起始时间", "in this state since")
    version: int = column(CLUE.version, "版本", "version")
    clues: list[FundClueItem] = children(
        ITEM.clue_id, "各条线索", "the clues", order=ascending("按序号", "by number", ITEM.number)
    )
    available_events: list[AvailableEvent] = python(
        events_of(CLUE, _events), "当前可办理的事件", "events possible now", needs=(CLUE.id,)
    )
