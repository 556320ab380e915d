"""Turns declarations into Strawberry types, so that declared types and hand-written mutations make one schema."""

from __future__ import annotations

import functools
import operator
import sys
import types
import typing
from collections.abc import Mapping
from functools import cache
from typing import Any

import strawberry
from strawberry.annotation import StrawberryAnnotation
from strawberry.types.arguments import StrawberryArgument
from strawberry.types.field import StrawberryField
from strawberry.types.unset import UNSET

from hub.core.deprecation import Deprecation, reason_of
from hub.core.texts import Text
from schema.binding.conditions import Argument
from schema.binding.declare import FILTERS, OBJECTS, ROOTS, Declaration, FilterDeclaration
from schema.binding.fields import Answered, Binding, Children, Connection, NodeLookup, One, Paged
from schema.enums import order_enum
from schema.nodes import PageInfo

DEFAULT_PAGE = 20
MAXIMUM_PAGE = 100
PAGE_TYPES = {"PageInfo"}
"""Names of the types a page is made of; grows as connections are made."""


@cache
def realise() -> type:
    """Make every declared class a Strawberry type, once, and return the query root."""
    for filter_declaration in FILTERS.values():
        _realise_filter(filter_declaration)
    for declaration in OBJECTS.values():
        fields = {
            name: _field(declaration, name, binding)
            for name, binding in declaration.fields.items()
            if name in declaration.cls.__annotations__
        }
        _apply(declaration.cls, fields)
        strawberry.type(declaration.cls, name=declaration.name, description=str(declaration.text))
    root_fields = {
        name: _field(declaration, name, binding)
        for declaration in ROOTS
        for name, binding in declaration.fields.items()
    }
    query = type("Query", (), {"__annotations__": {}})
    _apply(query, root_fields)
    return strawberry.type(query, name="Query", description=str(Text("查询入口", "everything that can be read")))


def _apply(cls: type, fields: Mapping[str, StrawberryField]) -> None:
    cls.__annotations__ = {name: field.type_annotation.raw_annotation for name, field in fields.items()}  # type: ignore[union-attr]
    for name, field in fields.items():
        setattr(cls, name, field)


def _field(declaration: Declaration, name: str, binding: Binding) -> StrawberryField:
    annotation = _annotation(declaration.cls, name)
    field = StrawberryField(
        python_name=name,
        type_annotation=StrawberryAnnotation(annotation),
        description=str(binding.text),
        deprecation_reason=reason_of(binding.deprecated),
    )
    field.arguments = _arguments(binding)
    return field


def _annotation(cls: type, name: str) -> Any:
    """The field's annotation, with declared types found by name wherever they live."""
    namespace = {**{each: declared.cls for each, declared in OBJECTS.items()}, **vars(sys.modules[cls.__module__])}
    annotation = cls.__annotations__[name]
    evaluated = eval(annotation, namespace) if isinstance(annotation, str) else annotation  # noqa: S307 - our own source text
    return _with_connections(evaluated)


def _with_connections(annotation: Any) -> Any:
    origin = typing.get_origin(annotation)
    if origin is Connection:
        return connection_type(typing.get_args(annotation)[0])
    if origin in (types.UnionType, typing.Union):
        return functools.reduce(operator.or_, (_with_connections(arg) for arg in typing.get_args(annotation)))
    return annotation


@cache
def connection_type(of: type) -> type:
    """``TConnection`` with its ``TEdge``, each with a description of its own."""
    declared = OBJECTS[of.__name__]
    PAGE_TYPES.update({f"{declared.name}Edge", f"{declared.name}Connection"})
    edge = type(
        f"{declared.name}Edge",
        (),
        {
            "__annotations__": {"cursor": str, "node": of},
            "cursor": strawberry.field(description=str(Text("该行的游标", "cursor of this row"))),
            "node": strawberry.field(description=str(declared.text)),
        },
    )
    edge = strawberry.type(edge, description=_about(declared.text, "列表中的一行", "one row of a page: "))
    connection = type(
        f"{declared.name}Connection",
        (),
        {
            "__annotations__": {"edges": list[edge], "nodes": list[of], "page_info": PageInfo, "total_count": int},  # type: ignore[valid-type]
            "edges": strawberry.field(description=str(Text("带游标的行", "rows with their cursors"))),
            "nodes": strawberry.field(description=str(Text("行", "rows"))),
            "page_info": strawberry.field(description=str(Text("分页信息", "where the page lies"))),
            "total_count": strawberry.field(
                description=str(
                    Text("可见行总数，仅在请求时计算", "number of visible rows; counted only when asked for")
                )
            ),
        },
    )
    return strawberry.type(connection, description=_about(declared.text, "分页列表", "a page of: "))


def _about(text: Text, zh: str, en: str) -> str:
    return str(Text(f"{text.zh}{zh}", f"{en}{text.en}"))


def _arguments(binding: Binding) -> list[StrawberryArgument]:
    match binding:
        case Paged():
            return [*_declared_arguments(binding.arguments), *_page_arguments(binding)]
        case One() | Children() | Answered():
            return _declared_arguments(binding.arguments)
        case NodeLookup(many=True):
            return [_argument("ids", list[strawberry.ID], Text("标识，至多100个", "ids, at most 100"))]
        case NodeLookup():
            return [_argument("id", strawberry.ID, Text("标识", "id"))]
    return []


def _declared_arguments(arguments: Mapping[str, Argument]) -> list[StrawberryArgument]:
    return [
        _argument(name, each.annotation, each.condition.text, deprecated=each.condition.deprecated)
        for name, each in arguments.items()
    ]


def _page_arguments(binding: Paged) -> list[StrawberryArgument]:
    first = Text(f"行数，1至{MAXIMUM_PAGE}", f"number of rows, 1 to {MAXIMUM_PAGE}")
    after = Text("从该游标之后读起", "read on after this cursor")
    arguments = [
        _argument("first", int, first, DEFAULT_PAGE),
        _argument("after", str | None, after),
    ]
    if binding.filter_name is not None:
        declared = FILTERS[binding.filter_name]
        arguments.append(_argument("filter", declared.cls | None, declared.text))
    if binding.orders.enum is not None:
        enum = order_enum(binding.orders)
        arguments.append(_argument("order_by", enum, binding.orders.text, enum(binding.orders.default)))
    return arguments


def _argument(
    name: str, annotation: Any, text: Text, default: Any = UNSET, *, deprecated: Deprecation | None = None
) -> StrawberryArgument:
    optional = default is UNSET and type(None) in typing.get_args(annotation)
    return StrawberryArgument(
        python_name=name,
        graphql_name=None,
        type_annotation=StrawberryAnnotation(annotation),
        description=str(text),
        deprecation_reason=reason_of(deprecated),
        default=UNSET if optional or default is UNSET else default,
    )


def _realise_filter(declaration: FilterDeclaration) -> None:
    cls = declaration.cls
    fields = {}
    for name, condition in declaration.conditions.items():
        annotation = _annotation(cls, name)
        fields[name] = StrawberryField(
            python_name=name,
            type_annotation=StrawberryAnnotation(annotation),
            description=str(condition.text),
            deprecation_reason=reason_of(condition.deprecated),
            default=UNSET,
        )
    _apply(cls, fields)
    strawberry.input(cls, name=declaration.name, description=str(declaration.text))
