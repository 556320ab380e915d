"""An HTTP client that connects only where the guard permits, and never reads more or longer than it is told to."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import Any

import httpcore

from hub.core.egress.addresses import AddressGuard, AddressRefusedError, Resolve, system_resolver


@dataclass(frozen=True, slots=True)
class Bounds:
    """Seconds to connect, and for the whole exchange; bytes read of a response."""

    connect: float = 5
    total: float = 10
    response: int = 64 * 1024


@dataclass(frozen=True, slots=True)
class Response:
    """``body`` is what was read; ``whole`` is False where it was longer than the bound."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    whole: bool


class PinnedBackend(httpcore.AsyncNetworkBackend):
    """Opens sockets to the addresses that the guard has seen; TLS and ``Host`` keep the name of the host."""

    def __init__(self, guard: AddressGuard, resolve: Resolve = system_resolver) -> None:
        self._guard = guard
        self._resolve = resolve
        self._inner = httpcore.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 - the signature is httpcore's
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        async with asyncio.timeout(timeout):
            addresses = await self._guard.resolve(host, port, by=self._resolve)
        failed: Exception | None = None
        for address in addresses:
            try:
                return await self._inner.connect_tcp(str(address), port, timeout, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failed = error
        raise failed or httpcore.ConnectError("no address")

    async def connect_unix_socket(self, *_: Any, **__: Any) -> httpcore.AsyncNetworkStream:
        raise AddressRefusedError("not a network address")

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)


@dataclass(slots=True, eq=False)
class _Pool:
    """Connections kept open, and how many requests go over them now."""

    inner: httpcore.AsyncConnectionPool
    users: int = 0


class OutgoingClient:
    """One per process; keeps connections open between requests. Proxies of the environment are not looked at.

    A request that is cancelled may leave a connection in httpcore's pool that is never free again; a hundred of them
    and nothing is sent any more. So a pool over which one was cancelled is used for nothing new, and closed with the
    last request that goes over it.
    """

    def __init__(
        self,
        guard: AddressGuard,
        bounds: Bounds = Bounds(),
        *,
        connections: int = 100,
        authorities: Path | None = None,
        resolve: Resolve = system_resolver,
    ) -> None:
        self._guard = guard
        self._bounds = bounds
        self._fresh = partial(
            httpcore.AsyncConnectionPool,
            ssl_context=trusting(authorities),
            max_connections=connections,
            keepalive_expiry=15,
            network_backend=PinnedBackend(guard, resolve),
        )
        self._pool = _Pool(self._fresh())

    async def post(self, url: str, headers: Mapping[str, str], content: bytes) -> Response:
        """Send one request; a redirect is an answer like any other.

        Raises what ``send`` does.
        """
        return await self.send("POST", url, headers, content)

    async def send(self, method: str, url: str, headers: Mapping[str, str], content: bytes = b"") -> Response:
        """Any request.

        Raises ``AddressRefusedError``, ``TimeoutError``, ``ssl.SSLError`` or another ``OSError`` from connecting,
        ``httpcore.ProtocolError`` and ``httpcore.NetworkError`` on an answer that is none.
        """
        if next(self._guard.find_url_problems(url), None) is not None:
            raise AddressRefusedError("not permitted")
        try:
            async with asyncio.timeout(self._bounds.total):
                return await self._exchange(method, url, headers, content)
        except httpcore.TimeoutException:
            raise TimeoutError from None

    async def _exchange(self, method: str, url: str, headers: Mapping[str, str], content: bytes) -> Response:
        pool = self._pool
        pool.users += 1
        try:
            return await self._over(pool.inner, method, url, headers, content)
        except asyncio.CancelledError:
            if pool is self._pool:
                self._pool = _Pool(self._fresh())
            raise
        finally:
            pool.users -= 1
            if pool is not self._pool and not pool.users:
                await pool.inner.aclose()

    async def _over(
        self, pool: httpcore.AsyncConnectionPool, method: str, url: str, headers: Mapping[str, str], content: bytes
    ) -> Response:
        times = {"connect": self._bounds.connect, "pool": self._bounds.total}
        request = pool.stream(
            method, url, headers=list(headers.items()), content=content, extensions={"timeout": times}
        )
        async with request as response:
            read = bytearray()
            async for chunk in response.aiter_stream():
                read += chunk
                if len(read) > self._bounds.response:
                    break
        answered = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in response.headers}
        whole = len(read) <= self._bounds.response
        return Response(response.status, answered, bytes(read[: self._bounds.response]), whole)

    async def aclose(self) -> None:
        await self._pool.inner.aclose()


@cache
def trusting(authorities: Path | None) -> ssl.SSLContext:
    """Certificates are checked against those of the system, and the given ones besides."""
    context = ssl.create_default_context()
    if authorities is not None:
        context.load_verify_locations(cafile=authorities)
    return context
