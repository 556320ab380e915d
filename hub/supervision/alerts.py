"""Alerts of a notice before and after its deadline, by the thresholds of the policy pack."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from uuid import UUID

from hub.alerts.raising import Raised, unsure
from hub.canonical.codes import AlertKind, AlertSeverity
from hub.db.models import SupervisionNotice
from hub.policy.rule_data import stored_clause
from hub.supervision.policies import SupervisionPolicy


def alerts_of(notice: SupervisionNotice, policy: SupervisionPolicy, today: date) -> Iterator[Raised]:
    """The alerts a notice calls for on a day: the unit addressed is told, its issuer from the deadline on too, and its
    superior when urging was in vain."""
    if notice.due_on is None:
        return
    units, left = (notice.subject_id,), (notice.due_on - today).days
    if notice.due_provisional:
        yield unsure(notice.due_on, (notice.issuer_id,), _clause(notice))
    elif left >= 0:
        reached = [days for days in policy.alert_before if days >= left]
        if reached:
            kind = AlertKind.DUE_TODAY if left == 0 else AlertKind.DUE_SOON
            yield _alert(notice, kind, AlertSeverity.WARNING, -min(reached), units)
    else:
        yield from _late(notice, policy, -left)


def _late(notice: SupervisionNotice, policy: SupervisionPolicy, late: int) -> Iterator[Raised]:
    passed = [days for days in policy.alert_after if days <= late]
    both = (notice.subject_id, notice.issuer_id)
    if passed:
        yield _alert(notice, AlertKind.OVERDUE, AlertSeverity.SEVERE, max(passed), both)
    if late >= policy.escalate_after:
        told = (notice.subject_id,)
        yield _alert(notice, AlertKind.ESCALATED, AlertSeverity.SEVERE, policy.escalate_after, told, superiors=True)


def _alert(
    notice: SupervisionNotice,
    kind: AlertKind,
    severity: AlertSeverity,
    offset: int,
    units: tuple[UUID, ...],
    *,
    superiors: bool = False,
) -> Raised:
    return Raised(
        kind=kind,
        severity=severity,
        offset=offset,
        due_on=notice.due_on,
        clause=_clause(notice),
        units=units,
        to_superiors=superiors,
    )


def _clause(notice: SupervisionNotice) -> str | None:
    """The clause of the stored reckoning, else the notice's own."""
    return stored_clause(notice.deadline_basis) or notice.clause
