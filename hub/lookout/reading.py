"""Reading a lookout and where its target was met: purpose, count, watermark and trace come before it is opened."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy import select

from hub.audit.recorder import Target
from hub.core.errors import Denied, Reason, refuse_if
from hub.core.payload import find_problems, required
from hub.core.workflow import Actor
from hub.db.models import LookoutHit, LookoutOrder
from hub.db.tenant_keys import tenant_keys
from hub.inquiry.officers import acting_officer
from hub.inquiry.purposes import purpose_problems
from hub.inquiry.reading import is_stopped, keep_read, watermark_of
from hub.inquiry.rows import court_actors
from hub.lookout.hits import place_context
from hub.lookout.orders import OpenedLookout, opened_lookout
from hub.workflow.rows import locked
from hub.workflow.unit import Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class LookoutReading:
    """查阅临控及发现情况 (reading a lookout and its hits)."""

    lookout_id: UUID = required("临控标识", "id of the lookout", node="LO")
    purpose: str = required("本次查阅用途", "purpose of this reading", limit=500)


@dataclass(slots=True)
class ReleasedLookout:
    """``places`` pairs each hit with where it was; ``stopped`` is the limit that was passed instead."""

    watermark: str = ""
    lookout: OpenedLookout | None = None
    places: Sequence[tuple[LookoutHit, str | None]] = field(default_factory=list)
    stopped: int | None = None


async def read_lookout(unit: Unit, asked: LookoutReading) -> ReleasedLookout:
    """Record the reading, then open it. Raises ``NotFound``, ``Denied`` (OFFICER_*, FORBIDDEN), ``Refused``."""
    officer = await acting_officer(unit, locked=True)
    row: LookoutOrder = await locked(unit, LookoutOrder, asked.lookout_id, path="lookoutId")
    if not {Actor.REQUESTER, Actor.APPROVER, Actor.COMMAND} & court_actors(unit.today, row, officer):
        raise Denied(Reason("FORBIDDEN"))
    pack = await unit.policy.pack(unit.session, row.jurisdiction_id, unit.today)
    gone = (Reason("RESULTS_PURGED", ("lookoutId",)),) if row.target_sealed is None else ()
    refuse_if((*find_problems(asked), *purpose_problems(asked.purpose, pack, ("purpose",)), *gone))
    hits = (
        await unit.session.scalars(
            select(LookoutHit).where(LookoutHit.lookout_id == row.id).order_by(LookoutHit.met_at, LookoutHit.id)
        )
    ).all()
    limit, weight = pack.number("inquiry.reads_per_hour"), max(len(hits), 1)
    if await is_stopped(unit, officer, weight, limit):
        return ReleasedLookout(stopped=limit)
    watermark = watermark_of(unit, row.lookout_number, officer)
    target = Target("LookoutOrder", row.id, row.jurisdiction_path)
    await keep_read(unit, officer, row, target, asked.purpose, watermark, weight, lookout_id=row.id)
    keys = await tenant_keys(unit.session, unit.keyring, row.tenant_id, unit.at)
    places = [
        (hit, None if hit.place_sealed is None else keys.open(hit.place_sealed, context=place_context(hit.id)))
        for hit in hits
    ]
    return ReleasedLookout(watermark, opened_lookout(keys, row), places)
