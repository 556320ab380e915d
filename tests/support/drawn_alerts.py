"""Alerts of a generated world about queries, controls, lookouts, clues, plans and bankruptcies, and whom they name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from hub.canonical import codes
from hub.db import models

if TYPE_CHECKING:
    from tests.support.content import Row, _Drawing

K = codes.AlertKind
NAMED: dict[type[Any], tuple[tuple[codes.AlertKind, ...], str | None]] = {
    models.ExecutionOrder: ((K.QUERY_UNANSWERED, K.OBJECTION_OVERDUE), "court_id"),
    models.ControlOrder: ((K.CONTROL_UNANSWERED,), "holder_id"),
    models.AssetControl: ((K.CONTROL_EXPIRED, K.CONTROL_EXCESS), "court_id"),
    models.LookoutHit: ((K.LOOKOUT_HIT, K.LOOKOUT_HIT_LATE, K.LOOKOUT_HIT_WAITING), "court_id"),
    models.FundClue: ((K.FUND_CLUE_OVERDUE, K.FUND_CLUE_UNVERIFIED), "finance_id"),
    models.PerformancePlan: ((K.PLAN_NOT_BUDGETED, K.PLAN_INSTALMENT_MISSED), "debtor_id"),
    models.BankruptcyMatter: ((K.BANKRUPTCY_URGED,), "court_id"),
    models.EvasionClue: ((K.EVASION_CLUE_OVERDUE,), "police_id"),
    models.JointMeeting: ((K.MINUTES_OVERDUE,), None),
    models.CoordinationRequest: ((K.SETTLEMENT_OVERDUE,), None),
    models.SupervisionNotice: ((K.NOTICE_OVERDUE,), "issuer_id"),
    models.PeriodicReport: ((K.REPORT_DUE,), "issuer_id"),
}
"""Kinds by what they are about, and the column of the unit named; of governance any unit may be."""


def draw_alerts(drawing: _Drawing, county: str, placed: Row) -> None:
    for model, (kinds, column) in NAMED.items():
        rows = [row for row in drawing.content.of(model) if row["jurisdiction_path"] == placed["jurisdiction_path"]]
        for row in rows[:4]:
            named = row[column] if column else drawing.unit(county)
            _alert(drawing, placed, drawing.pick(kinds), model.__name__, row["id"], named)
    for hit in drawing.content.of(models.LookoutHit)[-3:]:
        _alert(drawing, placed, K.LOOKOUT_HIT, "LookoutHit", hit["id"], drawing.unit(county))
    _alert(drawing, placed, K.RESIDUAL_PUNISHMENT, "JointPunishmentMeasure", drawing.id(), drawing.unit(county))


def _alert(drawing: _Drawing, placed: Row, kind: Any, about: str, target: UUID, named: UUID) -> None:
    drawing.content.add(
        models.Alert,
        id=drawing.id(),
        kind=kind,
        severity=drawing.pick(codes.AlertSeverity),
        target_kind=about,
        target_id=target,
        organization_id=named,
        title=drawing.mark("预警"),
        due_on=drawing.day(),
        offset_days=len(drawing.content.of(models.Alert)),
        clause=drawing.pick((None, "四(一)")),
        raised_at=drawing.moment(),
        **drawing.stamps(),
        **placed,
    )
