"""Links: how one system is reached, as a TOML file; secrets lie in files of their own beside it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeVar

from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey
from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from connectors.kit.calling import Caller
from connectors.kit.database import DatabaseStore
from connectors.kit.exchange import Role
from connectors.kit.folder import FerryFolder
from connectors.kit.mapping import ExchangeMap
from connectors.kit.service import ServiceStore
from connectors.kit.sftp import SftpAddress, SftpFolder
from connectors.kit.signature import load_key
from connectors.kit.signed_calls import Service, ServiceAddress
from connectors.kit.store import Store
from hub.core.egress.addresses import AddressGuard, networks_of
from hub.core.egress.client import Bounds
from hub.core.errors import Reason, Refused

T = TypeVar("T")

MOST_BYTES = 1024**3
MOST_SECONDS = 3600
_DRIVERS = {"postgresql": "postgresql+asyncpg", "mariadb": "mariadb+aiomysql", "mysql": "mysql+aiomysql"}
_ROLES = {"reader": "SELECT", "writer": "INSERT"}
_OTHERS = 0o077
_REGION = re.compile(r"[0-9]{6}")


class Link:
    """Reads members of a link. Everything raises ``Refused`` (LINK_*) and names the member, never its value."""

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            self._data = tomllib.loads(path.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError):
            raise self.wrong("TOML") from None

    def wrong(self, field: str, code: str = "LINK_INVALID") -> Refused:
        return Refused(Reason(code, (field,), {"name": self.path.name, "field": field}))

    def text(self, *path: str) -> str:
        value = self._value(path)
        if not isinstance(value, str) or not value:
            raise self.wrong(".".join(path))
        return value

    def region(self) -> str:
        """``region``, six digits (GB/T 2260)."""
        value = self.text("region")
        if not _REGION.fullmatch(value):
            raise self.wrong("region")
        return value

    def texts(self, *path: str) -> tuple[str, ...]:
        value = self._value(path) or []
        if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
            raise self.wrong(".".join(path))
        return tuple(value)

    def has(self, *path: str) -> bool:
        return self._value(path) is not None

    def seconds(self) -> float:
        """How long one exchange may take, ``seconds``; 60 unless said."""
        value = self._value(("seconds",))
        if value is None:
            return 60.0
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value <= MOST_SECONDS:
            raise self.wrong("seconds")
        return float(value)

    def flag(self, *path: str) -> bool:
        return self._value(path) is True

    def file(self, *path: str) -> Path:
        """A file that the link names, beside it unless the name is absolute."""
        found = self.path.parent / self.text(*path)
        if not found.is_file():
            raise self.wrong(".".join(path))
        return found

    def secret(self, *path: str) -> bytes:
        """Content of a secret file that nobody else can read."""
        found = self.file(*path)
        if found.stat().st_mode & _OTHERS:
            raise self.wrong(".".join(path), "LINK_SECRET_OPEN")
        return found.read_bytes().strip()

    def made(self, field: str, make: Callable[[], T]) -> T:
        """What ``make`` makes of members that may be malformed."""
        try:
            return make()
        except (ValueError, TypeError, ArgumentError):
            raise self.wrong(field) from None

    def _value(self, path: tuple[str, ...]) -> Any:
        found: Any = self._data
        for name in path:
            found = found.get(name) if isinstance(found, Mapping) else None
        return found


def signing_key(link: Link) -> Callable[[], EllipticCurvePublicKey]:
    """What reads ``signing_key`` (PEM), the key that the system signs with, each time anew. Raises ``Refused``."""
    path = link.file("signing_key")

    def key() -> EllipticCurvePublicKey:
        found = load_key(path)
        if found is None:
            raise link.wrong("signing_key")
        return found

    link.made("signing_key", key)
    return key


def file_store(link: Link) -> Store:
    """``file.folder``, or ``file.address`` (``sftp://user@host:port/root``) with ``host_keys`` and ``key``."""
    if link.has("file", "folder"):
        return FerryFolder(Path(link.text("file", "folder")))
    url = link.made("file.address", lambda: make_url(link.text("file", "address")))
    keys = link.texts("file", "host_keys")
    if url.drivername != "sftp" or not url.host or not url.username:
        raise link.wrong("file.address")
    if not keys:
        raise link.wrong("file.host_keys")
    address = SftpAddress(
        host=url.host,
        port=url.port or 22,
        user=url.username,
        root=f"/{url.database or ''}",
        connect_seconds=min(10.0, link.seconds()),
        total_seconds=link.seconds(),
        host_keys=keys,
        key=link.secret("file", "key") if link.has("file", "key") else None,
        password=None if link.has("file", "key") else link.secret("file", "password").decode(),
    )
    return SftpFolder(address, MOST_BYTES)


def database_store(link: Link, mapping: ExchangeMap) -> Store:
    """``database.reader`` and ``database.writer`` (``postgresql://role@host:port/database``), each with its secret."""
    roles = [Role(_database_url(link, name), does, link.seconds()) for name, does in _ROLES.items()]
    return DatabaseStore(roles[0], roles[1], mapping, MOST_BYTES)


def _database_url(link: Link, role: str) -> URL:
    url = link.made(f"database.{role}", lambda: make_url(link.text("database", role)))
    driver = _DRIVERS.get(url.drivername)
    if driver is None or url.password is not None:
        raise link.wrong(f"database.{role}")
    return url.set(drivername=driver, password=link.secret("database", f"{role}_password").decode())


def service_store(link: Link) -> Store:
    """``service.url``, ``client`` and ``secret``; ``networks`` may be reached though they are not public."""
    url, client, secret, caller = service_caller(link)
    return ServiceStore(Service(ServiceAddress(url, client, secret, caller.guard, caller.bounds)), MOST_BYTES)


def service_caller(link: Link) -> tuple[str, str, bytes, Caller]:
    """Address of the section ``service`` without a slash at its end, client, secret, and how it may be called."""
    networks = link.made("service.networks", lambda: networks_of(link.texts("service", "networks")))
    guard = AddressGuard(networks, plain_http=link.flag("service", "plain_http"))
    url = link.text("service", "url").rstrip("/")
    if next(guard.find_url_problems(url), None) is not None:
        raise link.wrong("service.url")
    bounds = Bounds(min(5.0, link.seconds()), link.seconds(), 4 * 1024 * 1024)
    return url, link.text("service", "client"), link.secret("service", "secret"), Caller(guard, bounds)
