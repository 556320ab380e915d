"""What else an event of a clue does: what is said is sealed, and the next clock starts."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select

from hub.alerts.raising import Raised, raise_alert
from hub.canonical.codes import AlertKind, AlertSeverity
from hub.core.clock import local_date
from hub.core.ids import new_id
from hub.core.texts import Text
from hub.core.workflow import Effect
from hub.db.models import EvasionClue, EvasionClueEvidence, EvasionClueStep
from hub.db.tenant_keys import tenant_keys
from hub.evasion.payloads import ClueEvidence
from hub.policy.rule_data import deadline_to_plain, stored_clause
from hub.workflow.firing import Firing
from hub.workflow.rows import within
from hub.workflow.unit import Unit

RECEIVED, REVIEWED, DECIDED, SUPPLEMENTED = (
    f"evasion_clue.{step}" for step in ("receive", "review", "decide", "supplement")
)
TITLE = "拒执线索"


def day_of(at: datetime) -> date:
    return local_date(at)


def step_context(key: object) -> str:
    return f"evasion_clue_step|content_sealed|{key}"


def evidence_context(key: object) -> str:
    return f"evasion_clue_evidence|content_sealed|{key}"


async def start_clock(unit: Unit, row: EvasionClue, rule: str | None) -> None:
    """By when whoever has it in hand now is to act; nobody is, where there is no rule."""
    if rule is None:
        row.due_on = row.due_basis = None
        return
    pack = await unit.policy.pack(unit.session, row.jurisdiction_id, unit.today)
    deadline = pack.deadline(rule, unit.today, await unit.policy.calendar(unit.session))
    row.due_on, row.due_basis = deadline.due_on, deadline_to_plain(deadline)


async def keep_step(unit: Unit, row: EvasionClue, event: str, content: Mapping[str, Any]) -> None:
    """What was said, sealed, in its order."""
    keys = await tenant_keys(unit.session, unit.keyring, row.tenant_id, unit.at)
    count = select(func.count()).where(EvasionClueStep.clue_id == row.id)
    key = new_id()
    said = {name: value for name, value in content.items() if value is not None}
    unit.session.add(
        EvasionClueStep(
            id=key,
            clue_id=row.id,
            number=(await unit.session.scalar(count) or 0) + 1,
            event=event,
            organization_id=unit.organization_id,
            taken_at=unit.at,
            content_sealed=keys.seal(json.dumps(said, ensure_ascii=False), context=step_context(key)),
            **within(row),
        )
    )
    await unit.session.flush()


async def keep_evidence(unit: Unit, row: EvasionClue, given: Sequence[ClueEvidence]) -> None:
    keys = await tenant_keys(unit.session, unit.keyring, row.tenant_id, unit.at)
    for number, each in enumerate(given, 1):
        key = new_id()
        unit.session.add(
            EvasionClueEvidence(
                id=key,
                clue_id=row.id,
                round=row.round,
                number=number,
                kind=each.kind,
                filename=each.filename.strip(),
                digest=each.sha256.lower(),
                content_sealed=keys.seal(each.content, context=evidence_context(key)),
                **within(row),
            )
        )
    await unit.session.flush()


async def _say(firing: Firing, rule: str | None, **content: Any) -> None:
    await keep_step(firing.unit, firing.row, firing.transition.event, content)
    await start_clock(firing.unit, firing.row, rule)


async def _receive(firing: Firing) -> None:
    firing.row.received_at, firing.row.received_by = firing.unit.at, firing.payload.received_by.strip()
    await _say(firing, REVIEWED)


async def _return(firing: Firing) -> None:
    firing.row.returned_at = firing.unit.at
    await _say(firing, SUPPLEMENTED, note=firing.payload.wanted)


async def _supplement(firing: Firing) -> None:
    firing.row.round += 1
    await keep_evidence(firing.unit, firing.row, firing.payload.evidence)
    await _say(firing, RECEIVED, note=firing.payload.facts)


async def _accept(firing: Firing) -> None:
    firing.row.accepted_at = firing.unit.at
    await _say(firing, DECIDED, documentNumber=firing.payload.document_number, note=firing.payload.note)


async def _refuse(firing: Firing) -> None:
    firing.row.refusal = firing.payload.reason
    await _say(firing, None, documentNumber=firing.payload.document_number, note=firing.payload.note)


async def _file(firing: Firing) -> None:
    firing.row.filed_on = firing.payload.filed_on
    await _say(firing, None, documentNumber=firing.payload.document_number)


async def _urge(firing: Firing) -> None:
    unit, row = firing.unit, firing.row
    row.urged_count, row.urged_at = row.urged_count + 1, unit.at
    await keep_step(unit, row, firing.transition.event, {"note": firing.payload.note})
    await raise_alert(unit.session, row, TITLE, overdue(row, row.police_id), unit.at, by=unit.principal)


def overdue(row: EvasionClue, *units: Any) -> Raised:
    """Each urging is an alert of its own."""
    return Raised(
        kind=AlertKind.EVASION_CLUE_OVERDUE,
        severity=AlertSeverity.SEVERE,
        due_on=row.due_on,
        offset=row.urged_count,
        clause=None if row.due_basis is None else stored_clause(row.due_basis),
        units=units,
    )


async def _end(firing: Firing) -> None:
    firing.row.ended_at = firing.unit.at
    await _say(firing, None, note=firing.payload.note)


RECEIVE = Effect("keepReceipt", Text("登记签收，起算审查期限", "keep the receipt; the time to review begins"), _receive)
RETURN = Effect("keepReturn", Text("登记退回理由，起算补充期限", "keep why; the court's time begins"), _return)
SUPPLEMENT = Effect("keepMaterial", Text("加密保存补充材料", "keep the material sealed"), _supplement)
ACCEPT = Effect("keepAcceptance", Text("登记受理，起算立案审查期限", "keep it; the time to decide begins"), _accept)
REFUSE = Effect("keepRefusal", Text("登记原因", "keep the reason"), _refuse)
FILE = Effect("keepFiling", Text("登记立案", "keep the filing"), _file)
URGE = Effect("urge", Text("向公安机关发出催办预警", "alert the police"), _urge)
END = Effect("end", Text("记录办结时间", "keep when it ended"), _end)
