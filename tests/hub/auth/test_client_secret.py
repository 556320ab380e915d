"""client_secret_basic: argon2, one answer for every failure, one way of proving oneself per request."""

from __future__ import annotations

import asyncio
import base64

import argon2
import pytest

from hub.auth.client_secrets import SecretCheckBusyError, SecretChecker, hash_secret, new_secret
from hub.auth.clients import disable_client, rotate_secret
from hub.auth.exchange import Exchange, SigningMaterial, find_client
from hub.auth.faults import Cause, Fault, Refusal
from hub.auth.forms import OAuthForm, SecretCredentials
from hub.auth.server import HubAuthorizationServer
from hub.auth.tokens import TokenProfile

GRANT = {"grant_type": "client_credentials"}


def basic(text):
    raw = text if isinstance(text, bytes) else text.encode()
    return {"Authorization": "Basic " + base64.b64encode(raw).decode()}


def same(answers):
    """The one status, body and set of headers that all the answers share."""
    [shared] = {(answer.status_code, answer.content, tuple(sorted(answer.headers.items()))) for answer in answers}
    return shared


async def test_every_failure_of_authentication_looks_the_same(http, register, sessions, clock):
    client = await register()
    gone = await register("gone-system")
    async with sessions.system("test") as session:
        await disable_client(session, client_id="gone-system", at=clock())
    attempts = [
        {"auth": (client.client_id, "wrong")},
        {"auth": (client.client_id, client.secret + "x")},
        {"auth": (client.client_id, client.secret[:-1])},
        {"auth": (client.client_id.upper(), client.secret)},
        {"auth": ("nobody-here", client.secret)},
        {"auth": gone.basic},
        {"auth": (client.client_id, "")},
        {"auth": ("", client.secret)},
        {"auth": ("a\x00b", client.secret)},
        {"auth": (client.client_id, client.secret + "\x00")},
        {"auth": ("x" * 5000, "y" * 5000)},
        {"auth": ("housing-system'; drop table oauth_client; --", "x")},
        {"headers": basic(b"\xff\xfe:\xff")},
        {"headers": basic("no-colon")},
        {"headers": basic("%ff:%ff")},
        {"headers": {"Authorization": "Basic !!!"}},
        {"headers": {"Authorization": "Basic"}},
        {"headers": {"Authorization": f"Bearer {client.secret}"}},
        {"headers": {"Authorization": ""}},
        {},
    ]

    answers = [await http.post("/oauth/token", data=GRANT, **attempt) for attempt in attempts]

    status, body, headers = same(answers)
    assert status == 401
    assert b'"error":"invalid_client"' in body
    assert dict(headers)["www-authenticate"] == 'Basic realm="oauth", charset="UTF-8"'


@pytest.mark.parametrize("client_id", ["nobody-here", "key-system", "gone-system", "a\x00b"])
async def test_a_client_that_cannot_match_costs_one_argon2_check_all_the_same(
    http, register, sessions, clock, monkeypatch, make_key, client_id
):
    await register("key-system", key=make_key())
    await register("gone-system")
    async with sessions.system("test") as session:
        await disable_client(session, client_id="gone-system", at=clock())
    checked = []
    verify = argon2.PasswordHasher.verify
    monkeypatch.setattr(
        argon2.PasswordHasher, "verify", lambda self, *both: (checked.append(both[0]), verify(self, *both))[1]
    )

    answer = await http.post("/oauth/token", data=GRANT, auth=(client_id, "whatever"))

    assert answer.status_code == 401
    assert len(checked) == 1
    assert checked[0].startswith("$argon2id$v=19$m=19456,t=2,p=1$")


async def test_the_database_holds_an_argon2id_hash_and_never_the_secret(register, sessions):
    client = await register()
    async with sessions.system("test") as session:
        connection = await session.connection()
        [row] = (await connection.exec_driver_sql("select to_jsonb(c)::text from oauth_client c")).scalars()
    assert "$argon2id$v=19$m=19456,t=2,p=1$" in row
    assert client.secret not in row


def test_a_secret_has_256_bits_in_base64url():
    secrets = {new_secret() for _ in range(50)}
    assert len(secrets) == 50
    assert {len(base64.urlsafe_b64decode(secret + "=")) for secret in secrets} == {32}


async def test_id_and_secret_may_be_percent_encoded_as_rfc_6749_asks(http, register):
    client = await register("housing.system-1")
    encoded = "".join(f"%{ord(character):02X}" for character in client.client_id)
    secret = "".join(f"%{ord(character):02x}" for character in client.secret)
    answer = await http.post("/oauth/token", data=GRANT, headers=basic(f"{encoded}:{secret}"))
    assert answer.status_code == 200


async def test_the_scheme_is_not_case_sensitive(http, register):
    client = await register()
    header = basic(":".join(client.basic))["Authorization"].replace("Basic", "bAsIc")
    assert (await http.post("/oauth/token", data=GRANT, headers={"Authorization": header})).status_code == 200


async def test_the_form_may_repeat_the_client_id_but_not_name_another(http, register):
    client = await register()
    other = await register("taxation-system", "taxation")
    fine = await http.post("/oauth/token", data={**GRANT, "client_id": client.client_id}, auth=client.basic)
    crossed = await http.post("/oauth/token", data={**GRANT, "client_id": other.client_id}, auth=client.basic)
    assert (fine.status_code, crossed.status_code) == (200, 401)


async def test_a_secret_in_the_form_is_refused_even_when_it_is_right(http, register):
    client = await register()
    form = {**GRANT, "client_id": client.client_id, "client_secret": client.secret}
    answer = await http.post("/oauth/token", data=form)
    assert (answer.status_code, answer.json()["error"]) == (401, "invalid_client")


@pytest.mark.parametrize(
    "second",
    [
        {"client_secret": "x"},
        {"client_assertion": "a.b.c"},
        {"client_assertion_type": "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"},
    ],
)
async def test_two_ways_of_authenticating_in_one_request_are_refused(http, register, second):
    client = await register()
    answer = await http.post("/oauth/token", data={**GRANT, **second}, auth=client.basic)
    assert (answer.status_code, answer.json()["error"]) == (400, "invalid_request")


async def test_two_authorization_headers_are_refused(http, register):
    client = await register()
    header = basic(":".join(client.basic))["Authorization"]
    headers = [("Authorization", header), ("Authorization", header)]
    answer = await http.post("/oauth/token", data=GRANT, headers=headers)
    assert (answer.status_code, answer.json()["error"]) == (400, "invalid_request")


async def test_a_client_of_keys_cannot_use_a_secret(http, register, make_key):
    await register("key-system", key=make_key())
    answer = await http.post("/oauth/token", data=GRANT, auth=("key-system", "None"))
    assert answer.status_code == 401


async def test_after_a_rotation_only_the_new_secret_counts(http, register, sessions, clock):
    client = await register()
    async with sessions.system("test") as session:
        issued = await rotate_secret(session, client_id=client.client_id, at=clock())
    old = await http.post("/oauth/token", data=GRANT, auth=client.basic)
    new = await http.post("/oauth/token", data=GRANT, auth=(client.client_id, issued.secret))
    assert (old.status_code, new.status_code) == (401, 200)


async def test_refusals_are_audited_with_their_cause_and_without_what_was_presented(http, register, audit_log):
    client = await register()
    await http.post("/oauth/token", data=GRANT, auth=(client.client_id, "wrong"))
    await http.post("/oauth/token", data=GRANT, auth=("mistyped-secret", "wrong"))
    await http.post("/oauth/token", data=GRANT)

    entries = {
        (entry.subject, entry.reason, entry.detail["cause"], entry.jurisdiction_path)
        for entry in await audit_log()
        if entry.event == "token:refuse" and entry.outcome == "REFUSED"
    }

    assert entries == {
        ("housing-system", "OAUTH_CLIENT_REFUSED", "wrong_secret", "410800/410825/"),
        ("anonymous", "OAUTH_CLIENT_REFUSED", "unknown_client", ""),
        ("anonymous", "OAUTH_CLIENT_REFUSED", "no_credentials", ""),
    }
    assert "mistyped-secret" not in str([vars(entry) for entry in await audit_log()])


async def test_a_flood_of_checks_is_turned_away_instead_of_queued_without_end():
    checker = SecretChecker(parallel=1, waiting=2)
    stored = await hash_secret("right")
    outcomes = await asyncio.gather(*(checker.matches(stored, "right") for _ in range(10)), return_exceptions=True)
    assert outcomes.count(True) == 3
    assert sum(isinstance(outcome, SecretCheckBusyError) for outcome in outcomes) == 7
    assert await checker.matches(stored, "right")


async def test_the_loop_goes_on_while_secrets_are_checked():
    checker = SecretChecker(parallel=1)
    stored = await hash_secret("right")
    steps = 0

    async def count():
        nonlocal steps
        while True:
            steps += 1
            await asyncio.sleep(0)

    counting = asyncio.create_task(count())
    assert not await checker.matches(stored, "wrong")
    counting.cancel()
    assert steps > 10


async def test_a_secret_rotated_between_its_check_and_the_issue_gets_no_token(auth, register, sessions, clock):
    client = await register()
    form = OAuthForm({"grant_type": "client_credentials"}, SecretCredentials(*client.basic))
    server = HubAuthorizationServer(TokenProfile("https://hub.example", "https://hub.example/graphql"))
    signing = SigningMaterial(*await auth.keys.signing_key())
    async with sessions.system("test") as session:
        checked = (await session.run_sync(find_client, client.client_id)).secret_hash

    async def issue():
        def step(connection):
            return server.issue(
                Exchange(form, connection, at=clock(), keys=auth.keys, signing=signing, matched_hash=checked)
            )

        async with sessions.system("test") as session:
            return await session.run_sync(step)

    assert "access_token" in await issue()
    async with sessions.system("test") as session:
        await rotate_secret(session, client_id=client.client_id, at=clock())
    assert await issue() == Refusal(Fault.CLIENT_REFUSED, Cause.WRONG_SECRET)
