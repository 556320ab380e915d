"""The database an installation uses: the embedded server of its home, or an external PostgreSQL 18."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event, Thread

import structlog

from hub.config import Settings
from hub.core.errors import Reason, Refused
from hub.db.embedded import EmbeddedServer
from hub.db.target import DatabaseTarget
from hub.secrets import Secrets

log = structlog.get_logger("hub")
DATABASE = "hub"
WATCH_SECONDS = 2
Progress = Callable[[str], None]


@contextmanager
def database_of(
    settings: Settings, secrets: Secrets, *, on_progress: Progress = lambda _: None
) -> Iterator[DatabaseTarget]:
    """Where the database is, for as long as the block runs; an embedded server has this process as a user.

    Raises ``Refused``: EMBEDDED_*, DATABASE_URL_INVALID, PRODUCTION_NEEDS.
    """
    if settings.database_url is not None:
        yield DatabaseTarget.from_url(settings.database_url.get_secret_value(), secrets.passwords)
        return
    if settings.production:
        raise Refused(Reason("PRODUCTION_NEEDS", params={"name": "HUB_DATABASE_URL"}))
    server = EmbeddedServer(settings.home)
    address = server.acquire(on_progress=on_progress)
    try:
        with _watched(server, on_progress):
            yield DatabaseTarget(
                host=str(address.socket_directory),
                port=address.port,
                database=DATABASE,
                admin=address.superuser,
                admin_password=address.password,
                passwords=dict(secrets.passwords),
            )
    finally:
        server.release()


@contextmanager
def _watched(server: EmbeddedServer, on_progress: Progress) -> Iterator[None]:
    """Start the server again should it be killed: whoever serves waits for it, nobody else would come."""
    ended = Event()

    def watch() -> None:
        leave_signals()
        while not ended.wait(WATCH_SECONDS):
            try:
                server.revive(on_progress=on_progress)
            except Refused as refused:
                log.exception("database not started again", code=refused.code)

    watcher = Thread(target=watch, name="database-watch", daemon=True)
    watcher.start()
    try:
        yield
    finally:
        ended.set()
        watcher.join()


def leave_signals() -> None:
    """For a thread: signals are for the main thread, or for whoever holds them back from it."""
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM})
