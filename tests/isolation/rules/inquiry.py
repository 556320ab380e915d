"""Execution queries: docs/execution-queries.md, "Who may do what"; domain §4.1, rule 7."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from hub.canonical.codes import Channel
from hub.canonical.execution_codes import OfficerCapacity
from hub.core.principal import RoleName
from hub.db import models

if TYPE_CHECKING:
    from tests.isolation.oracle import Oracle
    from tests.support.rows import Row

AUDITORS = {RoleName.AUDITOR}
C = OfficerCapacity


def audits(oracle: Oracle, row: Row) -> bool:
    return oracle.covers(AUDITORS, row)


def own(*columns: str) -> Any:
    """One's own by any of the columns, or of one's jurisdiction as its auditor."""
    return lambda oracle, row: oracle.own in [row[column] for column in columns] or audits(oracle, row)


def parents(oracle: Oracle, model: type[Any], key: Any) -> Iterator[Row]:
    return (row for row in oracle.content.of(model) if row["id"] == key)


def as_officer(oracle: Oracle, court: Any) -> list[Row]:
    """The caller's client as an officer of the court that it works for."""
    return [
        officer
        for officer in oracle.content.of(models.ExecutionOfficer)
        if officer["client_id"] == oracle.principal.subject and officer["court_id"] == oracle.own == court
    ]


def handles(oracle: Oracle, row: Row) -> bool:
    """Who asked, who handles it along, and whoever approves or commands in that court."""
    return any(
        officer["capacity"] in (C.APPROVER, C.COMMAND)
        or officer["id"] == row["requester_id"]
        or officer["id"] in row["co_handler_ids"]
        for officer in as_officer(oracle, row["court_id"])
    )


def _query(oracle: Oracle, row: Row) -> bool:
    return handles(oracle, row) or audits(oracle, row)


def _of_query(oracle: Oracle, row: Row) -> bool:
    return any(_query(oracle, query) for query in parents(oracle, models.ExecutionQuery, row["query_id"]))


def _order(oracle: Oracle, row: Row) -> bool:
    return row["holder_id"] == oracle.own or _of_query(oracle, row)


def _document(oracle: Oracle, row: Row) -> bool:
    """A holder that is asked may see what it is asked on."""
    orders = oracle.content.of(models.ExecutionOrder)
    asked = any(order["query_id"] == row["query_id"] and order["holder_id"] == oracle.own for order in orders)
    return asked or _of_query(oracle, row)


def _result(oracle: Oracle, row: Row) -> bool:
    """The holder its own; of the court who asked, handles, approved or commands, unless stopped. No auditor."""
    return row["holder_id"] == oracle.own or any(
        officer["suspended_at"] is None
        and (
            officer["capacity"] is C.COMMAND
            or officer["id"] in (query["requester_id"], query["approver_id"], *query["co_handler_ids"])
        )
        for query in parents(oracle, models.ExecutionQuery, row["query_id"])
        for officer in as_officer(oracle, query["court_id"])
    )


def _read(oracle: Oracle, row: Row) -> bool:
    """One's own readings, those of the court for its command centre, all for the auditor."""
    commands = any(officer["capacity"] is C.COMMAND for officer in as_officer(oracle, row["court_id"]))
    return row["client_id"] == oracle.principal.subject or commands or audits(oracle, row)


def _endpoint(oracle: Oracle, row: Row) -> bool:
    """The system of a holder is an operator's matter."""
    mine = row["organization_id"] == oracle.own or oracle.covers({RoleName.ADMINISTRATOR}, row)
    return row["channel"] is Channel.WEBHOOK and mine


RULES = {
    models.ExecutionOfficer: own("court_id"),
    models.CourtSeal: own("court_id"),
    models.ExecutionQuery: _query,
    models.ExecutionDocument: _document,
    models.ExecutionOrder: _order,
    models.ExecutionResult: _result,
    models.ExecutionRead: _read,
    models.HolderAnswer: lambda oracle, row: row["organization_id"] == oracle.own,
    models.WebhookEndpoint: _endpoint,
}
LISTS = {
    "executionOfficers": models.ExecutionOfficer,
    "executionQueries": models.ExecutionQuery,
    "executionOrders": models.ExecutionOrder,
}
PATHS = (
    "{ executionQueries(first: 100) { nodes { purposeText orders { returnNote objection } documents { filename } } } }",
    "{ executionOrders(first: 100) { nodes { returnNote objectionDecision resultDigest holder { name } } } }",
)
