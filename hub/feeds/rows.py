"""A mirrored row as other systems are told of it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import rfc8785

from hub.canonical.connector import FedRow
from hub.canonical.exchange_codes import ENDED, CaseListKind, DishonestyStatus, MirrorStatus


def fed_row(row: Any) -> FedRow:
    """Of a row of ``choosing``, with its digest: the SHA-256 of its canonical JSON (RFC 8785)."""
    return _digested(
        FedRow(
            record=str(row.id),
            digest="",
            list_kind=row.list_kind,
            case_number=row.case_number,
            subject_name=row.name,
            uscc=row.uscc,
            status=row.status,
            listed_on=row.listed_on.isoformat(),
            published_on=_day(row.published_on),
            deleted_on=_day(row.deleted_on),
        )
    )


def withdrawn_row(record: UUID, kind: CaseListKind) -> FedRow:
    """What is told of a record that must not be told of any more: its key, and that it has ended."""
    empty = {"case_number": "", "subject_name": "", "uscc": "", "listed_on": ""}
    return _digested(FedRow(record=str(record), digest="", list_kind=kind, status=ENDED[kind], **empty))


def _digested(row: FedRow) -> FedRow:
    return replace(row, digest=hashlib.sha256(rfc8785.dumps(plain(row))).hexdigest())


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def plain(row: FedRow) -> dict[str, Any]:
    """As JSON."""
    return {
        "record": row.record,
        "digest": row.digest,
        "list_kind": row.list_kind.value,
        "case_number": row.case_number,
        "subject_name": row.subject_name,
        "uscc": row.uscc,
        "status": row.status.value,
        "listed_on": row.listed_on,
        "published_on": row.published_on,
        "deleted_on": row.deleted_on,
    }


def read_row(body: Mapping[str, Any]) -> FedRow:
    """From JSON."""
    kind = CaseListKind(body["list_kind"])
    states: type[DishonestyStatus | MirrorStatus] = DishonestyStatus if kind is CaseListKind.DISHONEST else MirrorStatus
    return FedRow(**{**body, "list_kind": kind, "status": states(body["status"])})
