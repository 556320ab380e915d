"""What the events of a notice do besides moving it."""

from __future__ import annotations

from sqlalchemy import delete

from hub.audit.catalogue import AuditAction
from hub.canonical.supervision_codes import RecipientRole
from hub.core.errors import Reason, Refused
from hub.core.ids import new_id
from hub.core.texts import Text
from hub.core.workflow import Effect
from hub.db.models import NoticeSignature
from hub.supervision import deadlines, documents, parties
from hub.workflow.firing import Course, Firing, announce
from hub.workflow.rows import within

COURSE = Course("SupervisionNotice", AuditAction.SUPERVISION_TRANSITION, "notice")


async def _put_signature(firing: Firing) -> None:
    unit, notice, given = firing.unit, firing.row, firing.payload
    unit.session.add(
        NoticeSignature(
            id=new_id(),
            notice_id=notice.id,
            organization_id=unit.organization_id,
            signed_by=given.signed_by.strip(),
            post=given.post.strip(),
            signed_at=unit.at,
            **within(notice),
        )
    )
    await unit.session.flush()


async def _issue(firing: Firing) -> None:
    """Number, document, deadline, audience; ``notice.issued`` is what recipients' systems are told."""
    unit, notice = firing.unit, firing.row
    await deadlines.assign(unit, notice)
    await documents.issue(unit, notice, firing.facts.policy)
    await unit.session.flush()
    await parties.admit_recipients(unit, notice)
    await announce(unit, COURSE, notice, "issued")


async def _drop_signatures(firing: Firing) -> None:
    firing.row.return_reason = firing.payload.reason
    await firing.unit.session.execute(delete(NoticeSignature).where(NoticeSignature.notice_id == firing.row.id))


async def _receipt(firing: Firing) -> None:
    unit = firing.unit
    mine = firing.facts.recipients[unit.acting_id]
    mine.receipt_at, mine.received_by = unit.at, firing.payload.received_by.strip()
    mine.delivered_at = mine.delivered_at or unit.at


async def _responsible(firing: Firing) -> None:
    given, notice = firing.payload, firing.row
    notice.responsible_leader, notice.responsible_person = given.leader.strip(), given.person.strip()
    notice.responsible_post = given.post


async def _ask(firing: Firing) -> None:
    firing.row.extension_due_on, firing.row.extension_reason = firing.payload.due_on, firing.payload.reason


async def _grant(firing: Firing) -> None:
    notice = firing.row
    notice.due_on, notice.extension_due_on = notice.extension_due_on, None
    notice.extension_count += 1
    await deadlines.assign(firing.unit, notice)


async def _deny(firing: Firing) -> None:
    firing.row.extension_due_on, firing.row.return_reason = None, firing.payload.reason


async def _reply(firing: Firing) -> None:
    given = firing.payload
    firing.row.reply = given.text
    firing.row.reply_evidence = [{"name": each.name, "digest": each.digest} for each in given.evidence]


async def _return(firing: Firing) -> None:
    firing.row.return_reason = firing.payload.reason


async def _urge(firing: Firing) -> None:
    firing.row.urge_count += 1


async def _escalate(firing: Firing) -> None:
    """The superior authority receives the notice too, and answers for its subordinate."""
    unit, notice = firing.unit, firing.row
    above = await parties.superiors(unit.session, notice.subject_id)
    if not above:
        raise Refused(Reason("SUPERIOR_UNKNOWN"))
    new = {key: RecipientRole.SUPERIOR for key in above if key not in firing.facts.recipients}
    await parties.address(unit.session, notice, new)
    await parties.admit_recipients(unit, notice)
    notice.escalation_level += 1


async def _close(firing: Firing) -> None:
    firing.row.closed_at = firing.unit.at


async def _close_with_reason(firing: Firing) -> None:
    firing.row.close_reason = firing.payload.reason
    await _close(firing)


SIGNATURE = Effect("signature", Text("登记签发人", "the signature is kept"), _put_signature)
ISSUE = Effect("issue", Text("编号、成文、送达收文单位", "numbered, written, made known to its recipients"), _issue)
DROP_SIGNATURES = Effect("dropSignatures", Text("已有签发作废", "signatures given so far are void"), _drop_signatures)
RECEIPT = Effect("receipt", Text("登记签收人和时间", "the receipt is kept"), _receipt)
RESPONSIBLE = Effect("responsible", Text("登记责任领导和责任人", "who answers is kept"), _responsible)
ASK = Effect("ask", Text("登记延期申请", "the request is kept"), _ask)
GRANT = Effect("grant", Text("期限顺延，次数加一", "the deadline moves, the extension is counted"), _grant)
DENY = Effect("deny", Text("登记不同意的理由", "the reason is kept"), _deny)
REPLY = Effect("reply", Text("登记回复和佐证材料", "the reply and its evidence are kept"), _reply)
RETURN = Effect("return", Text("登记退回理由", "the reason is kept"), _return)
URGE = Effect("urge", Text("催办次数加一", "the urging is counted"), _urge)
ESCALATE = Effect("escalate", Text("发送上级主管部门", "the superior receives it"), _escalate)
CLOSE = Effect("close", Text("登记办结时间", "the closing is kept"), _close)
CLOSE_WITH_REASON = Effect("closeWithReason", Text("登记理由和时间", "reason and time are kept"), _close_with_reason)
