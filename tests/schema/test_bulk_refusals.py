"""What cannot be exported is refused when it is asked for, with a code, and nothing is put into the queue."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from sqlalchemy import func, select

from hub.core.ids import encode_node_id
from hub.db.models import BulkOperation
from schema.build import build_schema
from schema.execution import Asked, Executor
from tests.support.client import ClientOf
from tests.support.documents import published
from tests.support.world import World

ALIASES = " ".join(f"a{number}: title" for number in range(250))
REFUSED = {
    "": "TEXT_EMPTY",
    "{": "BULK_QUERY_INVALID",
    "{ doubleListItems { nodes { secret } } }": "BULK_QUERY_INVALID",
    "{ nothing { nodes { id } } }": "BULK_QUERY_INVALID",
    "fragment F on Query { viewer { clientId } }": "BULK_QUERY_INVALID",
    "{ doubleListItems { nodes { ...F } } } fragment F on DoubleListItem { ...F }": "BULK_QUERY_INVALID",
    "{ viewer { clientId } }": "BULK_NOT_A_CONNECTION",
    "{ __typename }": "BULK_NOT_A_CONNECTION",
    "{ __schema { types { name } } }": "BULK_NOT_A_CONNECTION",
    '{ node(id: "REkBog36CDZ_W7O-nRCh_adH") { id } }': "BULK_NOT_A_CONNECTION",
    "{ organizations { nodes { id } } jurisdictions { nodes { id } } }": "BULK_NOT_A_CONNECTION",
    "{ organizations @skip(if: true) { nodes { id } } }": "BULK_NOT_A_CONNECTION",
    "{ organizations { totalCount } }": "BULK_NO_ROWS_SELECTED",
    "{ organizations { nodes { id } edges { node { id } } } }": "BULK_NO_ROWS_SELECTED",
    "{ organizations { edges { cursor } } }": "BULK_NO_ROWS_SELECTED",
    '{ organizations(after: "x") { nodes { id } } }': "BULK_AFTER",
    "query Q($f: OrganizationFilter!) { organizations(filter: $f) { nodes { id } } }": "BULK_NOT_A_QUERY",
    "query A { organizations { nodes { id } } } query B { organizations { nodes { id } } }": "BULK_NOT_A_QUERY",
    'mutation { cancelBulkOperation(input: {bulkOperationId: "x"}) { __typename } }': "BULK_NOT_A_QUERY",
    "{ auditEvents { nodes { id } } }": "SCOPE_REQUIRED",
    f"{{ doubleListItems {{ nodes {{ {ALIASES} }} }} }}": "ALIASES_TOO_MANY",
    '{ organizations(filter: {search: "a"}) { nodes { id } } }': "SEARCH_TOO_SHORT",
    "{ doubleListItems { nodes { title } } } # " + "x" * 20_000: "TEXT_TOO_LONG",
}


@pytest.mark.parametrize("query", REFUSED, ids=lambda query: query[:50])
async def test_refused_with_a_code_and_not_queued(world: World, client_of: ClientOf, query: str) -> None:
    police = await client_of("county.police")
    given = f'input: {{query: {json.dumps(query)}, purpose: "核对"}}'
    refused = await police.change("bulkOperationRun", given, "bulkOperation", "id")
    assert refused["code"] == REFUSED[query], refused
    assert refused["message"]
    async with world.sessions.system("test") as session:
        assert await session.scalar(select(func.count()).select_from(BulkOperation)) == 0


async def test_the_purpose_is_needed(client_of: ClientOf) -> None:
    police = await client_of("county.police")
    given = 'input: {query: "{ organizations { nodes { id } } }", purpose: " "}'
    refused = await police.change("bulkOperationRun", given, "bulkOperation", "id")
    assert [reason["path"] for reason in refused["reasons"]] == [["input", "purpose"]]


async def test_a_portal_and_a_client_without_the_scope_export_nothing(world: World, client_of: ClientOf) -> None:
    given = 'input: {query: "{ organizations { nodes { id } } }", purpose: "核对"}'
    portal, police = await client_of("county.portal"), await client_of("county.police")
    police.scope = "organization:read"
    for client in (portal, police):
        refused = await client.change("bulkOperationRun", given, "bulkOperation", "id")
        assert refused["code"] == "SCOPE_REQUIRED"
        answer = await client.ask("{ bulkOperations { totalCount } }")
        assert answer["errors"][0]["extensions"]["code"] == "SCOPE_REQUIRED"


async def test_an_office_cannot_export_on_behalf_of_a_unit(world: World, client_of: ClientOf) -> None:
    unit = encode_node_id("OR", world.organizations["county.police"])
    given = f'input: {{query: "{{ organizations {{ nodes {{ id }} }} }}", purpose: "核对"}}, onBehalfOf: "{unit}"'
    refused = await (await client_of("county.office")).change("bulkOperationRun", given, "bulkOperation", "id")
    assert refused["code"] == "FORBIDDEN"


async def test_a_client_of_trusted_documents_brings_no_query_of_its_own(
    world: World, runtime, client_of: ClientOf
) -> None:
    settings = runtime.settings.model_copy(update={"trusted_documents_only": True})
    executor = Executor(build_schema(), replace(runtime, settings=settings))
    police = await client_of("county.police")
    given = 'input: {query: "{ organizations { nodes { id } } }", purpose: "核对"}'
    query = f"mutation {{ bulkOperationRun({given}) {{ ... on Refusal {{ code }} }} }}"
    token = await police.authorize()
    principal = await runtime.auth.authenticator.authenticate(f"Bearer {token}")
    (made,) = await published(world, query)
    answer = await executor.run(Asked(document_id=made), principal)
    assert answer.data == {"bulkOperationRun": {"code": "TRUSTED_DOCUMENT_REQUIRED"}}
