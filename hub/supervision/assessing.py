"""Background work on assessments: listings of public bodies are proposed, and followed to their end."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import and_, or_, select

from hub.audit.catalogue import AuditAction
from hub.audit.recorder import Target
from hub.canonical.exchange_codes import STANDING, Confidentiality, DishonestyStatus
from hub.canonical.supervision_codes import AssessmentScheme, AssessmentStatus
from hub.core.ids import new_id
from hub.core.principal import RoleName
from hub.core.workflow import Actor, Note
from hub.db.models import AssessmentItem, DishonestyRecord, LegalCase, OrganizationFunction, Subject
from hub.supervision.assessments import COURSE, advance
from hub.supervision.payloads import NoticeReason
from hub.workflow.firing import announce
from hub.workflow.rows import within
from hub.workflow.unit import Unit

LISTING, ITEM = DishonestyRecord, AssessmentItem
ON_LISTING = "assessment.on_listing"
SYSTEM = frozenset({Actor.SYSTEM})
PORTION = 200
_LEFT = (DishonestyStatus.DELETED_SHIELDED, DishonestyStatus.REPAIRED)
_LIVE = (AssessmentStatus.PROPOSED, AssessmentStatus.ENTERED)


async def assess(unit: Unit) -> int:
    """Propose what the packs have assessed, and follow what was; how many items."""
    return await _propose(unit) + await _follow(unit)


async def _propose(unit: Unit) -> int:
    """Where a political and legal affairs committee is registered, and its pack says which schemes."""
    function, made = OrganizationFunction, 0
    held = await unit.session.execute(
        select(function.organization_id, function.jurisdiction_id).where(
            function.role == RoleName.POLITICAL_LEGAL_COMMITTEE, function.valid_to.is_(None)
        )
    )
    for assessor, place in held.tuples().all():
        pack = await unit.policy.pack(unit.session, place, unit.today)
        for scheme in (AssessmentScheme(code) for code in pack.codes(ON_LISTING)):
            for listing, body in await _unassessed(unit, place, scheme):
                await _enter(unit, listing, body, assessor, scheme, pack.basis(ON_LISTING).clause)
                made += 1
    return made


async def _unassessed(unit: Unit, place: UUID, scheme: AssessmentScheme) -> Sequence[tuple[DishonestyRecord, UUID]]:
    """Standing listings of public bodies, of no confidential case, without an item of this year."""
    known = select(ITEM.id).where(ITEM.record_id == LISTING.id, ITEM.scheme == scheme, ITEM.year == unit.today.year)
    rows = await unit.session.execute(
        select(LISTING, Subject.organization_id)
        .join(Subject, and_(Subject.id == LISTING.subject_id, Subject.tenant_id == LISTING.tenant_id))
        .join(LegalCase, and_(LegalCase.id == LISTING.case_id, LegalCase.tenant_id == LISTING.tenant_id))
        .where(
            LISTING.jurisdiction_id == place,
            LISTING.government_subject,
            LISTING.status.in_(STANDING),
            LegalCase.confidentiality == Confidentiality.NORMAL,
            Subject.organization_id.is_not(None),
            ~known.exists(),
        )
        .order_by(LISTING.id)
        .limit(PORTION)
    )
    return [(listing, body) for listing, body in rows if body is not None]


async def _enter(
    unit: Unit,
    listing: DishonestyRecord,
    body: UUID,
    assessor: UUID,
    scheme: AssessmentScheme,
    clause: str | None,
) -> None:
    row = AssessmentItem(
        id=new_id(),
        scheme=scheme,
        status=AssessmentStatus.PROPOSED,
        year=unit.today.year,
        organization_id=body,
        assessor_id=assessor,
        record_id=listing.id,
        case_number=listing.case_number,
        clause=clause,
        created_at=unit.at,
        status_since=unit.at,
        **within(listing),
    )
    unit.session.add(row)
    await unit.session.flush()
    target = Target(COURSE.kind, row.id, row.jurisdiction_path)
    await unit.audit(AuditAction.ASSESSMENT_PROPOSED, target, scheme=scheme.value)
    await announce(unit, COURSE, row, "proposed")


async def _follow(unit: Unit) -> int:
    """A listing that has left counts as performed; one that was wrong takes its item with it."""
    rows = await unit.session.execute(
        select(ITEM, LISTING.status)
        .join(LISTING, and_(LISTING.id == ITEM.record_id, LISTING.tenant_id == ITEM.tenant_id))
        .where(
            ITEM.status.in_(_LIVE),
            or_(
                LISTING.status == DishonestyStatus.REVOKED,
                and_(LISTING.status.in_(_LEFT), ITEM.performed_on.is_(None)),
            ),
        )
        .order_by(ITEM.id)
        .limit(PORTION)
        .with_for_update(of=ITEM, skip_locked=True)
    )
    found = rows.all()
    for item, status in found:
        if status is DishonestyStatus.REVOKED:
            await advance(unit, item, "lapse", NoticeReason(reason="法院已撤销失信信息 (revoked by its court)"), SYSTEM)
        else:
            await advance(unit, item, "perform", Note(), SYSTEM)
    return len(found)
