"""Which cases are told to the credit bureau: enterprises that have stood listed for longer than the notice waits."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from hub.canonical.exchange_codes import Confidentiality, DishonestyStatus, MirrorStatus, SubjectType
from hub.canonical.records import UnexecutedCase
from hub.db.models import DishonestyRecord, LegalCase, Organization, Subject
from hub.subjects.home import Home


async def long_unexecuted(session: AsyncSession, home: Home, *, published_by: date) -> Sequence[UnexecutedCase]:
    """Listings of the court that it still holds published, of enterprises known by their code; of public bodies, of
    natural persons and of confidential cases none."""
    record = DishonestyRecord
    rows: Any = await session.execute(
        select(
            Subject.uscc,
            Subject.name,
            record.case_number,
            record.execution_basis,
            Organization.name,
            record.grounds,
            record.conduct,
            record.performance,
            record.published_on,
        )
        .join(Subject, (Subject.id == record.subject_id) & (Subject.tenant_id == record.tenant_id))
        .join(LegalCase, (LegalCase.id == record.case_id) & (LegalCase.tenant_id == record.tenant_id))
        .join(Organization, Organization.id == record.court_id)
        .where(
            record.tenant_id == home.tenant_id,
            record.source == home.source,
            record.status == DishonestyStatus.PUBLISHED,
            record.mirror_status == MirrorStatus.ACTIVE,
            record.published_on <= published_by,
            record.government_subject.is_(False),
            Subject.kind == SubjectType.LEGAL,
            Subject.uscc.is_not(None),
            LegalCase.confidentiality == Confidentiality.NORMAL,
        )
        .order_by(record.published_on, record.case_number, Subject.uscc)
    )
    return [UnexecutedCase(*row) for row in rows]
