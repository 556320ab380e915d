"""Trusted documents published as an operator does."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from hub.auth.trusted_documents import Publication, publish
from hub.core.errors import Refused
from hub.core.principal import RoleName
from schema.answer import Asked
from schema.build import build_schema
from schema.preparing import InvalidDocument, checked_document
from tests.support.world import World


async def published(world: World, *texts: str, client_id: str | None = None) -> list[str]:
    """Ids of valid documents, published for one client or for all."""
    for text in texts:
        checked_document(build_schema(), text)
    publications = [Publication("test", text) for text in texts]
    async with world.sessions.system("test") as session:
        await publish(session, publications, client_id=client_id, at=world.clock())
    return [each.document_id for each in publications]


async def asking(world: World, caller: str, query: str, variables: Mapping[str, Any] | None = None) -> Asked:
    """A request as the caller may send it: a portal names a document, published for it where it can be."""
    if world[caller].has_role(RoleName.PORTAL):
        with suppress(Refused, InvalidDocument):
            return Asked(variables=variables, document_id=(await published(world, query))[0])
    return Asked(query, variables)
