"""The query of an export: checked as any request is, and rewritten to be read portion by portion."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from graphql import (
    ArgumentNode,
    DocumentNode,
    FieldNode,
    NameNode,
    NonNullTypeNode,
    OperationDefinitionNode,
    OperationType,
    SelectionSetNode,
    VariableDefinitionNode,
    VariableNode,
)
from graphql.execution.values import VariableValues, get_variable_values
from graphql.language import NamedTypeNode

from hub.core.errors import Reason, Refused
from schema.binding.fields import Paged
from schema.build import HubSchema
from schema.cost import Costs
from schema.documents import Document
from schema.planner.arguments import Reader
from schema.planner.compiler import Compiler
from schema.planner.questions import Question
from schema.planner.selection import Collector, Selected
from schema.preparing import InvalidDocument, checked_document
from schema.standing import Standing

FIRST, AFTER, PAGE = "bulkFirst", "bulkAfter", "bulkPage"
SIZES = (100, 25, 5, 1)
"""Rows of a portion: the largest that the limits of an operation allow, nested pages counted."""


@dataclass(frozen=True, slots=True)
class Names:
    """What the rewriting adds, called as nothing in the document is called."""

    first: str
    after: str
    page: str


@dataclass(frozen=True, slots=True)
class Export:
    """``root`` and ``rows`` are response keys; ``node`` that of an edge's row, None where ``nodes`` is selected."""

    document: Document
    operation: OperationDefinitionNode
    question: Question
    names: Names
    field: str
    root: str
    rows: str
    node: str | None

    def variables(self, schema: HubSchema, first: int, after: str | None) -> VariableValues:
        definitions = self.operation.variable_definitions or ()
        coerced = get_variable_values(schema.graphql, definitions, self.given(first, after))
        if isinstance(coerced, list):
            raise Refused(Reason("BULK_NOT_A_QUERY", ("query",)))
        return coerced

    def given(self, first: int, after: str | None) -> dict[str, int | str | None]:
        return {self.names.first: first, self.names.after: after}


def read_export(schema: HubSchema, text: str) -> Export:
    """Raises ``Refused``: BULK_QUERY_INVALID, DOCUMENT_TOO_*, BULK_NOT_A_QUERY, BULK_NOT_A_CONNECTION,
    BULK_NO_ROWS_SELECTED, BULK_AFTER."""
    document = _valid(schema, text)
    if len(document.operations) != 1 or document.operations[0].operation is not OperationType.QUERY:
        raise _refused("BULK_NOT_A_QUERY")
    (operation,) = document.operations
    coerced = get_variable_values(schema.graphql, operation.variable_definitions or (), {})
    if isinstance(coerced, list):
        raise _refused("BULK_NOT_A_QUERY")
    root = _root(schema, document, operation, coerced)
    rows, row = _rows(root)
    names = _free_names(operation, root)
    rewritten = _rewritten(operation, root, rows, names)
    others = tuple(each for each in document.node.definitions if each is not operation)
    whole = Document.of(f"bulk:{text}", DocumentNode(definitions=(rewritten, *others)))
    question = schema.planner.bindings.question(_root(schema, whole, rewritten, coerced), _paged(schema, root))
    return Export(whole, rewritten, question, names, root.name, root.key, rows.key, row.key if row else None)


def portion_size(schema: HubSchema, export: Export, standing: Standing, *, maximum_cost: int) -> tuple[int, int]:
    """Rows a portion may have, and what it costs.

    Raises ``Refused`` on what the caller may not ask, or asks wrongly, or what costs too much for a single row.
    """
    bindings = schema.planner.bindings
    costs = Costs(schema.graphql, bindings)
    for size in SIZES:
        variables = export.variables(schema, size, None)
        cost = costs.of(export.document, export.operation, variables.coerced)
        if cost <= maximum_cost:
            values = Reader(bindings).read((export.question,), variables, standing.cursor_key)
            Compiler(bindings, standing.permission, values.shapes).statement(export.question)
            return size, cost
    raise Refused(Reason("COST_TOO_HIGH", ("query",), {"requested": cost, "maximum": maximum_cost}))


def _valid(schema: HubSchema, text: str) -> Document:
    try:
        return checked_document(schema, text)
    except InvalidDocument as invalid:
        raise Refused(Reason("BULK_QUERY_INVALID", ("query",), {"detail": invalid.errors[0].message[:300]})) from None


def _root(
    schema: HubSchema, document: Document, operation: OperationDefinitionNode, coerced: VariableValues
) -> Selected:
    parent = schema.graphql.query_type
    assert parent is not None
    collector = Collector(schema.graphql, document.fragments, coerced.coerced)
    roots = list(collector.roots(parent, operation).items())
    if len(roots) != 1:
        raise _refused("BULK_NOT_A_CONNECTION")
    root = collector.field(parent, *roots[0])
    _paged(schema, root)
    return root


def _paged(schema: HubSchema, root: Selected) -> Paged:
    binding = schema.planner.bindings.of(root)
    if not isinstance(binding, Paged):
        raise _refused("BULK_NOT_A_CONNECTION")
    return binding


def _rows(root: Selected) -> tuple[Selected, Selected | None]:
    """The list selected, and below ``edges`` the row."""
    if any(argument.name.value == "after" for argument in root.nodes[0].arguments or ()):
        raise _refused("BULK_AFTER")
    lists = [child for child in root.children if child.name in ("nodes", "edges")]
    if len(lists) != 1:
        raise _refused("BULK_NO_ROWS_SELECTED")
    (found,) = lists
    if found.name == "nodes":
        return found, None
    rows = [child for child in found.children if child.name == "node"]
    if len(rows) != 1:
        raise _refused("BULK_NO_ROWS_SELECTED")
    return found, rows[0]


def _free_names(operation: OperationDefinitionNode, root: Selected) -> Names:
    variables = {each.variable.name.value for each in operation.variable_definitions or ()}
    keys = {child.key for child in root.children}
    return Names(_free(FIRST, variables), _free(AFTER, variables), _free(PAGE, keys))


def _free(name: str, taken: set[str]) -> str:
    while name in taken:
        name += "_"
    return name


def _rewritten(
    operation: OperationDefinitionNode, root: Selected, rows: Selected, names: Names
) -> OperationDefinitionNode:
    """The same list with page and cursor as variables, and of the page no more than its rows and where it ends."""
    arguments = [each for each in root.nodes[0].arguments or () if each.name.value != "first"]
    arguments += [_argument("first", names.first), _argument("after", names.after)]
    page = FieldNode(
        name=_name("pageInfo"),
        alias=_name(names.page),
        selection_set=SelectionSetNode(
            selections=(FieldNode(name=_name("hasNextPage")), FieldNode(name=_name("endCursor")))
        ),
    )
    field = replace(
        root.nodes[0],
        directives=(),
        arguments=tuple(arguments),
        selection_set=SelectionSetNode(selections=(*rows.nodes, page)),
    )
    definitions = (*(operation.variable_definitions or ()), *_definitions(names))
    return replace(
        operation, variable_definitions=definitions, selection_set=SelectionSetNode(selections=(field,)), directives=()
    )


def _definitions(names: Names) -> Iterator[VariableDefinitionNode]:
    number = NonNullTypeNode(type=NamedTypeNode(name=_name("Int")))
    yield VariableDefinitionNode(variable=_variable(names.first), type=number)
    yield VariableDefinitionNode(variable=_variable(names.after), type=NamedTypeNode(name=_name("String")))


def _argument(name: str, variable: str) -> ArgumentNode:
    return ArgumentNode(name=_name(name), value=_variable(variable))


def _variable(name: str) -> VariableNode:
    return VariableNode(name=_name(name))


def _name(value: str) -> NameNode:
    return NameNode(value=value)


def _refused(code: str) -> Refused:
    return Refused(Reason(code, ("query",)))
