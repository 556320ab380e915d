"""The bank's list interface, and the list as its loan system has it."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from xml.etree.ElementTree import Element, SubElement, tostring

from defusedxml.ElementTree import fromstring

from connectors.bank.connector import HEADER, SERVICE, TAKEN, WAITING
from connectors.kit.national import Doorkeeper, Signed
from connectors.sandbox.serving import XML, HttpSandbox, Reply
from hub.canonical.broadcasts import rows_digest
from hub.core.clock import Clock, system_clock
from hub.core.errors import Refused

ENVELOPE = "{http://schemas.xmlsoap.org/soap/envelope/}"
NAMESPACE = "{urn:linkage-hub:bank}"
Row = dict[str, str]


class BankFault(StrEnum):
    MUTE = "MUTE"
    """Takes everything and never acknowledges."""
    PICKY = "PICKY"
    """Cannot use the first row of a broadcast."""
    FORGETFUL = "FORGETFUL"
    """Acknowledges another content than it was sent."""


@dataclass
class Broadcast:
    kind: str
    rows: list[Row]
    chases: int = 0
    times: int = 1


@dataclass
class SandboxBank(HttpSandbox):
    """``listed`` is the list by record; ``taken`` every broadcast by number, each used once."""

    name = "bank"
    clock: Clock = system_clock
    faults: set[BankFault] = field(default_factory=set)
    listed: dict[str, Row] = field(default_factory=dict)
    taken: dict[int, Broadcast] = field(default_factory=dict)

    def __post_init__(self) -> None:
        super().__init__()
        self.account, self.secret = "linkage-hub", secrets.token_urlsafe(24)
        self._door = Doorkeeper(lambda name: [self.secret] if name == self.account else [], frozenset({SERVICE}))

    def answer(self, path: str, headers: Mapping[str, str], body: bytes) -> Reply:  # noqa: ARG002 - all is in the body
        envelope = fromstring(body)
        header = envelope.find(f"{ENVELOPE}Header/{HEADER}")
        signed = Signed.of({each.tag: each.text or "" for each in ([] if header is None else header)}, "")
        try:
            self._door.admit(signed, self.clock())
        except Refused as refused:
            return _reply(_fault(refused.code), 500)
        (call,) = envelope.find(f"{ENVELOPE}Body")
        number = int(call.findtext(f"{NAMESPACE}number"))
        match call.tag.removeprefix(NAMESPACE):
            case "broadcast":
                return _reply(self._take(number, call))
            case "chase":
                self.taken[number].chases += 1
                return _reply(_element("taken", code=TAKEN))
            case _:
                return _reply(self._acknowledge(number))

    def _take(self, number: int, call: Element) -> Element:
        rows = [
            {cell.tag.removeprefix(NAMESPACE): cell.text or "" for cell in row} for row in call.iter(f"{NAMESPACE}row")
        ]
        told = (int(call.findtext(f"{NAMESPACE}count") or -1), call.findtext(f"{NAMESPACE}digest"))
        if told != (len(rows), rows_digest(rows)):
            return _element("taken", code="DAMAGED")
        if number in self.taken:
            self.taken[number].times += 1
            return _element("taken", code=TAKEN)
        self.taken[number] = Broadcast(call.findtext(f"{NAMESPACE}kind") or "", rows)
        if self.taken[number].kind == "SNAPSHOT":
            self.listed.clear()
        for row in rows[1:] if BankFault.PICKY in self.faults else rows:
            if row["state"] == "LISTED":
                self.listed[row["record"]] = row
            else:
                self.listed.pop(row["record"], None)
        return _element("taken", code=TAKEN)

    def _acknowledge(self, number: int) -> Element:
        if number not in self.taken or BankFault.MUTE in self.faults:
            return _element("acknowledged", code=WAITING)
        rows = self.taken[number].rows
        digest = rows_digest([] if BankFault.FORGETFUL in self.faults else rows)
        if BankFault.PICKY not in self.faults or not rows:
            return _element("acknowledged", code="ACCEPTED", digest=digest)
        found = _element("acknowledged", code="REFUSED", digest=digest)
        refusal = SubElement(found, f"{NAMESPACE}refusal")
        for name, value in (("record", rows[0]["record"]), ("code", "CUSTOMER_UNKNOWN")):
            SubElement(refusal, f"{NAMESPACE}{name}").text = value
        return found


def _element(name: str, **children: str) -> Element:
    found = Element(f"{NAMESPACE}{name}")
    for child, value in children.items():
        SubElement(found, f"{NAMESPACE}{child}").text = value
    return found


def _fault(code: str) -> Element:
    found = Element(f"{ENVELOPE}Fault")
    SubElement(found, "faultcode").text = f"e:{code}"
    SubElement(found, "faultstring").text = code
    return found


def _reply(content: Element, status: int = 200) -> Reply:
    envelope = Element(f"{ENVELOPE}Envelope")
    SubElement(envelope, f"{ENVELOPE}Body").append(content)
    return Reply(status, XML, tostring(envelope, "utf-8"))
