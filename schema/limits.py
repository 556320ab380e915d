"""What a request may hold at most.

Nesting is measured before anything is parsed, without recursion. A document is then weighed in one linear pass: a
fragment is weighed once, however often it is spread.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import AnyStr

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    InlineFragmentNode,
    OperationDefinitionNode,
    SelectionSetNode,
)

from hub.core.errors import Reason, Refused, refuse_if

TOKENS = 4_000
DEPTH = 15
FIELDS = 1_500
ALIASES = 200
DIRECTIVES = 100
ROOT_FIELDS = 20
FRAGMENTS = 50
SPREADS = 200
LEXICAL_DEPTH = 60
JSON_DEPTH = 40

_JSON = re.compile(rb'"(?:[^"\\]++|\\.)*+(?:"|\\?\Z)|([\[{])|[\]}]', re.DOTALL)
_GRAPHQL = re.compile(
    r'"""(?:[^"\\]++|\\.|"(?!""))*+(?:"""|\\?\Z)|"(?:[^"\\\r\n]++|\\.)*+(?:"|\\?\Z)?'
    r"|#[^\r\n]*+|([\[{(])|[\]})]",
    re.DOTALL,
)
_CLOSING: frozenset[str | bytes] = frozenset({"]", "}", ")", b"]", b"}"})


def json_nested_deeper(body: bytes, limit: int) -> bool:
    """Whether arrays and objects of a JSON text stand more than ``limit`` levels deep."""
    if body.count(b"[") + body.count(b"{") <= limit:
        return False
    return _deeper(_JSON, body, limit)


def nested_deeper(text: str, limit: int) -> bool:
    """Whether brackets of a GraphQL document stand more than ``limit`` levels deep."""
    if text.count("{") + text.count("[") + text.count("(") <= limit:
        return False
    return _deeper(_GRAPHQL, text, limit)


def _deeper(brackets: re.Pattern[AnyStr], text: AnyStr, limit: int) -> bool:
    """Strings and comments are stepped over; only an opening bracket is captured."""
    depth = 0
    for found in brackets.finditer(text):
        if found.lastindex:
            depth += 1
            if depth > limit:
                return True
        elif len(found[0]) == 1 and found[0] in _CLOSING:
            depth -= 1
    return False


@dataclass(frozen=True, slots=True)
class Weight:
    """Depth of the deepest field, and counts with every fragment expanded."""

    depth: int = 0
    fields: int = 0
    aliases: int = 0
    directives: int = 0
    spreads: int = 0

    def beside(self, other: Weight) -> Weight:
        return Weight(
            max(self.depth, other.depth),
            self.fields + other.fields,
            self.aliases + other.aliases,
            self.directives + other.directives,
            self.spreads + other.spreads,
        )


def check_document(document: DocumentNode) -> None:
    """Raises ``Refused`` (DOCUMENT_TOO_*, *_TOO_MANY) with everything an operation exceeds.

    Documents with fragment cycles are weighed as if the cycle were cut; validation refuses them.
    """
    if sum(isinstance(each, FragmentDefinitionNode) for each in document.definitions) > FRAGMENTS:
        raise Refused(Reason("FRAGMENTS_TOO_MANY", (), {"limit": FRAGMENTS}))
    weigher = _Weigher(document)
    reasons: list[Reason] = []
    for definition in document.definitions:
        if isinstance(definition, OperationDefinitionNode):
            weight = weigher.of(definition.selection_set).beside(Weight(directives=len(definition.directives or ())))
            reasons += _excess(weight)
            if len(definition.selection_set.selections) > ROOT_FIELDS:
                reasons.append(Reason("DOCUMENT_TOO_WIDE", (), {"limit": ROOT_FIELDS}))
    refuse_if(reasons)


def _excess(weight: Weight) -> Iterable[Reason]:
    if weight.depth > DEPTH:
        yield Reason("DOCUMENT_TOO_DEEP", (), {"limit": DEPTH})
    if weight.fields > FIELDS:
        yield Reason("DOCUMENT_TOO_LARGE", (), {"limit": FIELDS})
    if weight.aliases > ALIASES:
        yield Reason("ALIASES_TOO_MANY", (), {"limit": ALIASES})
    if weight.directives > DIRECTIVES:
        yield Reason("DIRECTIVES_TOO_MANY", (), {"limit": DIRECTIVES})
    if weight.spreads > SPREADS:
        yield Reason("FRAGMENTS_TOO_MANY", (), {"limit": SPREADS})


class _Weigher:
    def __init__(self, document: DocumentNode) -> None:
        self._fragments = {
            each.name.value: each for each in document.definitions if isinstance(each, FragmentDefinitionNode)
        }
        self._known: dict[str, Weight] = {}

    def of(self, selections: SelectionSetNode | None) -> Weight:
        total = Weight()
        for each in selections.selections if selections else ():
            total = total.beside(Weight(directives=len(each.directives or ())))
            match each:
                case FieldNode():
                    inner = self.of(each.selection_set)
                    alias = 1 if each.alias else 0
                    total = total.beside(replace(inner, depth=inner.depth + 1)).beside(Weight(fields=1, aliases=alias))
                case InlineFragmentNode():
                    total = total.beside(self.of(each.selection_set))
                case FragmentSpreadNode():
                    total = total.beside(self._fragment(each.name.value)).beside(Weight(spreads=1))
        return total

    def _fragment(self, name: str) -> Weight:
        if name not in self._known:
            self._known[name] = Weight()
            definition = self._fragments.get(name)
            if definition is not None:
                self._known[name] = self.of(definition.selection_set)
        return self._known[name]
