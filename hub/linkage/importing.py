"""From a published notice to drafts of the year's double list, in the database."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from hub.audit.catalogue import AuditAction
from hub.audit.recorder import Target
from hub.canonical.codes import (
    DeadlineKind,
    ItemStatus,
    LinkageArea,
    ListSide,
    OrganizationKind,
)
from hub.core.errors import NotFound, Reason, Refused
from hub.core.ids import new_id
from hub.db.models import (
    DoubleList,
    DoubleListItem,
    Jurisdiction,
    Organization,
    OrganizationAlias,
    OrganizationFunction,
    OrganizationGroup,
    OrganizationGroupMember,
)
from hub.linkage import deadlines
from hub.linkage.list_rows import ITEM_COURSE as COURSE
from hub.linkage.list_rows import OPEN_LISTS, get_or_create, next_code
from hub.linkage.notice.draft import draft_notice
from hub.linkage.notice.read import read_notice
from hub.linkage.notice.records import DraftItem, NoticeDraft
from hub.linkage.notice.roster import Roster
from hub.linkage.notice.roster import Unit as RosterUnit
from hub.linkage.rows import sync_item_parties
from hub.workflow.firing import announce
from hub.workflow.rows import place, placed_in
from hub.workflow.unit import Unit

TITLE_LIMIT = 200
BELOW = (OrganizationKind.GOVERNMENT, OrganizationKind.TOWNSHIP_GOV, OrganizationKind.SUBDISTRICT)
"""Kinds of units of lower jurisdictions that a notice names by its collective wordings (各乡镇, 各县)."""


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did. ``kept_edited`` are drafts that people have changed or moved on, left as they are."""

    list_id: UUID
    created: int
    unchanged: int
    kept_edited: int
    unresolved: int


async def load_roster(session: AsyncSession, jurisdiction: Jurisdiction) -> Roster:
    """The units a notice of the jurisdiction may name; former ones lend their names to their successors."""
    rows = list(await session.scalars(select(Organization).where(_nameable(jurisdiction))))
    by_id = {row.id: row for row in rows}
    wordings: defaultdict[UUID, set[str]] = defaultdict(set)
    former: defaultdict[UUID, set[str]] = defaultdict(set)
    aliases = await session.execute(
        select(OrganizationAlias.organization_id, OrganizationAlias.alias).where(
            OrganizationAlias.organization_id.in_(by_id)
        )
    )
    for organization_id, alias in aliases:
        present = _present(organization_id, by_id)
        (wordings if present == organization_id else former)[present].add(alias)
    for row in rows:
        present = _present(row.id, by_id)
        (wordings if present == row.id else former)[present] |= {row.name, row.short_name}
    units = [
        RosterUnit(
            str(row.id),
            row.name,
            row.short_name,
            tuple(sorted(wordings[row.id] - {row.name, row.short_name} - former[row.id])),
            row.kind.value,
            row.level.value,
            tuple(sorted(former[row.id])),
        )
        for row in rows
        if _present(row.id, by_id) == row.id
    ]
    groups = await _groups(session, jurisdiction, by_id)
    return Roster(units, places=await _places(session, jurisdiction), groups=groups)


def _nameable(jurisdiction: Jurisdiction) -> Any:
    serving = select(OrganizationFunction.organization_id).where(
        OrganizationFunction.jurisdiction_id == jurisdiction.id
    )
    below = Organization.jurisdiction_path.startswith(jurisdiction.path, autoescape=True)
    return or_(
        Organization.jurisdiction_id == jurisdiction.id,
        Organization.id.in_(serving),
        below & Organization.kind.in_(BELOW),
    )


def _present(key: UUID, by_id: dict[UUID, Organization]) -> UUID:
    """The unit itself, or the last of its successors that is known here."""
    seen = {key}
    while (row := by_id.get(key)) is not None and row.successor_id in by_id and row.successor_id not in seen:
        key = row.successor_id
        seen.add(key)
    return key


async def _groups(
    session: AsyncSession, jurisdiction: Jurisdiction, by_id: dict[UUID, Organization]
) -> dict[str, list[str]]:
    found: defaultdict[str, list[str]] = defaultdict(list)
    rows = await session.execute(
        select(OrganizationGroup.name, OrganizationGroupMember.organization_id)
        .join(OrganizationGroupMember, OrganizationGroupMember.group_id == OrganizationGroup.id)
        .where(OrganizationGroup.jurisdiction_id == jurisdiction.id)
        .order_by(OrganizationGroup.name, OrganizationGroupMember.organization_id)
    )
    for name, organization_id in rows:
        if organization_id in by_id:
            found[name].append(str(_present(organization_id, by_id)))
    return dict(found)


async def _places(session: AsyncSession, jurisdiction: Jurisdiction) -> list[str]:
    """Names of the jurisdiction, then of those above it."""
    codes = [code for code in jurisdiction.path.split("/") if code]
    rows = {row.code: row for row in await session.scalars(select(Jurisdiction).where(Jurisdiction.code.in_(codes)))}
    ordered = [rows[code] for code in reversed(codes) if code in rows]
    return list(dict.fromkeys(name for row in ordered for name in (row.name, row.short_name)))


async def preview(
    session: AsyncSession,
    *,
    data: bytes,
    filename: str,
    jurisdiction_code: str,
    year: int,
    shift_dates: bool,
    limit: int,
) -> tuple[NoticeDraft, Roster]:
    """The draft a file gives, nothing written. Raises ``Refused`` (JURISDICTION_UNKNOWN, NOTICE_*)."""
    notice = await asyncio.to_thread(read_notice, data, filename, limit=limit)
    jurisdiction = await session.scalar(select(Jurisdiction).where(Jurisdiction.code == jurisdiction_code))
    if jurisdiction is None:
        raise Refused(Reason("JURISDICTION_UNKNOWN", ("jurisdictionCode",), {"code": jurisdiction_code}))
    roster = await load_roster(session, jurisdiction)
    draft = await asyncio.to_thread(draft_notice, notice, roster, year=year, shift_dates=shift_dates)
    return draft, roster


async def import_notice(unit: Unit, draft: NoticeDraft, *, jurisdiction_code: str, year: int) -> Imported:
    """Add the items that are not in the year's list yet; the office's work. The same notice again changes nothing.

    The natural key of an item is (jurisdiction, year, digest of the notice, number).
    Raises ``NotFound``, ``Refused`` (LIST_NOT_OPEN).
    """
    jurisdiction = await place(unit, jurisdiction_code)
    if not unit.is_office_of(jurisdiction.path):
        raise NotFound(path=("jurisdictionCode",))
    list_, _ = await get_or_create(unit, jurisdiction, year)
    known = await _known(unit, list_, draft.digest)
    wanted = [item for item in draft.items if item.no not in known]
    if wanted and list_.status not in OPEN_LISTS:
        raise Refused(Reason("LIST_NOT_OPEN", ("year",), {"year": year}))
    for item in wanted:
        await _add(unit, list_, jurisdiction, draft, item)
    kept = sum(row.edited or row.status is not ItemStatus.DRAFT for row in known.values())
    await unit.audit(
        AuditAction.NOTICE_IMPORTED,
        Target("DoubleList", list_.id, list_.jurisdiction_path),
        digest=draft.digest,
        created=len(wanted),
    )
    return Imported(list_.id, len(wanted), len(known) - kept, kept, len(draft.unresolved))


async def _known(unit: Unit, list_: DoubleList, digest: str) -> dict[str, DoubleListItem]:
    rows = await unit.session.scalars(
        select(DoubleListItem).where(
            DoubleListItem.jurisdiction_id == list_.jurisdiction_id,
            DoubleListItem.year == list_.year,
            DoubleListItem.notice_digest == digest,
        )
    )
    return {row.notice_item_no or "": row for row in rows}


async def _add(
    unit: Unit, list_: DoubleList, jurisdiction: Jurisdiction, draft: NoticeDraft, drafted: DraftItem
) -> None:
    lead = UUID(drafted.lead.key) if drafted.lead is not None and drafted.lead.key is not None else None
    item = DoubleListItem(
        id=new_id(),
        list_id=list_.id,
        year=list_.year,
        code=await next_code(unit, list_),
        side=await _side(unit, lead),
        area=LinkageArea(drafted.linkage_area) if drafted.linkage_area else LinkageArea.OTHER,
        title=drafted.title[:TITLE_LIMIT],
        content=drafted.content,
        lead_organization_id=lead,
        cooperating_organization_ids=_keys(party.key for party in drafted.cooperating),
        proposer_organization_id=unit.organization_id,
        deadline_kind=DeadlineKind(drafted.deadline_kind.value) if drafted.deadline_kind else None,
        due_on=drafted.due_on,
        recurrence=drafted.recurrence,
        source_clause=drafted.source_clause[:TITLE_LIMIT],
        source_document_no=draft.document_no,
        notice_digest=draft.digest,
        notice_item_no=drafted.no,
        unresolved=[
            {"text": entry.text, "reason": str(entry.sentence)}
            for entry in draft.unresolved
            if entry.item_no == drafted.no
        ],
        status=ItemStatus.DRAFT,
        **placed_in(jurisdiction),
    )
    await deadlines.assign(unit, item)
    unit.session.add(item)
    await unit.session.flush()
    await sync_item_parties(unit, item)
    await unit.audit(AuditAction.ITEM_CREATED, Target("DoubleListItem", item.id, item.jurisdiction_path))
    await announce(unit, COURSE, item, "created")


def _keys(keys: Iterable[str | None]) -> list[UUID]:
    return [UUID(key) for key in dict.fromkeys(keys) if key is not None]


async def _side(unit: Unit, lead: UUID | None) -> ListSide:
    """Whose list an item belongs on follows from its lead: the court's, or the government's."""
    kind = await unit.session.scalar(select(Organization.kind).where(Organization.id == lead))
    return ListSide.COURT_LED if kind is OrganizationKind.COURT else ListSide.GOVERNMENT_LED
