"""The sandbox's credit platforms: one in each mode, the links that lead to them, and what they do each round."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from shutil import rmtree

from sqlalchemy import URL

from connectors.sandbox.court.rows import Case, Unit, listing_row
from connectors.sandbox.credit.batches import FarEnd, Fault
from connectors.sandbox.credit.database import DatabaseEnd
from connectors.sandbox.credit.files import FileEnd
from connectors.sandbox.credit.http import ServiceEnd
from connectors.sandbox.credit.links import write_link
from connectors.sandbox.credit.system import SandboxPlatform
from hub.canonical.exchange_codes import CaseListKind
from hub.cli.output import say
from hub.core.clock import system_clock

DATABASE = "credit_sandbox"
_RELAYED = 9001
"""Number of the case that only the platform tells of, in each of its modes."""


@dataclass(frozen=True, slots=True)
class Platforms:
    """``case`` and ``unit`` are what they relay."""

    modes: dict[str, SandboxPlatform]
    case: Case
    unit: Unit

    def open(self, faults: Iterable[Fault]) -> None:
        """Each mode tells of the same listing: the hub has it once."""
        now = system_clock()
        row = listing_row(self.case, self.unit, now)
        for mode, platform in self.modes.items():
            number = platform.send({CaseListKind.DISHONEST: [row]}, at=now, faults=faults)
            say(f"信用平台 (platform) {mode}  批次 (batch) {number}  {self.case.case_number}")

    def answer(self) -> None:
        """Answer the rows that the hub has handed over."""
        for mode, platform in self.modes.items():
            answered = platform.answer_rows()
            if answered:
                say(f"信用平台 (platform) {mode}  收到并回执 (rows received and answered) {answered}")


@contextmanager
def platforms(home: Path, links: Path, server: URL, case: Case, unit: Unit) -> Iterator[Platforms]:
    """Three platforms of the region while the block runs; their links are taken away at its end."""
    rmtree(home / "in", ignore_errors=True)
    with (
        closing(FileEnd(home)) as file,
        closing(DatabaseEnd(server, DATABASE)) as database,
        closing(ServiceEnd()) as service,
    ):
        ends: dict[str, FarEnd] = {"file": file, "database": database, "service": service}
        last = _next(home / "last-batch")
        modes = {mode: SandboxPlatform(case.region, end, last) for mode, end in ends.items()}
        written = [write_link(links, platform) for platform in modes.values()]
        say(f"SFTP  {file.address}")
        say(f"前置库 (exchange database)  {database.address(database.reader)}")
        say(f"服务 (service)  {service.address}")
        say(f"链路已写入 (links written to) {links}；另一中枢可复制后以 HUB_LINKS 指向 (another hub: HUB_LINKS)")
        try:
            yield Platforms(modes, Case(_RELAYED, case.court_code, case.region, case.year), unit)
        finally:
            for link in written:
                for path in links.glob(f"{link.stem}.*"):
                    path.unlink()


def _next(kept: Path) -> int:
    """The last number that was used: a platform that is started again goes on from there."""
    last = int(kept.read_text()) if kept.exists() else 0
    kept.write_text(str(last + 1))
    return last
