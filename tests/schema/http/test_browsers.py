"""What a web page may do: nothing, unless its origin is listed, and never with anything but a bearer token."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from hub.config import Settings

LISTED, FOREIGN = "https://portal.example", "https://evil.example"
BODY = {"query": "{ viewer { clientId } }"}
PREFLIGHT = {"access-control-request-method": "POST", "access-control-request-headers": "authorization,content-type"}


def cors(answer) -> dict[str, str]:
    return {name: value for name, value in answer.headers.items() if name.startswith("access-control")}


async def test_a_listed_origin_is_answered_and_never_with_credentials(setting, bearer) -> None:
    async with setting(cors_origins=f"{LISTED}, https://other.example:8443") as http:
        asked = await http.options("/graphql", headers={"origin": LISTED, **PREFLIGHT})
        assert asked.status_code == 200
        assert asked.headers["access-control-allow-origin"] == LISTED
        assert "Authorization" in asked.headers["access-control-allow-headers"]
        answer = await http.post("/graphql", json=BODY, headers={**bearer, "origin": LISTED})
        assert answer.json()["data"]["viewer"]["clientId"]
        assert cors(answer)["access-control-allow-origin"] == LISTED
        assert {"Origin", "Accept"} <= {each.strip() for each in answer.headers["vary"].split(",")}
        assert "access-control-allow-credentials" not in cors(asked) | cors(answer)
        assert "retry-after" in answer.headers["access-control-expose-headers"].lower()


@pytest.mark.parametrize(
    "origin",
    [FOREIGN, "null", "https://portal.example.evil.example", "http://portal.example", "HTTPS://PORTAL.EXAMPLE"],
)
async def test_a_foreign_origin_sees_no_cors_header_but_a_token_still_counts(setting, bearer, origin) -> None:
    async with setting(cors_origins=LISTED) as http:
        asked = await http.options("/graphql", headers={"origin": origin, **PREFLIGHT})
        assert (asked.status_code, cors(asked)) == (405, {})
        answer = await http.post("/graphql", json=BODY, headers={**bearer, "origin": origin})
        assert answer.json()["data"]["viewer"]["clientId"]
        assert cors(answer) == {}
        assert "Origin" in answer.headers["vary"]


async def test_without_a_list_no_origin_is_answered(http, bearer) -> None:
    asked = await http.options("/graphql", headers={"origin": LISTED, **PREFLIGHT})
    answer = await http.post("/graphql", json=BODY, headers={**bearer, "origin": LISTED})
    assert cors(asked) == cors(answer) == {}


@pytest.mark.parametrize("origins", ["*", "null", "https://*.example", "portal.example", f"{LISTED}/", f"{LISTED},*"])
def test_an_open_list_is_refused_at_the_start(origins: str) -> None:
    with pytest.raises(ValidationError):
        Settings(cors_origins=origins, _env_file=None)


async def test_no_cookie_form_or_url_carries_rights(http, bearer) -> None:
    token = bearer["authorization"].split()[1]
    cookies = {"authorization": bearer["authorization"], "access_token": token, "session": token}
    attempts = [
        await http.post("/graphql", json=BODY, headers={"cookie": "; ".join(f"{k}={v}" for k, v in cookies.items())}),
        await http.post("/graphql", json=BODY, params={"access_token": token}),
        await http.post("/graphql", data={"access_token": token, **BODY}),
    ]
    for answer in attempts:
        assert (answer.status_code, "data" in answer.json()) == (401, False)
        assert "set-cookie" not in answer.headers


async def test_every_answer_carries_the_security_headers(setting, bearer) -> None:
    async with setting(env="production") as http:
        answers = [
            await http.post("/graphql", json=BODY, headers=bearer),
            await http.post("/graphql", json=BODY),
            await http.get("/graphql"),
            await http.get("/nothing"),
            await http.get("/graphiql"),
            await http.post("/oauth/token"),
            await http.get("/healthz"),
        ]
        for answer in answers:
            assert answer.headers["x-content-type-options"] == "nosniff"
            assert answer.headers["referrer-policy"] == "no-referrer"
            assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
            assert answer.headers["strict-transport-security"].startswith("max-age=31536000")
            assert "no-store" in answer.headers["cache-control"]
        assert answers[4].status_code == 404
    async with setting() as http:
        page = await http.get("/graphiql")
        assert "strict-transport-security" not in page.headers
        assert "frame-ancestors 'none'" in page.headers["content-security-policy"]


async def test_host_and_forwarding_headers_decide_nothing(http, bearer) -> None:
    tricks = {
        "host": "127.0.0.1:8000@evil.example/healthz?",
        "x-forwarded-host": "evil.example",
        "x-forwarded-for": "::1",
    }
    answer = await http.post("/graphql", json=BODY, headers=tricks)
    assert answer.status_code == 401
    assert "evil.example" not in answer.text + str(answer.headers)
