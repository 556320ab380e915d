"""What each organisation of a generated world exchanged: entries of the exchange log, webhook endpoints with their
deliveries, bulk exports."""

from __future__ import annotations

from uuid import UUID

from hub.canonical import codes
from hub.db import models
from tests.support.drawing import UNITS, Drawing
from tests.support.rows import Row


def draw_exchange(drawing: Drawing, county: str, placed: Row) -> None:
    for number in range(drawing.size):
        unit = f"{county}.{drawing.pick(UNITS)}"
        endpoint = _endpoint(drawing, placed, unit, number)
        _delivery(drawing, endpoint, number)
        _export(drawing, placed, unit, number)
        drawing.content.add(
            models.IdempotencyRecord,
            subject=unit,
            key=drawing.mark("幂等"),
            request_digest="e" * 64,
            outcome={},
            created_at=drawing.moment(),
        )


def _endpoint(drawing: Drawing, placed: Row, unit: str, number: int) -> Row:
    webhook = number != 0
    return drawing.content.add(
        models.WebhookEndpoint,
        id=drawing.id(),
        organization_id=drawing.world.organizations[unit],
        channel=codes.Channel.WEBHOOK if webhook else codes.Channel.BANK,
        client_id=unit if webhook else "",
        account=None if webhook else drawing.mark("账户"),
        url=f"https://{drawing.mark('地址')}.example",
        event_types=[drawing.mark("事件")],
        status=drawing.pick(codes.EndpointStatus),
        status_reason=drawing.pick((None, *codes.EndpointReason)),
        failures=drawing.random.randrange(5),
        since_epoch=1,
        since_transaction=1,
        version=1,
        **drawing.stamps(),
        **placed,
    )


def _delivery(drawing: Drawing, endpoint: Row, number: int) -> None:
    row = drawing.content.add(
        models.Delivery,
        id=drawing.id(),
        tenant_id=endpoint["tenant_id"],
        endpoint_id=endpoint["id"],
        organization_id=endpoint["organization_id"],
        jurisdiction_path=endpoint["jurisdiction_path"],
        event_id=drawing.id(),
        event_type=drawing.mark("事件"),
        schema_version=1,
        key=drawing.mark("键"),
        object_id=drawing.id(),
        ids={"id": str(drawing.id())},
        epoch=1,
        transaction_id=1,
        number=number + 1,
        event_at=drawing.moment(),
        status=drawing.pick(codes.DeliveryStatus),
        attempts=drawing.random.randrange(5),
        created_at=drawing.moment(),
        fault=drawing.pick((None, *codes.DeliveryFault)),
    )
    drawing.content.add(
        models.DeliveryLane, endpoint_id=row["endpoint_id"], key=row["key"], due_at=drawing.moment(), fence=0
    )
    _entry(drawing, row["id"], row["organization_id"], row["jurisdiction_path"])


def _entry(drawing: Drawing, message: UUID, organization: UUID, path: str) -> None:
    drawing.content.add(
        models.ExchangeEntry,
        id=drawing.id(),
        message_id=message,
        partition="2026-06",
        step="DELIVERED",
        at=drawing.moment(),
        subject=drawing.mark("客户端"),
        organization_id=organization,
        on_behalf_of_id=None,
        jurisdiction_path=path,
        operation="deliver",
        target_id=drawing.id(),
        outcome="DONE",
        request_digest="d" * 64,
        idempotency_key=drawing.mark("幂等"),
        purpose=drawing.pick((None, drawing.mark("目的"))),
        correlation_id=drawing.mark("关联"),
    )


def _export(drawing: Drawing, placed: Row, unit: str, number: int) -> None:
    """By the client of that name, by another of the unit, by the client while it was another's."""
    client, owner = ((unit, unit), (f"{unit}.other", unit), (unit, "city.tax"))[number % 3]
    drawing.content.add(
        models.BulkOperation,
        id=drawing.id(),
        client_id=client,
        organization_id=drawing.world.organizations[owner],
        home_path=placed["jurisdiction_path"],
        token_id="token",
        token_scopes=[],
        query="{ viewer { clientId } }",
        field="doubleListItems",
        purpose=drawing.mark("目的"),
        status=drawing.pick(codes.BulkStatus),
        row_count=drawing.random.randrange(100),
        byte_count=0,
        masked=[],
        created_at=drawing.moment(),
        attempt=0,
    )
