"""Every sandbox system that listens on a socket of its own: one line each, for whoever starts them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from connectors.holder.shape import shape_names
from connectors.sandbox.bank.system import BankFault, SandboxBank
from connectors.sandbox.calendar.system import CalendarFault, SandboxCalendar
from connectors.sandbox.civil_affairs.system import CivilFault, SandboxCivilAffairs
from connectors.sandbox.exchange.system import ExchangeFault, SandboxExchange, demonstration
from connectors.sandbox.finance.system import FinanceFault, SandboxFinance
from connectors.sandbox.holders.street import HolderStreet
from connectors.sandbox.market import system as market
from connectors.sandbox.notification.mail import SandboxMail
from connectors.sandbox.notification.sms import SandboxSms, SmsFault
from connectors.sandbox.serving import WireFault
from connectors.sandbox.tax.system import SandboxTax, TaxFault

_DESTINATION = "hub destinations add {channel} --organization 单位全称 --url {url} --account {account}"


@dataclass(frozen=True, slots=True)
class Startable:
    """``start(port)`` listens at once (0: any port); ``how`` are the settings or commands that bring a hub to it;
    ``faults`` are its own, besides those of the wire."""

    start: Callable[[int], Any]
    how: Callable[[Any], list[str]]
    faults: type[StrEnum] | None = None

    def fault(self, running: Any, name: str) -> bool:
        """Inject a fault by its name; False where it cannot go wrong in this way."""
        if isinstance(running, HolderStreet):
            return running.fault(name)
        if name in {each.value for each in running.can_fault}:
            running.wire_faults.add(WireFault(name))
        elif self.faults is not None and name in self.faults.__members__:
            running.faults.add(self.faults(name))
        else:
            return False
        return True


def _exchange(system: SandboxExchange) -> list[str]:
    secret = system.requesters["linkage-hub"].secret
    return [f"HUB_EXCHANGE__URL={system.url}", f"HUB_EXCHANGE__SECRET={secret}"]


def _bank(system: SandboxBank) -> list[str]:
    return _destination("BANK", system.url, system.account, system.secret)


def _mail(system: SandboxMail) -> list[str]:
    return [_DESTINATION.format(channel="EMAIL", url=system.url, account="hub@sandbox.test")]


def _sms(system: SandboxSms) -> list[str]:
    return _destination("SMS", system.url, system.account, system.secret)


def _destination(channel: str, url: str, account: str, secret: str) -> list[str]:
    command = _DESTINATION.format(channel=channel, url=url, account=account)
    return [f"HUB_DESTINATION_SECRET={secret} {command}"]


def _calendar(system: SandboxCalendar) -> list[str]:
    return [f"HUB_CALENDAR_URL={system.url}"]


def _years() -> list[int]:
    year = date.today().year  # noqa: DTZ011 - the years around now, wherever that is
    return [year, year + 1]


def _linked(system: SandboxCivilAffairs | SandboxFinance | SandboxTax | market.SandboxMarket) -> list[str]:
    return [f"HUB_LINKS={system.write_link(Path(mkdtemp(prefix='sandbox-links-'))).parent}"]


def _civil_affairs(port: int) -> SandboxCivilAffairs:
    return SandboxCivilAffairs("410825", Path(mkdtemp(prefix="sandbox-civil-")), port).answering()


def _finance(port: int) -> SandboxFinance:
    return SandboxFinance("410825", Path(mkdtemp(prefix="sandbox-finance-")), port).answering()


def _tax(port: int) -> SandboxTax:
    return SandboxTax("410825", Path(mkdtemp(prefix="sandbox-tax-")), port).answering()


SANDBOXES: dict[str, Startable] = {
    "bank": Startable(lambda port: SandboxBank().start(port), _bank, BankFault),
    "calendar": Startable(lambda port: SandboxCalendar(_years()).start(port), _calendar, CalendarFault),
    "civil-affairs": Startable(_civil_affairs, _linked, CivilFault),
    "exchange": Startable(lambda port: demonstration().start(port), _exchange, ExchangeFault),
    "finance": Startable(_finance, _linked, FinanceFault),
    "holders": Startable(lambda port: HolderStreet(shape_names()).start(port), HolderStreet.how),
    "market": Startable(lambda port: market.demonstration().start(port), _linked, market.MarketFault),
    "mail": Startable(lambda port: SandboxMail().start(port), _mail),
    "tax": Startable(_tax, _linked, TaxFault),
    "sms": Startable(lambda port: SandboxSms().start(port), _sms, SmsFault),
}
