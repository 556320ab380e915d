"""A court at work: it opens with a full snapshot, then sends what changes, and a zero report when nothing does."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from connectors.kit.list_columns import Column
from connectors.sandbox.court.rows import Case, Unit, list_row, listing_row
from connectors.sandbox.court.system import Fault, SandboxCourt
from hub.canonical.exchange_codes import FED_LISTS, BatchKind, CaseListKind

_FIRST = 101
_PERSONS = 3
"""Listings of invented persons in the opening snapshot."""
_LIFE: tuple[dict[str, str], ...] = (
    {Column.STATUS: "已送达执行通知"},
    {Column.STATUS: "已预告知"},
    {Column.STATUS: "已决定", Column.DECISION_NUMBER: "失信决定1号"},
    {Column.STATUS: "宽限期内"},
    {Column.STATUS: "已公布"},
    {Column.STATUS: "应当删除", Column.DELETION_GROUND: "已履行或执行完毕"},
    {Column.STATUS: "已删除屏蔽", Column.DELETION_GROUND: "已履行或执行完毕"},
)
"""One listing's whole life, a step a day."""
_ROUND = 4
"""Every fourth day nothing happens."""


class DailyCourt:
    """Cases about the units given: a pending one, a terminated one and, for every third unit, a listing."""

    def __init__(self, system: SandboxCourt, region: str, units: Sequence[Unit]) -> None:
        self._system = system
        self._region = region
        self._units = units
        self._days = 0
        self._steps = 0
        self._rows: dict[CaseListKind, dict[str, dict[str, str]]] = {kind: {} for kind in FED_LISTS}

    def open(self, *, at: datetime, faults: Iterable[Fault] = ()) -> int:
        """Send everything there is as a snapshot; the batch's number."""
        for index, unit in enumerate(self._units):
            for kind in FED_LISTS:
                if kind is not CaseListKind.DISHONEST or index % 3 == 0:
                    self._add(kind, unit, at)
        for _ in range(_PERSONS):
            self._add(CaseListKind.DISHONEST, None, at)
        return self.snapshot(at=at, faults=faults)

    def snapshot(self, *, at: datetime, faults: Iterable[Fault] = ()) -> int:
        lists = {kind: list(rows.values()) for kind, rows in self._rows.items()}
        return self._system.send(lists, at=at, kind=BatchKind.SNAPSHOT, faults=faults)

    def day(self, *, at: datetime, faults: Iterable[Fault] = ()) -> int:
        """One day's batch: a new case of the next unit, the oldest pending one closed, a listing's next step, or a zero
        report."""
        self._days += 1
        if self._days % _ROUND == 0:
            return self._system.zero_report(at=at)
        unit = self._units[self._days % len(self._units)]
        new = self._add(CaseListKind.PENDING, unit, at)
        changed = [new]
        pending = self._rows[CaseListKind.PENDING]
        name, oldest = next(iter(pending.items()))
        if oldest is not new:
            del pending[name]
            changed.append(self._told_again(oldest, at))
        lists = {CaseListKind.PENDING: changed, CaseListKind.DISHONEST: self._step(at)}
        return self._system.send({kind: rows for kind, rows in lists.items() if rows}, at=at, faults=faults)

    def _step(self, at: datetime) -> list[dict[str, str]]:
        """What the court tells today of the listing whose life it goes through; nothing once that has ended."""
        if self._steps == len(_LIFE):
            return []
        case = Case(_FIRST - 1, self._system.court_code, self._region, at.year)
        named: dict[str, str] = {
            Column.MESSAGE_ID: f"{case.court_code}-L-{self._steps}-{at:%y%m%d%H%M%S}",
            Column.SEQUENCE: str(self._steps + 1),
        }
        row = {**listing_row(case, self._units[-1], at), **_LIFE[self._steps], **named}
        self._steps += 1
        standing = self._rows[CaseListKind.DISHONEST]
        standing[case.case_number] = row
        if self._steps == len(_LIFE):
            del standing[case.case_number]
        return [row]

    def _add(self, kind: CaseListKind, unit: Unit | None, at: datetime) -> dict[str, str]:
        number = _FIRST + sum(map(len, self._rows.values())) + self._days * len(FED_LISTS)
        case = Case(number, self._system.court_code, self._region, at.year)
        if kind is CaseListKind.DISHONEST or unit is None:
            row = listing_row(case, unit, at)
        else:
            row = list_row(kind, case, unit, at)
        self._rows[kind][row[Column.CASE_NUMBER]] = row
        return row

    @staticmethod
    def _told_again(row: dict[str, str], at: datetime) -> dict[str, str]:
        return {
            **row,
            Column.MESSAGE_ID: f"{row[Column.MESSAGE_ID]}-2",
            Column.SEQUENCE: "2",
            Column.OCCURRED_AT: at.isoformat(),
            Column.STATUS: "已退出",
        }
