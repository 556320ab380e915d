"""POST /oauth/revoke (RFC 7009)."""

from __future__ import annotations

import httpx
import pytest
from starlette.applications import Starlette

from hub.auth.auth_server import AuthServer
from hub.auth.keys import rotate_signing_key
from hub.auth.retention import forget_expired
from hub.core.errors import Refused


async def revoked_rows(sessions):
    async with sessions.system("test") as session:
        rows = await (await session.connection()).exec_driver_sql("select client_id from revoked_token")
        return list(rows.scalars())


async def test_a_client_revokes_its_token_once_and_the_audit_says_so_once(
    http, register, get_token, sessions, audit_log
):
    client = await register()
    token = await get_token(client)
    for _ in range(3):
        answer = await http.post("/oauth/revoke", data={"token": token}, auth=client.basic)
        assert (answer.status_code, answer.json()) == (200, {})
        assert answer.headers["cache-control"] == "no-store"
    assert await revoked_rows(sessions) == ["housing-system"]
    [entry] = [entry for entry in await audit_log() if entry.event == "token:revoke"]
    assert (entry.subject, entry.outcome) == ("housing-system", "DONE")


@pytest.mark.parametrize("hint", ["access_token", "refresh_token", "unheard_of"])
async def test_the_hint_never_hides_the_token(http, register, get_token, sessions, hint):
    client = await register()
    form = {"token": await get_token(client), "token_type_hint": hint}
    assert (await http.post("/oauth/revoke", data=form, auth=client.basic)).status_code == 200
    assert await revoked_rows(sessions) == ["housing-system"]


async def test_a_client_of_keys_revokes_too(http, register, assertion, make_key, sessions):
    client = await register("housing-keys", key=make_key())
    token = (await http.post("/oauth/token", data=assertion(client))).json()["access_token"]
    answer = await http.post("/oauth/revoke", data={**assertion(client), "token": token})
    assert answer.status_code == 200
    assert await revoked_rows(sessions) == ["housing-keys"]


async def test_another_clients_token_is_refused_and_lives_on(
    http, auth, register, get_token, sessions, audit_log, clock
):
    victim = await register()
    thief = await register("taxation-system", "taxation")
    token = await get_token(victim)

    answer = await http.post("/oauth/revoke", data={"token": token}, auth=thief.basic)

    assert (answer.status_code, answer.json()["error"]) == (400, "invalid_grant")
    assert await revoked_rows(sessions) == []
    clock.advance(seconds=3)
    assert (await auth.authenticator.authenticate(f"Bearer {token}")).subject == "housing-system"
    [entry] = [entry for entry in await audit_log() if entry.event == "token:refuse"]
    assert (entry.subject, entry.reason) == ("taxation-system", "OAUTH_TOKEN_FOREIGN")


@pytest.mark.parametrize("text", ["x", "a.b.c", "x" * 9000, "\ud7ff", "eyJ.eyJ.x"])
async def test_what_is_no_token_counts_as_revoked(http, register, sessions, text):
    client = await register()
    assert (await http.post("/oauth/revoke", data={"token": text}, auth=client.basic)).status_code == 200
    assert await revoked_rows(sessions) == []


async def test_an_expired_token_needs_no_row(http, register, get_token, sessions, clock):
    client = await register()
    token = await get_token(client)
    clock.advance(minutes=11)
    assert (await http.post("/oauth/revoke", data={"token": token}, auth=client.basic)).status_code == 200
    assert await revoked_rows(sessions) == []


async def test_nobody_revokes_without_proving_who_it_is(http, register, get_token, sessions):
    client = await register()
    token = await get_token(client)
    for auth in (None, (client.client_id, "wrong"), ("nobody-here", "x")):
        answer = await http.post("/oauth/revoke", data={"token": token}, auth=auth)
        assert (answer.status_code, answer.json()["error"]) == (401, "invalid_client")
    assert await revoked_rows(sessions) == []


async def test_a_request_without_a_token_is_refused(http, register):
    client = await register()
    answer = await http.post("/oauth/revoke", data={"token": ""}, auth=client.basic)
    assert (answer.status_code, answer.json()["error"]) == (400, "invalid_request")


async def test_a_repeated_token_is_refused(http, register):
    client = await register()
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    answer = await http.post("/oauth/revoke", content="token=a&token=b", headers=headers, auth=client.basic)
    assert (answer.status_code, answer.json()["error"]) == (400, "invalid_request")


async def test_a_token_signed_with_a_key_this_worker_has_not_seen_is_revoked_all_the_same(
    http, auth, sessions, keyring, register, get_token, clock
):
    client = await register()
    await get_token(client)
    async with sessions.system("test") as session:
        await rotate_signing_key(session, keyring, at=clock(), compromised=True)
    clock.advance(seconds=1)
    other = AuthServer.create(sessions, keyring, "http://127.0.0.1:8000", clock)
    token = await _token_from(other, client)
    assert (await http.post("/oauth/revoke", data={"token": token}, auth=client.basic)).status_code == 200
    assert await revoked_rows(sessions) == ["housing-system"]


async def test_a_revocation_is_forgotten_only_after_the_token_has_expired(
    http, auth, register, get_token, sessions, clock
):
    client = await register()
    token = await get_token(client)
    await http.post("/oauth/revoke", data={"token": token}, auth=client.basic)
    for _ in range(20):
        async with sessions.system("test") as session:
            await forget_expired(session, at=clock())
        with pytest.raises(Refused):
            await auth.authenticator.authenticate(f"Bearer {token}")
        clock.advance(minutes=1)
    assert await revoked_rows(sessions) == []


async def _token_from(server, client):
    transport = httpx.ASGITransport(Starlette(routes=server.routes))
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:8000") as http:
        answer = await http.post("/oauth/token", data={"grant_type": "client_credentials"}, auth=client.basic)
    return answer.json()["access_token"]
