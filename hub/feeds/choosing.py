"""Which rows a system must be told of: what courts told, where it has changed since the system was told last.

The mirror itself says what is due, so that nothing is lost with a message and nothing is told twice. Told of are bodies
with a code, in cases that are not confidential; a listing once it is published, and its end to who was told of it.
A row that must not be told of any more, since its case became confidential, has ended for who was told of it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Date, Select, and_, case, literal, null, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from hub.canonical.connector import FedRow
from hub.canonical.exchange_codes import (
    FED_LISTS,
    CaseListKind,
    Confidentiality,
    DishonestyStatus,
    FeedState,
    MirrorStatus,
    SubjectType,
)
from hub.core.ids import new_id
from hub.db.bulk import upsert_rows
from hub.db.models import CaseListEntry, DishonestyRecord, FeedRow, LegalCase, Subject
from hub.feeds.looking import changed_since, keep_position, others_changed_since, position_of
from hub.feeds.rows import fed_row, plain, withdrawn_row
from hub.subjects.home import Home

AT_ONCE = 500
_KEY = ("source", "record_id")
_COURTS = "court:"
_PROGRESS = ("push_key", "state", "reason", "attempts", "sent_at", "answered_at")


@dataclass(frozen=True, slots=True)
class _Mirror:
    """A table of mirrored rows: which lists it holds, which rows may be told of anew."""

    model: Any
    kinds: frozenset[CaseListKind]
    begins: ColumnElement[bool]
    own: tuple[Any, ...]


_WITHHELD = or_(
    Subject.kind == SubjectType.NATURAL,
    Subject.uscc.is_(None),
    LegalCase.confidentiality != Confidentiality.NORMAL,
)
"""What others must not be told of."""
_NO_DAY = null().cast(Date)
_MIRRORS = (
    _Mirror(
        CaseListEntry,
        frozenset(FED_LISTS) - {CaseListKind.DISHONEST},
        CaseListEntry.status == MirrorStatus.ACTIVE,
        (CaseListEntry.list_kind, _NO_DAY.label("published_on"), _NO_DAY.label("deleted_on")),
    ),
    _Mirror(
        DishonestyRecord,
        frozenset({CaseListKind.DISHONEST}),
        DishonestyRecord.status == DishonestyStatus.PUBLISHED,
        (
            literal(CaseListKind.DISHONEST, FeedRow.__table__.c.list_kind.type).label("list_kind"),
            DishonestyRecord.published_on,
            DishonestyRecord.deleted_on,
        ),
    ),
)


async def choose(session: AsyncSession, home: Home, lists: frozenset[CaseListKind]) -> int:
    """Put what is due into pushes that wait; how many rows were looked at."""
    done = 0
    for mirror in _MIRRORS:
        if kinds := mirror.kinds & lists:
            done += await _choose_of(session, home, mirror, kinds)
    return done


async def _choose_of(session: AsyncSession, home: Home, mirror: _Mirror, kinds: frozenset[CaseListKind]) -> int:
    position = await position_of(session, home, mirror.model, kinds)
    due = due_rows(home, mirror, kinds)
    changed = (await session.execute(due.where(changed_since(mirror.model, position)))).all()
    await _put(session, home, changed)
    # That a case became confidential, or a body lost its code, changes another row than the mirror's.
    elsewhere = await others_changed_since(session, mirror.model, position)
    others = [] if elsewhere is None else (await session.execute(due.where(elsewhere))).all()
    await _put(session, home, others)
    last = (changed[-1].updated_at, changed[-1].id) if len(changed) == AT_ONCE else None
    done = len(others) < AT_ONCE
    await keep_position(session, home, mirror.model, kinds, position, last, others_done=done)
    return len(changed) + len(others)


def due_rows(home: Home, mirror: _Mirror, kinds: frozenset[CaseListKind]) -> Select[Any]:
    """What the system has not been told of as it stands, in the order of its change; one portion."""
    model, fed = mirror.model, FeedRow
    withdrawn = fed.body["case_number"].astext == ""
    statement = (
        select(model.id, model.updated_at, model.case_number, model.status, model.listed_on, *mirror.own)
        .add_columns(Subject.name, Subject.uscc, _WITHHELD.label("withheld"))
        .join(Subject, Subject.id == model.subject_id)
        .join(LegalCase, LegalCase.id == model.case_id)
        .outerjoin(fed, and_(fed.source == home.source, fed.record_id == model.id))
        .where(
            model.tenant_id == home.tenant_id,
            model.jurisdiction_path.startswith(home.path, autoescape=True),
            model.source.startswith(_COURTS),
            or_(
                and_(fed.id.is_(None), ~_WITHHELD, mirror.begins), fed.basis != model.updated_at, withdrawn != _WITHHELD
            ),
        )
        .order_by(model.updated_at, model.id)
        .limit(AT_ONCE)
    )
    if mirror.model is CaseListEntry:
        statement = statement.where(CaseListEntry.list_kind.in_(kinds))
    return statement


async def _put(session: AsyncSession, home: Home, rows: Sequence[Any]) -> None:
    push = new_id()
    changed = [
        {
            "id": new_id(),
            **home.provided,
            "list_kind": told.list_kind,
            "record_id": row.id,
            "basis": row.updated_at,
            "body": plain(told),
            "digest": told.digest,
            "push_key": push,
            "state": FeedState.WAITING,
            "reason": None,
            "attempts": 0,
            "sent_at": None,
            "answered_at": None,
        }
        for row, told in zip(rows, map(_told, rows), strict=True)
    ]
    await upsert_rows(session, FeedRow, changed, key=_KEY, changes=_changes)


def _told(row: Any) -> FedRow:
    return withdrawn_row(row.id, row.list_kind) if row.withheld else fed_row(row)


def _changes(new: Any, old: Any) -> Mapping[str, Any]:
    """What says the same as before has been told already; only that it was looked at is noted."""
    same = old.digest == new.digest
    progress = {name: case((same, old[name]), else_=new[name]) for name in _PROGRESS}
    return {**progress, "basis": new.basis, "body": new.body, "digest": new.digest}
