"""The two ways to speak to the platform; both carry the same four signed values and the same answer."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Protocol

from connectors.kit.calling import Caller
from connectors.kit.national import PREFIX, Signed
from connectors.kit.soap import SoapFaultError, SoapService, header_of
from hub.canonical.codes import DeliveryFault
from hub.canonical.connector import Unreachable

OK, KEY_EXPIRED, TIME = "OK", "KEY_EXPIRED", "TIME"
"""Codes that the hub acts on; any other is the platform's no."""
HEADER = "tongtechheader"
"""Element of the SOAP header that holds the four values."""
WSDL = Path(__file__).parent / "exchange.wsdl"
BINDING = "{urn:linkage-hub:exchange}ExchangeBinding"
_CODE = re.compile(r"[A-Z][A-Z0-9_]{0,39}")


@dataclass(frozen=True, slots=True)
class Answer:
    """``time`` is the platform's clock in milliseconds, None where it did not say."""

    code: str
    data: object
    time: int | None


class Wire(Protocol):
    def exchange(self, signed: Signed, number: str, content: Mapping[str, object]) -> Answer:
        """One request. ``number`` is the business number (业务流水号). Raises ``Unreachable``."""
        ...


@dataclass(frozen=True, slots=True)
class RestWire:
    """Headers differ in their prefix from province to province."""

    url: str
    caller: Caller
    prefix: str = PREFIX

    def exchange(self, signed: Signed, number: str, content: Mapping[str, object]) -> Answer:
        body = {"number": number, "content": content}
        return _answer(self.caller.post_json(f"{self.url}/rest", body, signed.headers(self.prefix)))


@dataclass(frozen=True, slots=True)
class SoapWire:
    url: str
    caller: Caller
    prefix: str = PREFIX

    def exchange(self, signed: Signed, number: str, content: Mapping[str, object]) -> Answer:
        header = partial(header_of, HEADER, signed.headers(self.prefix))
        service = SoapService(WSDL, BINDING, f"{self.url}/soap", self.caller, header)
        try:
            found = service.call("exchange", number=number, content=json.dumps(content, ensure_ascii=False))
        except SoapFaultError:
            raise Unreachable.by(DeliveryFault.STATUS) from None
        if not isinstance(found, dict):
            raise Unreachable.by(DeliveryFault.GARBLED)
        return _answer({**found, "data": _parsed(found.get("data"))})


def _answer(found: Mapping[str, object]) -> Answer:
    code, time = found.get("code"), found.get("time")
    if not isinstance(code, str) or not _CODE.fullmatch(code):
        raise Unreachable.by(DeliveryFault.GARBLED)
    return Answer(code, found.get("data"), time if isinstance(time, int) and not isinstance(time, bool) else None)


def _parsed(text: object) -> object:
    try:
        return None if text is None else json.loads(str(text))
    except (ValueError, RecursionError):
        raise Unreachable.by(DeliveryFault.GARBLED) from None
