"""Public figures of the double lists: numbers of approved items, never a row."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import strawberry
from sqlalchemy import column, func, select

from hub.access.scopes import Scope
from hub.canonical.codes import ItemStatus, ListSide
from hub.core.texts import Text
from schema.binding.conditions import argument, chosen
from schema.binding.declare import query, said
from schema.binding.fields import answered

if TYPE_CHECKING:
    from schema.operation import HubContext


@strawberry.type(description=str(Text("一类清单事项的数量", "number of items of one side and state")))
class ItemCount:
    side: ListSide = said("清单类别", "side of the double list")
    status: ItemStatus = said("状态", "state")
    items: int = said("事项数", "number of items")
    overdue: int = said("其中逾期数", "of these, overdue")


@strawberry.type(description=str(Text("年度双清单公开统计", "public figures of a year's double list")))
class LinkageStatistics:
    items: int = said("审定的事项数", "approved items")
    completed: int = said("已办结数", "completed")
    completion_percent: int = said("办结率（百分比，四舍五入）", "percent completed, rounded")
    overdue: int = said("逾期数", "overdue")
    counts: list[ItemCount] = said("按类别和状态", "by side and state")


async def _statistics(context: HubContext, given: Mapping[str, Any]) -> LinkageStatistics:
    call = func.public_item_counts(given["jurisdictionCode"], given["year"], context.now).table_valued(
        column("side"), column("status"), column("items"), column("overdue")
    )
    async with context.reading() as session:
        rows = list(await session.execute(select(call)))
    items = sum(row.items for row in rows)
    completed = sum(row.items for row in rows if row.status == ItemStatus.COMPLETED.value)
    return LinkageStatistics(
        items=items,
        completed=completed,
        completion_percent=round(100 * completed / items) if items else 0,
        overdue=sum(row.overdue for row in rows),
        counts=[
            ItemCount(side=ListSide(row[0]), status=ItemStatus(row[1]), items=row[2], overdue=row[3]) for row in rows
        ],
    )


@query
class StatisticsQueries:
    linkage_statistics: LinkageStatistics = answered(
        _statistics,
        "区划某年度双清单的公开统计，含下级",
        "public figures of a jurisdiction's double list, with those below",
        arguments={
            "jurisdiction_code": argument(str, chosen("区划代码", "jurisdiction code")),
            "year": argument(int, chosen("年度", "year")),
        },
        scopes=(Scope.STATS_READ,),
    )
