"""Everything checked before an operation runs: which document, its limits, validity, variables, cost."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any

from graphql import (
    GraphQLError,
    GraphQLSyntaxError,
    OperationDefinitionNode,
    OperationType,
    parse,
)
from graphql.execution.values import VariableValues, get_variable_values

from hub.core.errors import Reason, Refused
from hub.core.principal import Principal
from hub.runtime import Runtime
from schema import problems
from schema.admission import admit
from schema.answer import Answer, Asked, Charge, Errors
from schema.build import HubSchema
from schema.caching import Bounded
from schema.cost import Costs
from schema.documents import Document
from schema.limits import LEXICAL_DEPTH, TOKENS, check_document, nested_deeper
from schema.standing import Standing
from schema.trusted import TrustedDocuments
from schema.validation import find_document_errors
from schema.variables import misfits

DOCUMENTS = 1_000
STANDINGS = 2_000
LONGEST_KEPT = 20_000
MAXIMUM_VARIABLE_ERRORS = 20
RUN = (OperationType.QUERY, OperationType.MUTATION)


@dataclass(frozen=True, slots=True)
class Prepared:
    """An operation that may be charged and run. ``variables`` are the coerced ones, None without any declared."""

    asked: Asked
    document: Document
    operation: OperationDefinitionNode
    standing: Standing
    variables: VariableValues | None
    cost: int

    @property
    def principal(self) -> Principal:
        return self.standing.principal

    @property
    def reads(self) -> bool:
        return self.operation.operation is OperationType.QUERY

    @property
    def coerced(self) -> Mapping[str, Any]:
        return self.variables.coerced if self.variables else {}


class Unprepared(Exception):
    """The operation will not run; ``answer`` is the request error to send."""

    def __init__(self, answer: Answer) -> None:
        super().__init__("request error")
        self.answer = answer


class Preparer:
    """One per process. Valid documents are kept by their text; nothing of a caller is."""

    def __init__(self, schema: HubSchema, runtime: Runtime) -> None:
        self._schema = schema
        self._runtime = runtime
        self._documents: Bounded[str, Document] = Bounded(DOCUMENTS)
        self._standings: Bounded[Principal, Standing] = Bounded(STANDINGS)
        self._trusted = TrustedDocuments(runtime)
        self._costs = Costs(schema.graphql, schema.planner.bindings)

    async def prepare(self, asked: Asked, principal: Principal, *, kinds: Collection[OperationType] = RUN) -> Prepared:
        """The operation of one of ``kinds`` that a request names, checked. Nothing has been charged or read yet.

        Raises ``Unprepared``.
        """
        try:
            document = self.document(await self._trusted.text(asked, principal))
            operation = document.operation(asked.operation_name, kinds)
            production = self._runtime.settings.production
            admit(document, operation, principal, reads_only=asked.reads_only, production=production)
        except Refused as refused:
            raise Unprepared(Answer(problems.of_refusal(refused))) from None
        except InvalidDocument as invalid:
            raise Unprepared(Answer(invalid.told())) from None
        variables = self._variables(asked, operation)
        cost = self._costs.of(document, operation, variables.coerced if variables else {})
        maximum = self._runtime.settings.maximum_cost
        if cost > maximum:
            reason = Reason("COST_TOO_HIGH", (), {"requested": cost, "maximum": maximum})
            raise Unprepared(Answer([problems.formatted(reason)], charge=Charge(cost, 0)))
        return Prepared(asked, document, operation, self.standing(principal), variables, cost)

    def standing(self, principal: Principal) -> Standing:
        known = self._standings.get(principal)
        return known or self._standings.put(principal, Standing.of(principal, self._runtime.keyring))

    def document(self, text: str) -> Document:
        """A document within the limits and valid. Raises ``Refused`` or ``InvalidDocument``."""
        known = self._documents.get(text)
        if known is not None:
            return known
        document = checked_document(self._schema, text)
        return self._documents.put(text, document) if len(text) <= LONGEST_KEPT else document

    def _variables(self, asked: Asked, operation: OperationDefinitionNode) -> VariableValues | None:
        if not operation.variable_definitions:
            return None
        given = dict(asked.variables or {})
        coerced = get_variable_values(
            self._schema.graphql, operation.variable_definitions, given, MAXIMUM_VARIABLE_ERRORS, hide_suggestions=True
        )
        if isinstance(coerced, list):
            places = misfits(self._schema.graphql, operation.variable_definitions, given)
            found = problems.of_variables(islice(places, MAXIMUM_VARIABLE_ERRORS))
            raise Unprepared(Answer(found or problems.of_execution(coerced)))
        return coerced


class InvalidDocument(Exception):
    def __init__(self, code: str, errors: list[GraphQLError]) -> None:
        super().__init__(code)
        self.code = code
        self.errors = errors

    def told(self) -> Errors:
        return problems.of_document(self.errors, self.code)


def checked_document(schema: HubSchema, text: str) -> Document:
    """The document of a text, limits before work. Raises ``Refused`` (DOCUMENT_TOO_* …) or ``InvalidDocument``."""
    too_deep = Refused(Reason("DOCUMENT_TOO_DEEP", (), {"limit": LEXICAL_DEPTH}))
    if nested_deeper(text, LEXICAL_DEPTH):
        raise too_deep
    try:
        node = parse(text, max_lexical_tokens=TOKENS, max_tokens=TOKENS, allow_empty_selection_sets=False)
        check_document(node)
        errors = find_document_errors(schema.graphql, node)
    except GraphQLSyntaxError as error:
        raise InvalidDocument(problems.SYNTAX, [error]) from None
    except RecursionError:
        raise too_deep from None
    if errors:
        raise InvalidDocument(problems.VALIDATION, errors)
    return Document.of(text, node)
