"""Discovery (RFC 8414), what no header of a request can change, and the answers of a hub without its database."""

from __future__ import annotations

import httpx
import pytest
from starlette.applications import Starlette

from hub.access.coverage import row_scope
from hub.access.scopes import Scope
from hub.auth.auth_server import AuthServer
from hub.auth.keys import rotate_signing_key
from hub.core.keyring import KeyRing
from hub.db.engine import open_engine
from hub.db.session import Sessions
from hub.db.target import DatabaseRole


async def test_the_metadata_says_what_the_server_does(http):
    answer = await http.get("/.well-known/oauth-authorization-server")
    assert answer.headers["content-type"] == "application/json"
    document = answer.json()
    assert document["scopes_supported"] == sorted(Scope)
    del document["scopes_supported"]
    assert document == {
        "issuer": "http://127.0.0.1:8000",
        "token_endpoint": "http://127.0.0.1:8000/oauth/token",
        "revocation_endpoint": "http://127.0.0.1:8000/oauth/revoke",
        "jwks_uri": "http://127.0.0.1:8000/.well-known/jwks.json",
        "response_types_supported": [],
        "grant_types_supported": ["client_credentials"],
        "token_endpoint_auth_methods_supported": ["client_secret_basic", "private_key_jwt"],
        "token_endpoint_auth_signing_alg_values_supported": ["ES256", "PS256"],
        "revocation_endpoint_auth_methods_supported": ["client_secret_basic", "private_key_jwt"],
        "revocation_endpoint_auth_signing_alg_values_supported": ["ES256", "PS256"],
        "ui_locales_supported": ["zh-CN", "en"],
    }


async def test_every_address_of_the_metadata_answers(http):
    document = (await http.get("/.well-known/oauth-authorization-server")).json()
    assert (await http.get(document["jwks_uri"])).status_code == 200
    for name in ("token_endpoint", "revocation_endpoint"):
        assert (await http.post(document[name])).status_code == 400


async def test_no_header_of_a_request_moves_the_issuer(http, register, get_token, auth):
    client = await register()
    headers = {
        "Host": "evil.example",
        "X-Forwarded-Host": "evil.example",
        "X-Forwarded-Proto": "https",
        "Forwarded": "host=evil.example",
    }
    document = await http.get("/.well-known/oauth-authorization-server", headers=headers)
    assert "evil" not in document.text
    answer = await http.post(
        "/oauth/token", data={"grant_type": "client_credentials"}, auth=client.basic, headers=headers
    )
    assert await auth.authenticator.authenticate(f"Bearer {answer.json()['access_token']}")


@pytest.mark.parametrize(
    "issuer",
    [
        "",
        "hub.example",
        "ftp://hub.example",
        "https://",
        "https://hub.example/",
        "https://hub.example?x",
        "https://a#b",
        "https://u:p@hub.example",
    ],
)
def test_an_unusable_issuer_is_refused_at_the_start(sessions, keyring, clock, issuer):
    with pytest.raises(ValueError, match="issuer"):
        AuthServer.create(sessions, keyring, issuer, clock)


@pytest.mark.parametrize(
    "issuer", ["http://127.0.0.1:8000", "http://hub.internal:8080", "https://hub.example.gov.cn/hub"]
)
async def test_local_and_remote_issuers_serve_alike(sessions, keyring, clock, register, issuer):
    client = await register()
    server = AuthServer.create(sessions, keyring, issuer, clock)
    transport = httpx.ASGITransport(Starlette(routes=server.routes))
    async with httpx.AsyncClient(transport=transport, base_url="http://any") as http:
        answer = await http.post("/oauth/token", data={"grant_type": "client_credentials"}, auth=client.basic)
    assert answer.status_code == 200
    assert await server.authenticator.authenticate(f"Bearer {answer.json()['access_token']}")


async def test_without_its_database_the_server_says_try_again_and_nothing_else(keyring, clock, database):
    url = database.url(DatabaseRole.SYSTEM).set(host="127.0.0.1", port=1, query={})
    engine = open_engine(url, pool_size=1, name="nowhere")
    server = AuthServer.create(Sessions(engine, engine, row_scope), keyring, "http://127.0.0.1:8000", clock)
    transport = httpx.ASGITransport(Starlette(routes=server.routes))
    async with httpx.AsyncClient(transport=transport, base_url="http://any") as http:
        answers = [
            await http.post("/oauth/token", data={"grant_type": "client_credentials"}, auth=("abc", "x")),
            await http.post("/oauth/revoke", data={"token": "x"}, auth=("abc", "x")),
            await http.get("/.well-known/jwks.json"),
        ]
    await engine.dispose()
    for answer in answers:
        assert answer.status_code == 503
        assert answer.json()["error"] == "temporarily_unavailable"
        assert answer.headers["retry-after"] == "5"
        assert "127.0.0.1" not in answer.text


async def test_without_its_master_key_the_server_issues_nothing_until_the_keys_are_rotated(
    sessions, keyring, clock, register, auth
):
    client = await register()
    await auth.keys.signing_key()
    other_ring = KeyRing({"k2": b"2" * 32})
    server = AuthServer.create(sessions, other_ring, "http://127.0.0.1:8000", clock)
    transport = httpx.ASGITransport(Starlette(routes=server.routes))
    async with httpx.AsyncClient(transport=transport, base_url="http://any") as http:
        before = await http.post("/oauth/token", data={"grant_type": "client_credentials"}, auth=client.basic)
        async with sessions.system("test") as session:
            await rotate_signing_key(session, other_ring, at=clock(), compromised=True)
        clock.advance(seconds=5)
        after = await http.post("/oauth/token", data={"grant_type": "client_credentials"}, auth=client.basic)
    assert (before.status_code, after.status_code) == (503, 200)
