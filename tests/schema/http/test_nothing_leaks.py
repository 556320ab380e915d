"""A canary in every place a value may stand: no answer repeats it, and every error is bilingual."""

from __future__ import annotations

import re

import pytest

from tests.support.client import Client, ClientOf

CANARY = "Kanarienvogel4711"
DOCUMENTS = [
    f'{{ node(id: "{CANARY}") {{ id }} }}',
    f'{{ doubleListItems(first: "{CANARY}") {{ totalCount }} }}',
    f"{{ doubleListItems(first: {CANARY}) {{ totalCount }} }}",
    f'{{ doubleListItems(after: "{CANARY}") {{ totalCount }} }}',
    f"{{ doubleListItems(orderBy: {CANARY}) {{ totalCount }} }}",
    f'{{ doubleListItems(filter: "{CANARY}") {{ totalCount }} }}',
    f"{{ doubleListItems(filter: {{status: {CANARY}}}) {{ totalCount }} }}",
    f'{{ doubleListItems(filter: {{status: ["{CANARY}"]}}) {{ totalCount }} }}',
    f'{{ doubleListItems(filter: {{dueBefore: "{CANARY}"}}) {{ totalCount }} }}',
    f'{{ viewer @include(if: "{CANARY}") {{ clientId }} }}',
    f'query($d: Date = "{CANARY}") {{ __typename doubleListItems(filter: {{dueBefore: $d}}) {{ totalCount }} }}',
    f'query($n: Int = "{CANARY}") {{ doubleListItems(first: $n) {{ totalCount }} }}',
    f'{{ viewer {{ clientId "{CANARY}" }} }}',
    f'"{CANARY}" query {{ viewer {{ clientId }}',
    f'mutation {{ createDoubleList(input: "{CANARY}", idempotencyKey: "k-1234567890") {{ __typename }} }}',
    f'mutation {{ createDoubleList(input: {{year: "{CANARY}"}}, idempotencyKey: 1) {{ __typename }} }}',
    f'mutation {{ createDoubleList(input: {{jurisdictionCode: "410825", year: {CANARY}}}) {{ __typename }} }}',
    f'mutation {{ advanceDoubleListItem(id: "{CANARY}", expectedVersion: "{CANARY}", event: "{CANARY}") {{ id }} }}',
    f'mutation {{ advanceDoubleListItem(id: "x", event: {{submit: "{CANARY}"}}, idempotencyKey: "{CANARY}") }}',
    f'mutation {{ advanceDoubleListItem(id: "x", event: {{submit: {{note: "{CANARY}"}}, collate: {{}}}}) {{ id }} }}',
]
VARIABLES = [
    ("query($v: Int!) { doubleListItems(first: $v) { totalCount } }", CANARY),
    ("query($v: Int!) { doubleListItems(first: $v) { totalCount } }", [CANARY]),
    ("query($v: ID!) { node(id: $v) { id } }", CANARY),
    ("query($v: ID!) { node(id: $v) { id } }", {CANARY: CANARY}),
    ("query($v: String) { doubleListItems(after: $v) { totalCount } }", CANARY),
    ("query($v: Date) { doubleListItems(filter: {dueFrom: $v}) { totalCount } }", CANARY),
    ("query($v: DoubleListItemFilter) { doubleListItems(filter: $v) { totalCount } }", {f"-{CANARY}": 1}),
    ("query($v: DoubleListItemFilter) { doubleListItems(filter: $v) { totalCount } }", {"status": [CANARY]}),
    ("query($v: DoubleListItemFilter) { doubleListItems(filter: $v) { totalCount } }", {"search": f"{CANARY}\0"}),
    ("query($v: String!) { organization(uscc: $v) { name } }", CANARY),
    ("query($v: Boolean!) { viewer @include(if: $v) { clientId } }", CANARY),
]


def assert_told_and_silent(answer) -> None:
    assert answer.status_code in (200, 400)
    assert CANARY not in answer.text
    assert "Did you mean" not in answer.text
    for error in answer.json().get("errors", ()):
        assert error["extensions"]["code"]
        assert re.search(r"[\u4e00-\u9fff]", error["message"])
        assert re.search(r"[A-Za-z]{2}", error["extensions"]["messageEn"])
        assert not re.search(r"Cannot query|Expected value|Syntax Error|invalid literal|must be of type", str(error))


@pytest.mark.parametrize("document", DOCUMENTS)
async def test_no_literal_comes_back(client_of: ClientOf, document: str) -> None:
    office = await client_of("county.office")
    for media in ("application/json", "application/graphql-response+json"):
        answer = await office.post({"query": document}, accept=media)
        assert_told_and_silent(answer)
        assert answer.json().get("errors") or "Refusal" in answer.text or document.startswith("{ node")


@pytest.mark.parametrize(("document", "value"), VARIABLES)
async def test_no_variable_comes_back(police: Client, document: str, value: object) -> None:
    answer = await police.post({"query": document, "variables": {"v": value}})
    assert_told_and_silent(answer)
    assert answer.json()["errors"]


async def test_other_members_and_headers_do_not_come_back(police: Client, bearer) -> None:
    body = {"query": "{ __typename }", "operationName": CANARY, "extensions": {CANARY: CANARY}}
    assert_told_and_silent(await police.post(body, **{"x-correlation-id": f"{CANARY} <b>"}))
    unknown = await police.http.get(f"/{CANARY}?{CANARY}", headers=bearer)
    assert CANARY not in unknown.text


@pytest.mark.parametrize(
    ("document", "rule", "name"),
    [
        ("{ viewr { clientId } }", "FIELD_UNKNOWN", "viewr"),
        ("{ viewer { clientID } }", "FIELD_UNKNOWN", "clientID"),
        ("{ viewer }", "SELECTION_MISFIT", "viewer"),
        ("{ doubleListItems(frist: 1) { totalCount } }", "ARGUMENT_UNKNOWN", "frist"),
        ("{ node { id } }", "ARGUMENT_MISSING", "node"),
        ("{ viewer @skp(if: true) { clientId } }", "DIRECTIVE_UNKNOWN", "skp"),
        ("{ ...F }", "FRAGMENT_UNKNOWN", "F"),
        ("{ __typename } fragment F on Viewr { clientId }", "TYPE_UNKNOWN", "Viewr"),
        ("{ ...F } fragment F on Query { ...F }", "FRAGMENT_CYCLE", "F"),
        ("query($n: Int) { __typename }", "VARIABLE_UNUSED", "n"),
        ("{ doubleListItems(first: $n) { totalCount } }", "VARIABLE_UNDECLARED", "n"),
        ("query($n: String) { doubleListItems(first: $n) { totalCount } }", "VARIABLE_TYPE_MISFIT", "n"),
        ("{ a: viewer { clientId } a: node(id: 1) { id } }", "FIELDS_CONFLICT", ""),
        ("query A { __typename } query A { __typename }", "NAME_TWICE", ""),
        ("{ doubleListItems(first: true) { totalCount } }", "VALUE_MISFIT", ""),
        ("{ viewer { clientId", "SYNTAX", ""),
    ],
)
async def test_a_document_error_names_the_rule_and_the_element(police: Client, document, rule, name) -> None:
    errors = (await police.ask(document))["errors"]
    told = {error["extensions"]["rule"]: error for error in errors}
    assert rule in told
    assert told[rule]["locations"]
    assert name in told[rule]["message"]
    assert name in told[rule]["extensions"]["messageEn"]
    assert "?" not in told[rule]["message"]
