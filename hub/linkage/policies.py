"""What the policy pack in force means for the linkage slice: typed answers, no day counts in code."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from hub.canonical.codes import MembershipRole
from hub.policy.pack import PolicyPack
from hub.policy.specification import Approver
from hub.policy.store import PolicyStore


@dataclass(frozen=True, slots=True)
class LinkagePolicy:
    """Reading of one pack for double lists, meetings and alerts."""

    pack: PolicyPack

    @property
    def office_records_for_units(self) -> bool:
        """Whether the office may record for a unit without a system (代录)."""
        return self.pack.flag("office.records_for_units")

    def carry_over_from(self, year: int) -> date:
        """First day on which items of the year's list may be carried over."""
        day = self.pack.month_day("list.carry_over.on")
        return day.in_year(year)

    def convenor_decides(self, *, deadline: bool, lead: bool) -> bool:
        """Whether an adjustment is the convenor's to decide."""
        key = "item.adjust.deadline_or_lead.approver" if deadline or lead else "item.adjust.other.approver"
        return self.pack.approver(key) is not Approver.OFFICE

    @property
    def direct_contact_first(self) -> bool:
        """Whether units talk directly before the office settles a dispute."""
        return self.pack.flag("coordination.direct_contact_first")

    @property
    def chairing_roles(self) -> frozenset[MembershipRole]:
        """Posts whose holders may chair a plenary."""
        return frozenset(MembershipRole(role) for role in self.pack.codes("meeting.chair.roles"))

    @property
    def chair_needs_delegation(self) -> bool:
        """Whether anyone but the convenor chairs a plenary by delegation only."""
        return self.pack.flag("meeting.chair.delegation_required")

    @property
    def alert_before(self) -> tuple[int, ...]:
        """Days before the due date on which to alert, ascending; 0 is the day itself."""
        return self.pack.days("item.alert.before")

    @property
    def alert_after(self) -> tuple[int, ...]:
        """Days after the due date on which to alert, ascending."""
        return self.pack.days("item.alert.after")

    @property
    def escalate_after(self) -> int:
        """Days overdue before the superior is told."""
        return self.pack.number("item.escalate.after")

    @property
    def plenaries_per_year(self) -> int:
        return self.pack.number("meeting.plenary.per_year")

    @property
    def plenary_alert_month(self) -> int:
        """From this month on, a missing plenary is alarmed."""
        return self.pack.number("meeting.plenary.alert_month")


async def linkage_policy(store: PolicyStore, session: AsyncSession, jurisdiction_id: UUID, on: date) -> LinkagePolicy:
    """The reading of the pack in force for a jurisdiction."""
    return LinkagePolicy(await store.pack(session, jurisdiction_id, on))
