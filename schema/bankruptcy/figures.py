"""Yearly figures of the funds."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import strawberry
from sqlalchemy import select

from hub.access.scopes import Scope
from hub.bankruptcy.figures import FundYear, S, fund_years
from hub.canonical.bankruptcy_codes import FundKind
from hub.core.money import yuan
from hub.core.texts import Text
from hub.db.models import Jurisdiction
from schema.binding.conditions import argument, chosen
from schema.binding.declare import query, said
from schema.binding.fields import answered

if TYPE_CHECKING:
    from schema.operation import HubContext


@strawberry.type(description=str(Text("资金年度数字；金额以元计", "figures of a fund for a year, in yuan")))
class FundFigures:
    kind: FundKind = said("资金种类", "kind of fund")
    fiscal_year: int = said("预算年度", "fiscal year")
    budget: str = said("年度预算", "budget")
    approved: str = said("已批准", "approved")
    paid: str = said("已支付", "paid")
    balance: str = said("余额", "balance")
    applied_count: int = said("申请件数；法院仅计本院的", "applications; of a court its own")
    approved_count: int = said("批准件数，含已支付", "approved, with those paid")
    paid_count: int = said("支付件数", "paid")
    refused_count: int = said("不予批准件数", "refused")
    ties_out: bool | None = said("逐件合计与账户是否一致；法院为空", "whether the sums tie out; null for a court")


def _shown(each: FundYear) -> FundFigures:
    account = each.account
    return FundFigures(
        kind=account.kind,
        fiscal_year=account.fiscal_year,
        budget=yuan(account.budget_fen),
        approved=yuan(account.approved_fen),
        paid=yuan(account.paid_fen),
        balance=yuan(account.budget_fen - account.approved_fen),
        applied_count=each.of(*S).count,
        approved_count=each.of(S.APPROVED, S.PAID).count,
        paid_count=each.of(S.PAID).count,
        refused_count=each.of(S.REFUSED).count,
        ties_out=each.ties_out,
    )


async def _figures(context: HubContext, given: Mapping[str, Any]) -> list[FundFigures]:
    async with context.reading() as session:
        of = select(Jurisdiction.path).where(Jurisdiction.code == given["jurisdictionCode"])
        path = await session.scalar(of)
        found = [] if path is None else await fund_years(session, context.principal, path, given["year"])
        return [_shown(each) for each in found]


@query
class FigureQueries:
    fund_figures: list[FundFigures] = answered(
        _figures,
        "破产援助和执行救助资金的年度数字",
        "yearly figures of the funds",
        arguments={
            "jurisdiction_code": argument(str, chosen("区划代码，含下级", "jurisdiction code, with those below")),
            "year": argument(int, chosen("预算年度", "fiscal year")),
        },
        scopes=(Scope.FUND_READ,),
    )
