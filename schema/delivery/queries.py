"""Webhook endpoints and deliveries of the caller's organisation; an administrator sees how those of its jurisdiction
do, never where they go or what they are about."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import strawberry
from sqlalchemy import ColumnElement, case

from hub.access.scopes import Scope
from hub.canonical.codes import DeliveryFault, DeliveryStatus, EndpointReason, EndpointStatus
from hub.core.principal import Clearance
from hub.db import models
from schema.binding.ambient import Ambient, Row
from schema.binding.conditions import argument, at_least, at_most, equals, is_node, one_of
from schema.binding.declare import filter_input, node, query
from schema.binding.fields import Attribute, Connection, children, column, connection, expression, one, relation
from schema.binding.orders import ascending, descending, only
from schema.evidence.queries import ENTRY, ExchangeMessage
from schema.nodes import Node
from schema.organizations.types import Organization

ENDPOINT, DELIVERY = models.WebhookEndpoint, models.Delivery
READ = (Scope.WEBHOOK_MANAGE, Scope.ADMIN_CONNECTOR)


def owned(attribute: Attribute, owner: Attribute, zh: str, en: str) -> Any:
    """A column for the organisation whose row it is; null for others who see the row."""

    def make(row: Row, ambient: Ambient) -> ColumnElement[Any]:
        return case((row.c[owner.key] == ambient.organization, row.c[attribute.key]))

    return expression(make, zh, en, uses=(attribute, owner))


@filter_input("投递查询条件", "conditions on deliveries")
class DeliveryFilter:
    endpoint_id: strawberry.ID | None = is_node(DELIVERY.endpoint_id, "WH", "推送地址标识", "id of the endpoint")
    status: list[DeliveryStatus] | None = one_of(DELIVERY.status, "状态", "states")
    fault: list[DeliveryFault] | None = one_of(DELIVERY.fault, "上次失败的原因", "why the last attempt failed")
    event_type: str | None = equals(DELIVERY.event_type, "事件类型", "event type")
    created_from: datetime | None = at_least(DELIVERY.created_at, "不早于", "at or after")
    created_to: datetime | None = at_most(DELIVERY.created_at, "不晚于", "at or before")


@node("DV", "投递", "delivery of one event to one endpoint", model=DELIVERY, scopes=READ, level=Clearance.L0)
class Delivery(Node):
    endpoint: WebhookEndpoint | None = relation(DELIVERY.endpoint_id, "推送地址", "endpoint")
    event_key: str = column(DELIVERY.event_id, "事件编号（UUID）", "id of the event, a UUID")
    event_type: str = column(DELIVERY.event_type, "事件类型", "event type")
    schema_version: int = column(DELIVERY.schema_version, "事件格式版本", "version of the event's schema")
    ordering_key: str | None = owned(
        DELIVERY.key, DELIVERY.organization_id, "次序键，同键的依次投递", "those of one key are sent in order"
    )
    object_key: str | None = owned(
        DELIVERY.object_id, DELIVERY.organization_id, "对象键（UUID）", "key of the object it is about"
    )
    status: DeliveryStatus = column(DELIVERY.status, "状态", "state")
    attempts: int = column(DELIVERY.attempts, "已尝试次数", "attempts so far")
    created_at: datetime = column(DELIVERY.created_at, "进入队列的时间", "when it was queued")
    attempted_at: datetime | None = column(DELIVERY.attempted_at, "上次尝试时间", "last attempt")
    next_attempt_at: datetime | None = column(
        DELIVERY.next_attempt_at, "失败后下次尝试的时间", "next attempt after a failure"
    )
    ended_at: datetime | None = column(DELIVERY.ended_at, "结束时间", "when it ended, whichever way")
    fault: DeliveryFault | None = column(DELIVERY.fault, "上次失败的原因", "why the last attempt failed")
    http_status: int | None = column(DELIVERY.http_status, "上次答复的状态码", "status of the last answer")
    history: list[ExchangeMessage] = children(
        ENTRY.message_id,
        "历次尝试，见交换日志，最早在前",
        "every attempt as the exchange log has it, earliest first",
        order=ascending("最早在前", "earliest first", ENTRY.at),
    )


@node("WH", "推送地址", "webhook endpoint", model=ENDPOINT, scopes=READ, level=Clearance.L0)
class WebhookEndpoint(Node):
    organization: Organization = relation(ENDPOINT.organization_id, "单位", "organisation")
    url: str | None = owned(ENDPOINT.url, ENDPOINT.organization_id, "接收地址", "where it is sent")
    event_types: list[str] = column(ENDPOINT.event_types, "事件类型", "event types")
    client_id: str = column(ENDPOINT.client_id, "所凭客户端", "client by whose rights it is told")
    status: EndpointStatus = column(ENDPOINT.status, "状态", "state")
    status_reason: EndpointReason | None = column(ENDPOINT.status_reason, "停止的原因", "why it is not delivered to")
    failures: int = column(ENDPOINT.failures, "连续失败次数", "failures in a row")
    failing_since: datetime | None = column(ENDPOINT.failing_since, "连续失败起始", "failing since")
    open_until: datetime | None = column(
        ENDPOINT.open_until, "因连续失败暂缓至", "left alone until then after failures in a row"
    )
    created_at: datetime = column(ENDPOINT.created_at, "登记时间", "registered at")
    updated_at: datetime = column(ENDPOINT.updated_at, "修改时间", "changed at")
    version: int = column(ENDPOINT.version, "版本", "version")
    deliveries: Connection[Delivery] = connection(
        "投递，最新在前",
        "its deliveries, latest first",
        on=DELIVERY.endpoint_id,
        orders=only(descending("最新在前", "latest first", DELIVERY.created_at)),
        filtered_by=DeliveryFilter,
    )


@filter_input("推送地址查询条件", "conditions on webhook endpoints")
class WebhookEndpointFilter:
    status: list[EndpointStatus] | None = one_of(ENDPOINT.status, "状态", "states")
    organization_id: strawberry.ID | None = is_node(ENDPOINT.organization_id, "OR", "单位标识", "organisation")


@query
class DeliveryQueries:
    webhook_endpoints: Connection[WebhookEndpoint] = connection(
        "本单位的推送地址（管理员可见所辖各单位的状态），最新在前",
        "webhook endpoints of the caller's organisation (an administrator sees how those of its jurisdiction do)",
        orders=only(descending("最新在前", "latest first", ENDPOINT.created_at)),
        filtered_by=WebhookEndpointFilter,
        scopes=READ,
    )
    deliveries: Connection[Delivery] = connection(
        "本单位的投递（管理员可见所辖各单位的状态），最新在前",
        "deliveries to the caller's organisation (an administrator sees how those of its jurisdiction do)",
        orders=only(descending("最新在前", "latest first", DELIVERY.created_at)),
        filtered_by=DeliveryFilter,
        scopes=READ,
    )
    webhook_endpoint: WebhookEndpoint | None = one(
        "按标识读取推送地址",
        "a webhook endpoint by its id",
        by={"id": argument(strawberry.ID, is_node(ENDPOINT.id, "WH", "标识", "id"))},
        scopes=READ,
    )
    delivery: Delivery | None = one(
        "按标识读取投递",
        "a delivery by its id",
        by={"id": argument(strawberry.ID, is_node(DELIVERY.id, "DV", "标识", "id"))},
        scopes=READ,
    )
