"""Cases that a court calls those of an administrative organ, against a body that no unit of the register is: a person
is told to look, and nothing else follows. Neither the tag nor the hub decides who the body is."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select, update

from hub.canonical.evasion_codes import CaseTagKind, CaseTagStatus
from hub.canonical.exchange_codes import IssueKind, SubjectType
from hub.core.ids import encode_node_id, new_id
from hub.db.bulk import insert_new
from hub.db.models import CaseListEntry, CaseTag, ConsumptionRestriction, DataQualityIssue, DishonestyRecord, Subject
from hub.inquiry.sweep import Sweep

ISSUE = DataQualityIssue
KIND = IssueKind.TAGGED_BODY_UNMATCHED
MIRRORS = (CaseListEntry, DishonestyRecord, ConsumptionRestriction)


async def hint_at_bodies(sweep: Sweep) -> int:
    """Open an issue for each such case, close those that are settled; how many of both."""
    rows = [row for mirror in MIRRORS for row in (await sweep.session.execute(_unmatched(mirror))).all()]
    wanted = {(row.source, encode_node_id("LC", row.case_id)): row for row in rows}
    open_ = select(ISSUE).where(ISSUE.kind == KIND, ISSUE.resolved_at.is_(None))
    standing = {(issue.source, issue.about): issue for issue in await sweep.session.scalars(open_)}
    settled = [issue.id for key, issue in standing.items() if key not in wanted]
    new = [row for key, row in wanted.items() if key not in standing]
    await _open(sweep, new)
    if settled:
        of = update(ISSUE).where(ISSUE.id.in_(settled)).values(resolved_at=sweep.at)
        await sweep.session.execute(of.execution_options(synchronize_session=False))
    return len(new) + len(settled)


def _unmatched(mirror: Any) -> Any:
    return (
        select(CaseTag.case_id, CaseTag.court_id, CaseTag.jurisdiction_path, mirror.source)
        .join(mirror, mirror.case_id == CaseTag.case_id)
        .join(Subject, Subject.id == mirror.subject_id)
        .where(
            CaseTag.kind == CaseTagKind.ADMINISTRATIVE_ORGAN,
            CaseTag.status == CaseTagStatus.ACTIVE,
            Subject.kind != SubjectType.NATURAL,
            Subject.organization_id.is_(None),
        )
        .distinct()
    )


async def _open(sweep: Sweep, rows: list[Any]) -> None:
    """One that was settled before and is not any more is opened again."""
    for row in rows:
        again = update(ISSUE).where(
            ISSUE.source == row.source, ISSUE.kind == KIND, ISSUE.about == encode_node_id("LC", row.case_id)
        )
        await sweep.session.execute(
            again.values(resolved_at=None, last_seen_at=sweep.at, occurrences=ISSUE.occurrences + 1).execution_options(
                synchronize_session=False
            )
        )
    made = [
        {
            "id": new_id(),
            "source": row.source,
            "organization_id": row.court_id,
            "jurisdiction_path": row.jurisdiction_path,
            "kind": KIND,
            "about": encode_node_id("LC", row.case_id),
            "occurrences": 1,
            "first_seen_at": sweep.at,
            "last_seen_at": sweep.at,
        }
        for row in rows
    ]
    await insert_new(sweep.session, ISSUE, made)
