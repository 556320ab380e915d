"""Media types and status codes of GraphQL over HTTP."""

from __future__ import annotations

import pytest

from tests.support.client import Client

NEWER, OLDER = "application/graphql-response+json", "application/json"
VIEWER = {"query": "{ viewer { clientId } }"}


@pytest.mark.parametrize(
    ("accept", "media"),
    [
        (None, OLDER),
        ("", OLDER),
        ("*/*", OLDER),
        ("application/*", OLDER),
        (OLDER, OLDER),
        (NEWER, NEWER),
        (f"{NEWER}, {OLDER}", NEWER),
        (f"{OLDER}, {NEWER}", NEWER),
        (f"{NEWER};q=0.5, {OLDER};q=0.9", OLDER),
        (f"{NEWER}; charset=utf-8, {OLDER}; charset=utf-8", NEWER),
        (f"{NEWER.upper()}", NEWER),
        (f"{OLDER};q=0, */*", NEWER),
        (f"{NEWER};q=0, */*;q=0.1", OLDER),
        (f"text/html, {NEWER};q=0.1", NEWER),
        (f"text/html, */*;q=0.1, {OLDER};q=nonsense", OLDER),
    ],
)
async def test_the_media_type_liked_best_answers(police: Client, bearer, accept, media) -> None:
    headers = bearer if accept is None else {**bearer, "accept": accept}
    request = police.http.build_request("POST", "/graphql", json=VIEWER, headers=headers)
    if accept is None:
        del request.headers["accept"]
    answer = await police.http.send(request)
    assert (answer.status_code, answer.headers["content-type"]) == (200, f"{media}; charset=utf-8")
    assert "Accept" in answer.headers["vary"]
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    "accept", ["text/html", f"{NEWER};q=0", f"{OLDER};q=0, {NEWER};q=0", f"{OLDER}; charset=gbk", "application/jsonx"]
)
async def test_a_caller_that_takes_neither_is_told_so(police: Client, bearer, accept) -> None:
    answer = await police.http.post("/graphql", json=VIEWER, headers={**bearer, "accept": accept})
    assert (answer.status_code, answer.json()["errors"][0]["extensions"]["code"]) == (406, "NOT_ACCEPTABLE")


@pytest.mark.parametrize(
    "body",
    [
        {"query": "{ viewer { clientId"},
        {"query": "{ nothing }"},
        {"query": "query($n: Int!) { doubleListItems(first: $n) { totalCount } }", "variables": {"n": "x"}},
        {"query": "query A { viewer { clientId } } query B { viewer { clientId } }"},
    ],
)
async def test_a_request_error_has_no_data_and_a_status_of_its_media_type(police: Client, bearer, body) -> None:
    for media, status in ((NEWER, 400), (OLDER, 200)):
        answer = await police.http.post("/graphql", json=body, headers={**bearer, "accept": media})
        assert answer.status_code == status
        assert "data" not in answer.json()
        assert answer.json()["errors"][0]["extensions"]["code"]


@pytest.mark.parametrize(
    "content_type",
    [
        "",
        "text/plain",
        "text/plain; application/json",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "application/json-x",
        "x-application/json-y",
        "application/graphql",
        "application/json; charset=utf-16",
        "application/json; profile=x",
        "application/json, text/plain",
    ],
)
async def test_a_body_of_another_type_is_refused(police: Client, bearer, content_type) -> None:
    answer = await police.http.post(
        "/graphql", content=b'{"query":"{ __typename }"}', headers={**bearer, "content-type": content_type}
    )
    assert (answer.status_code, answer.json()["errors"][0]["extensions"]["code"]) == (415, "CONTENT_TYPE")
    doubled = [("authorization", bearer["authorization"]), ("content-type", "application/json")] * 2
    answer = await police.http.post(
        "/graphql", content=b'{"query":"{ __typename }"}', headers=doubled[:2] + doubled[3:]
    )
    assert answer.status_code == 415


async def test_get_answers_queries_only_and_only_where_allowed(police: Client, bearer, setting) -> None:
    query = {"query": "query($n: Int) { doubleListItems(first: $n) { totalCount } }", "variables": '{"n": 1}'}
    answer = await police.http.get("/graphql", params=query, headers=bearer)
    assert (answer.status_code, answer.headers["allow"]) == (405, "POST")
    async with setting(graphql_get="queries") as http:
        answer = await http.get("/graphql", params=query, headers=bearer)
        assert answer.json()["data"] == {"doubleListItems": {"totalCount": 0}}
        assert (await http.get("/graphql", params=query)).status_code == 401
        stolen = {"access_token": bearer["authorization"].split()[1]}
        assert (await http.get("/graphql", params=query | stolen)).status_code == 401
        assert (await http.get("/graphql", params=query, cookies=stolen)).status_code == 401
        for mutation in ("mutation { __typename }", "query A { __typename } mutation B { __typename }"):
            params = {"query": mutation, "operationName": "B"} if "B" in mutation else {"query": mutation}
            answer = await http.get("/graphql", params=params, headers={**bearer, "accept": NEWER})
            assert (answer.status_code, answer.headers["allow"]) == (405, "POST")
            assert answer.json()["errors"][0]["extensions"]["code"] == "CHANGE_NEEDS_POST"
            assert "data" not in answer.json()
        for bad in ({"variables": "[]"}, {"variables": "{"}, {"extensions": "1"}, {"query": ""}):
            assert (await http.get("/graphql", params=query | bad, headers=bearer)).status_code == 400
        twice = [("query", "{ __typename }"), ("query", "{ __typename }")]
        assert (await http.get("/graphql", params=twice, headers=bearer)).status_code == 400
        for method in ("HEAD", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "QUERY"):
            answer = await http.request(method, "/graphql", headers=bearer)
            assert (answer.status_code, answer.headers["allow"]) == (405, "GET, POST")
