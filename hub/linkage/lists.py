"""The year's double list of a jurisdiction: opened by the office, moved by its table."""

from __future__ import annotations

from uuid import UUID

from hub.core.errors import NotFound, Reason, Refused, refuse_if
from hub.core.payload import text_problems
from hub.db.models import DoubleList
from hub.linkage.list_rows import COURSE, get_or_create
from hub.linkage.workflows.double_list import DOUBLE_LIST, load_list_facts
from hub.organizations.recording import check_recording
from hub.workflow.firing import fire
from hub.workflow.rows import locked, place
from hub.workflow.unit import Unit

YEARS = range(2000, 2101)


async def create(unit: Unit, *, jurisdiction_code: str, year: int) -> DoubleList:
    """Open the list of a year; the office's work. Raises ``Refused`` (LIST_EXISTS) when it stands."""
    refuse_if(text_problems(jurisdiction_code, ("jurisdictionCode",), limit=12))
    if year not in YEARS:
        raise Refused(Reason("NUMBER_RANGE", ("year",), {"minimum": YEARS[0], "maximum": YEARS[-1]}))
    jurisdiction = await place(unit, jurisdiction_code)
    if not unit.is_office_of(jurisdiction.path):
        raise NotFound(path=("jurisdictionCode",))
    await check_recording(unit, path=jurisdiction.path, jurisdiction_id=jurisdiction.id, units=())
    found, created = await get_or_create(unit, jurisdiction, year)
    if not created:
        raise Refused(Reason("LIST_EXISTS", ("year",), {"year": year}))
    return found


async def fire_list(
    unit: Unit, list_id: UUID, event: str, payload: object, *, expected_version: int | None = None
) -> DoubleList:
    """Move a list. Approval by the meeting approves every item that waits for it, in the same transaction."""
    row: DoubleList = await locked(unit, DoubleList, list_id)
    await check_recording(unit, path=row.jurisdiction_path, jurisdiction_id=row.jurisdiction_id, units=())
    facts = await load_list_facts(unit.session, unit.policy, row, unit.today)
    await fire(
        unit,
        DOUBLE_LIST,
        COURSE,
        row,
        event,
        payload,
        actors=facts.actors(unit.principal),
        facts=facts,
        expected_version=expected_version,
    )
    return row
