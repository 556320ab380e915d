"""Clients nobody of the house wrote, against a running installation: conformance audits and urql."""

from __future__ import annotations

import json
import signal
from collections.abc import Iterator

import httpx
import pytest

from tests.support.demonstration import DemoHome
from tests.support.node import require_node, run_node
from tests.support.serving import Serving

GET_NOTICES = {"5A70", "D6D5", "6A70"}
CLIENT = "wenxian-gongan"


@pytest.fixture(scope="module")
def servers(demo_home: DemoHome) -> Iterator[dict[str, Serving]]:
    """One installation served twice, with GET as it is by default and with queries by GET."""
    require_node()
    home = demo_home()
    started = {"off": Serving(home, "--demo")}
    try:
        started["off"].wait_ready()
        started["queries"] = Serving(
            home, HUB_GRAPHQL_GET="queries", HUB_ISSUER=started["off"].url, HUB_CORS_ORIGINS="https://portal.example"
        )
        started["queries"].wait_ready()
        yield started
    finally:
        for serving in started.values():
            serving.stop(signal.SIGTERM)


@pytest.fixture(scope="module")
def token(servers: dict[str, Serving]) -> str:
    serving = servers["off"]
    clients = {each["client_id"]: each for each in json.loads((serving.log.parent / "demo-clients.json").read_text())}
    answer = httpx.post(
        f"{serving.url}/oauth/token",
        data={"grant_type": "client_credentials"},
        auth=(CLIENT, clients[CLIENT]["client_secret"]),
    )
    return str(answer.json()["access_token"])


@pytest.mark.parametrize(("how", "notices"), [("queries", set()), ("off", GET_NOTICES)])
def test_every_audit_of_graphql_over_http_is_passed(
    servers: dict[str, Serving], token: str, how: str, notices: set[str]
) -> None:
    results = run_node("audits.mjs", URL=f"{servers[how].url}/graphql", TOKEN=token)
    assert len(results) == 61
    assert {each["id"]: each for each in results if each["status"] == "error"} == {}
    assert {each["id"]: each for each in results if each["status"] == "warn"} == {}
    assert {each["id"] for each in results if each["status"] == "notice"} == notices


@pytest.mark.parametrize("how", ["off", "queries"])
def test_a_stock_client_needs_no_special_setting(servers: dict[str, Serving], token: str, how: str) -> None:
    told = run_node("urql.mjs", URL=f"{servers[how].url}/graphql", TOKEN=token)
    assert told["plain"]["data"]["viewer"]["clientId"] == CLIENT
    assert len(told["variables"]["data"]["doubleListItems"]["nodes"]) == 2
    assert told["field"]["errors"][0]["code"] == "PAGE_SIZE"
    assert told["document"]["errors"][0]["code"] == "GRAPHQL_VALIDATION_FAILED"
    assert "nothing" in told["document"]["errors"][0]["message"]
    assert told["anonymous"].get("data") is None
    assert told["anonymous"]["errors"][0]["code"] == "UNAUTHENTICATED"


def test_raw_sockets_get_a_refusal_and_never_a_server_error(servers: dict[str, Serving], token: str) -> None:
    with httpx.Client(base_url=servers["off"].url, headers={"authorization": f"Bearer {token}"}) as http:
        chunked = http.post(
            "/graphql",
            content=(b" " * 65_536 for _ in range(8)),
            headers={"content-type": "application/json"},
        )
        assert chunked.status_code == 413
        zipped = http.post(
            "/graphql", content=b"{}", headers={"content-encoding": "gzip", "content-type": "application/json"}
        )
        assert (zipped.status_code, zipped.headers["accept-encoding"]) == (415, "identity")
        assert http.get("/graphql", params={"query": "{ viewer { clientId } }"}).status_code == 405
