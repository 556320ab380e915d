"""Listings matched with the catalogue: what may be taken against each, by whom; what the law commands on exact identity
may be ordered at once (自动惩戒), a name alone never."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from hub.canonical.exchange_codes import CheckMode
from hub.canonical.punishment_codes import MeasureLevel, MeasureStatus, MeasureTarget
from hub.core.clock import local_date
from hub.core.ids import new_id
from hub.db.bulk import among, insert_new
from hub.db.models import DishonestyRecord, JointPunishmentMeasure, MeasureAssignment, Subject
from hub.policy.pack import PolicyPack
from hub.punishment.catalogue import Measure, PunishmentPolicy
from hub.punishment.duties import standing_on
from hub.punishment.measures import described
from hub.workflow.rows import within

M = JointPunishmentMeasure


async def match_measures(
    session: AsyncSession, pack: PolicyPack, records: Sequence[UUID], at: datetime
) -> Sequence[Any]:
    """Enter what the catalogue has for listings that stand and that have not been matched with it; rows of id, tenant,
    version, listing, path, state."""
    policy = PunishmentPolicy(pack)
    measures = policy.measures(local_date(at))
    if not measures:
        return []
    rows = await session.execute(
        select(DishonestyRecord, Subject)
        .join(Subject, Subject.id == DishonestyRecord.subject_id)
        .where(among(DishonestyRecord.id, records))
    )
    known = await _known(session, records)
    duties: dict[UUID, Mapping[str, list[UUID]]] = {}
    made: list[dict[str, Any]] = []
    for record, subject in rows.tuples():
        if record.jurisdiction_id not in duties:
            duties[record.jurisdiction_id] = await _duties(session, record.jurisdiction_path, local_date(at))
        new = [each for each in measures if each.code not in known[record.id]]
        made += [row for each in new for row in _of(each, policy, record, subject, duties[record.jurisdiction_id], at)]
    await insert_new(session, M, made)
    return await _entered(session, [row["id"] for row in made])


def _of(
    measure: Measure,
    policy: PunishmentPolicy,
    record: DishonestyRecord,
    subject: Subject,
    duties: Mapping[str, list[UUID]],
    at: datetime,
) -> Iterator[dict[str, Any]]:
    """One measure for each who carries it out; the hub knows one person by name, others a person must name."""
    carriers: list[UUID | None] = [record.court_id] if measure.court_only else [*duties.get(measure.code, ())] or [None]
    persons: dict[MeasureTarget, str | None] = {MeasureTarget.UNIT: None}
    if record.legal_representative:
        persons[MeasureTarget.LEGAL_REPRESENTATIVE] = record.legal_representative
    for target in policy.targets(measure):
        if target not in persons:
            continue
        said = described(measure, policy, record, subject, target=target)
        for carrier in carriers:
            ordered = policy.automatic and carrier is not None and not measure.court_only and _commanded(said)
            yield {
                "id": new_id(),
                **within(record),
                **said,
                "status": MeasureStatus.ORDERED if ordered else MeasureStatus.MATCHED,
                "automatic": ordered,
                "ordered_at": at if ordered else None,
                "person_name": persons[target],
                "implementer_id": carrier,
                "interception_count": 0,
                "feedback_count": 0,
                "urge_count": 0,
                "escalation_level": 0,
                "lift_due_provisional": False,
                "version": 1,
                "status_since": at,
                "created_at": at,
                "updated_at": at,
            }


def _commanded(said: Mapping[str, Any]) -> bool:
    """The law commands it, who it is is certain, and nobody else has to approve it."""
    return (
        said["level"] is MeasureLevel.MANDATORY
        and said["match_mode"] is CheckMode.EXACT_ID
        and not said["needs_approval"]
    )


async def _known(session: AsyncSession, records: Sequence[UUID]) -> defaultdict[UUID, set[str]]:
    """Codes each listing has been matched with. What an earlier end of the listing ended does not count."""
    rows = await session.execute(select(M.record_id, M.code).where(among(M.record_id, records), M.ending.is_(None)))
    known: defaultdict[UUID, set[str]] = defaultdict(set)
    for record, code in rows.tuples():
        known[record].add(code)
    return known


async def _duties(session: AsyncSession, path: str, today: date) -> Mapping[str, list[UUID]]:
    """Who carries out which measure in a place, by its own word or that of a place above it."""
    row = MeasureAssignment
    rows = await session.execute(
        select(row.code, row.organization_id, row.jurisdiction_path)
        .where(standing_on(today), row.valid_from <= today)
        .order_by(row.code, row.organization_id)
    )
    found: defaultdict[str, list[UUID]] = defaultdict(list)
    for code, organization, covered in rows.tuples():
        if path.startswith(covered):
            found[code].append(organization)
    return found


async def _entered(session: AsyncSession, ids: Sequence[UUID]) -> Sequence[Any]:
    rows = await session.execute(
        select(M.id, M.tenant_id, M.version, M.record_id, M.jurisdiction_path, M.status).where(among(M.id, ids))
    )
    return rows.all()
