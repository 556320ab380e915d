"""For every connector: how to stand it before a sandbox system that speaks its protocol."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from shutil import rmtree
from typing import Any, Protocol

from connectors.bank.connector import BankConnector
from connectors.calendar.connector import CalendarFeed
from connectors.court.connector import CourtConnector
from connectors.exchange.connector import ExchangeConnector
from connectors.exchange.wire import RestWire, SoapWire, Wire
from connectors.kit.calling import Caller
from connectors.kit.keyed import Identity, Instants
from connectors.notification.mail import MailConnector
from connectors.notification.sms import SmsConnector
from connectors.sandbox.bank.system import SandboxBank
from connectors.sandbox.calendar.system import SandboxCalendar
from connectors.sandbox.court.rows import Case, Unit, list_row, listing_row
from connectors.sandbox.court.system import Fault, SandboxCourt
from connectors.sandbox.exchange.system import KEY_SERVICE, SandboxExchange
from connectors.sandbox.notification.mail import SandboxMail
from connectors.sandbox.notification.sms import SandboxSms
from connectors.sandbox.serving import HttpSandbox
from hub.canonical.connector import Connector, Outgoing
from hub.canonical.exchange_codes import CaseListKind
from hub.core.clock import SHANGHAI
from hub.core.egress.addresses import AddressGuard, networks_of
from hub.core.egress.client import Bounds

NOW = datetime(2026, 6, 15, 10, 0, tzinfo=SHANGHAI)


class Rig(Protocol):
    """A connector and its system. ``lines`` is the system's end of the wire where that is a network's."""

    connector: Any
    lines: HttpSandbox | SandboxMail | None

    def told(self) -> int:
        """Things the system was handed."""
        ...

    def lose(self) -> None:
        """Take the system away."""
        ...


class PullRig(Rig, Protocol):
    """A system that hands lists in. ``send`` hands in two rows; ``broken`` makes what is sent not add up."""

    connector: Connector

    def send(self, *, broken: bool = False) -> int: ...

    def waiting(self) -> int:
        """Things that lie at the system for the hub."""
        ...

    def answers(self) -> int:
        """Receipts the system has got."""
        ...


@dataclass
class CourtRig:
    root: Path
    lines = None

    def __post_init__(self) -> None:
        self.system = SandboxCourt(self.root, "豫0825", sign=True)
        self.connector: Connector = CourtConnector("豫0825", self.root)

    def send(self, *, broken: bool = False) -> int:
        unit = Unit("温县公安局", "11410825000000000B")
        case = Case(self.system.last_batch + 1, "豫0825", "410825")
        lists = {
            CaseListKind.DISHONEST: [listing_row(case, unit, NOW)],
            CaseListKind.PENDING: [list_row(CaseListKind.PENDING, case, unit, NOW)],
        }
        return self.system.send(lists, at=NOW, faults=[Fault.BAD_CHECKSUM] if broken else [])

    def waiting(self) -> int:
        return len(list(self.system.folder.incoming.iterdir()))

    def answers(self) -> int:
        return len(self.system.receipts())

    def told(self) -> int:
        out = self.system.folder.root / "out"
        return len(list(out.iterdir())) if out.exists() else 0

    def lose(self) -> None:
        rmtree(self.system.folder.root)


SERVICE = "enterprise-base"
BOUNDS = Bounds(connect=0.2, total=0.25, response=20_000)
CALLER = Caller(AddressGuard(networks_of(("127.0.0.1/32",)), plain_http=True), BOUNDS)


@dataclass
class ExchangeRig:
    wire: Callable[[str, Caller], Wire]

    def __post_init__(self) -> None:
        self.lines = SandboxExchange({SERVICE: self._register}, clock=lambda: NOW).start()
        self.asked = 0
        secret = self.lines.register("hub")
        self.identity = Identity("hub", secret, KEY_SERVICE, lambda: NOW)
        self.connector = ExchangeConnector("national", self.wire(self.lines.url, CALLER), self.identity)

    def _register(self, question: Mapping[str, object]) -> object:
        self.asked += 1
        return {"uscc": question["uscc"], "name": "温县公安局", "times": self.asked}

    def told(self) -> int:
        return len(self.lines.requesters["hub"].told)

    def lose(self) -> None:
        self.lines.stop()


class CalendarRig:
    def __init__(self) -> None:
        self.lines = SandboxCalendar([2026, 2027]).start()
        self.connector = CalendarFeed(self.lines.url, CALLER)

    def told(self) -> int:
        return 0

    def lose(self) -> None:
        self.lines.stop()


class BankRig:
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

    def lose(self) -> None:
        self.lines.stop()


class MailRig:
    def __init__(self) -> None:
        self.lines = SandboxMail().start()
        self.connector = MailConnector(self.lines.url, "hub@wenxian.test", "", CALLER)

    def outgoing(self, key: str) -> Outgoing:
        return Outgoing(key, "notification", {"subject": "预警", "text": "有1项预警"}, to="li@wenxian.test")

    def told(self) -> int:
        return len(self.lines.mails)

    def lose(self) -> None:
        self.lines.stop()


class SmsRig:
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


PULLING: dict[str, Callable[[Path], PullRig]] = {"court": CourtRig}
RIGS: dict[str, Callable[[Path], Rig]] = {
    **PULLING,
    "bank": lambda _: BankRig(),
    "calendar": lambda _: CalendarRig(),
    "exchange": lambda _: ExchangeRig(RestWire),
    "notification, mail": lambda _: MailRig(),
    "notification, SMS": lambda _: SmsRig(),
    "exchange, SOAP": lambda _: ExchangeRig(SoapWire),
}
"""By the name of the connector's folder, and the way it speaks where there are several."""
