"""private_key_jwt: the audience is the issuer alone, a life of a minute, every id once, every failure alike."""

from __future__ import annotations

import asyncio
import hashlib
import hmac

import pytest
from joserfc.jwk import ECKey, RSAKey

from hub.auth.clients import disable_client, replace_jwks
from hub.auth.retention import forget_expired

ISSUER = "http://127.0.0.1:8000"


@pytest.fixture(scope="module")
def rsa_key():
    return RSAKey.generate_key(2048)


@pytest.fixture
async def client(register, make_key):
    return await register("housing-keys", key=make_key())


async def causes(audit_log):
    return [entry.detail.get("cause") for entry in await audit_log() if entry.event == "token:refuse"]


async def test_an_ec_client_gets_a_token(http, client, assertion):
    answer = await http.post("/oauth/token", data=assertion(client))
    assert answer.status_code == 200
    assert answer.json()["scope"] == "doublelist:read task:read task:report"


async def test_an_rsa_client_signs_with_ps256_and_with_nothing_weaker(http, register, assertion, rsa_key):
    client = await register("rsa-keys", key=rsa_key)
    assert (await http.post("/oauth/token", data=assertion(client, alg="PS256"))).status_code == 200
    for alg in ("RS256", "PS384", "RS512"):
        assert (await http.post("/oauth/token", data=assertion(client, alg=alg))).status_code == 401


@pytest.mark.parametrize("typ", ["JWT", "jwt", "client-authentication+jwt"])
async def test_the_types_of_an_assertion(http, client, assertion, typ):
    assert (await http.post("/oauth/token", data=assertion(client, header={"typ": typ}))).status_code == 200


@pytest.mark.parametrize(
    ("claims", "cause"),
    [
        ({"aud": [ISSUER]}, "assertion_claims"),
        ({"aud": [ISSUER, "https://evil.example"]}, "assertion_claims"),
        ({"aud": f"{ISSUER}/oauth/token"}, "assertion_claims"),
        ({"aud": f"{ISSUER}/"}, "assertion_claims"),
        ({"aud": None}, "assertion_claims"),
        ({"aud": "https://evil.example"}, "assertion_claims"),
        ({"iss": "somebody-else"}, "assertion_claims"),
        ({"iss": None}, "assertion_claims"),
        ({"iat": None}, "assertion_claims"),
        ({"exp": None}, "assertion_claims"),
        ({"jti": None}, "assertion_claims"),
        ({"jti": ""}, "assertion_claims"),
        ({"jti": "a\x00b"}, "assertion_claims"),
        ({"jti": "\ud800"}, "assertion_claims"),
        ({"jti": 7}, "assertion_claims"),
        ({"jti": "x" * 201}, "assertion_claims"),
        ({"nbf": "soon"}, "assertion_claims"),
        ({"exp": True}, "assertion_claims"),
        ({"exp": "9999999999"}, "assertion_claims"),
        ({"exp": 10**30}, "assertion_claims"),
        ({"exp": -1}, "assertion_claims"),
        ({"sub": None}, "assertion_malformed"),
        ({"sub": 5}, "assertion_malformed"),
        ({"sub": ["housing-keys"]}, "assertion_malformed"),
        ({"sub": "a\x00b", "iss": "a\x00b"}, "unknown_client"),
        ({"sub": "\ud800", "iss": "\ud800"}, "unknown_client"),
        ({"sub": "nobody-here", "iss": "nobody-here"}, "unknown_client"),
        ({"cnf": {"jkt": "x"}}, "assertion_malformed"),
    ],
)
async def test_wrong_claims_are_refused_alike(http, client, assertion, audit_log, claims, cause):
    answer = await http.post("/oauth/token", data=assertion(client, **claims))
    assert (answer.status_code, answer.json()["error"]) == (401, "invalid_client")
    assert answer.headers["www-authenticate"].startswith("Basic")
    assert await causes(audit_log) == [cause]


@pytest.mark.parametrize(
    ("iat", "exp", "nbf", "status"),
    [
        (0, 60, None, 200),
        (0, 61, None, 401),
        (0, 10 * 365 * 86400, None, 401),
        (-30, 30, None, 200),
        (-60, 0, None, 200),  # within the leeway of ten seconds
        (-69, -9, None, 200),
        (-70, -10, None, 401),
        (10, 70, None, 200),
        (11, 71, None, 401),
        (0, 60, 10, 200),
        (0, 60, 11, 401),
        (0, 0, None, 401),
        (60, 0, None, 401),
        (0.5, 60.5, None, 200),
    ],
)
async def test_times_have_a_leeway_of_ten_seconds_and_a_life_of_sixty(
    http, client, assertion, clock, iat, exp, nbf, status
):
    now = int(clock().timestamp())
    claims = {"iat": now + iat, "exp": now + exp, "nbf": None if nbf is None else now + nbf}
    answer = await http.post("/oauth/token", data=assertion(client, **claims))
    assert answer.status_code == status


@pytest.mark.parametrize(
    ("header", "status"),
    [
        ({}, 200),
        ({"jku": "https://evil.example/jwks"}, 401),
        ({"x5u": "https://evil.example/cert"}, 401),
        ({"x5c": ["MIIB"]}, 401),
        ({"crit": ["exp"], "exp": 1}, 401),
        ({"crit": []}, 401),
        ({"b64": True}, 401),
        ({"zip": "DEF"}, 401),
        ({"typ": "at+jwt"}, 401),
        ({"kid": "unknown"}, 401),
        ({"kid": "../../etc/passwd"}, 401),
        ({"kid": "x' or '1'='1"}, 401),
        ({"kid": 1}, 401),
        ({"alg": ["ES256"]}, 401),
        ({"alg": "ES384"}, 401),
    ],
)
async def test_a_well_signed_assertion_with_a_strange_header_is_refused(
    http, client, assertion, forge, es256, clock, header, status
):
    now = int(clock().timestamp())
    claims = {"iss": client.client_id, "sub": client.client_id, "aud": ISSUER, "iat": now, "exp": now + 60, "jti": "j"}
    text = forge({"alg": "ES256", **header}, claims, es256(client.key))
    answer = await http.post("/oauth/token", data={**assertion(client), "client_assertion": text})
    assert answer.status_code == status


async def test_a_key_inside_the_header_is_not_believed(http, client, assertion, make_key):
    attacker = make_key()
    form = assertion(client, key=attacker, header={"jwk": attacker.as_dict(private=False)})
    assert (await http.post("/oauth/token", data=form)).status_code == 401


async def test_another_clients_key_does_not_sign_for_this_one(http, register, client, assertion, make_key, audit_log):
    other = await register("taxation-keys", "taxation", key=make_key())
    assert (await http.post("/oauth/token", data=assertion(client, key=other.key))).status_code == 401
    assert await causes(audit_log) == ["assertion_signature"]


async def test_no_algorithm_but_the_registered_one(http, client, assertion, forge, clock):
    now = int(clock().timestamp())
    claims = {"iss": client.client_id, "sub": client.client_id, "aud": ISSUER, "iat": now, "exp": now + 60, "jti": "j"}
    public = client.key.as_pem(private=False)
    attempts = [
        forge({"alg": "none"}, claims, lambda _: b"x"),
        forge({"alg": "none"}, claims, lambda _: b"").rstrip(".") + ".",
        forge({"alg": "HS256"}, claims, lambda text: hmac.digest(public, text, hashlib.sha256)),
        forge({"alg": "ES256K"}, claims, lambda _: b"\x00" * 64),
        forge({"alg": "ES256"}, claims, lambda _: b"\x00" * 64),
        forge({"alg": "PS256"}, claims, lambda _: b"\x00" * 256),
        forge({"alg": ["ES256"]}, claims, lambda _: b"\x00" * 64),
        forge({}, claims, lambda _: b"\x00" * 64),
    ]
    for text in attempts:
        answer = await http.post("/oauth/token", data={**assertion(client), "client_assertion": text})
        assert answer.status_code == 401


@pytest.mark.parametrize(
    "text",
    [
        "a.b",
        "a.b.c.d",
        "....",
        "%%%.%%%.%%%",
        "{}.{}.{}",
        "e30.e30.e30",
        "x" * 9000,
    ],
)
async def test_what_is_no_assertion_is_refused(http, client, assertion, text):
    answer = await http.post("/oauth/token", data={**assertion(client), "client_assertion": text})
    assert answer.status_code == 401


async def test_deep_or_doubled_json_is_refused_before_any_library_reads_it(http, client, assertion, forge):
    attempts = [
        forge({"alg": "ES256"}, b"[" * 5000, lambda _: b"x"),
        forge({"alg": "ES256"}, b'{"sub":' + b"[" * 5000, lambda _: b"x"),
        forge(b"[" * 700, {"sub": "housing-keys"}, lambda _: b"x"),
        forge(b'{"alg":"ES256","alg":"none"}', {"sub": "housing-keys"}, lambda _: b"x"),
        forge({"alg": "ES256"}, b'{"sub":"housing-keys","sub":"x"}', lambda _: b"x"),
        forge({"alg": "ES256"}, b'{"sub":"housing-keys","exp":NaN}', lambda _: b"x"),
        forge({"alg": "ES256"}, b'{"sub":"housing-keys","exp":' + b"9" * 4400 + b"}", lambda _: b"x"),
        forge({"alg": "ES256"}, b"\xff\xfe", lambda _: b"x"),
        forge({"alg": "ES256"}, b"null", lambda _: b"x"),
    ]
    for text in attempts:
        answer = await http.post("/oauth/token", data={**assertion(client), "client_assertion": text})
        assert (answer.status_code, answer.json()["error"]) == (401, "invalid_client")


async def test_the_assertion_type_must_be_the_jwt_bearer_one(http, client, assertion):
    form = assertion(client)
    for kind in ("", "urn:ietf:params:oauth:client-assertion-type:saml2-bearer"):
        answer = await http.post("/oauth/token", data={**form, "client_assertion_type": kind})
        assert answer.status_code == 401


async def test_the_form_may_not_name_another_client_than_the_assertion(http, client, assertion, audit_log):
    form = assertion(client)
    answer = await http.post("/oauth/token", data={**form, "client_id": "taxation-system"})
    assert answer.status_code == 401
    assert await causes(audit_log) == ["client_id_mismatch"]
    assert (await http.post("/oauth/token", data={**form, "client_id": client.client_id})).status_code == 200


async def test_an_assertion_counts_once_also_when_ten_come_together(http, client, assertion, audit_log):
    form = assertion(client)
    answers = await asyncio.gather(*(http.post("/oauth/token", data=form) for _ in range(10)))
    assert sorted(answer.status_code for answer in answers) == [200] + [401] * 9
    assert await causes(audit_log) == ["assertion_replayed"] * 9


async def test_a_refused_scope_spends_the_assertion_too(http, client, assertion):
    form = assertion(client)
    assert (await http.post("/oauth/token", data={**form, "scope": "admin:policy"})).status_code == 400
    assert (await http.post("/oauth/token", data=form)).status_code == 401


async def test_an_assertion_spent_at_one_endpoint_is_spent_at_the_other(http, client, assertion):
    form = assertion(client)
    assert (await http.post("/oauth/revoke", data={**form, "token": "none"})).status_code == 200
    assert (await http.post("/oauth/token", data=form)).status_code == 401


async def test_two_clients_may_use_the_same_id(http, register, client, assertion, make_key):
    other = await register("taxation-keys", "taxation", key=make_key())
    for one in (client, other):
        assert (await http.post("/oauth/token", data=assertion(one, jti="same"))).status_code == 200


async def test_a_forgotten_id_belongs_to_an_assertion_that_is_long_over(http, client, assertion, sessions, clock):
    form = assertion(client)
    await http.post("/oauth/token", data=form)
    for minutes in range(8):
        async with sessions.system("test") as session:
            await forget_expired(session, at=clock())
        assert (await http.post("/oauth/token", data=form)).status_code == 401, minutes
        clock.advance(minutes=1)
    async with sessions.system("test") as session:
        left = await (await session.connection()).exec_driver_sql("select count(*) from used_assertion")
        assert left.scalar_one() == 0


async def test_a_disabled_client_is_refused(http, client, assertion, sessions, clock, audit_log):
    async with sessions.system("test") as session:
        await disable_client(session, client_id=client.client_id, at=clock())
    assert (await http.post("/oauth/token", data=assertion(client))).status_code == 401
    assert await causes(audit_log) == ["client_disabled"]


async def test_a_client_of_secrets_cannot_be_claimed_by_assertion(http, register, assertion, make_key):
    client = await register("housing-system")
    assert (await http.post("/oauth/token", data=assertion(client, key=make_key()))).status_code == 401


async def test_keys_rotate_by_publishing_old_and_new_together(http, client, assertion, sessions, clock, make_key):
    new = make_key()
    both = {"keys": [client.key.as_dict(private=False), new.as_dict(private=False)]}
    async with sessions.system("test") as session:
        await replace_jwks(session, client_id=client.client_id, jwks=both, at=clock())
    for key in (client.key, new):
        form = assertion(client, key=key, header={"kid": key.thumbprint()})
        assert (await http.post("/oauth/token", data=form)).status_code == 200
        assert (await http.post("/oauth/token", data=assertion(client, key=key))).status_code == 401  # which of two?
    async with sessions.system("test") as session:
        await replace_jwks(session, client_id=client.client_id, jwks={"keys": both["keys"][1:]}, at=clock())
    form = assertion(client, header={"kid": client.key.thumbprint()})
    assert (await http.post("/oauth/token", data=form)).status_code == 401


async def test_an_access_token_is_no_assertion(http, client, assertion):
    form = assertion(client)
    token = (await http.post("/oauth/token", data=form)).json()["access_token"]
    answer = await http.post("/oauth/token", data={**form, "client_assertion": token})
    assert answer.status_code == 401


async def test_another_curve_never_verifies(http, client, assertion):
    form = assertion(client, key=ECKey.generate_key("P-384"), alg="ES384")
    assert (await http.post("/oauth/token", data=form)).status_code == 401
