"""Where the database is, and how each of its three roles reaches it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import URL, make_url

from hub.core.errors import Reason, Refused


class DatabaseRole(StrEnum):
    """``hub_owner`` migrates, ``hub_app`` serves under row security, ``hub_system`` does background work."""

    OWNER = "hub_owner"
    APP = "hub_app"
    SYSTEM = "hub_system"


@dataclass(frozen=True, slots=True)
class DatabaseTarget:
    """``host`` is a host name or a socket directory; ``admin`` the user that may create the roles."""

    host: str
    port: int
    database: str
    admin: str
    admin_password: str
    passwords: dict[DatabaseRole, str]

    @classmethod
    def from_url(cls, url: str, passwords: dict[DatabaseRole, str]) -> DatabaseTarget:
        """Target of ``postgresql://user:password@host:port/database``. Raises ``Refused`` (DATABASE_URL_INVALID)."""
        try:
            parsed = make_url(url)
        except Exception:  # noqa: BLE001 - the message of the parser would repeat the password
            raise Refused(Reason("DATABASE_URL_INVALID")) from None
        if not parsed.drivername.startswith("postgres") or not parsed.database or not parsed.username:
            raise Refused(Reason("DATABASE_URL_INVALID"))
        host = parsed.host or parsed.query.get("host") or "127.0.0.1"
        return cls(
            host=host if isinstance(host, str) else host[0],
            port=parsed.port or 5432,
            database=parsed.database,
            admin=parsed.username,
            admin_password=str(parsed.password or ""),
            passwords=passwords,
        )

    def url(self, role: DatabaseRole | None = None, *, database: str | None = None) -> URL:
        """SQLAlchemy URL for a role, or for the admin when none is named."""
        socket = self.host.startswith("/")
        return URL.create(
            "postgresql+asyncpg",
            username=role.value if role else self.admin,
            password=self.passwords[role] if role else self.admin_password,
            host=None if socket else self.host,
            port=None if socket else self.port,
            database=database or self.database,
            query={"host": f"{self.host}", "port": str(self.port)} if socket else {},
        )
