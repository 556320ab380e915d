"""For every connector: how to stand it before a sandbox system that speaks its protocol."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from shutil import rmtree
from typing import Protocol

from connectors.court.connector import CourtConnector
from connectors.sandbox.court.rows import Case, Unit, list_row, listing_row
from connectors.sandbox.court.system import Fault, SandboxCourt
from hub.canonical.connector import Connector
from hub.canonical.exchange_codes import CaseListKind
from hub.core.clock import SHANGHAI

NOW = datetime(2026, 6, 15, 10, 0, tzinfo=SHANGHAI)


class Rig(Protocol):
    """A connector and its system. ``send`` hands in two rows; ``broken`` makes what is sent not add up."""

    connector: Connector

    def send(self, *, broken: bool = False) -> int: ...

    def waiting(self) -> int:
        """Things that lie at the system for the hub."""
        ...

    def answers(self) -> int:
        """Receipts the system has got."""
        ...

    def told(self) -> int:
        """Other things the system was handed."""
        ...

    def lose(self) -> None:
        """Take the system away."""
        ...


@dataclass
class CourtRig:
    root: Path

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


RIGS: dict[str, Callable[[Path], Rig]] = {"court": CourtRig}
"""By the name of the connector's folder."""
