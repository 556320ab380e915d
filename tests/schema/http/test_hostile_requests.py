"""Bytes and headers nobody should send: a documented status, coded errors, nothing of the inside, nothing echoed."""

from __future__ import annotations

import json
from typing import Any

import httpx
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.support.client import Client

STATUSES = {200, 400, 401, 405, 406, 413, 415}
CANARY = "Kanarienvogel4711"
INSIDE = (
    "Traceback",
    "Error(",
    "Exception",
    "asyncpg",
    "sqlalchemy",
    "psycopg",
    ".py",
    "Did you mean",
    "object of type",
)
QUERY = '"query": "{ viewer { clientId } }"'


def coded(answer: httpx.Response) -> list[str]:
    """Codes of the errors; asserts that the answer is one of the documented ones."""
    assert answer.status_code in STATUSES, answer.text
    body = json.loads(answer.content)
    assert not any(word in answer.text for word in INSIDE), answer.text
    assert CANARY not in answer.text
    assert answer.headers["x-content-type-options"] == "nosniff"
    return [each["extensions"]["code"] for each in body.get("errors", [])]


async def send(police: Client, body: bytes, **headers: str | bytes) -> httpx.Response:
    known = {"authorization": f"Bearer {police.token}", "content-type": "application/json"} | headers
    sent = {name: value.encode() if isinstance(value, str) else value for name, value in known.items()}
    return await police.http.post("/graphql", content=body, headers=sent)


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"", "JSON_INVALID"),
        (b"null", "REQUEST_INVALID"),
        (b'"x"', "REQUEST_INVALID"),
        (b"7", "REQUEST_INVALID"),
        (b"true", "REQUEST_INVALID"),
        (b"[{}]", "BATCH_UNSUPPORTED"),
        (b'{"query": "\xff"}', "JSON_INVALID"),
        (b"\xef\xbb\xbf{%s}" % QUERY.encode(), "JSON_INVALID"),
        ("{" + QUERY + "}", "JSON_INVALID"),
        (b'{"query": "\\ud800"}', "JSON_INVALID"),
        (b'{%s, "variables": {"a": "\\udfff"}}' % QUERY.encode(), "JSON_INVALID"),
        (b'{%s, "variables": {"a": NaN}}' % QUERY.encode(), "JSON_INVALID"),
        (b'{%s, "variables": {"a": -Infinity}}' % QUERY.encode(), "JSON_INVALID"),
        (b'{%s, "variables": {"a": 1e999}}' % QUERY.encode(), "JSON_INVALID"),
        (b'{%s, "variables": {"a": %s}}' % (QUERY.encode(), b"9" * 10_000), "JSON_INVALID"),
        (b'{%s, "variables": {"a": 1, "a": 2}}' % QUERY.encode(), "JSON_MEMBER_TWICE"),
        (b"{%s, %s}" % (QUERY.encode(), QUERY.encode()), "JSON_MEMBER_TWICE"),
        (b'{%s, "variables": %s1%s}' % (QUERY.encode(), b'{"a":' * 5_000, b"}" * 5_000), "JSON_TOO_DEEP"),
        (b"{%s} {}" % QUERY.encode(), "JSON_INVALID"),
        (b'{%s, "operationName": ["Kanarienvogel4711"]}' % QUERY.encode(), "REQUEST_INVALID"),
    ],
)
async def test_a_malformed_body_is_refused_by_code(police: Client, body: bytes | str, code: str) -> None:
    answer = await send(police, body.encode("utf-16") if isinstance(body, str) else body)
    assert (answer.status_code, coded(answer)) == (400, [code])
    assert "data" not in answer.json()


async def test_lengths_that_lie_and_coded_bodies_are_refused(police: Client) -> None:
    body = b"{%s}" % QUERY.encode()
    for length, status in (("3", 400), ("400", 400), (b"\xb2", 400), ("-1", 400), ("9" * 5_000, 413)):
        answer = await send(police, body, **{"content-length": length})
        assert (answer.status_code, len(coded(answer))) == (status, 1)
    for coding in ("gzip", "br", "identity, gzip"):
        answer = await send(police, body, **{"content-encoding": coding})
        assert (answer.status_code, coded(answer)) == (415, ["CONTENT_ENCODING"])
    assert coded(await send(police, body, **{"content-encoding": "identity"})) == []

    async def endless() -> Any:
        for _ in range(1_000):
            yield b" " * 4_096

    headers = {"authorization": f"Bearer {police.token}", "content-type": "application/json"}
    answer = await police.http.post("/graphql", content=endless(), headers=headers)
    assert (answer.status_code, coded(answer)) == (413, ["BODY_TOO_LARGE"])


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | st.just(CANARY),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=8,
)
MEMBERS = st.fixed_dictionaries(
    {},
    optional={
        "query": st.sampled_from(["{ viewer { clientId } }", "query Q($a: Date) { __typename }", CANARY]) | VALUES,
        "variables": VALUES,
        "operationName": VALUES,
        "extensions": VALUES,
        "documentId": VALUES,
    },
)
LATIN = st.text(st.characters(min_codepoint=0x20, max_codepoint=0xFF, exclude_characters="\x7f"), max_size=30)
MEDIA = st.sampled_from(["application/json", "application/graphql-response+json", "*/*", "text/html", CANARY]) | LATIN
HEADERS = st.dictionaries(
    st.sampled_from(
        ["accept", "content-type", "content-encoding", "origin", "host", "x-forwarded-proto", "x-correlation-id"]
    ),
    MEDIA,
    max_size=4,
)
BODIES = st.binary(max_size=60) | MEMBERS.map(lambda each: json.dumps(each).encode())
METHODS = st.sampled_from(["POST"] * 8 + ["GET", "PUT", "OPTIONS", "DELETE"])


@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(method=METHODS, body=BODIES, headers=HEADERS)
@example(method="POST", body=b'{"query": "{ viewer { clientId } }"}', headers={})
async def test_any_bytes_and_headers_get_a_documented_answer(police: Client, method, body, headers) -> None:
    known = {"authorization": f"Bearer {police.token}", "content-type": "application/json"}
    sent = {name: value.strip().encode("latin-1") for name, value in (known | headers).items()}
    answer = await police.http.request(method, "/graphql", content=body, headers=sent)
    codes = coded(answer)
    assert codes or answer.status_code == 200
