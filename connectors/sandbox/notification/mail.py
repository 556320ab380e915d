"""The mail server."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from socket import create_connection
from ssl import SSLContext
from typing import Any, Self

from aiosmtpd.controller import Controller

from connectors.sandbox.serving import WireFault


@dataclass(frozen=True, slots=True)
class Mail:
    sender: str
    to: str
    message: EmailMessage

    @property
    def text(self) -> str:
        return str(self.message.get_content())


class SandboxMail:
    """``mails`` by Message-ID; ``received`` counts every one that came in."""

    name = "mail"
    can_fault = frozenset(
        {WireFault.SILENCE, WireFault.BUSY, WireFault.ERROR, WireFault.GARBAGE, WireFault.LOST_ANSWER}
    )

    def __init__(self, tls: SSLContext | None = None) -> None:
        """With ``tls`` it offers STARTTLS (RFC 3207)."""
        self._tls = tls
        self.mails: dict[str, Mail] = {}
        self.received = 0
        self.wire_faults: set[WireFault] = set()
        self._controller: _AnyPort | None = None

    @property
    def url(self) -> str:
        if self._controller is None:
            raise RuntimeError("not started")
        return f"smtp://127.0.0.1:{self._controller.chosen}"

    def start(self, port: int = 0) -> Self:
        self._controller = _AnyPort(self, hostname="127.0.0.1", port=port, tls_context=self._tls)
        self._controller.start()
        return self

    def stop(self) -> None:
        """Harmless when done twice."""
        controller, self._controller = self._controller, None
        if controller is not None:
            controller.stop(no_assert=True)

    def __enter__(self) -> Self:
        return self if self._controller is not None else self.start()

    def __exit__(self, *_: object) -> None:
        self.stop()

    async def handle_MAIL(  # noqa: N802 - the name is aiosmtpd's
        self, _server: object, _session: object, envelope: Any, address: str, options: list[str]
    ) -> str:
        answers = {WireFault.BUSY: "451 later", WireFault.ERROR: "550 no", WireFault.GARBAGE: "ok"}
        for fault, answer in answers.items():
            if fault in self.wire_faults:
                return answer
        if WireFault.SILENCE in self.wire_faults:
            await asyncio.Event().wait()
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 OK"

    async def handle_DATA(self, _server: object, _session: object, envelope: Any) -> str:  # noqa: N802 - as above
        message = message_from_bytes(envelope.content, policy=policy.default)
        self.received += 1
        self.mails[str(message["Message-ID"])] = Mail(envelope.mail_from, envelope.rcpt_tos[0], message)
        if WireFault.LOST_ANSWER in self.wire_faults:
            await asyncio.Event().wait()
        return "250 OK"


class _AnyPort(Controller):
    """Lets the system choose the port."""

    @property
    def chosen(self) -> int:
        server: Any = self.server
        return int(server.sockets[0].getsockname()[1])

    def _trigger_server(self) -> None:
        """One connection, as the base class makes it to the port it was told."""
        with create_connection((self.hostname, self.chosen), timeout=5) as made:
            made.recv(1024)
