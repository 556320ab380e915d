"""What the policy of a jurisdiction says of messages to liaisons."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

from hub.canonical.codes import AlertSeverity, Channel
from hub.core.clock import SHANGHAI, local_date
from hub.db.session import SystemSession
from hub.policy.calendar import Restday, WorkingCalendar
from hub.policy.pack import PolicyPack
from hub.policy.store import PolicyStore


@dataclass(frozen=True, slots=True)
class NotificationPolicy:
    channels: tuple[Channel, ...]
    severity: AlertSeverity
    quiet_from: int
    quiet_until: int
    rest_days: bool
    gap: timedelta
    memory: timedelta
    urgent: tuple[str, ...]

    @classmethod
    def of(cls, pack: PolicyPack) -> NotificationPolicy:
        return cls(
            channels=tuple(Channel(each) for each in pack.codes("notification.channels")),
            severity=AlertSeverity(pack.choice("notification.severity")),
            quiet_from=pack.number("notification.quiet_from"),
            quiet_until=pack.number("notification.quiet_until"),
            rest_days=pack.flag("notification.rest_days"),
            gap=timedelta(minutes=pack.number("notification.gap_minutes")),
            memory=timedelta(days=pack.number("notification.forget_days")),
            urgent=tuple(pack.codes("notification.urgent")),
        )

    def is_quiet(self, at: datetime, calendar: WorkingCalendar) -> bool:
        """Whether nobody is to be disturbed now. Hours are of Asia/Shanghai; from a later hour until an earlier one is
        over midnight, and between equal ones never."""
        hour, first, last = at.astimezone(SHANGHAI).hour, self.quiet_from, self.quiet_until
        if first <= hour < last if first <= last else (hour >= first or hour < last):
            return True
        return not self.rest_days and isinstance(calendar.day(local_date(at)), Restday)


@dataclass(slots=True)
class NotificationPolicies:
    """Each jurisdiction's, read once."""

    store: PolicyStore
    session: SystemSession
    on: date
    _known: dict[UUID, NotificationPolicy] = field(default_factory=dict)

    async def of(self, jurisdiction_id: UUID, on: date) -> NotificationPolicy:
        if jurisdiction_id not in self._known:
            self._known[jurisdiction_id] = NotificationPolicy.of(
                await self.store.pack(self.session, jurisdiction_id, on)
            )
        return self._known[jurisdiction_id]

    async def longest_memory(self) -> timedelta:
        return timedelta(days=await self.store.longest(self.session, "notification.forget_days", self.on))
