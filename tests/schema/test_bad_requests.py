"""What an HTTP client may get wrong, or try: a coded error each time, nothing leaked, nothing done."""

from __future__ import annotations

import base64
import json

import pytest
from sqlalchemy import func, select

from hub.db.models import DoubleList, DoubleListItem
from tests.obligations.steps import Steps
from tests.support.client import Client, ClientOf
from tests.support.world import COUNTY, World

QUERY = "{ viewer { clientId } }"


@pytest.fixture
async def police(client_of: ClientOf) -> Client:
    return await client_of("county.police")


@pytest.fixture
def steps(world: World, client_of: ClientOf) -> Steps:
    return Steps(world, client_of)


def code_of(answer) -> str:
    return answer.json()["errors"][0]["extensions"]["code"]


async def test_request_without_or_with_a_bad_token_is_challenged(police: Client) -> None:
    token = await police.authorize()
    head, payload, signature = token.split(".")
    foreign = base64.urlsafe_b64encode(b'{"iss":"http://elsewhere"}').decode().rstrip("=")
    bad = {
        "": "UNAUTHENTICATED",
        "Basic abc": "UNAUTHENTICATED",
        "Bearer nonsense": "TOKEN_INVALID",
        f"Bearer {head}.{payload}.{signature[:-4]}AAAA": "TOKEN_INVALID",
        f"Bearer {head}.{foreign}.{signature}": "TOKEN_INVALID",
    }
    for authorization, code in bad.items():
        headers = {"authorization": authorization} if authorization else {}
        answer = await police.http.post("/graphql", json={"query": QUERY}, headers=headers)
        assert (answer.status_code, code_of(answer)) == (401, code)
        assert answer.headers["www-authenticate"].startswith("Bearer")
        assert "data" not in answer.json()


async def test_expired_token_is_refused(police: Client, world: World) -> None:
    token = await police.authorize()
    world.clock.advance(minutes=11)
    answer = await police.http.post("/graphql", json={"query": QUERY}, headers={"authorization": f"Bearer {token}"})
    assert (answer.status_code, code_of(answer)) == (401, "TOKEN_EXPIRED")


async def test_a_scope_the_client_lacks_is_not_granted(police: Client) -> None:
    form = {"grant_type": "client_credentials", "scope": "audit:read"}
    answer = await police.http.post("/oauth/token", data=form, auth=(police.client_id, police.client_secret))
    assert (answer.status_code, answer.json()["error"]) == (400, "invalid_scope")


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"", "JSON_INVALID"),
        (b"{", "JSON_INVALID"),
        (b"\xff\xfe", "JSON_INVALID"),
        (b"null", "REQUEST_INVALID"),
        (b'"x"', "REQUEST_INVALID"),
        (b"[]", "BATCH_UNSUPPORTED"),
        (b"[" * 100_000, "JSON_TOO_DEEP"),
        (b"{}", "REQUEST_INVALID"),
        (b'{"query": 1}', "REQUEST_INVALID"),
        (b'{"query": "{ viewer { clientId } }", "variables": []}', "REQUEST_INVALID"),
        (b'{"query": "{ viewer { clientId } }", "operationName": 3}', "REQUEST_INVALID"),
        (b'{"query": "{ viewer { clientId"}', "GRAPHQL_PARSE_FAILED"),
        (b'{"query": "{ viewer { } }"}', "GRAPHQL_PARSE_FAILED"),
        (b'{"query": "{ viewer { clientSecret } }"}', "GRAPHQL_VALIDATION_FAILED"),
        (b'{"query": "query A { viewer { clientId } } query B { viewer { clientId } }"}', "OPERATION_UNCLEAR"),
        (b'{"query": "{ doubleListItems(first: 101) { totalCount } }"}', "PAGE_SIZE"),
        (b'{"query": "{ doubleListItems(first: 0) { totalCount } }"}', "PAGE_SIZE"),
        (b'{"query": "{ node(id: \\"x\\") { id } }"}', "ID_INVALID"),
        (b'{"query": "{ doubleListItems(filter: {search: \\"ab\\\\u0000\\"}) { totalCount } }"}', "NUL_CHARACTER"),
    ],
)
async def test_malformed_request_gets_a_coded_error(police: Client, body: bytes, code: str) -> None:
    token = await police.authorize()
    answer = await police.http.post(
        "/graphql",
        content=body,
        headers={"authorization": f"Bearer {token}", "content-type": "application/json"},
    )
    assert answer.status_code in (200, 400)
    assert code_of(answer) == code
    assert not any((answer.json().get("data") or {}).values())


async def test_other_methods_types_and_sizes_are_refused(police: Client) -> None:
    token = await police.authorize()
    headers = {"authorization": f"Bearer {token}"}
    answer = await police.http.get("/graphql", params={"query": QUERY}, headers=headers)
    assert (answer.status_code, answer.headers["allow"]) == (405, "POST")
    answer = await police.http.post("/graphql", content=QUERY, headers={**headers, "content-type": "text/plain"})
    assert answer.status_code == 415
    answer = await police.post({"query": QUERY}, accept="text/html")
    assert answer.status_code == 406
    answer = await police.post({"query": QUERY, "variables": {"x": "x" * 300_000}})
    assert (answer.status_code, code_of(answer)) == (413, "BODY_TOO_LARGE")


@pytest.mark.parametrize(
    "query",
    [
        "{ a: viewer { clientId } " + " ".join(f"a{n}: viewer {{ clientId }}" for n in range(300)) + "}",
        "{ doubleLists { nodes " + "{ body { jurisdiction { parent " * 6 + "{ id }" + " } } }" * 6 + " } }",
        "query { ...f0 } "
        + " ".join(
            f"fragment f{n} on Query {{ a{n}: viewer {{ clientId }} ...f{n + 1} ...f{n + 1} }}" for n in range(22)
        )
        + " fragment f22 on Query { z: viewer { clientId } }",
    ],
)
async def test_bombs_are_refused_before_any_work(police: Client, query: str) -> None:
    answer = await police.post({"query": query})
    assert answer.json()["errors"][0]["extensions"]["code"] in {
        "ALIASES_TOO_MANY",
        "DOCUMENT_TOO_DEEP",
        "DOCUMENT_TOO_LARGE",
        "DOCUMENT_TOO_WIDE",
        "GRAPHQL_PARSE_FAILED",
    }


async def test_bad_variables_are_named_but_their_values_are_not_repeated(police: Client) -> None:
    answer = await police.ask("query($n: Int!) { doubleListItems(first: $n) { totalCount } }", {"n": "s3cr3t"})
    assert answer["errors"][0]["extensions"]["code"] == "VARIABLE_INVALID"
    assert "s3cr3t" not in json.dumps(answer)
    assert "Did you mean" not in json.dumps(await police.ask("{ viewr { clientId } }"))


async def test_every_fault_of_a_mutation_is_listed_and_nothing_is_written(steps: Steps, world: World) -> None:
    await steps.open_list()
    bad = await steps.propose(
        "court",
        title='"\\u0000"',
        deadlineKind="LONG_TERM",
        cooperatingOrganizationIds=f'["{steps.organization("court")}"]',
    )
    codes = {each["code"] for each in bad["reasons"]}
    assert "NUL_CHARACTER" in codes
    more = await steps.propose(
        "court", deadlineKind="LONG_TERM", cooperatingOrganizationIds=f'["{steps.organization("court")}"]'
    )
    assert {each["code"] for each in more["reasons"]} == {"LEAD_ALSO_COOPERATING", "DUE_DATE_NOT_ALLOWED"}
    assert ["input", "dueOn"] in [each["path"] for each in more["reasons"]]
    async with world.sessions.system("test") as session:
        assert await session.scalar(select(func.count()).select_from(DoubleListItem)) == 0


async def test_stale_version_and_reused_idempotency_key_are_refused(steps: Steps, world: World) -> None:
    office = await steps.client("office")
    given = f'input: {{jurisdictionCode: "{COUNTY}", year: %d}}, idempotencyKey: "open-list-2026"'
    first = await office.change("createDoubleList", given % 2026, "doubleList")
    again = await office.change("createDoubleList", given % 2026, "doubleList")
    assert first == again
    assert (await office.change("createDoubleList", given % 2027, "doubleList"))["code"] == "IDEMPOTENCY_KEY_REUSED"
    async with world.sessions.system("test") as session:
        assert await session.scalar(select(func.count()).select_from(DoubleList)) == 1
    item = await steps.propose("court")
    await steps.item("court", item, "submit", expectedVersion="1")
    stale = await steps.item("office", item, "collate", expectedVersion="1")
    assert (stale["code"], stale["currentVersion"]) == ("VERSION_CONFLICT", 2)
    assert (await steps.state(item))["status"] == "SUBMITTED"
    both = f'id: "{item["id"]}", event: {{collate: {{}}, accept: {{}}}}'
    twice = await office.ask(f"mutation {{ advanceDoubleListItem({both}) {{ __typename }} }}")
    assert twice["errors"][0]["extensions"]["code"] == "GRAPHQL_VALIDATION_FAILED"


async def test_an_invalid_code_is_refused_with_the_character_and_why(steps: Steps, world: World) -> None:
    office = await steps.client("office")
    refused = await office.change("createDoubleList", 'input: {jurisdictionCode: "41O825", year: 2026}', "doubleList")
    assert refused["code"].startswith("REGION_")
    assert refused["reasons"][0]["path"] == ["input", "jurisdictionCode"]
    assert "O" in refused["message"]
    answer = await office.ask('{ organization(uscc: "91410825MA00000O0X") { name } }')
    codes = {error["extensions"]["code"] for error in answer["errors"]}
    assert codes
    assert all(code.startswith("USCC_") for code in codes)
    async with world.sessions.system("test") as session:
        assert await session.scalar(select(func.count()).select_from(DoubleList)) == 0
