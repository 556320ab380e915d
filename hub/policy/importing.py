"""Policy data brought in by an operator: a year of the working calendar, a version of a jurisdiction's pack."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from hub.audit.catalogue import AuditAction
from hub.audit.recorder import Target, record
from hub.core.clock import Clock
from hub.core.errors import Reason, Refused
from hub.core.ids import new_id
from hub.core.principal import Principal
from hub.db.models import CalendarYearRow, Jurisdiction, PolicyPackRow
from hub.db.session import SystemSession
from hub.evidence.digests import canonical
from hub.policy.calendar import CalendarYear
from hub.policy.calendar_file import calendar_to_plain
from hub.policy.documents import read_yaml
from hub.policy.loader import parse_pack
from hub.policy.pack import PolicyPack, pack_to_plain
from hub.policy.store import latest_years

OPERATOR = Principal(subject="operator", organization_id=None)


async def import_calendars(
    session: SystemSession, calendars: Sequence[CalendarYear], *, origin: str, clock: Clock
) -> list[CalendarYear]:
    """Put years' arrangements in force, each as a new version over the library's and earlier ones; those that were new.

    Deadlines that were provisional for want of them are reckoned again by the worker.
    """
    await session.execute(select(func.pg_advisory_xact_lock(func.hashtext("calendar_year"))))
    standing = {row.year: row for row in await session.scalars(latest_years())}
    new = [each for each in calendars if each.year not in standing or standing[each.year].digest != _digest(each)]
    for each in new:
        version = standing[each.year].version + 1 if each.year in standing else 1
        session.add(
            CalendarYearRow(
                year=each.year,
                version=version,
                document_no=each.document_no,
                content=calendar_to_plain(each),
                origin=origin[:200],
                digest=_digest(each),
                imported_at=clock(),
            )
        )
        target, detail = Target("CalendarYear", None, ""), {"year": each.year, "version": version}
        await record(session, OPERATOR, AuditAction.CALENDAR_IMPORTED, at=clock(), target=target, detail=detail)
    await session.flush()
    return new


def _digest(calendar: CalendarYear) -> str:
    return hashlib.sha256(canonical(calendar_to_plain(calendar))).hexdigest()


async def import_pack(session: SystemSession, raw: bytes, *, clock: Clock) -> tuple[PolicyPack, bool]:
    """Add a version of a pack; False when the same version stands already.

    Versions never change: raises ``Refused`` (PACK_VERSION_TAKEN) on other content under a known version, and what the
    reading of the file raises.
    """
    pack = parse_pack(read_yaml(raw))
    place = await session.scalar(select(Jurisdiction).where(Jurisdiction.code == pack.jurisdiction_code))
    if place is None:
        raise Refused(Reason("JURISDICTION_UNKNOWN", ("jurisdiction_code",), {"code": pack.jurisdiction_code}))
    content = pack_to_plain(pack)
    known = await session.scalar(
        select(PolicyPackRow).where(PolicyPackRow.jurisdiction_id == place.id, PolicyPackRow.version == pack.version)
    )
    if known is not None:
        if known.content != content:
            raise Refused(Reason("PACK_VERSION_TAKEN", ("version",), {"version": pack.version}))
        return pack, False
    row = PolicyPackRow(**pack_row(pack, place.id))
    session.add(row)
    await session.flush()
    target = Target("PolicyPack", row.id, place.path)
    await record(session, OPERATOR, AuditAction.POLICY_PACK_IMPORTED, at=clock(), target=target)
    return pack, True


def pack_row(pack: PolicyPack, jurisdiction_id: UUID) -> dict[str, Any]:
    """The columns of a pack's row, with a new id."""
    return {
        "id": new_id(),
        "jurisdiction_id": jurisdiction_id,
        "version": pack.version,
        "document_no": pack.document_no,
        "effective_from": pack.effective_from,
        "effective_to": pack.effective_to,
        "content": pack_to_plain(pack),
    }
