"""Clues as the court and the police see them: that there is one, and how it stands. Whom it is about and what it says
leaves the hub through ``readEvasionClue`` alone."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import ColumnElement, case, null, or_

from hub.access.scopes import Scope
from hub.canonical.evasion_codes import ClueEvidenceKind, ClueRefusal, EvasionClueStatus, EvasionConduct
from hub.core.clock import local_date
from hub.core.principal import Clearance
from hub.db import models
from hub.evasion.workflow import CLUE as TABLE
from hub.evasion.workflow import ClueFacts, clue_actors
from schema.binding.ambient import Ambient, Row
from schema.binding.declare import node, part
from schema.binding.fields import children, column, expression, python, relation
from schema.binding.orders import ascending
from schema.linkage.computed import AvailableEvent, Possible, events_of
from schema.nodes import Node
from schema.organizations.types import Organization

if TYPE_CHECKING:
    from hub.db.session import ReadSession
    from schema.operation import HubContext

CLUE, STEP, EVIDENCE = models.EvasionClue, models.EvasionClueStep, models.EvasionClueEvidence
READ = (Scope.EVASION_READ,)


def _conducts(row: Row, ambient: Ambient) -> ColumnElement[Any]:
    """Who oversees reads that there is a clue, not what is suspected."""
    parties = or_(row.c.court_id == ambient.organization, row.c.police_id == ambient.organization)
    return case((parties, row.c.conducts), else_=null())


async def _events(
    context: HubContext, _session: ReadSession, rows: list[models.EvasionClue]
) -> Mapping[UUID, Possible]:
    own, scopes, today = context.principal.organization_id, context.principal.scopes, local_date(context.now)
    return {
        row.id: TABLE.available(row.status, actors=clue_actors(row, own), scopes=scopes, facts=ClueFacts(row, today))
        for row in rows
    }


@part("线索的一个步骤", "step of a clue", model=STEP, scopes=READ)
class EvasionClueStep:
    number: int = column(STEP.number, "序号", "number")
    event: str = column(STEP.event, "事件", "event")
    taken_at: datetime = column(STEP.taken_at, "时间", "when")


@part("线索的一份材料", "document of a clue", model=EVIDENCE, scopes=READ)
class EvasionClueEvidence:
    round: int = column(EVIDENCE.round, "第几次移送", "with which handing over")
    number: int = column(EVIDENCE.number, "序号", "number")
    kind: ClueEvidenceKind = column(EVIDENCE.kind, "材料种类", "kind")
    digest: str = column(EVIDENCE.digest, "内容的SHA-256", "SHA-256 of the content")


@node("EL", "拒执线索", "clue to refusing or evading enforcement", model=CLUE, scopes=READ)
class EvasionClue(Node):
    status: EvasionClueStatus = column(CLUE.status, "状态", "state")
    court: Organization = relation(CLUE.court_id, "移送法院", "court")
    police: Organization = relation(CLUE.police_id, "接收的公安机关", "police unit")
    case_number: str = column(CLUE.case_number, "案号", "case number")
    conducts: list[EvasionConduct] | None = expression(
        _conducts,
        "涉嫌的行为，仅法院和公安机关可读",
        "what is suspected, for the court and the police",
        uses=(CLUE.court_id, CLUE.police_id, CLUE.conducts),
        level=Clearance.L2,
    )
    signed_by: str | None = column(CLUE.signed_by, "签发人", "who signed it", level=Clearance.L2)
    round: int = column(CLUE.round, "移送次数", "how often material was handed over")
    sent_at: datetime = column(CLUE.created_at, "移送时间", "referred at")
    due_on: date | None = column(CLUE.due_on, "现阶段办理期限", "whoever has it in hand acts by")
    received_at: datetime | None = column(CLUE.received_at, "签收时间", "received at")
    received_by: str | None = column(CLUE.received_by, "签收人", "received by", level=Clearance.L2)
    returned_at: datetime | None = column(CLUE.returned_at, "退回时间", "returned at")
    accepted_at: datetime | None = column(CLUE.accepted_at, "受理时间", "taken up at")
    refusal: ClueRefusal | None = column(CLUE.refusal, "不予受理或不予立案的原因", "why it was not taken up or filed")
    filed_on: date | None = column(CLUE.filed_on, "刑事立案日期", "criminal case filed on")
    urged_count: int = column(CLUE.urged_count, "催办次数", "times it was urged")
    ended_at: datetime | None = column(CLUE.ended_at, "办结时间", "over since")
    status_since: datetime = column(CLUE.status_since, "现状态起始时间", "in this state since")
    version: int = column(CLUE.version, "版本", "version")
    steps: list[EvasionClueStep] = children(
        STEP.clue_id, "办理步骤", "steps", order=ascending("按序号", "by number", STEP.number)
    )
    evidence: list[EvasionClueEvidence] = children(
        EVIDENCE.clue_id, "证据材料", "documents", order=ascending("按摘要", "by digest", EVIDENCE.digest)
    )
    available_events: list[AvailableEvent] = python(
        events_of(CLUE, _events), "当前可办理的事件", "events possible now", needs=(CLUE.id,)
    )
