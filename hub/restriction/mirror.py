"""The row of an order as its court tells it, and what follows. The hub restricts nobody."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from hub.canonical.citizen_id import CitizenId
from hub.canonical.exchange_codes import CaseListKind, MirrorStatus, SubjectType
from hub.canonical.records import RestrictionOrder
from hub.core.clock import local_date
from hub.core.ids import new_id
from hub.core.keyring import KeyRing
from hub.credit.watching import tell_checkers, watched
from hub.db.bulk import among, insert_new, insert_rows
from hub.db.models import (
    ConsumptionRestriction,
    ConsumptionRestrictionParty,
    RestrictedPerson,
    RestrictionStep,
    StandingRestriction,
)
from hub.events.outbox import publish_all
from hub.policy.pack import PolicyPack
from hub.restriction.standing import keep_restricting, name_context, standing_keys
from hub.subjects import snapshots
from hub.subjects.home import Home
from hub.subjects.keys import citizen_key
from hub.subjects.mirroring import Mirror, Told, Verdict
from hub.subjects.resolving import mask_name
from hub.subjects.snapshots import ListMirror

_FACTS = ("status", "order_number", "legal_basis", "listed_on", "exempted_on", "exemption_reason", "lifted_on")
ORDER, STANDING = ConsumptionRestriction, StandingRestriction


def _row(key: UUID, told: Told[RestrictionOrder], home: Home) -> dict[str, object]:
    record, subject = told.record, told.record.subject
    return {
        "id": key,
        **told.mirrored(home),
        "case_id": told.case_id,
        "subject_id": told.subject.subject_id,
        "organization_id": told.subject.organization_id,
        "court_id": home.organization_id,
        "subject_masked": mask_name(subject.name) if subject.kind is SubjectType.NATURAL else subject.name,
        "case_number": record.case.case_number,
        **{name: getattr(record, name) for name in (*_FACTS, "lift_reason")},
    }


def _changes(_new: Any, old: Any) -> dict[str, Any]:
    return {"version": old.version + 1}


MIRROR: Mirror[RestrictionOrder] = Mirror(
    ORDER, ConsumptionRestrictionParty, "restriction_id", type_="restriction.changed", row=_row, changes=_changes
)


@dataclass(frozen=True, slots=True)
class Orders:
    """Applies one portion of one court's orders."""

    session: AsyncSession
    keyring: KeyRing
    home: Home
    pack: PolicyPack
    now: datetime

    async def apply(self, told: Sequence[Told[RestrictionOrder]]) -> list[Verdict]:
        """What came of each; what is older than what stands is kept as a step that came late."""
        verdicts, kept = await MIRROR.judge(self.session, self.home, told)
        newer = [each for each, verdict in zip(told, verdicts, strict=True) if verdict is Verdict.NEWER]
        ids = await MIRROR.bring(self.session, self.home, newer, kept)
        moved = list(zip(ids, newer, strict=True))
        late = [
            (kept[each.key].id, each) for each, verdict in zip(told, verdicts, strict=True) if verdict is Verdict.OLDER
        ]
        await self._steps(moved, late=False)
        await self._steps(late, late=True)
        if moved:
            await self._follow(moved)
        return verdicts

    async def _steps(self, steps: Sequence[tuple[UUID, Told[RestrictionOrder]]], *, late: bool) -> None:
        rows = [
            {
                "id": new_id(),
                "restriction_id": key,
                "tenant_id": self.home.tenant_id,
                "status": each.record.status,
                "exempted_on": each.record.exempted_on,
                "lifted_on": each.record.lifted_on,
                "occurred_at": each.order[0],
                "source_sequence": each.order[1],
                "source_version": each.order[2],
                "received_at": each.received_at,
                "late": late,
            }
            for key, each in steps
        ]
        await insert_new(self.session, RestrictionStep, rows)

    async def _follow(self, moved: Sequence[tuple[UUID, Told[RestrictionOrder]]]) -> None:
        """Persons, what checks find, who has checked, and the event: by ids only."""
        ids = [key for key, _ in moved]
        await self.session.execute(delete(RestrictedPerson).where(among(RestrictedPerson.restriction_id, ids)))
        await insert_rows(self.session, RestrictedPerson, [row for move in moved for row in self._persons(*move)])
        keys = await keep_restricting(self.session, self.keyring, ids)
        if keys:
            await tell_checkers(self.session, list(keys), since=self.now - watched(self.pack))
        await publish_all(self.session, tenant_id=self.home.tenant_id, type_=MIRROR.type_, rows=ids)

    def _persons(self, restriction: UUID, told: Told[RestrictionOrder]) -> list[dict[str, Any]]:
        return [
            {
                "id": (key := new_id()),
                **self.home.placed,
                "restriction_id": restriction,
                "role": each.role,
                "name_sealed": self.keyring.seal(each.name, context=name_context(key)),
                "name_masked": mask_name(each.name),
                "identity_hash": self._citizen(each.citizen_id),
            }
            for each in told.record.persons
        ]

    def _citizen(self, number: CitizenId | None) -> bytes | None:
        return None if number is None else citizen_key(self.keyring, number.value)


_ACTIVE = ORDER.status == MirrorStatus.ACTIVE


def _ended(as_of: datetime) -> dict[str, Any]:
    """Off the court's list, and why was not told."""
    return {"status": MirrorStatus.ENDED, "lifted_on": local_date(as_of), "version": ORDER.version + 1}


async def _forget(session: AsyncSession, ended: Sequence[UUID], pack: PolicyPack, as_of: datetime) -> None:
    keys = await standing_keys(session, ended)
    await session.execute(delete(STANDING).where(among(STANDING.restriction_id, ended)))
    if keys:
        await tell_checkers(session, list(keys), since=as_of - watched(pack))
    tenant = await session.scalar(select(ORDER.tenant_id).where(ORDER.id == ended[0]))
    if tenant is not None:
        await publish_all(session, tenant_id=tenant, type_=MIRROR.type_, rows=list(ended))


SNAPSHOT = ListMirror(MIRROR, CaseListKind.CONSUMPTION_RESTRICTION, _ACTIVE, _ended, _forget)


async def known_content(session: AsyncSession, home: Home, keys: Sequence[str]) -> dict[str, str]:
    """Content digests of orders in force by key."""
    return await snapshots.known_content(session, home, ORDER, _ACTIVE, keys)
