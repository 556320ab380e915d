"""One reader of the outbox per web process, and a bounded feed for each subscriber.

The outbox is polled while anybody listens, so that several processes and replicas need not know of each other.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Iterable
from uuid import UUID

import structlog

from hub.core.errors import Reason, Refused
from hub.db.session import Sessions, SystemSession
from hub.events.audience import Audience, Topic, audiences
from hub.events.positions import Event, Position, all_kept, present, read_after

log = structlog.get_logger("hub.events")

BATCH = 500
Concerns = Callable[[Event, Audience | None], bool]


class EventStream:
    """One per process. Feeds must be left (``leave``) when no longer read."""

    def __init__(self, sessions: Sessions, *, poll_seconds: float, waiting: int) -> None:
        self._sessions = sessions
        self._poll_seconds = poll_seconds
        self._waiting = waiting
        self._feeds: set[Feed] = set()
        self._tip = Position(0, 0, 0)
        self._joining = asyncio.Lock()
        self._reader: asyncio.Task[None] | None = None
        self.closing = asyncio.Event()

    async def join(self, topic: Topic, after: Position | None, concerns: Concerns) -> Feed:
        """A feed of the topic's events behind ``after``, else of those from now on.

        Raises ``Refused`` (CURSOR_TOO_OLD), here or later, when not all of them are kept.
        """
        if after is not None:
            async with self._sessions.system("events") as session:
                await _require_kept(session, after)
        async with self._joining:
            if not self._feeds:
                async with self._sessions.system("events") as session:
                    self._tip = await present(session)
            feed = Feed(self, topic, after or self._tip, self._tip, concerns, self._waiting)
            self._feeds.add(feed)
            if self._reader is None or self._reader.done():
                self._reader = asyncio.create_task(self._read_on())
            return feed

    def leave(self, feed: Feed) -> None:
        self._feeds.discard(feed)

    async def past(self, topic: Topic, after: Position, until: Position) -> tuple[list[Event], dict[UUID, Audience]]:
        """One batch of what happened between two positions; the events of other topics only move the position."""
        async with self._sessions.system("events") as session:
            found = await read_after(session, after, until=until, limit=BATCH)
            await _require_kept(session, after)
            return found, await _audiences(session, topic, found)

    async def aclose(self) -> None:
        """End every feed; readers get ``STREAM_ENDING``."""
        self.closing.set()
        for feed in tuple(self._feeds):
            feed.end(Reason("STREAM_ENDING"))
        if self._reader is not None:
            self._reader.cancel()
            await asyncio.gather(self._reader, return_exceptions=True)

    async def _read_on(self) -> None:
        while self._feeds:
            try:
                full = await self._poll() == BATCH
            except Exception as error:
                log.exception("events not read", kind=type(error).__name__)
                full = False
            if not full:
                await asyncio.sleep(self._poll_seconds)

    async def _poll(self) -> int:
        async with self._sessions.system("events") as session:
            found = await read_after(session, self._tip, limit=BATCH)
            if not found:
                return 0
            topics = {feed.topic for feed in self._feeds}
            known = {topic: await _audiences(session, topic, found) for topic in topics}
        if found[-1].position.epoch != self._tip.epoch:
            self._begin_anew(found[-1].position)
            return len(found)
        self._tip = max(self._tip, found[-1].position)
        for feed in tuple(self._feeds):
            if feed.topic in known:
                feed.offer(found, known[feed.topic])
            else:
                # Joined while this batch was read: from where it joined on, it reads for itself.
                feed.behind(found[-1].position)
        return len(found)

    def _begin_anew(self, tip: Position) -> None:
        """The database was restored under the readers: what they hold may never have been."""
        self._tip = tip
        for feed in tuple(self._feeds):
            feed.end(Reason("CURSOR_TOO_OLD", ("after",)))


async def _require_kept(session: SystemSession, after: Position) -> None:
    if not await all_kept(session, after):
        raise Refused(Reason("CURSOR_TOO_OLD", ("after",)))


async def _audiences(session: SystemSession, topic: Topic, events: Iterable[Event]) -> dict[UUID, Audience]:
    return await audiences(session, topic, (each.object_id for each in events if each.type.startswith(topic.prefix)))


class Feed:
    """Events of one topic that may concern one subscriber, in order; of those waiting, the latest of each object."""

    def __init__(
        self, stream: EventStream, topic: Topic, after: Position, joined: Position, concerns: Concerns, waiting: int
    ) -> None:
        self.topic = topic
        self._stream = stream
        self._after = after
        self._joined = joined
        self._offered = max(after, joined)
        self._concerns = concerns
        self._limit = waiting
        self._past: list[Event] = []
        self._waiting: OrderedDict[UUID, Event] = OrderedDict()
        self._changed = asyncio.Event()
        self._ended: Reason | None = None

    def offer(self, events: Iterable[Event], known: dict[UUID, Audience]) -> None:
        for event in events:
            if event.position <= self._offered:
                continue
            self._offered = event.position
            if self._concerned(event, known):
                self._waiting[event.object_id] = event
                self._waiting.move_to_end(event.object_id)
        if len(self._waiting) > self._limit:
            self.end(Reason("STREAM_OVERFLOW"))
        self._changed.set()

    def behind(self, position: Position) -> None:
        """Let the feed read up to the position by itself."""
        self._joined = max(self._joined, position)
        self._offered = max(self._offered, position)
        self._changed.set()

    def end(self, reason: Reason) -> None:
        self._ended = self._ended or reason
        self._changed.set()

    async def next(self) -> Event:
        """The next event. Raises ``Refused`` (STREAM_OVERFLOW, STREAM_ENDING, CURSOR_TOO_OLD): there will be none."""
        while True:
            if self._ended is not None:
                raise Refused(self._ended)
            if self._past:
                return self._past.pop(0)
            if self._after < self._joined:
                await self._look_back()
            elif self._waiting:
                return self._waiting.popitem(last=False)[1]
            else:
                self._changed.clear()
                await self._changed.wait()

    async def _look_back(self) -> None:
        until = self._joined
        events, known = await self._stream.past(self.topic, self._after, until)
        self._after = events[-1].position if len(events) == BATCH else until
        latest: dict[UUID, Event] = {}
        for event in events:
            if self._concerned(event, known):
                latest.pop(event.object_id, None)
                latest[event.object_id] = event
        self._past += latest.values()

    def _concerned(self, event: Event, known: dict[UUID, Audience]) -> bool:
        return event.type.startswith(self.topic.prefix) and self._concerns(event, known.get(event.object_id))
