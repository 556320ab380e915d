"""The gateway for text messages."""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from enum import StrEnum

from connectors.kit.national import Doorkeeper, Signed
from connectors.notification.sms import SERVICE, TAKEN
from connectors.sandbox.serving import JSON, HttpSandbox, Reply
from hub.core.clock import Clock, system_clock
from hub.core.errors import Refused


class SmsFault(StrEnum):
    BUSY = "BUSY"
    """Asks for a pause."""
    QUOTA = "QUOTA"
    """The month's messages are used up."""


class SandboxSms(HttpSandbox):
    """``messages`` by id: (number, text), each once however often it came."""

    name = "sms"

    def __init__(self, clock: Clock = system_clock) -> None:
        super().__init__()
        self.account, self.secret = "linkage-hub", secrets.token_urlsafe(24)
        self.messages: dict[str, tuple[str, str]] = {}
        self.faults: set[SmsFault] = set()
        self._clock = clock
        self._door = Doorkeeper(lambda name: [self.secret] if name == self.account else [], frozenset({SERVICE}))

    def answer(self, path: str, headers: Mapping[str, str], body: bytes) -> Reply:  # noqa: ARG002 - one service
        try:
            self._door.admit(Signed.of(headers), self._clock())
        except Refused as refused:
            return _reply(refused.code)
        asked = json.loads(body)
        if asked and self.faults:
            return _reply(min(self.faults))
        if asked:
            self.messages.setdefault(asked["id"], (asked["to"], asked["text"]))
        return _reply(TAKEN)


def _reply(code: str) -> Reply:
    return Reply(200, JSON, json.dumps({"code": code}).encode())
