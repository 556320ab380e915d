"""What departments say of checks: by which rule they act, and what they did with a subject that matched."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select

from hub.audit.catalogue import AuditAction
from hub.audit.recorder import Target
from hub.canonical.exchange_codes import CheckMode, Disposition
from hub.core.errors import Denied, NotFound, Reason, Refused
from hub.core.ids import new_id
from hub.core.payload import optional, required
from hub.core.texts import label_text
from hub.db.models import CheckDisposition, Interception, SubjectCheck
from hub.workflow.rows import home_jurisdiction
from hub.workflow.unit import Unit

KEY = 32
"""Bytes of a keyed hash in the keys of a check."""
_MILDER = (Disposition.BLOCK, Disposition.MANUAL, Disposition.WARN, Disposition.PASS)
"""From the hardest to the mildest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DispositionRule:
    """本单位的核查处置规则 (the rule by which a department acts on an exact match)."""

    disposition: Disposition = required("对精确比中主体的处置", "what is done with an exact match")
    clause: str = required("依据条款", "clause it rests on", limit=300)
    valid_from: date = required("生效日期", "in force from")


@dataclass(frozen=True, slots=True, kw_only=True)
class InterceptionReport:
    """回报对比中主体的处置 (what was done with a subject that matched)."""

    check_id: UUID = required("核查标识", "id of the check", node="CK")
    position: int = required("所查主体的序号，从0起", "position of the subject, from 0", minimum=0, maximum=10_000)
    decision: Disposition = required("实际处置", "what was done")
    system: str = required("业务系统", "the business system", limit=100)
    override_reason: str | None = optional("处置轻于核查所示的理由", "why it is milder than advised", limit=500)


async def set_rule(unit: Unit, rule: DispositionRule) -> UUID:
    """Raises ``Refused`` (CHECK_RULE_PAST): what was answered by a rule stays so."""
    if rule.valid_from < unit.today:
        raise Refused(Reason("CHECK_RULE_PAST", ("validFrom",)))
    home = await home_jurisdiction(unit.session, unit.organization_id)
    made = CheckDisposition(
        id=new_id(),
        tenant_id=home.tenant_id,
        jurisdiction_path=home.path,
        organization_id=unit.organization_id,
        disposition=rule.disposition,
        clause=rule.clause,
        valid_from=rule.valid_from,
        decided_at=unit.at,
    )
    unit.session.add(made)
    await unit.session.flush()
    target = Target("CheckDisposition", made.id, home.path)
    await unit.audit(AuditAction.CHECK_RULE_SET, target, rule=rule.disposition.value)
    return made.id


async def report_interception(unit: Unit, report: InterceptionReport) -> UUID:
    """Raises ``NotFound`` for another's check, or ``Refused``: no match there, no reason given, reported before."""
    check = await unit.session.scalar(
        select(SubjectCheck).where(
            SubjectCheck.id == report.check_id, SubjectCheck.organization_id == unit.organization_id
        )
    )
    if check is None:
        raise NotFound(path=("checkId",))
    hit = next((each for each in check.hits if each["position"] == report.position), None)
    if hit is None:
        raise Refused(Reason("INTERCEPTION_NO_MATCH", ("position",), {"position": report.position + 1}))
    _require_reason(report, Disposition(hit["disposition"]))
    await _require_new(unit, report)
    return await _keep(unit, report, check, hit)


def _require_reason(report: InterceptionReport, advised: Disposition) -> None:
    milder = _MILDER.index(report.decision) > _MILDER.index(advised)
    if milder and not (report.override_reason or "").strip():
        about = {"advised": label_text(f"Disposition.{advised.value}").zh}
        raise Refused(Reason("INTERCEPTION_REASON", ("overrideReason",), about))


async def _require_new(unit: Unit, report: InterceptionReport) -> None:
    known = select(Interception.id).where(
        Interception.check_id == report.check_id, Interception.position == report.position
    )
    if await unit.session.scalar(known) is not None:
        raise Refused(Reason("INTERCEPTION_KNOWN", ("position",)))


async def _keep(unit: Unit, report: InterceptionReport, check: SubjectCheck, hit: dict[str, Any]) -> UUID:
    if unit.principal.on_behalf_of is not None:
        raise Denied(Reason("FORBIDDEN"))
    made = Interception(
        id=new_id(),
        tenant_id=check.tenant_id,
        jurisdiction_path=check.jurisdiction_path,
        organization_id=check.organization_id,
        check_id=check.id,
        position=report.position,
        mode=CheckMode(hit["mode"]),
        advised=Disposition(hit["disposition"]),
        decision=report.decision,
        override_reason=report.override_reason,
        system=report.system,
        at=unit.at,
        key=check.keys[report.position * KEY :][:KEY],
    )
    unit.session.add(made)
    await unit.session.flush()
    target = Target("Interception", made.id, check.jurisdiction_path)
    await unit.audit(AuditAction.INTERCEPTION_REPORTED, target, decision=report.decision.value)
    return made.id
