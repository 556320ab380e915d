"""For every connector: how to stand it before a sandbox system that speaks its protocol."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from shutil import rmtree
from typing import Protocol

import pytest
from sqlalchemy import URL, make_url

from connectors.court.connector import CourtConnector
from connectors.credit.wire import RECORD
from connectors.registry import linked
from connectors.sandbox.court.rows import Case, Unit, list_row, listing_row
from connectors.sandbox.court.system import Fault, SandboxCourt
from connectors.sandbox.credit.batches import FarEnd
from connectors.sandbox.credit.batches import Fault as CreditFault
from connectors.sandbox.credit.database import DatabaseEnd
from connectors.sandbox.credit.files import FileEnd
from connectors.sandbox.credit.http import ServiceEnd
from connectors.sandbox.credit.links import write_link
from connectors.sandbox.credit.system import SandboxPlatform
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

    def answer_rows(self, refuse: str) -> int:
        """Let the system answer the rows it was fed, refusing the one of that record; how many there were."""
        ...

    def lose(self) -> None:
        """Take the system away; harmless when done twice."""
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

    def answer_rows(self, refuse: str) -> int:
        raise NotImplementedError(refuse)

    def lose(self) -> None:
        rmtree(self.system.folder.root, ignore_errors=True)


class CreditRig:
    """A platform and a link to it, as the registry reads it."""

    def __init__(self, folder: Path, end: FarEnd) -> None:
        self.system = SandboxPlatform("410825", end)
        self.link = write_link(folder / "links", self.system, seconds=5)
        self.connector: Connector = linked(self.link, self.link.stat().st_mtime_ns)

    def send(self, *, broken: bool = False) -> int:
        case = Case(self.system.last_batch + 1, "豫0825", "410825")
        unit = Unit("温县公安局", "11410825000000000B")
        lists = {
            CaseListKind.DISHONEST: [listing_row(case, unit, NOW)],
            CaseListKind.PENDING: [list_row(CaseListKind.PENDING, case, unit, NOW)],
        }
        return self.system.send(lists, at=NOW, faults=[CreditFault.BAD_CHECKSUM] if broken else [])

    def waiting(self) -> int:
        return self.system.end.waiting()

    def answers(self) -> int:
        return len(self.system.receipts())

    def told(self) -> int:
        return len(self.system.end.documents("out"))

    def answer_rows(self, refuse: str) -> int:
        return self.system.answer_rows(lambda row: "不符" if row[RECORD] == refuse else None)

    def lose(self) -> None:
        self.system.end.close()


class Exchanges:
    """The exchange databases of a module, made once and emptied for each test: PostgreSQL, and MariaDB where there is
    one."""

    def __init__(self, server: URL, name: str) -> None:
        self._server = server
        self._name = name
        self._ends: dict[str, DatabaseEnd] = {}

    def postgresql(self) -> DatabaseEnd:
        return self._end("postgresql", self._server)

    def mariadb(self) -> DatabaseEnd:
        return self._end("mariadb", mariadb_server())

    def has(self, rig: Rig) -> bool:
        return isinstance(rig, CreditRig) and rig.system.end in self._ends.values()

    def _end(self, kind: str, server: URL) -> DatabaseEnd:
        known = self._ends.get(kind)
        if known is None or known.closed:
            self._ends[kind] = DatabaseEnd(server, self._name)
        else:
            known.empty()
        return self._ends[kind]

    def close(self) -> None:
        for end in self._ends.values():
            end.close()


def mariadb_server() -> URL:
    """The server of ``HUB_TEST_MARIADB_URL`` (``mariadb://user:password@host:port/``); without it the test is skipped,
    and the run says so at its end."""
    url = os.environ.get("HUB_TEST_MARIADB_URL")
    if not url:
        pytest.skip(NO_MARIADB)
    return make_url(url).set(drivername="mariadb+aiomysql")


NO_MARIADB = "MARIADB NOT PROVEN: set HUB_TEST_MARIADB_URL; the same statements are run on PostgreSQL"

RIGS: dict[str, Callable[[Path, Exchanges], Rig]] = {
    "court": lambda folder, _: CourtRig(folder),
    "credit/file": lambda folder, _: CreditRig(folder, FileEnd(folder / "platform")),
    "credit/database": lambda folder, exchanges: CreditRig(folder, exchanges.postgresql()),
    "credit/database-mariadb": lambda folder, exchanges: CreditRig(folder, exchanges.mariadb()),
    "credit/service": lambda folder, _: CreditRig(folder, ServiceEnd()),
}
"""By the name of the connector's folder, and its mode where it has several."""
