"""Overdue lists as they are compiled and moved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import or_, select

from hub.audit.catalogue import AuditAction
from hub.audit.recorder import Target
from hub.canonical.exchange_codes import STANDING
from hub.canonical.punishment_codes import OverdueListCapacity, OverdueListStatus
from hub.canonical.supervision_codes import NOTICE_RUNNING, NoticeStatus
from hub.core.errors import Reason, Refused, refuse_if
from hub.core.ids import new_id
from hub.core.payload import find_problems
from hub.db.bulk import among, insert_rows
from hub.db.models import (
    DishonestyRecord,
    OverdueList,
    OverdueListEntry,
    OverdueListParty,
    Subject,
    SupervisionNotice,
)
from hub.punishment.facts import is_credit_office
from hub.punishment.overdue.facts import load_overdue_facts, overdue_actors
from hub.punishment.overdue.payloads import OverdueListDraft
from hub.punishment.overdue.workflow import OVERDUE
from hub.workflow.firing import Course, announce, fire
from hub.workflow.rows import locked, place, placed_in, within
from hub.workflow.unit import Unit

COURSE = Course("OverdueList", AuditAction.OVERDUE_LIST_TRANSITION, "overduelist")
C = OverdueListCapacity


@dataclass(frozen=True, slots=True)
class _Entry:
    record_id: UUID
    court_id: UUID
    organization_id: UUID
    notice_id: UUID


async def compile_overdue_list(unit: Unit, draft: OverdueListDraft) -> UUID:
    """A list by the credit office. Raises ``Refused`` with every entry that is no listed public body, or whose
    supervision notice is not overdue."""
    refuse_if(find_problems(draft))
    jurisdiction = await place(unit, draft.jurisdiction_code)
    if unit.principal.on_behalf_of is not None or not is_credit_office(unit.principal, jurisdiction.path):
        raise Refused(Reason("MEASURE_OFFICE_ONLY", ("jurisdictionCode",)))
    asked = list(dict.fromkeys(draft.record_ids))
    entries = await _overdue(unit, asked, jurisdiction.path)
    refuse_if(
        Reason("OVERDUE_ENTRY_UNFIT", ("recordIds", at), {"position": at + 1})
        for at, key in enumerate(draft.record_ids)
        if key not in entries
    )
    pack = await unit.policy.pack(unit.session, jurisdiction.id, unit.today)
    row = OverdueList(
        id=new_id(),
        status=OverdueListStatus.COMPILED,
        issuer_id=unit.organization_id,
        title=draft.title.strip(),
        clause=pack.basis("overdue_list.approver").clause,
        created_at=unit.at,
        **placed_in(jurisdiction),
    )
    unit.session.add(row)
    await unit.session.flush()
    await _enter(unit, row, [entries[key] for key in asked])
    target = Target("OverdueList", row.id, row.jurisdiction_path)
    await unit.audit(AuditAction.OVERDUE_LIST_COMPILED, target, entries=len(asked))
    await announce(unit, COURSE, row, "compiled")
    return row.id


async def _overdue(unit: Unit, records: Sequence[UUID], path: str) -> dict[UUID, _Entry]:
    """Listed public bodies of the place that let a notice about their listing pass, with that notice."""
    notice, record = SupervisionNotice, DishonestyRecord
    passed = or_(
        notice.status.in_((NoticeStatus.ESCALATED, NoticeStatus.CLOSED_UNRESOLVED)),
        notice.status.in_(NOTICE_RUNNING) & (notice.due_at < unit.at) & ~notice.due_provisional,
    )
    rows = await unit.session.execute(
        select(record.id, record.court_id, Subject.organization_id, notice.id)
        .join(Subject, Subject.id == record.subject_id)
        .join(notice, notice.record_id == record.id)
        .where(
            among(record.id, records),
            record.government_subject,
            record.status.in_(STANDING),
            record.jurisdiction_path.startswith(path, autoescape=True),
            Subject.organization_id.is_not(None),
            passed,
        )
        .order_by(notice.due_at)
    )
    return {key: _Entry(key, court, unit_, by) for key, court, unit_, by in rows.tuples() if unit_ is not None}


async def _enter(unit: Unit, row: OverdueList, entries: Sequence[_Entry]) -> None:
    told = {"list_id": row.id, "tenant_id": row.tenant_id, "jurisdiction_path": row.jurisdiction_path}
    parties = {**{each.court_id: C.COURT for each in entries}, row.issuer_id: C.ISSUER}
    await insert_rows(
        unit.session,
        OverdueListParty,
        [{**told, "organization_id": key, "capacity": capacity} for key, capacity in parties.items()],
    )
    await insert_rows(
        unit.session,
        OverdueListEntry,
        [
            {
                "id": new_id(),
                "list_id": row.id,
                "record_id": each.record_id,
                "court_id": each.court_id,
                "organization_id": each.organization_id,
                "notice_id": each.notice_id,
                **within(row),
            }
            for each in entries
        ],
    )


async def fire_overdue_list(
    unit: Unit, list_id: UUID, event: str, payload: object, *, expected_version: int | None = None
) -> OverdueList:
    """Move a list along its table."""
    row: OverdueList = await locked(unit, OverdueList, list_id)
    facts = (await load_overdue_facts(unit.session, unit.policy, unit.principal, [row], unit.at))[row.id]
    await fire(
        unit,
        OVERDUE,
        COURSE,
        row,
        event,
        payload,
        actors=overdue_actors(unit.principal, row, facts),
        facts=facts,
        expected_version=expected_version,
    )
    return row
