"""What a bank may be told: listings that are published, of bodies, within its own jurisdiction.

Natural persons are left out (a bank checks them one by one), as is everything above L1: no name of a person, no amount.
Listings that are announced, decided or in grace are nobody's to know but the parties'; the list of those lifted holds
nothing but the record. Of a unit on an approved overdue list that the financial office circulated, that is told too.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Subquery, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from hub.canonical.exchange_codes import Confidentiality, DishonestyStatus, MirrorStatus, SubjectType
from hub.core.clock import local_date
from hub.db.models import (
    DishonestyRecord,
    LegalCase,
    Organization,
    OverdueList,
    OverdueListEntry,
    OverdueListParty,
    Subject,
    WebhookEndpoint,
)
from hub.evidence.digests import canonical

LIMIT = "LIMIT_FINANCING"
Record = DishonestyRecord


@dataclass(frozen=True, slots=True)
class TellableRow:
    """One listing as a bank is told it."""

    id: UUID
    cells: dict[str, str]

    @property
    def digest(self) -> str:
        """Hexadecimal SHA-256."""
        return hashlib.sha256(canonical(self.cells)).hexdigest()


def tellable(endpoint: WebhookEndpoint) -> tuple[ColumnElement[bool], ...]:
    """Conditions on the record, its subject and its case."""
    return (
        Record.tenant_id == endpoint.tenant_id,
        Record.jurisdiction_path.startswith(endpoint.jurisdiction_path, autoescape=True),
        Record.status == DishonestyStatus.PUBLISHED,
        Record.mirror_status == MirrorStatus.ACTIVE,
        Subject.kind != SubjectType.NATURAL,
        LegalCase.confidentiality == Confidentiality.NORMAL,
    )


async def tellable_rows(
    session: AsyncSession, endpoint: WebhookEndpoint, among: Collection[UUID] | None = None
) -> list[TellableRow]:
    """The rows, by key; of some records, or of all."""
    overdue = _circulated()
    statement = (
        select(
            Record.id,
            Subject.name,
            Subject.uscc,
            Record.case_number,
            Organization.name,
            Record.grounds,
            Record.published_on,
            overdue.c.approved_at,
        )
        .join(Subject, (Subject.id == Record.subject_id) & (Subject.tenant_id == Record.tenant_id))
        .join(LegalCase, (LegalCase.id == Record.case_id) & (LegalCase.tenant_id == Record.tenant_id))
        .join(Organization, Organization.id == Record.court_id)
        .outerjoin(overdue, overdue.c.record_id == Record.id)
        .where(*tellable(endpoint))
        .order_by(Record.id)
    )
    if among is not None:
        statement = statement.where(Record.id.in_(among))
    return [
        TellableRow(
            key,
            {
                "record": str(key),
                "state": "LISTED",
                "name": name,
                "uscc": uscc or "",
                "caseNumber": number,
                "court": court,
                "grounds": ",".join(map(str, grounds)),
                "publishedOn": "" if published is None else published.isoformat(),
                **_limited(approved),
            },
        )
        for key, name, uscc, number, court, grounds, published, approved in await session.execute(statement)
    ]


def _circulated() -> Subquery:
    """Listings of units on overdue lists that were circulated, with when the government last approved one."""
    entry, party = OverdueListEntry, OverdueListParty
    return (
        select(entry.record_id, func.max(OverdueList.approved_at).label("approved_at"))
        .join(OverdueList, (OverdueList.id == entry.list_id) & (OverdueList.tenant_id == entry.tenant_id))
        .join(party, (party.list_id == entry.list_id) & (party.tenant_id == entry.tenant_id))
        .where(party.circulated_at.is_not(None))
        .group_by(entry.record_id)
        .subquery()
    )


def _limited(approved: datetime | None) -> dict[str, str]:
    """What the approved list asks of a bank (新信用发〔2018〕6号 二（五）)."""
    return {} if approved is None else {"overdueApprovedOn": local_date(approved).isoformat(), "measure": LIMIT}


def lifted_row(record: UUID) -> dict[str, str]:
    """What is told of a record that is off the list."""
    return {"record": str(record), "state": "LIFTED"}
