"""Queries, their orders, controls, lookouts and hits under events drawn in any order from anybody, as the API has them:
what is available is what is admitted; what is refused changes nothing, tells nobody and leaves no trace of a change."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from random import Random
from typing import Any

from sqlalchemy import func, select

from hub.audit.catalogue import Outcome
from hub.control.workflow import CONTROL
from hub.control.workflow import COURSE as CONTROL_COURSE
from hub.core.ids import decode_node_id
from hub.core.workflow import Machine
from hub.db import models
from hub.inquiry.order_workflow import COURSE as ORDER_COURSE
from hub.inquiry.order_workflow import ORDER
from hub.inquiry.workflow import COURSE as QUERY_COURSE
from hub.inquiry.workflow import QUERY
from hub.lookout.workflow import COURSE as LOOKOUT_COURSE
from hub.lookout.workflow import HIT, HIT_COURSE, LOOKOUT
from hub.workflow.firing import Course
from schema.build import build_schema
from schema.execution import Asked
from tests.support.asking import Asker
from tests.support.controlling import BANK, Controlling
from tests.support.inquiry import ASKER, COMMAND, LEADER, OTHER, Inquiry
from tests.support.watching_out import POLICE, WatchingOut

KINDS: dict[str, tuple[Machine[Any], Course]] = {
    "ExecutionOrder": (ORDER, ORDER_COURSE),
    "LookoutHit": (HIT, HIT_COURSE),
    "ControlOrder": (CONTROL, CONTROL_COURSE),
    "LookoutOrder": (LOOKOUT, LOOKOUT_COURSE),
    "ExecutionQuery": (QUERY, QUERY_COURSE),
}
"""What ends with another goes first: a query that is closed leaves nothing to happen to its orders."""
CALLERS = (ASKER, OTHER, LEADER, COMMAND, POLICE, BANK, "neighbour.court", "neighbour.police")
CONCERNED = {
    "ExecutionQuery": (ASKER, LEADER, COMMAND),
    "ExecutionOrder": (POLICE, BANK, LEADER),
    "ControlOrder": (ASKER, LEADER, BANK),
    "LookoutOrder": (ASKER, LEADER, POLICE),
    "LookoutHit": (ASKER, COMMAND, POLICE),
}
"""Who may do something about a row at some time; asked twice as often as anybody."""
ON_GIVEN = {"DOCUMENTS_MISSING", "DOCUMENT_OF_ANOTHER_CASE", "DOCUMENTS_SAME"}
REASON = {"reason": "情况有变"}
RETURN = {"reason": "SUBJECT_UNCLEAR", "note": "请核对", "contact": "李四 13900000000"}
STEPS = 12


@dataclass
class Row:
    kind: str
    id: str

    @property
    def field(self) -> str:
        return self.kind[0].lower() + self.kind[1:]

    @property
    def model(self) -> Any:
        return getattr(models, self.kind)


@dataclass
class Anybody:
    """``moved`` are the rows of the tables that were taken, as (kind, event)."""

    inquiry: Inquiry
    asker: Asker
    random: Random
    documents: int = 0
    moved: set[tuple[str, str]] = field(default_factory=set)

    def payload(self, kind: str, event: str) -> Any:
        self.documents += 1
        document = self.inquiry.document(b"%%PDF-1.7 any %d" % self.documents)
        answers = {
            "ExecutionOrder": self.inquiry.nothing(),
            "ControlOrder": {"result": "NOT_CONTROLLED", "reason": "账户性质特殊"},
        }
        return {
            "answer": answers.get(kind),
            "takeEffect": answers["ControlOrder"],
            "correct": {"documents": [document]},
            "sendBack": RETURN,
            "objectTo": {"grounds": "超出协助范围"},
            "conclude": {"outcome": "LET_GO", "note": "非本人驾驶"},
            "lose": {"outcome": "LOST", "note": "未拦获"},
            **dict.fromkeys(("reject", "cancel", "withdraw", "uphold", "overrule"), REASON),
        }.get(event, {})

    async def ask(self, who: str, text: str, **given: Any) -> Any:
        return (await self.asker.run(Asked(text, given), self.inquiry.world[who])).data or {}

    async def available(self, who: str, row: Row) -> dict[str, bool] | None:
        """None for whom the row does not exist."""
        seen = f"query($id: ID!) {{ node(id: $id) {{ ... on {row.kind} {{ availableEvents {{ event allowed }} }} }} }}"
        node = (await self.ask(who, seen, id=row.id)).get("node")
        return None if node is None else {each["event"]: each["allowed"] for each in node["availableEvents"]}

    async def fire(self, who: str, row: Row, event: str, version: int) -> str | None:
        """The code of the refusal."""
        text = f"""mutation($id: ID!, $e: {row.kind}Event!, $v: Int) {{
            r: advance{row.kind}(id: $id, event: $e, expectedVersion: $v) {{
            ... on Refusal {{ code }} ... on {row.kind}Change {{ {row.field} {{ id }} }} }} }}"""
        said = {event: self.payload(row.kind, event)}
        answer = await self.ask(who, text, id=row.id, e=said, v=version)
        return None if "r" not in answer else answer["r"].get("code", "")

    async def stands(self, row: Row) -> tuple[str, int, datetime, int, int]:
        """State, version, since when, changes on record, events told of it."""
        _, course = KINDS[row.kind]
        key = decode_node_id(row.id)[1]
        of, seen, told = row.model, models.AuditEvent, models.OutboxEvent
        async with self.inquiry.world.sessions.system("test") as session:
            found = (await session.execute(select(of.status, of.version, of.status_since).where(of.id == key))).one()
            changes = (seen.target_id == key, seen.event == course.action, seen.outcome == Outcome.DONE)
            audited = await session.scalar(select(func.count()).select_from(seen).where(*changes))
            sent = (told.key == f"{row.kind}:{key}", told.type.startswith(f"{course.event_type}."))
            outbox = await session.scalar(select(func.count()).select_from(told).where(*sent))
        return str(found.status), found.version, found.status_since, audited or 0, outbox or 0

    async def step(self, row: Row) -> None:
        machine, _ = KINDS[row.kind]
        asking = CALLERS if self.random.random() < 1 / 3 else CONCERNED[row.kind]
        who, stale = self.random.choice(asking), self.random.random() < 0.2
        self.inquiry.world.clock.advance(seconds=1)
        before, possible = await self.stands(row), await self.available(who, row)
        open_ = sorted(event for event, allowed in (possible or {}).items() if allowed)
        event = self.random.choice(open_ if open_ and self.random.random() < 0.7 else machine.events())
        code = await self.fire(who, row, event, before[1] - stale)
        after, about = await self.stands(row), (row.kind, who, event, before[0], code)
        allowed = bool(possible and possible.get(event))
        assert (code == "") == (allowed and not stale) or (allowed and code in ON_GIVEN), about
        if code != "":
            assert after == before, about
            assert code == "VERSION_CONFLICT" or not (allowed and stale), about
            return
        self.moved.add((row.kind, event))
        targets = {str(way.target) for way in machine.candidates(event) if before[0] in way.sources}
        assert before[0] not in machine.terminal, about
        # Of an approval or an answer more may follow at once, for the query as for its orders.
        assert after[0] in targets or row.kind == "ExecutionQuery", about
        assert after[1] > before[1], about
        assert after[2] == (before[2] if after[0] == before[0] else self.inquiry.world.clock()), about
        assert after[3] == before[3] + 1, about
        assert after[4] > before[4], about


async def test_whatever_is_fired_by_whomever_rows_move_by_their_tables_with_their_traces_or_not_at_all(
    inquiry: Inquiry,
) -> None:
    control, out = Controlling(inquiry), WatchingOut(inquiry)
    anybody = Anybody(inquiry, Asker(inquiry.world, build_schema(), inquiry.runtime), Random(5))
    rows = [Row("ExecutionQuery", (await inquiry.submit())["id"])]
    found = [await control.found(number=number) for number in (1, 2)]
    sent = await inquiry.sent()
    rows += [Row("ExecutionQuery", sent["id"]), *(Row("ExecutionOrder", each["id"]) for each in sent["orders"])]
    rows += [Row("ControlOrder", (await control.submit(control.draft(each)))["id"]) for each in found]
    rows += [Row("LookoutOrder", (await out.submit())["id"]), Row("LookoutOrder", (await out.active())["id"])]
    rows += [Row("LookoutHit", (await out.hit(POLICE, {"id": rows[-1].id}))["id"]) for _ in range(2)]
    for kind in KINDS:
        for _ in range(STEPS):
            await anybody.step(anybody.random.choice([row for row in rows if row.kind == kind]))
    assert {kind for kind, _ in anybody.moved} == set(KINDS)
    assert len(anybody.moved) >= 10, anybody.moved
