"""Kinds of bindings, and the words a declaration uses for them.

Every word takes the Chinese and the English description last, then how the field is protected: ``level`` (the
sensitivity a caller must be cleared for; the type's own when not named), ``content`` (hidden from a superior who sees
the row only through a subordinate) and ``scopes`` (any one of which the caller needs besides the type's); last of all
``cost``, its weight where it differs from that of its kind (``schema.cost``), and ``deprecated``.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from sqlalchemy import ColumnElement
from sqlalchemy.orm import InstrumentedAttribute

from hub.access.scopes import Scope
from hub.core.deprecation import Deprecation
from hub.core.principal import Clearance
from hub.core.texts import Text
from schema.binding.ambient import Ambient, Row
from schema.binding.conditions import Argument
from schema.binding.orders import Order, Orders

T = TypeVar("T")

Attribute = InstrumentedAttribute[Any]
Expression = Callable[[Row, Ambient], ColumnElement[Any]]
Rows = Sequence[Mapping[str, Any]]
Batch = Callable[[Any, Rows], Awaitable[Sequence[Any]]]
"""``batch(context, rows)``: one value per row, in order. A row holds the columns the field ``needs``, as JSON."""


class Connection(Generic[T]):
    """Annotation of a paged list; becomes the GraphQL types ``TConnection`` and ``TEdge``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Binding:
    """What every field has: its description, its protection, and (unless its kind's will do) its weight."""

    text: Text
    level: Clearance | None = None
    content: bool = False
    scopes: tuple[Scope, ...] = ()
    deprecated: Deprecation | None = None
    cost: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnOf(Binding):
    column: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpressionOf(Binding):
    """``uses`` names the columns of the row that ``make`` reads."""

    make: Expression
    uses: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class NodeRef(Binding):
    """Opaque id of a node: ``column`` holds its key, ``tag`` its type."""

    column: str
    tag: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ToOne(Binding):
    """The row of the field's type whose ``remote`` column equals this row's ``local`` one; null when not visible."""

    local: str
    remote: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ToEach(Binding):
    """The rows whose ids stand in the array column ``local``, in its order."""

    local: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Children(Binding):
    """The rows whose ``remote`` column equals this row's ``local`` one (all visible rows when neither is named).

    Only for lists that are short by nature; anything that grows is a ``Paged`` list.
    """

    remote: str | None
    local: str
    order: Order
    where: Expression | None = None
    arguments: Mapping[str, Argument] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Paged(Binding):
    """A Relay connection. ``filter_name`` names the declared input type. ``rows`` replaces the table of the type."""

    remote: str | None
    local: str
    orders: Orders
    filter_name: str | None = None
    arguments: Mapping[str, Argument] = field(default_factory=dict)
    rows: Callable[[Ambient, Mapping[str, Any]], Any] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class One(Binding):
    """The first row that meets every argument given; ``exactly_one`` refuses none and several."""

    arguments: Mapping[str, Argument]
    exactly_one: bool = False
    order: Order | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NodeLookup(Binding):
    """``node(id:)`` and, with ``many``, ``nodes(ids:)``."""

    many: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AnyNode(Binding):
    """A node of one of several types: ``kinds`` maps values of ``kind_column`` to type names."""

    kind_column: str
    id_column: str
    kinds: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Same(Binding):
    """An object made of columns of the same row; null where ``when`` does not hold."""

    when: Expression | None = None
    uses: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class FromJson(Binding):
    """An object (or with ``many`` a list of objects) read from a JSON column of the row."""

    column: str
    many: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class JsonValue(Binding):
    """A member of the JSON object this row is."""

    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class JsonMembers(Binding):
    """An object, or with ``many`` a list of objects, that is a member of the JSON object this row is."""

    key: str
    many: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class JsonNode(Binding):
    """The node whose key is a member of the JSON object this row is."""

    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller(Binding):
    """What the hub knows of the caller, as an object read from JSON: the ambient value named ``about``."""

    about: str = "viewer"


@dataclass(frozen=True, slots=True, kw_only=True)
class InPython(Binding):
    """Computed by a batch function from columns of the row."""

    batch: Batch
    needs: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered(Binding):
    """A root field answered by Python alone: ``ask(context, arguments)``, the arguments as coerced."""

    ask: Callable[[Any, Mapping[str, Any]], Awaitable[Any]]
    arguments: Mapping[str, Argument]


def column(attribute: Attribute, zh: str, en: str, **access: Any) -> Any:
    return ColumnOf(text=Text(zh, en), column=attribute.key, **access)


def expression(make: Expression, zh: str, en: str, *, uses: Sequence[Attribute], **access: Any) -> Any:
    return ExpressionOf(text=Text(zh, en), make=make, uses=keys(uses), **access)


def node_ref(attribute: Attribute, tag: str, zh: str, en: str, **access: Any) -> Any:
    return NodeRef(text=Text(zh, en), column=attribute.key, tag=tag, **access)


def relation(attribute: Attribute, zh: str, en: str, *, to: Attribute | None = None, **access: Any) -> Any:
    """The row whose id (or column ``to``) stands in ``attribute``."""
    return ToOne(text=Text(zh, en), local=attribute.key, remote=to.key if to is not None else "id", **access)


def relations(attribute: Attribute, zh: str, en: str, **access: Any) -> Any:
    return ToEach(text=Text(zh, en), local=attribute.key, **access)


def children(
    on: Attribute | None,
    zh: str,
    en: str,
    *,
    order: Order,
    where: Expression | None = None,
    local: Attribute | None = None,
    arguments: Mapping[str, Argument] | None = None,
    **access: Any,
) -> Any:
    return Children(
        text=Text(zh, en),
        remote=on.key if on is not None else None,
        local=local.key if local is not None else "id",
        order=order,
        where=where,
        arguments=arguments or {},
        **access,
    )


def connection(
    zh: str,
    en: str,
    *,
    orders: Orders,
    on: Attribute | None = None,
    local: Attribute | None = None,
    filtered_by: type | None = None,
    arguments: Mapping[str, Argument] | None = None,
    rows: Callable[[Ambient, Mapping[str, Any]], Any] | None = None,
    **access: Any,
) -> Any:
    return Paged(
        text=Text(zh, en),
        remote=on.key if on is not None else None,
        local=local.key if local is not None else "id",
        orders=orders,
        filter_name=filtered_by.__name__ if filtered_by is not None else None,
        arguments=arguments or {},
        rows=rows,
        **access,
    )


def one(
    zh: str,
    en: str,
    *,
    by: Mapping[str, Argument],
    exactly_one: bool = False,
    order: Order | None = None,
    **access: Any,
) -> Any:
    return One(text=Text(zh, en), arguments=by, exactly_one=exactly_one, order=order, **access)


def node_lookup(zh: str, en: str, *, many: bool, **access: Any) -> Any:
    return NodeLookup(text=Text(zh, en), many=many, **access)


def any_node(kind: Attribute, key: Attribute, kinds: Mapping[str, str], zh: str, en: str, **access: Any) -> Any:
    return AnyNode(text=Text(zh, en), kind_column=kind.key, id_column=key.key, kinds=kinds, **access)


def same_row(zh: str, en: str, *, when: Expression | None = None, uses: Sequence[Attribute] = (), **access: Any) -> Any:
    return Same(text=Text(zh, en), when=when, uses=keys(uses), **access)


def record(attribute: Attribute, zh: str, en: str, **access: Any) -> Any:
    return FromJson(text=Text(zh, en), column=attribute.key, many=False, **access)


def records(attribute: Attribute, zh: str, en: str, **access: Any) -> Any:
    return FromJson(text=Text(zh, en), column=attribute.key, many=True, **access)


def value(key: str, zh: str, en: str, **access: Any) -> Any:
    return JsonValue(text=Text(zh, en), key=key, **access)


def member(key: str, zh: str, en: str, **access: Any) -> Any:
    return JsonMembers(text=Text(zh, en), key=key, many=False, **access)


def members(key: str, zh: str, en: str, **access: Any) -> Any:
    return JsonMembers(text=Text(zh, en), key=key, many=True, **access)


def node_in(key: str, zh: str, en: str, **access: Any) -> Any:
    return JsonNode(text=Text(zh, en), key=key, **access)


def caller(zh: str, en: str, **access: Any) -> Any:
    return Caller(text=Text(zh, en), **access)


def python(batch: Batch, zh: str, en: str, *, needs: Sequence[Attribute], **access: Any) -> Any:
    return InPython(text=Text(zh, en), batch=batch, needs=tuple(attribute.key for attribute in needs), **access)


def answered(
    ask: Callable[[Any, Mapping[str, Any]], Awaitable[Any]],
    zh: str,
    en: str,
    *,
    arguments: Mapping[str, Argument],
    **access: Any,
) -> Any:
    return Answered(text=Text(zh, en), ask=ask, arguments=arguments, **access)


def keys(attributes: Sequence[Attribute]) -> frozenset[str]:
    return frozenset(attribute.key for attribute in attributes)
