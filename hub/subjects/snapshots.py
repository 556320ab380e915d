"""Mirrored rows that a full snapshot of their source no longer has: counted, and ended."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    ColumnElement,
    Select,
    Text,
    Uuid,
    and_,
    bindparam,
    column,
    exists,
    func,
    literal,
    literal_column,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

from hub.canonical.exchange_codes import CaseListKind, MirrorStatus
from hub.core.ids import new_id
from hub.db.bulk import among
from hub.db.models import SnapshotPortion
from hub.events.outbox import publish_all
from hub.policy.pack import PolicyPack
from hub.subjects.home import Home
from hub.subjects.mirroring import Mirror


def standing_at(status: InstrumentedAttribute[MirrorStatus]) -> ColumnElement[bool]:
    """Whether a mirrored row is on its list. Written out and not a parameter: a plan that is kept for all parameters
    could not use the indexes of standing rows, and would read the whole mirror for each portion of a snapshot."""
    return status == literal_column(f"'{MirrorStatus.ACTIVE.value}'")


@dataclass(frozen=True, slots=True)
class ListMirror:
    """The rows of a mirror that stand on one list of a source, while ``stands`` holds of them.

    ``ended`` tells what becomes of a row the snapshot has not, as of when the snapshot was taken; ``after`` what
    follows for the rows ended.
    """

    of: Mirror[Any]
    kind: CaseListKind
    stands: ColumnElement[bool]
    ended: Callable[[datetime], dict[str, Any]]
    after: Callable[[AsyncSession, Sequence[UUID], PolicyPack, datetime], Awaitable[None]] | None = None

    @property
    def model(self) -> Any:
        return self.of.model

    async def count(self, session: AsyncSession, home: Home, batch_id: UUID, as_of: datetime) -> tuple[int, int, int]:
        """Rows that stood on the list, those of them the snapshot has not, and rows of the snapshot."""
        told = self._told(batch_id).cte("told").prefix_with("MATERIALIZED")
        found = await session.execute(
            select(
                func.count(),
                func.count().filter(told.c.business_key.is_(None)),
                select(func.count()).select_from(told).scalar_subquery(),
            )
            .select_from(self.model)
            .outerjoin(told, told.c.business_key == self.model.source_key)
            .where(self._standing(home, as_of))
        )
        stood, gone, rows = found.one()
        return stood, gone, rows

    async def end_missing(
        self, session: AsyncSession, home: Home, batch_id: UUID, as_of: datetime, pack: PolicyPack
    ) -> int:
        """Take off the list what the snapshot has not, and tell of it; how many."""
        done = await session.scalars(
            update(self.model)
            .where(self._standing(home, as_of), self._missing(batch_id))
            .values(occurred_at=as_of, content_digest="", updated_at=func.now(), **self.ended(as_of))
            .returning(self.model.id)
            .execution_options(synchronize_session=False)
        )
        ended = list(done)
        if self.after is not None and ended:
            await self.after(session, ended, pack, as_of)
        elif ended:
            await publish_all(session, tenant_id=home.tenant_id, type_=self.of.type_, rows=ended)
        return len(ended)

    async def note_standing(
        self, session: AsyncSession, home: Home, batch_id: UUID, digests: Sequence[str]
    ) -> set[int]:
        """Note the keys of standing rows with these contents among the snapshot's; which of the contents, by their
        place, no standing row has. Nearly all of a snapshot is as it was: the rows and keys of that stay where they
        are, and what is to be read is all that travels."""
        told = (
            func.unnest(bindparam("digests", digests, type_=ARRAY(Text)))
            .table_valued(column("digest", Text), with_ordinality="place", name="told")
            .render_derived()
        )
        mine = and_(self.model.tenant_id == home.tenant_id, self.model.source == home.source, self.stands)
        found = (
            select(told.c.place, self.model.source_key)
            .join_from(told, self.model, and_(mine, self.model.content_digest == told.c.digest))
            .cte("found")
        )
        held = func.array_agg(found.c.source_key).cast(ARRAY(Text))
        noted = (
            insert(SnapshotPortion)
            .from_select(_COLUMNS, self._portion(batch_id, held).select_from(found).having(func.count() > 0))
            .cte("noted")
        )
        places = await session.scalars(
            select(told.c.place).where(told.c.place.not_in(select(found.c.place))).add_cte(noted)
        )
        return {place - 1 for place in places}

    def _standing(self, home: Home, as_of: datetime) -> ColumnElement[bool]:
        """Of the source, standing when the snapshot was taken."""
        mine = and_(self.model.tenant_id == home.tenant_id, self.model.source == home.source)
        return and_(mine, self.stands, self.model.occurred_at <= as_of)

    def _missing(self, batch_id: UUID) -> ColumnElement[bool]:
        told = self._told(batch_id).subquery("told")
        return ~exists().where(told.c.business_key == self.model.source_key)

    async def note(self, session: AsyncSession, batch_id: UUID, keys: Sequence[str]) -> None:
        """Note keys among the snapshot's."""
        if keys:
            told = bindparam("keys", list(keys), type_=ARRAY(Text))
            await session.execute(insert(SnapshotPortion).from_select(_COLUMNS, self._portion(batch_id, told)))

    def _portion(self, batch_id: UUID, keys: ColumnElement[Any]) -> Select[Any]:
        """A row of keys, in the order of ``_COLUMNS``."""
        kind = literal(self.kind, SnapshotPortion.__table__.c.list_kind.type)
        return select(literal(new_id(), Uuid()), literal(batch_id, Uuid()), kind, keys)

    def _told(self, batch_id: UUID) -> Select[Any]:
        """The keys of the snapshot, each once."""
        portion = SnapshotPortion
        key = func.unnest(portion.business_keys).label("business_key")
        return select(key).where(portion.batch_id == batch_id, portion.list_kind == self.kind).distinct()


_COLUMNS = ("id", "batch_id", "list_kind", "business_keys")


async def known_content(
    session: AsyncSession, home: Home, model: Any, stands: ColumnElement[bool], keys: Sequence[str]
) -> dict[str, str]:
    """Content digests of standing rows by key: a snapshot need not tell again what is as it was."""
    rows = await session.execute(
        select(model.source_key, model.content_digest).where(
            model.tenant_id == home.tenant_id, model.source == home.source, among(model.source_key, keys), stands
        )
    )
    return dict(rows.tuples().all())
