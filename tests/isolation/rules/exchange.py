"""What an organisation exchanges is its own: an administrator sees whether it arrived."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hub.canonical.codes import Channel
from hub.core.principal import RoleName
from hub.db import models
from tests.isolation.rules.reach import of, own_or

if TYPE_CHECKING:
    from tests.isolation.oracle import Oracle
    from tests.support.rows import Row

ADMINISTRATORS = {RoleName.ADMINISTRATOR}


def _endpoint(oracle: Oracle, row: Row) -> bool:
    """What an operator registered with a bank or a holder no client sees."""
    return row["channel"] is Channel.WEBHOOK and own_or(ADMINISTRATORS, "organization_id")(oracle, row)


def _lane(oracle: Oracle, row: Row) -> bool:
    endpoints = oracle.content.of(models.WebhookEndpoint)
    return any(
        each["id"] == row["endpoint_id"] and each["organization_id"] == oracle.own and _endpoint(oracle, each)
        for each in endpoints
    )


def _stop(oracle: Oracle, row: Row) -> bool:
    return row["publisher_id"] == oracle.own or of(models.CreditRepair, "repair_id")(oracle, row)


def _of_others(*columns: str) -> Any:
    """An administrator never learns where it goes or what it is about."""
    return lambda oracle, row: set() if row["organization_id"] == oracle.own else set(columns)


RULES: dict[type[Any], Any] = {
    models.WebhookEndpoint: _endpoint,
    models.Delivery: own_or(ADMINISTRATORS, "organization_id"),
    models.DeliveryLane: _lane,
    models.BulkOperation: lambda oracle, row: (
        row["organization_id"] == oracle.own and row["client_id"] == oracle.principal.subject
    ),
    models.IdempotencyRecord: lambda oracle, row: row["subject"] == oracle.principal.subject,
    models.DishonestyStep: of(models.DishonestyRecord, "record_id"),
    models.DishonestyClock: of(models.DishonestyRecord, "record_id"),
    models.SubjectTransfer: of(models.Subject, "subject_id"),
    models.PublicationStop: _stop,
    models.OrganizationName: lambda _oracle, _row: True,  # what a unit was called is no secret
}
CLEARED = {models.PublicationStop: {"evaluation"}}
MASKS = {models.WebhookEndpoint: _of_others("url"), models.Delivery: _of_others("key", "object_id")}
LISTS = {
    "webhookEndpoints": models.WebhookEndpoint,
    "deliveries": models.Delivery,
    "bulkOperations": models.BulkOperation,
    "organizationNames": models.OrganizationName,
}
PATHS = (
    """{ webhookEndpoints(first: 50) { nodes { url eventTypes clientId deliveries { totalCount } } }
    deliveries(first: 50) { nodes { orderingKey objectKey eventType history { subject purpose } } } }""",
    """{ creditRepairs(first: 50) { nodes { publicationStops { evaluation receiptNo } } }
    publicationStops(first: 50) { nodes { receiptNo evaluation publisher { id } caseNumber } } }""",
)
