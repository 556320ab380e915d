"""What a tax authority's system is told of rulings, and its receipts taken in, as if the authority had given them here.

A ruling is handed over once; twice under one key is one thing to the receiver. A receipt that does not hold is refused
whole, and read again until a better one lies there.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from uuid import UUID

import structlog
from sqlalchemy import select

from hub.access.scopes import Scope
from hub.canonical.connector import Outgoing, Unreachable
from hub.canonical.repair_codes import StopStatus
from hub.canonical.tax import STOP, TaxSystem, ToldStop
from hub.core.clock import Clock, local_date
from hub.core.errors import Reason, Refused
from hub.core.keyring import KeyRing
from hub.core.principal import Principal
from hub.db.models import CreditRepair, DishonestyRecord, ExchangeEntry, Jurisdiction, PublicationStop, Subject
from hub.db.session import Sessions, SystemSession
from hub.evidence.recorder import Dispatch, Message, received, sent
from hub.organizations.named import unit_named
from hub.policy.store import PolicyStore
from hub.repair.payloads import StopReceipt
from hub.repair.stopping import TAX, confirm_stop
from hub.workflow.unit import Unit

log = structlog.get_logger("hub.tax")

JOB = "tax"
LEGAL_BASIS = "温政办〔2021〕13号 二（二）13"
P = PublicationStop


@dataclass(frozen=True, slots=True)
class TaxExchange:
    sessions: Sessions
    policy: PolicyStore
    keyring: KeyRing
    clock: Clock

    async def round(self, systems: Sequence[TaxSystem]) -> int:
        """Everything once, for every tax authority with a system; how much was sent or answered. One that fails keeps
        no other waiting."""
        done = 0
        for system in systems:
            try:
                tax = await self._tax(system.source)
            except Refused as refused:
                log.warning("nothing exchanged with tax", source=system.source, code=refused.code)
                continue
            for key in await self._asked(tax):
                done += await self._done(system, tax, key)
        return done

    async def _tax(self, source: str) -> Principal:
        """Raises ``Refused`` (SOURCE_UNKNOWN, PUBLISHER_UNKNOWN)."""
        async with self.sessions.system(JOB) as session:
            place = await session.scalar(select(Jurisdiction.id).where(Jurisdiction.code == source.partition(":")[2]))
            if place is None:
                raise Refused(Reason("SOURCE_UNKNOWN"))
            pack = await self.policy.pack(session, place, local_date(self.clock()))
            unit = await unit_named(session, pack, TAX, place, "PUBLISHER_UNKNOWN")
            return Principal(f"connector:{JOB}", unit, scopes=frozenset({Scope.DISHONESTY_READ}))

    async def _asked(self, tax: Principal) -> Sequence[UUID]:
        of = select(P.id).where(P.publisher_id == tax.organization_id, P.status == StopStatus.ASKED).order_by(P.id)
        async with self.sessions.system(JOB) as session:
            return (await session.scalars(of)).all()

    async def _done(self, system: TaxSystem, tax: Principal, key: UUID) -> bool:
        try:
            if await self._tell(system, tax, key):
                return True
            said = await asyncio.to_thread(system.stop_receipt, stop_key(key))
            return said is not None and await self._receipted(tax, key, said)
        except Unreachable as lost:
            log.warning("tax is not reached", source=system.source, code=lost.code)
        except Refused as refused:
            codes = [reason.code for reason in refused.reasons]
            log.warning("a receipt of tax does not hold", alarm=True, source=system.source, about=str(key), codes=codes)
        return False

    async def _tell(self, system: TaxSystem, tax: Principal, key: UUID) -> bool:
        """Hand the ruling over, once; whether it was new."""
        async with self.sessions.system(JOB) as session:
            told = select(ExchangeEntry.id).where(ExchangeEntry.target_id == key, ExchangeEntry.operation == STOP)
            if await session.scalar(select(told.exists())):
                return False
            path, body = await _ruling(session, key)
            await asyncio.to_thread(system.push, Outgoing(stop_key(key), STOP, body))
            dispatch = Dispatch(
                message_id=key,
                receiver=tax,
                operation=STOP,
                request_digest=_digest(body),
                response_digest=None,
                outcome="DONE",
                target_id=key,
                at=self.clock(),
                idempotency_key=stop_key(key),
                legal_basis=LEGAL_BASIS,
            )
            await sent(session, path, [dispatch])
            return True

    async def _receipted(self, tax: Principal, key: UUID, said: ToldStop) -> bool:
        """Raises ``Refused`` (DATE_INVALID, DATE_AHEAD, and what else the receipt lacks)."""
        async with self.sessions.write(tax) as session:
            unit = Unit(session, tax, self.clock(), self.policy, self.keyring)
            row = await confirm_stop(unit, key, _receipt(said))
            message = Message("tax.receipt", _digest(asdict(said)), target_id=key, legal_basis=LEGAL_BASIS)
            await received(unit.session, tax, message, at=unit.at, path=row.jurisdiction_path)
            return True


def stop_key(key: UUID) -> str:
    return f"stop-{key.hex}"


async def _ruling(session: SystemSession, key: UUID) -> tuple[str, dict[str, object]]:
    """Where it is filed, and what the tax authority is told: of an enterprise, what the court's list says of it."""
    found = await session.execute(
        select(P, CreditRepair.document_no, CreditRepair.document_digest, Subject.name, Subject.uscc)
        .join(CreditRepair, CreditRepair.id == P.repair_id)
        .join(DishonestyRecord, DishonestyRecord.id == CreditRepair.record_id)
        .join(Subject, Subject.id == DishonestyRecord.subject_id)
        .where(P.id == key)
    )
    row, number, digest, name, uscc = found.tuples().one()
    return row.jurisdiction_path, {
        "name": name,
        "uscc": uscc,
        "caseNumber": row.case_number,
        "rulingNo": number,
        "rulingDigest": digest,
        "dueOn": row.due_on.isoformat(),
    }


def _receipt(said: ToldStop) -> StopReceipt:
    try:
        on = date.fromisoformat(said.stopped_on)
    except ValueError:
        raise Refused(Reason("DATE_INVALID", ("stoppedOn",))) from None
    return StopReceipt(receipt_no=said.receipt_no, stopped_on=on, evaluation=said.evaluation)


def _digest(content: object) -> str:
    return hashlib.sha256(json.dumps(content, ensure_ascii=False, sort_keys=True).encode()).hexdigest()
