"""Signing keys: sealed at rest, published before use, retired after the last token, shared by workers."""

from __future__ import annotations

import asyncio
import base64
import json
from datetime import timedelta

import pytest
from joserfc import jwt
from joserfc.jwk import KeySet
from sqlalchemy import select

from hub.auth.auth_server import AuthServer
from hub.auth.keys import LEAD, ensure_signing_key, load_keys, open_private_key, rotate_signing_key
from hub.core.errors import Refused
from hub.core.keyring import KeyRing, KeyRingError
from hub.db.models import SigningKey

ISSUER = "http://127.0.0.1:8000"


def kid_of(token):
    part = token.split(".")[0]
    return json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))["kid"]


async def published(http):
    answer = await http.get("/.well-known/jwks.json")
    assert answer.status_code == 200
    return [key["kid"] for key in answer.json()["keys"]]


async def rotate(sessions, keyring, clock, **how):
    async with sessions.system("test") as session:
        return await rotate_signing_key(session, keyring, at=clock(), **how)


async def test_the_jwks_holds_public_keys_that_verify_the_tokens(http, register, get_token):
    token = await get_token(await register())
    answer = await http.get("/.well-known/jwks.json")
    assert answer.headers["cache-control"] == "public, max-age=300"
    [key] = answer.json()["keys"]
    assert key.keys() == {"kty", "crv", "x", "y", "kid", "use", "alg"}
    assert (key["kty"], key["crv"], key["use"], key["alg"]) == ("EC", "P-256", "sig", "ES256")
    keys = KeySet.import_key_set(answer.json())
    assert keys.keys[0].thumbprint() == key["kid"]
    assert jwt.decode(token, keys, algorithms=["ES256"]).claims["client_id"] == "housing-system"


async def test_the_first_key_is_made_by_one_of_many_workers(sessions, keyring, clock):
    workers = [AuthServer.create(sessions, keyring, ISSUER, clock) for _ in range(6)]
    documents = await asyncio.gather(*(worker.keys.document() for worker in workers))
    assert len({key["kid"] for document in documents for key in document["keys"]}) == 1
    async with sessions.system("test") as session:
        assert not await ensure_signing_key(session, keyring, at=clock())
        assert len(await load_keys(session, at=clock())) == 1


async def test_a_new_key_is_published_at_once_and_signs_after_the_lead_time(
    http, register, get_token, sessions, keyring, clock
):
    client = await register()
    [old] = await published(http)
    new = (await rotate(sessions, keyring, clock)).kid
    clock.advance(seconds=5)
    assert await published(http) == [old, new]
    assert kid_of(await get_token(client)) == old
    clock.advance(seconds=LEAD.total_seconds() - 6)
    assert kid_of(await get_token(client)) == old
    clock.advance(seconds=1)
    assert kid_of(await get_token(client)) == new


async def test_the_lead_time_is_longer_than_anybody_may_cache_the_jwks(http):
    answer = await http.get("/.well-known/jwks.json")
    assert timedelta(seconds=int(answer.headers["cache-control"].split("=")[1])) < LEAD


async def test_the_old_key_stays_until_its_last_token_has_expired(
    http, auth, register, get_token, sessions, keyring, clock
):
    client = await register()
    [old] = await published(http)
    new = (await rotate(sessions, keyring, clock)).kid
    clock.advance(seconds=LEAD.total_seconds() - 1)
    last = await get_token(client)
    assert kid_of(last) == old
    for _ in range(9):
        clock.advance(minutes=1)
        assert await published(http) == [old, new]
        assert await auth.authenticator.authenticate(f"Bearer {last}")
    clock.advance(minutes=1, seconds=4)
    assert await auth.authenticator.authenticate(f"Bearer {last}")
    clock.advance(minutes=1)
    assert await published(http) == [new]


async def test_rotating_twice_before_the_lead_time_leaves_a_key_to_sign_at_every_moment(
    http, auth, register, get_token, sessions, keyring, clock
):
    client = await register()
    [first] = await published(http)
    second = (await rotate(sessions, keyring, clock)).kid
    clock.advance(minutes=5)
    third = (await rotate(sessions, keyring, clock)).kid
    used = []
    for _ in range(40):
        clock.advance(minutes=1)
        token = await get_token(client)
        assert await auth.authenticator.authenticate(f"Bearer {token}")
        used.append(kid_of(token))
    assert list(dict.fromkeys(used)) == [first, second, third]
    assert await published(http) == [third]


async def test_a_compromised_key_is_out_of_every_worker_within_seconds(
    http, auth, register, get_token, sessions, keyring, clock
):
    client = await register()
    token = await get_token(client)
    pending = (await rotate(sessions, keyring, clock)).kid
    other = AuthServer.create(sessions, keyring, ISSUER, clock)
    await other.authenticator.authenticate(f"Bearer {token}")
    new = (await rotate(sessions, keyring, clock, compromised=True)).kid
    clock.advance(seconds=5)
    for worker in (auth, other):
        with pytest.raises(Refused) as refused:
            await worker.authenticator.authenticate(f"Bearer {token}")
        assert refused.value.code == "TOKEN_INVALID"
    assert await published(http) == [new]
    assert kid_of(await get_token(client)) == new != pending


async def test_a_worker_learns_of_another_workers_key_from_its_first_token(
    auth, http, register, get_token, sessions, keyring, clock
):
    client = await register()
    other = AuthServer.create(sessions, keyring, ISSUER, clock)
    await other.keys.document()
    await get_token(client)
    clock.advance(seconds=4)
    await rotate(sessions, keyring, clock, lead=timedelta())
    fresh = AuthServer.create(sessions, keyring, ISSUER, clock)
    kid, key = await fresh.keys.signing_key()
    assert other.keys.known_key(kid) is None
    found = await other.keys.public_key(kid)
    assert found is not None
    assert found.thumbprint() == key.thumbprint() == kid


async def test_private_keys_are_sealed_to_their_row(sessions, keyring, clock):
    first = await rotate(sessions, keyring, clock)
    second = await rotate(sessions, keyring, clock)
    async with sessions.system("test") as session:
        rows = {row.kid: row for row in await session.scalars(select(SigningKey))}
        raw = [row.private_sealed.raw for row in rows.values()]
        assert all("d" not in row.public_jwk for row in rows.values())
        [one, two] = await load_keys(session, at=clock())
    assert not any(b"PRIVATE" in sealed for sealed in raw)
    assert open_private_key(keyring, one).thumbprint() == first.kid
    with pytest.raises(KeyRingError):
        keyring.open(two.sealed, context=f"signing_key.private_sealed:{first.kid}")
    with pytest.raises(KeyRingError):
        open_private_key(KeyRing({"k1": b"2" * 32}), two)
    assert "PRIVATE" not in repr(one)
    assert second.kid == two.kid


async def test_rotations_are_audited(sessions, keyring, clock, audit_log):
    key = await rotate(sessions, keyring, clock)
    [entry] = [entry for entry in await audit_log() if entry.event == "key:rotate"]
    assert (entry.target_kind, entry.detail) == ("signing_key", {"kid": key.kid})


async def test_the_application_role_cannot_reach_the_tables_of_auth(engines, register):
    await register()
    app = next(engine for role, engine in engines.items() if role.value == "hub_app")
    for table in ("oauth_client", "signing_key", "used_assertion", "revoked_token"):
        async with app.connect() as connection:
            with pytest.raises(Exception, match="permission denied"):
                await connection.exec_driver_sql(f"select * from {table}")
