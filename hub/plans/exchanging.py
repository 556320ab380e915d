"""What the finance department's system is asked and told, and what it answers taken in, as if finance had said it here.

Any number of workers may do so at once: what is handed over twice under one key is one thing to the receiver, and an
answer moves a clue or a plan from the state it was found in alone. What does not hold is refused whole and told again.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any
from uuid import UUID

import structlog
from sqlalchemy import or_, select

from hub.access.scopes import Scope
from hub.canonical.connector import Outgoing, Unreachable
from hub.canonical.finance import CLUE_REQUEST, PLAN, ClueAnswer, FinanceSystem, ToldArrangement, ToldClue
from hub.canonical.fund_codes import FundClueStatus, PerformancePlanStatus
from hub.clues.clues import fire_clue
from hub.clues.payloads import FundClueAnswer, FundClueDecline, FundClueEntry, NoFundClue
from hub.clues.standing import finance_of
from hub.core.clock import Clock, local_date
from hub.core.errors import Reason, Refused
from hub.core.keyring import KeyRing
from hub.core.principal import Principal
from hub.core.workflow import Note
from hub.db.models import FundClue, Jurisdiction, Organization, PerformancePlan, PlanInstalment
from hub.db.session import Sessions
from hub.evidence.recorder import Dispatch, Message, received, sent
from hub.plans.payloads import ArrangementEntry, PlanBudget
from hub.plans.plans import fire_plan
from hub.policy.store import PolicyStore
from hub.workflow.unit import Unit

log = structlog.get_logger("hub.finance")

JOB = "finance"
LEGAL_BASIS = "黑市诚信办发〔2023〕3号 二（四）1；温政办〔2021〕13号 二（四）30"
_SCOPES = frozenset({Scope.CLUE_READ, Scope.CLUE_PUSH, Scope.PLAN_READ, Scope.PLAN_BUDGET})
C, P = FundClue, PerformancePlan
Step = Callable[[FinanceSystem, Principal, UUID], Awaitable[bool]]


@dataclass(frozen=True, slots=True)
class FinanceExchange:
    sessions: Sessions
    policy: PolicyStore
    keyring: KeyRing
    clock: Clock

    async def round(self, systems: Sequence[FinanceSystem]) -> int:
        """Everything once, for every finance department with a system; how much was sent or answered. One that fails
        keeps no other waiting."""
        done = 0
        for system in systems:
            try:
                finance = await self._finance(system.source)
            except Refused as refused:
                log.warning("nothing exchanged with finance", source=system.source, code=refused.code)
                continue
            for step, rows in await self._work(finance):
                for key in rows:
                    done += await self._done(step, system, finance, key)
        return done

    async def _done(self, step: Step, system: FinanceSystem, finance: Principal, key: UUID) -> bool:
        try:
            return await step(system, finance, key)
        except Unreachable as lost:
            log.warning("finance is not reached", source=system.source, code=lost.code)
        except Refused as refused:
            codes = [reason.code for reason in refused.reasons]
            about = {"source": system.source, "about": str(key), "codes": codes}
            log.warning("an answer of finance does not hold", alarm=True, **about)
        return False

    async def _finance(self, source: str) -> Principal:
        """Raises ``Refused`` (SOURCE_UNKNOWN, FINANCE_UNKNOWN)."""
        async with self.sessions.system(JOB) as session:
            place = await session.scalar(select(Jurisdiction.id).where(Jurisdiction.code == source.partition(":")[2]))
            if place is None:
                raise Refused(Reason("SOURCE_UNKNOWN"))
            pack = await self.policy.pack(session, place, local_date(self.clock()))
            return Principal(f"connector:{JOB}", await finance_of(session, pack, place), scopes=_SCOPES)

    async def _work(self, finance: Principal) -> list[tuple[Step, Sequence[UUID]]]:
        own, clue, plan = finance.organization_id, FundClueStatus, PerformancePlanStatus
        new = or_(P.handed_in.is_(None), P.handed_in < P.edition)
        asked = (
            (self._ask, select(C.id).where(C.finance_id == own, C.status == clue.REQUESTED)),
            (self._answered, select(C.id).where(C.finance_id == own, C.status == clue.ASSIGNED)),
            (self._tell, select(P.id).where(P.finance_id == own, P.status == plan.CONFIRMED, new)),
            (self._arranged, select(P.id).where(P.finance_id == own, P.status == plan.CONFIRMED)),
        )
        async with self.sessions.system(JOB) as session:
            return [(step, (await session.scalars(of)).all()) for step, of in asked]

    async def _ask(self, system: FinanceSystem, finance: Principal, key: UUID) -> bool:
        async with self._unit(finance) as unit:
            row = await _waiting(unit, select(C).where(C.id == key, C.status == FundClueStatus.REQUESTED))
            if row is None:
                return False
            debtor = await unit.session.scalar(select(Organization.name).where(Organization.id == row.debtor_id))
            body = {
                "debtor": debtor,
                "caseNumber": row.case_number,
                "urgency": row.urgency.value,
                "dueOn": None if row.due_on is None else row.due_on.isoformat(),
            }
            await fire_clue(unit, key, "assign", Note())
            return await _hand_over(system, unit, row, Outgoing(clue_key(key), CLUE_REQUEST, body))

    async def _answered(self, system: FinanceSystem, finance: Principal, key: UUID) -> bool:
        said = await asyncio.to_thread(system.clue_answer, clue_key(key))
        if said is None:
            return False
        async with self._unit(finance) as unit:
            row = await _waiting(unit, select(C).where(C.id == key, C.status == FundClueStatus.ASSIGNED))
            if row is None:
                return False
            event, payload = _clue_event(said)
            await fire_clue(unit, key, event, payload)
            await _receipted(unit, row, "finance.clue", asdict(said))
            return True

    async def _tell(self, system: FinanceSystem, finance: Principal, key: UUID) -> bool:
        async with self._unit(finance) as unit:
            row = await _waiting(unit, select(P).where(P.id == key, P.status == PerformancePlanStatus.CONFIRMED))
            if row is None:
                return False
            of = select(PlanInstalment).where(PlanInstalment.plan_id == key, PlanInstalment.dropped_in.is_(None))
            debtor = await unit.session.scalar(select(Organization.name).where(Organization.id == row.debtor_id))
            body = {
                "debtor": debtor,
                "caseNumber": row.case_number,
                "edition": row.edition,
                "amountFen": row.amount_fen,
                "instalments": [
                    {"number": each.number, "dueOn": each.due_on.isoformat(), "amountFen": each.amount_fen}
                    for each in await unit.session.scalars(of.order_by(PlanInstalment.due_on, PlanInstalment.number))
                ],
            }
            row.handed_in = row.edition
            await unit.session.flush()
            return await _hand_over(system, unit, row, Outgoing(plan_key(key, row.edition), PLAN, body))

    async def _arranged(self, system: FinanceSystem, finance: Principal, key: UUID) -> bool:
        async with self._unit(finance) as unit:
            row = await _waiting(unit, select(P).where(P.id == key, P.status == PerformancePlanStatus.CONFIRMED))
            if row is None or row.handed_in != row.edition:
                return False
            said = await asyncio.to_thread(system.arrangements, plan_key(key, row.edition))
            if said is None:
                return False
            await fire_plan(unit, key, "arrange", PlanBudget(arrangements=tuple(map(_entry, said))))
            await _receipted(unit, row, "finance.arrangement", [asdict(each) for each in said])
            return True

    @asynccontextmanager
    async def _unit(self, finance: Principal) -> AsyncIterator[Unit]:
        async with self.sessions.write(finance) as session:
            yield Unit(session, finance, self.clock(), self.policy, self.keyring)


def clue_key(key: UUID) -> str:
    return f"clue-{key.hex}"


def plan_key(key: UUID, edition: int) -> str:
    return f"plan-{key.hex}-{edition}"


async def _waiting(unit: Unit, wanted: Any) -> Any:
    """The row, locked, while it stands there yet and nobody else has it."""
    return await unit.session.scalar(wanted.with_for_update(skip_locked=True))


def _clue_event(said: ClueAnswer) -> tuple[str, object]:
    if said.declined is not None:
        return "decline", FundClueDecline(reason=said.declined, note=said.note or "")
    if not said.clues:
        return "answerNone", NoFundClue(note=said.note or "")
    return "push", FundClueAnswer(clues=tuple(map(_clue, said.clues)))


def _clue(told: ToldClue) -> FundClueEntry:
    """Raises ``Refused`` (DATE_INVALID)."""
    said = asdict(told)
    try:
        said["expected_on"] = None if told.expected_on is None else date.fromisoformat(told.expected_on)
    except ValueError:
        raise Refused(Reason("DATE_INVALID", ("expectedOn",))) from None
    return FundClueEntry(**said)


def _entry(told: ToldArrangement) -> ArrangementEntry:
    return ArrangementEntry(**asdict(told))


def _digest(content: object) -> str:
    return hashlib.sha256(json.dumps(content, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


async def _hand_over(system: FinanceSystem, unit: Unit, row: Any, outgoing: Outgoing) -> bool:
    """Raises ``Unreachable``; then nothing of it has happened, and the next round does it again."""
    await asyncio.to_thread(system.push, outgoing)
    dispatch = Dispatch(
        message_id=row.id,
        receiver=unit.principal,
        operation=outgoing.kind,
        request_digest=_digest(outgoing.body),
        response_digest=None,
        outcome="DONE",
        target_id=row.id,
        at=unit.at,
        idempotency_key=outgoing.key,
        legal_basis=LEGAL_BASIS,
    )
    await sent(unit.session, row.jurisdiction_path, [dispatch])
    return True


async def _receipted(unit: Unit, row: Any, operation: str, said: object) -> None:
    message = Message(operation, _digest(said), target_id=row.id, legal_basis=LEGAL_BASIS)
    await received(unit.session, unit.principal, message, at=unit.at, path=row.jurisdiction_path)
