"""Conditions in force as SQL. What is masked from the caller can be neither asked about nor ordered by."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from sqlalchemy import ColumnElement, and_, bindparam

from hub.core.errors import Denied, Reason
from schema.binding.ambient import AMBIENT, Row
from schema.binding.conditions import Condition
from schema.binding.declare import Declaration
from schema.binding.fields import Binding, ColumnOf, NodeRef, ToEach, ToOne
from schema.binding.orders import Order
from schema.planner.arguments import Given
from schema.planner.sources import sees_content

if TYPE_CHECKING:
    from schema.planner.compiler import Compiler


def conditions(
    compiler: Compiler,
    target: Declaration,
    known: Mapping[str, Condition],
    given: Given,
    row: Row,
    prefix: str,
) -> list[ColumnElement[bool]]:
    """One condition for every value given. Raises ``Denied`` (FILTER_FORBIDDEN) on a field above the clearance."""
    found = []
    for name, value in given:
        condition = known[name]
        if condition.bind_type is not None:
            value = bindparam(f"{prefix}_{name.replace('.', '_')}", None, type_=condition.bind_type)  # noqa: PLW2901
        made = condition.make(row, AMBIENT, value)
        if made is not None:
            found.append(_guarded(compiler, target, condition.column, row, made))
    return found


def guard_order(compiler: Compiler, target: Declaration, order: Order) -> None:
    """Raises ``Denied`` (FILTER_FORBIDDEN) on an order by what the caller may not read in full."""
    for column in order.columns:
        for binding in _bound_to(target, column):
            if _above(compiler, target, binding) or (binding.content and compiler.permission.superior):
                raise Denied(Reason("FILTER_FORBIDDEN"), audit_note=f"{target.name}.{column}")


def _guarded(
    compiler: Compiler, target: Declaration, column: str | None, row: Row, made: ColumnElement[bool]
) -> ColumnElement[bool]:
    for binding in _bound_to(target, column):
        if _above(compiler, target, binding):
            raise Denied(Reason("FILTER_FORBIDDEN"), audit_note=f"{target.name}.{column}")
        if binding.content and compiler.permission.superior:
            return and_(sees_content(target, compiler.permission, row), made)
    return made


def _bound_to(target: Declaration, column: str | None) -> list[Binding]:
    """Fields that show the column."""
    shown: list[Binding] = []
    for binding in target.fields.values():
        match binding:
            case ColumnOf() | NodeRef() if binding.column == column:
                shown.append(binding)
            case ToOne() | ToEach() if binding.local == column:
                shown.append(binding)
    return shown


def _above(compiler: Compiler, target: Declaration, binding: Binding) -> bool:
    level = target.level if binding.level is None else binding.level
    return level > compiler.permission.clearance
