"""Alerts about a coordination body: a year without its plenary, members without a liaison."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import exists, extract, func, select

from hub.canonical.codes import HEADS, MEETING_HELD, AlertKind, AlertSeverity, BodyKind, MeetingKind
from hub.core.clock import SHANGHAI
from hub.db.models import BodyMembership, CoordinationBody, JointMeeting, Liaison
from hub.db.session import SystemSession
from hub.linkage.policies import LinkagePolicy
from hub.workflow.raising import Raised


async def bodies(session: SystemSession) -> Sequence[CoordinationBody]:
    kinds = (BodyKind.JOINT_MEETING, BodyKind.LEADING_GROUP)
    return (await session.scalars(select(CoordinationBody).where(CoordinationBody.kind.in_(kinds)))).all()


async def body_alerts(
    session: SystemSession, body: CoordinationBody, policy: LinkagePolicy, today: date
) -> tuple[Raised, ...]:
    """What the body calls for on a day."""
    plenary = await _plenary_alerts(session, body, policy, today)
    return (*plenary, *await _liaison_alerts(session, body, policy))


async def _plenary_alerts(
    session: SystemSession, body: CoordinationBody, policy: LinkagePolicy, today: date
) -> tuple[Raised, ...]:
    """From the pack's month on, the office is told of a year without its plenary (驻政〔2022〕59号 一(三)2)."""
    if today.month < policy.plenary_alert_month:
        return ()
    if await _plenaries_held(session, body.id, today.year) >= policy.plenaries_per_year:
        return ()
    alert = Raised(
        kind=AlertKind.PLENARY_MISSING,
        severity=AlertSeverity.WARNING,
        due_on=date(today.year, 12, 31),
        clause=policy.pack.basis("meeting.plenary.per_year").clause,
        to_office=True,
    )
    return (alert,)


async def _plenaries_held(session: SystemSession, body_id: UUID, year: int) -> int:
    held = func.timezone(SHANGHAI.key, JointMeeting.held_at)
    return (
        await session.scalar(
            select(func.count()).where(
                JointMeeting.body_id == body_id,
                JointMeeting.kind == MeetingKind.PLENARY,
                JointMeeting.status.in_(MEETING_HELD),
                extract("year", held) == year,
            )
        )
        or 0
    )


async def _liaison_alerts(session: SystemSession, body: CoordinationBody, policy: LinkagePolicy) -> tuple[Raised, ...]:
    """A member unit without a liaison is told, and the office (驻政〔2022〕59号 一(三)1; 温政办〔2021〕13号 三(二)).

    The date is since when it has none, so that a later gap is told of anew.
    """
    if not policy.liaison_required:
        return ()
    clause = policy.pack.basis("member.liaison.required").clause
    return tuple(
        Raised(
            kind=AlertKind.LIAISON_MISSING,
            severity=AlertSeverity.WARNING,
            due_on=since,
            clause=clause,
            units=(unit,),
            to_office=True,
        )
        for unit, since in await _without_liaison(session, body.id)
    )


async def _without_liaison(session: SystemSession, body_id: UUID) -> list[tuple[UUID, date]]:
    """Member units with no liaison now, and since when: they joined, or their last one left."""
    ended = (
        select(func.max(Liaison.valid_to))
        .where(Liaison.body_id == body_id, Liaison.organization_id == BodyMembership.organization_id)
        .scalar_subquery()
    )
    served = exists().where(
        Liaison.body_id == body_id,
        Liaison.organization_id == BodyMembership.organization_id,
        Liaison.valid_to.is_(None),
    )
    joined = func.min(BodyMembership.valid_from)
    rows = await session.execute(
        select(BodyMembership.organization_id, func.greatest(joined, ended))
        .where(
            BodyMembership.body_id == body_id,
            BodyMembership.valid_to.is_(None),
            BodyMembership.role.not_in(HEADS),
            ~served,
        )
        .group_by(BodyMembership.organization_id)
        .order_by(BodyMembership.organization_id)
    )
    return [(unit, since) for unit, since in rows]
