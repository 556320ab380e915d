"""The only writer of cases and of the lists of pending cases and terminated executions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import case, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from hub.canonical.exchange_codes import Confidentiality
from hub.canonical.records import CaseTold, ListEntry
from hub.core.ids import new_id
from hub.db.bulk import among, upsert_rows
from hub.db.models import CaseListEntry, CaseListEntryParty, LegalCase
from hub.subjects.home import Home
from hub.subjects.mirroring import Mirror, Told

_FACTS = ("procedure", "cause", "filed_on", "closed_on", "confidentiality")


@dataclass(frozen=True, slots=True)
class ToldCase:
    """A case with when its source says so, and when the hub heard of it."""

    case: CaseTold
    occurred_at: datetime
    received_at: datetime

    @property
    def order(self) -> tuple[str, datetime]:
        return self.case.case_number, self.occurred_at


async def keep_cases(session: AsyncSession, home: Home, cases: Sequence[ToldCase]) -> dict[str, UUID]:
    """Ids by case number; a case told of again keeps what is not told this time, and what was told of it later."""
    told = {each.case.case_number: each for each in sorted(cases, key=lambda each: each.order)}
    rows = [
        {
            "id": new_id(),
            **home.placed,
            "court_id": home.organization_id,
            "case_number": number,
            **{name: getattr(each.case, name) for name in _FACTS},
            "source": home.source,
            "occurred_at": each.occurred_at,
            "received_at": each.received_at,
        }
        for number, each in told.items()
    ]
    await upsert_rows(
        session,
        LegalCase,
        rows,
        key=("tenant_id", "court_id", "case_number"),
        changes=_changes,
        where=lambda new, old: new.occurred_at >= old.occurred_at,
    )
    found = await session.execute(
        select(LegalCase.case_number, LegalCase.id).where(
            LegalCase.tenant_id == home.tenant_id,
            LegalCase.court_id == home.organization_id,
            among(LegalCase.case_number, told),
        )
    )
    return dict(found.tuples().all())


def _changes(new: Any, old: Any) -> dict[str, Any]:
    """What is not told this time stays; a case that has become confidential loses what was known of it."""
    changed: dict[str, Any] = {name: func.coalesce(new[name], old[name]) for name in _FACTS}
    changed["cause"] = case((new.confidentiality == Confidentiality.NORMAL, changed["cause"]), else_=None)
    changed |= {name: new[name] for name in ("source", "occurred_at", "received_at")}
    return {**changed, "updated_at": func.now()}


def _row(key: UUID, told: Told[ListEntry], home: Home) -> dict[str, object]:
    record = told.record
    return {
        "id": key,
        **told.mirrored(home),
        "list_kind": record.list_kind,
        "status": record.status,
        "case_id": told.case_id,
        "subject_id": told.subject.subject_id,
        "court_id": home.organization_id,
        "case_number": record.case.case_number,
        "role": record.role,
        "government_subject": told.subject.government,
        "claim_amount_fen": record.claim_amount_fen,
        "listed_on": record.listed_on,
    }


MIRROR: Mirror[ListEntry] = Mirror(CaseListEntry, CaseListEntryParty, "entry_id", type_="caselist.changed", row=_row)
