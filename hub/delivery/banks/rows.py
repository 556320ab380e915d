"""What a bank may be told: listings that are published, of bodies, within its own jurisdiction.

Natural persons are left out (a bank checks them one by one), as is everything above L1: no name of a person, no amount.
Listings that are announced, decided or in grace are nobody's to know but the parties'; the list of those lifted holds
nothing but the record.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, select
from sqlalchemy.ext.asyncio import AsyncSession

from hub.canonical.exchange_codes import Confidentiality, DishonestyStatus, MirrorStatus, SubjectType
from hub.db.models import DishonestyRecord, LegalCase, Organization, Subject, WebhookEndpoint
from hub.evidence.digests import canonical

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
    statement = (
        select(
            Record.id,
            Subject.name,
            Subject.uscc,
            Record.case_number,
            Organization.name,
            Record.grounds,
            Record.published_on,
        )
        .join(Subject, (Subject.id == Record.subject_id) & (Subject.tenant_id == Record.tenant_id))
        .join(LegalCase, (LegalCase.id == Record.case_id) & (LegalCase.tenant_id == Record.tenant_id))
        .join(Organization, Organization.id == Record.court_id)
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
            },
        )
        for key, name, uscc, number, court, grounds, published in await session.execute(statement)
    ]


def lifted_row(record: UUID) -> dict[str, str]:
    """What is told of a record that is off the list."""
    return {"record": str(record), "state": "LIFTED"}
