"""Lists of clues, for the court and the police; the auditor reads that there are some. Figures for who supervises."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import strawberry

from hub.access.scopes import Scope
from hub.canonical.evasion_codes import EvasionClueStatus
from hub.core.clock import local_date
from hub.core.ids import encode_node_id
from hub.core.texts import Text
from hub.evasion.figures import Figures, linkage_figures
from schema.binding.conditions import argument, chosen, equals, is_node, one_of
from schema.binding.declare import filter_input, query, said
from schema.binding.fields import Connection, answered, connection, one
from schema.binding.orders import descending, only
from schema.evasion.types import CLUE, READ, EvasionClue

if TYPE_CHECKING:
    from schema.operation import HubContext


@filter_input("拒执线索条件", "conditions on clues")
class EvasionClueFilter:
    status: list[EvasionClueStatus] | None = one_of(CLUE.status, "状态", "states")
    case_number: str | None = equals(CLUE.case_number, "案号", "case number")


@strawberry.type(
    description=str(Text("执行联动数字；空为件数过少，不予列示", "figures; null is a count too small to be shown"))
)
class ExecutionLinkageFigures:
    jurisdiction_code: str = said("区划代码", "jurisdiction code")
    jurisdiction_name: str = said("区划名称", "name of the jurisdiction")
    court_id: strawberry.ID | None = said("法院标识；合计为空", "id of the court; null for the sum")
    court_name: str | None = said("法院名称；合计为空", "name of the court; null for the sum")
    least: int = said("低于此数的件数不列示", "counts below it are not shown")
    livelihood: int | None = said("涉民生案件", "cases of people's livelihood")
    administrative_organ: int | None = said("涉行政机关案件", "cases of administrative organs")
    enforcement_evasion: int | None = said("规避执行案件", "cases of evasion of enforcement")
    clues_sent: int | None = said("移送拒执线索", "clues referred")
    clues_received: int | None = said("公安机关签收", "received by the police")
    clues_returned: int | None = said("退回补充材料", "returned for material")
    clues_filed: int | None = said("刑事立案", "filed as criminal cases")
    clues_overdue: int | None = said("逾期未办理", "overdue at present")


def _shown(each: Figures) -> ExecutionLinkageFigures:
    counts = each.counts
    return ExecutionLinkageFigures(
        jurisdiction_code=each.code,
        jurisdiction_name=each.place,
        court_id=None if each.court_id is None else strawberry.ID(encode_node_id("OR", each.court_id)),
        court_name=each.court,
        least=each.least,
        livelihood=counts["livelihood"],
        administrative_organ=counts["organs"],
        enforcement_evasion=counts["evasion"],
        clues_sent=counts["sent"],
        clues_received=counts["received"],
        clues_returned=counts["returned"],
        clues_filed=counts["filed"],
        clues_overdue=counts["overdue"],
    )


async def _figures(context: HubContext, given: Mapping[str, Any]) -> list[ExecutionLinkageFigures]:
    async with context.reading() as session:
        found = await linkage_figures(
            session,
            context.services.policy,
            context.principal,
            given["jurisdictionCode"],
            given["year"],
            local_date(context.now),
        )
        return [_shown(each) for each in found]


@query
class EvasionQueries:
    evasion_clues: Connection[EvasionClue] = connection(
        "拒执线索：仅移送法院和接收的公安机关可见，最新在前",
        "clues to evading enforcement, for the court and the police alone, latest first",
        orders=only(descending("最新在前", "latest first", CLUE.created_at)),
        filtered_by=EvasionClueFilter,
        scopes=READ,
    )
    evasion_clue: EvasionClue | None = one(
        "按标识读取拒执线索",
        "a clue by its id",
        by={"id": argument(strawberry.ID, is_node(CLUE.id, "EL", "标识", "id"))},
        scopes=READ,
    )
    execution_linkage_figures: list[ExecutionLinkageFigures] = answered(
        _figures,
        "跨部门协同监管数字：按区划和法院统计年度内标签案件和拒执线索",
        "figures of tagged cases and clues of a year, by jurisdiction and court",
        arguments={
            "jurisdiction_code": argument(str, chosen("区划代码，含下级", "jurisdiction code, with those below")),
            "year": argument(int, chosen("年度", "year")),
        },
        scopes=(Scope.EVASION_OVERSEE,),
    )
