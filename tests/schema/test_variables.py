"""Variables that do not fit are named by their place in the caller's own input, whatever else they hold."""

from __future__ import annotations

from typing import Any

import pytest
from graphql import OperationDefinitionNode, parse
from graphql.execution.values import get_variable_values

from schema.build import build_schema
from schema.variables import misfits
from tests.support.client import Client, ClientOf

EVENT = """mutation($id: ID!, $event: DoubleListItemEvent!) {
  advanceDoubleListItem(id: $id, event: $event) { ... on Refusal { code } } }"""
FILTER = """query($filter: DoubleListItemFilter, $first: Int = 5) {
  doubleListItems(filter: $filter, first: $first) { totalCount } }"""
SECRET = "机密 3f7c"


@pytest.fixture
async def office(client_of: ClientOf) -> Client:
    return await client_of("county.office")


@pytest.mark.parametrize(
    ("document", "variables", "places"),
    [
        (FILTER, {"filter": {"titel": SECRET}}, ["filter.titel"]),
        (FILTER, {"filter": {SECRET: 1}}, ["filter"]),
        (FILTER, {"filter": {"status": ["DRAFT", SECRET, 7]}}, ["filter.status.1", "filter.status.2"]),
        (FILTER, {"filter": {"status": SECRET}}, ["filter.status"]),
        (FILTER, {"filter": SECRET}, ["filter"]),
        (FILTER, {"first": SECRET}, ["first"]),
        (FILTER, {"first": 2**40, "filter": {"mine": SECRET}}, ["filter.mine", "first"]),
        (EVENT, {"id": "x"}, ["event"]),
        (EVENT, {"id": None, "event": {}}, ["id", "event"]),
        (EVENT, {"id": "x", "event": {"submit": {}, "report": {"text": SECRET}}}, ["event"]),
        (EVENT, {"id": "x", "event": {"submit": None}}, ["event"]),
        (
            EVENT,
            {"id": "x", "event": {"report": {"text": 7, "txt": SECRET}}},
            ["event.report.text", "event.report.txt"],
        ),
        (EVENT, {"id": "x", "event": {"report": {}}}, ["event.report"]),
    ],
)
async def test_each_place_is_named_and_no_value_comes_back(
    office: Client, document: str, variables: dict[str, Any], places: list[str]
) -> None:
    answer = await office.post({"query": document, "variables": variables})
    errors = answer.json()["errors"]
    assert [each["extensions"]["code"] for each in errors] == ["VARIABLE_INVALID"] * len(errors)
    assert [".".join(each["extensions"]["inputPath"]) for each in errors] == places
    for each, place in zip(errors, places, strict=True):
        assert f" {place} " in each["message"]
        assert each["locations"]
    assert SECRET not in answer.text
    assert "Did you mean" not in answer.text


async def test_what_a_scalar_finds_wrong_is_told_in_its_own_words_with_the_place(office: Client) -> None:
    answer = await office.ask(FILTER, {"filter": {"dueTo": "2026-13-01", "dueFrom": "2026-02-30"}})
    told = {".".join(each["extensions"]["inputPath"]): each["extensions"]["code"] for each in answer["errors"]}
    assert told == {"filter.dueTo": "DATE_INVALID", "filter.dueFrom": "DATE_INVALID"}


async def test_no_more_than_twenty_places_are_told(office: Client) -> None:
    answer = await office.ask(FILTER, {"filter": {"status": [SECRET] * 500}})
    assert len(answer["errors"]) == 20


@pytest.mark.parametrize(
    "variables",
    [
        {},
        {"filter": None},
        {"filter": {}},
        {"filter": {"status": "DRAFT", "mine": None}},
        {"filter": {"status": [None]}},
        {"first": None},
        {"first": "5"},
        {"first": True},
        {"filter": []},
        {"filter": [{}]},
        {"filter": {"status": [["DRAFT"]]}},
    ],
)
def test_a_place_is_found_exactly_when_the_variables_are_refused(variables: dict[str, Any]) -> None:
    (operation,) = parse(FILTER).definitions
    assert isinstance(operation, OperationDefinitionNode)
    definitions = operation.variable_definitions or ()
    schema = build_schema().graphql
    refused = isinstance(get_variable_values(schema, definitions, variables), list)
    assert bool(list(misfits(schema, definitions, variables))) == refused
