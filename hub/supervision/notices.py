"""Drafting and moving supervision notices; the only writer of them besides the rules that draft."""

from __future__ import annotations

from dataclasses import fields
from uuid import UUID

from sqlalchemy import select

from hub.audit.catalogue import AuditAction
from hub.audit.recorder import Target
from hub.canonical.case_number import parse_case_number
from hub.canonical.supervision_codes import NoticeStatus, NoticeTrigger, RecipientRole
from hub.core.errors import NotFound, Reason, Refused, refuse_if
from hub.core.ids import new_id
from hub.core.payload import find_problems
from hub.core.principal import RoleName
from hub.db.models import Jurisdiction, Organization, SupervisionNotice
from hub.organizations.existence import require_organizations
from hub.organizations.recording import check_recording
from hub.supervision.citing import case_problems, record_problems
from hub.supervision.deadlines import sort_key
from hub.supervision.effects import COURSE
from hub.supervision.facts import load_notice_facts, notice_actors
from hub.supervision.parties import address, admit_issuers, superiors
from hub.supervision.payloads import NoticeDraft, NoticeWording
from hub.supervision.policies import SupervisionPolicy, supervision_policy
from hub.supervision.workflow import NOTICE
from hub.workflow.firing import announce, check_version, fire, touch
from hub.workflow.rows import locked, place, placed_in
from hub.workflow.unit import Unit

ISSUING = (
    RoleName.CREDIT_OFFICE,
    RoleName.COURT,
    RoleName.JOINT_MEETING_OFFICE,
    RoleName.GOVERNMENT_OFFICE,
    RoleName.POLITICAL_LEGAL_COMMITTEE,
)
"""Functions that issue notices in their jurisdiction and below."""


async def draft_notice(unit: Unit, draft: NoticeDraft) -> SupervisionNotice:
    """A draft by a person. Raises ``Refused`` with every reason; a court drafts about its own cases alone."""
    refuse_if(find_problems(draft))
    jurisdiction = await place(unit, draft.jurisdiction_code)
    require_issuer(unit, jurisdiction)
    units = {draft.subject_id, *draft.copied_ids, *draft.co_issuer_ids}
    await require_organizations(unit, units, path="subjectId")
    refuse_if(await _find_problems(unit, draft, jurisdiction))
    policy = await supervision_policy(unit.policy, unit.session, jurisdiction.id, unit.today)
    case_number = None if draft.case_number is None else str(parse_case_number(draft.case_number))
    notice = SupervisionNotice(
        id=new_id(),
        kind=draft.kind,
        status=NoticeStatus.DRAFT,
        trigger=NoticeTrigger.MANUAL,
        issuer_id=unit.organization_id,
        co_issuer_ids=list(draft.co_issuer_ids),
        subject_id=draft.subject_id,
        title=draft.title.strip(),
        facts=draft.facts,
        demand=draft.demand,
        case_number=case_number,
        record_id=draft.record_id,
        clause=policy.clause("notice.reply"),
        due_on=draft.due_on,
        due_sort=sort_key(draft.due_on),
        reply_evidence=[],
        created_at=unit.at,
        **placed_in(jurisdiction),
    )
    copied = dict.fromkeys(draft.copied_ids, RecipientRole.CC)
    await enter(unit, notice, policy, copied)
    return notice


async def enter(
    unit: Unit, notice: SupervisionNotice, policy: SupervisionPolicy, copied: dict[UUID, RecipientRole]
) -> None:
    """Store a draft with its parties and recipients; where the pack says so, the superior is copied."""
    unit.session.add(notice)
    await unit.session.flush()
    await admit_issuers(unit.session, notice, policy)
    above = await superiors(unit.session, notice.subject_id) if policy.copies_superior else []
    ranks = {**copied, **dict.fromkeys(above, RecipientRole.SUPERIOR), notice.subject_id: RecipientRole.SUBJECT}
    issuers = {notice.issuer_id, *notice.co_issuer_ids}
    await address(unit.session, notice, {key: role for key, role in ranks.items() if key not in issuers})
    target = Target("SupervisionNotice", notice.id, notice.jurisdiction_path)
    await unit.audit(AuditAction.SUPERVISION_DRAFTED, target, trigger=notice.trigger.value, kind=notice.kind.value)
    await announce(unit, COURSE, notice, "created")


async def edit_notice(
    unit: Unit, notice_id: UUID, wording: NoticeWording, *, expected_version: int | None = None
) -> SupervisionNotice:
    """Rewrite a draft of the caller's. Raises ``Refused``; what has been submitted is not edited."""
    notice: SupervisionNotice = await locked(unit, SupervisionNotice, notice_id)
    check_version(notice, expected_version)
    if notice.issuer_id != unit.organization_id:
        raise NotFound(path=("id",))
    unit_problems = [] if notice.status is NoticeStatus.DRAFT else [_not_now(notice)]
    refuse_if([*find_problems(wording), *unit_problems])
    for spec in fields(wording):
        said = getattr(wording, spec.name)
        if said is not None:
            setattr(notice, spec.name, said)
    notice.due_sort = sort_key(notice.due_on)
    touch(unit, notice)
    target = Target("SupervisionNotice", notice.id, notice.jurisdiction_path)
    await unit.audit(AuditAction.SUPERVISION_EDITED, target, version=notice.version)
    await announce(unit, COURSE, notice, "edited")
    return notice


async def fire_notice(
    unit: Unit, notice_id: UUID, event: str, payload: object, *, expected_version: int | None = None
) -> SupervisionNotice:
    """Move a notice along its table, for the caller or the unit it records for."""
    notice: SupervisionNotice = await locked(unit, SupervisionNotice, notice_id)
    facts = (await load_notice_facts(unit.session, unit.principal, unit.policy, [notice], unit.at))[notice.id]
    await check_recording(
        unit, path=notice.jurisdiction_path, jurisdiction_id=notice.jurisdiction_id, units=facts.recipients.keys()
    )
    await fire(
        unit,
        NOTICE,
        COURSE,
        notice,
        event,
        payload,
        actors=notice_actors(unit.principal, facts),
        facts=facts,
        expected_version=expected_version,
    )
    return notice


def _not_now(notice: SupervisionNotice) -> Reason:
    return Reason("EVENT_NOT_NOW", params={"event": "修改", "state": NOTICE.state_label(notice.status)})


def require_issuer(unit: Unit, jurisdiction: Jurisdiction) -> None:
    """Nobody drafts for another, and nobody above or beside the jurisdiction they serve."""
    covered = any(jurisdiction.path.startswith(path) for path in unit.principal.paths(*ISSUING))
    if not covered or unit.principal.on_behalf_of is not None:
        raise Refused(Reason("ISSUER_NOT_PERMITTED", ("jurisdictionCode",)))


async def _find_problems(unit: Unit, draft: NoticeDraft, jurisdiction: Jurisdiction) -> list[Reason]:
    """What is wrong with a draft as a whole, asked of the database by the caller's own right."""
    found: list[Reason] = []
    if unit.organization_id in {draft.subject_id, *draft.copied_ids, *draft.co_issuer_ids}:
        found.append(Reason("ISSUER_IS_RECIPIENT", ("subjectId",)))
    if draft.due_on is not None and draft.due_on <= unit.today:
        found.append(Reason("NOTICE_DUE_DATE_PASSED", ("dueOn",)))
    found += await subject_problems(unit, jurisdiction, draft.subject_id, ("subjectId",))
    return [*found, *await case_problems(unit, draft.case_number), *await record_problems(unit, draft.record_id)]


async def subject_problems(
    unit: Unit, jurisdiction: Jurisdiction, organization_id: UUID, path: tuple[str, ...]
) -> list[Reason]:
    """A unit is addressed where it belongs, or from above."""
    place_of = select(Organization.jurisdiction_path).where(Organization.id == organization_id)
    belongs = await unit.session.scalar(place_of)
    if belongs is None or belongs.startswith(jurisdiction.path):
        return []
    return [Reason("SAME_JURISDICTION_ONLY", path)]
