"""From a bearer token to a principal: current functions, narrowed scopes, and how soon a change is felt."""

from __future__ import annotations

import asyncio
from datetime import date, timedelta

import pytest
from sqlalchemy import update

from hub.access.coverage import row_scope
from hub.access.scopes import Scope
from hub.auth.auth_server import AuthServer
from hub.auth.authenticate import Authenticator, bearer_challenge
from hub.auth.clients import disable_client
from hub.core.areas import Area
from hub.core.errors import Refused
from hub.core.principal import Clearance, Function, RoleName
from hub.db.models import OAuthClient, Organization, OrganizationFunction

COUNTY = "410800/410825/"
CITY = "410800/"


async def refusal(auth, authorization):
    with pytest.raises(Refused) as refused:
        await auth.authenticator.authenticate(authorization)
    return refused.value


async def test_a_department_is_itself_with_its_function_and_scopes(auth, register, get_token, world):
    client = await register()
    token = await get_token(client, scope="task:read")

    principal = await auth.authenticator.authenticate(f"Bearer {token}")

    assert principal.subject == "housing-system"
    assert principal.organization_id == world.organizations["housing"]
    assert principal.functions == (Function(RoleName.MEMBER_DEPARTMENT, COUNTY),)
    assert principal.scopes == {"task:read"}
    assert principal.clearance is Clearance.L2
    assert principal.token_id
    assert principal.on_behalf_of is None


@pytest.mark.parametrize("authorization", [None, "", "Basic YTpi", "Digest x", "Bearers x", "token"])
async def test_without_a_bearer_token_nobody_is_there(auth, authorization):
    refused = await refusal(auth, authorization)
    assert refused.code == "UNAUTHENTICATED"
    assert bearer_challenge(refused) == 'Bearer realm="hub"'


@pytest.mark.parametrize(
    "authorization",
    ["Bearer", "Bearer ", "Bearer x", "Bearer a.b.c", "Bearer a b", "Bearer \x00", "Bearer é", "bearer " + "x" * 9000],
)
async def test_a_bearer_token_of_no_form_is_invalid(auth, authorization):
    refused = await refusal(auth, authorization)
    assert refused.code == "TOKEN_INVALID"
    assert 'error="invalid_token"' in bearer_challenge(refused)


async def test_the_scheme_is_not_case_sensitive(auth, register, get_token):
    token = await get_token(await register())
    for scheme in ("bearer", "BEARER"):
        assert await auth.authenticator.authenticate(f"{scheme} {token}")


async def test_an_expired_token_says_so(auth, register, get_token, clock):
    token = await get_token(await register())
    clock.advance(minutes=10, seconds=5)
    assert (await refusal(auth, f"Bearer {token}")).code == "TOKEN_EXPIRED"


async def test_a_token_once_accepted_still_expires_and_is_none_before_its_time(auth, register, get_token, clock):
    token = await get_token(await register())
    assert await auth.authenticator.authenticate(f"Bearer {token}")
    clock.advance(minutes=10, seconds=4)
    assert await auth.authenticator.authenticate(f"Bearer {token}")
    clock.advance(seconds=1)
    assert (await refusal(auth, f"Bearer {token}")).code == "TOKEN_EXPIRED"
    clock.advance(minutes=-11)
    assert (await refusal(auth, f"Bearer {token}")).code == "TOKEN_INVALID"


async def test_a_token_once_accepted_is_not_accepted_with_another_signature(auth, register, get_token):
    token = await get_token(await register())
    assert await auth.authenticator.authenticate(f"Bearer {token}")
    changed = token[:-2] + ("AA" if token[-2:] != "AA" else "BA")
    assert (await refusal(auth, f"Bearer {changed}")).code == "TOKEN_INVALID"


async def test_a_token_of_another_server_is_invalid(auth, sessions, keyring, clock, register, get_token):
    token = await get_token(await register())
    for other in (
        AuthServer.create(sessions, keyring, "https://elsewhere.example", clock),
        AuthServer.create(sessions, keyring, "http://127.0.0.1:8000", clock, audience="http://127.0.0.1:8000/other"),
    ):
        assert (await refusal(other, f"Bearer {token}")).code == "TOKEN_INVALID"


async def test_another_worker_accepts_the_token(sessions, keyring, clock, register, get_token):
    token = await get_token(await register())
    worker = AuthServer.create(sessions, keyring, "http://127.0.0.1:8000", clock)
    assert (await worker.authenticator.authenticate(f"Bearer {token}")).subject == "housing-system"


async def test_disabling_is_felt_within_two_seconds_by_a_worker_that_knew_the_client(
    auth, register, get_token, sessions, clock
):
    client = await register()
    token = await get_token(client)
    await auth.authenticator.authenticate(f"Bearer {token}")
    async with sessions.system("test") as session:
        await disable_client(session, client_id=client.client_id, at=clock())
    clock.advance(seconds=2)
    assert (await refusal(auth, f"Bearer {token}")).code == "TOKEN_INVALID"


async def test_revoking_is_felt_within_two_seconds_by_every_worker(
    auth, http, sessions, keyring, register, get_token, clock
):
    client = await register()
    token = await get_token(client)
    other = AuthServer.create(sessions, keyring, "http://127.0.0.1:8000", clock)
    for worker in (auth, other):
        await worker.authenticator.authenticate(f"Bearer {token}")
    assert (await http.post("/oauth/revoke", data={"token": token}, auth=client.basic)).status_code == 200
    clock.advance(seconds=2)
    for worker in (auth, other):
        assert (await refusal(worker, f"Bearer {token}")).code == "TOKEN_INVALID"
    assert await auth.authenticator.authenticate(f"Bearer {await get_token(client)}")


async def test_a_function_counts_from_its_first_to_its_last_day(auth, register, get_token, world, clock):
    await world.give("housing", RoleName.CREDIT_OFFICE, since=date(2026, 6, 16), until=date(2026, 6, 17))
    client = await register()
    held = []
    for day in (15, 16, 17, 18):
        clock.move_to(2026, 6, day)
        principal = await auth.authenticator.authenticate(f"Bearer {await get_token(client)}")
        held.append(principal.has_role(RoleName.CREDIT_OFFICE))
    assert held == [False, True, True, False]


async def test_a_day_begins_at_midnight_in_shanghai(auth, register, get_token, world, clock):
    await world.give("housing", RoleName.CREDIT_OFFICE, since=date(2026, 6, 16))
    client = await register()
    clock.move_to(2026, 6, 15, 23)
    clock.advance(minutes=59, seconds=55)
    token = await get_token(client)
    assert not (await auth.authenticator.authenticate(f"Bearer {token}")).has_role(RoleName.CREDIT_OFFICE)
    clock.advance(seconds=5)
    assert (await auth.authenticator.authenticate(f"Bearer {token}")).has_role(RoleName.CREDIT_OFFICE)


async def test_with_its_function_a_client_loses_the_scopes_and_the_clearance(
    auth, register, get_token, sessions, world, clock
):
    token = await get_token(await register())
    async with sessions.system("test") as session:
        await session.execute(
            update(OrganizationFunction)
            .where(OrganizationFunction.organization_id == world.organizations["housing"])
            .values(valid_to=date(2026, 6, 14))
        )
    principal = await auth.authenticator.authenticate(f"Bearer {token}")
    assert principal.functions == ()
    assert principal.scopes == frozenset()
    assert principal.clearance is Clearance.L0


async def test_an_organisation_that_has_ended_holds_nothing(auth, register, get_token, sessions, world):
    token = await get_token(await register())
    async with sessions.system("test") as session:
        await session.execute(
            update(Organization)
            .where(Organization.id == world.organizations["housing"])
            .values(valid_to=date(2026, 6, 14))
        )
    principal = await auth.authenticator.authenticate(f"Bearer {token}")
    assert (principal.functions, principal.scopes) == ((), frozenset())


async def test_a_scope_taken_from_the_client_leaves_its_living_tokens(auth, register, get_token, sessions):
    token = await get_token(await register())
    async with sessions.system("test") as session:
        await session.execute(update(OAuthClient).values(scopes=["task:read"]))
    assert (await auth.authenticator.authenticate(f"Bearer {token}")).scopes == {"task:read"}


async def test_a_scope_given_to_the_client_does_not_enter_its_living_tokens(auth, register, get_token, sessions):
    token = await get_token(await register(scopes=(Scope.TASK_READ,)))
    async with sessions.system("test") as session:
        await session.execute(update(OAuthClient).values(scopes=["task:read", "task:report"]))
    assert (await auth.authenticator.authenticate(f"Bearer {token}")).scopes == {"task:read"}


async def test_a_client_that_moved_to_another_organisation_needs_a_new_token(
    auth, register, get_token, sessions, world
):
    token = await get_token(await register())
    async with sessions.system("test") as session:
        await session.execute(update(OAuthClient).values(organization_id=world.organizations["taxation"]))
    assert (await refusal(auth, f"Bearer {token}")).code == "TOKEN_INVALID"


async def test_functions_in_several_jurisdictions_come_together(auth, register, get_token, world):
    await world.give("taxation", RoleName.MEMBER_DEPARTMENT, "410881")
    await world.give("taxation", RoleName.CREDIT_OFFICE)
    client = await register("taxation-system", "taxation")
    principal = await auth.authenticator.authenticate(f"Bearer {await get_token(client)}")
    assert set(principal.functions) == {
        Function(RoleName.MEMBER_DEPARTMENT, COUNTY),
        Function(RoleName.MEMBER_DEPARTMENT, "410800/410881/"),
        Function(RoleName.CREDIT_OFFICE, COUNTY),
    }


async def test_the_clients_roles_narrow_the_functions_of_its_organisation(auth, register, get_token, world):
    await world.give("housing", RoleName.CREDIT_OFFICE)
    client = await register(roles=(RoleName.MEMBER_DEPARTMENT,))
    principal = await auth.authenticator.authenticate(f"Bearer {await get_token(client)}")
    assert principal.functions == (Function(RoleName.MEMBER_DEPARTMENT, COUNTY),)


async def test_who_leads_others_is_their_superior_department(auth, register, get_token):
    client = await register("bureau-system", "bureau", scopes=(Scope.DOUBLELIST_READ, Scope.STATS_READ))
    principal = await auth.authenticator.authenticate(f"Bearer {await get_token(client)}")
    assert principal.functions == (Function(RoleName.SUPERIOR_DEPARTMENT, CITY),)
    assert principal.scopes == {"doublelist:read", "stats:read"}
    assert principal.clearance is Clearance.L1
    assert row_scope(principal).superior


async def test_a_superior_is_told_of_no_path_beyond_its_own(auth, register, get_token, world):
    await world.subordinate("taxation", "abroad")
    await world.give("abroad", RoleName.MEMBER_DEPARTMENT, "410881")
    client = await register("abroad-system", "abroad")
    principal = await auth.authenticator.authenticate(f"Bearer {await get_token(client)}")
    assert principal.has_role(RoleName.SUPERIOR_DEPARTMENT)
    scope = row_scope(principal)
    assert not scope.covers(Area.HOME, COUNTY)
    assert all(scope.reads[area] for area in scope.reads)
    assert all(path for paths in scope.reads.values() for path in paths)


@pytest.mark.parametrize(
    ("roles", "superior"),
    [((), True), ((RoleName.SUPERIOR_DEPARTMENT,), True), ((RoleName.MEMBER_DEPARTMENT,), False)],
)
async def test_the_role_of_superior_can_be_narrowed_away(auth, register, get_token, world, roles, superior):
    await world.give("bureau", RoleName.MEMBER_DEPARTMENT, "410800")
    client = await register("bureau-system", "bureau", scopes=(Scope.DOUBLELIST_READ,), roles=roles)
    principal = await auth.authenticator.authenticate(f"Bearer {await get_token(client)}")
    assert principal.has_role(RoleName.SUPERIOR_DEPARTMENT) is superior


async def test_one_statement_answers_and_is_remembered_for_two_seconds(
    auth, system_statements, register, get_token, clock
):
    token = await get_token(await register())
    system_statements.clear()

    async def asked(times):
        for _ in range(times):
            await auth.authenticator.authenticate(f"Bearer {token}")
        return sum("from oauth_client" in statement for statement in system_statements)

    assert await asked(5) == 1
    clock.advance(seconds=1.9)
    assert await asked(5) == 1
    clock.advance(seconds=0.1)
    assert await asked(5) == 2


async def test_callers_who_come_at_once_share_one_reading_also_when_the_first_goes_away(
    auth, system_statements, register, get_token
):
    token = await get_token(await register())
    await auth.keys.document()
    system_statements.clear()
    callers = [asyncio.create_task(auth.authenticator.authenticate(f"Bearer {token}")) for _ in range(20)]
    await asyncio.sleep(0)
    callers[0].cancel()

    first, *others = await asyncio.gather(*callers, return_exceptions=True)

    assert isinstance(first, asyncio.CancelledError)
    assert {other.subject for other in others} == {"housing-system"}
    assert sum("from oauth_client" in statement for statement in system_statements) == 1


async def test_a_reading_that_failed_is_not_remembered(auth, register, get_token, monkeypatch):
    token = await get_token(await register())

    async def lost(*_: object) -> None:
        raise ConnectionError

    with monkeypatch.context() as broken:
        broken.setattr(auth.authenticator, "_read", lost)
        with pytest.raises(ConnectionError):
            await auth.authenticator.authenticate(f"Bearer {token}")
    assert await auth.authenticator.authenticate(f"Bearer {token}")


async def test_a_memory_of_the_future_is_not_trusted(auth, register, get_token, sessions, clock):
    client = await register()
    token = await get_token(client)
    clock.advance(seconds=4)
    await auth.authenticator.authenticate(f"Bearer {token}")
    clock.advance(seconds=-4)
    async with sessions.system("test") as session:
        await disable_client(session, client_id=client.client_id, at=clock())
    assert (await refusal(auth, f"Bearer {token}")).code == "TOKEN_INVALID"


async def test_what_is_remembered_is_bounded(auth, sessions, register, get_token, clock):
    client = await register()
    small = Authenticator(sessions, auth.keys, auth.authenticator._profile, clock, cache_size=3)
    for token in [await get_token(client) for _ in range(6)]:
        await small.authenticate(f"Bearer {token}")
    assert len(small._known) == 3


async def test_two_callers_at_once_never_get_each_others_principal(auth, register, get_token):
    tokens = {
        "housing-system": await get_token(await register()),
        "taxation-system": await get_token(await register("taxation-system", "taxation")),
    }
    subjects = list(tokens) * 10
    principals = await asyncio.gather(
        *(auth.authenticator.authenticate(f"Bearer {tokens[subject]}") for subject in subjects)
    )
    assert [principal.subject for principal in principals] == subjects


async def test_the_memory_can_be_shorter(auth, sessions, register, get_token, clock):
    client = await register()
    strict = Authenticator(sessions, auth.keys, auth.authenticator._profile, clock, cached_for=timedelta())
    token = await get_token(client)
    await strict.authenticate(f"Bearer {token}")
    async with sessions.system("test") as session:
        await disable_client(session, client_id=client.client_id, at=clock())
    with pytest.raises(Refused):
        await strict.authenticate(f"Bearer {token}")
