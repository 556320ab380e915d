"""Who may read the schema: decided by the role files and the kind of installation, whatever the operation is called."""

from __future__ import annotations

import pytest
from graphql import get_introspection_query

from hub.access.roles import ROLES
from hub.core.principal import RoleName
from tests.support.client import ClientOf

WAYS = [
    "{ __schema { types { name } } }",
    '{ __type(name: "Query") { name } }',
    "{ harmless: __schema { types { name } } }",
    "{ ... { ... @include(if: true) { a: __schema { types { name } } } } }",
    '{ ...F } fragment F on Query { ...G } fragment G on Query { x: __type(name: "Query") { name } }',
    "query A { __typename } query B { __schema { types { name } } }",
    get_introspection_query(),
]


async def answers(http, client, query: str) -> list[str] | dict:
    token = client.token or await client.authorize()
    asked = {"documentId": await client.publish(query)} if client.publish else {"query": query}
    body = asked | ({"operationName": "B"} if "query B" in query else {})
    headers = {"authorization": f"Bearer {token}", "accept": "application/graphql-response+json"}
    answer = await http.post("/graphql", json=body, headers=headers)
    found = answer.json()
    if answer.status_code == 200:
        return found["data"]
    assert (answer.status_code, "data" in found) == (400, False)
    return [each["extensions"]["code"] for each in found["errors"]]


@pytest.mark.parametrize("query", WAYS)
async def test_the_portal_never_reads_the_schema(http, client_of: ClientOf, query: str) -> None:
    portal = await client_of("county.portal")
    assert await answers(http, portal, query) == ["INTROSPECTION_REFUSED"]
    assert await answers(http, portal, "{ __typename viewer { __typename } }")


async def test_in_production_only_the_named_roles_read_the_schema(http, client_of: ClientOf, setting) -> None:
    police, admin = await client_of("county.police"), await client_of("county.admin")
    async with setting(env="production") as production:
        for query in WAYS:
            assert isinstance(await answers(http, police, query), dict)
            assert await answers(production, police, query) == ["INTROSPECTION_REFUSED"]
            assert isinstance(await answers(production, admin, query), dict)
        assert await answers(production, police, "{ __typename }") == {"__typename": "Query"}


async def test_the_console_is_not_served_in_production(http, setting) -> None:
    assert (await http.get("/graphiql")).status_code == 200
    async with setting(env="production") as production:
        for path in ("/graphiql", "/"):
            assert (await production.get(path)).status_code == 404


INBOXES = {RoleName.DISCIPLINE_SUPERVISION, RoleName.ORGANISATION_DEPARTMENT, RoleName.THIRD_PARTY_EVALUATOR}
"""Take in what is handed to them and read nothing else."""


def test_a_new_role_does_not_read_the_schema_unless_its_file_says_so() -> None:
    always = {name for name, role in ROLES.items() if role.introspection == 2}
    never = {name for name, role in ROLES.items() if role.introspection == 0}
    assert (always, never) == ({RoleName.ADMINISTRATOR}, {RoleName.PORTAL, *INBOXES})
