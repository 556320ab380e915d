"""Columns of the court's files, by version of the template. Version 2 added 密级 and 诉讼地位."""

from __future__ import annotations

from connectors.kit.list_columns import Column, list_columns
from hub.canonical.exchange_codes import CaseListKind

TEMPLATES = ("court-lists/1", "court-lists/2")
_SINCE_TWO = (Column.CONFIDENTIALITY, Column.ROLE)


def columns(template: str, kind: CaseListKind) -> tuple[Column, ...]:
    """Every column a file of the list may have, in the order of the template."""
    return (*list_columns(kind), *(_SINCE_TWO if template == TEMPLATES[1] else ()))
