"""Issuing: the number, the document, its digest in the exchange log; all in the transaction of the last signature."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import func, select

from hub.canonical.document_number import DocumentNumber
from hub.canonical.supervision_codes import RecipientRole
from hub.core.ids import new_id
from hub.core.texts import label_text
from hub.db.models import (
    NoticeRecipient,
    NoticeSignature,
    OfficialDocument,
    Organization,
    PeriodicReport,
    SupervisionNotice,
)
from hub.evidence.recorder import Message, received
from hub.supervision.letter import MEDIA_TYPE, Letter, Section, render
from hub.supervision.policies import SupervisionPolicy
from hub.workflow.rows import within
from hub.workflow.unit import Unit

ORGAN = 40
"""Longest organ code, so that the number fits its column."""


async def issue(unit: Unit, notice: SupervisionNotice, policy: SupervisionPolicy) -> None:
    """Give a signed notice its number and its document."""
    names = await _names(unit, notice)
    year = unit.today.year
    serial = await unit.session.scalar(select(func.next_document_number(notice.id, year)))
    if serial is None:
        raise RuntimeError("a notice that cannot be numbered reached its issue")
    organ = f"{_organ(names[notice.issuer_id])}{policy.mark}"
    notice.document_no, notice.issued_at = str(DocumentNumber(organ, year, serial)), unit.at
    letter = await _letter(unit, notice, names)
    name = f"{label_text(f'NoticeKind.{notice.kind.value}').zh}-{notice.document_no}.docx"
    await keep(unit, notice, name, MEDIA_TYPE, await asyncio.to_thread(render, letter), clause=notice.clause)


async def keep(
    unit: Unit,
    target: SupervisionNotice | PeriodicReport,
    file_name: str,
    media_type: str,
    content: bytes,
    *,
    clause: str | None,
    version: int = 1,
) -> None:
    """Keep a document as issued, its digest in the exchange log."""
    digest = hashlib.sha256(content).hexdigest()
    unit.session.add(
        OfficialDocument(
            id=new_id(),
            target_id=target.id,
            version=version,
            file_name=file_name,
            media_type=media_type,
            content=content,
            digest=digest,
            **within(target),
        )
    )
    message = Message("issueDocument", digest, target.id, legal_basis=clause)
    await received(unit.session, unit.principal, message, at=unit.at)


def _organ(name: str) -> str:
    """A document number's organ code holds characters and letters alone."""
    return "".join(character for character in name if character.isalpha())[:ORGAN]


async def _names(unit: Unit, notice: SupervisionNotice) -> dict[UUID, str]:
    """Short name of the issuer, full names of the rest."""
    recipients = select(NoticeRecipient.organization_id).where(NoticeRecipient.notice_id == notice.id)
    wanted = (notice.issuer_id, *notice.co_issuer_ids)
    rows = await unit.session.execute(
        select(Organization.id, Organization.name, Organization.short_name).where(
            Organization.id.in_(wanted) | Organization.id.in_(recipients)
        )
    )
    return {key: short or name if key == notice.issuer_id else name for key, name, short in rows}


async def _letter(unit: Unit, notice: SupervisionNotice, names: dict[UUID, str]) -> Letter:
    roles = await unit.session.execute(
        select(NoticeRecipient.organization_id, NoticeRecipient.role).where(NoticeRecipient.notice_id == notice.id)
    )
    copied = [names[key] for key, role in roles if role is not RecipientRole.SUBJECT]
    issuer = await unit.session.scalar(select(Organization.name).where(Organization.id == notice.issuer_id))
    return Letter(
        issuers=(str(issuer), *(names[key] for key in notice.co_issuer_ids)),
        document_no=str(notice.document_no),
        title=notice.title,
        addressee=names[notice.subject_id],
        sections=_sections(notice),
        signatures=await _signatures(unit, notice.id),
        dated=unit.today,
        copied=copied,
    )


def _sections(notice: SupervisionNotice) -> Sequence[Section]:
    due_on = notice.due_on
    by = f"请于{due_on.year}年{due_on.month}月{due_on.day}日前办结并书面回复。" if due_on else ""
    basis = f"依据：{notice.clause}。" if notice.clause else ""
    return (
        Section("一、基本情况", notice.facts),
        Section("二、办理要求", notice.demand),
        Section("三、办理期限", "\n".join(line for line in (by, basis) if line)),
    )


async def _signatures(unit: Unit, notice_id: UUID) -> list[str]:
    rows = await unit.session.execute(
        select(Organization.name, NoticeSignature.post, NoticeSignature.signed_by)
        .join(Organization, Organization.id == NoticeSignature.organization_id)
        .where(NoticeSignature.notice_id == notice_id)
        .order_by(NoticeSignature.signed_at, NoticeSignature.id)
    )
    return [f"签发：{name} {post} {signed_by}" for name, post, signed_by in rows]
