"""Lists of fund clues, for the court and finance; the auditor reads that there are some."""

from __future__ import annotations

import strawberry

from hub.canonical.fund_codes import FundClueStatus
from schema.binding.conditions import argument, equals, is_node, one_of
from schema.binding.declare import filter_input, query
from schema.binding.fields import Connection, connection, one
from schema.binding.orders import descending, only
from schema.clues.types import CLUE, READ, FundClue


@filter_input("资金线索条件", "conditions on fund clues")
class FundClueFilter:
    status: list[FundClueStatus] | None = one_of(CLUE.status, "状态", "states")
    case_number: str | None = equals(CLUE.case_number, "案号", "case number")


@query
class FundClueQueries:
    fund_clues: Connection[FundClue] = connection(
        "资金线索：仅执行法院和财政部门可见，最新在前",
        "fund clues, for the court and finance alone, latest first",
        orders=only(descending("最新在前", "latest first", CLUE.created_at)),
        filtered_by=FundClueFilter,
        scopes=READ,
    )
    fund_clue: FundClue | None = one(
        "按标识读取资金线索",
        "a fund clue by its id",
        by={"id": argument(strawberry.ID, is_node(CLUE.id, "FC", "标识", "id"))},
        scopes=READ,
    )
