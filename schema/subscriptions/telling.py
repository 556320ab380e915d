"""One subscription at work: which events it is told of, each decided under the subscriber's own row security."""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Mapping
from contextlib import aclosing, asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, select

from hub.access.coverage import row_scope
from hub.core.errors import Reason, Refused
from hub.core.ids import encode_node_id
from hub.core.principal import Principal
from hub.events.audience import Audience
from hub.events.positions import Event, Position
from hub.runtime import Runtime
from schema.binding.declare import Declaration
from schema.caching import Bounded
from schema.operation import HubContext
from schema.paging import open_cursor, seal_cursor
from schema.standing import Standing
from schema.subscriptions.declare import Subscription

if TYPE_CHECKING:
    from schema.execution import Executor, Prepared

KEY, CONTEXT = "#key", "#context"
MAXIMUM_HELD = 1_000
CHANGED, REMOVED = "CHANGED", "REMOVED"
Caller = Callable[[], Awaitable[Principal]]


@dataclass(frozen=True, slots=True)
class Listening:
    """What graphql-core hands to the source of a subscription. ``caller`` checks the token again on every call."""

    executor: Executor
    prepared: Prepared
    caller: Caller
    rate_limit: str

    @property
    def runtime(self) -> Runtime:
        return self.executor.runtime

    async def standing(self) -> Standing:
        return self.executor.standing(await self.caller())

    def context(self, standing: Standing) -> HubContext:
        return self.executor.context(self.prepared, standing, self.runtime.clock(), self.rate_limit)


class Telling:
    """Values for the event type of one subscription, each with the open context it is to be completed in."""

    def __init__(
        self, listening: Listening, declared: Subscription, declaration: Declaration, given: Mapping[str, Any]
    ) -> None:
        self._listening = listening
        self._declared = declared
        self._declaration = declaration
        self._topic = declared.topic_of(declaration)
        self._given = given
        self._scope = row_scope(Principal(subject="", organization_id=None))
        self._sent: Bounded[UUID, bool] = Bounded(listening.runtime.settings.streams.remembered_objects)

    async def events(self) -> AsyncGenerator[Mapping[str, Any]]:
        """Raises ``Refused``: SCOPE_REQUIRED, ID_INVALID, CURSOR_INVALID, CURSOR_TOO_OLD, STREAM_*, TOKEN_*."""
        standing = await self._listening.standing()
        standing.permission.require(self._declaration.scopes, self._declared.name)
        self._conditions(standing.principal)
        self._scope = row_scope(standing.principal)
        after, held = self._resumed(standing)
        stream = self._listening.runtime.events
        feed = await stream.join(self._topic, after, self._may_concern)
        try:
            async with aclosing(self._gone(held)) as gone:
                async for each in gone:
                    yield each
            while True:
                event = await feed.next()
                # Remembered before it is read: should the object leave meanwhile, that event is not passed over.
                known = self._sent.get(event.object_id) or False
                self._sent.put(event.object_id, known)
                async with self._reading() as context:
                    seen = await self._visible(context, event.object_id)
                    self._remember(event.object_id, seen=seen)
                    if seen or known:
                        yield self._told(context, event, seen=seen)
        finally:
            stream.leave(feed)

    @asynccontextmanager
    async def _reading(self) -> AsyncIterator[HubContext]:
        standing = await self._listening.standing()
        self._scope = row_scope(standing.principal)
        context = self._listening.context(standing)
        try:
            yield context
        finally:
            await context.aclose()

    def _may_concern(self, event: Event, audience: Audience | None) -> bool:
        if event.object_id in self._sent:
            return True
        return audience is not None and audience.may_include(self._scope, self._topic.area)

    def _remember(self, key: UUID, *, seen: bool) -> None:
        if seen:
            self._sent.put(key, True)
        else:
            self._sent.drop(key)

    async def _visible(self, context: HubContext, key: UUID) -> bool:
        """Whether the row is in the caller's sight and meant by the filters, in the snapshot it is then read from."""
        if not context.permission.allows(self._declaration.scopes):
            return False
        table = self._topic.table
        asked = select(table.c.id).where(table.c.id == key, *self._conditions(context.principal))
        async with context.reading() as session:
            return (await session.execute(asked)).first() is not None

    def _conditions(self, principal: Principal) -> list[ColumnElement[bool]]:
        return [
            and_(each.read(self._topic, self._given[name], principal))
            for name, each in self._declared.filters.items()
            if self._given.get(name) is not None
        ]

    def _resumed(self, standing: Standing) -> tuple[Position | None, list[tuple[str, UUID]]]:
        held = self._given.get("held") or []
        if len(held) > MAXIMUM_HELD:
            raise Refused(Reason("LIST_TOO_LONG", ("held",), {"limit": MAXIMUM_HELD}))
        objects: list[tuple[str, UUID]] = []
        for index, each in enumerate(held):
            _, key = self._open(standing, each, ("held", index))
            if key is None:
                raise Refused(Reason("CURSOR_INVALID", ("held", index)))
            objects.append((each, key))
        cursor = self._given.get("after")
        return (None if cursor is None else self._open(standing, cursor, ("after",))[0]), objects

    def _open(self, standing: Standing, cursor: str, path: tuple[str | int, ...]) -> tuple[Position, UUID | None]:
        epoch, transaction, number, at, key = open_cursor(cursor, standing.cursor_key(self._order), path)
        days = self._listening.runtime.settings.streams.cursor_days
        oldest = self._listening.runtime.clock() - timedelta(days=days)
        assert isinstance(epoch, int)
        assert isinstance(transaction, int)
        assert isinstance(number, int)
        assert isinstance(at, int)
        if at < oldest.timestamp():
            raise Refused(Reason("CURSOR_TOO_OLD", path))
        return Position(epoch, transaction, number), UUID(str(key)) if key else None

    @property
    def _order(self) -> str:
        return f"updates:{self._declared.name}"

    async def _gone(self, held: list[tuple[str, UUID]]) -> AsyncGenerator[Mapping[str, Any]]:
        """Held objects that are out of sight by now, whenever that came about: nothing tells when."""
        for cursor, key in held:
            self._sent.put(key, True)
            async with self._reading() as context:
                if not await self._visible(context, key):
                    self._sent.drop(key)
                    yield {**self._removed(context, key), "cursor": self._given.get("after") or cursor}

    def _told(self, context: HubContext, event: Event, *, seen: bool) -> Mapping[str, Any]:
        key = event.object_id
        at = event.position
        place = [at.epoch, at.transaction, at.number, int(event.at.timestamp())]
        cursor = seal_cursor([*place, str(key) if seen else None], context.standing.cursor_key(self._order))
        if not seen:
            return {**self._removed(context, key), "cursor": cursor}
        name = event.type.removeprefix(self._declared.prefix)
        return {**self._removed(context, key), "kind": CHANGED, "event": name, "cursor": cursor, KEY: key}

    def _removed(self, context: HubContext, key: UUID) -> dict[str, Any]:
        node_id = encode_node_id(self._declaration.tag or "", key)
        return {"kind": REMOVED, "id": node_id, "event": None, KEY: None, CONTEXT: context}
