"""Guards of the double-list item's table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from hub.canonical.codes import DeadlineKind
from hub.core.errors import Reason
from hub.core.texts import Text
from hub.core.workflow import Guard
from hub.linkage.commands import AdjustmentRequest, Agreement, ByResolution, Completion, Dispute, Report
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
    return () if facts.body.coordination_meeting else (Reason("COORDINATION_MEETING_MISSING"),)


def _not_yet_confirmed(facts: ItemFacts, _: object) -> Iterable[Reason]:
    return (Reason("CONFIRMED_ALREADY"),) if facts.acting_id in facts.confirmed else ()


def _directly_tried(facts: ItemFacts, payload: Dispute | None) -> Iterable[Reason]:
    if payload is None or payload.attempted_direct_contact or not facts.direct_contact_first:
        return ()
    return (Reason("DIRECT_CONTACT_FIRST", ("attemptedDirectContact",)),)


def _all_confirmed(facts: ItemFacts, payload: Agreement | None) -> Iterable[Reason]:
    waiting = facts.units - facts.confirmed
    if not waiting or payload is None or (payload.dispute_note or "").strip():
        return ()
    return (Reason("CONFIRMATIONS_MISSING", ("disputeNote",), {"count": len(waiting)}),)


def _approved_by_meeting(facts: ItemFacts, payload: ByResolution | None) -> Iterable[Reason]:
    approving = facts.body.approvals.get(facts.item.list_id, frozenset())
    if not approving or (payload is not None and payload.resolution_id not in approving):
        return (Reason("APPROVAL_NEEDS_MEETING", ("resolutionId",)),)
    return ()


def _decided_by_meeting(facts: ItemFacts, payload: ByResolution | None) -> Iterable[Reason]:
    if not facts.body.resolutions or (payload is not None and payload.resolution_id not in facts.body.resolutions):
        return (Reason("DECISION_NEEDS_MEETING", ("resolutionId",)),)
    return ()


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


def _no_convenor_needed(facts: ItemFacts, _: object) -> Iterable[Reason]:
    if facts.adjustment is not None and facts.adjustment.needs_convenor:
        return (Reason("CONVENOR_REQUIRED"),)
    return ()


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
    if facts.today < facts.carry_over_from:
        return (Reason("CARRY_OVER_TOO_EARLY", params={"date": facts.carry_over_from.isoformat()}),)
    return ()


COMPLETE = Guard("complete", Text("事项要素齐全，无待核实内容", "nothing missing or unresolved"), _complete)
COORDINATION_MEETING = Guard(
    "coordinationMeeting", Text("已安排协调会议", "a coordination meeting exists"), _coordination_meeting
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
APPROVED_BY_MEETING = Guard(
    "approvedByMeeting",
    Text("已召开的会议有审定本清单的议定事项", "a held meeting's resolution approves the list"),
    _approved_by_meeting,
)
DECIDED_BY_MEETING = Guard(
    "decidedByMeeting",
    Text("已召开的会议有相应议定事项", "a held meeting's resolution decides it"),
    _decided_by_meeting,
)
PERCENT_BY_LEAD = Guard("percentByLead", Text("进度百分比由牵头单位填写", "percent by the lead only"), _percent_by_lead)
CHANGES_SOMETHING = Guard(
    "changesSomething",
    Text("申请有实际调整且不违反规则", "the request changes something, within the rules"),
    _changes_something,
)
NO_CONVENOR_NEEDED = Guard(
    "noConvenorNeeded", Text("不涉及时限或牵头单位", "neither deadline nor lead changes"), _no_convenor_needed
)
EVIDENCE = Guard("evidence", Text("成果及指标佐证齐全", "deliverables and KPI evidence given"), _evidence)
YEAR_END = Guard("yearEnd", Text("已到年末结转日期", "the year-end carry-over date has come"), _year_end)
