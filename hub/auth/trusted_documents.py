"""Trusted documents: GraphQL documents published beforehand, asked for by their digest alone.

GraphQL over HTTP, appendix "Persisted Documents": ``sha256:`` and the lower-case hexadecimal SHA-256 of the document.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert

from hub.audit.catalogue import AuditAction
from hub.audit.recorder import Target, record
from hub.auth.clients import OPERATOR, locked_client
from hub.core.errors import Reason, Refused
from hub.core.ids import new_id
from hub.core.principal import Principal
from hub.db.models import TrustedDocument
from hub.db.session import SystemSession

PREFIX = "sha256:"
_NAME = 200


@dataclass(frozen=True, slots=True)
class Publication:
    """A document to publish; ``name`` says in lists what it is for."""

    name: str
    text: str

    @property
    def document_id(self) -> str:
        return document_id_of(self.text)


def document_id_of(text: str) -> str:
    return PREFIX + hashlib.sha256(text.encode()).hexdigest()


async def publish(
    session: SystemSession,
    publications: Sequence[Publication],
    *,
    client_id: str | None = None,
    at: datetime,
    by: Principal = OPERATOR,
) -> int:
    """Publish for one client, or for every client; how many are new. The texts have been checked before.

    Raises ``Refused`` (CLIENT_UNKNOWN).
    """
    path = (await locked_client(session, client_id))[1] if client_id is not None else ""
    made = 0
    for each in publications:
        row = {"id": new_id(), "document_id": each.document_id, "client_id": client_id, "published_at": at}
        values = insert(TrustedDocument).values(**row, name=each.name[:_NAME], text=each.text)
        new = await session.scalar(values.on_conflict_do_nothing().returning(TrustedDocument.id))
        if new is not None:
            made += 1
            await _record(session, AuditAction.DOCUMENT_PUBLISHED, each.document_id, client_id, path, at=at, by=by)
    return made


async def withdraw(
    session: SystemSession,
    document_id: str,
    *,
    client_id: str | None = None,
    at: datetime,
    by: Principal = OPERATOR,
) -> None:
    """End the publication of a document to one client, or that to every client. Raises ``Refused``
    (DOCUMENT_UNKNOWN)."""
    gone = await session.scalar(
        delete(TrustedDocument)
        .where(TrustedDocument.document_id == document_id, TrustedDocument.client_id.is_not_distinct_from(client_id))
        .returning(TrustedDocument.id)
    )
    if gone is None:
        raise Refused(Reason("DOCUMENT_UNKNOWN", ("documentId",)))
    path = (await locked_client(session, client_id))[1] if client_id is not None else ""
    await _record(session, AuditAction.DOCUMENT_WITHDRAWN, document_id, client_id, path, at=at, by=by)


async def list_documents(session: SystemSession) -> Sequence[TrustedDocument]:
    """Every publication, by name."""
    found = await session.scalars(select(TrustedDocument).order_by(TrustedDocument.name, TrustedDocument.id))
    return found.all()


async def text_of(session: SystemSession, document_id: str, *, client_id: str) -> str | None:
    """The document as this client may ask for it; None alike when there is none and when it is another's."""
    theirs = TrustedDocument.client_id.is_(None) | (TrustedDocument.client_id == client_id)
    text: str | None = await session.scalar(
        select(TrustedDocument.text).where(TrustedDocument.document_id == document_id, theirs).limit(1)
    )
    return text


async def _record(
    session: SystemSession,
    action: AuditAction,
    document_id: str,
    client_id: str | None,
    path: str,
    *,
    at: datetime,
    by: Principal,
) -> None:
    detail = {"documentId": document_id, **({"clientId": client_id} if client_id else {})}
    await record(session, by, action, at=at, target=Target("trusted_document", None, path), detail=detail)
