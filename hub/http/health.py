"""``/healthz``: the process answers. ``/readyz``: it can serve, database and schema included."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import structlog
from sqlalchemy import text
from starlette.requests import Request
from starlette.responses import JSONResponse

from hub.core.principal import ANONYMOUS
from hub.db.faults import BUSY
from hub.db.migrate import head_revision
from hub.db.session import Sessions

log = structlog.get_logger(__name__)


async def healthz(_: Request) -> JSONResponse:
    return JSONResponse({"status": "ok"})


def readiness(sessions: Sessions, ending: asyncio.Event) -> Callable[[Request], Awaitable[JSONResponse]]:
    """Endpoint that answers 200 when the database is reachable and its schema current, else 503; 503 as well once the
    process is ending, so that a balancer sends nobody here any more."""

    async def readyz(_: Request) -> JSONResponse:
        if ending.is_set():
            return JSONResponse({"status": "ending"}, status_code=503)
        try:
            current = await _revision(sessions)
        except Exception as error:  # noqa: BLE001 - whatever it is, the process is not ready
            log.warning("not ready", kind=type(error).__name__)
            return JSONResponse({"status": "unavailable"}, status_code=503)
        ready = current == head_revision()
        return JSONResponse({"status": "ok" if ready else "migrating"}, status_code=200 if ready else 503)

    return readyz


async def _revision(sessions: Sessions) -> str | None:
    """The schema's revision. A pooled connection may have died with the database that is back by now: what was pooled
    beside it is let go with it, and the second attempt opens a fresh one."""
    try:
        return await _asked(sessions)
    except BUSY:
        raise
    except Exception as error:  # noqa: BLE001 - the second attempt tells whether it matters
        log.info("asking again", kind=type(error).__name__)
        return await _asked(sessions)


async def _asked(sessions: Sessions) -> str | None:
    async with sessions.read(ANONYMOUS) as session:
        found: str | None = await session.scalar(text("select version_num from alembic_version"))
        return found
