"""Makes a failing operation small: takes away what it fails without (delta debugging on the document's tree)."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from copy import deepcopy
from dataclasses import replace
from typing import Any

from graphql import DocumentNode, Node, parse, print_ast

from tests.support.operations import Operation

Fails = Callable[[Operation], Awaitable[bool]]
LISTS = ("definitions", "selections", "arguments", "directives", "variable_definitions", "fields", "values")
TRIES = 400


async def shrink(operation: Operation, fails: Fails, *, tries: int = TRIES) -> Operation:
    """The smallest operation found that still fails; ``fails`` is asked at most ``tries`` times."""
    smallest, left, smaller = operation, tries, True
    while smaller:
        smaller = False
        for candidate in _smaller(smallest):
            left -= 1
            if left < 0:
                return smallest
            if await fails(candidate):
                smallest, smaller = candidate, True
                break
    return smallest


def _smaller(operation: Operation) -> Iterator[Operation]:
    document = parse(operation.query)
    for place in range(len(list(_parts(document)))):
        copy = deepcopy(document)
        owner, attribute, index = list(_parts(copy))[place]
        kept = tuple(each for position, each in enumerate(getattr(owner, attribute)) if position != index)
        if not kept and attribute in {"definitions", "selections"}:
            continue
        object.__setattr__(owner, attribute, kept)
        yield _tidied(replace(operation, query=print_ast(copy)))


def _parts(node: Node) -> Iterator[tuple[Any, str, int]]:
    """Every member of a list in the tree, the large ones first."""
    for attribute in LISTS:
        members = getattr(node, attribute, None)
        if isinstance(members, (tuple, list)):
            for index in range(len(members)):
                yield node, attribute, index
    for key in node.keys:
        below = getattr(node, key, None)
        for each in below if isinstance(below, (tuple, list)) else (below,):
            if isinstance(each, Node):
                yield from _parts(each)


def _tidied(operation: Operation) -> Operation:
    """Without variables and fragments that nothing uses any more."""
    document = parse(operation.query)
    text = operation.query
    fragments = [each for each in document.definitions if each.kind == "fragment_definition"]
    unused = [each for each in fragments if f"...{each.name.value}" not in text.replace("... ", "...")]
    definitions = [each for each in document.definitions if each not in unused]
    for each in definitions:
        if each.kind == "operation_definition":
            declared = each.variable_definitions or ()
            kept = tuple(one for one in declared if text.count(f"${one.variable.name.value}") > 1)
            object.__setattr__(each, "variable_definitions", kept)
    query = print_ast(DocumentNode(definitions=tuple(definitions)))
    used = {name: value for name, value in operation.variables.items() if f"${name}" in query}
    return replace(operation, query=query, variables=used)
