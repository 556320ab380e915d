"""Every connector there is, as configured: one line for each kind of system."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

import structlog

from connectors.bank import lists as bank
from connectors.civil_affairs import connector as civil
from connectors.court.connector import CourtConnector
from connectors.court.pushed import pushers_at
from connectors.credit import links as credit
from connectors.finance import connector as finance
from connectors.kit.folder import safe_name
from connectors.kit.links import Link
from connectors.market import connector as market
from connectors.tax import connector as tax
from hub.canonical.addresses import MarketRegister
from hub.canonical.campaign import CampaignBank
from hub.canonical.connector import Connector
from hub.canonical.finance import FinanceSystem
from hub.canonical.marriage import CivilAffairs
from hub.canonical.tax import TaxSystem
from hub.core.errors import Refused

log = structlog.get_logger("hub.connectors")

LINKED: dict[str, Callable[[Link], Connector]] = {credit.KIND: credit.credit_platform}
"""By the ``kind`` of a link, of systems that hand lists in."""
OTHERS: dict[str, Callable[[Link], Any]] = {
    bank.KIND: bank.campaign_bank,
    civil.KIND: civil.civil_affairs,
    finance.KIND: finance.finance,
    market.KIND: market.market_register,
    tax.KIND: tax.tax_authority,
}
"""Of systems that do not: what they can do is their own protocol's."""


def connectors_at(ferry: Path, links: Path) -> list[Connector]:
    """The courts whose ferry folders lie under ``ferry``, each named by its court code (``豫0825``), and the systems
    that the TOML files in ``links`` lead to. A link that is wrong is told of and left out; the others work."""
    _open_for_pushed(ferry, links)
    return [*_courts(ferry), *_linked(links)]


def _open_for_pushed(ferry: Path, links: Path) -> None:
    """A court whose lists are pushed gets a folder as well: there it finds what came of them."""
    try:
        codes = {code for pusher in pushers_at(links).values() for code in pusher.courts}
    except Refused as refused:
        log.warning("pushers are left out", reasons=[(each.code, *each.path) for each in refused.reasons], alarm=True)
        return
    for code in filter(safe_name, codes):
        (ferry / code / "in").mkdir(parents=True, exist_ok=True)


def _courts(ferry: Path) -> Iterator[Connector]:
    if ferry.is_dir():
        for code in sorted(path.name for path in ferry.iterdir() if path.is_dir() and safe_name(path.name)):
            yield CourtConnector(code, ferry)


def civil_affairs_at(links: Path) -> list[CivilAffairs]:
    """The marriage registration authorities that the TOML files in ``links`` lead to."""
    return list(_linked(links, civil.KIND))


def campaign_banks_at(links: Path) -> list[CampaignBank]:
    """The banks that hand in lists of cases, by the TOML files in ``links``."""
    return list(_linked(links, bank.KIND))


def finance_systems_at(links: Path) -> list[FinanceSystem]:
    """The budget systems of finance departments that the TOML files in ``links`` lead to."""
    return list(_linked(links, finance.KIND))


def market_registers_at(links: Path) -> list[MarketRegister]:
    """The registers of enterprises that the TOML files in ``links`` lead to."""
    return list(_linked(links, market.KIND))


def tax_systems_at(links: Path) -> list[TaxSystem]:
    """The credit systems of tax authorities that the TOML files in ``links`` lead to."""
    return list(_linked(links, tax.KIND))


def _linked(links: Path, *kinds: str) -> Iterator[Any]:
    """Of these kinds; without any, of those that hand lists in. A link that is wrong is told of and left out."""
    for path in sorted(links.glob("*.toml")):
        try:
            kind = Link(path).text("kind")
            if kind in kinds if kinds else kind not in OTHERS:
                yield linked(path, path.stat().st_mtime_ns)
        except Refused as refused:
            reasons = [(each.code, *each.path) for each in refused.reasons]
            log.warning("a link is left out", link=path.name, reasons=reasons, alarm=True)


@lru_cache(maxsize=1_000)
def linked(path: Path, changed: int) -> Any:  # noqa: ARG001 - a file that has changed is read again
    """The system of a link, one object for as long as its file stays: connections and breakers outlast a round.

    Raises ``Refused`` (LINK_*).
    """
    link = Link(path)
    make = (LINKED | OTHERS).get(link.text("kind"))
    if make is None:
        raise link.wrong("kind")
    return make(link)
