"""Trusted documents published as an operator does."""

from __future__ import annotations

from hub.auth.trusted_documents import Publication, publish
from schema.build import build_schema
from schema.preparing import checked_document
from tests.support.world import World


async def published(world: World, *texts: str, client_id: str | None = None) -> list[str]:
    """Ids of valid documents, published for one client or for all."""
    for text in texts:
        checked_document(build_schema(), text)
    publications = [Publication("test", text) for text in texts]
    async with world.sessions.system("test") as session:
        await publish(session, publications, client_id=client_id, at=world.clock())
    return [each.document_id for each in publications]
