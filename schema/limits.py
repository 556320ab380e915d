"""What a document may ask at most, told in one linear pass: a fragment is weighed once, however often it is spread."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    InlineFragmentNode,
    OperationDefinitionNode,
    SelectionSetNode,
)

from hub.core.errors import Reason, refuse_if

TOKENS = 4_000
DEPTH = 15
FIELDS = 1_500
ALIASES = 200
DIRECTIVES = 100
ROOT_FIELDS = 20
JSON_DEPTH = 40


@dataclass(frozen=True, slots=True)
class Weight:
    """Depth of the deepest field, and counts with every fragment expanded."""

    depth: int = 0
    fields: int = 0
    aliases: int = 0
    directives: int = 0

    def beside(self, other: Weight) -> Weight:
        return Weight(
            max(self.depth, other.depth),
            self.fields + other.fields,
            self.aliases + other.aliases,
            self.directives + other.directives,
        )


def check_document(document: DocumentNode) -> None:
    """Raises ``Refused`` (DOCUMENT_TOO_*) with everything an operation exceeds. Documents with fragment cycles are
    weighed as if the cycle were cut; validation refuses them."""
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
                    total = total.beside(
                        Weight(inner.depth + 1, inner.fields + 1, inner.aliases + alias, inner.directives)
                    )
                case InlineFragmentNode():
                    total = total.beside(self.of(each.selection_set))
                case FragmentSpreadNode():
                    total = total.beside(self._fragment(each.name.value))
        return total

    def _fragment(self, name: str) -> Weight:
        if name not in self._known:
            self._known[name] = Weight()
            definition = self._fragments.get(name)
            if definition is not None:
                self._known[name] = self.of(definition.selection_set)
        return self._known[name]
