"""The SQL of lookups and of lists that are not paged."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    ARRAY,
    ColumnElement,
    FromClause,
    String,
    Uuid,
    bindparam,
    case,
    column,
    func,
    literal_column,
    null,
    select,
)

from schema.binding.ambient import AMBIENT, Row
from schema.binding.declare import Declaration
from schema.binding.fields import Children, One, ToEach
from schema.planner.arguments import LookupShape, NodeShape
from schema.planner.cursors import ordered, sort_keys
from schema.planner.filters import conditions
from schema.planner.selection import Selected
from schema.planner.sql import NOTHING, json_list

if TYPE_CHECKING:
    from schema.planner.compiler import Compiler


def children(compiler: Compiler, selected: Selected, binding: Children, row: Row | None) -> ColumnElement[Any]:
    """Every visible child row, in order."""
    target = compiler.bindings.declaration(selected)
    alias = _aliased(compiler, target)
    where = _given(compiler, selected, binding, target, alias)
    if binding.remote is not None and row is not None:
        where.append(alias.c[binding.remote] == row.c[binding.local])
    if binding.where is not None:
        where.append(binding.where(alias, AMBIENT))
    found = compiler.object(selected.children, target, alias)
    keys = [alias.c[name] for name in sort_keys(binding.order) if name in alias.c]
    order = [key.desc() if binding.order.descending else key for key in keys]
    return compiler.nested(select(json_list(found, *order)).select_from(alias).where(*where), row)


def one(compiler: Compiler, selected: Selected, binding: One) -> ColumnElement[Any]:
    """The first row that meets the arguments; null when there is none."""
    target = compiler.bindings.declaration(selected)
    alias = _aliased(compiler, target)
    found = compiler.object(selected.children, target, alias)
    statement = select(found).select_from(alias).where(*_given(compiler, selected, binding, target, alias))
    if binding.order is not None:
        statement = ordered(statement, alias, binding.order)
    return statement.limit(literal_column("1")).scalar_subquery()


def each(compiler: Compiler, selected: Selected, binding: ToEach, row: Row) -> ColumnElement[Any]:
    """The rows whose ids stand in an array, in its order; those not visible are absent."""
    target = compiler.bindings.declaration(selected)
    alias = _aliased(compiler, target)
    listed = (
        func.unnest(row.c[binding.local])
        .table_valued(column("id", Uuid()), with_ordinality="position", name=compiler.alias())
        .render_derived()
    )
    found = compiler.object(selected.children, target, alias)
    statement = select(json_list(found, listed.c.position)).select_from(listed.join(alias, alias.c.id == listed.c.id))
    return compiler.nested(statement, row)


def node(compiler: Compiler, selected: Selected) -> ColumnElement[Any]:
    """A node by its id; null for an unknown type as for a row not visible."""
    shape = compiler.shapes[selected.index]
    assert isinstance(shape, NodeShape)
    target = _tagged(compiler, shape.tags[0])
    if target is None:
        return null()
    compiler.require_type(target)
    key: ColumnElement[Any] = bindparam(f"a{selected.index}_key", None, type_=Uuid())
    return compiler.linked(selected, target, None, "id", key, typed=True)


def nodes(compiler: Compiler, selected: Selected) -> ColumnElement[Any]:
    """Nodes in the order of the ids, null where there is none to see."""
    shape = compiler.shapes[selected.index]
    assert isinstance(shape, NodeShape)
    asked = (
        func.unnest(
            bindparam(f"a{selected.index}_tags", None, type_=ARRAY(String())),
            bindparam(f"a{selected.index}_keys", None, type_=ARRAY(Uuid())),
        )
        .table_valued(column("tag", String()), column("key", Uuid()), with_ordinality="position", name=compiler.alias())
        .render_derived()
    )
    found = []
    for tag in shape.tags:
        target = _tagged(compiler, tag)
        if target is not None:
            compiler.require_type(target)
            found.append((asked.c.tag == tag, compiler.linked(selected, target, asked, "id", asked.c.key, typed=True)))
    value = case(*found, else_=null()) if found else NOTHING
    return select(json_list(value, asked.c.position)).select_from(asked).scalar_subquery()


def _given(
    compiler: Compiler, selected: Selected, binding: Children | One, target: Declaration, row: FromClause
) -> list[ColumnElement[bool]]:
    shape = compiler.shapes[selected.index]
    assert isinstance(shape, LookupShape)
    known = {name: argument.condition for name, argument in binding.arguments.items()}
    return conditions(compiler, target, known, shape.given, row, f"a{selected.index}")


def _aliased(compiler: Compiler, target: Declaration) -> FromClause:
    if target.table is None:
        raise TypeError(f"{target.name} has no table")
    return target.table.alias(compiler.alias())


def _tagged(compiler: Compiler, tag: str) -> Declaration | None:
    return next((each for each in compiler.bindings.objects.values() if each.tag == tag), None)
