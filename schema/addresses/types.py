"""Service addresses as those concerned see them: masked. In full they leave the hub through ``readServiceAddresses``
alone."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

import strawberry
from sqlalchemy import ColumnElement, false, func, select

from hub.access.scopes import Scope
from hub.addresses.declaring import address_events
from hub.canonical.addresses import ReferralOutcome, RegistrationStatus, ServiceAddressKind, ServiceAddressStatus
from hub.core.clock import local_date
from hub.core.principal import Clearance
from hub.core.texts import Text
from hub.db import models
from schema.binding.ambient import Ambient, Row
from schema.binding.declare import node, said
from schema.binding.fields import column, expression, python, relation
from schema.linkage.computed import AvailableEvent, Possible, Rows, events_of
from schema.nodes import Node
from schema.organizations.types import Organization

if TYPE_CHECKING:
    from hub.db.session import ReadSession
    from schema.operation import HubContext

ADDRESS, CHANGE, ENTERPRISE = models.ServiceAddress, models.AddressChange, models.RegisteredEnterprise
READ = (Scope.ADDRESS_READ,)


async def _events(
    context: HubContext, session: ReadSession, rows: list[models.ServiceAddress]
) -> Mapping[UUID, Possible]:
    return await address_events(session, context.principal, rows, local_date(context.now))


def _overdue(row: Row, ambient: Ambient) -> ColumnElement[Any]:
    unanswered: ColumnElement[bool] = row.c.referral_outcome.is_(None)
    return unanswered & func.coalesce(row.c.referral_due_at < ambient.now, false())


@node("SA", "送达地址", "service address", model=ADDRESS, scopes=READ)
class ServiceAddress(Node):
    uscc: str | None = column(ADDRESS.uscc, "统一社会信用代码，自然人为空", "credit code; null of a person")
    kind: ServiceAddressKind = column(ADDRESS.kind, "种类", "kind")
    status: ServiceAddressStatus = column(ADDRESS.status, "状态", "state")
    value_masked: str = column(ADDRESS.value_masked, "地址，只见到县（市、区）", "the address, masked to the county")
    provider: Organization = relation(ADDRESS.provider_id, "提供单位", "who declared it")
    source: str = column(ADDRESS.source, "来源", "source")
    as_of: date = column(ADDRESS.as_of, "截至日期", "as of")
    received_at: datetime = column(ADDRESS.received_at, "接收时间", "received at")
    effective_from: date = column(ADDRESS.effective_from, "生效日期", "in effect from")
    effective_to: date | None = column(ADDRESS.effective_to, "失效日期", "in effect to")
    confirmed_by_commitment: bool = column(ADDRESS.confirmed_by_commitment, "已签署承诺", "committed to")
    commitment_number: str | None = column(ADDRESS.commitment_number, "确认书编号", "number of the confirmation")
    returned_on: date | None = column(ADDRESS.returned_on, "退信日期", "mail came back on")
    return_reason: str | None = column(ADDRESS.return_reason, "退信原因", "why it came back", level=Clearance.L2)
    registrar: Organization | None = relation(ADDRESS.registrar_id, "受移送的登记机关", "register it is referred to")
    referred_at: datetime | None = column(ADDRESS.referred_at, "移送时间", "referred at")
    referral_due_on: date | None = column(ADDRESS.referral_due_on, "处理期限", "to be dealt with by")
    referral_overdue: bool = expression(
        _overdue,
        "移送逾期未答复",
        "whether the referral is late",
        uses=(ADDRESS.referral_outcome, ADDRESS.referral_due_at),
    )
    referral_outcome: ReferralOutcome | None = column(ADDRESS.referral_outcome, "处理结果", "outcome")
    referral_note: str | None = column(ADDRESS.referral_note, "处理说明", "note of it", level=Clearance.L2)
    version: int = column(ADDRESS.version, "版本", "version")
    available_events: list[AvailableEvent] = python(
        events_of(ADDRESS, _events), "当前可办理的事件", "events possible now", needs=(ADDRESS.id,)
    )


@node("AD", "送达地址变动", "change of a service address", model=CHANGE, scopes=READ)
class AddressChange(Node):
    uscc: str | None = column(CHANGE.uscc, "统一社会信用代码，自然人为空", "credit code; null of a person")
    kind: ServiceAddressKind = column(CHANGE.kind, "种类", "kind")
    status: ServiceAddressStatus = column(CHANGE.status, "变动后状态", "state it came to")
    changed_at: datetime = column(CHANGE.changed_at, "变动时间", "changed at")
    address: ServiceAddress | None = relation(CHANGE.address_id, "送达地址", "the address, once the court asked for it")


@strawberry.type(description=str(Text("曾用名", "a former name")))
class FormerName:
    name: str = said("曾用名", "former name")
    until: date = said("使用至", "used until")


async def _former(context: HubContext, rows: Rows) -> list[list[FormerName]]:
    ids = [UUID(row["id"]) for row in rows]
    async with context.reading() as session:
        told = await session.execute(select(ENTERPRISE.id, ENTERPRISE.former_names).where(ENTERPRISE.id.in_(ids)))
        found: dict[UUID, list[dict[str, str]]] = dict(told.tuples().all())
    return [
        [FormerName(name=each["name"], until=date.fromisoformat(each["until"])) for each in found.get(key, ())]
        for key in ids
    ]


@node("EN", "登记机关公示的企业", "enterprise as its register publishes it", model=ENTERPRISE, scopes=READ)
class RegisteredEnterprise(Node):
    uscc: str = column(ENTERPRISE.uscc, "统一社会信用代码", "unified social credit code")
    name: str = column(ENTERPRISE.name, "登记名称", "registered name")
    status: RegistrationStatus = column(ENTERPRISE.status, "登记状态", "where it stands")
    changed_on: date = column(ENTERPRISE.changed_on, "最近变更日期", "changed on")
    source: str = column(ENTERPRISE.source, "来源", "source")
    former_names: list[FormerName] = python(
        _former, "曾用名，最近的在前", "former names, latest first", needs=(ENTERPRISE.id,)
    )
