"""Argument values: read and checked on every request, into bind parameters and the shape of the statement."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from graphql import get_argument_values
from graphql.execution.values import VariableValues
from sqlalchemy.types import TypeEngine
from strawberry.utils.str_converters import to_camel_case

from hub.core.errors import Reason, Refused
from hub.core.ids import decode_node_id
from schema.binding.ambient import AMBIENT
from schema.binding.conditions import Argument, Condition
from schema.binding.declare import FILTERS
from schema.binding.fields import Children, NodeLookup, One, Paged
from schema.binding.realise import MAXIMUM_PAGE
from schema.paging import CursorKey, open_cursor
from schema.planner.cursors import read_key, sort_keys
from schema.planner.questions import Asking, Bindings, Question

MAXIMUM_NODES = 100

Given = tuple[tuple[str, Any], ...]
"""Names of the conditions in force, each with its value where the value is part of the statement, else None."""


@dataclass(frozen=True, slots=True)
class PageShape:
    order: str
    after: bool
    own: bool
    given: Given


@dataclass(frozen=True, slots=True)
class LookupShape:
    given: Given


@dataclass(frozen=True, slots=True)
class NodeShape:
    """Tags of the ids asked for that belong to known types."""

    tags: tuple[str, ...]


Shape = PageShape | LookupShape | NodeShape


@dataclass(slots=True)
class Values:
    """Bind values by name, and by field index the shape of its part of the statement."""

    cursor_key: Callable[[str], CursorKey]
    shapes: dict[int, Shape] = field(default_factory=dict)
    binds: dict[str, Any] = field(default_factory=dict)

    @property
    def key(self) -> tuple[Shape, ...]:
        return tuple(self.shapes.values())


class Reader:
    """Reads the arguments of the questions of one statement."""

    def __init__(self, bindings: Bindings) -> None:
        self._bindings = bindings

    def read(
        self, questions: Iterable[Question], variables: VariableValues | None, cursor_key: Callable[[str], CursorKey]
    ) -> Values:
        """Raises ``Refused`` on a value out of range, an id of another type, a foreign cursor."""
        values = Values(cursor_key)
        for question in questions:
            for asking in question.asking:
                definition = asking.selected.definition
                if asking.constant is not None:
                    given = asking.constant
                elif definition is not None:
                    given = get_argument_values(definition, asking.selected.nodes[0], variables)
                self._one(asking, given, values)
        return values

    def _one(self, asking: Asking, given: Mapping[str, Any], values: Values) -> None:
        index = asking.selected.index
        match asking.binding:
            case Paged() as paged:
                self._page(asking, paged, given, values)
            case One() as one:
                conditions = _conditions(one.arguments, given, f"a{index}", (), values)
                if one.exactly_one and len(conditions) != 1:
                    raise Refused(
                        Reason("EXACTLY_ONE_ARGUMENT", (), {"names": "、".join(map(to_camel_case, one.arguments))})
                    )
                values.shapes[index] = LookupShape(conditions)
            case Children() as children:
                values.shapes[index] = LookupShape(_conditions(children.arguments, given, f"a{index}", (), values))
            case NodeLookup(many=True):
                _nodes(index, given["ids"], values)
            case NodeLookup():
                tag, key = decode_node_id(given["id"], path=("id",))
                values.shapes[index] = NodeShape((tag,))
                values.binds[f"a{index}_key"] = key

    def _page(self, asking: Asking, paged: Paged, given: Mapping[str, Any], values: Values) -> None:
        index = asking.selected.index
        prefix = f"a{index}"
        first = given.get("first")
        if not isinstance(first, int) or not 1 <= first <= MAXIMUM_PAGE:
            raise Refused(Reason("PAGE_SIZE", ("first",), {"limit": MAXIMUM_PAGE}))
        values.binds[f"{prefix}_first"] = first
        values.binds[f"{prefix}_fetch"] = first + 1
        conditions = list(_conditions(paged.arguments, given, prefix, (), values))
        own = False
        if paged.filter_name is not None and (filters := given.get("filter")):
            declared = {
                name: Argument(None, condition) for name, condition in FILTERS[paged.filter_name].conditions.items()
            }
            filtered = _conditions(declared, filters, f"{prefix}_filter", ("filter",), values)
            own = any(declared[name].condition.own and value for name, value in filtered)
            conditions += [(f"filter.{name}", value) for name, value in filtered]
        order = given["orderBy"].value if paged.orders.enum is not None else paged.orders.default
        shape = PageShape(order, given.get("after") is not None, own, tuple(conditions))
        self._cursor(asking, paged, shape, given.get("after"), values)
        values.shapes[index] = shape

    def _cursor(self, asking: Asking, paged: Paged, shape: PageShape, after: str | None, values: Values) -> None:
        prefix = f"a{asking.selected.index}"
        name = self._bindings.declaration(asking.selected).name
        key = values.cursor_key(f"{name}:{shape.order}")
        values.binds[f"{prefix}_inner"], values.binds[f"{prefix}_outer"] = key.inner, key.outer
        if after is None:
            return
        types = self._key_types(asking, paged, shape.given)
        columns = sort_keys(paged.orders.by_value[shape.order])
        found = open_cursor(after, key)
        if len(found) != len(columns):
            raise Refused(Reason("CURSOR_INVALID", ("after",)))
        for position, (column, part) in enumerate(zip(columns, found, strict=True)):
            values.binds[f"{prefix}_after{position}"] = read_key(part, types[column])

    def _key_types(self, asking: Asking, paged: Paged, given: Given) -> Mapping[str, TypeEngine[Any]]:
        if paged.rows is not None:
            return {column.key: column.type for column in paged.rows(AMBIENT, dict(given)).selected_columns}
        table = self._bindings.declaration(asking.selected).table
        return {} if table is None else {column.key: column.type for column in table.c}


def _conditions(
    arguments: Mapping[str, Argument], given: Mapping[str, Any], prefix: str, path: tuple[str, ...], values: Values
) -> Given:
    """Read the values given; null counts as not given."""
    conditions: list[tuple[str, Any]] = []
    for name, argument in arguments.items():
        written = to_camel_case(name)
        value = given.get(written)
        if value is None:
            continue
        refuse_nul(value, (*path, written))
        accepted = argument.condition.accept(value, (*path, written))
        if argument.condition.bind_type is None:
            conditions.append((name, accepted))
        else:
            values.binds[f"{prefix}_{name}"] = accepted
            conditions.append((name, None))
    return tuple(conditions)


def refuse_nul(value: Any, path: tuple[str, ...]) -> None:
    """Raises ``Refused`` (NUL_CHARACTER) on text that PostgreSQL cannot hold."""
    if _holds_nul(value):
        raise Refused(Reason("NUL_CHARACTER", path))


def _holds_nul(value: Any) -> bool:
    """PostgreSQL text cannot hold U+0000."""
    return "\x00" in value if isinstance(value, str) else isinstance(value, list) and any(map(_holds_nul, value))


def _nodes(index: int, ids: list[str], values: Values) -> None:
    if len(ids) > MAXIMUM_NODES:
        raise Refused(Reason("LIST_TOO_LONG", ("ids",), {"limit": MAXIMUM_NODES}))
    decoded = [decode_node_id(each, path=("ids", position)) for position, each in enumerate(ids)]
    values.binds[f"a{index}_tags"] = [tag for tag, _ in decoded]
    values.binds[f"a{index}_keys"] = [key for _, key in decoded]
    values.shapes[index] = NodeShape(tuple(sorted({tag for tag, _ in decoded})))


__all__ = ["Condition", "Given", "LookupShape", "NodeShape", "PageShape", "Reader", "Shape", "Values"]
