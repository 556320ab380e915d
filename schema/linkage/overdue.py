"""Overdue as an SQL expression: derived from deadline and state, never stored."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, and_, func, literal_column

from hub.linkage.alerts.due import ACTIVE_ITEMS, ACTIVE_TASKS
from schema.binding.ambient import Ambient, Row


def _active(row: Row, states: tuple[Any, ...]) -> ColumnElement[bool]:
    active: ColumnElement[bool] = row.c.status.in_([state.value for state in states])
    return active


def item_overdue(row: Row, ambient: Ambient) -> ColumnElement[bool]:
    """A running item whose due day has ended."""
    return and_(_active(row, ACTIVE_ITEMS), func.coalesce(row.c.due_at <= ambient.now, literal_column("false")))


def task_overdue(row: Row, ambient: Ambient) -> ColumnElement[bool]:
    """A running task whose due day has ended."""
    return and_(_active(row, ACTIVE_TASKS), func.coalesce(row.c.due_at <= ambient.now, literal_column("false")))
