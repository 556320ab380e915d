"""What a platform relays for courts: filed with the court of each case, and never against what that court tells itself.

A platform may tell by several ways, and a court may begin to tell itself what was relayed before: a record stays one,
whoever told of it last.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from hub.canonical.case_number import CaseNumber, parse_case_number
from hub.canonical.exchange_codes import InboxStatus
from hub.canonical.records import Message
from hub.core.errors import Reason
from hub.db.bulk import among
from hub.db.models import CaseListEntry, DishonestyRecord
from hub.subjects.home import PLATFORM, Home, courts_of
from hub.subjects.resolving import Resolved

if TYPE_CHECKING:
    from hub.ingest.applying import Arrived

    Pair = tuple[Arrived, Resolved]

_MIRRORS: tuple[Any, ...] = (CaseListEntry, DishonestyRecord)
_COURT = "court:"


@dataclass(frozen=True, slots=True)
class Relayed:
    """Messages to apply, with the home of their court, and those that end here."""

    by_court: list[tuple[Home, list[Pair]]]
    refused: list[tuple[Arrived, InboxStatus, Reason]]


async def relayed(session: AsyncSession, home: Home, ready: Sequence[Pair]) -> Relayed:
    # Two ways of one platform at once would else make two rows of one record.
    await session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(f"relay:{home.tenant_id}", 0))))
    codes = {each.id: _court_code(each.message) for each, _ in ready}
    courts = await courts_of(session, home, filter(None, codes.values()))
    own = await _told_by_courts(session, home, [each.key for each, _ in ready])
    by_court: defaultdict[str, list[Pair]] = defaultdict(list)
    refused = []
    for each, subject in ready:
        code = codes[each.id]
        if code not in courts:
            refused.append((each, InboxStatus.QUARANTINED, Reason("COURT_UNKNOWN")))
        elif each.key in own:
            refused.append((each, InboxStatus.SUPERSEDED, Reason("TOLD_BY_ITS_COURT")))
        else:
            by_court[str(code)].append((each, subject))
    return Relayed([(courts[code], group) for code, group in by_court.items()], refused)


def _court_code(message: Message) -> str | None:
    found = parse_case_number(message.record.case.case_number)
    return found.court_code if isinstance(found, CaseNumber) else None


async def _told_by_courts(session: AsyncSession, home: Home, keys: Sequence[str]) -> set[str]:
    found: set[str] = set()
    for model in _MIRRORS:
        found |= set(
            await session.scalars(
                select(model.source_key).where(
                    model.tenant_id == home.tenant_id, model.source.startswith(_COURT), among(model.source_key, keys)
                )
            )
        )
    return found


async def take_over(session: AsyncSession, home: Home, keys: Sequence[str]) -> None:
    """Rows that another way of the platform told of, or for a court's own messages any platform, become the source's:
    from here on it says how they stand."""
    relays = home.source.partition("/")[0] + "/" if home.relays else f"{PLATFORM}:"
    for model in _MIRRORS:
        own = aliased(model)
        held = select(own.id).where(
            own.tenant_id == home.tenant_id, own.source == home.source, own.source_key == model.source_key
        )
        await session.execute(
            update(model)
            .where(
                model.tenant_id == home.tenant_id,
                model.source >= relays,
                model.source < relays[:-1] + chr(ord(relays[-1]) + 1),
                model.source != home.source,
                among(model.source_key, keys),
                ~held.exists(),
            )
            .values(source=home.source)
            .execution_options(synchronize_session=False)
        )
