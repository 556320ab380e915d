"""Trusted documents: portals run nothing else, nobody learns of another's, and a withdrawal is felt within seconds."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import func, select

from hub.app import app_of
from hub.auth.trusted_documents import Publication, list_documents, publish, withdraw
from hub.core.errors import Refused
from hub.db.models import AuditEvent, TrustedDocument
from hub.demo.files import DATA
from hub.runtime import Runtime
from schema.build import build_schema
from schema.publishing import read_publications
from tests.support.client import Client, ClientOf
from tests.support.documents import published
from tests.support.world import World

VIEWER = "query Who { viewer { clientId } } query What { viewer { scopes } }"
MISSING = "sha256:" + "0" * 64


@pytest.fixture
async def portal(client_of: ClientOf) -> Client:
    return await client_of("county.portal")


def code_of(answer) -> str:
    return answer.json()["errors"][0]["extensions"]["code"]


async def test_a_portal_runs_trusted_documents_and_nothing_else(portal: Client, world: World) -> None:
    for query in (VIEWER, "{ __schema { types { name } } }", "{ viewer { clientId } }"):
        answer = await portal.post({"query": query})
        assert (answer.status_code, code_of(answer)) == (400, "TRUSTED_DOCUMENT_REQUIRED")
        assert "data" not in answer.json()
    async with world.sessions.system("test") as session:
        refused = list(await session.scalars(select(AuditEvent).where(AuditEvent.outcome == "REFUSED")))
    assert {(each.subject, each.reason) for each in refused} == {("county.portal", "TRUSTED_DOCUMENT_REQUIRED")}
    (key,) = await published(world, VIEWER)
    assert key == "sha256:" + hashlib.sha256(VIEWER.encode()).hexdigest()
    answer = await portal.post({"documentId": key, "operationName": "Who"})
    assert answer.json()["data"] == {"viewer": {"clientId": "county.portal"}}
    assert code_of(await portal.post({"documentId": key})) == "OPERATION_UNCLEAR"
    assert code_of(await portal.post({"documentId": key, "query": VIEWER})) == "REQUEST_INVALID"


async def test_others_may_ask_either_way_unless_the_installation_forbids_it(
    client_of: ClientOf, world: World, runtime: Runtime
) -> None:
    police = await client_of("county.police")
    (key,) = await published(world, VIEWER)
    for asked in ({"query": VIEWER}, {"documentId": key}):
        answer = await police.post({**asked, "operationName": "Who"})
        assert answer.json()["data"] == {"viewer": {"clientId": "county.police"}}
    strict = replace(runtime, settings=runtime.settings.model_copy(update={"trusted_documents_only": True}))
    police.http._transport.app = app_of(strict)
    assert code_of(await police.post({"query": "{ viewer { clientId } }"})) == "TRUSTED_DOCUMENT_REQUIRED"
    assert "errors" not in (await police.post({"documentId": key, "operationName": "Who"})).json()


@pytest.mark.parametrize("key", [MISSING, "", "sha256:", "md5:abc", "x" * 5_000, MISSING.upper(), "sha256:\x00"])
async def test_an_unknown_id_is_refused(portal: Client, key: str) -> None:
    assert code_of(await portal.post({"documentId": key})) == "PERSISTED_DOCUMENT_NOT_FOUND"


async def test_the_document_of_another_client_is_as_unknown_as_one_that_does_not_exist(
    client_of: ClientOf, portal: Client, world: World
) -> None:
    neighbour = await client_of("neighbour.portal")
    (key,) = await published(world, VIEWER, client_id="county.portal")
    foreign = await neighbour.post({"documentId": key, "operationName": "Who"})
    missing = await neighbour.post({"documentId": MISSING, "operationName": "Who"})
    assert foreign.content == missing.content
    assert "errors" not in (await portal.post({"documentId": key, "operationName": "Who"})).json()


async def test_a_withdrawal_is_felt_within_seconds_and_a_publication_too(portal: Client, world: World) -> None:
    (key,) = await published(world, VIEWER)
    body = {"documentId": key, "operationName": "Who"}
    assert "errors" not in (await portal.post(body)).json()
    async with world.sessions.system("test") as session:
        await withdraw(session, key, at=world.clock())
    world.clock.advance(seconds=6)
    assert code_of(await portal.post(body)) == "PERSISTED_DOCUMENT_NOT_FOUND"
    await published(world, VIEWER)
    world.clock.advance(seconds=6)
    assert "errors" not in (await portal.post(body)).json()


async def test_publishing_twice_changes_nothing_and_each_step_is_audited(portal: Client, world: World) -> None:
    key, _ = await published(world, VIEWER, VIEWER)
    await published(world, VIEWER, client_id="county.portal")
    async with world.sessions.system("test") as session:
        assert [each.client_id for each in await list_documents(session)] == [None, "county.portal"]
        await withdraw(session, key, client_id="county.portal", at=world.clock())
        with pytest.raises(Refused) as refused:
            await withdraw(session, key, client_id="county.portal", at=world.clock())
        assert refused.value.code == "DOCUMENT_UNKNOWN"
    async with world.sessions.system("test") as session:
        events = await session.scalars(
            select(AuditEvent.event).where(AuditEvent.event.startswith("document")).order_by(AuditEvent.id)
        )
        assert list(events) == ["document:publish", "document:publish", "document:withdraw"]
        with pytest.raises(Refused) as unknown:
            await publish(session, [Publication("x", VIEWER)], client_id="nobody", at=world.clock())
        assert unknown.value.code == "CLIENT_UNKNOWN"
        assert await session.scalar(select(func.count()).select_from(TrustedDocument)) == 1


def read(content: str, *, json_file: bool = True) -> list[Publication]:
    return read_publications(build_schema(), content.encode(), json_file=json_file)


def test_manifests_of_codegen_and_apollo_and_plain_documents_are_read() -> None:
    body = "query Who { viewer { clientId } }"
    digest = hashlib.sha256(body.encode()).hexdigest()
    apollo = {
        "format": "apollo-persisted-query-manifest",
        "version": 1,
        "operations": [{"id": digest, "name": "Who", "type": "query", "body": body}],
    }
    expected = [Publication("Who", body)]
    assert read(json.dumps(apollo)) == expected
    assert read(json.dumps({digest: body})) == expected
    assert read(body, json_file=False) == expected
    assert read(VIEWER, json_file=False)[0].name == "Who, What"


def test_a_file_is_refused_whole_with_every_reason() -> None:
    bad = {
        hashlib.sha1(b"x", usedforsecurity=False).hexdigest(): "query Who { viewer { clientId } }",
        "a": "{ nothing }",
        "b": "{",
        "c": "{ " + "viewer { " * 30 + "x" + " }" * 30 + " }",
    }
    with pytest.raises(Refused) as refused:
        read(json.dumps(bad))
    codes = [reason.code for reason in refused.value.reasons]
    assert codes.count("DOCUMENT_INVALID") == 3
    assert codes.count("DOCUMENT_DIGEST_MISMATCH") == 4
    for broken in ("", "[]", "null", "{}", '{"a": 1}', '{"format": "apollo-persisted-query-manifest"}', "[" * 100_000):
        with pytest.raises(Refused) as unread:
            read(broken)
        assert unread.value.code == "DOCUMENT_MANIFEST_INVALID"


async def test_the_document_of_the_demonstration_is_valid_and_answers_a_portal(portal: Client, world: World) -> None:
    text = (Path(DATA) / "portal.graphql").read_text(encoding="utf-8")
    read(text, json_file=False)
    (key,) = await published(world, text)
    variables = {"jurisdictionCode": "410825", "year": 2026}
    for name in ("PublicFigures", "Viewer"):
        answer = await portal.post({"documentId": key, "operationName": name, "variables": variables})
        assert "errors" not in answer.json(), answer.text
