"""Guards of the double-list item's table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from hub.canonical.codes import DeadlineKind
from hub.core.errors import Reason
from hub.core.texts import Text
from hub.core.workflow import Guard
from hub.linkage.commands import AdjustmentRequest, Agreement, Completion, Dispute, Report
from hub.linkage.facts import ItemFacts
from hub.linkage.rows import division_problems


def item_problems(facts: ItemFacts) -> Iterator[Reason]:
    """What keeps a draft from being submitted: open questions of an import, no lead, no deadline."""
    item = facts.item
    if item.unresolved:
        yield Reason("ITEM_UNRESOLVED", params={"count": len(item.unresolved)})
    if item.lead_organization_id is None:
        yield Reason("LEAD_MISSING", ("leadOrganizationId",))
    if item.deadline_kind is None:
        yield Reason("DEADLINE_MISSING", ("deadlineKind",))
    if item.deadline_kind is DeadlineKind.FIXED and item.due_on is None:
        yield Reason("DUE_DATE_MISSING", ("dueOn",))


def _complete(facts: ItemFacts, _: object) -> Iterable[Reason]:
    return item_problems(facts)


def _coordination_meeting(facts: ItemFacts, _: object) -> Iterable[Reason]:
    if not facts.policy.coordination_meeting_required:
        return ()
    opened, year = facts.list_opened_on, facts.item.year
    met = any(day >= opened and day.year <= year for day in facts.body.coordinated_on)
    return () if met else (Reason("COORDINATION_MEETING_MISSING"),)


def _not_yet_confirmed(facts: ItemFacts, _: object) -> Iterable[Reason]:
    return (Reason("CONFIRMED_ALREADY"),) if facts.acting_id in facts.confirmed else ()


def _directly_tried(facts: ItemFacts, payload: Dispute | None) -> Iterable[Reason]:
    if payload is None or payload.attempted_direct_contact or not facts.policy.direct_contact_first:
        return ()
    return (Reason("DIRECT_CONTACT_FIRST", ("attemptedDirectContact",)),)


def _all_confirmed(facts: ItemFacts, payload: Agreement | None) -> Iterable[Reason]:
    waiting = facts.units - facts.confirmed
    if not waiting or payload is None or (payload.dispute_note or "").strip():
        return ()
    return (Reason("CONFIRMATIONS_MISSING", ("disputeNote",), {"count": len(waiting)}),)


def _percent_by_lead(facts: ItemFacts, payload: Report | None) -> Iterable[Reason]:
    if payload is None or payload.progress_percent is None or facts.acting_id == facts.item.lead_organization_id:
        return ()
    return (Reason("PERCENT_BY_LEAD_ONLY", ("progressPercent",)),)


def _changes_something(facts: ItemFacts, payload: AdjustmentRequest | None) -> Iterable[Reason]:
    if payload is None:
        return
    item = facts.item
    asked = (payload.due_on, payload.lead_organization_id, payload.cooperating_organization_ids, payload.content)
    if all(value is None for value in asked):
        yield Reason("ADJUSTMENT_EMPTY")
    if payload.due_on is not None and item.deadline_kind is not DeadlineKind.FIXED:
        yield Reason("DUE_DATE_NOT_ALLOWED", ("dueOn",))
    if payload.content is not None and not payload.content.strip():
        yield Reason("TEXT_EMPTY", ("content",))
    lead = payload.lead_organization_id or item.lead_organization_id
    cooperating = payload.cooperating_organization_ids
    yield from division_problems(lead, item.cooperating_organization_ids if cooperating is None else cooperating)


def _adjustable(facts: ItemFacts, payload: AdjustmentRequest | None) -> Iterable[Reason]:
    most, last = facts.policy.most_adjustments, facts.last_adjustable_on
    if facts.granted >= most:
        yield Reason("ADJUSTMENTS_EXHAUSTED", params={"most": most})
    if payload is not None and payload.due_on is not None and last is not None and facts.today > last:
        yield Reason("ADJUSTMENT_TOO_LATE", ("dueOn",), {"date": last.isoformat()})


def _evidence(facts: ItemFacts, payload: Completion | None) -> Iterable[Reason]:
    if payload is None:
        return
    if not any(deliverable.strip() for deliverable in payload.deliverables):
        yield Reason("DELIVERABLES_MISSING", ("deliverables",))
    reported = {value.name for value in payload.kpi_values}
    for kpi in facts.item.kpis:
        if kpi["name"] not in reported:
            yield Reason("KPI_EVIDENCE_MISSING", ("kpiValues",), {"name": kpi["name"]})


def _year_end(facts: ItemFacts, _: object) -> Iterable[Reason]:
    first = facts.policy.carry_over_from(facts.item.year)
    return (Reason("CARRY_OVER_TOO_EARLY", params={"date": first.isoformat()}),) if facts.today < first else ()


COMPLETE = Guard("complete", Text("事项要素齐全，无待核实内容", "nothing missing or unresolved"), _complete)
COORDINATION_MEETING = Guard(
    "coordinationMeeting",
    Text(
        "已为本清单安排协调会议（政策包要求时）",
        "a coordination meeting stands for this list, where the pack asks for one",
    ),
    _coordination_meeting,
)
NOT_YET_CONFIRMED = Guard(
    "notYetConfirmed", Text("本单位尚未确认", "the unit has not confirmed yet"), _not_yet_confirmed
)
DIRECTLY_TRIED = Guard(
    "directlyTried", Text("已与对方单位直接对接", "direct contact with the other units was tried"), _directly_tried
)
ALL_CONFIRMED = Guard(
    "allConfirmed",
    Text("牵头、配合单位均已确认，或注明分歧", "all units confirmed, or the dispute noted"),
    _all_confirmed,
)
PERCENT_BY_LEAD = Guard("percentByLead", Text("进度百分比由牵头单位填写", "percent by the lead only"), _percent_by_lead)
CHANGES_SOMETHING = Guard(
    "changesSomething",
    Text("申请有实际调整且不违反规则", "the request changes something, within the rules"),
    _changes_something,
)
ADJUSTABLE = Guard("adjustable", Text("未过申请期限、未超调整次数", "in time, and not adjusted too often"), _adjustable)
EVIDENCE = Guard("evidence", Text("成果及指标佐证齐全", "deliverables and KPI evidence given"), _evidence)
YEAR_END = Guard("yearEnd", Text("已到年末结转日期", "the year-end carry-over date has come"), _year_end)
