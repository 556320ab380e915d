"""Orders of a generated world that restrict consumption, with the persons beside a unit and what was told of each."""

from __future__ import annotations

from hub.canonical import exchange_codes as codes
from hub.db import models
from hub.restriction.mirror import name_context
from tests.support.drawing import Drawing
from tests.support.mirrored_content import DEBTORS, _mirrored
from tests.support.rows import Row


def draw_restrictions(drawing: Drawing, county: str, placed: Row) -> None:
    cases = [row for row in drawing.content.of(models.LegalCase) if row["jurisdiction_path"] == _path(placed)]
    subjects = [row for row in drawing.content.of(models.Subject) if row["jurisdiction_path"] == _path(placed)]
    for number in range(drawing.size):
        order = _order(drawing, county, placed, drawing.pick(cases), drawing.pick(subjects), number)
        _parties(drawing, order)
        _of_order(drawing, placed, order)


def _path(placed: Row) -> str:
    return str(placed["jurisdiction_path"])


def _order(drawing: Drawing, county: str, placed: Row, case: Row, subject: Row, number: int) -> Row:
    unit = drawing.world.organizations[f"{county}.{drawing.pick(DEBTORS)}"]
    return drawing.content.add(
        models.ConsumptionRestriction,
        id=drawing.id(),
        status=drawing.pick(codes.MirrorStatus),
        subject_id=subject["id"],
        organization_id=drawing.pick((None, unit, unit)),
        subject_masked=drawing.mark("主*"),
        order_number=drawing.mark("限消"),
        legal_basis=drawing.mark("依据"),
        listed_on=drawing.day(),
        exempted_on=drawing.pick((None, drawing.day())),
        exemption_reason=drawing.pick((None, drawing.mark("事由"))),
        lifted_on=drawing.pick((None, drawing.day())),
        lift_reason=drawing.pick((None, drawing.mark("解除"))),
        version=1,
        **_mirrored(drawing, number, case),
        **drawing.stamps(),
        **placed,
    )


def _parties(drawing: Drawing, order: Row) -> None:
    told = {order["court_id"]: codes.MirrorCapacity.SOURCE}
    if order["organization_id"] is not None:
        told.setdefault(order["organization_id"], codes.MirrorCapacity.SUBJECT)
    for unit, capacity in told.items():
        drawing.content.add(
            models.ConsumptionRestrictionParty,
            restriction_id=order["id"],
            organization_id=unit,
            tenant_id=order["tenant_id"],
            capacity=capacity,
            jurisdiction_path=order["jurisdiction_path"],
            listed_on=order["listed_on"],
            **drawing.stamps(),
        )


def _of_order(drawing: Drawing, placed: Row, order: Row) -> None:
    key = drawing.id()
    about = {"restriction_id": order["id"], "tenant_id": order["tenant_id"]}
    drawing.content.add(
        models.RestrictedPerson,
        id=key,
        restriction_id=order["id"],
        role=drawing.pick(codes.AssociatedRole),
        name_sealed=drawing.world.keyring.seal(drawing.mark("人员"), context=name_context(key)),
        name_masked=drawing.mark("王*"),
        identity_hash=drawing.pick((None, key.bytes)),
        **drawing.stamps(),
        **placed,
    )
    drawing.content.add(
        models.RestrictionStep,
        id=drawing.id(),
        status=order["status"],
        occurred_at=drawing.moment(),
        source_sequence=1,
        source_version=1,
        received_at=drawing.moment(),
        late=drawing.chance(0.3),
        **about,
    )
    drawing.content.add(
        models.StandingRestriction,
        id=drawing.id(),
        root=order["jurisdiction_path"].split("/")[0],
        identity=drawing.random.randbytes(32),
        name=drawing.random.randbytes(32),
        since=order["listed_on"],
        **about,
    )
