"""What travels to and from the credit platform: templates, columns, tables."""

from __future__ import annotations

from enum import StrEnum

from connectors.kit.list_columns import Column, list_columns
from connectors.kit.mapping import ExchangeMap, ListTable
from hub.canonical.exchange_codes import FED_LISTS, CaseListKind


class Mode(StrEnum):
    """How the platform exchanges (GB/T 39443-2020): by files, by an exchange database, by a service."""

    FILE = "file"
    DATABASE = "database"
    SERVICE = "service"


TEMPLATES = ("credit-lists/1",)

RECORD, LIST, CONTENT = "记录标识", "清单", "内容摘要"
"""Columns of rows that the hub hands over, besides those of the lists."""
OUTGOING = (
    *(RECORD, LIST, CONTENT),
    *(Column.CASE_NUMBER.value, Column.SUBJECT_NAME.value, Column.USCC.value, Column.STATUS.value),
    *(Column.LISTED_ON.value, Column.PUBLISHED_ON.value, Column.DELETED_ON.value),
)

_NAMES: dict[Column, str] = {
    Column.MESSAGE_ID: "bwh",
    Column.VERSION: "bb",
    Column.SEQUENCE: "xh",
    Column.OCCURRED_AT: "fssj",
    Column.CASE_NUMBER: "ah",
    Column.PROCEDURE: "cx",
    Column.CAUSE: "ay",
    Column.FILED_ON: "larq",
    Column.CLOSED_ON: "jarq",
    Column.SUBJECT_KIND: "ztlx",
    Column.SUBJECT_NAME: "mc",
    Column.USCC: "tyshxydm",
    Column.CITIZEN_ID: "sfzhm",
    Column.STATUS: "zt",
    Column.LISTED_ON: "lrrq",
    Column.AMOUNT: "bdje",
    Column.REPRESENTATIVE: "fddbr",
    Column.BASIS: "zxyjwh",
    Column.BASIS_UNIT: "zxyjdw",
    Column.DUTY: "yw",
    Column.PERFORMANCE: "lxqk",
    Column.GROUNDS: "sxqx",
    Column.CASE_FACTS: "jbaq",
    Column.CONDUCT: "sxxwqk",
    Column.PUBLISHED_ON: "fbrq",
    Column.DELETED_ON: "scrq",
    Column.TOMBSTONE: "scbj",
}
"""Front-end databases name columns by the initials of the pinyin."""
_TABLES = {
    CaseListKind.DISHONEST: "xy_sxbzxr",
    CaseListKind.PENDING: "xy_wjaj",
    CaseListKind.TERMINATED_THIS_EXECUTION: "xy_zbaj",
}


def columns(template: str, kind: CaseListKind) -> tuple[Column, ...]:  # noqa: ARG001 - there is one template yet
    narrative = (Column.CASE_FACTS, Column.CONDUCT) if kind is CaseListKind.DISHONEST else ()
    return (*list_columns(kind), *narrative, Column.TOMBSTONE)


def _list_table(kind: CaseListKind) -> ListTable:
    named = {column: _NAMES[column] for column in columns(TEMPLATES[0], kind)}
    return ListTable(_TABLES[kind], batch="pch", row="hh", columns=named)


EXCHANGE = ExchangeMap(
    batches="xy_pc",
    lists={kind: _list_table(kind) for kind in FED_LISTS},
    documents="hub_document",
    rows="hub_row",
    outgoing={
        RECORD: "jlbs",
        LIST: "qd",
        CONTENT: "nrzy",
        **{column.value: name for column, name in _NAMES.items() if column.value in OUTGOING},
    },
    answers="xy_hz",
)
