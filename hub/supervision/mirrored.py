"""Drafts upon what courts' lists told: a pending suit against a unit, a unit's published listing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Select, select

from hub.canonical.exchange_codes import CaseListKind, CasePartyRole, DishonestyStatus, MirrorStatus
from hub.canonical.supervision_codes import NoticeTrigger
from hub.db.models import CaseListEntry, DishonestyRecord, Subject
from hub.policy.pack import PolicyPack
from hub.subjects.home import Home
from hub.supervision.drafting import Cause, draft_upon, kind_of
from hub.supervision.policies import SupervisionPolicy
from hub.workflow.rows import within
from hub.workflow.unit import Unit

SUED = (CasePartyRole.DEFENDANT, CasePartyRole.RESPONDENT)


async def draft_upon_mirrored(unit: Unit, home: Home, pack: PolicyPack, keys: Sequence[str]) -> int:
    """Draft upon the mirrored rows of a source with these keys; how many drafts were made."""
    policy, drafted = SupervisionPolicy(pack), 0
    for trigger, rows in _wanted(policy, home, keys):
        for row, organization_id in (await unit.session.execute(rows)).tuples().all():
            cause = Cause(
                trigger=trigger,
                source_id=row.id,
                court_id=row.court_id,
                subject_id=organization_id,
                case_number=row.case_number,
                happened_on=row.listed_on,
                record_id=row.id if trigger is NoticeTrigger.LISTED else None,
                placed=within(row),
            )
            drafted += await draft_upon(unit, policy, cause) is not None
    return drafted


def _wanted(policy: SupervisionPolicy, home: Home, keys: Sequence[str]) -> Iterator[tuple[NoticeTrigger, Select[Any]]]:
    """Only what the pack has a rule for is looked for."""
    if kind_of(policy, NoticeTrigger.CASE_FILED) is not None:
        entry = CaseListEntry
        sued = _of(entry, home, keys).where(
            entry.list_kind == CaseListKind.PENDING, entry.status == MirrorStatus.ACTIVE, entry.role.in_(SUED)
        )
        yield NoticeTrigger.CASE_FILED, sued
    if kind_of(policy, NoticeTrigger.LISTED) is not None:
        record = DishonestyRecord
        listed = _of(record, home, keys).where(
            record.status == DishonestyStatus.PUBLISHED, record.mirror_status == MirrorStatus.ACTIVE
        )
        yield NoticeTrigger.LISTED, listed


def _of(model: Any, home: Home, keys: Sequence[str]) -> Select[Any]:
    """Rows about units of the hub that are public bodies, in the order of their making."""
    return (
        select(model, Subject.organization_id)
        .join(Subject, Subject.id == model.subject_id)
        .where(
            model.tenant_id == home.tenant_id,
            model.source == home.source,
            model.source_key.in_(keys),
            model.government_subject,
            Subject.organization_id.is_not(None),
        )
        .order_by(model.id)
    )
