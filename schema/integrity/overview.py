"""How public bodies leave the list of dishonest judgment debtors: figures downward, units for who may read them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import strawberry

from hub.access.scopes import Scope
from hub.canonical.integrity_codes import ClearanceUnit
from hub.core.ids import encode_node_id
from hub.core.money import yuan
from hub.core.texts import Text
from hub.integrity.clearing import Clearing, Overview, StandingUnit, overview
from schema.binding.conditions import argument, chosen
from schema.binding.declare import query, said
from schema.binding.fields import answered

if TYPE_CHECKING:
    from schema.operation import HubContext


@strawberry.type(description=str(Text("清零进度数字", "figures of the clearing progress")))
class ClearanceFigures:
    bodies_listed: int = said("本期新列入的主体数", "bodies newly listed in the period")
    bodies_cleared: int = said("本期清零的主体数：退出且期末不在列", "bodies that left in the period and stand no more")
    bodies_remaining: int = said("期末在列主体数", "bodies on the list at the end of the period")
    cases_listed: int = said("本期新列入的案件数", "cases newly listed in the period")
    cases_cleared: int = said("本期退出的案件数", "cases that left in the period")
    cases_remaining: int = said("期末在列案件数", "cases on the list at the end of the period")
    oldest_on: date | None = said("期末在列最久一件的列入日期", "when the longest standing was listed")
    median_days: int | None = said("本期退出案件在列天数的中位数", "median days listed of the cases that left")
    remaining_amount: str | None = said(
        "期末在列案件金额合计（元）；可计金额的案件过少时为空",
        "claims of the remaining cases in yuan; null where too few are known",
    )
    percent: int | None = said("清零率（百分比）：清零 ÷（清零＋在列）", "percent cleared of those that stood")


@strawberry.type(description=str(Text("一个区划的清零进度", "clearing progress of a jurisdiction")))
class JurisdictionClearance:
    code: str = said("区划代码", "jurisdiction code")
    name: str = said("区划名称", "name of the jurisdiction")
    figures: ClearanceFigures = said("数字", "figures")


@strawberry.type(description=str(Text("一个在列的政务主体", "a public body on the list")))
class ListedBody:
    organization_id: strawberry.ID | None = said("对应的本中枢单位标识", "id of the unit of the hub it is")
    name: str = said("名称", "name")
    case_numbers: list[str] = said("在列案号", "case numbers it is listed by")
    oldest_on: date = said("最早列入日期", "listed since")


@strawberry.type(description=str(Text("清零进度的口径", "definition of the clearing progress")))
class ClearanceDefinition:
    unit: ClearanceUnit = said("计数单位", "what is counted")
    clause: str | None = said("依据条款；产品默认时为空", "clause; null where it is the product's default")
    pack_version: str = said("政策包版本", "version of the policy pack")


@strawberry.type(description=str(Text("政务失信清零总览", "overview of the dishonesty of public bodies")))
class GovernmentDishonestyOverview:
    code: str = said("区划代码", "jurisdiction code")
    name: str = said("区划名称", "name of the jurisdiction")
    as_of: datetime = said("数据截止时间", "figures stand as at")
    definition: ClearanceDefinition = said("口径", "definition")
    total: ClearanceFigures = said("合计", "total")
    jurisdictions: list[JurisdictionClearance] = said("本级和各下级区划", "the jurisdiction itself and those below it")
    units: list[ListedBody] = said("现在列的主体，列入最久的在前", "bodies on the list now, the longest listed first")


async def _overview(context: HubContext, given: Mapping[str, Any]) -> GovernmentDishonestyOverview | None:
    async with context.reading() as session:
        found = await overview(
            session,
            context.services.policy,
            context.principal,
            given["jurisdictionCode"],
            (given["from"], given["to"]),
            now=context.now,
        )
    return None if found is None else _shown(found, context.now)


def _shown(found: Overview, now: datetime) -> GovernmentDishonestyOverview:
    return GovernmentDishonestyOverview(
        code=found.jurisdiction.code,
        name=found.jurisdiction.name,
        as_of=now,
        definition=ClearanceDefinition(
            unit=found.unit, clause=found.basis.clause, pack_version=found.basis.pack_version or ""
        ),
        total=_figures(found.total),
        jurisdictions=[
            JurisdictionClearance(code=place.code, name=place.name, figures=_figures(each))
            for place, each in found.places
        ],
        units=[_body(each) for each in found.units],
    )


def _figures(each: Clearing) -> ClearanceFigures:
    fen = each.amount_fen
    return ClearanceFigures(
        bodies_listed=each.bodies_listed,
        bodies_cleared=each.bodies_cleared,
        bodies_remaining=each.bodies_remaining,
        cases_listed=each.cases_listed,
        cases_cleared=each.cases_cleared,
        cases_remaining=each.cases_remaining,
        oldest_on=each.oldest_on,
        median_days=each.median_days,
        remaining_amount=None if fen is None else yuan(fen),
        percent=each.percent,
    )


def _body(each: StandingUnit) -> ListedBody:
    key = each.organization_id
    return ListedBody(
        organization_id=None if key is None else strawberry.ID(encode_node_id("OR", key)),
        name=each.name,
        case_numbers=list(each.case_numbers),
        oldest_on=each.oldest_on,
    )


@query
class OverviewQueries:
    government_dishonesty_overview: GovernmentDishonestyOverview | None = answered(
        _overview,
        "政务主体失信清零进度：按职能可见该区划全部的单位可读，其他为空",
        "how public bodies clear the list; null unless the caller's role covers the jurisdiction whole",
        arguments={
            "jurisdiction_code": argument(str, chosen("区划代码，含下级", "jurisdiction code, with those below")),
            "from": argument(date, chosen("起日", "first day")),
            "to": argument(date, chosen("止日，不晚于今天", "last day, not after today")),
        },
        scopes=(Scope.DISHONESTY_READ,),
    )
