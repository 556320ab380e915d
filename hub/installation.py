"""The database an installation uses: the embedded server of its home, or an external PostgreSQL 18."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from hub.config import Settings
from hub.core.errors import Reason, Refused
from hub.db.embedded import EmbeddedServer
from hub.db.target import DatabaseTarget
from hub.secrets import Secrets

DATABASE = "hub"
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
