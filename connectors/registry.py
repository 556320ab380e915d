"""Every connector there is, as configured: one line for each kind of system."""

from __future__ import annotations

from pathlib import Path

from connectors.calendar.connector import CalendarFeed
from connectors.court.connector import CourtConnector
from connectors.exchange.connector import ExchangeConnector
from connectors.exchange.wire import RestWire, SoapWire
from connectors.kit.calling import Caller
from connectors.kit.folder import safe_name
from connectors.kit.keyed import Identity
from hub.canonical.connector import Asked, Connector, Fetched


def connectors_at(ferry: Path) -> list[Connector]:
    """The courts whose ferry folders lie under ``ferry``, each named by its court code (``豫0825``)."""
    if not ferry.is_dir():
        return []
    codes = sorted(path.name for path in ferry.iterdir() if path.is_dir() and safe_name(path.name))
    return [CourtConnector(code, ferry) for code in codes]


def exchange_platform(name: str, url: str, identity: Identity, caller: Caller, *, prefix: str, soap: bool) -> Asked:
    """The exchange platform at an address, by REST or SOAP."""
    return ExchangeConnector(name, (SoapWire if soap else RestWire)(url.rstrip("/"), caller, prefix), identity)


def calendar_feed(url: str, caller: Caller) -> Fetched:
    """The feed of the working calendar at an address."""
    return CalendarFeed(url, caller)
