"""Typical cases, rectified cases and press conferences: the public reads what is published."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

import strawberry

from hub.access.scopes import Scope
from hub.canonical.integrity_codes import PublicityKind, PublicityStatus
from hub.core.clock import local_date
from hub.core.principal import Clearance
from hub.db import models
from hub.publicity.items import load_facts, publicity_actors
from hub.publicity.workflow import PUBLICITY as TABLE
from schema.binding.conditions import argument, at_least, equals, is_node, matches, one_of
from schema.binding.declare import filter_input, node, query
from schema.binding.fields import Connection, column, connection, one, python, relation
from schema.binding.orders import descending, only
from schema.linkage.computed import AvailableEvent, Possible, events_of
from schema.nodes import Node
from schema.organizations.queries import in_jurisdiction
from schema.organizations.types import Jurisdiction, Organization

if TYPE_CHECKING:
    from hub.db.session import ReadSession
    from schema.operation import HubContext

ITEM = models.PublicityItem
READ = (Scope.PUBLICITY_PROPOSE, Scope.PUBLICITY_REVIEW, Scope.PORTAL_PUBLIC)
INSIDE = (Scope.PUBLICITY_PROPOSE, Scope.PUBLICITY_REVIEW)


async def _events(
    context: HubContext, session: ReadSession, rows: list[models.PublicityItem]
) -> Mapping[UUID, Possible]:
    principal = context.principal
    today = local_date(context.now)
    facts = await load_facts(session, principal, context.services.policy, rows, today)
    return {
        row.id: TABLE.available(
            row.status,
            actors=publicity_actors(principal, facts[row.id]),
            scopes=principal.scopes,
            facts=facts[row.id],
        )
        for row in rows
    }


@node(
    "PI",
    "典型案例、整改案例和新闻发布会",
    "typical case, rectified case or press conference",
    model=ITEM,
    scopes=READ,
    level=Clearance.L0,
)
class PublicityItem(Node):
    kind: PublicityKind = column(ITEM.kind, "种类", "kind")
    status: PublicityStatus = column(ITEM.status, "状态", "state")
    title: str = column(ITEM.title, "标题", "title")
    theme: str = column(ITEM.theme, "主题", "theme")
    content: str = column(ITEM.content, "内容", "content")
    jurisdiction: Jurisdiction = relation(ITEM.jurisdiction_id, "区划", "jurisdiction")
    proposer: Organization = relation(ITEM.proposer_id, "提出单位", "who proposed it")
    cooperating: Organization | None = relation(ITEM.cooperating_id, "联合单位", "told together with")
    held_on: date | None = column(ITEM.held_on, "新闻发布会日期", "day of the press conference")
    published_on: date | None = column(ITEM.published_on, "公开日期", "published on")
    review_note: str | None = column(ITEM.review_note, "审查意见", "what the review found", level=Clearance.L1)
    approved_by: str | None = column(ITEM.approved_by, "批准人", "who approved it", level=Clearance.L2)
    clause: str | None = column(ITEM.clause, "批准依据条款", "clause of the approval", level=Clearance.L1)
    withdraw_reason: str | None = column(ITEM.withdraw_reason, "撤回理由", "why withdrawn", level=Clearance.L1)
    version: int = column(ITEM.version, "版本", "version")
    available_events: list[AvailableEvent] = python(
        events_of(ITEM, _events), "当前可办理的事件", "events possible now", needs=(ITEM.id,), scopes=INSIDE
    )


@filter_input("公开宣传查询条件", "conditions on publicity items")
class PublicityItemFilter:
    kind: list[PublicityKind] | None = one_of(ITEM.kind, "种类", "kinds")
    status: list[PublicityStatus] | None = one_of(ITEM.status, "状态", "states")
    theme: str | None = equals(ITEM.theme, "主题", "theme")
    published_from: date | None = at_least(ITEM.published_on, "公开不早于", "published on or after")
    jurisdiction_code: str | None = matches(in_jurisdiction, "区划代码，含下级", "jurisdiction code, with those below")


@query
class PublicityQueries:
    publicity_items: Connection[PublicityItem] = connection(
        "典型案例、整改案例和新闻发布会：公众见已公开的，提出和审查单位见办理中的",
        "publicity items: the public reads what is published, those at work on them the rest",
        orders=only(descending("最近登记的在前", "latest first", ITEM.created_at)),
        filtered_by=PublicityItemFilter,
        scopes=READ,
    )
    publicity_item: PublicityItem | None = one(
        "按标识读取公开宣传材料",
        "a publicity item by its id",
        by={"id": argument(strawberry.ID, is_node(ITEM.id, "PI", "标识", "id"))},
        scopes=READ,
    )
