"""Integrity of a generated world: persons and records with their revisions, complaints and complainants, publicity."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from hub.canonical import integrity_codes as codes
from hub.db import models
from hub.integrity.complaints import sealed_context
from hub.integrity.records import name_context
from tests.support.drawing import Drawing
from tests.support.rows import Row


def draw_integrity(drawing: Drawing, county: str, placed: Row) -> None:
    persons = [_person(drawing, county, placed, number) for number in range(3)]
    for number, status in enumerate(codes.IntegrityStatus):
        for derived in (False, True):
            _record(drawing, county, placed, None, (number, status, derived))
        _record(drawing, county, placed, drawing.pick(persons), (number, status, False))
    for _ in range(drawing.size):
        _complaint(drawing, county, placed)
    for status in codes.PublicityStatus:
        _publicity(drawing, county, placed, status, None)
    for listing in drawing.content.backdrop[models.DishonestyRecord]:
        _publicity(drawing, county, placed, codes.PublicityStatus.PUBLISHED, listing["id"])


def _evidence(drawing: Drawing) -> list[Row]:
    return drawing.pick(([], [{"name": drawing.mark("材料"), "digest": "b" * 64}]))


def _person(drawing: Drawing, county: str, placed: Row, number: int) -> Row:
    key = drawing.id()
    return drawing.content.add(
        models.IntegrityPerson,
        id=key,
        organization_id=drawing.unit(county),
        recorder_id=drawing.unit(county),
        name_sealed=drawing.world.keyring.seal(drawing.mark("姓名"), context=name_context(key)),
        name_key=key.bytes,
        name_masked=drawing.mark("张*"),
        post=drawing.mark("职务"),
        **drawing.stamps(),
        **placed,
    )


def _record(
    drawing: Drawing,
    county: str,
    placed: Row,
    person: Row | None,
    drawn: tuple[int, codes.IntegrityStatus, bool],
) -> None:
    number, status, derived = drawn
    category = codes.IntegrityCategory.DISHONEST_DEBTOR if derived else codes.IntegrityCategory.ARREARS
    said: dict[str, Any] = {
        "title": drawing.mark("事由"),
        "facts": drawing.mark("情形"),
        "occurred_on": drawing.day(),
        "amount_fen": drawing.pick((None, 12345)),
        "evidence": _evidence(drawing),
    }
    row = drawing.content.add(
        models.IntegrityRecord,
        id=drawing.id(),
        category=category,
        status=status,
        organization_id=drawing.subordinate(county, number) if person is None else person["organization_id"],
        recorder_id=drawing.unit(county),
        person_id=None if person is None else person["id"],
        source_id=drawing.id() if derived else None,
        causes=drawing.pick((None, drawing.mark("原因"))),
        basis=drawing.mark("依据"),
        contest_reason=drawing.pick((None, drawing.mark("异议"))),
        contest_evidence=[],
        decision=drawing.pick((None, drawing.mark("处理"))),
        version=1,
        status_since=drawing.moment(),
        **said,
        **drawing.stamps(),
        **placed,
    )
    drawing.content.add(
        models.IntegrityRevision,
        id=drawing.id(),
        record_id=row["id"],
        number=1,
        event="record",
        status=row["status"],
        reason=drawing.pick((None, drawing.mark("变更"))),
        made_by_id=row["recorder_id"],
        made_at=drawing.moment(),
        **said,
        **drawing.stamps(),
        **placed,
    )


def _complaint(drawing: Drawing, county: str, placed: Row) -> None:
    key = drawing.id()
    receiver = drawing.pick((drawing.world.organizations[f"{county}.credit"], drawing.unit(county)))
    drawing.content.add(
        models.IntegrityComplaint,
        id=key,
        status=drawing.pick(codes.ComplaintStatus),
        organization_id=drawing.unit(county),
        receiver_id=receiver,
        channel=drawing.mark("渠道"),
        registered_on=drawing.day(),
        summary=drawing.mark("摘要"),
        demand=drawing.pick((None, drawing.mark("要求"))),
        handed_at=drawing.pick((None, drawing.moment())),
        answer=drawing.pick((None, drawing.mark("答复"))),
        answer_evidence=_evidence(drawing),
        return_reason=drawing.pick((None, drawing.mark("退回"))),
        finding=drawing.pick((None, drawing.mark("核实"))),
        outcome=drawing.pick((None, drawing.mark("办结"))),
        version=1,
        status_since=drawing.moment(),
        **drawing.stamps(),
        **placed,
    )
    sealed = {
        f"{part}_sealed": drawing.world.keyring.seal(drawing.mark(part), context=sealed_context(part, key))
        for part in ("name", "contact", "statement")
    }
    drawing.content.add(
        models.IntegrityComplainant, id=key, receiver_id=receiver, **sealed, **drawing.stamps(), **placed
    )


def _publicity(drawing: Drawing, county: str, placed: Row, status: codes.PublicityStatus, listing: UUID | None) -> None:
    drawing.content.add(
        models.PublicityItem,
        id=drawing.id(),
        kind=drawing.pick(codes.PublicityKind),
        status=status,
        proposer_id=drawing.unit(county),
        cooperating_id=drawing.pick((None, drawing.unit(county))),
        record_id=listing,
        title=drawing.mark("案例"),
        theme="信守承诺",
        content=drawing.mark("案例内容"),
        review_note=drawing.pick((None, drawing.mark("审查"))),
        approved_by=drawing.pick((None, drawing.mark("批准"))),
        clause=drawing.pick((None, drawing.mark("条款"))),
        withdraw_reason=drawing.pick((None, drawing.mark("撤回"))),
        version=1,
        status_since=drawing.moment(),
        **drawing.stamps(),
        **placed,
    )
