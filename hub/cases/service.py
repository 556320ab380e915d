"""The only writer of cases and of the lists of pending cases and terminated executions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import case, func, select, tuple_
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from hub.canonical.exchange_codes import Confidentiality
from hub.canonical.records import CaseTold, ListEntry
from hub.core.ids import new_id
from hub.db.models import CaseListEntry, CaseListEntryParty, LegalCase
from hub.subjects.home import Home
from hub.subjects.mirroring import Told, Verdict, kept_rows, row_ids, tell_parties, verdict

_FACTS = ("procedure", "cause", "filed_on", "closed_on", "confidentiality")


async def keep_cases(session: AsyncSession, home: Home, cases: Sequence[CaseTold]) -> dict[str, UUID]:
    """Ids by case number; a case told of again keeps what is not told this time."""
    told = {each.case_number: each for each in sorted(cases, key=lambda each: each.case_number)}
    statement = insert(LegalCase).values(
        [
            {
                "id": new_id(),
                **home.placed,
                "court_id": home.organization_id,
                "case_number": number,
                **{name: getattr(each, name) for name in _FACTS},
            }
            for number, each in told.items()
        ]
    )
    new, old = statement.excluded, LegalCase.__table__.c
    changed: dict[str, Any] = {name: func.coalesce(new[name], old[name]) for name in _FACTS}
    # A case that has become confidential loses what was known of it.
    changed["cause"] = case((new.confidentiality == Confidentiality.NORMAL, changed["cause"]), else_=None)
    await session.execute(
        statement.on_conflict_do_update(
            index_elements=["tenant_id", "court_id", "case_number"],
            set_={**changed, "updated_at": func.now()},
            where=tuple_(*(new[name] for name in _FACTS)).is_distinct_from(tuple_(*(old[name] for name in _FACTS))),
        )
    )
    rows = await session.execute(
        select(LegalCase.case_number, LegalCase.id).where(
            LegalCase.tenant_id == home.tenant_id,
            LegalCase.court_id == home.organization_id,
            LegalCase.case_number.in_(told),
        )
    )
    return dict(rows.tuples().all())


async def apply_entries(session: AsyncSession, home: Home, told: Sequence[Told[ListEntry]]) -> list[Verdict]:
    """Bring the mirror to what was told, where that is newer; what came of each."""
    kept = await kept_rows(session, CaseListEntry, home, [each.key for each in told])
    verdicts = [verdict(each, kept.get(each.key)) for each in told]
    newer = [each for each, found in zip(told, verdicts, strict=True) if found is Verdict.NEWER]
    if newer:
        ids = row_ids(newer, kept)
        rows = [_row(key, each, home) for key, each in zip(ids, newer, strict=True)]
        statement = insert(CaseListEntry).values(rows)
        changed = {name: statement.excluded[name] for name in rows[0] if name not in _FIXED}
        await session.execute(
            statement.on_conflict_do_update(
                index_elements=["tenant_id", "source", "source_key"], set_={**changed, "updated_at": func.now()}
            )
        )
        parties = [(key, each.subject, each.record.listed_on) for key, each in zip(ids, newer, strict=True)]
        await tell_parties(session, CaseListEntryParty, "entry_id", home, parties)
    return verdicts


_FIXED = frozenset({"id", "tenant_id", "jurisdiction_id", "jurisdiction_path", "source", "source_key"})


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
