"""What the policy pack in force means for the linkage slice: typed answers, no day counts in code."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from hub.canonical.codes import MembershipRole
from hub.policy.calendar import WorkingCalendar
from hub.policy.deadlines import Deadline
from hub.policy.pack import PolicyPack
from hub.policy.parameter_sets.codes import ReportRecipient, ResponsibilityField
from hub.policy.specification import Approver
from hub.policy.store import PolicyStore
from hub.workflow.rows import Placed


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

    def approver(self, key: str) -> Approver:
        """Who decides what the parameter names."""
        return self.pack.approver(key)

    @property
    def list_approver(self) -> Approver:
        """Who approves a list. Where no held meeting is needed, the convenor signs for the body (传签)."""
        approver = self.pack.approver("list.approver")
        in_session = self.pack.flag("list.approval.needs_held_meeting")
        return Approver.CONVENOR if approver is Approver.BODY and not in_session else approver

    def adjustment_approver(self, changes: Mapping[str, object]) -> Approver:
        """Who decides an adjustment that changes the columns named."""
        weighty = "due_on" in changes or "lead_organization_id" in changes
        return self.pack.approver("item.adjust.deadline_or_lead.approver" if weighty else "item.adjust.other.approver")

    @property
    def most_adjustments(self) -> int:
        """How often one item may be adjusted."""
        return self.pack.number("item.adjust.most")

    def last_adjustable_on(self, due_on: date, calendar: WorkingCalendar) -> date | None:
        """Last day on which another due date may be asked for; None where the pack sets no such day."""
        deadline = self.step_deadline("item.adjust.request", due_on, calendar)
        return None if deadline is None else deadline.due_on

    @property
    def coordination_meeting_required(self) -> bool:
        """Whether items are coordinated in a meeting before the body approves them."""
        return self.pack.flag("list.coordination.required")

    @property
    def minutes_required(self) -> bool:
        """Whether resolutions are dispatched by issued minutes only."""
        return self.pack.flag("meeting.minutes.required")

    @property
    def responsibility_fields(self) -> tuple[ResponsibilityField, ...]:
        """What a unit must name of those who answer for an item or task."""
        return tuple(ResponsibilityField(code) for code in self.pack.codes("responsibility.fields"))

    @property
    def liaison_required(self) -> bool:
        """Whether each member unit names a liaison."""
        return self.pack.flag("member.liaison.required")

    def step_deadline(self, key: str, anchor_on: date, calendar: WorkingCalendar) -> Deadline | None:
        """When a step of a procedure is due, counted from its anchor; None where the pack sets no time."""
        return None if self.pack.find_rule(key) is None else self.pack.deadline(key, anchor_on, calendar)

    @property
    def progress_recipients(self) -> tuple[ReportRecipient, ...]:
        """Who is told how the list is carried out."""
        return tuple(ReportRecipient(code) for code in self.pack.codes("item.progress.recipients"))

    def evaluation_weight(self, part: str) -> int:
        """Weight in percent of one part of a unit's mark: progress, timeliness, issues."""
        return self.pack.number(f"evaluation.weight.{part}")

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


async def linkage_policies(
    store: PolicyStore, session: AsyncSession, rows: Iterable[Placed], on: date
) -> dict[UUID, LinkagePolicy]:
    """The readings for the jurisdictions of rows, each asked for once."""
    policies = Policies(store, session, on)
    return {row.jurisdiction_id: await policies.of(row.jurisdiction_id) for row in rows}


@dataclass(frozen=True, slots=True)
class Policies:
    """The readings of one day, each asked for once however many rows want it."""

    store: PolicyStore
    session: AsyncSession
    on: date
    _known: dict[UUID, LinkagePolicy] = field(default_factory=dict)

    async def of(self, jurisdiction_id: UUID) -> LinkagePolicy:
        if jurisdiction_id not in self._known:
            self._known[jurisdiction_id] = await linkage_policy(self.store, self.session, jurisdiction_id, self.on)
        return self._known[jurisdiction_id]
