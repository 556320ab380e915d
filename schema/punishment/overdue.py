"""Lists of overdue subjects, with their entries and parties."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

import strawberry
from sqlalchemy import func, select

from hub.access.scopes import Scope
from hub.canonical.exchange_codes import AssociatedRole, MirrorStatus
from hub.canonical.punishment_codes import OverdueListCapacity, OverdueListStatus
from hub.core.areas import Area
from hub.core.ids import encode_node_id
from hub.core.principal import Clearance
from hub.core.texts import Text
from hub.db import models
from hub.punishment.overdue.facts import load_overdue_facts, overdue_actors
from hub.punishment.overdue.workflow import OVERDUE as TABLE
from schema.binding.conditions import argument, is_node, matches, one_of, own_rows
from schema.binding.declare import audience, filter_input, node, part, query, said
from schema.binding.fields import Connection, children, column, connection, one, python, relation
from schema.binding.orders import ascending, descending, only
from schema.credit.queries import DishonestyRecord
from schema.linkage.computed import AvailableEvent, Possible, events_of
from schema.nodes import Node
from schema.organizations.queries import in_jurisdiction
from schema.organizations.types import Jurisdiction, Organization
from schema.supervision.notices import SupervisionNotice

if TYPE_CHECKING:
    from hub.db.session import ReadSession
    from schema.operation import HubContext

READ = (Scope.MEASURE_READ,)
LIST, PARTY, ENTRY = models.OverdueList, models.OverdueListParty, models.OverdueListEntry


async def _events(context: HubContext, session: ReadSession, rows: list[Any]) -> Mapping[UUID, Possible]:
    principal = context.principal
    facts = await load_overdue_facts(session, context.services.policy, principal, rows, context.now)
    return {
        row.id: TABLE.available(
            row.status,
            actors=overdue_actors(principal, row, facts[row.id]),
            scopes=principal.scopes,
            facts=facts[row.id],
        )
        for row in rows
    }


@part("逾期名单中的一个主体", "a subject on an overdue list", model=ENTRY, scopes=READ)
class OverdueListEntry:
    organization: Organization = relation(ENTRY.organization_id, "失信单位", "unit")
    court: Organization = relation(ENTRY.court_id, "执行法院", "court")
    listing: DishonestyRecord | None = relation(ENTRY.record_id, "失信信息", "listing", scopes=(Scope.DISHONESTY_READ,))
    notice: SupervisionNotice | None = relation(
        ENTRY.notice_id, "逾期的督办函件", "notice it let pass", scopes=(Scope.NOTICE_READ,)
    )


@part("逾期名单的会核法院、实施单位及其办理", "a party of an overdue list", model=PARTY, scopes=READ)
class OverdueListParty:
    organization: Organization = relation(PARTY.organization_id, "单位", "unit")
    capacity: OverdueListCapacity = column(PARTY.capacity, "身份", "capacity")
    confirmed_at: datetime | None = column(PARTY.confirmed_at, "会核时间", "confirmed at")
    reported_at: datetime | None = column(PARTY.reported_at, "报送时间", "reported at")
    circulated_at: datetime | None = column(PARTY.circulated_at, "向银行通报时间", "circulated to the banks at")
    report: str | None = column(PARTY.report, "惩戒情况", "what was done", level=Clearance.L2)


@strawberry.type(description=str(Text("限制列入主体消费的法院命令", "a court's order against a unit entered")))
class CourtOrder:
    restriction_id: strawberry.ID = said("限制消费令标识", "id of the order")
    organization_id: strawberry.ID = said("单位标识", "id of the unit")
    order_number: str = said("限制消费令文号", "number of the order")
    ordered_on: date = said("作出日期", "made on")
    status: MirrorStatus = said("是否有效", "whether in force")
    roles: list[AssociatedRole] = said("随单位被限制人员的身份", "as what persons are restricted beside the unit")


async def _orders(context: HubContext, rows: Sequence[Mapping[str, Any]]) -> list[list[CourtOrder]]:
    """Under the caller's row security."""
    order, person = models.ConsumptionRestriction, models.RestrictedPerson
    roles = select(func.array_agg(person.role)).where(person.restriction_id == order.id).scalar_subquery()
    found: defaultdict[UUID, list[CourtOrder]] = defaultdict(list)
    async with context.reading() as session:
        wanted = (
            select(ENTRY.list_id, order, roles)
            .join(order, order.organization_id == ENTRY.organization_id)
            .where(ENTRY.list_id.in_([UUID(row["id"]) for row in rows]))
            .order_by(order.listed_on, order.id)
        )
        for key, each, held in (await session.execute(wanted)).tuples():
            found[key].append(
                CourtOrder(
                    restriction_id=strawberry.ID(encode_node_id("CP", each.id)),
                    organization_id=strawberry.ID(encode_node_id("OR", each.organization_id or each.id)),
                    order_number=each.order_number,
                    ordered_on=each.listed_on,
                    status=each.status,
                    roles=sorted(AssociatedRole(role) for role in held or ()),
                )
            )
    return [found[UUID(row["id"])] for row in rows]


@node(
    "OL",
    "逾期未整改名单",
    "list of overdue subjects",
    model=LIST,
    scopes=READ,
    audience=audience(
        Area.GOVERNMENT_CREDIT,
        party=PARTY,
        key=PARTY.list_id,
        own=(LIST.issuer_id,),
        shared=((LIST.jurisdiction_path, PARTY.jurisdiction_path),),
    ),
)
class OverdueList(Node):
    status: OverdueListStatus = column(LIST.status, "状态", "state")
    title: str = column(LIST.title, "标题", "title")
    issuer: Organization = relation(LIST.issuer_id, "编制单位", "issuer")
    jurisdiction: Jurisdiction = relation(LIST.jurisdiction_id, "区划", "jurisdiction")
    clause: str | None = column(LIST.clause, "依据条款", "clause")
    signed_by: str | None = column(LIST.signed_by, "核定人", "who approved it", level=Clearance.L2)
    signer_post: str | None = column(LIST.signer_post, "核定人职务", "post of who approved it")
    approved_at: datetime | None = column(LIST.approved_at, "核定时间", "approved at")
    return_reason: str | None = column(LIST.return_reason, "退回理由", "why it was returned", level=Clearance.L2)
    delivered_at: datetime | None = column(LIST.delivered_at, "交付时间", "delivered at")
    created_at: datetime = column(LIST.created_at, "编制时间", "compiled at")
    version: int = column(LIST.version, "版本", "version")
    entries: list[OverdueListEntry] = children(
        ENTRY.list_id, "列入的主体", "subjects", order=ascending("按登记先后", "by entry", ENTRY.created_at)
    )
    parties: list[OverdueListParty] = children(
        PARTY.list_id,
        "会核法院和实施单位",
        "courts and implementers",
        order=ascending("按登记先后", "by entry", PARTY.created_at),
    )
    court_orders: list[CourtOrder] = python(
        _orders,
        "法院对列入主体所作的限制消费令；是否限制由法院决定，本平台不作限制",
        "orders of courts that restrict units entered: courts decide, the hub restricts nobody",
        needs=(LIST.id,),
    )
    available_events: list[AvailableEvent] = python(
        events_of(LIST, _events), "当前可办理的事件", "events possible now", needs=(LIST.id,)
    )


@filter_input("逾期名单查询条件", "conditions on overdue lists")
class OverdueListFilter:
    mine: bool | None = own_rows("仅本单位编制、会核或收到的", "only those the caller takes part in")
    status: list[OverdueListStatus] | None = one_of(LIST.status, "状态", "states")
    jurisdiction_code: str | None = matches(in_jurisdiction, "区划代码，含下级", "jurisdiction code, with those below")


@query
class OverdueQueries:
    overdue_lists: Connection[OverdueList] = connection(
        "逾期未整改名单：编制单位和会核法院自编制起、政府自报送起、实施单位自交付起可见，最新在前",
        "overdue lists: issuer and courts from the beginning, the government from submission, implementers from "
        "delivery, latest first",
        orders=only(descending("最新在前", "latest first", LIST.created_at)),
        filtered_by=OverdueListFilter,
        scopes=READ,
    )
    overdue_list: OverdueList | None = one(
        "按标识读取逾期名单",
        "an overdue list by its id",
        by={"id": argument(strawberry.ID, is_node(LIST.id, "OL", "标识", "id"))},
        scopes=READ,
    )
