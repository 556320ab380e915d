"""POST /oauth/token: what a good request gets, and how every malformed one is refused."""

from __future__ import annotations

import asyncio
import base64
import json
import logging
import zlib
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hub.access.scopes import Scope
from hub.auth.faults import OAuthRefused
from hub.auth.forms import parse_form, read_credentials

GRANT = {"grant_type": "client_credentials"}
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


def segment(token, index):
    part = token.split(".")[index]
    return json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))


def error_of(answer):
    assert answer.headers["cache-control"] == "no-store"
    body = answer.json()
    assert set(body) == {"error", "error_description"}
    assert any("\u4e00" <= character <= "\u9fff" for character in body["error_description"])
    return answer.status_code, body["error"]


async def test_a_client_gets_an_rfc_9068_token_for_ten_minutes(http, register, world, clock):
    client = await register()

    answer = await http.post("/oauth/token", data=GRANT, auth=client.basic)

    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["pragma"] == "no-cache"
    body = answer.json()
    assert body["token_type"] == "Bearer"
    assert body["expires_in"] == 600
    assert "refresh_token" not in body
    header, claims = segment(body["access_token"], 0), segment(body["access_token"], 1)
    assert header.keys() == {"alg", "typ", "kid"}
    assert (header["alg"], header["typ"]) == ("ES256", "at+jwt")
    jti = claims.pop("jti")
    assert len(jti) >= 20
    now = int(clock().timestamp())
    assert claims == {
        "iss": "http://127.0.0.1:8000",
        "aud": "http://127.0.0.1:8000/graphql",
        "sub": "housing-system",
        "client_id": "housing-system",
        "org": str(world.organizations["housing"]),
        "scope": "doublelist:read task:read task:report",
        "iat": now,
        "exp": now + 600,
    }


async def test_without_a_scope_parameter_the_token_carries_the_whole_list(http, register):
    client = await register()
    for form in (GRANT, {**GRANT, "scope": ""}):
        answer = await http.post("/oauth/token", data=form, auth=client.basic)
        assert answer.json()["scope"] == "doublelist:read task:read task:report"


async def test_fewer_scopes_may_be_asked_for_in_any_order(http, register):
    client = await register()
    answer = await http.post("/oauth/token", data={**GRANT, "scope": "task:report task:read"}, auth=client.basic)
    assert answer.json()["scope"] == "task:read task:report"


@pytest.mark.parametrize(
    "scope",
    [
        Scope.DOUBLELIST_APPROVE.value,
        f"{Scope.TASK_READ.value} {Scope.DOUBLELIST_APPROVE.value}",
        "no:such",
        "task:read  task:report",
        " task:read",
        "task:read\ttask:report",
        "TASK:READ",
        "任务",
    ],
)
async def test_a_scope_beyond_the_clients_is_refused_and_never_narrowed(http, register, audit_log, scope):
    client = await register()
    answer = await http.post("/oauth/token", data={**GRANT, "scope": scope}, auth=client.basic)
    assert error_of(answer) == (400, "invalid_scope")
    assert scope not in answer.text
    events = [(entry.event, entry.subject) for entry in await audit_log()]
    assert events.count(("token:refuse", "housing-system")) == 1
    assert not [event for event, _ in events if event == "token:issue"]


@pytest.mark.parametrize(
    ("form", "error"),
    [
        ({}, "invalid_request"),
        ({"grant_type": ""}, "invalid_request"),
        ({"grant_type": "password", "username": "a", "password": "b"}, "unsupported_grant_type"),
        ({"grant_type": "refresh_token", "refresh_token": "x"}, "unsupported_grant_type"),
        ({"grant_type": "authorization_code", "code": "x"}, "unsupported_grant_type"),
        ({"grant_type": "urn:ietf:params:oauth:grant-type:token-exchange"}, "unsupported_grant_type"),
    ],
)
async def test_only_client_credentials_are_granted(http, register, form, error):
    client = await register()
    answer = await http.post("/oauth/token", data=form, auth=client.basic)
    assert error_of(answer) == (400, error)


@pytest.mark.parametrize("repeated", ["grant_type", "scope", "client_id", "unheard_of"])
async def test_a_repeated_parameter_is_refused(http, register, repeated):
    client = await register()
    body = f"grant_type=client_credentials&{repeated}=a&{repeated}=a"
    answer = await http.post("/oauth/token", content=body, headers=FORM, auth=client.basic)
    assert error_of(answer) == (400, "invalid_request")


@pytest.mark.parametrize(
    "content_type",
    [
        "application/json",
        "multipart/form-data; boundary=x",
        "text/plain",
        "application/x-www-form-urlencoded-x",
        "application/x-www-form-urlencoded; charset=gb18030",
        None,
    ],
)
async def test_anything_but_a_utf8_form_is_refused(http, register, content_type):
    client = await register()
    headers = {"Content-Type": content_type} if content_type else {}
    answer = await http.post(
        "/oauth/token", content=b"grant_type=client_credentials", headers=headers, auth=client.basic
    )
    assert error_of(answer) == (400, "invalid_request")


async def test_a_form_may_name_its_charset(http, register):
    client = await register()
    headers = {"Content-Type": 'application/x-www-form-urlencoded; charset="UTF-8"'}
    answer = await http.post(
        "/oauth/token", content="grant_type=client_credentials", headers=headers, auth=client.basic
    )
    assert answer.status_code == 200


@pytest.mark.parametrize(
    "body",
    [
        b"grant_type=client_credentials&scope=\x00",
        b"grant_type=client_credentials&scope=%00",
        b"grant_type=client_credentials&%00=x",
        b"grant_type=client_credentials&scope=%ff%fe",
        b"grant_type=client_credentials&scope=\xff",
        b"grant_type",
        b"&".join(b"p%d=1" % number for number in range(100)),
        zlib.compress(b"grant_type=client_credentials"),
    ],
)
async def test_a_form_that_cannot_be_read_is_refused(http, register, body):
    client = await register()
    answer = await http.post("/oauth/token", content=body, headers=FORM, auth=client.basic)
    assert error_of(answer) == (400, "invalid_request")


async def test_a_large_body_is_refused_while_it_arrives(http, register):
    client = await register()
    sent = 0

    async def endless():
        nonlocal sent
        while sent < 1_000:
            sent += 1
            yield b"x" * 1024

    answer = await http.post("/oauth/token", content=endless(), headers=FORM, auth=client.basic)
    assert error_of(answer) == (413, "invalid_request")
    assert sent == 17


@pytest.mark.parametrize(
    "query", ["client_secret=abc", "client_id=housing-system", "grant_type=client_credentials", "x"]
)
async def test_nothing_may_be_in_the_url(http, register, query):
    client = await register()
    answer = await http.post(f"/oauth/token?{query}", data=GRANT, auth=client.basic)
    assert error_of(answer) == (400, "invalid_request")
    assert (await http.get(f"/oauth/token?{query}")).status_code == 405


async def test_a_token_request_leaves_one_audit_entry_without_token_or_secret(http, register, world, audit_log):
    client = await register()
    answer = await http.post("/oauth/token", data=GRANT, auth=client.basic)

    [entry] = [entry for entry in await audit_log() if entry.event == "token:issue"]

    assert entry.subject == "housing-system"
    assert entry.outcome == "DONE"
    assert entry.organization_id == world.organizations["housing"]
    assert entry.jurisdiction_path == world.path("410825")
    assert entry.target_kind == "oauth_client"
    token = answer.json()["access_token"]
    assert entry.detail == {
        "clientId": "housing-system",
        "tokenId": segment(token, 1)["jti"],
        "scopes": ["doublelist:read", "task:read", "task:report"],
    }


async def test_neither_token_nor_secret_is_logged_at_any_level(http, register, caplog):
    client = await register()
    with caplog.at_level(logging.DEBUG):
        answer = await http.post("/oauth/token", data=GRANT, auth=client.basic)
        await http.post("/oauth/token", data=GRANT, auth=(client.client_id, "not-the-secret"))
        await http.post("/oauth/revoke", data={"token": answer.json()["access_token"]}, auth=client.basic)
    assert answer.json()["access_token"] not in caplog.text
    assert client.secret not in caplog.text
    assert "not-the-secret" not in caplog.text


async def test_many_clients_at_once_all_get_their_tokens(http, register):
    client = await register()
    answers = await asyncio.gather(*(http.post("/oauth/token", data=GRANT, auth=client.basic) for _ in range(20)))
    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.json()["access_token"] for answer in answers}) == 20


async def test_a_token_ends_ten_minutes_after_its_own_request(http, register, clock):
    client = await register()
    clock.advance(hours=5)
    answer = await http.post("/oauth/token", data=GRANT, auth=client.basic)
    claims = segment(answer.json()["access_token"], 1)
    assert claims["exp"] == int((clock() + timedelta(minutes=10)).timestamp())


@given(st.binary(max_size=300))
def test_any_body_is_parsed_or_refused(body):
    try:
        parameters = parse_form(body)
    except OAuthRefused:
        return
    assert all(value and "\x00" not in value for value in parameters.values())


@given(st.text(max_size=200), st.binary(max_size=100))
def test_any_authorization_header_is_read_or_refused(text, raw):
    for header in (text, f"Basic {text}", "Basic " + base64.b64encode(raw).decode()):
        try:
            presented = read_credentials([header], {})
        except OAuthRefused:
            continue
        assert presented.client_id
        assert presented.secret


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    st.dictionaries(
        st.sampled_from(["grant_type", "scope", "client_id", "client_assertion", "client_assertion_type", "token"]),
        st.one_of(
            st.text(max_size=50),
            st.sampled_from(["client_credentials", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer", "a.b.c"]),
        ),
    )
)
async def test_no_form_whatever_is_an_internal_error(http, form):
    for path in ("/oauth/token", "/oauth/revoke"):
        answer = await http.post(path, data=form)
        assert answer.status_code in {400, 401}
        error_of(answer)
