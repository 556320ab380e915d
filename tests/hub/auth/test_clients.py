"""The register of clients: what may be registered, and what an operator sees."""

from __future__ import annotations

import base64
from datetime import date

import pytest
from joserfc.jwk import ECKey, OctKey, OKPKey, RSAKey

from hub.access.scopes import Scope
from hub.auth.client_keys import accept_jwks
from hub.auth.client_rules import ClientAuthMethod, is_client_id
from hub.auth.clients import create_client, disable_client, list_clients, replace_jwks, rotate_secret
from hub.core.errors import Refused
from hub.core.ids import new_id
from hub.core.principal import RoleName


@pytest.fixture
def try_create(world, clock):
    """Codes of the refusal, empty when the client was created."""

    async def attempt(organization="housing", **changes):
        wanted = {
            "client_id": "a-client",
            "organization_id": world.organizations.get(organization),
            "name": "某局业务系统",
            "scopes": ["task:read"],
            "at": clock(),
        } | changes
        refusal = None
        try:
            async with world.sessions.system("test") as session:
                await create_client(session, **wanted)
        except Refused as refused:
            refusal = refused
        reasons = refusal.reasons if refusal else ()
        assert all(reason.text.zh and reason.text.en for reason in reasons)
        return [reason.code for reason in reasons]

    return attempt


async def listed(sessions):
    async with sessions.system("test") as session:
        return await list_clients(session)


@pytest.mark.parametrize(
    "client_id",
    [
        "",
        "ab",
        "x" * 101,
        "-start",
        "with space",
        "a/b",
        "a:b",
        "a\x00b",
        "住建局",
        "anonymous",
        "Anonymous",
        "system",
        "a\n",
    ],
)
async def test_an_id_of_the_wrong_form_is_refused(try_create, sessions, client_id):
    assert not is_client_id(client_id)
    assert await try_create(client_id=client_id) == ["CLIENT_ID_INVALID"]
    assert await listed(sessions) == []


@pytest.mark.parametrize("client_id", ["abc", "410825-housing", "Housing_System.1", "x" * 100])
async def test_ids_of_the_right_form_are_taken_once(try_create, client_id):
    assert await try_create(client_id=client_id) == []
    assert await try_create(client_id=client_id, organization="taxation") == ["CLIENT_EXISTS"]


async def test_a_scope_must_be_within_the_current_functions_and_every_wrong_one_is_named(try_create, sessions):
    scopes = ["task:read", "doublelist:approve", "no:such", "audit:read"]
    assert await try_create(scopes=scopes) == ["SCOPE_NOT_GRANTABLE", "SCOPE_UNKNOWN", "SCOPE_NOT_GRANTABLE"]
    assert await try_create(scopes=[]) == ["CLIENT_SCOPES_EMPTY"]
    assert await listed(sessions) == []


async def test_a_role_must_be_held_now(try_create, world):
    await world.give("housing", RoleName.CREDIT_OFFICE, until=date(2026, 6, 14))
    assert await try_create(roles=[RoleName.CREDIT_OFFICE]) == ["CLIENT_ROLE_NOT_HELD", "SCOPE_NOT_GRANTABLE"]
    assert await try_create(roles=[RoleName.MEMBER_DEPARTMENT]) == []


async def test_scopes_are_measured_by_the_narrowed_roles(try_create, world):
    await world.give("housing", RoleName.JOINT_MEETING_OFFICE)
    scopes = [Scope.DOUBLELIST_APPROVE]
    assert await try_create(scopes=scopes, roles=[RoleName.MEMBER_DEPARTMENT]) == ["SCOPE_NOT_GRANTABLE"]
    assert await try_create(scopes=scopes) == []


async def test_who_leads_others_may_have_a_client_as_their_superior(try_create):
    assert await try_create("bureau", scopes=["stats:read"], roles=[RoleName.SUPERIOR_DEPARTMENT]) == []
    assert await try_create("court", client_id="c-2", roles=[RoleName.SUPERIOR_DEPARTMENT]) == [
        "CLIENT_ROLE_NOT_HELD",
        "SCOPE_NOT_GRANTABLE",
    ]


async def test_an_organisation_without_functions_gets_no_client(try_create):
    assert await try_create("abroad") == ["SCOPE_NOT_GRANTABLE"]


async def test_an_unknown_organisation_gets_no_client(try_create):
    assert await try_create(organization_id=new_id()) == ["CLIENT_ORGANIZATION_UNKNOWN"]


@pytest.mark.parametrize(
    ("name", "code"),
    [("", "TEXT_EMPTY"), ("  ", "TEXT_EMPTY"), ("x" * 201, "TEXT_TOO_LONG"), ("a\x00", "NUL_CHARACTER")],
)
async def test_a_name_is_needed(try_create, name, code):
    assert await try_create(name=name) == [code]


async def test_several_wrongs_are_told_together(try_create):
    assert await try_create(client_id="!", name="", scopes=["x"]) == [
        "CLIENT_ID_INVALID",
        "TEXT_EMPTY",
        "SCOPE_UNKNOWN",
    ]


def public(key, **changes):
    return {**key.as_dict(private=False), **changes}


EC_KEY = ECKey.generate_key("P-256")
RSA_KEY = RSAKey.generate_key(2048)


@pytest.mark.parametrize(
    ("keys", "codes"),
    [
        ([public(EC_KEY)], ["ES256"]),
        ([public(RSA_KEY)], ["PS256"]),
        ([public(EC_KEY), public(RSA_KEY)], ["ES256", "PS256"]),
        ([public(EC_KEY, kid="2026", alg="ES256", use="sig", x5t="ignored")], ["ES256"]),
        ([], ["JWKS_SIZE"]),
        ([public(EC_KEY)] * 9, ["JWKS_SIZE"]),
        ("not a list", ["JWKS_SIZE"]),
        ([public(EC_KEY)] * 2, ["JWKS_KID"]),
        ([EC_KEY.as_dict(private=True)], ["JWKS_PRIVATE"]),
        ([RSA_KEY.as_dict(private=True)], ["JWKS_PRIVATE"]),
        ([OctKey.generate_key(256).as_dict(private=True)], ["JWKS_KEY_TYPE"]),
        ([public(OKPKey.generate_key("Ed25519"))], ["JWKS_KEY_TYPE"]),
        ([public(ECKey.generate_key("P-384"))], ["JWKS_KEY_TYPE"]),
        ([public(ECKey.generate_key("secp256k1"))], ["JWKS_KEY_TYPE"]),
        ([public(RSA_KEY, n=base64.urlsafe_b64encode(b"\xff" * 128).decode().rstrip("="))], ["JWKS_KEY_TYPE"]),
        ([public(RSA_KEY, n=base64.urlsafe_b64encode(b"\xff" * 1024).decode().rstrip("="))], ["JWKS_KEY_TYPE"]),
        ([public(RSA_KEY, e="AQ")], ["JWKS_KEY_TYPE"]),
        ([public(EC_KEY, x=EC_KEY.as_dict(private=False)["y"])], ["JWKS_KEY_TYPE"]),
        ([public(EC_KEY, x=7)], ["JWKS_KEY_TYPE"]),
        ([public(EC_KEY, crv=None)], ["JWKS_KEY_TYPE"]),
        ([public(EC_KEY, crv=["P-256"])], ["JWKS_KEY_TYPE"]),
        ([public(EC_KEY, kty=["EC"])], ["JWKS_KEY_TYPE"]),
        ([{"kty": "EC"}], ["JWKS_KEY_TYPE"]),
        (["x"], ["JWKS_KEY_TYPE"]),
        ([public(EC_KEY, use="enc")], ["JWKS_KEY_USE"]),
        ([public(RSA_KEY, alg="RS256")], ["JWKS_KEY_USE"]),
        ([public(EC_KEY, kid="a\x00b")], ["JWKS_KID"]),
        ([public(EC_KEY, kid=7)], ["JWKS_KID"]),
        ([public(EC_KEY), "x", EC_KEY.as_dict(private=True)], ["JWKS_KEY_TYPE", "JWKS_PRIVATE"]),
    ],
)
@pytest.mark.filterwarnings("ignore::joserfc.errors.SecurityWarning")
def test_public_keys_are_checked_one_by_one(keys, codes):
    try:
        found = [key["alg"] for key in accept_jwks({"keys": keys})["keys"]]
    except Refused as refused:
        found = [reason.code for reason in refused.reasons]
    assert found == codes


async def test_a_client_is_not_created_with_an_unusable_key(try_create, sessions):
    jwks = {"keys": [public(EC_KEY), EC_KEY.as_dict(private=True)]}
    assert await try_create(auth_method=ClientAuthMethod.PRIVATE_KEY_JWT, jwks=jwks) == ["JWKS_PRIVATE"]
    assert await listed(sessions) == []


async def test_keys_belong_to_private_key_jwt_and_to_nothing_else(try_create):
    jwks = {"keys": [public(EC_KEY)]}
    assert await try_create(jwks=jwks) == ["CLIENT_JWKS_UNEXPECTED"]
    assert await try_create(auth_method=ClientAuthMethod.PRIVATE_KEY_JWT) == ["CLIENT_JWKS_REQUIRED"]


async def test_what_is_stored_of_a_key_is_its_public_part_with_a_thumbprint(try_create, sessions):
    jwks = {"keys": [public(EC_KEY, x5c=["MIIB"], x5u="https://evil.example")]}
    await try_create(auth_method=ClientAuthMethod.PRIVATE_KEY_JWT, jwks=jwks)
    async with sessions.system("test") as session:
        rows = await (await session.connection()).exec_driver_sql("select jwks from oauth_client")
        [key] = rows.scalar_one()["keys"]
    assert key == public(EC_KEY, kid=EC_KEY.thumbprint(), use="sig", alg="ES256")


async def test_the_list_shows_no_secret(register, sessions, make_key, clock, world):
    first = await register("b-client")
    await register("a-client", "taxation", key=make_key(), roles=(RoleName.MEMBER_DEPARTMENT,))
    async with sessions.system("test") as session:
        await disable_client(session, client_id="b-client", at=clock())
    clients = await listed(sessions)
    assert [client.client_id for client in clients] == ["a-client", "b-client"]
    assert clients[0].auth_method is ClientAuthMethod.PRIVATE_KEY_JWT
    assert clients[0].roles == (RoleName.MEMBER_DEPARTMENT,)
    assert (clients[0].organization, clients[0].organization_id) == ("机构taxation", world.organizations["taxation"])
    assert clients[1].scopes == ("doublelist:read", "task:read", "task:report")
    assert (clients[0].disabled_at, clients[1].disabled_at) == (None, clock())
    assert first.secret not in repr(clients)
    assert "argon2" not in repr(clients)


async def test_an_issued_secret_does_not_print_itself(world, clock):
    async with world.sessions.system("test") as session:
        issued = await create_client(
            session,
            client_id="quiet",
            organization_id=world.organizations["housing"],
            name="x",
            scopes=["task:read"],
            at=clock(),
        )
    assert issued.secret
    assert issued.secret not in repr(issued)


@pytest.mark.parametrize("act", [rotate_secret, disable_client])
@pytest.mark.parametrize("client_id", ["nobody-here", "a\x00b", ""])
async def test_an_unknown_client_cannot_be_changed(sessions, clock, act, client_id):
    with pytest.raises(Refused) as refused:
        async with sessions.system("test") as session:
            await act(session, client_id=client_id, at=clock())
    assert refused.value.code == "CLIENT_UNKNOWN"


async def test_each_kind_of_client_rotates_in_its_own_way(register, sessions, clock, make_key):
    await register("of-keys", key=make_key())
    await register("of-secret")
    with pytest.raises(Refused) as refused:
        async with sessions.system("test") as session:
            await rotate_secret(session, client_id="of-keys", at=clock())
    assert refused.value.code == "CLIENT_HAS_KEYS"
    with pytest.raises(Refused) as refused:
        async with sessions.system("test") as session:
            await replace_jwks(session, client_id="of-secret", jwks={"keys": [public(EC_KEY)]}, at=clock())
    assert refused.value.code == "CLIENT_JWKS_UNEXPECTED"


async def test_changes_are_audited_once_each_with_the_jurisdiction_of_the_organisation(
    register, sessions, clock, audit_log
):
    await register()
    async with sessions.system("test") as session:
        await rotate_secret(session, client_id="housing-system", at=clock())
        await disable_client(session, client_id="housing-system", at=clock())
        await disable_client(session, client_id="housing-system", at=clock())
    entries = [(entry.event, entry.subject, entry.jurisdiction_path, entry.detail) for entry in await audit_log()]
    assert sorted(entries, key=lambda entry: entry[0]) == [
        (event, "system:operator", "410800/410825/", {"clientId": "housing-system"})
        for event in ("client:create", "client:disable", "client:rotate")
    ]
