"""Judicial suggestions, items of assessments and circulars of a generated world."""

from __future__ import annotations

from hub.canonical import supervision_codes as codes
from hub.db import models
from tests.support.drawing import Drawing
from tests.support.rows import Row

UNSENT = {codes.SuggestionStatus.DRAFT, codes.SuggestionStatus.CONSULTED}


def draw_consequences(drawing: Drawing, county: str, placed: Row) -> None:
    for status in codes.SuggestionStatus:
        _suggestion(drawing, county, placed, status)
    for number in range(drawing.size):
        _item(drawing, county, placed, number)


def _suggestion(drawing: Drawing, county: str, placed: Row, status: codes.SuggestionStatus) -> None:
    sent = status not in UNSENT and (status is not codes.SuggestionStatus.WITHDRAWN or drawing.chance(0.5))
    court = drawing.world.organizations[f"{county}.court"]
    row = drawing.content.add(
        models.JudicialSuggestion,
        id=drawing.id(),
        category=drawing.pick(codes.SuggestionCategory),
        status=status,
        court_id=court,
        subject_id=drawing.unit(county),
        addressee_id=drawing.unit(county),
        title=drawing.mark("建议"),
        problems=[drawing.mark("问题")],
        suggestions=[drawing.mark("建议内容")],
        consultation=drawing.pick((None, drawing.mark("听取意见"))),
        clause=drawing.pick((None, drawing.mark("条款"))),
        signed_by=drawing.pick((None, drawing.mark("签发"))),
        sent_at=drawing.moment() if sent else None,
        due_basis=drawing.explanation(),
        received_by=drawing.pick((None, drawing.mark("签收"))),
        reply=drawing.pick((None, drawing.mark("回复"))),
        outcome=drawing.pick((None, drawing.mark("结果"))),
        version=1,
        status_since=drawing.moment(),
        **drawing.stamps(),
        **placed,
    )
    told = {court: codes.SuggestionCapacity.COURT}
    if sent:
        told.setdefault(row["addressee_id"], codes.SuggestionCapacity.ADDRESSEE)
        for unit in drawing.units(county, 1):
            told.setdefault(unit, codes.SuggestionCapacity.COPIED)
    for unit, capacity in told.items():
        drawing.content.add(
            models.JudicialSuggestionParty,
            suggestion_id=row["id"],
            organization_id=unit,
            tenant_id=row["tenant_id"],
            capacity=capacity,
            jurisdiction_path=row["jurisdiction_path"],
            **drawing.stamps(),
        )


def _item(drawing: Drawing, county: str, placed: Row, number: int) -> None:
    """Of a listing of the place; entered or not, whatever its state, and not always circulated."""
    records = [r for r in drawing.content.of(models.DishonestyRecord) if _here(r, placed)]
    row = drawing.content.add(
        models.AssessmentItem,
        id=drawing.id(),
        scheme=drawing.pick(codes.AssessmentScheme),
        status=drawing.pick(codes.AssessmentStatus),
        year=2020 + number,
        organization_id=drawing.pick((drawing.unit(county), drawing.subordinate(county, number))),
        assessor_id=drawing.pick((drawing.world.organizations["city.committee"], drawing.unit(county))),
        record_id=drawing.pick(records)["id"],
        case_number=drawing.mark("案号"),
        clause=drawing.pick((None, drawing.mark("条款"))),
        points=drawing.pick((None, -5)),
        reason=drawing.pick((None, drawing.mark("理由"))),
        decided_by=drawing.pick((None, drawing.mark("决定人"))),
        entered_at=drawing.pick((None, drawing.moment())),
        version=1,
        status_since=drawing.moment(),
        **drawing.stamps(),
        **placed,
    )
    drawing.content.add(
        models.Circular,
        id=drawing.id(),
        scheme=row["scheme"],
        issuer_id=row["assessor_id"],
        organization_id=row["organization_id"],
        item_id=row["id"],
        title=drawing.mark("通报"),
        content=drawing.mark("通报内容"),
        perform_by=drawing.day(),
        clause=drawing.pick((None, drawing.mark("条款"))),
        signed_by=drawing.mark("签发"),
        version=1,
        **drawing.stamps(),
        **placed,
    )


def _here(row: Row, placed: Row) -> bool:
    return bool(row["jurisdiction_path"] == placed["jurisdiction_path"])
