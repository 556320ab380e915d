"""How units stand with the year's double list: figures and a mark, never a row."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import strawberry
from sqlalchemy import select

from hub.access.scopes import Scope
from hub.core.ids import encode_node_id
from hub.core.texts import Text
from hub.db.models import Organization
from hub.linkage.evaluation import evaluate
from schema.binding.conditions import argument, chosen
from schema.binding.declare import query, said
from schema.binding.fields import answered

if TYPE_CHECKING:
    from schema.operation import HubContext


@strawberry.type(description=str(Text("一个单位的年度考核情况", "how a unit stands in a year")))
class UnitEvaluation:
    organization_id: strawberry.ID = said("单位标识", "id of the unit")
    organization_name: str = said("单位名称", "name of the unit")
    items: int = said("牵头的审定事项数", "approved items it leads")
    completed: int = said("其中已办结", "of these, completed")
    overdue: int = said("其中逾期", "of these, overdue")
    progress_percent: int = said("牵头事项平均进度百分比", "mean percent done of the items it leads")
    key_issues: int = said("重点问题数", "key issues")
    key_issues_open: int = said("其中未销号", "of these, still open")
    urgings: int = said("被催办次数", "how often it was urged")
    score: int | None = said("评价得分，百分制；无可评价内容时为空", "mark of 0 to 100; null with nothing to judge")
    reckoning: str = said("得分的计算说明", "how the mark comes about")
    reckoning_en: str = said("得分计算的英文说明", "the same in English")


async def _evaluations(context: HubContext, given: Mapping[str, Any]) -> list[UnitEvaluation]:
    async with context.reading() as session:
        marked = await evaluate(
            session, context.services.policy, code=given["jurisdictionCode"], year=given["year"], now=context.now
        )
        ids = [figures.organization_id for figures, _ in marked]
        rows = await session.execute(select(Organization.id, Organization.name).where(Organization.id.in_(ids)))
        names = dict(rows.tuples().all())
    return [
        UnitEvaluation(
            organization_id=strawberry.ID(encode_node_id("OR", figures.organization_id)),
            organization_name=names[figures.organization_id],
            items=figures.items,
            completed=figures.completed,
            overdue=figures.overdue,
            progress_percent=figures.progress_percent,
            key_issues=figures.issues,
            key_issues_open=figures.issues_open,
            urgings=figures.urgings,
            score=mark.score,
            reckoning=mark.reckoning.zh,
            reckoning_en=mark.reckoning.en,
        )
        for figures, mark in marked
    ]


@query
class EvaluationQueries:
    unit_evaluations: list[UnitEvaluation] = answered(
        _evaluations,
        "各单位年度考核情况，得分高的在前；单位看本单位，按政策包向成员单位通报的看全部",
        "how units stand in a year, the best first; a unit sees its own, members all where the pack has them told",
        arguments={
            "jurisdiction_code": argument(str, chosen("区划代码", "jurisdiction code")),
            "year": argument(int, chosen("年度", "year")),
        },
        scopes=(Scope.DOUBLELIST_READ,),
    )
