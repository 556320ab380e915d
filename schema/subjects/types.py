"""Subjects: natural persons masked, but for the court that told of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import ColumnElement, case, or_, select

from hub.access.scopes import Scope
from hub.audit.catalogue import AuditAction
from hub.audit.recorder import Target, record
from hub.canonical.exchange_codes import MatchConfidence, SubjectType, TransferReason
from hub.core.principal import Clearance
from hub.db import models
from hub.subjects.resolving import identity_context, whole_name
from schema.binding.ambient import Ambient, Row
from schema.binding.declare import node, part
from schema.binding.fields import children, column, expression, python, relation
from schema.binding.orders import ascending
from schema.nodes import Node
from schema.organizations.types import Organization

if TYPE_CHECKING:
    from schema.operation import HubContext

READ = (Scope.CASE_READ, Scope.DISHONESTY_READ)
SUBJECT, ALIAS, TRANSFER = models.Subject, models.SubjectAlias, models.SubjectTransfer
ENTRY, RECORD = models.CaseListEntry, models.DishonestyRecord


def _told_by(subject: Any, organization: Any) -> ColumnElement[bool]:
    """Whether the organisation is a court that told of the subject."""
    listing = select(RECORD.id).where(RECORD.subject_id == subject, RECORD.court_id == organization)
    entry = select(ENTRY.id).where(ENTRY.subject_id == subject, ENTRY.court_id == organization)
    return or_(listing.exists(), entry.exists())


def _name(row: Row, _ambient: Ambient) -> ColumnElement[Any]:
    return case((row.c.kind == SubjectType.NATURAL.value, row.c.name_masked), else_=row.c.name)


async def _identities(context: HubContext, rows: Sequence[Mapping[str, Any]]) -> list[str | None]:
    """Identity numbers in clear for the court that told them."""
    opened = context.standing.keyring.open
    return [
        None
        if subject is None or subject.identity_sealed is None
        else opened(subject.identity_sealed, context=identity_context(subject.id))
        for subject in await _released(context, rows)
    ]


async def _full_names(context: HubContext, rows: Sequence[Mapping[str, Any]]) -> list[str | None]:
    """Whole names of natural persons for the court that told them."""
    ring = context.standing.keyring
    return [
        None if subject is None else whole_name(ring, subject.id, subject.name, subject.name_sealed)
        for subject in await _released(context, rows)
    ]


async def _released(context: HubContext, rows: Sequence[Mapping[str, Any]]) -> list[models.Subject | None]:
    """The persons that the caller told of, each reading audited before it is released."""
    ids = [UUID(row["id"]) for row in rows]
    own = context.principal.organization_id
    async with context.reading() as session:
        found = await session.scalars(
            select(SUBJECT).where(SUBJECT.id.in_(ids), SUBJECT.identity_sealed.is_not(None), _told_by(SUBJECT.id, own))
        )
        subjects = {each.id: each for each in found}
    async with context.sessions.write(context.principal) as session:
        for subject in subjects.values():
            target = Target("Subject", subject.id, subject.jurisdiction_path)
            await record(session, context.principal, AuditAction.IDENTITY_READ, at=context.now, target=target)
    return [subjects.get(key) for key in ids]


@part("主体别名", "other name of a subject", model=ALIAS, scopes=READ)
class SubjectAlias:
    alias: str = column(ALIAS.alias, "来源所用的其他名称", "another name a source used")


@part("主体改认记录", "change of the unit a body is held to be", model=TRANSFER, scopes=READ)
class SubjectTransfer:
    reason: TransferReason = column(TRANSFER.reason, "缘由", "reason")
    former: Organization | None = relation(TRANSFER.from_id, "原单位", "the unit before")
    present: Organization | None = relation(TRANSFER.to_id, "现单位", "the unit since")
    moved_at: datetime = column(TRANSFER.moved_at, "时间", "when")


@node("SU", "案件主体", "subject of a case or listing", model=SUBJECT, scopes=READ)
class Subject(Node):
    kind: SubjectType = column(SUBJECT.kind, "主体类型", "kind of subject")
    name: str = expression(
        _name,
        "名称；自然人只见姓，全称见fullName",
        "name; of a natural person masked, see fullName",
        uses=(SUBJECT.id, SUBJECT.kind, SUBJECT.name, SUBJECT.name_masked),
    )
    full_name: str | None = python(
        _full_names,
        "自然人姓名全称，仅报送法院可读，读取留痕",
        "whole name of a natural person, for the court that told it; audited",
        needs=(SUBJECT.id,),
    )
    uscc: str | None = column(SUBJECT.uscc, "统一社会信用代码（GB 32100）", "unified social credit code")
    identity_masked: str | None = column(
        SUBJECT.identity_masked,
        "公民身份号码（GB 11643），前三后四",
        "resident identity number, first three and last four",
        level=Clearance.L2,
    )
    identity_number: str | None = python(
        _identities,
        "公民身份号码全文，仅报送法院可读，读取留痕",
        "resident identity number, for the court that told it; audited",
        needs=(SUBJECT.id,),
    )
    organization: Organization | None = relation(
        SUBJECT.organization_id, "对应的本中枢单位", "the unit of the hub it is held to be"
    )
    match_confidence: MatchConfidence = column(SUBJECT.match_confidence, "比对依据", "on what grounds")
    government_subject: bool = column(SUBJECT.government_subject, "是否政务主体", "whether a government subject")
    transfers: list[SubjectTransfer] = children(
        TRANSFER.subject_id,
        "承继和认定变更",
        "successions and changed decisions",
        order=ascending("按时间", "by time", TRANSFER.moved_at),
    )
    aliases: list[SubjectAlias] = children(
        ALIAS.subject_id, "其他名称", "other names", order=ascending("按名称", "by name", ALIAS.alias)
    )
