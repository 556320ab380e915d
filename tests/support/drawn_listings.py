"""What hangs on listings and subjects of a generated world: steps, periods, publishers asked to stop, names, and which
unit a subject was held to be."""

from __future__ import annotations

from hub.canonical import exchange_codes as codes
from hub.canonical import repair_codes
from hub.db import models
from tests.support.drawing import Drawing
from tests.support.rows import Row


def draw_listings(drawing: Drawing, county: str, placed: Row) -> None:
    for record in [row for row in drawing.content.of(models.DishonestyRecord) if _here(row, placed)]:
        _life(drawing, record)
    for subject in [row for row in drawing.content.of(models.Subject) if _here(row, placed)]:
        drawing.content.add(
            models.SubjectTransfer,
            id=drawing.id(),
            subject_id=subject["id"],
            from_id=drawing.pick((None, drawing.unit(county))),
            to_id=drawing.pick((None, drawing.unit(county))),
            reason=drawing.pick(codes.TransferReason),
            moved_at=drawing.moment(),
            **placed,
        )
    for repair in [row for row in drawing.content.of(models.CreditRepair) if _here(row, placed)]:
        _stop(drawing, county, placed, repair)
    _name(drawing, county, placed)


def _here(row: Row, placed: Row) -> bool:
    return bool(row["jurisdiction_path"] == placed["jurisdiction_path"])


def _life(drawing: Drawing, record: Row) -> None:
    of = {"record_id": record["id"], "tenant_id": record["tenant_id"]}
    drawing.content.add(
        models.DishonestyStep,
        id=drawing.id(),
        event=drawing.pick(("publish", "delete", "revoke")),
        status=record["status"],
        occurred_at=drawing.moment(),
        source_sequence=1,
        source_version=1,
        received_at=drawing.moment(),
        late=drawing.chance(0.3),
        **of,
    )
    drawing.content.add(
        models.DishonestyClock,
        kind=drawing.pick((codes.ListingClock.DELETION, *codes.ListingClock)),
        anchor_on=drawing.day(),
        due_on=drawing.day(),
        clause=drawing.mark("条款"),
        told=drawing.chance(0.5),
        provisional=drawing.chance(0.5),
        met_on=drawing.pick((None, drawing.day())),
        **of,
    )


def _stop(drawing: Drawing, county: str, placed: Row, repair: Row) -> None:
    drawing.content.add(
        models.PublicationStop,
        id=drawing.id(),
        repair_id=repair["id"],
        court_id=repair["court_id"],
        publisher_id=drawing.unit(county),
        status=drawing.pick(repair_codes.StopStatus),
        case_number=drawing.mark("案号"),
        due_on=drawing.day(),
        due_basis={},
        receipt_no=drawing.pick((None, drawing.mark("回执"))),
        evaluation=drawing.pick((None, drawing.mark("评价"))),
        version=1,
        status_since=drawing.moment(),
        **drawing.stamps(),
        **placed,
    )


def _name(drawing: Drawing, county: str, placed: Row) -> None:
    drawing.content.add(
        models.OrganizationName,
        id=drawing.id(),
        organization_id=drawing.unit(county),
        recorder_id=drawing.world.organizations[f"{county}.credit"],
        name=drawing.mark("旧称"),
        kind=drawing.pick(codes.OrganizationNameKind),
        basis=drawing.mark("依据"),
        **drawing.stamps(),
        **placed,
    )
