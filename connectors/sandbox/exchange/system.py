"""The platform, REST and SOAP on one socket."""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from xml.etree.ElementTree import Element, SubElement, tostring

from defusedxml.ElementTree import fromstring

from connectors.exchange.connector import FEEDBACK
from connectors.exchange.wire import HEADER, KEY_EXPIRED, OK, TIME
from connectors.kit.national import Doorkeeper, Signed, milliseconds
from connectors.sandbox.serving import JSON, XML, HttpSandbox, Reply
from hub.core.clock import Clock, system_clock
from hub.core.errors import Refused

KEY_SERVICE = "signing-key"
ENVELOPE = "{http://schemas.xmlsoap.org/soap/envelope/}"
NAMESPACE = "{urn:linkage-hub:exchange}"
Dataset = Callable[[Mapping[str, object]], object]


class ExchangeFault(StrEnum):
    STALE_KEYS = "STALE_KEYS"
    """Lends keys that have ended."""
    SKEWED = "SKEWED"
    """Its clock is ten minutes slow."""
    LOST_CLOCK = "LOST_CLOCK"
    """Its clock is a day slow."""


_SLOW = {ExchangeFault.SKEWED: timedelta(minutes=10), ExchangeFault.LOST_CLOCK: timedelta(days=1)}


@dataclass(slots=True)
class _Lent:
    key: str
    until: datetime


@dataclass
class Requester:
    """``asked`` and ``told`` hold what was carried out, by business number: each once."""

    secret: str
    lent: list[_Lent] = field(default_factory=list)
    asked: dict[str, object] = field(default_factory=dict)
    told: dict[str, Mapping[str, object]] = field(default_factory=dict)


class SandboxExchange(HttpSandbox):
    """``ahead`` is how far its clock is off; ``key_life`` how long a key holds."""

    name = "exchange"

    def __init__(
        self, datasets: Mapping[str, Dataset], *, clock: Clock = system_clock, key_life: timedelta = timedelta(hours=1)
    ) -> None:
        super().__init__()
        self.requesters: dict[str, Requester] = {}
        self.ahead = timedelta()
        self.faults: set[ExchangeFault] = set()
        self.key_life = key_life
        self._clock = clock
        self._datasets = dict(datasets)
        self._keys = Doorkeeper(self._secrets, frozenset({KEY_SERVICE}))
        self._door = Doorkeeper(self._lent_keys, frozenset({*datasets, FEEDBACK}))

    def register(self, requester: str) -> str:
        """The secret of a new requester."""
        self.requesters[requester] = Requester(secrets.token_urlsafe(24))
        return self.requesters[requester].secret

    def expire_keys(self) -> None:
        """As if every key had ended before its time."""
        for each in self.requesters.values():
            each.lent.clear()

    @property
    def now(self) -> datetime:
        slow = sum((_SLOW[fault] for fault in self.faults if fault in _SLOW), timedelta())
        return self._clock() + self.ahead - slow

    def answer(self, path: str, headers: Mapping[str, str], body: bytes) -> Reply:
        if path.endswith("/soap"):
            return self._soap(body)
        request = json.loads(body)
        code, data = self._serve(Signed.of(headers), request["number"], request["content"])
        found = {"code": code, "time": milliseconds(self.now), "data": data}
        return Reply(200, JSON, json.dumps(found, ensure_ascii=False).encode())

    def _soap(self, body: bytes) -> Reply:
        envelope = fromstring(body)
        header = envelope.find(f"{ENVELOPE}Header/{HEADER}")
        signed = Signed.of({each.tag: each.text or "" for each in ([] if header is None else header)})
        asked = envelope.find(f"{ENVELOPE}Body/{NAMESPACE}exchange")
        number, content = (asked.findtext(f"{NAMESPACE}{name}") for name in ("number", "content"))
        code, data = self._serve(signed, number, json.loads(content))
        reply = Element(f"{ENVELOPE}Envelope")
        found = SubElement(SubElement(reply, f"{ENVELOPE}Body"), f"{NAMESPACE}exchangeResponse")
        for name, value in (
            ("code", code),
            ("time", milliseconds(self.now)),
            ("data", json.dumps(data, ensure_ascii=False)),
        ):
            SubElement(found, f"{NAMESPACE}{name}").text = str(value)
        return Reply(200, XML, tostring(reply, "utf-8"))

    def _serve(self, signed: Signed, number: str, content: Mapping[str, object]) -> tuple[str, object]:
        lends = signed.service == KEY_SERVICE
        try:
            requester = self.requesters[(self._keys if lends else self._door).admit(signed, self.now)]
        except Refused as refused:
            return self._refusal(signed, refused.code, lends=lends), None
        if lends:
            return OK, self._lend(requester)
        if signed.service == FEEDBACK:
            requester.told.setdefault(number, content)
            return OK, None
        if number not in requester.asked:
            requester.asked[number] = self._datasets[signed.service](content)
        return OK, requester.asked[number]

    def _refusal(self, signed: Signed, code: str, *, lends: bool) -> str:
        if code == "PLATFORM_TIME":
            return TIME
        if code == "PLATFORM_SIGNATURE" and not lends and not self._lent_keys(signed.requester):
            return KEY_EXPIRED
        return code.removeprefix("PLATFORM_")

    def _lend(self, requester: Requester) -> dict[str, object]:
        lent = _Lent(secrets.token_urlsafe(24), self.now + self.key_life)
        requester.lent = [] if ExchangeFault.STALE_KEYS in self.faults else [lent]
        return {"key": lent.key, "until": milliseconds(lent.until)}

    def _secrets(self, requester: str) -> list[str]:
        found = self.requesters.get(requester)
        return [] if found is None else [found.secret]

    def _lent_keys(self, requester: str) -> list[str]:
        found = self.requesters.get(requester)
        return [] if found is None else [each.key for each in found.lent if each.until > self.now]


def demonstration() -> SandboxExchange:
    """With one service, that tells whether a unified social credit code is in its register."""
    system = SandboxExchange({"enterprise-base": lambda asked: {"found": True, "uscc": asked.get("uscc")}})
    system.register("linkage-hub")
    return system
