"""Trusted documents as requests name them: looked up for the caller, kept for some seconds."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from hub.auth.trusted_documents import text_of
from hub.core.errors import Denied, Reason, Refused
from hub.core.principal import Principal, RoleName
from hub.runtime import Runtime
from hub.workflow.gate import Request
from schema.answer import Asked
from schema.caching import Bounded

KEPT = 1_000
_DOCUMENT_ID = re.compile(r"sha256:[0-9a-f]{64}")


class TrustedDocuments:
    """One per process. A withdrawal is felt by every process when what it kept has expired."""

    def __init__(self, runtime: Runtime) -> None:
        self._runtime = runtime
        self._kept: Bounded[tuple[str, str], tuple[datetime, str | None]] = Bounded(KEPT)

    async def text(self, asked: Asked, principal: Principal) -> str:
        """The document to run. Raises ``Refused`` (PERSISTED_DOCUMENT_NOT_FOUND), or ``Denied``
        (TRUSTED_DOCUMENT_REQUIRED), which is audited."""
        if asked.document_id is None:
            await self._require_free(principal)
            return asked.query
        found = await self._find(asked.document_id, principal.subject)
        if found is None:
            raise Refused(Reason("PERSISTED_DOCUMENT_NOT_FOUND", ("documentId",)))
        return found

    async def _require_free(self, principal: Principal) -> None:
        if not self._runtime.settings.trusted_documents_only and not principal.has_role(RoleName.PORTAL):
            return
        denied = Denied(Reason("TRUSTED_DOCUMENT_REQUIRED", ("query",)))
        await self._runtime.gate.record_refusal(principal, Request("query", ""), denied)
        raise denied

    async def _find(self, document_id: str, client_id: str) -> str | None:
        if not _DOCUMENT_ID.fullmatch(document_id):
            return None
        now = self._runtime.clock()
        place = (client_id, document_id)
        kept = self._kept.get(place)
        if kept is not None and now < kept[0]:
            return kept[1]
        async with self._runtime.sessions.system("documents") as session:
            text = await text_of(session, document_id, client_id=client_id)
        until = now + timedelta(seconds=self._runtime.settings.trusted_documents_seconds)
        return self._kept.put(place, (until, text))[1]
