"""Marriage information and service addresses: docs/marriage-and-addresses.md and the descriptions of their lists."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hub.db import models
from tests.isolation.rules.inquiry import audits, own, parents

if TYPE_CHECKING:
    from tests.isolation.oracle import Oracle
    from tests.support.rows import Row


def _batch_of(oracle: Oracle, row: Row) -> bool:
    """The court its own; civil affairs once it is sealed."""
    return row["court_id"] == oracle.own or (row["receiver_id"] == oracle.own and row["sealed_at"] is not None)


def _batch(oracle: Oracle, row: Row) -> bool:
    return _batch_of(oracle, row) or audits(oracle, row)


def _item(oracle: Oracle, row: Row) -> bool:
    """The auditor sees that there was a batch, none of its decisions."""
    return any(_batch_of(oracle, batch) for batch in parents(oracle, models.MarriageBatch, row["batch_id"]))


def _asked_for(oracle: Oracle, row: Row) -> bool:
    """By the court, in a case of its own that is still open."""
    return any(
        reading["address_id"] == row["id"] and reading["court_id"] == oracle.own == case["court_id"]
        for reading in oracle.content.of(models.AddressReading)
        for case in parents(oracle, models.LegalCase, reading["case_id"])
        if case["closed_on"] is None
    )


def _address(oracle: Oracle, row: Row) -> bool:
    mine = oracle.own in (row["provider_id"], row["registrar_id"])
    return mine or _asked_for(oracle, row) or audits(oracle, row)


RULES = {
    models.MarriageBatch: _batch,
    models.MarriageItem: _item,
    models.ServiceAddress: _address,
    models.AddressReading: own("court_id"),
    models.AddressChange: own("court_id"),
    models.RegisteredEnterprise: lambda _oracle, _row: True,  # what the register publishes
}
LISTS = {
    "marriageBatches": models.MarriageBatch,
    "marriageItems": models.MarriageItem,
    "serviceAddresses": models.ServiceAddress,
    "addressChanges": models.AddressChange,
}
PATHS = (
    "{ marriageBatches(first: 100) { nodes { note items { partyAMasked receiptReason settlementNote } } } }",
    "{ serviceAddresses(first: 100) { nodes { valueMasked returnReason referralNote } } }",
    "{ addressChanges(first: 100) { nodes { kind address { valueMasked registrar { name } } } } }",
)
