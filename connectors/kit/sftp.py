"""File drop on a server, over SFTP: used in the same way as a folder.

The server is known by its host key alone, which is configured beforehand: an unknown or a changed one is refused before
anything is said. Nothing is trusted for being in the listing: links are not followed, sizes are looked at first, and no
more is read than was declared.
"""

from __future__ import annotations

import stat
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from typing import BinaryIO, TypeVar, cast

import asyncssh

from connectors.kit.folder import MANIFEST, rows_files, safe_name
from connectors.kit.spool import Spool
from connectors.kit.store import ANSWERS, OUT
from connectors.kit.waiting import wait
from hub.canonical.connector import Unreachable
from hub.core.errors import Reason, Refused

T = TypeVar("T")

LOST, HOST_KEY, LOGIN = "SFTP_LOST", "SFTP_HOST_KEY", "SFTP_LOGIN_REFUSED"
_CHUNK = 256 * 1024


@dataclass(frozen=True, slots=True)
class SftpAddress:
    """``host_keys`` are the server's public keys in OpenSSH form; ``key`` is ours (PEM), or ``password`` is."""

    host: str
    port: int
    user: str
    root: str
    host_keys: tuple[str, ...]
    key: bytes | None = None
    password: str | None = None
    connect_seconds: float = 10
    total_seconds: float = 300


class SftpFolder:
    """``in`` is the sender's; ``receipts``, ``out`` and ``refused`` are the hub's, ``answers`` are to the hub."""

    def __init__(self, address: SftpAddress, most_bytes: int) -> None:
        self._address = address
        self._spool = Spool(most_bytes)
        self._connection: asyncssh.SSHClientConnection | None = None

    def manifests(self) -> list[str]:
        """Raises ``Unreachable`` (SFTP_*)."""

        async def found(sftp: asyncssh.SFTPClient) -> list[str]:
            return [str(name) for name in await sftp.listdir(self._path("in"))]

        self._spool.forget()
        return sorted(name for name in self._do(found) if name.endswith(MANIFEST) and safe_name(name))

    def size(self, name: str) -> int | None:
        return self._do(lambda sftp: _plain_size(sftp, self._path("in", name)))

    def open(self, name: str) -> BinaryIO:
        if name not in self._spool:
            self._copy(name)
        return self._spool.open(name)

    def read(self, name: str, limit: int) -> bytes | None:
        return self._fetch(self._path("in", name), limit)

    def put(self, place: str, name: str, content: bytes) -> None:
        part, whole = self._path(place, f"{name}.part"), self._path(place, name)

        async def write(sftp: asyncssh.SFTPClient) -> None:
            await sftp.makedirs(self._path(place), exist_ok=True)
            async with sftp.open(part, "wb") as file:
                await file.write(content)
            await sftp.posix_rename(part, whole)

        self._do(write)

    def put_rows(self, key: str, rows: Sequence[Mapping[str, str]]) -> None:
        for name, content in rows_files(key, rows):
            self.put(OUT, name, content)

    def answer(self, key: str, limit: int) -> bytes | None:
        return self._fetch(self._path(ANSWERS, f"{key}.json"), limit)

    def clear(self, names: list[str]) -> None:
        async def remove(sftp: asyncssh.SFTPClient) -> None:
            for name in names:
                with suppress(asyncssh.SFTPNoSuchFile):
                    await sftp.remove(self._path("in", name))

        self._spool.forget()
        self._do(remove)

    def set_aside(self, names: list[str]) -> None:
        async def move(sftp: asyncssh.SFTPClient) -> None:
            await sftp.makedirs(self._path("refused"), exist_ok=True)
            for name in names:
                with suppress(asyncssh.SFTPNoSuchFile):
                    await sftp.posix_rename(self._path("in", name), self._path("refused", name))

        self._spool.forget()
        self._do(move)

    def _path(self, *parts: str) -> str:
        return "/".join((self._address.root.rstrip("/"), *parts))

    def _fetch(self, path: str, limit: int) -> bytes | None:
        """A small plain file; None when there is none, or a larger one."""

        async def fetch(sftp: asyncssh.SFTPClient) -> bytes | None:
            size = await _plain_size(sftp, path)
            if size is None or size > limit:
                return None
            async with sftp.open(path, "rb") as file:
                found = cast("bytes", await file.read(limit + 1))
            return found if len(found) <= limit else None

        return self._do(fetch)

    def _copy(self, name: str) -> None:
        async def copy(sftp: asyncssh.SFTPClient) -> None:
            path = self._path("in", name)
            if await _plain_size(sftp, path) is None:
                raise Refused(Reason("BATCH_FILE_MISSING", (), {"file": name}))
            with self._spool.writing(name) as write:
                async with sftp.open(path, "rb") as file:
                    while chunk := cast("bytes", await file.read(_CHUNK)):
                        write(chunk)

        self._do(copy)

    def _do(self, work: Callable[[asyncssh.SFTPClient], Awaitable[T]]) -> T:
        """Raises ``Unreachable``: the host key is another, we are not let in, or the server is away or too slow."""

        async def within() -> T:
            async with self._session() as sftp:
                return await work(sftp)

        try:
            return wait(within(), self._address.total_seconds)
        except (asyncssh.HostKeyNotVerifiable, asyncssh.KeyExchangeFailed) as error:
            # A server that has no key of the pinned kind fails at the exchange of keys.
            raise Unreachable(HOST_KEY) from error
        except asyncssh.PermissionDenied as error:
            raise Unreachable(LOGIN) from error
        except (asyncssh.Error, OSError) as error:
            self._hang_up()
            raise Unreachable(LOST) from error

    def _hang_up(self) -> None:
        """What failed once is not used again; whatever still waits on it ends."""
        if self._connection is not None:
            wait(_abort(self._connection), self._address.connect_seconds)
            self._connection = None

    @asynccontextmanager
    async def _session(self) -> AsyncIterator[asyncssh.SFTPClient]:
        if self._connection is None or self._connection.is_closed():
            self._connection = await _connect(self._address)
        async with self._connection.start_sftp_client() as sftp:
            yield sftp


async def _abort(connection: asyncssh.SSHClientConnection) -> None:
    connection.abort()


async def _plain_size(sftp: asyncssh.SFTPClient, path: str) -> int | None:
    try:
        found = await sftp.lstat(path)
    except asyncssh.SFTPNoSuchFile:
        return None
    plain = found.permissions is not None and stat.S_ISREG(found.permissions)
    return found.size if plain else None


async def _connect(address: SftpAddress) -> asyncssh.SSHClientConnection:
    trusted = [asyncssh.import_public_key(key) for key in address.host_keys]
    keys = None if address.key is None else [asyncssh.import_private_key(address.key)]
    return await asyncssh.connect(
        address.host,
        address.port,
        username=address.user,
        client_keys=keys,
        password=address.password,
        known_hosts=(trusted, [], []),
        config=None,
        agent_path=None,
        connect_timeout=address.connect_seconds,
        keepalive_interval=30,
    )
