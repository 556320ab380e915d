"""The validation rules of the GraphQL specification (§5), each telling its errors by a code of the problem texts."""

from __future__ import annotations

from copy import copy
from typing import Any

from graphql import DocumentNode, GraphQLError, GraphQLSchema, specified_rules, validate
from graphql.validation import ASTValidationRule, ValidationContext

RULE = "rule"
OTHER = "DOCUMENT_INVALID"
MAXIMUM_ERRORS = 20

CODES = {
    "ExecutableDefinitionsRule": "DEFINITION_NOT_EXECUTABLE",
    "KnownOperationTypesRule": "OPERATION_TYPE_UNKNOWN",
    "UniqueOperationNamesRule": "NAME_TWICE",
    "LoneAnonymousOperationRule": "OPERATION_NAME_MISSING",
    "KnownTypeNamesRule": "TYPE_UNKNOWN",
    "FragmentsOnCompositeTypesRule": "FRAGMENT_TYPE_MISFIT",
    "VariablesAreInputTypesRule": "VARIABLE_TYPE_MISFIT",
    "ScalarLeafsRule": "SELECTION_MISFIT",
    "FieldsOnCorrectTypeRule": "FIELD_UNKNOWN",
    "UniqueFragmentNamesRule": "NAME_TWICE",
    "KnownFragmentNamesRule": "FRAGMENT_UNKNOWN",
    "NoUnusedFragmentsRule": "FRAGMENT_UNUSED",
    "PossibleFragmentSpreadsRule": "FRAGMENT_TYPE_MISFIT",
    "NoFragmentCyclesRule": "FRAGMENT_CYCLE",
    "UniqueVariableNamesRule": "NAME_TWICE",
    "NoUndefinedVariablesRule": "VARIABLE_UNDECLARED",
    "NoUnusedVariablesRule": "VARIABLE_UNUSED",
    "KnownDirectivesRule": "DIRECTIVE_UNKNOWN",
    "UniqueDirectivesPerLocationRule": "DIRECTIVE_TWICE",
    "KnownArgumentNamesRule": "ARGUMENT_UNKNOWN",
    "UniqueArgumentNamesRule": "NAME_TWICE",
    "ValuesOfCorrectTypeRule": "VALUE_MISFIT",
    "ProvidedRequiredArgumentsRule": "ARGUMENT_MISSING",
    "VariablesInAllowedPositionRule": "VARIABLE_TYPE_MISFIT",
    "OverlappingFieldsCanBeMergedRule": "FIELDS_CONFLICT",
    "UniqueInputFieldNamesRule": "NAME_TWICE",
    "MaxIntrospectionDepthRule": "INTROSPECTION_TOO_DEEP",
}


def find_document_errors(schema: GraphQLSchema, node: DocumentNode) -> list[GraphQLError]:
    """Errors of a document, at most ``MAXIMUM_ERRORS`` and one that says so; ``extensions["rule"]`` holds the code."""
    return validate(schema, node, rules=RULES, max_errors=MAXIMUM_ERRORS, hide_suggestions=True)


def _coded(rule: type[ASTValidationRule]) -> type[ASTValidationRule]:
    code = CODES.get(rule.__name__, OTHER)

    def init(self: Any, context: ValidationContext) -> None:
        # Some rules report through the context itself, so each gets a context that marks what it passes on.
        own = copy(context)
        report = context.report_error

        def marked(error: GraphQLError) -> None:
            error.extensions = {RULE: code}
            report(error)

        own.on_error = marked  # type: ignore[method-assign]  # the callback is an instance attribute
        rule.__init__(self, own)

    return type(rule.__name__, (rule,), {"__init__": init})


RULES = tuple(_coded(rule) for rule in specified_rules)
