"""Joint punishment of a generated world: who carries out what, measures with feedback and interceptions, overdue
lists with their parties and entries."""

from __future__ import annotations

from uuid import UUID

from hub.canonical import codes, exchange_codes, punishment_codes
from hub.db import models
from tests.support.drawing import Drawing
from tests.support.rows import Row

CODES = ("P01", "P02", "P03")


def draw_punishment(drawing: Drawing, county: str, placed: Row) -> None:
    for code in CODES:
        _assignment(drawing, county, placed, code)
    lists = [_list(drawing, county, placed, status) for status in punishment_codes.OverdueListStatus]
    records = [row for row in drawing.content.of(models.DishonestyRecord) if _here(row, placed)]
    for number in range(drawing.size * 2):
        record = drawing.pick(records)
        measure = _measure(drawing, county, placed, record, number)
        _of_measure(drawing, county, placed, measure)
        _entry(drawing, placed, drawing.pick(lists), record, number)
        if number % 3 == 0:
            _alert(drawing, county, placed, measure["id"], "JointPunishmentMeasure")
    for model in (models.SupervisionNotice, models.PeriodicReport, models.JointMeeting, models.CoordinationRequest):
        for row in [each for each in drawing.content.of(model) if _here(each, placed)][:2]:
            _alert(drawing, county, placed, row["id"], model.__name__)


def _here(row: Row, placed: Row) -> bool:
    return bool(row["jurisdiction_path"] == placed["jurisdiction_path"])


def _assignment(drawing: Drawing, county: str, placed: Row, code: str) -> None:
    drawing.content.add(
        models.MeasureAssignment,
        id=drawing.id(),
        code=code,
        organization_id=drawing.unit(county),
        issuer_id=drawing.world.organizations[f"{county}.credit"],
        clause=drawing.mark("条款"),
        valid_from=drawing.day(),
        version=1,
        **drawing.stamps(),
        **placed,
    )


def _measure(drawing: Drawing, county: str, placed: Row, record: Row, number: int) -> Row:
    statuses = list(punishment_codes.MeasureStatus)
    row = drawing.content.add(
        models.JointPunishmentMeasure,
        id=drawing.id(),
        record_id=record["id"],
        court_id=record["court_id"],
        subject_organization_id=drawing.pick((None, drawing.unit(county), drawing.unit(county))),
        implementer_id=(
            drawing.pick((None, drawing.unit(county))) if number % 2 else drawing.subordinate(county, number)
        ),
        status=statuses[number % len(statuses)],
        catalogue_version="2021.1",
        code=f"{drawing.pick(CODES)}-{number}",
        name=drawing.mark("措施"),
        field=drawing.pick(punishment_codes.PunishmentField),
        legal_basis="法律",
        level=drawing.pick(punishment_codes.MeasureLevel),
        target=drawing.pick(punishment_codes.MeasureTarget),
        person_name=drawing.pick((None, drawing.mark("人员"))),
        match_mode=drawing.pick(exchange_codes.CheckMode),
        automatic=False,
        needs_approval=False,
        reason=drawing.pick((None, drawing.mark("理由"))),
        reason_basis=drawing.pick((None, drawing.mark("理由依据"))),
        interception_count=drawing.random.randrange(5),
        feedback_count=drawing.random.randrange(5),
        lift_due_at=drawing.pick((None, drawing.moment())),
        lift_due_provisional=False,
        deadline_basis=drawing.explanation(),
        urge_count=0,
        escalation_level=0,
        lifted_by=drawing.pick((None, drawing.mark("经办"))),
        version=1,
        status_since=drawing.moment(),
        **drawing.stamps(),
        **placed,
    )
    drawing.content.add(
        models.StandingMeasure,
        record_id=record["id"],
        organization_id=row["implementer_id"] or drawing.unit(county),
        code=row["code"],
        tenant_id=row["tenant_id"],
        jurisdiction_path=row["jurisdiction_path"],
        mandatory=drawing.chance(0.5),
        since=drawing.day(),
    )
    return row


def _of_measure(drawing: Drawing, county: str, placed: Row, measure: Row) -> None:
    about = {"measure_id": measure["id"], "organization_id": measure["implementer_id"] or drawing.unit(county)}
    drawing.content.add(
        models.PunishmentFeedback,
        id=drawing.id(),
        text=drawing.mark("反馈"),
        score_delta=drawing.pick((None, -3)),
        reported_at=drawing.moment(),
        **about,
        **drawing.stamps(),
        **placed,
    )
    drawing.content.add(
        models.MeasureHandover,
        id=drawing.id(),
        measure_id=measure["id"],
        from_id=drawing.pick((None, drawing.unit(county))),
        to_id=drawing.unit(county),
        reason=drawing.mark("移交缘由"),
        handed_at=drawing.moment(),
        **placed,
    )
    stopped = [row for row in drawing.content.of(models.Interception) if _here(row, placed)]
    drawing.content.add(
        models.MeasureInterception,
        id=drawing.id(),
        interception_id=drawing.pick(stopped)["id"],
        at=drawing.moment(),
        affected_at=drawing.pick((None, drawing.moment())),
        **about,
        **drawing.stamps(),
        **placed,
    )


def _alert(drawing: Drawing, county: str, placed: Row, target: UUID, kind: str) -> None:
    drawing.content.add(
        models.Alert,
        id=drawing.id(),
        kind=drawing.pick((codes.AlertKind.RESIDUAL_PUNISHMENT, codes.AlertKind.NOTICE_OVERDUE)),
        severity=drawing.pick(codes.AlertSeverity),
        target_kind=kind,
        target_id=target,
        organization_id=drawing.unit(county),
        title=drawing.mark("预警"),
        due_on=drawing.day(),
        offset_days=0,
        raised_at=drawing.moment(),
        **drawing.stamps(),
        **placed,
    )


def _list(drawing: Drawing, county: str, placed: Row, status: punishment_codes.OverdueListStatus) -> Row:
    row = drawing.content.add(
        models.OverdueList,
        id=drawing.id(),
        status=status,
        issuer_id=drawing.pick((drawing.world.organizations[f"{county}.credit"], drawing.unit(county))),
        title=drawing.mark("名单"),
        clause=drawing.pick((None, drawing.mark("条款"))),
        signed_by=drawing.pick((None, drawing.mark("核定"))),
        return_reason=drawing.pick((None, drawing.mark("退回"))),
        version=1,
        status_since=drawing.moment(),
        **drawing.stamps(),
        **placed,
    )
    issuer = {row["issuer_id"]: punishment_codes.OverdueListCapacity.ISSUER}
    told = {unit: drawing.pick(punishment_codes.OverdueListCapacity) for unit in drawing.units(county, 3)}
    for unit, capacity in (told | issuer).items():
        drawing.content.add(
            models.OverdueListParty,
            list_id=row["id"],
            organization_id=unit,
            tenant_id=row["tenant_id"],
            capacity=capacity,
            jurisdiction_path=row["jurisdiction_path"],
            report=drawing.pick((None, drawing.mark("惩戒情况"))),
            **drawing.stamps(),
        )
    return row


def _entry(drawing: Drawing, placed: Row, list_: Row, record: Row, number: int) -> None:
    known = {(row["list_id"], row["record_id"]) for row in drawing.content.of(models.OverdueListEntry)}
    if (list_["id"], record["id"]) in known:
        return
    notices = [row for row in drawing.content.of(models.SupervisionNotice) if _here(row, placed)]
    restricted = [row["organization_id"] for row in drawing.content.of(models.ConsumptionRestriction)]
    units = [unit for unit in restricted if unit is not None] or sorted(drawing.world.organizations.values())
    drawing.content.add(
        models.OverdueListEntry,
        id=drawing.id(),
        list_id=list_["id"],
        record_id=record["id"],
        court_id=record["court_id"],
        organization_id=drawing.pick(units),
        notice_id=notices[number % len(notices)]["id"],
        **drawing.stamps(),
        **placed,
    )
