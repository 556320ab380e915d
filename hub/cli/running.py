"""Opens the runtime for one command and closes it, whatever ends the command."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

from sqlalchemy.exc import DBAPIError

from hub.cli.environment import end_on_terminate, read_settings
from hub.cli.output import progress
from hub.config import Settings
from hub.core.errors import Reason, Refused
from hub.db.migrate import prepare
from hub.db.target import DatabaseTarget
from hub.installation import database_of
from hub.runtime import Runtime
from hub.secrets import Secrets, load_secrets

T = TypeVar("T")

_FORBIDDEN = ("42501", "28000", "0LP01")


def run(action: Callable[[Runtime], Awaitable[T]]) -> T:
    """Run an action against the installation's database, prepared first in development."""
    end_on_terminate()
    settings = read_settings()
    secrets = load_secrets(settings)
    with database_of(settings, secrets, on_progress=progress) as target:
        return asyncio.run(_run(settings, secrets, target, action))


async def _run(
    settings: Settings, secrets: Secrets, target: DatabaseTarget, action: Callable[[Runtime], Awaitable[T]]
) -> T:
    if not settings.production:
        await prepare_database(target)
    async with Runtime.open(settings, target, secrets.keyring, name="hub-cli") as runtime:
        return await action(runtime)


async def prepare_database(target: DatabaseTarget) -> None:
    """Roles, database and schema. Raises ``Refused`` when the server is away or the user may not."""
    try:
        await prepare(target, on_progress=progress)
    except DBAPIError as error:
        state = getattr(error.orig, "sqlstate", None)
        code = "DATABASE_ADMIN_NEEDED" if state in _FORBIDDEN else "DATABASE_UNREACHABLE"
        raise Refused(Reason(code)) from error
    except OSError as error:
        raise Refused(Reason("DATABASE_UNREACHABLE")) from error
