"""Referrals: clues to 纪委监委, records to the organisation department. Push only: the sender keeps the receipt alone.

Source: 黑市诚信办发〔2023〕3号 三（三）; 汉川市人民法院工作方案 二（三）、三（二）; 新信用发〔2018〕6号 二（六）.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import insert

from hub.audit.catalogue import AuditAction
from hub.audit.recorder import Target
from hub.canonical.supervision_codes import ReferralKind
from hub.core.errors import NotFound, Reason, Refused, refuse_if
from hub.core.ids import new_id
from hub.core.payload import SHORT_TEXT, find_problems, optional, required
from hub.core.principal import RoleName
from hub.core.texts import label_text
from hub.db.models import Referral, ReferralReceipt
from hub.evidence.recorder import Message, received
from hub.organizations.existence import require_organizations
from hub.supervision.notices import require_issuer, subject_problems
from hub.supervision.parties import function_holder
from hub.supervision.payloads import NAME
from hub.workflow.firing import Course, announce, check_version, touch
from hub.workflow.rows import locked, place, placed_in
from hub.workflow.unit import Unit

COURSE = Course("ReferralReceipt", AuditAction.REFERRAL_PUSHED, "referral")
RECEIVERS = {
    ReferralKind.ACCOUNTABILITY_CLUE: RoleName.DISCIPLINE_SUPERVISION,
    ReferralKind.RECORD: RoleName.ORGANISATION_DEPARTMENT,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralContent:
    """移送的线索或记录；移送后发送单位只能看到回执 (what is referred; the sender then sees the receipt alone)."""

    jurisdiction_code: str = required("区划代码", "jurisdiction code", limit=12)
    kind: ReferralKind = required("移送种类", "kind")
    organization_id: UUID = required("所涉单位", "unit concerned", node="OR")
    title: str = required("标题", "title", limit=SHORT_TEXT)
    content: str = required("内容", "content")
    basis: str = required("移送依据", "basis for referring it", limit=SHORT_TEXT)
    notice_id: UUID | None = optional("相关督办函件", "notice it follows", node="SN")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralAcceptance:
    """签收移送 (receipt of a referral)."""

    received_by: str = required("签收人姓名", "name of who received it", limit=NAME)


async def push_referral(unit: Unit, given: ReferralContent) -> UUID:
    """Hand it over. Raises ``Refused`` with every reason, RECEIVER_MISSING where nobody is registered to receive."""
    refuse_if(find_problems(given))
    jurisdiction = await place(unit, given.jurisdiction_code)
    require_issuer(unit, jurisdiction)
    await require_organizations(unit, [given.organization_id], path="organizationId")
    role = RECEIVERS[given.kind]
    receiver = await function_holder(unit.session, jurisdiction.id, role)
    missing = Reason("RECEIVER_MISSING", ("kind",), {"role": label_text(f"RoleName.{role.value}").zh})
    reasons = await subject_problems(unit, jurisdiction, given.organization_id, ("organizationId",))
    refuse_if([*reasons, *([missing] if receiver is None else [])])
    key, digest = new_id(), hashlib.sha256(given.content.encode()).hexdigest()
    shared = {
        "id": key,
        "kind": given.kind,
        "sender_id": unit.organization_id,
        "receiver_id": receiver,
        "created_at": unit.at,
        "updated_at": unit.at,
        **placed_in(jurisdiction),
    }
    said = {
        "organization_id": given.organization_id,
        "notice_id": given.notice_id,
        "title": given.title.strip(),
        "content": given.content,
        "basis": given.basis,
    }
    # Nothing is read back of what only the receiver may read.
    await unit.session.execute(insert(Referral.__table__).values(**shared, **said))  # type: ignore[arg-type]
    receipt = ReferralReceipt(**shared, digest=digest, sent_at=unit.at)
    unit.session.add(receipt)
    await unit.session.flush()
    await unit.audit(AuditAction.REFERRAL_PUSHED, Target("Referral", key, jurisdiction.path), kind=given.kind.value)
    message = Message("pushReferral", digest, key, legal_basis=given.basis)
    await received(unit.session, unit.principal, message, at=unit.at)
    await announce(unit, COURSE, receipt, "pushed")
    return key


async def accept_referral(
    unit: Unit, referral_id: UUID, given: ReferralAcceptance, *, expected_version: int | None = None
) -> ReferralReceipt:
    """The receiver signs for it; the sender's receipt says so."""
    receipt: ReferralReceipt = await locked(unit, ReferralReceipt, referral_id)
    if receipt.receiver_id != unit.organization_id:
        raise NotFound(path=("id",))
    check_version(receipt, expected_version)
    refuse_if(find_problems(given))
    if receipt.received_at is not None:
        raise Refused(Reason("REFERRAL_ALREADY_RECEIVED"))
    receipt.received_at, receipt.received_by = unit.at, given.received_by.strip()
    touch(unit, receipt)
    target = Target("Referral", receipt.id, receipt.jurisdiction_path)
    await unit.audit(AuditAction.REFERRAL_RECEIVED, target, kind=receipt.kind.value)
    await announce(unit, COURSE, receipt, "received")
    return receipt
