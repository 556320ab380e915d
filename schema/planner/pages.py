"""The SQL of a connection: a keyset page as one JSON object."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, cast

from sqlalchemy import (
    BigInteger,
    BindParameter,
    ColumnElement,
    FromClause,
    LargeBinary,
    bindparam,
    case,
    func,
    literal_column,
    select,
    true,
)

from schema.binding.ambient import AMBIENT, Row
from schema.binding.declare import FILTERS
from schema.binding.fields import Paged
from schema.planner.arguments import PageShape
from schema.planner.columns import needed_columns
from schema.planner.cursors import after, ordered, sort_keys, sorting, write_cursor
from schema.planner.filters import conditions, guard_order
from schema.planner.selection import Selected
from schema.planner.sources import Source, list_source, plain
from schema.planner.sql import JsonObject, json_list, last_of, text_literal

if TYPE_CHECKING:
    from schema.planner.compiler import Compiler

FETCH_LIMIT: ColumnElement[int] = literal_column("101")
"""The most any page fetches, as a literal: a page size behind a parameter would be guessed by PostgreSQL's planner."""
POSITION = "rn"


def page(compiler: Compiler, selected: Selected, binding: Paged, row: Row | None) -> ColumnElement[Any]:
    """A connection object. Only what is selected is computed; ``totalCount`` is a count of its own."""
    shape = compiler.shapes[selected.index]
    assert isinstance(shape, PageShape)
    return _Page(compiler, selected, binding, shape, row).build()


class _Page:
    def __init__(
        self, compiler: Compiler, selected: Selected, binding: Paged, shape: PageShape, row: Row | None
    ) -> None:
        self.compiler = compiler
        self.selected = selected
        self.binding = binding
        self.shape = shape
        self.row = row
        self.target = compiler.bindings.declaration(selected)
        self.order = binding.orders.by_value[shape.order]
        self.prefix = f"a{selected.index}"
        self.first: BindParameter[int] = bindparam(f"{self.prefix}_first", None, type_=BigInteger())
        self.looks_ahead = any(child.name == "pageInfo" for child in selected.children)

    def build(self) -> ColumnElement[Any]:
        source = self._source()
        conditions = [*source.where, *self._conditions(source)]
        rows = [child for child in self.selected.children if child.name in ("edges", "nodes", "pageInfo")]
        members: list[tuple[str, ColumnElement[Any]]] = []
        fetched = self._fetched(source, conditions) if rows else None
        for child in self.selected.children:
            match child.name:
                case "edges" if fetched is not None:
                    value = self._edges(child, fetched)
                case "nodes" if fetched is not None:
                    value = self._listed(self._node(child, fetched), fetched)
                case "pageInfo" if fetched is not None:
                    value = self._page_info(child, fetched)
                case "totalCount":
                    value = self._count(source, conditions)
                case _:
                    value = text_literal(self.selected.type_name)
            members.append((child.key, value))
        found = JsonObject(members)
        if fetched is None:
            return found
        # One row whatever the page holds, also when nothing selected looks at its rows.
        always_one = case((func.count() >= literal_column("0"), found))
        return self.compiler.nested(select(always_one).select_from(fetched), self.row)

    def _source(self) -> Source:
        name = self.compiler.alias()
        if self.binding.rows is not None:
            given = dict(self.shape.given)
            return plain(self.binding.rows(AMBIENT, given).subquery(name))
        return list_source(self.target, self.compiler.permission, own=self.shape.own, name=name)

    def _conditions(self, source: Source) -> list[ColumnElement[bool]]:
        found: list[ColumnElement[bool]] = []
        if self.binding.remote is not None and self.row is not None:
            found.append(source.row.c[self.binding.remote] == self.row.c[self.binding.local])
        known = {name: argument.condition for name, argument in self.binding.arguments.items()}
        if self.binding.filter_name is not None:
            filters = FILTERS[self.binding.filter_name].conditions
            known |= {f"filter.{name}": condition for name, condition in filters.items()}
        return found + conditions(self.compiler, self.target, known, self.shape.given, source.row, self.prefix)

    def _fetched(self, source: Source, conditions: Sequence[ColumnElement[bool]]) -> FromClause:
        """The rows asked for; for ``pageInfo`` one more, and all of them numbered in order."""
        guard_order(self.compiler, self.target, self.order)
        names = sorted(self._needed() | set(sort_keys(self.order)))
        where = list(conditions)
        if self.shape.after:
            where.append(after(source.row, self.order, self._cursor_binds(source.row)))
        rows = select(*(source.row.c[name].label(name) for name in names)).select_from(source.selectable).where(*where)
        limited = ordered(rows, source.row, self.order).limit(FETCH_LIMIT)
        if self.row is not None:
            limited = limited.correlate(cast("FromClause", self.row))
        inner = limited.subquery(self.compiler.alias())
        if not self.looks_ahead:
            return select(*inner.c).limit(self.first).subquery(self.compiler.alias())
        fetch: BindParameter[int] = bindparam(f"{self.prefix}_fetch", None, type_=BigInteger())
        numbered = select(*inner.c, func.row_number().over().label(POSITION)).limit(fetch)
        return numbered.subquery(self.compiler.alias())

    def _needed(self) -> frozenset[str]:
        nodes: list[Selected] = []
        for child in self.selected.children:
            if child.name == "nodes":
                nodes += child.children
            elif child.name == "edges":
                nodes += [each for edge in child.children if edge.name == "node" for each in edge.children]
        superior = self.compiler.permission.superior
        return needed_columns(self.compiler.bindings, self.target, nodes, with_audience=superior)

    def _cursor_binds(self, row: Row) -> list[BindParameter[Any]]:
        return [
            bindparam(f"{self.prefix}_after{position}", None, type_=row.c[name].type)
            for position, name in enumerate(sort_keys(self.order))
        ]

    def _listed(self, value: ColumnElement[Any], fetched: FromClause) -> ColumnElement[Any]:
        if not self.looks_ahead:
            # In the order in which they were fetched: PostgreSQL knows it, and sorts nothing.
            return cast("ColumnElement[Any]", json_list(value, *sorting(fetched, self.order)))
        position = fetched.c[POSITION]
        return cast("ColumnElement[Any]", json_list(value, position, where=position <= self.first))

    def _node(self, child: Selected, fetched: FromClause) -> ColumnElement[Any]:
        return cast("ColumnElement[Any]", self.compiler.object(child.children, self.target, fetched))

    def _edges(self, edges: Selected, fetched: FromClause) -> ColumnElement[Any]:
        members: list[tuple[str, ColumnElement[Any]]] = []
        for child in edges.children:
            match child.name:
                case "cursor":
                    value = self._cursor(fetched)
                case "node":
                    value = self._node(child, fetched)
                case _:
                    value = text_literal(edges.type_name)
            members.append((child.key, value))
        return self._listed(JsonObject(members), fetched)

    def _cursor(self, fetched: FromClause) -> ColumnElement[Any]:
        inner: BindParameter[bytes] = bindparam(f"{self.prefix}_inner", None, type_=LargeBinary())
        outer: BindParameter[bytes] = bindparam(f"{self.prefix}_outer", None, type_=LargeBinary())
        return write_cursor([fetched.c[name] for name in sort_keys(self.order)], inner, outer)

    def _page_info(self, info: Selected, fetched: FromClause) -> ColumnElement[Any]:
        position = fetched.c[POSITION]
        members: list[tuple[str, ColumnElement[Any]]] = []
        for child in info.children:
            match child.name:
                case "hasNextPage":
                    value: ColumnElement[Any] = func.count() > self.first
                case "hasPreviousPage":
                    value = true() if self.shape.after else literal_column("false")
                case "startCursor":
                    value = func.min(self._cursor(fetched)).filter(position == literal_column("1"))
                case "endCursor":
                    value = last_of(self._cursor(fetched), position, where=position <= self.first)
                case _:
                    value = text_literal(info.type_name)
            members.append((child.key, value))
        return JsonObject(members)

    def _count(self, source: Source, conditions: list[ColumnElement[bool]]) -> ColumnElement[Any]:
        start = source.counted_from(conditions, self.row)
        counted = select(func.count()).select_from(start).where(*conditions)
        return self.compiler.nested(counted, self.row)
