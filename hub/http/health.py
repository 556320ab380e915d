"""``/healthz``: the process answers. ``/readyz``: it can serve, database and schema included."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import structlog
from sqlalchemy import text
from starlette.requests import Request
from starlette.responses import JSONResponse

from hub.core.principal import ANONYMOUS
from hub.db.migrate import head_revision
from hub.db.session import Sessions

log = structlog.get_logger(__name__)


async def healthz(_: Request) -> JSONResponse:
    return JSONResponse({"status": "ok"})


def readiness(sessions: Sessions) -> Callable[[Request], Awaitable[JSONResponse]]:
    """Endpoint that answers 200 when the database is reachable and its schema current, else 503."""

    async def readyz(_: Request) -> JSONResponse:
        try:
            async with sessions.read(ANONYMOUS) as session:
                current = await session.scalar(text("select version_num from alembic_version"))
        except Exception as error:  # noqa: BLE001 - whatever it is, the process is not ready
            log.warning("not ready", kind=type(error).__name__)
            return JSONResponse({"status": "unavailable"}, status_code=503)
        ready = current == head_revision()
        return JSONResponse({"status": "ok" if ready else "migrating"}, status_code=200 if ready else 503)

    return readyz
