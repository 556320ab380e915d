"""What the events of a bankruptcy and of its matters change besides their state."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import func, select

from hub.audit.catalogue import AuditAction
from hub.audit.recorder import Target
from hub.bankruptcy.payloads import BankruptcyMatterDraft
from hub.canonical.bankruptcy_codes import BankruptcyMatterStatus
from hub.core.ids import new_id
from hub.core.texts import Text
from hub.core.workflow import Effect
from hub.db.models import BankruptcyCoordination, BankruptcyMatter
from hub.integrity.payloads import stored
from hub.organizations.existence import require_organizations
from hub.policy.deadlines import state
from hub.policy.rule_data import deadline_to_plain
from hub.workflow.firing import Course, Firing, announce
from hub.workflow.rows import within
from hub.workflow.unit import Unit

COURSE = Course("BankruptcyMatter", AuditAction.BANKRUPTCY_TRANSITION, "bankruptcymatter")
ASSIGN_BY, TAKE_ON, HANDLE, CONFIRM_BY = (
    "bankruptcy.assign",
    "bankruptcy.take_on",
    "bankruptcy.handle",
    "bankruptcy.confirm",
)


async def count(unit: Unit, row: Any, key: str | None, *, fixed: date | None = None) -> None:
    """Count the present step's time by the pack, or take the day that was set; None where nothing is due."""
    if key is None:
        row.due_on = row.due_basis = None
        return
    pack = await unit.policy.pack(unit.session, row.jurisdiction_id, unit.today)
    deadline = pack.deadline(key, unit.today, await unit.policy.calendar(unit.session))
    if fixed is not None:
        deadline = state(fixed, basis=pack.basis(key))
    row.due_on, row.due_basis = deadline.due_on, deadline_to_plain(deadline)


async def add_matters(unit: Unit, case: BankruptcyCoordination, drafts: tuple[BankruptcyMatterDraft, ...]) -> None:
    """Enter matters under a case, numbered on, each waiting for its owner."""
    last = select(func.coalesce(func.max(BankruptcyMatter.number), 0)).where(
        BankruptcyMatter.coordination_id == case.id
    )
    number = await unit.session.scalar(last) or 0
    for draft in drafts:
        number += 1
        row = BankruptcyMatter(
            id=new_id(),
            coordination_id=case.id,
            court_id=case.court_id,
            number=number,
            type=draft.type,
            status=BankruptcyMatterStatus.OPEN,
            title=draft.title.strip(),
            content=draft.content,
            result_evidence=[],
            urge_count=0,
            created_at=unit.at,
            status_since=unit.at,
            **within(case),
        )
        await count(unit, row, ASSIGN_BY)
        unit.session.add(row)
        await unit.session.flush()
        target = Target(COURSE.kind, row.id, row.jurisdiction_path)
        await unit.audit(AuditAction.BANKRUPTCY_SUBMITTED, target, type=row.type.value)
        await announce(unit, COURSE, row, "submitted")


async def _review(firing: Firing) -> None:
    row, given = firing.row, firing.payload
    row.measures_no, row.measures, row.reviewed_at = given.measures_no.strip(), given.measures, firing.unit.at


async def _extend(firing: Firing) -> None:
    await add_matters(firing.unit, firing.row, firing.payload.matters)


async def _outcome(firing: Firing) -> None:
    row, given = firing.row, firing.payload
    row.outcome, row.outcome_on = given.outcome, given.outcome_on
    row.outcome_no, row.outcome_digest = given.outcome_no.strip(), given.outcome_digest


async def _close(firing: Firing) -> None:
    firing.row.closed_at = firing.unit.at


async def _assign(firing: Firing) -> None:
    unit, row, given = firing.unit, firing.row, firing.payload
    await require_organizations(unit, [given.owner_id], path="ownerId")
    row.owner_id, row.method, row.assigned_at, row.return_reason = given.owner_id, given.method, unit.at, None
    row.handle_by = given.due_on
    await count(unit, row, TAKE_ON)


async def _accept(firing: Firing) -> None:
    row = firing.row
    row.accepted_at = firing.unit.at
    await count(firing.unit, row, HANDLE, fixed=row.handle_by)


async def _decline(firing: Firing) -> None:
    firing.row.return_reason = firing.payload.reason
    await count(firing.unit, firing.row, ASSIGN_BY)


async def _report(firing: Firing) -> None:
    row, given = firing.row, firing.payload
    row.result, row.result_evidence, row.return_reason = given.result, stored(given.evidence), None
    await count(firing.unit, row, CONFIRM_BY)


async def _confirm(firing: Firing) -> None:
    await count(firing.unit, firing.row, None)


async def _send_back(firing: Firing) -> None:
    firing.row.return_reason = firing.payload.reason
    await count(firing.unit, firing.row, HANDLE)


async def _settle(firing: Firing) -> None:
    firing.row.settled_at = firing.unit.at
    await count(firing.unit, firing.row, None)


async def _withdraw(firing: Firing) -> None:
    firing.row.return_reason = firing.payload.reason
    await _settle(firing)


async def _urge(firing: Firing) -> None:
    """Each urging is an alert of its own."""
    row = firing.row
    row.urge_count, row.urge_note = row.urge_count + 1, firing.payload.reason
    row.urged_on = firing.unit.today


REVIEW = Effect("keepMeasures", Text("登记具体办法", "the measures are kept"), _review)
EXTEND = Effect("addMatters", Text("登记补报事项", "the further matters are entered"), _extend)
OUTCOME = Effect("keepOutcome", Text("登记裁定结果", "the outcome is kept"), _outcome)
CLOSE = Effect("closeCase", Text("登记终结时间", "the moment is kept"), _close)
ASSIGN = Effect("assignMatter", Text("登记责任单位，计算接收期限", "owner kept; time to take it on runs"), _assign)
ACCEPT = Effect("acceptMatter", Text("计算办理期限", "time to handle it runs"), _accept)
DECLINE = Effect("declineMatter", Text("登记理由，计算重新分派期限", "reason kept; time to reassign runs"), _decline)
REPORT = Effect("reportMatter", Text("登记办理结果，计算法院认可期限", "result kept; the court's time runs"), _report)
CONFIRM = Effect("confirmMatter", Text("停止计时", "nothing is due any more"), _confirm)
SEND_BACK = Effect("sendBackMatter", Text("登记理由，重新计时", "reason kept; time runs anew"), _send_back)
SETTLE = Effect("settleMatter", Text("登记办结时间", "the moment is kept"), _settle)
WITHDRAW = Effect("withdrawMatter", Text("登记撤回理由", "the reason is kept"), _withdraw)
URGE = Effect("urgeMatter", Text("登记催办", "the urging is kept"), _urge)
