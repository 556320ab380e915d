"""For every connector that speaks over a network: how to stand it before a sandbox system that speaks its protocol."""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp
from typing import Any, Protocol

from connectors.bank.connector import BankConnector
from connectors.calendar.connector import CalendarFeed
from connectors.exchange.connector import ExchangeConnector
from connectors.exchange.wire import RestWire, SoapWire
from connectors.exchange.wire import Wire as ExchangeWire
from connectors.holder.connector import HolderConnector
from connectors.holder.shape import Way, shape, shape_names
from connectors.holder.wires import FerryWire, PlatformWire, ServiceWire, Wire
from connectors.kit.breaker import Patience
from connectors.kit.calling import Caller
from connectors.kit.keyed import Identity, Instants
from connectors.kit.signed_calls import Service, ServiceAddress
from connectors.market.connector import MarketConnector
from connectors.notification.mail import MailConnector
from connectors.notification.sms import SmsConnector
from connectors.registry import linked
from connectors.sandbox.bank.system import SandboxBank
from connectors.sandbox.calendar.system import SandboxCalendar
from connectors.sandbox.civil_affairs.system import SandboxCivilAffairs
from connectors.sandbox.exchange.system import KEY_SERVICE, SandboxExchange
from connectors.sandbox.finance.system import SandboxFinance
from connectors.sandbox.holders.ends import CLIENT, FerryEnd, PlatformEnd, ServiceEnd
from connectors.sandbox.holders.holder import SandboxHolder
from connectors.sandbox.market.system import SandboxMarket
from connectors.sandbox.notification.mail import SandboxMail
from connectors.sandbox.notification.sms import SandboxSms
from connectors.sandbox.tax.system import SandboxTax
from hub.canonical.addresses import REFERRAL
from hub.canonical.connector import Outgoing
from hub.canonical.execution_codes import QueryType
from hub.canonical.finance import CLUE_REQUEST
from hub.canonical.marriage import BATCH
from hub.canonical.tax import STOP
from hub.core.clock import system_clock
from hub.core.egress.addresses import AddressGuard, networks_of
from hub.core.egress.client import Bounds
from tests.contracts.rigs import NOW

SERVICE = "enterprise-base"
BOUNDS = Bounds(connect=0.5, total=0.75, response=20_000)
CALLER = Caller(AddressGuard(networks_of(("127.0.0.1/32",)), plain_http=True), BOUNDS)


class Line(Protocol):
    """A connector and the system at the other end of its line."""

    connector: Any
    lines: Any

    def outgoing(self, key: str) -> Outgoing:
        """Something the system can be handed."""
        ...

    def told(self) -> int:
        """Things the system was handed."""
        ...


@dataclass
class ExchangeLine:
    wire: Callable[[str, Caller], ExchangeWire]

    def __post_init__(self) -> None:
        self.lines = SandboxExchange({SERVICE: self._register}, clock=lambda: NOW).start()
        self.asked = 0
        secret = self.lines.register("hub")
        self.identity = Identity("hub", secret, KEY_SERVICE, lambda: NOW)
        self.connector = ExchangeConnector("national", self.wire(self.lines.url, CALLER), self.identity)

    def outgoing(self, key: str) -> Outgoing:
        return Outgoing(key, "usage", {"batch": 1})

    def _register(self, question: Mapping[str, object]) -> object:
        self.asked += 1
        return {"uscc": question["uscc"], "name": "温县公安局", "times": self.asked}

    def told(self) -> int:
        return len(self.lines.requesters["hub"].told)


class CalendarLine:
    def __init__(self) -> None:
        self.lines = SandboxCalendar([2026, 2027]).start()
        self.connector = CalendarFeed(self.lines.url, CALLER)

    def outgoing(self, key: str) -> Outgoing:
        raise NotImplementedError(key)

    def told(self) -> int:
        return 0


class BankLine:
    def __init__(self) -> None:
        self.lines = SandboxBank(clock=lambda: NOW).start()
        instants = Instants(lambda: NOW)
        self.connector = BankConnector("bank", self.lines.url, self.lines.account, self.lines.secret, CALLER, instants)

    def outgoing(self, key: str) -> Outgoing:
        rows = [
            {"record": "r1", "state": "LISTED", "name": "温县城投", "uscc": "1", "caseNumber": "（2026）豫0825执1号"}
        ]
        return Outgoing(key, "bank.broadcast", {"number": int(key[1:]), "broadcastKind": "DELTA", "rows": rows})

    def told(self) -> int:
        return len(self.lines.taken)


class MailLine:
    def __init__(self) -> None:
        self.lines = SandboxMail().start()
        self.connector = MailConnector(self.lines.url, "hub@wenxian.test", "", CALLER)

    def outgoing(self, key: str) -> Outgoing:
        return Outgoing(key, "notification", {"subject": "预警", "text": "有1项预警"}, to="li@wenxian.test")

    def told(self) -> int:
        return len(self.lines.mails)


class SmsLine:
    def __init__(self) -> None:
        self.lines = SandboxSms(lambda: NOW).start()
        self.connector = SmsConnector(
            self.lines.url, self.lines.account, self.lines.secret, CALLER, Instants(lambda: NOW)
        )

    def outgoing(self, key: str) -> Outgoing:
        return Outgoing(key, "notification", {"text": "有1项预警"}, to="13800000000")

    def told(self) -> int:
        return len(self.lines.messages)

    def lose(self) -> None:
        self.lines.stop()


class HolderLine:
    """A holder behind its own service, behind the platform, or behind a ferry."""

    def __init__(self, name: str) -> None:
        self.holder = SandboxHolder(name, shape(name))
        self.lines: Any
        wire: Wire
        match self.holder.shape.way:
            case Way.SERVICE:
                self.lines = ServiceEnd(self.holder).start()
                given = ServiceAddress(
                    self.lines.url, CLIENT, self.lines.secret.encode(), CALLER.guard, BOUNDS, Patience(attempts=1)
                )
                wire = ServiceWire(Service(given))
            case Way.PLATFORM:
                service = self.holder.shape.service
                self.lines = PlatformEnd({service: self.holder}).start()
                identity = Identity(CLIENT, self.lines.secret, KEY_SERVICE, system_clock)
                wire = PlatformWire(ExchangeConnector(service, RestWire(self.lines.url, CALLER), identity), service)
            case Way.FERRY:
                self.lines = FerryEnd(self.holder, Path(mkdtemp()) / name)
                wire = FerryWire(self.lines.folder)
        self.connector = HolderConnector(name, self.holder.shape, wire, self.holder.seal_key)

    def outgoing(self, key: str) -> Outgoing:
        return outgoing_order(self.holder.shape.query_types[0], key)

    def told(self) -> int:
        if isinstance(self.lines, FerryEnd):
            self.lines.work()
        return len(self.holder.asked)


def outgoing_order(kind: QueryType, key: str, number: str = "20260615410825000001") -> Outgoing:
    """An order about a synthetic person who has things, with one document."""
    content = base64.b64encode(b"%PDF-1.7 notice").decode()
    document = {"kind": "INQUIRY_NOTICE", "document_number": "1", "filename": "notice.pdf", "content": content}
    private = {
        "kind": "NATURAL",
        "name": "沙箱人",
        "number_kind": "CITIZEN_ID",
        "subject_number": "410825199001010018",
        "court": "温县人民法院",
        "case_number": "（2026）豫0825执1号",
        "purpose": "LOCATE_PERSON",
        "purpose_text": "查找被执行人",
        "urgency": "NORMAL",
        "officer": {"certificate": "豫0825-1"},
        "documents": [document],
    }
    body = {"number": number, "query_type": kind.value, "region": "410825", "due_on": "2026-06-18"}
    return Outgoing(key, "holder.ask", body, private=private)


class CivilAffairsLine:
    """Over SFTP, from the link as the registry reads it."""

    def __init__(self) -> None:
        self._folder = TemporaryDirectory()
        self.lines = SandboxCivilAffairs("410825", Path(self._folder.name) / "civil")
        link = self.lines.write_link(Path(self._folder.name) / "links", seconds=5)
        self.connector = linked(link, link.stat().st_mtime_ns)

    def outgoing(self, key: str) -> Outgoing:
        return Outgoing(key, BATCH, {"batch": "410825-202606-1", "month": "2026-06", "items": 0, "lines": ""})

    def told(self) -> int:
        return self.lines.handed_over()


class FinanceLine:
    """Over SFTP, from the link as the registry reads it."""

    def __init__(self) -> None:
        self._folder = TemporaryDirectory()
        self.lines = SandboxFinance("410825", Path(self._folder.name) / "finance")
        link = self.lines.write_link(Path(self._folder.name) / "links", seconds=5)
        self.connector = linked(link, link.stat().st_mtime_ns)

    def outgoing(self, key: str) -> Outgoing:
        return Outgoing(key, CLUE_REQUEST, {"debtor": "温县公安局", "caseNumber": "（2026）豫0825执1号"})

    def told(self) -> int:
        return self.lines.handed_over()


class TaxLine:
    """Over SFTP, from the link as the registry reads it."""

    def __init__(self) -> None:
        self._folder = TemporaryDirectory()
        self.lines = SandboxTax("410825", Path(self._folder.name) / "tax")
        link = self.lines.write_link(Path(self._folder.name) / "links", seconds=5)
        self.connector = linked(link, link.stat().st_mtime_ns)

    def outgoing(self, key: str) -> Outgoing:
        return Outgoing(key, STOP, {"uscc": "91410825MA40ABCD1G", "caseNumber": "（2026）豫0825执1号"})

    def told(self) -> int:
        return self.lines.handed_over()


class MarketLine:
    def __init__(self) -> None:
        self.lines = SandboxMarket(clock=lambda: NOW).start()
        instants = Instants(lambda: NOW)
        self.connector = MarketConnector(
            "410825", self.lines.url, self.lines.account, self.lines.secret, CALLER, instants
        )

    def outgoing(self, key: str) -> Outgoing:
        return Outgoing(key, REFERRAL, {"uscc": "1", "addressKind": "REGISTERED_DOMICILE"})

    def told(self) -> int:
        return len(self.lines.referrals)


LINES: dict[str, Callable[[], Line]] = {
    "bank": BankLine,
    "calendar": CalendarLine,
    "civil_affairs": CivilAffairsLine,
    "finance": FinanceLine,
    "exchange/REST": lambda: ExchangeLine(RestWire),
    "exchange/SOAP": lambda: ExchangeLine(SoapWire),
    **{f"holder/{name}": partial(HolderLine, name) for name in shape_names()},
    "market": MarketLine,
    "notification/mail": MailLine,
    "notification/SMS": SmsLine,
    "tax": TaxLine,
}
"""By the name of the connector's folder, and the way it speaks where there are several."""
