"""E-mail by SMTP submission, to a server whose address the guard has seen."""

from __future__ import annotations

import asyncio
import socket
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from email.message import EmailMessage
from urllib.parse import urlsplit

from aiosmtplib import SMTP, SMTPException, SMTPResponseException

from connectors.kit.calling import Caller
from connectors.kit.waiting import wait
from connectors.notification.card import MAIL
from hub.canonical.codes import DeliveryFault
from hub.canonical.connector import Card, Health, Outgoing, Unreachable
from hub.core.egress.addresses import Address, AddressRefusedError, system_resolver
from hub.core.egress.client import trusting

_SUBMISSION, _TLS = 587, 465
"""Ports of RFC 6409 and RFC 8314: where TLS is turned to, and where it is from the start."""


class MailConnector:
    """``url`` is ``smtps://host:port`` (``smtp`` where plain is allowed), ``sender`` the address mail comes from and
    is submitted as; without ``secret`` there is no login."""

    def __init__(self, url: str, sender: str, secret: str, caller: Caller) -> None:
        parts = urlsplit(url)
        self._host, self._tls = parts.hostname or "", parts.scheme == "smtps"
        self._port = parts.port or (_TLS if self._tls else _SUBMISSION)
        self._sender = sender
        self._secret = secret
        self._caller = caller

    @property
    def card(self) -> Card:
        return MAIL

    @property
    def source(self) -> str:
        return f"mail:{self._sender}"

    def push(self, outgoing: Outgoing) -> None:
        """``Message-ID`` is the same however often it is sent; a mailbox may show it twice all the same (RFC 5321
        §4.5.4.1: a server that lost its answer is sent to again)."""
        self._run(_message(self._sender, outgoing))

    def health(self) -> Health:
        """Well when the server greets and takes the login."""
        return Health.of(lambda: self._run(None))

    def _run(self, message: EmailMessage | None) -> None:
        try:
            wait(self._submitted(message), self._caller.bounds.total)
        except (SMTPException, OSError, AddressRefusedError, ValueError) as error:
            raise Unreachable.by(_fault_behind(error)) from None

    async def _submitted(self, message: EmailMessage | None) -> None:
        async with self._connected() as server:
            if message is not None:
                await server.send_message(message)

    @asynccontextmanager
    async def _connected(self) -> AsyncIterator[SMTP]:
        implicit = self._tls and self._port == _TLS
        server = SMTP(
            hostname=self._host,
            sock=await self._socket(),
            use_tls=implicit,
            start_tls=None if implicit or not self._tls else True,
            tls_context=trusting(self._caller.authorities),
            username=self._sender if self._secret else None,
            password=self._secret or None,
            timeout=self._caller.bounds.total,
            local_hostname=self._sender.rpartition("@")[2] or "localhost",
        )
        async with server:
            yield server

    async def _socket(self) -> socket.socket:
        """A connection to one of the addresses the guard has seen; TLS keeps the name of the host."""
        loop = asyncio.get_running_loop()
        failed: OSError | None = None
        for address in await self._caller.guard.resolve(self._host, self._port, by=system_resolver):
            try:
                async with asyncio.timeout(self._caller.bounds.connect):
                    return await _connect(loop, address, self._port)
            except OSError as error:
                failed = error
        raise failed or OSError("no address")


async def _connect(loop: asyncio.AbstractEventLoop, address: Address, port: int) -> socket.socket:
    made = socket.socket(socket.AF_INET if address.version == 4 else socket.AF_INET6, socket.SOCK_STREAM)
    made.setblocking(False)
    try:
        await loop.sock_connect(made, (str(address), port))
    except BaseException:
        made.close()
        raise
    return made


def _message(sender: str, outgoing: Outgoing) -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"] = sender, outgoing.to or ""
    message["Subject"] = str(outgoing.body["subject"])
    message["Message-ID"] = f"<{outgoing.key}@{sender.rpartition('@')[2]}>"
    message["Auto-Submitted"] = "auto-generated"  # RFC 3834: no automatic replies to it
    message.set_content(str(outgoing.body["text"]))
    return message


def _fault_behind(error: Exception) -> DeliveryFault:
    # Asked first: an error about a certificate is a ValueError too.
    if isinstance(error, ssl.SSLError) or isinstance(error.__cause__, ssl.SSLError):
        return DeliveryFault.CERTIFICATE
    match error:
        case AddressRefusedError():
            return DeliveryFault.ADDRESS
        case TimeoutError():
            return DeliveryFault.TIMEOUT
        case SMTPResponseException(code=code) if 400 <= code < 500:
            return DeliveryFault.THROTTLED
        case SMTPResponseException(code=code) if code >= 500:
            return DeliveryFault.STATUS
        case SMTPResponseException() | ValueError():
            return DeliveryFault.GARBLED
        case OSError():
            return DeliveryFault.UNREACHABLE
    return DeliveryFault.STATUS
