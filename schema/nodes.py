"""Types every slice shares: the node interface, pages, and the connection types made for each paged type."""

from __future__ import annotations

import strawberry

from hub.core.texts import Text
from schema.binding.declare import ID_TEXT


@strawberry.interface(description=str(Text("可凭标识读取的对象", "an object that can be read by its id")))
class Node:
    id: strawberry.ID = strawberry.field(description=str(ID_TEXT))


@strawberry.type(description=str(Text("一页在列表中的位置", "where a page lies in its list")))
class PageInfo:
    has_next_page: bool = strawberry.field(description=str(Text("其后是否还有", "whether more rows follow")))
    has_previous_page: bool = strawberry.field(
        description=str(Text("其前是否还有", "whether rows come before, known when a cursor was given"))
    )
    start_cursor: str | None = strawberry.field(description=str(Text("首行游标", "cursor of the first row")))
    end_cursor: str | None = strawberry.field(description=str(Text("末行游标", "cursor of the last row")))
