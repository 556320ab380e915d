"""What of the schema is deprecated, and what of that an operation uses (schema coordinates, GraphQL §3.14)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from graphql import (
    ArgumentNode,
    DocumentNode,
    EnumValueNode,
    FieldNode,
    FragmentDefinitionNode,
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLSchema,
    ObjectFieldNode,
    OperationDefinitionNode,
    TypeInfo,
    TypeInfoVisitor,
    Visitor,
    get_named_type,
    type_from_ast,
    visit,
)

from schema.caching import Bounded
from schema.documents import Document

DOCUMENTS = 2_000


def deprecations(schema: GraphQLSchema) -> dict[str, str]:
    """Reasons by coordinate: ``Type.field``, ``Type.field(argument:)``, ``Input.field``, ``Enum.VALUE``."""
    return {coordinate: reason for coordinate, reason in coordinates(schema) if reason is not None}


def coordinates(schema: GraphQLSchema) -> Iterator[tuple[str, str | None]]:
    """Every member of every type with its reason of deprecation."""
    for name, named in schema.type_map.items():
        match named:
            case GraphQLObjectType() | GraphQLInterfaceType():
                for field_name, field in named.fields.items():
                    yield f"{name}.{field_name}", field.deprecation_reason
                    for argument_name, argument in field.args.items():
                        yield f"{name}.{field_name}({argument_name}:)", argument.deprecation_reason
            case GraphQLInputObjectType():
                for input_name, input_field in named.fields.items():
                    yield f"{name}.{input_name}", input_field.deprecation_reason
            case GraphQLEnumType():
                for value_name, value in named.values.items():
                    yield f"{name}.{value_name}", value.deprecation_reason


class DeprecatedUse:
    """One per process: each document is looked through once, the values of variables with every request."""

    def __init__(self, schema: GraphQLSchema) -> None:
        self._schema = schema
        self._deprecated = frozenset(deprecations(schema))
        self._known: Bounded[tuple[str, str | None], frozenset[str]] = Bounded(DOCUMENTS)

    def of(
        self, document: Document, operation: OperationDefinitionNode, variables: Mapping[str, Any] | None
    ) -> frozenset[str]:
        """Deprecated coordinates the operation uses."""
        if not self._deprecated:
            return frozenset()
        key = (document.key, operation.name.value if operation.name else None)
        found = self._known.get(key)
        if found is None:
            found = self._known.put(key, self._in_document(document, operation))
        return found | (self._in_variables(operation, variables) & self._deprecated) if variables else found

    def _in_document(self, document: Document, operation: OperationDefinitionNode) -> frozenset[str]:
        fragments = [each for each in document.node.definitions if isinstance(each, FragmentDefinitionNode)]
        info = TypeInfo(self._schema)
        finder = _Finder(info)
        visit(DocumentNode(definitions=(operation, *fragments)), TypeInfoVisitor(info, finder))
        return frozenset(finder.found) & self._deprecated

    def _in_variables(self, operation: OperationDefinitionNode, variables: Mapping[str, Any]) -> frozenset[str]:
        found: set[str] = set()
        for definition in operation.variable_definitions or ():
            value = variables.get(definition.variable.name.value)
            found.update(_in_value(type_from_ast(self._schema, definition.type), value))
        return frozenset(found)


class _Finder(Visitor):
    def __init__(self, info: TypeInfo) -> None:
        super().__init__()
        self._info = info
        self.found: set[str] = set()

    def enter_field(self, node: FieldNode, *_: object) -> None:
        parent = self._info.get_parent_type()
        if parent is not None:
            self.found.add(f"{parent.name}.{node.name.value}")

    def enter_argument(self, node: ArgumentNode, *_: object) -> None:
        parent, field = self._info.get_parent_type(), self._info.get_field_def()
        if parent is not None and field is not None and self._info.get_directive() is None:
            name = next((name for name, each in parent.fields.items() if each is field), None)  # type: ignore[union-attr]
            self.found.add(f"{parent.name}.{name}({node.name.value}:)")

    def enter_object_field(self, node: ObjectFieldNode, *_: object) -> None:
        parent = get_named_type(self._info.get_parent_input_type())
        if parent is not None:
            self.found.add(f"{parent.name}.{node.name.value}")

    def enter_enum_value(self, node: EnumValueNode, *_: object) -> None:
        named = get_named_type(self._info.get_input_type())
        if named is not None:
            self.found.add(f"{named.name}.{node.value}")


def _in_value(kind: Any, value: Any) -> Iterator[str]:
    match kind:
        case GraphQLNonNull():
            yield from _in_value(kind.of_type, value)
        case GraphQLList():
            for each in value if isinstance(value, list) else [value]:
                yield from _in_value(kind.of_type, each)
        case GraphQLInputObjectType() if isinstance(value, dict):
            for name, field in kind.fields.items():
                if name in value:
                    yield f"{kind.name}.{name}"
                    yield from _in_value(field.type, value[name])
        case GraphQLEnumType() if isinstance(value, str):
            yield f"{kind.name}.{value}"
