"""Asset controls and lookouts of a generated world, with their orders and hits."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from hub.canonical import control_codes as codes
from hub.canonical.execution_codes import QueryType, ReturnReason
from hub.db import models
from tests.support.drawn_inquiry import approved, courts_of, documented, ordered, sealed

if TYPE_CHECKING:
    from tests.support.content import Row, _Drawing
TAGS: dict[type[Any], str] = {
    models.AssetControl: "AC",
    models.ControlOrder: "CO",
    models.LookoutOrder: "LO",
    models.LookoutHit: "LH",
}


def draw_orders(drawing: _Drawing, county: str, placed: Row) -> None:
    """Controls of what queries found, and lookouts, for one county."""
    found = [row for row in drawing.content.of(models.ExecutionOrder) if _of(row, placed)]
    for turn, court in enumerate(courts_of(drawing, county)):
        order = drawing.pick([row for row in found if row["court_id"] == drawing.world.organizations[court]])
        control = _control(drawing, placed, court, order, turn)
        for _ in range(drawing.random.randrange(1, 3)):
            _order(drawing, placed, court, control, turn)
        _hits(drawing, placed, _lookout(drawing, county, placed, court, turn))


def _of(row: Row, placed: Row) -> bool:
    return bool(row["jurisdiction_path"] == placed["jurisdiction_path"])


def _amount(drawing: _Drawing) -> Decimal | None:
    return drawing.pick((None, Decimal(drawing.random.randrange(10**6)) / 100))


def _control(drawing: _Drawing, placed: Row, court: str, order: Row, turn: int) -> Row:
    asked = ordered(drawing, placed, court, turn)
    return drawing.content.add(
        models.AssetControl,
        id=drawing.id(),
        control_number=drawing.mark("控制"),
        holder_id=order["holder_id"],
        query_id=order["query_id"],
        execution_order_id=order["id"],
        query_type=drawing.pick(QueryType),
        asset_class=drawing.pick(codes.AssetClass),
        asset_index=drawing.random.randbytes(32),
        asset_sealed=drawing.pick((None, sealed(drawing, "财产"))),
        status=drawing.pick(codes.AssetControlStatus),
        queue_number=drawing.pick((None, 1)),
        months=drawing.pick((None, 12)),
        currency="CNY",
        amount_requested=_amount(drawing),
        amount_controlled=_amount(drawing),
        amount_excess=_amount(drawing),
        amount_transferred=Decimal(0),
        over_controlled=drawing.chance(0.3),
        starts_on=drawing.pick((None, drawing.day())),
        ends_on=drawing.pick((None, drawing.day())),
        ended_on=drawing.pick((None, drawing.day())),
        sent_at=drawing.pick((None, drawing.moment())),
        version=1,
        status_since=drawing.moment(),
        **asked,
        **drawing.stamps(),
        **placed,
    )


def _order(drawing: _Drawing, placed: Row, court: str, control: Row, turn: int) -> None:
    drawing.content.add(
        models.ControlOrder,
        id=drawing.id(),
        control_id=control["id"],
        holder_id=control["holder_id"],
        order_number=drawing.mark("控制请求"),
        original_number=drawing.pick((None, control["control_number"])),
        action=drawing.pick(codes.ControlAction),
        status=drawing.pick(codes.ControlOrderStatus),
        months=drawing.pick((None, 12)),
        currency="CNY",
        amount_requested=_amount(drawing),
        due_on=drawing.day(),
        due_at=drawing.moment(),
        due_provisional=drawing.chance(0.3),
        deadline_basis=drawing.explanation(),
        urge_count=0,
        return_reason=drawing.pick((None, *ReturnReason)),
        return_note=drawing.pick((None, drawing.mark("退回"))),
        return_contact_sealed=drawing.pick((None, sealed(drawing, "联系人"))),
        result=drawing.pick((None, *codes.ControlResult)),
        reason=drawing.pick((None, drawing.mark("原因"))),
        amount_controlled=_amount(drawing),
        amount_excess=_amount(drawing),
        starts_on=drawing.pick((None, drawing.day())),
        ends_on=drawing.pick((None, drawing.day())),
        answered_at=drawing.pick((None, drawing.moment())),
        sent_at=drawing.pick((None, drawing.moment())),
        version=1,
        status_since=drawing.moment(),
        **ordered(drawing, placed, court, turn),
        **approved(drawing, court, turn),
        **documented(drawing),
        **drawing.stamps(),
        **placed,
    )


def _lookout(drawing: _Drawing, county: str, placed: Row, court: str, turn: int) -> Row:
    police = drawing.pick((f"{county}.police", f"{county}.police", "county.police", "city.tax"))
    return drawing.content.add(
        models.LookoutOrder,
        id=drawing.id(),
        lookout_number=drawing.mark("临控"),
        police_id=drawing.world.organizations[police],
        target_kind=drawing.pick(codes.LookoutTarget),
        target_sealed=sealed(drawing, "临控对象"),
        contact_sealed=sealed(drawing, "值班联系人"),
        measures=drawing.pick((["LOCATE"], ["LOCATE", "DETAIN_VEHICLE"])),
        area=drawing.mark("区域"),
        valid_from=drawing.day(),
        valid_to=drawing.day() + timedelta(days=200),
        status=drawing.pick(codes.LookoutStatus),
        return_reason=drawing.pick((None, *ReturnReason)),
        return_note=drawing.pick((None, drawing.mark("退回"))),
        return_contact_sealed=drawing.pick((None, sealed(drawing, "联系人"))),
        activated_at=drawing.pick((None, drawing.moment())),
        withdrawal_reason=drawing.pick((None, drawing.mark("撤控"))),
        withdrawal_asked_at=drawing.pick((None, drawing.moment())),
        withdrawal_due_at=drawing.pick((None, drawing.moment())),
        withdrawal_confirmed_at=drawing.pick((None, drawing.moment())),
        ended_at=drawing.pick((None, drawing.moment())),
        sent_at=drawing.pick((None, drawing.moment(), drawing.moment())),
        version=1,
        status_since=drawing.moment(),
        **ordered(drawing, placed, court, turn),
        **approved(drawing, court, turn),
        **documented(drawing),
        **drawing.stamps(),
        **placed,
    )


def _hits(drawing: _Drawing, placed: Row, lookout: Row) -> None:
    for _ in range(drawing.random.randrange(3)):
        drawing.content.add(
            models.LookoutHit,
            id=drawing.id(),
            lookout_id=lookout["id"],
            court_id=lookout["court_id"],
            police_id=lookout["police_id"],
            met_at=drawing.moment(),
            place_sealed=sealed(drawing, "地点"),
            police_unit=drawing.mark("派出所"),
            after_withdrawal=drawing.chance(0.2),
            status=drawing.pick(codes.LookoutHitStatus),
            notified_at=drawing.moment(),
            dispatched_at=drawing.pick((None, drawing.moment())),
            arrived_at=drawing.pick((None, drawing.moment())),
            concluded_at=drawing.pick((None, drawing.moment())),
            outcome=drawing.pick((None, *codes.LookoutOutcome)),
            outcome_note=drawing.pick((None, drawing.mark("处置"))),
            version=1,
            status_since=drawing.moment(),
            **drawing.stamps(),
            **placed,
        )
