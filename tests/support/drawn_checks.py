"""Checks of a generated world, what became of them, and what checks look into: keyed hashes of who is listed or
restricted."""

from __future__ import annotations

from typing import Any

from hub.canonical import exchange_codes as codes
from hub.canonical.exchange_codes import DishonestyStatus as S
from hub.db import models
from tests.support.drawing import Drawing
from tests.support.rows import Row

STANDING = {S.LISTED, S.PUBLISHED, S.CORRECTION_PENDING, S.RECONSIDERING, S.DELETE_DUE}


def draw_checks(drawing: Drawing, county: str, placed: Row) -> None:
    kept = {key: placed[key] for key in ("tenant_id", "jurisdiction_path")}
    for number in range(drawing.size):
        _check(drawing, county, kept, number)
    for row in [row for row in drawing.content.of(models.DishonestyRecord) if _here(row, placed)]:
        if row["status"] in STANDING:
            _standing(drawing, row)


def _here(row: Row, placed: Row) -> bool:
    return bool(row["jurisdiction_path"] == placed["jurisdiction_path"])


def _check(drawing: Drawing, county: str, kept: dict[str, Any], number: int) -> None:
    whose = {"organization_id": drawing.unit(county), **kept}
    check = drawing.content.add(
        models.SubjectCheck,
        id=drawing.id(),
        client_id=f"{county}.client",
        at=drawing.moment(),
        service_case_number=drawing.mark("办件"),
        service_item=drawing.mark("事项"),
        asked=1,
        matched=1,
        manual=0,
        keys=b"k" * 32,
        hits=[],
        **whose,
    )
    drawing.content.add(
        models.CheckedSubject,
        id=drawing.id(),
        key=check["id"].bytes,
        service_case_number=check["service_case_number"],
        reference=drawing.pick((None, drawing.mark("编号"))),
        checked_at=check["at"],
        changed_at=drawing.pick((None, drawing.moment())),
        **drawing.stamps(),
        **whose,
    )
    drawing.content.add(
        models.CheckUsage,
        client_id=f"{county}.{number}",
        day=check["at"].date(),
        asked=1,
        named=0,
        matched=1,
        alarmed_at=drawing.pick((None, drawing.moment())),
        **whose,
    )
    drawing.content.add(
        models.CheckDisposition,
        id=drawing.id(),
        disposition=drawing.pick(codes.Disposition),
        clause=drawing.mark("条款"),
        valid_from=drawing.day().replace(year=2000 + len(drawing.content.of(models.CheckDisposition))),
        decided_at=drawing.moment(),
        **whose,
    )
    drawing.content.add(
        models.Interception,
        id=drawing.id(),
        check_id=check["id"],
        position=0,
        mode=drawing.pick(codes.CheckMode),
        advised=drawing.pick(codes.Disposition),
        decision=drawing.pick(codes.Disposition),
        override_reason=drawing.pick((None, drawing.mark("从轻"))),
        system=drawing.mark("系统"),
        at=drawing.moment(),
        **whose,
    )


def _standing(drawing: Drawing, record: Row) -> None:
    drawing.content.add(
        models.StandingListing,
        record_id=record["id"],
        tenant_id=record["tenant_id"],
        root=record["jurisdiction_path"].split("/")[0],
        identity=drawing.random.randbytes(32),
        name=drawing.random.randbytes(32),
        since=drawing.day(),
    )
