"""Connections go where the guard has looked, keep the name of the host, and end in time."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncIterator
from ipaddress import ip_address
from pathlib import Path
from random import Random

import httpcore
import pytest
import trustme

from hub.core.egress.addresses import AddressGuard, AddressRefusedError, networks_of
from hub.core.egress.client import Bounds, OutgoingClient
from tests.support.receiving import Receiver, endless, receiving, status

LOOPBACK = AddressGuard(networks_of(("127.0.0.1/32",)), plain_http=True)
BOUNDS = Bounds(connect=0.5, total=1, response=1_000)


class Names:
    """A resolver whose answers change, as a rebinding name server's do."""

    def __init__(self, *answers: str) -> None:
        self.answers = list(answers)
        self.asked: list[str] = []

    async def __call__(self, host: str, _port: int):
        self.asked.append(host)
        await asyncio.sleep(0)
        return (ip_address(self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]),)


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    async with receiving() as found:
        yield found


@pytest.mark.attack("K1")
async def test_a_name_that_resolves_otherwise_the_second_time_reaches_only_what_was_looked_at(receiver) -> None:
    async with receiving(host="127.0.0.2") as secret:
        names = Names("127.0.0.1", "127.0.0.2")
        client = OutgoingClient(LOOPBACK, BOUNDS, resolve=names)
        url = f"http://rebind.example.com:{receiver.port}/"
        receiver.answer = status(200, connection="close")
        assert (await client.post(url, {}, b"x")).status == 200
        assert names.asked == ["rebind.example.com"], "once for a connection"
        assert receiver.received[0].headers["host"] == f"rebind.example.com:{receiver.port}"
        with pytest.raises(AddressRefusedError):
            await client.post(url, {}, b"x")
        await client.aclose()
        assert (receiver.connections, secret.connections) == (1, 0)


@pytest.mark.attack("K1")
@pytest.mark.parametrize("answer", ["127.0.0.2", "169.254.169.254", "10.0.0.1", "::1", "::ffff:127.0.0.2"])
async def test_a_name_of_an_address_within_opens_no_connection(answer: str) -> None:
    async with receiving(host="127.0.0.2") as secret:
        client = OutgoingClient(LOOPBACK, BOUNDS, resolve=Names(answer))
        with pytest.raises(AddressRefusedError):
            await client.post(f"http://inside.example.com:{secret.port}/", {}, b"x")
        await client.aclose()
        assert secret.connections == 0


@pytest.mark.attack("K1")
async def test_a_redirect_to_an_address_within_is_not_followed(receiver: Receiver) -> None:
    async with receiving(host="127.0.0.2") as secret:
        client = OutgoingClient(LOOPBACK, BOUNDS)
        receiver.answer = status(302, location=f"http://127.0.0.2:{secret.port}/")
        assert (await client.post(receiver.url, {}, b"x")).status == 302
        await client.aclose()
        assert secret.connections == 0


async def test_proxies_of_the_environment_are_not_used(receiver: Receiver, monkeypatch: pytest.MonkeyPatch) -> None:
    async with receiving() as proxy:
        for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
            monkeypatch.setenv(name, proxy.url)
        client = OutgoingClient(LOOPBACK, BOUNDS)
        await client.post(receiver.url, {}, b"x")
        await client.aclose()
        assert (proxy.connections, receiver.connections) == (0, 1)


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


def server_context(authority: trustme.CA, *names: str) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(*names).configure_cert(context)
    return context


async def test_tls_keeps_the_name_and_trusts_what_it_is_told_to(authority: trustme.CA, tmp_path: Path) -> None:
    roots = tmp_path / "roots.pem"
    authority.cert_pem.write_to_path(roots)
    seen: list[str | None] = []
    context = server_context(authority, "hooks.example.com")
    context.sni_callback = lambda _socket, name, _context: seen.append(name)
    async with receiving(tls=context) as secure:
        url = f"https://hooks.example.com:{secure.port}/"
        client = OutgoingClient(LOOPBACK, BOUNDS, authorities=roots, resolve=Names("127.0.0.1"))
        assert (await client.post(url, {}, b"x")).status == 204
        assert (await client.post(url, {}, b"x")).status == 204
        await client.aclose()
    assert seen == ["hooks.example.com"], "one connection for both"


@pytest.mark.parametrize("trusted", [True, False], ids=["other name", "unknown authority"])
async def test_a_certificate_that_does_not_hold_is_refused(authority, tmp_path: Path, trusted: bool) -> None:
    roots = tmp_path / "roots.pem"
    (authority if trusted else trustme.CA()).cert_pem.write_to_path(roots)
    name = "other.example.com" if trusted else "hooks.example.com"
    async with receiving(tls=server_context(authority, name)) as secure:
        client = OutgoingClient(LOOPBACK, BOUNDS, authorities=roots, resolve=Names("127.0.0.1"))
        with pytest.raises(httpcore.ConnectError) as failed:
            await client.post(f"https://hooks.example.com:{secure.port}/", {}, b"x")
        assert "CERTIFICATE" in str(failed.value).upper()
        await client.aclose()
        assert secure.received == []


async def test_a_body_is_read_up_to_the_bound(receiver: Receiver) -> None:
    client = OutgoingClient(LOOPBACK, BOUNDS)
    receiver.answer = endless(b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n", b"4\r\nabcd\r\n", 0)
    found = await client.post(receiver.url, {}, b"x")
    assert (len(found.body), found.whole) == (1_000, False)
    receiver.answer = status(200, b"a" * 1_000)
    assert (await client.post(receiver.url, {}, b"x")).whole
    await client.aclose()


async def test_the_whole_exchange_is_bounded(receiver: Receiver) -> None:
    client = OutgoingClient(LOOPBACK, BOUNDS)
    receiver.answer = endless(b"HTTP/1.1 200 OK\r\n\r\n", b"x", 0.05)
    started = asyncio.get_running_loop().time()
    with pytest.raises(TimeoutError):
        await client.post(receiver.url, {}, b"x")
    assert asyncio.get_running_loop().time() - started < 2
    await client.aclose()


async def test_however_many_requests_are_cancelled_the_next_are_sent(receiver: Receiver) -> None:
    """At whatever point: while they wait for a connection, while one opens, before the answer."""
    client, random = OutgoingClient(LOOPBACK, BOUNDS, connections=4), Random(7)
    for _ in range(60):
        sending = [asyncio.create_task(client.post(receiver.url, {}, b"x")) for _ in range(8)]
        await asyncio.sleep(random.random() * 0.01)
        for each in sending:
            each.cancel()
        await asyncio.gather(*sending, return_exceptions=True)
    answers = await asyncio.gather(*(client.post(receiver.url, {}, b"x") for _ in range(8)))
    assert {each.status for each in answers} <= {200, 204}
    await client.aclose()
