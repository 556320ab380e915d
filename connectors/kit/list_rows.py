"""From a row of a list to the hub's terms; everything wrong with a row is told at once."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from functools import lru_cache

from connectors.kit.case_tags import tags_told
from connectors.kit.cells import CellReader
from connectors.kit.list_columns import ENVELOPE, NEEDED, Column
from hub.canonical.case_number import CaseNumber, is_case_number, parse_case_number
from hub.canonical.characters import fold
from hub.canonical.citizen_id import CitizenId, is_citizen_id, parse_citizen_id
from hub.canonical.connector import Row
from hub.canonical.exchange_codes import (
    GONE,
    AssociatedRole,
    CaseListKind,
    CasePartyRole,
    CaseProcedure,
    Confidentiality,
    DeletionGround,
    DishonestyStatus,
    ListingInitiative,
    MirrorStatus,
    SubjectType,
)
from hub.canonical.records import (
    AssociatedPerson,
    CaseTold,
    ListEntry,
    Listing,
    Message,
    Record,
    RestrictionOrder,
    SubjectTold,
)
from hub.canonical.uscc import is_uscc, parse_uscc
from hub.core.clock import local_date
from hub.core.errors import Reason, Refused, refuse_if
from hub.core.texts import label_text

CLOCK_SKEW = timedelta(minutes=10)
_RULE = "最高人民法院关于限制被执行人高消费及有关消费的若干规定第三条"
_BETWEEN = re.compile("[;；]")
_ROLES = {label_text(f"AssociatedRole.{each.value}").zh: each for each in AssociatedRole}
_GROUND, _GROUNDS = re.compile(r"[1-6]"), re.compile(r"[1-6;,、；，]")


def list_row(file: str, number: int, list_kind: CaseListKind, cells: Mapping[str, str]) -> Row:
    """A row of a list with its envelope."""
    version = cells.get(Column.VERSION, "1")
    return Row(
        file=file,
        number=number,
        list_kind=list_kind,
        cells=cells,
        envelope=ENVELOPE,
        message_id=cells.get(Column.MESSAGE_ID, "")[:100] or None,
        version=int(version) if version.isascii() and version.isdigit() and len(version) < 6 else 1,
    )


def translate_row(row: Row, court_code: str | None, *, told_at: datetime, now: datetime) -> Message:
    """``court_code`` is the court whose cases they must be; None where a system tells of several courts.

    Raises ``Refused`` with every reason; a state secret is refused before anything of it is read.
    """
    missing = [column for column in sorted(NEEDED) if column not in row.cells]
    refuse_if(Reason("CELL_REQUIRED", (column.value,), {"column": column.value}) for column in missing)
    cells = CellReader(row.cells)
    secrecy = cells.choice(Column.CONFIDENTIALITY, Confidentiality, Confidentiality.NORMAL)
    if secrecy is Confidentiality.STATE_SECRET:
        raise Refused(Reason("STATE_SECRET_REFUSED", (Column.CONFIDENTIALITY,)))
    reader = _RowReader(cells, court_code, secrecy or Confidentiality.NORMAL, now)
    record = reader.record(row.list_kind)
    message_id = cells.text(Column.MESSAGE_ID, 100)
    occurred_at = cells.instant(Column.OCCURRED_AT)
    if message_id is not None and occurred_at is None and not cells.has(Column.OCCURRED_AT):
        cells.reasons.append(Reason("CELL_REQUIRED", (Column.OCCURRED_AT,), {"column": Column.OCCURRED_AT.value}))
    if occurred_at is not None and occurred_at > now + CLOCK_SKEW:
        cells.reasons.append(Reason("MESSAGE_FROM_THE_FUTURE", (Column.OCCURRED_AT,)))
    version = cells.integer(Column.VERSION, 1, 10_000)
    sequence = cells.integer(Column.SEQUENCE, 0, 2**53)
    refuse_if(cells.reasons)
    return Message(message_id, version, sequence, occurred_at or told_at, record)


class _RowReader:
    def __init__(self, cells: CellReader, court_code: str | None, secrecy: Confidentiality, now: datetime) -> None:
        self._cells = cells
        self._court_code = court_code
        self._secrecy = secrecy
        self._today = _day_of(now)

    @property
    def _open(self) -> bool:
        """Of what is confidential only the shell is taken in: number, court, subject, state."""
        return self._secrecy is Confidentiality.NORMAL

    def record(self, kind: CaseListKind) -> Record:
        if kind is CaseListKind.DISHONEST:
            return self.listing()
        return self.order() if kind is CaseListKind.CONSUMPTION_RESTRICTION else self.entry(kind)

    def order(self) -> Record:
        """An order that restricts consumption; one that is lifted says when and why."""
        cells = self._cells
        status = cells.choice(Column.STATUS, MirrorStatus) or MirrorStatus.ACTIVE
        case, subject = self._case(), self._subject()
        asked: tuple[Column, ...] = (Column.LIFTED_ON, Column.LIFT_REASON) if status is MirrorStatus.ENDED else ()
        exempted = (Column.EXEMPTED_ON, Column.EXEMPTION_REASON)
        asked += exempted if any(map(cells.has, exempted)) else ()
        cells.reasons += [
            Reason("CELL_REQUIRED", (column.value,), {"column": column.value})
            for column in asked
            if not cells.has(column)
        ]
        return RestrictionOrder(
            status=status,
            case=case,
            subject=subject,
            order_number=cells.required(Column.ORDER_NUMBER, 100) or "",
            listed_on=self._listed_on(),
            legal_basis=cells.text(Column.ORDER_BASIS, 200) or _RULE,
            persons=self._persons() if self._open else (),
            exempted_on=cells.day(Column.EXEMPTED_ON),
            exemption_reason=cells.text(Column.EXEMPTION_REASON, 200) if self._open else None,
            lifted_on=cells.day(Column.LIFTED_ON),
            lift_reason=cells.text(Column.LIFT_REASON, 200),
        )

    def _persons(self) -> tuple[AssociatedPerson, ...]:
        """``角色/姓名/公民身份号码/点名`` of each, with ``；`` between; the number may be empty."""
        told = self._cells.text(Column.PERSONS, 2000)
        return tuple(found for each in _BETWEEN.split(told or "") if each.strip() and (found := self._person(each)))

    def _person(self, told: str) -> AssociatedPerson | None:
        role_told, name, number, named = ([part.strip() for part in told.split("/")] + [""] * 4)[:4]
        role = _ROLES.get(role_told)
        if role is None or not 2 <= len(name) <= 100:
            self._cells.wrong(Column.PERSONS, "；".join(f"{each}/姓名/公民身份号码" for each in _ROLES))
            return None
        if role is AssociatedRole.FINANCE_HEAD and named != "点名":
            self._cells.reasons.append(Reason("FINANCE_HEAD_UNNAMED", (Column.PERSONS,)))
            return None
        return AssociatedPerson(role, name, self._citizen_id(number, Column.PERSONS) if number else None)

    def entry(self, kind: CaseListKind) -> Record:
        cells = self._cells
        case, subject = self._case(), self._subject()
        return ListEntry(
            list_kind=kind,
            status=cells.choice(Column.STATUS, MirrorStatus) or MirrorStatus.ACTIVE,
            case=case,
            subject=subject,
            role=cells.choice(Column.ROLE, CasePartyRole, CasePartyRole.JUDGMENT_DEBTOR)
            or CasePartyRole.JUDGMENT_DEBTOR,
            listed_on=self._listed_on(),
            claim_amount_fen=cells.fen(Column.AMOUNT) if self._open else None,
        )

    def listing(self) -> Record:
        cells = self._cells
        status = cells.choice(Column.STATUS, DishonestyStatus) or DishonestyStatus.PUBLISHED
        case, subject = self._case(), self._subject()
        if status in (DishonestyStatus.EXEC_FILED, DishonestyStatus.REPAIRED, DishonestyStatus.ARCHIVED):
            cells.wrong(Column.STATUS, "法院所报状态 (a state that courts tell)")
        if status is DishonestyStatus.PUBLISHED and not cells.has(Column.PUBLISHED_ON):
            cells.reasons.append(Reason("CELL_REQUIRED", (Column.PUBLISHED_ON,), {"column": Column.PUBLISHED_ON.value}))
        return Listing(
            status=status,
            mirror_status=MirrorStatus.ENDED if status in GONE else MirrorStatus.ACTIVE,
            case=case,
            subject=subject,
            grounds=self._grounds(),
            case_facts=cells.text(Column.CASE_FACTS, 4000) if self._open else None,
            conduct=cells.text(Column.CONDUCT, 4000) if self._open else None,
            listed_on=self._listed_on(),
            legal_representative=cells.text(Column.REPRESENTATIVE, 100) if self._open else None,
            execution_basis=cells.text(Column.BASIS, 200),
            basis_unit=cells.text(Column.BASIS_UNIT, 200),
            duty=cells.text(Column.DUTY, 4000) if self._open else None,
            performance=cells.text(Column.PERFORMANCE, 200) if self._open else None,
            published_on=cells.day(Column.PUBLISHED_ON),
            deleted_on=cells.day(Column.DELETED_ON),
            rule_version=cells.text(Column.RULE_VERSION, 20),
            decision_number=cells.text(Column.DECISION_NUMBER, 100),
            decided_on=cells.day(Column.DECIDED_ON),
            served_on=cells.day(Column.SERVED_ON),
            grace_until=cells.day(Column.GRACE_UNTIL),
            term_until=cells.day(Column.TERM_UNTIL),
            deletion_ground=cells.choice(Column.DELETION_GROUND, DeletionGround)
            if cells.has(Column.DELETION_GROUND)
            else None,
            deletion_ground_on=cells.day(Column.DELETION_GROUND_ON),
            initiative=cells.choice(Column.INITIATIVE, ListingInitiative) if cells.has(Column.INITIATIVE) else None,
        )

    def _listed_on(self) -> date:
        cells = self._cells
        if not cells.has(Column.LISTED_ON):
            cells.reasons.append(Reason("CELL_REQUIRED", (Column.LISTED_ON,), {"column": Column.LISTED_ON.value}))
        return cells.day(Column.LISTED_ON) or self._today

    def _case(self) -> CaseTold:
        cells = self._cells
        told = cells.required(Column.CASE_NUMBER, 100)
        number = self._case_number(told) if told else ""
        return CaseTold(
            case_number=number,
            procedure=cells.choice(Column.PROCEDURE, CaseProcedure, CaseProcedure.EXECUTION),
            cause=cells.text(Column.CAUSE, 200) if self._open else None,
            filed_on=cells.day(Column.FILED_ON),
            closed_on=cells.day(Column.CLOSED_ON),
            confidentiality=self._secrecy,
            tags=tags_told(cells) if self._open else None,
        )

    def _case_number(self, told: str) -> str:
        if self._court_code and is_case_number(told, self._court_code, today=self._today):
            return told
        try:
            parsed = parse_case_number(
                told,
                today=self._today,
                path=(Column.CASE_NUMBER,),
                known=(self._court_code,) if self._court_code else (),
            )
        except Refused as refused:
            self._cells.reasons += refused.reasons
            return ""
        if self._court_code and isinstance(parsed, CaseNumber) and parsed.court_code != self._court_code:
            params = {"expected": self._court_code, "found": parsed.court_code}
            self._cells.reasons.append(Reason("CASE_OF_ANOTHER_COURT", (Column.CASE_NUMBER,), params))
        return str(parsed)

    def _subject(self) -> SubjectTold:
        cells = self._cells
        kind = cells.choice(Column.SUBJECT_KIND, SubjectType, SubjectType.LEGAL) or SubjectType.LEGAL
        name = cells.required(Column.SUBJECT_NAME, 200)
        code, number = cells.text(Column.USCC, 40), cells.text(Column.CITIZEN_ID, 40)
        if kind is SubjectType.NATURAL:
            if number is None:
                cells.reasons.append(Reason("SUBJECT_IDENTITY_MISSING", (Column.CITIZEN_ID,)))
                return SubjectTold(kind, name)
            return SubjectTold(kind, name, citizen_id=self._citizen_id(number))
        return SubjectTold(kind, name, uscc=None if code is None else self._uscc(code))

    def _citizen_id(self, told: str, column: Column = Column.CITIZEN_ID) -> CitizenId | None:
        if is_citizen_id(told, today=self._today):
            return CitizenId(told)
        try:
            return parse_citizen_id(told, today=self._today, path=(column,))
        except Refused as refused:
            self._cells.reasons += refused.reasons
            return None

    def _uscc(self, told: str) -> str | None:
        if is_uscc(told):
            return told
        try:
            return parse_uscc(told, path=(Column.USCC,)).value
        except Refused as refused:
            self._cells.reasons += refused.reasons
            return None

    def _grounds(self) -> tuple[int, ...]:
        told = self._cells.text(Column.GROUNDS, 50)
        if told is None:
            return ()
        found = _grounds(told)
        if not found:
            self._cells.wrong(Column.GROUNDS, "1;2;3;4;5;6")
        return found


_day_of = lru_cache(maxsize=8)(local_date)


@lru_cache(maxsize=1_024)
def _grounds(told: str) -> tuple[int, ...]:
    """Codes of a cell; none where it says anything else."""
    found = _GROUNDS.sub("", fold(told))
    return () if found else tuple(sorted({int(each) for each in _GROUND.findall(fold(told))}))
