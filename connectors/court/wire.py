"""Columns of the court's files, by version of the template. Version 2 added 密级 and 诉讼地位; 3 the life of a listing
before its publication and after, with 基本案情 and 失信行为情况; 4 the tags of a case, with 标签说明."""

from __future__ import annotations

from connectors.kit.list_columns import Column, list_columns
from hub.canonical.exchange_codes import CaseListKind

TEMPLATES = ("court-lists/1", "court-lists/2", "court-lists/3", "court-lists/4")
_SINCE_TWO = (Column.CONFIDENTIALITY, Column.ROLE)
_SINCE_FOUR = (Column.CASE_TAGS, Column.TAG_GROUND)
_SINCE_THREE = (
    *(Column.CASE_FACTS, Column.CONDUCT),
    *(Column.RULE_VERSION, Column.DECISION_NUMBER, Column.DECIDED_ON, Column.SERVED_ON, Column.GRACE_UNTIL),
    *(Column.TERM_UNTIL, Column.DELETION_GROUND, Column.DELETION_GROUND_ON, Column.INITIATIVE),
)


def columns(template: str, kind: CaseListKind) -> tuple[Column, ...]:
    """Every column a file of the list may have, in the order of the template."""
    version = TEMPLATES.index(template) + 1
    since_four = _SINCE_FOUR if version >= 4 else ()
    if kind is CaseListKind.CONSUMPTION_RESTRICTION:
        return (*list_columns(kind), *since_four)
    since_three = _SINCE_THREE if version >= 3 and kind is CaseListKind.DISHONEST else ()
    return (*list_columns(kind), *(_SINCE_TWO if version >= 2 else ()), *since_three, *since_four)
