"""The title of an alert, for who may read what it is about."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, case, cast, literal_column, or_
from sqlalchemy.dialects.postgresql import JSONB

from hub.access.scopes import Scope
from schema.binding.ambient import Ambient, Row

NEEDED = {
    "JointMeeting": Scope.MEETING_READ,
    "CoordinationBody": Scope.ORGANIZATION_READ,
    "CoordinationRequest": Scope.COORDINATION_READ,
    "SupervisionNotice": Scope.NOTICE_READ,
    "JudicialSuggestion": Scope.SUGGESTION_READ,
    "PeriodicReport": Scope.NOTICE_READ,
    "DishonestyRecord": Scope.DISHONESTY_READ,
    "CreditRepair": Scope.DISHONESTY_READ,
    "CreditObjection": Scope.DISHONESTY_READ,
    "JointPunishmentMeasure": Scope.MEASURE_READ,
}
"""Scope for what an alert is about, where it is more than the alert itself asks for."""
HIDDEN = "—"


def alert_title(row: Row, ambient: Ambient) -> ColumnElement[Any]:
    held = cast(ambient.viewer, JSONB)[literal_column("'scopes'")]
    allowed = [
        (row.c.target_kind == literal_column(f"'{kind}'")) & ~held.op("?")(literal_column(f"'{scope.value}'"))
        for kind, scope in NEEDED.items()
    ]
    return case((or_(*allowed), literal_column(f"'{HIDDEN}'")), else_=row.c.title)
