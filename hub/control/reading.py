"""Reading what is controlled, by those it is for: purpose, count, watermark and trace come before it is opened."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from hub.audit.recorder import Target
from hub.control.orders import asset_of
from hub.core.errors import Denied, Reason, refuse_if
from hub.core.payload import find_problems, required
from hub.core.workflow import Actor
from hub.db.models import AssetControl
from hub.db.tenant_keys import tenant_keys
from hub.inquiry.officers import acting_officer
from hub.inquiry.purposes import purpose_problems
from hub.inquiry.reading import is_stopped, keep_read, watermark_of
from hub.inquiry.rows import court_actors
from hub.workflow.rows import locked
from hub.workflow.unit import Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class ControlReading:
    """查阅所控财产 (reading what is controlled)."""

    control_id: UUID = required("财产控制标识", "id of the control", node="AC")
    purpose: str = required("本次查阅用途", "purpose of this reading", limit=500)


@dataclass(slots=True)
class ReleasedAsset:
    """``stopped`` is the limit that was passed instead."""

    watermark: str = ""
    asset: dict[str, Any] | None = None
    stopped: int | None = None


async def read_control(unit: Unit, asked: ControlReading) -> ReleasedAsset:
    """Record the reading, then open the asset. Raises ``NotFound``, ``Denied`` (OFFICER_*, FORBIDDEN), ``Refused``."""
    officer = await acting_officer(unit, locked=True)
    control: AssetControl = await locked(unit, AssetControl, asked.control_id, path="controlId")
    if not {Actor.REQUESTER, Actor.APPROVER, Actor.COMMAND} & court_actors(unit.today, control, officer):
        raise Denied(Reason("FORBIDDEN"))
    pack = await unit.policy.pack(unit.session, control.jurisdiction_id, unit.today)
    gone = (Reason("RESULTS_PURGED", ("controlId",)),) if control.asset_sealed is None else ()
    refuse_if((*find_problems(asked), *purpose_problems(asked.purpose, pack, ("purpose",)), *gone))
    limit = pack.number("inquiry.reads_per_hour")
    if await is_stopped(unit, officer, 1, limit):
        return ReleasedAsset(stopped=limit)
    watermark = watermark_of(unit, control.control_number, officer)
    target = Target("AssetControl", control.id, control.jurisdiction_path)
    of = {"query_id": control.query_id, "order_id": control.execution_order_id}
    await keep_read(unit, officer, control, target, asked.purpose, watermark, 1, **of)
    keys = await tenant_keys(unit.session, unit.keyring, control.tenant_id, unit.at)
    return ReleasedAsset(watermark, asset_of(keys, control))
