"""Performance plans with what was paid of them, the budget they stand in, and their former editions."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import Date, Integer, and_, cast, func

from hub.access.scopes import Scope
from hub.canonical.fund_codes import PerformancePlanStatus
from hub.core.clock import SHANGHAI, local_date
from hub.core.principal import Clearance
from hub.db import models
from hub.plans.plans import plan_events
from schema.binding.ambient import Ambient, Row
from schema.binding.declare import node, part
from schema.binding.fields import children, column, expression, python, records, relation, value
from schema.binding.orders import ascending
from schema.linkage.computed import AvailableEvent, Possible, events_of
from schema.money import yuan_of
from schema.nodes import Node
from schema.organizations.types import Organization

if TYPE_CHECKING:
    from hub.db.session import ReadSession
    from schema.operation import HubContext

PLAN, INSTALMENT, PAYMENT = models.PerformancePlan, models.PlanInstalment, models.PlanPayment
ENTRY, EDITION = models.BudgetArrangement, models.PlanEdition
READ = (Scope.PLAN_READ,)


async def _events(
    context: HubContext, session: ReadSession, rows: list[models.PerformancePlan]
) -> Mapping[UUID, Possible]:
    return await plan_events(session, context.principal, rows, local_date(context.now))


def _standing(row: Row, _: Ambient) -> Any:
    return row.c.dropped_in.is_(None)


def _overdue(row: Row, ambient: Ambient) -> Any:
    today = cast(func.timezone(SHANGHAI.key, ambient.now), Date)
    return and_(row.c.paid_fen < row.c.amount_fen, row.c.due_on < today)


def _percent(row: Row, _: Ambient) -> Any:
    return cast(row.c.paid_fen * 100 // row.c.amount_fen, Integer)


def _amount(attribute: Any, zh: str, en: str) -> Any:
    return expression(yuan_of(attribute.key), zh, en, uses=(attribute,), level=Clearance.L2)


@part("一期", "an instalment", model=INSTALMENT, scopes=READ)
class PlanInstalment:
    number: int = column(INSTALMENT.number, "期次", "number")
    due_on: date = column(INSTALMENT.due_on, "期限", "due on")
    amount: str | None = _amount(INSTALMENT.amount_fen, "金额（元）", "amount in yuan")
    paid_amount: str | None = _amount(INSTALMENT.paid_fen, "已付（元）", "paid, in yuan")
    overdue: bool = expression(
        _overdue,
        "是否逾期未付",
        "whether its day has passed unpaid",
        uses=(INSTALMENT.paid_fen, INSTALMENT.amount_fen, INSTALMENT.due_on),
    )


@part("付款", "a payment", model=PAYMENT, scopes=READ)
class PlanPayment:
    instalment_number: int = column(PAYMENT.instalment_number, "期次", "number of the instalment")
    amount: str | None = _amount(PAYMENT.amount_fen, "金额（元）", "amount in yuan")
    paid_on: date = column(PAYMENT.paid_on, "付款日期", "paid on")
    voucher: str | None = column(PAYMENT.voucher, "付款凭证号", "voucher", level=Clearance.L2)


@part("预算安排", "an entry of the budget", model=ENTRY, scopes=READ)
class BudgetArrangement:
    position: int = column(ENTRY.position, "顺序", "position")
    fiscal_year: int = column(ENTRY.fiscal_year, "预算年度", "fiscal year")
    amount: str | None = _amount(ENTRY.amount_fen, "金额（元）", "amount in yuan")
    budget_item: str = column(ENTRY.budget_item, "预算科目", "budget item")
    document_number: str = column(ENTRY.document_number, "预算文号", "document number")
    edition: int = column(ENTRY.edition, "所依据的计划版次", "edition of the plan it was made for")
    dropped_in: int | None = column(ENTRY.dropped_in, "自计划第几版起不再适用", "edition from which it counts no more")


@part("原计划的一期", "an instalment of an edition", scopes=READ)
class EditionInstalment:
    number: int = value("number", "期次", "number")
    due_on: date = value("dueOn", "期限", "due on")
    amount_fen: int = value("amountFen", "金额（分）", "amount in fen")


@part("计划的一版", "one edition of a plan", model=EDITION, scopes=READ)
class PlanEdition:
    edition: int = column(EDITION.edition, "版次", "edition")
    amount: str | None = _amount(EDITION.amount_fen, "总额（元）", "amount in yuan")
    reason: str | None = column(EDITION.reason, "变更理由", "why it was changed", level=Clearance.L2)
    made_by: Organization = relation(EDITION.made_by_id, "制定单位", "who made it")
    instalments: list[EditionInstalment] = records(EDITION.instalments, "各期", "instalments")


@node("PF", "履行计划", "performance plan", model=PLAN, scopes=READ)
class PerformancePlan(Node):
    status: PerformancePlanStatus = column(PLAN.status, "状态", "state")
    court: Organization = relation(PLAN.court_id, "执行法院", "court")
    finance: Organization = relation(PLAN.finance_id, "财政部门", "finance department")
    debtor: Organization = relation(PLAN.debtor_id, "被执行单位", "public body that is the debtor")
    proposer: Organization = relation(PLAN.proposer_id, "提出单位", "who proposed it")
    case_number: str = column(PLAN.case_number, "案号", "case number")
    edition: int = column(PLAN.edition, "版次", "edition")
    amount: str | None = _amount(PLAN.amount_fen, "总额（元）", "amount in yuan")
    paid_amount: str | None = _amount(PLAN.paid_fen, "已付（元）", "paid, in yuan")
    paid_percent: int = expression(
        _percent, "已付百分比，向下取整", "percent paid, rounded down", uses=(PLAN.paid_fen, PLAN.amount_fen)
    )
    note: str | None = column(PLAN.note, "说明", "note", level=Clearance.L2)
    budget_due_on: date | None = column(PLAN.budget_due_on, "列入预算的期限", "to be in the budget by")
    status_since: datetime = column(PLAN.status_since, "现状态起始时间", "in this state since")
    version: int = column(PLAN.version, "版本", "version")
    instalments: list[PlanInstalment] = children(
        INSTALMENT.plan_id,
        "现行各期",
        "instalments in force",
        order=ascending("按期限", "as they fall due", INSTALMENT.due_on, INSTALMENT.number),
        where=_standing,
    )
    payments: list[PlanPayment] = children(
        PAYMENT.plan_id, "历次付款", "payments", order=ascending("按先后", "as paid", PAYMENT.paid_on, PAYMENT.id)
    )
    arrangements: list[BudgetArrangement] = children(
        ENTRY.plan_id, "预算安排", "budget", order=ascending("按顺序", "in order", ENTRY.position)
    )
    editions: list[PlanEdition] = children(
        EDITION.plan_id, "历版计划", "editions", order=ascending("按版次", "by edition", EDITION.edition)
    )
    available_events: list[AvailableEvent] = python(
        events_of(PLAN, _events), "当前可办理的事件", "events possible now", needs=(PLAN.id,)
    )
