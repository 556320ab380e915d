"""What the events of a repair do besides moving it."""

from __future__ import annotations

from sqlalchemy import select

from hub.audit.catalogue import AuditAction
from hub.canonical.repair_codes import REPAIR_OPEN, RepairClock, RepairPath, RepairStatus
from hub.core.clock import local_date
from hub.core.texts import Text
from hub.core.workflow import Effect
from hub.db.models import CreditRepair, DishonestyRecord
from hub.repair.clocks import Counting, meet
from hub.repair.stopping import ask_to_stop
from hub.workflow.firing import Course, Firing, announce, move
from hub.workflow.unit import Unit

K = RepairClock
COURSE = Course("CreditRepair", AuditAction.REPAIR_TRANSITION, "creditrepair")


async def _push(firing: Firing) -> None:
    """The closing is with the credit office; an application of the subject's for the same listing has its answer."""
    unit, repair, given = firing.unit, firing.row, firing.payload
    if given is not None:
        repair.performance, repair.document_no = given.performance, given.document_no.strip()
        repair.document_name, repair.document_digest = given.document_name.strip(), given.document_digest
    repair.pushed_at = unit.at
    await meet(unit, repair, K.CLOSURE_PUSH)
    await _supersede(unit, repair)
    await (await Counting.of(unit, repair)).start(K.MATERIALS, unit.today)


async def _supersede(unit: Unit, repair: CreditRepair) -> None:
    found = await unit.session.scalars(
        select(CreditRepair).where(
            CreditRepair.record_id == repair.record_id,
            CreditRepair.id != repair.id,
            CreditRepair.status.in_(REPAIR_OPEN),
        )
    )
    with unit.session.no_autoflush:
        for other in found.all():
            other.end_reason = "法院已推送结案 (its court has pushed the closing)"
            move(unit, other, RepairStatus.WITHDRAWN)
            await meet(unit, other, *K)
            await announce(unit, COURSE, other, "withdraw")


async def _check(firing: Firing) -> None:
    firing.row.missing = list(firing.payload.missing)
    await meet(firing.unit, firing.row, K.MATERIALS)


async def _supplement(firing: Firing) -> None:
    repair, given = firing.row, firing.payload
    repair.document_no, repair.document_name = given.document_no.strip(), given.document_name.strip()
    repair.document_digest, repair.missing = given.document_digest, []
    await (await Counting.of(firing.unit, repair)).start(K.MATERIALS, firing.unit.today)


async def _ask(firing: Firing) -> None:
    await (await Counting.of(firing.unit, firing.row)).start(K.VERIFICATION, firing.unit.today)


async def _object(firing: Firing) -> None:
    firing.row.objection = firing.payload.reason
    await _ask(firing)


async def _approve(firing: Firing) -> None:
    """The court's three working days run from the ground it told, else from its word; publicity is counted beside."""
    unit, repair = firing.unit, firing.row
    await meet(unit, repair, K.VERIFICATION)
    record = (
        await unit.session.execute(
            select(DishonestyRecord.deletion_ground_on, DishonestyRecord.decided_on, DishonestyRecord.listed_on).where(
                DishonestyRecord.id == repair.record_id
            )
        )
    ).one()
    counting = await Counting.of(unit, repair)
    await counting.start(K.DELETION, record.deletion_ground_on or unit.today)
    await counting.publicity(record.decided_on or record.listed_on)


async def _checked_and_approved(firing: Firing) -> None:
    await _check(firing)
    await _approve(firing)


async def _deny(firing: Firing) -> None:
    firing.row.decision_reason, firing.row.remedy = firing.payload.reason, firing.payload.remedy
    await meet(firing.unit, firing.row, K.VERIFICATION)


async def _shield(firing: Firing) -> None:
    """The court has deleted by now, whether or not the worker has seen it: its time ends with the day it did."""
    unit, repair = firing.unit, firing.row
    repair.shielded_at = unit.at
    deleted = select(DishonestyRecord.deleted_on).where(DishonestyRecord.id == repair.record_id)
    await meet(unit, repair, K.DELETION, on=await unit.session.scalar(deleted))
    await meet(unit, repair, K.SHIELDING)
    if repair.path is RepairPath.REORGANISATION_RULING:
        await ask_to_stop(unit, repair)


async def _complete(firing: Firing) -> None:
    firing.row.completed_at = firing.unit.at
    await meet(firing.unit, firing.row, K.PUBLICITY_LEAST, K.PUBLICITY_MOST)


async def _end(firing: Firing) -> None:
    if firing.payload is not None:
        firing.row.end_reason = firing.payload.reason
    await meet(firing.unit, firing.row, *K)


async def _revoke(firing: Firing) -> None:
    """The shield falls at once here; the listing itself is its court's to restore, within its time."""
    unit, repair = firing.unit, firing.row
    repair.end_reason, repair.shielded_at = firing.payload.reason, None
    repair.completed_at, repair.restored_at = None, None
    await meet(unit, repair, *K)
    await (await Counting.of(unit, repair)).start(K.RESTORATION, local_date(unit.at))


async def _restored(firing: Firing) -> None:
    firing.row.restored_at = firing.unit.at
    await meet(firing.unit, firing.row, K.RESTORATION)


PUSH = Effect("push", Text("送信用办，起算材料核对期限", "to the credit office; its time begins"), _push)
CHECK = Effect("check", Text("登记核对结果", "the result is kept"), _check)
CHECK_APPROVED = Effect(
    "checkApproved",
    Text("法院推送即为其确认，起算删除期限", "said by the court; its time begins"),
    _checked_and_approved,
)
SUPPLEMENT = Effect("supplement", Text("登记补正材料，重新起算", "kept; the time begins anew"), _supplement)
ASK = Effect("ask", Text("送认定法院，起算核实期限", "to the court; its time begins"), _ask)
OBJECT = Effect("object", Text("登记异议，重新核实", "kept; verified anew"), _object)
APPROVE = Effect("approve", Text("起算法院删除期限和公示期", "deletion and publicity are counted"), _approve)
DENY = Effect("deny", Text("登记理由和救济途径", "reason and remedy are kept"), _deny)
SHIELD = Effect("shield", Text("停止公示和使用，通知解除惩戒", "publicity and use stop; measures are lifted"), _shield)
COMPLETE = Effect("complete", Text("登记完成，回执送主体", "completed; the subject has its receipt"), _complete)
END = Effect("end", Text("登记理由，停止计时", "the reason is kept; nothing is counted any more"), _end)
REVOKE = Effect("revoke", Text("解除屏蔽，请法院恢复", "the shield falls; the court is asked to restore"), _revoke)
RESTORED = Effect("restored", Text("登记恢复", "the restoration is kept"), _restored)
