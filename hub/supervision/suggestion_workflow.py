"""JudicialSuggestion 司法建议: the table. Drafted and signed in its court, answered by whom it is addressed to.

Source: 法释〔2023〕11号; 黑市诚信办发〔2023〕3号 三（三）.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from hub.access.scopes import Scope
from hub.canonical.document_number import JUDICIAL_SUGGESTION, DocumentNumber
from hub.canonical.supervision_codes import SuggestionStatus
from hub.core.errors import Reason
from hub.core.texts import Text
from hub.core.workflow import Actor, Effect, Guard, Machine, Transition
from hub.db.models import JudicialSuggestion, Jurisdiction
from hub.policy.rule_data import deadline_to_plain
from hub.supervision.addressing import admit_told
from hub.supervision.payloads import LeaderSignature, NoticeReason
from hub.supervision.suggestion_payloads import SuggestionConsultation, SuggestionReceipt, SuggestionReply
from hub.workflow.firing import Firing

CLAUSE = "最高人民法院关于综合治理类司法建议工作若干问题的规定（法释〔2023〕11号）"
REPLY, COPIES = "judicial_suggestion.reply", "judicial_suggestion.copies"
S = SuggestionStatus


@dataclass(frozen=True, slots=True)
class SuggestionFacts:
    suggestion: JudicialSuggestion
    today: date


def _late(facts: SuggestionFacts, _: Any) -> Iterable[Reason]:
    due = facts.suggestion.due_on
    return () if due is not None and due < facts.today else (Reason("NOT_OVERDUE"),)


async def _consult(firing: Firing) -> None:
    firing.row.consultation = firing.payload.note


async def _sign(firing: Firing) -> None:
    """The number, the clause, and from now on whoever is to see it."""
    unit, row = firing.unit, firing.row
    row.year = unit.today.year
    row.serial = await _next(firing)
    place = await unit.session.scalar(select(Jurisdiction.short_name).where(Jurisdiction.id == row.jurisdiction_id))
    row.document_no = str(DocumentNumber(f"{str(place)[:-1]}{JUDICIAL_SUGGESTION}", row.year, row.serial))
    pack = await unit.policy.pack(unit.session, row.jurisdiction_id, unit.today)
    row.clause, row.sent_at = pack.basis(COPIES).clause, unit.at
    row.signed_by = f"{firing.payload.post.strip()} {firing.payload.signed_by.strip()}"[:100]
    await unit.session.flush()
    await admit_told(unit, row, pack.codes(COPIES))
    await _run(firing)


async def _next(firing: Firing) -> int:
    """The next number of the court's year; whoever signs at the same time waits."""
    session, row = firing.unit.session, firing.row
    await session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(f"{row.court_id}/{row.year}", 0))))
    of_year = (JudicialSuggestion.court_id == row.court_id) & (JudicialSuggestion.year == row.year)
    with session.no_autoflush:
        return (await session.scalar(select(func.max(JudicialSuggestion.serial)).where(of_year)) or 0) + 1


async def _run(firing: Firing) -> None:
    """Let the time to reply run: from its sending, and anew from its receipt."""
    unit, row = firing.unit, firing.row
    pack = await unit.policy.pack(unit.session, row.jurisdiction_id, unit.today)
    deadline = pack.deadline(REPLY, unit.today, await unit.policy.calendar(unit.session))
    row.due_on, row.due_basis = deadline.due_on, deadline_to_plain(deadline)


async def _receive(firing: Firing) -> None:
    firing.row.received_at, firing.row.received_by = firing.unit.at, firing.payload.received_by.strip()
    await _run(firing)


async def _reply(firing: Firing) -> None:
    row, given = firing.row, firing.payload
    row.reply, row.adoption, row.replied_at = given.text, given.adoption, firing.unit.at


async def _end(firing: Firing) -> None:
    firing.row.outcome = firing.payload.reason


def _row(event: str, sources: tuple[S, ...], target: S, text: Text, payload: type, apply: Any, **more: Any) -> Any:
    actor: Actor = more.pop("actor", Actor.COURT)
    return Transition(
        event=event,
        sources=sources,
        target=target,
        actors=(actor,),
        scope=Scope.SUGGESTION_ISSUE if actor is Actor.COURT else Scope.SUGGESTION_REPLY,
        text=text,
        clause=CLAUSE,
        payload=payload,
        effects=(Effect(f"{event}Suggestion", text, apply),),
        **more,
    )


_ANSWERS: Any = {"actor": Actor.SUBJECT}
_LATE = Guard("overdue", Text("逾期未回复", "the reply is late"), _late)

SUGGESTION: Machine[SuggestionFacts] = Machine(
    name="JudicialSuggestion",
    text=Text("司法建议", "judicial suggestion"),
    states=SuggestionStatus,
    initial=S.DRAFT,
    terminal=frozenset({S.CLOSED, S.WITHDRAWN}),
    transitions=(
        _row(
            "consult",
            (S.DRAFT,),
            S.CONSULTED,
            Text("听取意见", "hear the addressee"),
            SuggestionConsultation,
            _consult,
        ),
        _row("sign", (S.CONSULTED,), S.SENT, Text("签发", "sign and send"), LeaderSignature, _sign),
        _row("receive", (S.SENT,), S.RECEIVED, Text("签收", "sign for it"), SuggestionReceipt, _receive, **_ANSWERS),
        _row("reply", (S.RECEIVED,), S.REPLIED, Text("回复", "reply"), SuggestionReply, _reply, **_ANSWERS),
        _row("close", (S.REPLIED,), S.CLOSED, Text("办结", "close"), NoticeReason, _end),
        _row(
            "closeUnanswered",
            (S.SENT, S.RECEIVED),
            S.CLOSED,
            Text("逾期未回复结案", "close unanswered"),
            NoticeReason,
            _end,
            guards=(_LATE,),
        ),
        _row("withdraw", (S.DRAFT, S.CONSULTED), S.WITHDRAWN, Text("撤回", "withdraw"), NoticeReason, _end),
    ),
)


def suggestion_actors(row: JudicialSuggestion, organization_id: UUID | None) -> frozenset[Actor]:
    found = {Actor.COURT} if row.court_id == organization_id else set()
    return frozenset(found | ({Actor.SUBJECT} if row.addressee_id == organization_id else set()))
