"""Whether an issuer may cite a case or a listing: a court its own alone."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select

from hub.canonical.case_number import find_case_number_problems, parse_case_number
from hub.core.errors import Reason
from hub.db.models import Court, DishonestyRecord
from hub.workflow.unit import Unit


async def case_problems(unit: Unit, case_number: str | None) -> Sequence[Reason]:
    """The number must be well formed; where a court cites it, bear the code of that court."""
    if case_number is None:
        return ()
    path = ("caseNumber",)
    wrong = find_case_number_problems(case_number, path=path)
    if wrong:
        return wrong
    code = await unit.session.scalar(select(Court.court_code).where(Court.organization_id == unit.organization_id))
    if code is not None and getattr(parse_case_number(case_number), "court_code", None) != code:
        return (Reason("CASE_OF_OTHER_COURT", path),)
    return ()


async def record_problems(unit: Unit, record_id: UUID | None) -> Sequence[Reason]:
    """A listing the caller cannot see does not exist."""
    if record_id is None:
        return ()
    seen = await unit.session.scalar(select(DishonestyRecord.id).where(DishonestyRecord.id == record_id))
    return () if seen is not None else (Reason("NOT_FOUND", ("recordId",)),)
