"""The police report a hit, and the court's duty contact is told in the same moment."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select

from hub.alerts.raising import Raised, raise_alert
from hub.audit.catalogue import AuditAction
from hub.audit.recorder import Target as AuditTarget
from hub.canonical.codes import AlertKind, AlertSeverity
from hub.canonical.control_codes import LookoutHitStatus, LookoutStatus
from hub.core.errors import NotFound, Reason, refuse_if
from hub.core.ids import new_id
from hub.core.payload import find_problems
from hub.db.models import LookoutHit, LookoutOrder
from hub.db.tenant_keys import tenant_keys
from hub.lookout.commands import HitReport
from hub.lookout.workflow import HIT_COURSE
from hub.workflow.firing import announce
from hub.workflow.rows import within
from hub.workflow.unit import Unit

S = LookoutStatus
_STANDING = (S.SENT, S.ACTIVE)


def place_context(key: object) -> str:
    return f"lookout_hit|place_sealed|{key}"


async def report_hit(unit: Unit, report: HitReport) -> UUID:
    """Keep a hit and alarm the court. Raises ``NotFound`` for a lookout that is not this unit's, ``Refused``.

    A hit is never turned away: one that comes when the lookout was withdrawn or over is kept and flagged.
    """
    lookout: LookoutOrder | None = await unit.session.scalar(
        select(LookoutOrder)
        .where(LookoutOrder.id == report.lookout_id, LookoutOrder.police_id == unit.organization_id)
        .with_for_update()
    )
    if lookout is None:
        raise NotFound(path=("lookoutId",))
    sent_at = lookout.sent_at and lookout.sent_at.replace(second=0, microsecond=0)  # the police tell minutes
    wrong = report.met_at > unit.at or sent_at is None or report.met_at < sent_at
    refuse_if((*find_problems(report), *((Reason("HIT_TIME", ("metAt",)),) if wrong else ())))
    keys = await tenant_keys(unit.session, unit.keyring, lookout.tenant_id, unit.at)
    key, late = new_id(), lookout.status not in _STANDING
    hit = LookoutHit(
        id=key,
        lookout_id=lookout.id,
        court_id=lookout.court_id,
        police_id=lookout.police_id,
        met_at=report.met_at,
        place_sealed=keys.seal(report.place, context=place_context(key)),
        police_unit=report.police_unit,
        after_withdrawal=late,
        status=LookoutHitStatus.NOTIFIED,
        status_since=unit.at,
        notified_at=unit.at,
        version=1,
        **within(lookout),
    )
    unit.session.add(hit)
    await unit.session.flush()
    alarm = Raised(
        kind=AlertKind.LOOKOUT_HIT_LATE if late else AlertKind.LOOKOUT_HIT,
        severity=AlertSeverity.SEVERE,
        due_on=unit.today,
        units=(lookout.court_id,),
    )
    await raise_alert(unit.session, hit, lookout.lookout_number, alarm, unit.at, by=unit.principal)
    about = AuditTarget("LookoutHit", hit.id, hit.jurisdiction_path)
    await unit.audit(AuditAction.LOOKOUT_HIT_REPORTED, about, late=late)
    await announce(unit, HIT_COURSE, hit, "reported")
    return hit.id
