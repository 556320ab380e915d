"""The only writer of listings. It mirrors a court's decision and never makes one."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from hub.canonical.records import Listing
from hub.db.bulk import upsert_rows
from hub.db.models import DishonestyRecord, DishonestyRecordParty
from hub.subjects.home import Home
from hub.subjects.mirroring import (
    MIRROR_KEY,
    Told,
    Verdict,
    kept_rows,
    mirror_changes,
    row_ids,
    tell_parties,
    verdict,
)

_FACTS = (
    "status",
    "mirror_status",
    "legal_representative",
    "execution_basis",
    "basis_unit",
    "duty",
    "performance",
    "listed_on",
    "published_on",
    "deleted_on",
)


async def apply_listings(session: AsyncSession, home: Home, told: Sequence[Told[Listing]]) -> list[Verdict]:
    """Bring the mirror to what was told, where that is newer; what came of each."""
    kept = await kept_rows(session, DishonestyRecord, home, [each.key for each in told])
    verdicts = [verdict(each, kept.get(each.key)) for each in told]
    newer = [each for each, found in zip(told, verdicts, strict=True) if found is Verdict.NEWER]
    if newer:
        ids = row_ids(newer, kept)
        rows = [_row(key, each, home) for key, each in zip(ids, newer, strict=True)]
        await upsert_rows(session, DishonestyRecord, rows, key=MIRROR_KEY, changes=mirror_changes(rows[0]))
        parties = [(key, each.subject, each.record.listed_on) for key, each in zip(ids, newer, strict=True)]
        await tell_parties(session, DishonestyRecordParty, "record_id", home, parties)
    return verdicts


def _row(key: UUID, told: Told[Listing], home: Home) -> dict[str, object]:
    record = told.record
    return {
        "id": key,
        **told.mirrored(home),
        "case_id": told.case_id,
        "subject_id": told.subject.subject_id,
        "court_id": home.organization_id,
        "case_number": record.case.case_number,
        "government_subject": told.subject.government,
        "grounds": list(record.grounds),
        **{name: getattr(record, name) for name in _FACTS},
    }
