"""Lists of service addresses, for whoever declared them, the register, and courts that asked; and what changed."""

from __future__ import annotations

import strawberry

from hub.canonical.addresses import ServiceAddressKind, ServiceAddressStatus
from schema.addresses.types import (
    ADDRESS,
    CHANGE,
    ENTERPRISE,
    READ,
    AddressChange,
    RegisteredEnterprise,
    ServiceAddress,
)
from schema.binding.conditions import argument, equals, is_node, one_of
from schema.binding.declare import filter_input, query
from schema.binding.fields import Connection, connection, one
from schema.binding.orders import descending, only


@filter_input("送达地址查询条件", "conditions on service addresses")
class ServiceAddressFilter:
    uscc: str | None = equals(ADDRESS.uscc, "统一社会信用代码", "unified social credit code")
    kind: list[ServiceAddressKind] | None = one_of(ADDRESS.kind, "种类", "kinds")
    status: list[ServiceAddressStatus] | None = one_of(ADDRESS.status, "状态", "states")


@query
class AddressQueries:
    service_addresses: Connection[ServiceAddress] = connection(
        "送达地址：提供单位、受移送的登记机关、已查询的法院可见，值已遮蔽，最新在前",
        "service addresses, masked: for who declared them, the register, courts that asked; latest first",
        orders=only(descending("最新在前", "latest first", ADDRESS.created_at)),
        filtered_by=ServiceAddressFilter,
        scopes=READ,
    )
    service_address: ServiceAddress | None = one(
        "按标识读取送达地址",
        "a service address by its id",
        by={"id": argument(strawberry.ID, is_node(ADDRESS.id, "SA", "标识", "id"))},
        scopes=READ,
    )
    address_changes: Connection[AddressChange] = connection(
        "本院在办案件当事人的送达地址变动，最新在前",
        "changes of addresses of those whom open cases of the court are about, latest first",
        orders=only(descending("最新在前", "latest first", CHANGE.changed_at)),
        scopes=READ,
    )
    registered_enterprise: RegisteredEnterprise | None = one(
        "按统一社会信用代码读取企业登记信息和曾用名",
        "an enterprise of the register, with its former names",
        by={"uscc": argument(str, equals(ENTERPRISE.uscc, "统一社会信用代码", "unified social credit code"))},
        scopes=READ,
    )
