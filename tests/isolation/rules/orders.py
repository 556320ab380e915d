"""Asset controls and lookouts: docs/execution-queries.md; each holder its own once they are sent to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hub.db import models
from tests.isolation.rules.inquiry import audits, handles, parents

if TYPE_CHECKING:
    from tests.isolation.oracle import Oracle
    from tests.support.rows import Row


def _sent_to(column: str) -> Any:
    """Who handles it at the court, the unit that it was sent to, the auditor."""
    return lambda oracle, row: (
        handles(oracle, row) or (row[column] == oracle.own and row["sent_at"] is not None) or audits(oracle, row)
    )


_lookout = _sent_to("police_id")


def _hit(oracle: Oracle, row: Row) -> bool:
    return any(_lookout(oracle, lookout) for lookout in parents(oracle, models.LookoutOrder, row["lookout_id"]))


RULES = {
    models.AssetControl: _sent_to("holder_id"),
    models.ControlOrder: _sent_to("holder_id"),
    models.LookoutOrder: _lookout,
    models.LookoutHit: _hit,
}
LISTS = {
    "assetControls": models.AssetControl,
    "controlOrders": models.ControlOrder,
    "lookoutOrders": models.LookoutOrder,
}
PATHS = (
    "{ assetControls(first: 100) { nodes { amountControlled orders { rulingNumber returnNote reason } } } }",
    "{ lookoutOrders(first: 100) { nodes { area withdrawalReason hits { policeUnit outcomeNote } } } }",
)
