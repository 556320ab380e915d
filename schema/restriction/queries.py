"""Orders that restrict consumption. Whoever they restrict is not thereby listed, and is never shown as listed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import strawberry

from hub.access.scopes import Scope
from hub.canonical.exchange_codes import AssociatedRole, MirrorStatus
from hub.core.principal import Clearance
from hub.db import models
from schema.binding.conditions import argument, equals, is_node
from schema.binding.declare import filter_input, node, part, query
from schema.binding.fields import Connection, children, column, connection, one, relation
from schema.binding.orders import ascending, descending, only
from schema.cases.queries import CASE_NUMBER, accept_case_number
from schema.nodes import Node
from schema.organizations.types import Organization
from schema.subjects.freshness import Freshness, freshness

ORDER, PERSON, STEP = models.ConsumptionRestriction, models.RestrictedPerson, models.RestrictionStep
READ = (Scope.DISHONESTY_READ,)


@part(
    "随单位被限制消费的人员；不是失信被执行人",
    "a person restricted beside a unit, not listed",
    model=PERSON,
    scopes=READ,
)
class RestrictedPerson:
    role: AssociatedRole = column(PERSON.role, "身份", "as what")
    name_masked: str | None = column(PERSON.name_masked, "姓名（脱敏）", "name, masked", level=Clearance.L2)


@part("法院每次所报", "what the court told, each time", model=STEP, scopes=READ)
class RestrictionStep:
    status: MirrorStatus = column(STEP.status, "是否有效", "whether in force")
    exempted_on: date | None = column(STEP.exempted_on, "一次性解除日期", "exempted once on")
    lifted_on: date | None = column(STEP.lifted_on, "解除日期", "lifted on")
    occurred_at: datetime = column(STEP.occurred_at, "法院所称时点", "when, as the court says")
    source_version: int = column(STEP.source_version, "版本", "version at the court")
    late: bool = column(STEP.late, "是否迟到", "whether something newer had been told before")


@node("CP", "限制消费令", "order that restricts consumption", model=ORDER, scopes=READ)
class ConsumptionRestriction(Node):
    status: MirrorStatus = column(ORDER.status, "是否有效", "whether in force")
    order_number: str = column(ORDER.order_number, "限制消费令文号", "number of the order")
    case_number: str = column(ORDER.case_number, *CASE_NUMBER)
    court: Organization = relation(ORDER.court_id, "作出的法院", "court that made it")
    organization: Organization | None = relation(ORDER.organization_id, "被限制的单位", "the unit restricted")
    subject_name: str = column(ORDER.subject_masked, "被限制的主体；个人姓名脱敏", "who is restricted; a person masked")
    legal_basis: str = column(ORDER.legal_basis, "依据", "legal basis")
    ordered_on: date = column(ORDER.listed_on, "作出日期", "made on")
    exempted_on: date | None = column(ORDER.exempted_on, "一次性解除日期", "exempted once on")
    exemption_reason: str | None = column(
        ORDER.exemption_reason, "一次性解除事由", "why it was exempted once", level=Clearance.L2
    )
    lifted_on: date | None = column(ORDER.lifted_on, "解除日期", "lifted on")
    lift_reason: str | None = column(ORDER.lift_reason, "解除事由", "why it was lifted")
    version: int = column(ORDER.version, "版本", "version")
    persons: list[RestrictedPerson] = children(
        PERSON.restriction_id,
        "随单位被限制的人员",
        "persons restricted beside the unit",
        order=ascending("按身份", "by what they are", PERSON.role),
    )
    steps: list[RestrictionStep] = children(
        STEP.restriction_id, "法院历次所报", "what was told", order=ascending("按先后", "in order", STEP.occurred_at)
    )
    updated_at: datetime = column(ORDER.updated_at, "更新时间", "last changed at")
    freshness: Freshness = freshness()


@filter_input("限制消费令查询条件", "conditions on orders that restrict consumption")
class ConsumptionRestrictionFilter:
    status: MirrorStatus | None = equals(ORDER.status, "是否有效", "whether in force")
    case_number: str | None = replace(equals(ORDER.case_number, *CASE_NUMBER), accept=accept_case_number)
    organization_id: strawberry.ID | None = is_node(ORDER.organization_id, "OR", "被限制的单位", "the unit restricted")


@query
class RestrictionQueries:
    consumption_restrictions: Connection[ConsumptionRestriction] = connection(
        "法院推送的限制消费令：法院、被限制的单位和信用办可见，最新的在前",
        "orders that courts push: seen by the court, the unit restricted and the credit office, latest first",
        orders=only(descending("最新的在前", "latest first", ORDER.listed_on)),
        filtered_by=ConsumptionRestrictionFilter,
        scopes=READ,
    )
    consumption_restriction: ConsumptionRestriction | None = one(
        "按标识读取限制消费令",
        "an order by its id",
        by={"id": argument(strawberry.ID, is_node(ORDER.id, "CP", "标识", "id"))},
        scopes=READ,
    )
