"""Alerts of a generated world about queries, controls, lookouts, clues, plans and bankruptcies, and whom they name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hub.canonical import codes
from hub.db import models

if TYPE_CHECKING:
    from tests.support.content import Row, _Drawing

K = codes.AlertKind
NAMED: dict[type[Any], tuple[tuple[codes.AlertKind, ...], str]] = {
    models.ExecutionOrder: ((K.QUERY_UNANSWERED, K.OBJECTION_OVERDUE), "court_id"),
    models.ControlOrder: ((K.CONTROL_UNANSWERED,), "holder_id"),
    models.AssetControl: ((K.CONTROL_EXPIRED, K.CONTROL_EXCESS), "court_id"),
    models.LookoutHit: ((K.LOOKOUT_HIT, K.LOOKOUT_HIT_LATE, K.LOOKOUT_HIT_WAITING), "court_id"),
    models.FundClue: ((K.FUND_CLUE_OVERDUE, K.FUND_CLUE_UNVERIFIED), "finance_id"),
    models.PerformancePlan: ((K.PLAN_NOT_BUDGETED, K.PLAN_INSTALMENT_MISSED), "debtor_id"),
    models.BankruptcyMatter: ((K.BANKRUPTCY_URGED,), "court_id"),
}


def draw_alerts(drawing: _Drawing, _county: str, placed: Row) -> None:
    for model, (kinds, column) in NAMED.items():
        rows = [row for row in drawing.content.of(model) if row["jurisdiction_path"] == placed["jurisdiction_path"]]
        for number, row in enumerate(rows[:4]):
            drawing.content.add(
                models.Alert,
                id=drawing.id(),
                kind=drawing.pick(kinds),
                severity=drawing.pick(codes.AlertSeverity),
                target_kind=model.__name__,
                target_id=row["id"],
                organization_id=row[column],
                title=drawing.mark("预警"),
                due_on=drawing.day(),
                offset_days=number,
                clause=drawing.pick((None, "四(一)")),
                raised_at=drawing.moment(),
                **drawing.stamps(),
                **placed,
            )
