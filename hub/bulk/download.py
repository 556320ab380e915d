"""``GET /exports/{link}``: the file of an export, once, to whoever holds the link, while its client may have it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import structlog
from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import Route

from hub.audit.catalogue import AuditAction, Outcome
from hub.audit.recorder import Target, record
from hub.bulk.files import ExportFolder, Name
from hub.bulk.links import PATH, Link, invalid_link, open_link
from hub.bulk.operations import KIND
from hub.bulk.queue import JOB, Job
from hub.bulk.rights import Rights
from hub.bulk.running import Holder
from hub.canonical.codes import BulkStatus
from hub.config import Settings
from hub.core.clock import Clock
from hub.core.correlation import correlation_id
from hub.core.errors import Reason, Refused
from hub.core.keyring import KeyRing
from hub.db.models import BulkLinkUse, BulkOperation
from hub.db.session import Sessions, SystemSession

log = structlog.get_logger("hub.bulk")

MEDIA_TYPE = "application/jsonl"


@dataclass(frozen=True, slots=True)
class Download:
    """The door to the files. Every refusal of a link is the same 404; HEAD, Range and other methods use no link up."""

    sessions: Sessions
    keyring: KeyRing
    clock: Clock
    settings: Settings
    holder: Holder

    @property
    def route(self) -> Route:
        methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]
        return Route(f"{PATH}/{{link}}", self.answer, methods=methods)

    async def answer(self, request: Request) -> Response:
        if request.method != "GET":
            return _problem(405, Reason("BULK_WHOLE_ONLY"), allow="GET")
        if "range" in request.headers:
            return _problem(416, Reason("BULK_WHOLE_ONLY"), accept_ranges="none")
        try:
            link = open_link(self.keyring, request.path_params["link"], at=self.clock())
            path = await self._use(link)
        except Refused as refused:
            return _problem(404, refused.reasons[0])
        headers = {"cache-control": "no-store", "accept-ranges": "none"}
        return FileResponse(path, media_type=MEDIA_TYPE, filename=f"{link.operation.hex}.jsonl", headers=headers)

    async def _use(self, link: Link) -> Path:
        """The file, its link used up. Raises ``Refused`` (BULK_LINK_INVALID)."""
        folder = ExportFolder(self.settings.home)
        async with self.sessions.system(JOB) as session:
            row = await session.scalar(
                select(BulkOperation).where(BulkOperation.id == link.operation).with_for_update(key_share=True)
            )
            name = self._fetchable(row, link)
            if row is None or name is None or not folder.path(name).is_file():
                raise invalid_link()
            job = Job.of(row)
            held = row.rights is not None and Rights.stored(row.rights).still_held(await self.holder(job))
            if held:
                await self._use_up(session, link)
                await self._record(session, job, AuditAction.BULK_FETCHED, row)
            else:
                row.status, row.error_code = BulkStatus.FAILED, "BULK_RIGHTS_LOST"
                await self._record(session, job, AuditAction.BULK_FAILED, row)
        if not held:
            folder.destroy(name)
            raise invalid_link()
        return folder.path(name)

    def _fetchable(self, row: BulkOperation | None, link: Link) -> Name | None:
        if row is None or row.client_id != link.client_id or row.status is not BulkStatus.COMPLETED:
            return None
        past = row.expires_at is None or row.expires_at <= self.clock()
        return None if past else (row.id, row.attempt)

    async def _use_up(self, session: SystemSession, link: Link) -> None:
        used = insert(BulkLinkUse).values(operation_id=link.operation, nonce=link.nonce, used_at=self.clock())
        first = await session.scalar(used.on_conflict_do_nothing().returning(BulkLinkUse.nonce))
        if first is None:
            raise invalid_link()

    async def _record(self, session: SystemSession, job: Job, action: AuditAction, row: BulkOperation) -> None:
        await record(
            session,
            job.principal,
            action,
            at=self.clock(),
            target=Target(KIND, job.id, job.home_path),
            outcome=Outcome.REFUSED if row.error_code else Outcome.DONE,
            reason=row.error_code,
            detail={"field": row.field, "rows": row.row_count, "bytes": row.byte_count},
        )


def _problem(status: int, reason: Reason, **headers: str) -> Response:
    text = reason.text
    body = {
        "code": reason.code,
        "message": text.zh,
        "messageEn": text.en,
        "correlationId": correlation_id.get(),
    }
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return JSONResponse(body, status_code=status, headers={"cache-control": "no-store", **named})
