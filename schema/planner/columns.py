"""Which columns a selection needs of its row, so that pages carry no more."""

from __future__ import annotations

from collections.abc import Sequence

from schema.binding.declare import Declaration
from schema.binding.fields import (
    AnyNode,
    Binding,
    Children,
    ColumnOf,
    ExpressionOf,
    FromJson,
    InPython,
    NodeRef,
    Paged,
    Same,
    ToEach,
    ToOne,
)
from schema.planner.questions import Bindings
from schema.planner.selection import Selected


def needed_columns(
    bindings: Bindings, declaration: Declaration, children: Sequence[Selected], *, with_audience: bool
) -> frozenset[str]:
    """Columns read by the fields; ``with_audience`` adds what tells own rows from a subordinate's."""
    needed: set[str] = set()
    for child in children:
        binding = bindings.of(child)
        if binding is None:
            continue
        needed |= _columns(binding)
        if with_audience and binding.content and declaration.audience is not None:
            needed |= declaration.audience.columns
        if isinstance(binding, Same):
            needed |= needed_columns(bindings, bindings.declaration(child), child.children, with_audience=with_audience)
    return frozenset(needed)


def _columns(binding: Binding) -> frozenset[str]:
    match binding:
        case ColumnOf() | NodeRef() | FromJson():
            return frozenset({binding.column})
        case ExpressionOf() | Same():
            return binding.uses
        case ToOne() | ToEach():
            return frozenset({binding.local})
        case Children() | Paged():
            return frozenset({binding.local}) if binding.remote is not None else frozenset()
        case AnyNode():
            return frozenset({binding.kind_column, binding.id_column})
        case InPython():
            return frozenset(binding.needs)
    return frozenset()
