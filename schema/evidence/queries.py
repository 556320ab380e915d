"""What a client sent, and what proves it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

import strawberry
from sqlalchemy import select

from hub.core.errors import Reason, Refused
from hub.core.ids import decode_node_id
from hub.core.principal import Clearance
from hub.core.texts import Text
from hub.db import models
from hub.evidence.package import evidence_of
from schema.binding.conditions import argument, at_least, at_most, chosen, equals, is_node
from schema.binding.declare import PUBLIC, filter_input, node, query
from schema.binding.fields import Connection, answered, column, connection, relation
from schema.binding.orders import descending, only
from schema.nodes import Node
from schema.organizations.types import Organization

if TYPE_CHECKING:
    from schema.operation import HubContext

ENTRY = models.ExchangeEntry
TAG = "XM"


@node(TAG, "交换日志条目", "entry of the exchange log", model=ENTRY, scopes=PUBLIC, level=Clearance.L0)
class ExchangeMessage(Node):
    message_key: str = column(ENTRY.message_id, "消息编号（UUID）", "number of the message, a UUID")
    step: str = column(ENTRY.step, "环节", "step of the exchange")
    at: datetime = column(ENTRY.at, "时间", "when")
    operation: str = column(ENTRY.operation, "操作", "operation asked for")
    outcome: str = column(ENTRY.outcome, "结果", "outcome")
    subject: str = column(ENTRY.subject, "客户端", "client")
    organization: Organization | None = relation(ENTRY.organization_id, "单位", "organisation")
    on_behalf_of: Organization | None = relation(ENTRY.on_behalf_of_id, "代录单位", "unit it was recorded for")
    target_key: str | None = column(ENTRY.target_id, "对象键（UUID）", "key of the object made or moved")
    request_digest: str = column(ENTRY.request_digest, "请求正文的SHA-256", "SHA-256 of the body sent, hex")
    response_digest: str | None = column(
        ENTRY.response_digest,
        "答复正文的SHA-256，限由本中枢发出的",
        "SHA-256 of the answer's body, of what the hub sent",
    )
    idempotency_key: str | None = column(ENTRY.idempotency_key, "幂等键", "idempotency key")
    legal_basis: str | None = column(ENTRY.legal_basis, "法律依据", "legal basis")
    purpose: str | None = column(ENTRY.purpose, "目的", "purpose")
    correlation_id: str = column(ENTRY.correlation_id, "关联编号", "correlation id")


@filter_input("交换日志查询条件", "conditions on the exchange log")
class ExchangeMessageFilter:
    operation: str | None = equals(ENTRY.operation, "操作", "operation")
    subject: str | None = equals(ENTRY.subject, "客户端", "client")
    organization_id: strawberry.ID | None = is_node(ENTRY.organization_id, "OR", "单位标识", "id of the organisation")
    idempotency_key: str | None = equals(ENTRY.idempotency_key, "幂等键", "idempotency key")
    at_from: datetime | None = at_least(ENTRY.at, "不早于", "at or after")
    at_to: datetime | None = at_most(ENTRY.at, "不晚于", "at or before")


@strawberry.type(description=str(Text("一条消息的存证", "evidence of one message")))
class Evidence:
    sealed: bool = strawberry.field(description=str(Text("是否已封签", "whether it is sealed yet")))
    package: str | None = strawberry.field(
        description=str(
            Text(
                "存证包（JSON文本），存为文件后以 hub evidence verify 离线核验；未封签时为空",
                "the package as JSON text, to be kept as a file and checked offline with hub evidence verify; "
                "null until sealed",
            )
        )
    )


async def _evidence(context: HubContext, given: Mapping[str, Any]) -> Evidence | None:
    """Null when the caller cannot see the entry. Raises ``Refused`` (ID_INVALID)."""
    tag, key = decode_node_id(given["id"], path=("id",))
    if tag != TAG:
        raise Refused(Reason("ID_INVALID", ("id",)))
    async with context.reading() as session:
        message = await session.scalar(select(ENTRY.message_id).where(ENTRY.id == key))
    if message is None:
        return None
    async with context.sessions.system("evidence") as system:
        try:
            package = await evidence_of(system, message)
        except Refused:
            return Evidence(sealed=False, package=None)
    return Evidence(sealed=True, package=json.dumps(package, ensure_ascii=False))


@query
class EvidenceQueries:
    exchange_messages: Connection[ExchangeMessage] = connection(
        "本单位经由本中枢交换的消息（审计单位可见所辖全部），最新在前",
        "messages the caller's organisation exchanged through the hub (an auditor sees its jurisdiction), latest first",
        orders=only(descending("最新在前", "latest first", ENTRY.at)),
        filtered_by=ExchangeMessageFilter,
    )
    evidence: Evidence | None = answered(
        _evidence,
        "一条消息的存证包",
        "the evidence of one message",
        arguments={"id": argument(strawberry.ID, chosen("交换日志条目标识", "id of the entry"))},
    )
