"""Declaring addresses, reporting those that fail; and asking for them, which leaves a trace and so is a change."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from hub.access.scopes import Scope
from hub.addresses.commands import AddressAsking, AddressDraft
from hub.addresses.declaring import declare_address, fire_address
from hub.addresses.reading import read_addresses
from hub.addresses.workflow import ADDRESS
from hub.core.texts import Text
from hub.workflow.gate import Request
from schema.addresses.read import read_type, read_value
from schema.inquiry.once import once
from schema.mutations.declare import Advancing, Answering, Making, declare

if TYPE_CHECKING:
    from schema.operation import HubContext


async def _read(context: HubContext, asked: AddressAsking, request: Request) -> Mapping[str, Any]:
    return read_value(await once(context, request, lambda unit: read_addresses(unit, asked)))


declare(
    Making(
        "declareServiceAddress",
        Text("申报送达地址", "declare a service address"),
        Scope.ADDRESS_PROVIDE,
        "ServiceAddress",
        AddressDraft,
        declare_address,
    ),
    Advancing(
        "advanceServiceAddress",
        Text("推进送达地址", "move a service address along its table"),
        Scope.ADDRESS_READ,
        "ServiceAddress",
        ADDRESS,
        fire_address,
    ),
    Answering(
        "readServiceAddresses",
        Text(
            "法院按法定次序查询送达地址，每次须写明用途并留痕",
            "a court asks for addresses in their lawful order, on record",
        ),
        Scope.ADDRESS_REPORT,
        AddressAsking,
        read_type,
        _read,
    ),
)
