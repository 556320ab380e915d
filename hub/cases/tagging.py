"""Tags as courts tell them of their cases: what is told later stands, what is told of a case is all that it has."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from hub.canonical.evasion_codes import CaseTagKind, CaseTagOrigin, CaseTagStatus
from hub.canonical.exchange_codes import Confidentiality
from hub.canonical.records import CaseTold, TagsTold
from hub.cases.service import ToldCase
from hub.core.clock import local_date
from hub.core.ids import new_id
from hub.db.bulk import among, upsert_rows
from hub.db.models import CaseTag, CaseTagging, LegalCase
from hub.events.outbox import publish_all
from hub.policy.pack import PolicyPack
from hub.subjects.home import Home

KINDS = "case_tag.kinds"
LEFT_OUT, CONFIDENTIAL = "法院新报文未再列明", "案件不予公开"


@dataclass(frozen=True, slots=True)
class Telling:
    """What a court said of one of its cases, and when."""

    case: CaseTold
    case_id: UUID
    occurred_at: datetime


def label_key(kind: CaseTagKind) -> str:
    return f"case_tag.label.{kind.value}"


def named(pack: PolicyPack, kind: CaseTagKind) -> dict[str, str | None]:
    """What the policy of the day calls a tag, and the clause it rests on."""
    return {"label": pack.text(label_key(kind)).zh[:100], "clause": (pack.basis(KINDS).clause or "")[:200] or None}


async def keep_tags(
    session: AsyncSession, home: Home, pack: PolicyPack, cases: Mapping[str, UUID], told: Sequence[ToldCase]
) -> None:
    """Bring the tags to what was told last. A case that is no longer open to all loses its tags and gets none."""
    said = [
        Telling(each.case, cases[each.case.case_number], each.occurred_at)
        for each in told
        if each.case.tags is not None or each.case.confidentiality is not Confidentiality.NORMAL
    ]
    if not said:
        return
    hidden = await _hidden(session, {each.case_id for each in said})
    await _forget(session, hidden, home)
    tagged = {
        each.case_id: each
        for each in sorted(said, key=lambda each: each.occurred_at)
        if each.case.tags is not None and each.case_id not in hidden
    }
    since = await _last_told(session, tagged)
    newer = [each for key, each in tagged.items() if key not in since or each.occurred_at >= since[key]]
    changed = await _bring(session, home, pack, newer)
    await _note(session, home, [each for each in tagged.values() if each not in newer], late=True)
    await _note(session, home, [each for each in newer if each.case_id in changed or each.case_id not in since])
    await _confirm(session, [each for each in newer if each.case_id in since and each.case_id not in changed])


async def _hidden(session: AsyncSession, cases: set[UUID]) -> set[UUID]:
    rows = await session.scalars(
        select(LegalCase.id).where(among(LegalCase.id, cases), LegalCase.confidentiality != Confidentiality.NORMAL)
    )
    return set(rows)


async def _last_told(session: AsyncSession, cases: Mapping[UUID, Telling]) -> dict[UUID, datetime]:
    rows = await session.execute(
        select(CaseTagging.case_id, func.max(CaseTagging.confirmed_at))
        .where(among(CaseTagging.case_id, cases), CaseTagging.late.is_(False))
        .group_by(CaseTagging.case_id)
    )
    return dict(rows.tuples().all())


async def _bring(session: AsyncSession, home: Home, pack: PolicyPack, newer: Sequence[Telling]) -> set[UUID]:
    """Cases of which something else was told than what stood."""
    rows = await session.scalars(
        select(CaseTag).where(among(CaseTag.case_id, [each.case_id for each in newer])).order_by(CaseTag.id)
    )
    kept = {(row.case_id, row.kind): row for row in rows}
    active = {key: row for key, row in kept.items() if row.status is CaseTagStatus.ACTIVE}
    given, left = [], []
    for each in newer:
        tags = _tags(each)
        given += [
            (each, kind)
            for kind in tags.kinds
            if (each.case_id, kind) not in active or active[each.case_id, kind].ground != tags.ground
        ]
        left += [(each, row) for (case, kind), row in active.items() if case == each.case_id and kind not in tags.kinds]
    made = [_row(home, pack, *each, kept.get((each[0].case_id, each[1]))) for each in given]
    await upsert_rows(session, CaseTag, made, key=("case_id", "kind", "tenant_id"), changes=_changes)
    for each, row in left:
        withdraw(row, _tags(each).ground or LEFT_OUT, each.occurred_at)
    await session.flush()
    await tell(session, home.tenant_id, [*(row["id"] for row in made), *(row.id for _, row in left)])
    return {each.case_id for each, _ in (*given, *left)}


def _tags(each: Telling) -> TagsTold:
    assert each.case.tags is not None
    return each.case.tags


def _row(home: Home, pack: PolicyPack, each: Telling, kind: CaseTagKind, kept: CaseTag | None) -> dict[str, Any]:
    return {
        "id": new_id() if kept is None else kept.id,
        **home.placed,
        "case_id": each.case_id,
        "court_id": home.organization_id,
        "kind": kind,
        "status": CaseTagStatus.ACTIVE,
        "origin": CaseTagOrigin.MESSAGE,
        **named(pack, kind),
        "ground": _tags(each).ground,
        "tagged_on": local_date(each.occurred_at),
        "told_at": each.occurred_at,
        "version": 1,
    }


def _changes(new: Any, old: Any) -> dict[str, Any]:
    names = ("status", "origin", "label", "clause", "ground", "tagged_on", "told_at")
    cleared = {"withdrawn_on": None, "withdrawal_reason": None}
    return {**{name: new[name] for name in names}, **cleared, "version": old.version + 1, "updated_at": func.now()}


def withdraw(row: CaseTag, reason: str, at: datetime) -> None:
    row.status, row.withdrawn_on, row.withdrawal_reason = CaseTagStatus.WITHDRAWN, local_date(at), reason
    row.told_at, row.version = at, row.version + 1


async def _note(session: AsyncSession, home: Home, tellings: Sequence[Telling], *, late: bool = False) -> None:
    rows = [
        {
            "id": new_id(),
            **home.placed,
            "case_id": each.case_id,
            "court_id": home.organization_id,
            "kinds": [kind.value for kind in _tags(each).kinds],
            "ground": _tags(each).ground,
            "origin": CaseTagOrigin.MESSAGE,
            "told_at": each.occurred_at,
            "confirmed_at": each.occurred_at,
            "late": late,
        }
        for each in tellings
    ]
    if rows:
        await session.execute(insert(CaseTagging).on_conflict_do_nothing(), rows)


async def _confirm(session: AsyncSession, same: Sequence[Telling]) -> None:
    """What a court says again needs no line of its own, but counts from when it last said so."""
    for each in same:
        last = (
            select(CaseTagging.id)
            .where(CaseTagging.case_id == each.case_id, CaseTagging.late.is_(False))
            .order_by(CaseTagging.confirmed_at.desc())
            .limit(1)
        )
        of = update(CaseTagging).where(CaseTagging.id == last.scalar_subquery())
        await session.execute(of.values(confirmed_at=each.occurred_at).execution_options(synchronize_session=False))


async def _forget(session: AsyncSession, cases: set[UUID], home: Home) -> None:
    if not cases:
        return
    rows = await session.scalars(
        select(CaseTag).where(among(CaseTag.case_id, cases), CaseTag.status == CaseTagStatus.ACTIVE)
    )
    forgotten = rows.all()
    for row in forgotten:
        withdraw(row, CONFIDENTIAL, row.told_at)
    await session.flush()
    for model in (CaseTag, CaseTagging):
        of = update(model).where(among(model.case_id, cases), model.ground.is_not(None))
        await session.execute(of.values(ground=None).execution_options(synchronize_session=False))
    await tell(session, home.tenant_id, [row.id for row in forgotten])


async def tell(session: AsyncSession, tenant_id: UUID, tags: Sequence[UUID]) -> None:
    if tags:
        await publish_all(session, tenant_id=tenant_id, type_="casetag.changed", rows=tags)
