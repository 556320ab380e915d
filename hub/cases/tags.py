"""A court tags its cases in the hub, and takes a tag back with its reason. A tag lists nobody and measures nobody."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from hub.audit.catalogue import AuditAction
from hub.audit.recorder import Target
from hub.canonical.evasion_codes import CaseTagKind, CaseTagOrigin, CaseTagStatus
from hub.canonical.exchange_codes import Confidentiality
from hub.cases.tagging import KINDS, named, tell, withdraw
from hub.core.errors import NotFound, Reason, Refused, refuse_if
from hub.core.ids import new_id
from hub.core.payload import find_problems, optional, required
from hub.db.models import CaseTag, CaseTagging, LegalCase
from hub.policy.pack import PolicyPack
from hub.workflow.firing import check_version
from hub.workflow.rows import locked, within
from hub.workflow.unit import Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseTagDraft:
    """给案件加标签 (a tag for a case)."""

    case_id: UUID = required("案件标识", "id of the case", node="LC")
    kind: CaseTagKind = required("标签", "tag")
    ground: str | None = optional("依据的事实；规避执行必填", "facts; needed for evasion of enforcement", limit=500)

    def find_rule_problems(self) -> Iterator[Reason]:
        if self.kind is CaseTagKind.ENFORCEMENT_EVASION and not (self.ground or "").strip():
            yield Reason("TAG_GROUND_MISSING", ("ground",))


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseTagWithdrawal:
    """撤回案件标签 (a tag taken back)."""

    reason: str = required("撤回理由", "why", limit=500)


async def tag_case(unit: Unit, asked: CaseTagDraft) -> UUID:
    """Raises ``NotFound`` for a case that is not of the caller's court, ``Refused`` with every reason."""
    case = await _own_case(unit, asked.case_id)
    pack = await unit.policy.pack(unit.session, case.jurisdiction_id, unit.today)
    wanted = select(CaseTag).where(CaseTag.case_id == case.id, CaseTag.kind == asked.kind).with_for_update()
    kept: CaseTag | None = await unit.session.scalar(wanted)
    standing = kept is not None and kept.status is CaseTagStatus.ACTIVE
    doubled = [Reason("CASE_TAGGED_ALREADY", ("kind",))] if standing else []
    refuse_if([*find_problems(asked), *_case_problems(case, asked.kind, pack), *doubled])
    row = kept or CaseTag(
        id=new_id(), case_id=case.id, court_id=case.court_id, kind=asked.kind, version=0, **within(case)
    )
    row.status, row.origin, row.ground = CaseTagStatus.ACTIVE, CaseTagOrigin.HUB, asked.ground
    said = named(pack, asked.kind)
    row.label, row.clause = str(said["label"]), said["clause"]
    row.tagged_on, row.told_at, row.withdrawn_on, row.withdrawal_reason = unit.today, unit.at, None, None
    row.version += 1
    unit.session.add(row)
    await _note(unit, case, row)
    return row.id


async def withdraw_tag(
    unit: Unit, tag_id: UUID, asked: CaseTagWithdrawal, *, expected_version: int | None = None
) -> CaseTag:
    """Raises ``NotFound`` for a tag of another court, ``Refused`` (CASE_TAG_WITHDRAWN)."""
    row: CaseTag = await locked(unit, CaseTag, tag_id)
    case = await _own_case(unit, row.case_id, path="id")
    check_version(row, expected_version)
    refuse_if(find_problems(asked))
    if row.status is CaseTagStatus.WITHDRAWN:
        raise Refused(Reason("CASE_TAG_WITHDRAWN"))
    withdraw(row, asked.reason.strip(), unit.at)
    await _note(unit, case, row)
    return row


async def _own_case(unit: Unit, key: UUID, *, path: str = "caseId") -> LegalCase:
    own = select(LegalCase).where(LegalCase.id == key, LegalCase.court_id == unit.organization_id)
    case: LegalCase | None = await unit.session.scalar(own)
    if case is None or unit.principal.on_behalf_of is not None:
        raise NotFound(path=(path,))
    return case


def _case_problems(case: LegalCase, kind: CaseTagKind, pack: PolicyPack) -> Iterator[Reason]:
    if kind not in pack.codes(KINDS):
        yield Reason("TAG_NOT_SHARED", ("kind",))
    if case.closed_on is not None:
        yield Reason("CASE_NOT_OPEN", ("caseId",))
    if case.confidentiality is not Confidentiality.NORMAL:
        yield Reason("CASE_NOT_PUBLIC", ("caseId",))


async def _note(unit: Unit, case: LegalCase, row: CaseTag) -> None:
    """What all the tags are from now on, with the trace and the event."""
    await unit.session.flush()
    standing = select(CaseTag.kind).where(CaseTag.case_id == case.id, CaseTag.status == CaseTagStatus.ACTIVE)
    unit.session.add(
        CaseTagging(
            id=new_id(),
            case_id=case.id,
            court_id=case.court_id,
            kinds=sorted(await unit.session.scalars(standing)),
            ground=row.withdrawal_reason or row.ground,
            origin=CaseTagOrigin.HUB,
            told_at=unit.at,
            confirmed_at=unit.at,
            late=False,
            **within(case),
        )
    )
    await unit.session.flush()
    target = Target("CaseTag", row.id, row.jurisdiction_path)
    await unit.audit(AuditAction.CASE_TAGGED, target, kind=row.kind.value, status=row.status.value)
    await tell(unit.session, row.tenant_id, [row.id])
