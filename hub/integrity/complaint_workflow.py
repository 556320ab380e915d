"""The way of a complaint as a table: registered, screened, handed to the body, answered, verified, closed.

Source: 黑市诚信办发〔2023〕3号 二（四）4 (群众投诉举报).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, fields
from typing import Any
from uuid import UUID

from hub.access.scopes import Scope
from hub.canonical.integrity_codes import ComplaintStatus
from hub.core.errors import Reason
from hub.core.texts import Text
from hub.core.workflow import Actor, Effect, Guard, Machine, Transition
from hub.db.models import IntegrityComplaint
from hub.integrity.complaint_payloads import ComplaintAnswer, ComplaintFinding, ComplaintHanding, ComplaintReason
from hub.integrity.payloads import stored
from hub.policy.rule_data import deadline_to_plain
from hub.workflow.firing import Firing
from hub.workflow.unit import Unit

CLAUSE = "黑市诚信办发〔2023〕3号 二（四）4"
S = ComplaintStatus
SCREEN, ANSWER, VERIFY = "complaint.screen", "complaint.answer", "complaint.verify"


@dataclass(frozen=True, slots=True)
class ComplaintFacts:
    """``secrets``: what tells who complained, known to the receiver's transaction alone."""

    complaint: IntegrityComplaint
    secrets: tuple[str, ...] = ()


def find_told(facts: ComplaintFacts, given: Any) -> Iterable[Reason]:
    """What the body is to read tells who complained."""
    if given is None:
        return
    said = {each.name: getattr(given, each.name) for each in fields(given)}
    if isinstance(given, ComplaintHanding):
        said["summary"] = given.summary or facts.complaint.summary
    for name, text in said.items():
        if tells(text, facts.secrets):
            yield Reason("COMPLAINANT_TOLD", (name,))


def tells(text: str, secrets: Iterable[str]) -> bool:
    """Whether a text holds one of the secrets, however it is spaced, punctuated or written in full width."""
    bare = _bare(text)
    return any(_bare(secret) in bare for secret in secrets if _bare(secret))


def _bare(text: str) -> str:
    return "".join(each for each in unicodedata.normalize("NFKC", text).casefold() if each.isalnum())


async def run_clock(unit: Unit, row: IntegrityComplaint, key: str | None) -> None:
    """Count the next step's time by the pack; none where nothing is due."""
    if key is None:
        row.due_on = row.due_basis = None
        return
    pack = await unit.policy.pack(unit.session, row.jurisdiction_id, unit.today)
    deadline = pack.deadline(key, unit.today, await unit.policy.calendar(unit.session))
    row.due_on, row.due_basis = deadline.due_on, deadline_to_plain(deadline)


async def _hand(firing: Firing) -> None:
    row, given = firing.row, firing.payload
    row.summary, row.demand, row.handed_at = given.summary or row.summary, given.demand, firing.unit.at
    await run_clock(firing.unit, row, ANSWER)


async def _answer(firing: Firing) -> None:
    row, given = firing.row, firing.payload
    row.answer, row.answer_evidence, row.return_reason = given.text, stored(given.evidence), None
    await run_clock(firing.unit, row, VERIFY)


async def _return(firing: Firing) -> None:
    firing.row.return_reason = firing.payload.reason
    await run_clock(firing.unit, firing.row, ANSWER)


async def _verify(firing: Firing) -> None:
    firing.row.finding = firing.payload.finding
    await run_clock(firing.unit, firing.row, None)


async def _close(firing: Firing) -> None:
    row = firing.row
    row.outcome, row.closed_at = firing.payload.reason, firing.unit.at
    await run_clock(firing.unit, row, None)


NOBODY_TOLD = Guard("complainantUntold", Text("不泄露投诉人", "nothing tells who complained"), find_told)
UNTOLD: Any = {"guards": (NOBODY_TOLD,)}


def _row(event: str, source: S, target: S, text: Text, payload: type, effect: Any, **more: Any) -> Any:
    actor: Actor = more.pop("actor", Actor.ISSUER)
    return Transition(
        event=event,
        sources=(source,),
        target=target,
        actors=(actor,),
        scope=Scope.INTEGRITY_CONTEST if actor is Actor.SUBJECT else Scope.INTEGRITY_RECORD,
        text=text,
        clause=CLAUSE,
        payload=payload,
        effects=(Effect(f"{event}Complaint", text, effect),),
        **more,
    )


COMPLAINT: Machine[ComplaintFacts] = Machine(
    name="IntegrityComplaint",
    text=Text("政务失信投诉", "complaint about a public body"),
    states=ComplaintStatus,
    initial=S.REGISTERED,
    terminal=frozenset({S.REJECTED, S.CLOSED}),
    transitions=(
        _row("reject", S.REGISTERED, S.REJECTED, Text("不予受理", "do not handle"), ComplaintReason, _close),
        _row(
            "hand",
            S.REGISTERED,
            S.HANDED,
            Text("审查后转办", "hand to the body"),
            ComplaintHanding,
            _hand,
            guards=(NOBODY_TOLD,),
        ),
        _row("answer", S.HANDED, S.ANSWERED, Text("答复", "answer"), ComplaintAnswer, _answer, actor=Actor.SUBJECT),
        _row(
            "return",
            S.ANSWERED,
            S.HANDED,
            Text("退回重办", "send back"),
            ComplaintReason,
            _return,
            guards=(NOBODY_TOLD,),
        ),
        _row(
            "verify", S.ANSWERED, S.VERIFIED, Text("核实", "verify"), ComplaintFinding, _verify, guards=(NOBODY_TOLD,)
        ),
        _row("close", S.VERIFIED, S.CLOSED, Text("办结", "close"), ComplaintReason, _close, **UNTOLD),
    ),
)


def complaint_actors(row: IntegrityComplaint, organization_id: UUID | None) -> frozenset[Actor]:
    found = {Actor.ISSUER} if row.receiver_id == organization_id else set()
    return frozenset(found | ({Actor.SUBJECT} if row.organization_id == organization_id else set()))
