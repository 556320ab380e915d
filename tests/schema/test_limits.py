"""Limits stand before work: bombs are refused in linear time, before a parser or the database sees them."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.core.errors import Refused
from hub.runtime import Runtime
from schema.build import build_schema
from schema.execution import Asked, Executor
from schema.limits import JSON_DEPTH, LEXICAL_DEPTH, json_nested_deeper, nested_deeper
from schema.preparing import DOCUMENTS, InvalidDocument, checked_document
from tests.support.client import ClientOf
from tests.support.world import World

JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(alphabet='[]{}"\\ab\n', max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(alphabet='[{"\\', max_size=3), inner, max_size=3)
    ),
    max_leaves=30,
)


def codes(text: str) -> set[str]:
    with pytest.raises((Refused, InvalidDocument)) as refused:
        checked_document(build_schema(), text)
    if isinstance(refused.value, InvalidDocument):
        return {refused.value.code}
    return {reason.code for reason in refused.value.reasons}


def doubling(levels: int, leaf: str = "viewer { clientId }") -> str:
    """A query whose last fragment is reached ``2 ** levels`` times."""
    parts = [f"fragment f{n} on Query {{ ...f{n + 1} ...f{n + 1} }}" for n in range(levels)]
    return "{ ...f0 } " + " ".join(parts) + f" fragment f{levels} on Query {{ {leaf} }}"


def depth(value: object) -> int:
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else None
    return 0 if inner is None else 1 + max(map(depth, inner), default=0)


@given(JSON_VALUES, st.integers(0, 5))
def test_nesting_of_json_is_what_a_parser_would_find(value: object, limit: int) -> None:
    for text in (json.dumps(value), json.dumps(value, ensure_ascii=False, indent=1)):
        assert json_nested_deeper(text.encode(), limit) is (depth(value) > limit)


@pytest.mark.parametrize(
    "body",
    [b"[" * 1_000_000, b'{"a":' * 500_000, b'{"query":"x","variables":' + b"[" * 100_000 + b"]" * 100_000 + b"}"],
)
def test_nesting_without_end_is_found_without_recursion(body: bytes) -> None:
    assert json_nested_deeper(body, JSON_DEPTH)


@pytest.mark.parametrize(
    "body", [b"[]" * 100_000, b'"' + b'\\"' * 200_000, b'["' + b"[" * 300_000 + b'"]', b'"\\' * 100_000]
)
def test_brackets_side_by_side_and_in_strings_are_not_nesting(body: bytes) -> None:
    assert not json_nested_deeper(body, JSON_DEPTH)


@pytest.mark.parametrize(
    "text",
    [
        "{a" * 10_000,
        "{ a(b: " + "[" * 10_000,
        "{ a(b: " + "{c:" * 10_000,
        "query($a: " + "[" * 10_000,
        "{a" * 10_000 + "}" * 10_000,
    ],
)
def test_a_document_nested_ten_thousand_deep_is_refused_without_recursion(text: str) -> None:
    assert codes(text) == {"DOCUMENT_TOO_DEEP"}


@pytest.mark.parametrize(
    "text",
    [
        '{ a(b: "' + "[" * 100 + '") }',
        '{ a(b: """' + "{\n" * 100 + '""") }',
        "{ a # " + "{" * 100 + "\n }",
        "{ " + "a(b: []) " * 100 + "}",
    ],
)
def test_brackets_in_strings_and_comments_of_a_document_do_not_count(text: str) -> None:
    assert not nested_deeper(text, LEXICAL_DEPTH)


def test_fragments_that_double_twenty_five_times_are_weighed_once_each() -> None:
    """2^25 fields: a walk that expanded them would not end in this test's lifetime."""
    assert {"DOCUMENT_TOO_LARGE", "FRAGMENTS_TOO_MANY"} <= codes(doubling(25))
    assert codes(doubling(25, "a: viewer @skip(if: true) { clientId }")) >= {"ALIASES_TOO_MANY", "DIRECTIVES_TOO_MANY"}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("{ ...a } fragment a on Query { ...b } fragment b on Query { ...a }", "GRAPHQL_VALIDATION_FAILED"),
        ("{ ...Nope }", "GRAPHQL_VALIDATION_FAILED"),
        (
            "{ viewer { clientId } } " + " ".join(f"fragment f{n} on Query {{ __typename }}" for n in range(51)),
            "FRAGMENTS_TOO_MANY",
        ),
        ("{ " + "...a " * 201 + "} fragment a on Query { __typename }", "FRAGMENTS_TOO_MANY"),
        ("{ " + " ".join(f"a{n}: __typename" for n in range(201)) + " }", "ALIASES_TOO_MANY"),
        ("{ viewer { " + "clientId " * 1_500 + "} }", "DOCUMENT_TOO_LARGE"),
        ("{ viewer { clientId " + "@skip(if: false) " * 101 + "} }", "DIRECTIVES_TOO_MANY"),
        ("{ " + "a " * 5_000 + "}", "GRAPHQL_PARSE_FAILED"),
    ],
)
def test_each_measure_of_a_document_has_its_limit(text: str, code: str) -> None:
    assert code in codes(text)


async def test_deep_json_gets_its_code_over_http_and_huge_integers_no_failure(client_of: ClientOf) -> None:
    police = await client_of("county.police")
    token = await police.authorize()
    headers = {"authorization": f"Bearer {token}", "content-type": "application/json"}
    query = b'"query": "query($n: Int!) { doubleListItems(first: $n) { totalCount } }"'
    deep = b"{" + query + b', "variables": {"n": ' + b"[" * 50 + b"]" * 50 + b"}}"
    answer = await police.http.post("/graphql", content=deep, headers=headers)
    assert (answer.status_code, answer.json()["errors"][0]["extensions"]["code"]) == (400, "JSON_TOO_DEEP")
    huge = b"{" + query + b', "variables": {"n": ' + b"9" * 10_000 + b"}}"
    answer = await police.http.post("/graphql", content=huge, headers=headers)
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["extensions"]["code"] in {"JSON_INVALID", "VARIABLE_INVALID"}


async def test_documents_that_never_come_again_do_not_pile_up(world: World, runtime: Runtime) -> None:
    executor = Executor(build_schema(), runtime)
    for number in range(DOCUMENTS + 50):
        answer = await executor.run(Asked(f"{{ a{number}: __typename }}"), world["county.police"])
        assert answer.text == b'{"a%d" : "Query"}' % number
    assert len(executor._preparer._documents) == len(executor._preparer._prepared) == DOCUMENTS
