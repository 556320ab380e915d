"""Every connector there is, as configured: one line for each kind of system."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path

import structlog

from connectors.court.connector import CourtConnector
from connectors.court.pushed import pushers_at
from connectors.credit import links as credit
from connectors.kit.folder import safe_name
from connectors.kit.links import Link
from hub.canonical.connector import Connector
from hub.core.errors import Refused

log = structlog.get_logger("hub.connectors")

LINKED: dict[str, Callable[[Link], Connector]] = {credit.KIND: credit.credit_platform}
"""By the ``kind`` of a link."""


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


def _linked(links: Path) -> Iterator[Connector]:
    for path in sorted(links.glob("*.toml")):
        try:
            yield linked(path, path.stat().st_mtime_ns)
        except Refused as refused:
            reasons = [(each.code, *each.path) for each in refused.reasons]
            log.warning("a link is left out", link=path.name, reasons=reasons, alarm=True)


@lru_cache(maxsize=1_000)
def linked(path: Path, changed: int) -> Connector:  # noqa: ARG001 - a file that has changed is read again
    """The system of a link, one object for as long as its file stays: connections and breakers outlast a round.

    Raises ``Refused`` (LINK_*).
    """
    link = Link(path)
    make = LINKED.get(link.text("kind"))
    if make is None:
        raise link.wrong("kind")
    return make(link)
