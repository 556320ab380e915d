"""MarriageInfoShare batch 婚姻信息共享批次: the table (domain: COLLECTING → SEALED → SENT → RECEIVED → PROCESSED →
RECONCILED | EXCEPTIONS → RESOLVED). Sealing, sending and reconciling are the hub's own; the rest is said by a side.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from hub.access.scopes import Scope
from hub.audit.catalogue import AuditAction
from hub.canonical.marriage import SETTLED, MarriageBatchStatus
from hub.core.errors import Reason
from hub.core.texts import Text
from hub.core.workflow import Actor, Effect, Guard, Machine, Note, Transition
from hub.db.models import MarriageBatch, MarriageItem
from hub.marriage.commands import BatchArrival, BatchReceipts
from hub.marriage.receipts import is_whole, receipt_problems, write_receipts
from hub.workflow.firing import Course, Firing

S = MarriageBatchStatus
COURSE = Course("MarriageBatch", AuditAction.MARRIAGE_TRANSITION, "marriagebatch")
CLAUSE = "温政办〔2021〕13号 二（四）32；婚姻登记条例（国令804）第四条"


@dataclass(frozen=True, slots=True)
class BatchFacts:
    """``items`` are those that go, in their order."""

    row: MarriageBatch
    items: Sequence[MarriageItem]


def _matches(facts: BatchFacts, given: Any) -> Iterable[Reason]:
    if given is not None and not is_whole(facts.row, given.item_count, given.digest):
        yield Reason("BATCH_DIFFERS", ("digest",))


def _differs(facts: BatchFacts, given: Any) -> Iterable[Reason]:
    if given is not None and is_whole(facts.row, given.item_count, given.digest):
        yield Reason("BATCH_IS_WHOLE", ("digest",))


def _answered(facts: BatchFacts, given: Any) -> Iterable[Reason]:
    if given is not None:
        yield from receipt_problems(facts.items, given.receipts)


def _settled(facts: BatchFacts, _given: Any) -> Iterable[Reason]:
    if any(item.receipt not in SETTLED and item.settled_at is None for item in facts.items):
        yield Reason("EXCEPTIONS_OPEN")


async def _arrive(firing: Firing) -> None:
    firing.row.received_at, firing.row.note = firing.unit.at, firing.payload.note


async def _set_aside(firing: Firing) -> None:
    firing.row.note = firing.payload.note


async def _take(firing: Firing) -> None:
    write_receipts(firing.row, firing.facts.items, firing.payload.receipts, firing.unit.at)


async def _end(firing: Firing) -> None:
    firing.row.settled_at = firing.unit.at


MATCHES: Guard[BatchFacts] = Guard("matches", Text("件数、摘要与封存时一致", "count and digest as sealed"), _matches)
DIFFERS: Guard[BatchFacts] = Guard("differs", Text("件数或摘要与封存时不一致", "count or digest differ"), _differs)
ANSWERED: Guard[BatchFacts] = Guard("answered", Text("每件恰有一个回执", "each item has one receipt"), _answered)
ALL_SETTLED: Guard[BatchFacts] = Guard("settled", Text("未登记的各件均已处理", "every exception is settled"), _settled)


def _received(event: str, sources: tuple[S, ...], target: S, text: Text, **more: Any) -> Transition[BatchFacts]:
    """An event of the receiver."""
    return Transition(
        event=event,
        sources=sources,
        target=target,
        text=text,
        actors=(Actor.HOLDER,),
        scope=Scope.MARRIAGE_RECEIVE,
        clause=CLAUSE,
        **more,
    )


def _sent(event: str, sources: tuple[S, ...], target: S, text: Text, **more: Any) -> Transition[BatchFacts]:
    """An event of the court."""
    return Transition(
        event=event,
        sources=sources,
        target=target,
        text=text,
        actors=(Actor.COURT,),
        scope=Scope.MARRIAGE_PUSH,
        clause=CLAUSE,
        payload=Note,
        **more,
    )


_TAKE = Effect("takeReceipts", Text("记入逐件回执", "write the receipts"), _take)
_ARRIVE = Effect("arrive", Text("记入收到时间", "note the arrival"), _arrive)
_ASIDE = Effect("setAside", Text("记入不符说明", "note what differs"), _set_aside)
_END = Effect("end", Text("记入办结时间", "note the end"), _end)

BATCH: Machine[BatchFacts] = Machine(
    name="MarriageBatch",
    text=Text("婚姻信息共享批次", "marriage information batch"),
    states=S,
    initial=S.COLLECTING,
    terminal=frozenset({S.RECONCILED, S.RESOLVED}),
    transitions=(
        _received(
            "receive",
            (S.SENT,),
            S.RECEIVED,
            Text("签收", "receive"),
            payload=BatchArrival,
            guards=(MATCHES,),
            effects=(_ARRIVE,),
        ),
        _received(
            "quarantine",
            (S.SENT,),
            S.QUARANTINED,
            Text("整批隔离", "quarantine the whole batch"),
            payload=BatchArrival,
            guards=(DIFFERS,),
            effects=(_ASIDE,),
        ),
        _sent("resend", (S.QUARANTINED,), S.SEALED, Text("重新发送", "send again")),
        _received(
            "process",
            (S.RECEIVED,),
            S.PROCESSED,
            Text("逐件回执", "answer every item"),
            payload=BatchReceipts,
            guards=(ANSWERED,),
            effects=(_TAKE,),
        ),
        _sent(
            "resolve",
            (S.EXCEPTIONS,),
            S.RESOLVED,
            Text("未匹配信息处理完毕", "every exception is settled"),
            guards=(ALL_SETTLED,),
            effects=(_END,),
        ),
    ),
)
