"""What the events of the double-list item do besides moving it."""

from __future__ import annotations

from sqlalchemy import delete
from sqlalchemy.dialects.postgresql import insert

from hub.canonical.codes import AdjustmentStatus
from hub.core.ids import new_id
from hub.core.texts import Text
from hub.core.workflow import Effect
from hub.db.models import ItemAdjustment, ItemConfirmation, ProgressReport
from hub.linkage import adjustments, carry_over, coordination, deadlines
from hub.linkage.rows import sync_item_parties
from hub.workflow.firing import Firing
from hub.workflow.rows import within


async def _clear_confirmations(firing: Firing) -> None:
    await firing.unit.session.execute(delete(ItemConfirmation).where(ItemConfirmation.item_id == firing.row.id))


async def _confirm(firing: Firing) -> None:
    await _keep_confirmation(firing, confirmed=True, dispute=None)


async def _dispute(firing: Firing) -> None:
    await _keep_confirmation(firing, confirmed=False, dispute=firing.payload.dispute)
    await coordination.open_for_item(
        firing.unit,
        firing.row,
        summary=firing.payload.dispute,
        attempted_direct_contact=firing.payload.attempted_direct_contact,
    )


async def _keep_confirmation(firing: Firing, *, confirmed: bool, dispute: str | None) -> None:
    said = {"confirmed": confirmed, "dispute": dispute, "updated_at": firing.unit.at}
    statement = insert(ItemConfirmation).values(
        id=new_id(), item_id=firing.row.id, organization_id=firing.unit.acting_id, **within(firing.row), **said
    )
    await firing.unit.session.execute(
        statement.on_conflict_do_update(index_elements=["item_id", "organization_id", "tenant_id"], set_=said)
    )


async def _note_dispute(firing: Firing) -> None:
    firing.row.dispute_note = firing.payload.dispute_note


async def _keep_note(firing: Firing) -> None:
    firing.row.decision_note = firing.payload.reason


async def _keep_consent(firing: Firing) -> None:
    said = firing.payload
    consent = (said.convenor_consent or "").strip()
    firing.row.decision_note = f"{said.reason}（召集人同意：{consent}）" if consent else said.reason


async def _link_resolution(firing: Firing) -> None:
    firing.row.resolution_id = firing.payload.resolution_id
    firing.row.decision_note = firing.payload.note


async def _link_decision(firing: Firing) -> None:
    """The resolution that approved the item stays with it; the deciding one is named in the audit entry."""
    firing.row.decision_note = firing.payload.note or firing.row.decision_note


async def _schedule_report(firing: Firing) -> None:
    await _reschedule(firing)


async def _reschedule(firing: Firing, period: str | None = None) -> None:
    """The next report, and with a recurrence the next date: the audience is sorted by it."""
    await deadlines.schedule_report(firing.unit, firing.row, reported=period)
    await firing.unit.session.flush()
    await sync_item_parties(firing.unit, firing.row)


async def _keep_report(firing: Firing) -> None:
    unit, item, report = firing.unit, firing.row, firing.payload
    unit.session.add(
        ProgressReport(
            item_id=item.id,
            organization_id=unit.acting_id,
            recorded_by_id=unit.organization_id,
            period=report.period,
            text=report.text,
            progress_percent=report.progress_percent,
            kpi_values=[{"name": value.name, "value": value.value} for value in report.kpi_values],
            reported_at=unit.at,
            **within(item),
        )
    )
    if report.progress_percent is not None:
        item.progress_percent = report.progress_percent
    if unit.acting_id == item.lead_organization_id:
        await _reschedule(firing, report.period)


async def _keep_adjustment(firing: Firing) -> None:
    await adjustments.keep(firing.unit, firing.row, firing.payload)


async def _apply_adjustment(firing: Firing) -> None:
    adjustment = _pending(firing)
    await adjustments.apply(firing.unit, firing.row, adjustment)
    said = (firing.payload.document_no, firing.payload.note)
    _decide(firing, adjustment, AdjustmentStatus.APPROVED, "；".join(part for part in said if part) or None)


async def _deny_adjustment(firing: Firing) -> None:
    _decide(firing, _pending(firing), AdjustmentStatus.DENIED, firing.payload.reason)


def _pending(firing: Firing) -> ItemAdjustment:
    adjustment = firing.facts.adjustment
    if adjustment is None:
        raise RuntimeError("an item in ADJUSTMENT_PENDING has a requested adjustment")
    found: ItemAdjustment = adjustment
    return found


def _decide(firing: Firing, adjustment: ItemAdjustment, status: AdjustmentStatus, note: str | None) -> None:
    adjustment.status = status
    adjustment.decided_by_id = firing.unit.organization_id
    adjustment.decided_at = firing.unit.at
    adjustment.decision_note = note
    adjustment.version += 1


async def _keep_evidence(firing: Firing) -> None:
    unit, item, completion = firing.unit, firing.row, firing.payload
    item.deliverables = list(completion.deliverables)
    unit.session.add(
        ProgressReport(
            item_id=item.id,
            organization_id=unit.acting_id,
            recorded_by_id=unit.organization_id,
            period=None,
            text=completion.summary,
            progress_percent=100,
            kpi_values=[{"name": value.name, "value": value.value} for value in completion.kpi_values],
            reported_at=unit.at,
            **within(item),
        )
    )
    item.progress_percent = 100


async def _complete(firing: Firing) -> None:
    firing.row.completed_at = firing.unit.at
    firing.row.progress_percent = 100
    firing.row.next_report_on = None


async def _carry_over(firing: Firing) -> None:
    await carry_over.carry(firing.unit, firing.row)


CLEAR_CONFIRMATIONS = Effect(
    "clearConfirmations", Text("清除此前的确认记录", "earlier confirmations are cleared"), _clear_confirmations
)
CONFIRM = Effect("confirm", Text("登记本单位确认", "the unit's agreement is kept"), _confirm)
DISPUTE = Effect("dispute", Text("登记异议并提请办公室协调", "the dispute is kept and goes to the office"), _dispute)
NOTE_DISPUTE = Effect("noteDispute", Text("记录遗留分歧", "a remaining dispute is noted"), _note_dispute)
KEEP_NOTE = Effect("keepNote", Text("记录理由", "the reason is kept"), _keep_note)
KEEP_CONSENT = Effect("keepConsent", Text("登记理由和召集人同意依据", "reason and consent are kept"), _keep_consent)
LINK_RESOLUTION = Effect("linkResolution", Text("关联议定事项", "the resolution is linked"), _link_resolution)
LINK_DECISION = Effect("linkDecision", Text("登记决定说明", "the note on the decision is kept"), _link_decision)
SCHEDULE_REPORT = Effect("scheduleReport", Text("确定下次报告日期", "the next report is scheduled"), _schedule_report)
KEEP_REPORT = Effect("keepReport", Text("登记进展报告", "the report is kept"), _keep_report)
KEEP_ADJUSTMENT = Effect("keepAdjustment", Text("登记调整申请", "the request is kept"), _keep_adjustment)
APPLY_ADJUSTMENT = Effect("applyAdjustment", Text("按申请调整事项", "the item is adjusted"), _apply_adjustment)
DENY_ADJUSTMENT = Effect("denyAdjustment", Text("登记不予调整", "the denial is kept"), _deny_adjustment)
KEEP_EVIDENCE = Effect("keepEvidence", Text("登记成果及佐证", "deliverables and evidence are kept"), _keep_evidence)
COMPLETE = Effect("complete", Text("记录办结时间", "completion is dated"), _complete)
CARRY_OVER = Effect("carryOver", Text("在下一年度清单建立草稿", "a draft in next year's list"), _carry_over)
