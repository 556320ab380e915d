"""A credit platform from its link."""

from __future__ import annotations

from collections.abc import Callable

from connectors.credit.connector import CreditConnector
from connectors.credit.wire import EXCHANGE, Mode
from connectors.kit.links import Link, database_store, file_store, service_store, signing_key
from connectors.kit.store import Store
from hub.canonical.connector import Connector

KIND = "credit"
_STORES: dict[Mode, Callable[[Link], Store]] = {
    Mode.FILE: file_store,
    Mode.DATABASE: lambda link: database_store(link, EXCHANGE),
    Mode.SERVICE: service_store,
}


def credit_platform(link: Link) -> Connector:
    """``region`` (GB/T 2260), ``mode``, ``signing_key`` (PEM), and the section of the mode. Raises ``Refused``."""
    region, key = link.region(), signing_key(link)
    mode = link.made("mode", lambda: Mode(link.text("mode")))
    return CreditConnector(region, mode, _STORES[mode](link), key)
