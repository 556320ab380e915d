"""A court that has the police look out; every step through GraphQL."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from hub.core.ids import encode_node_id
from hub.lookout.watching import watch_lookouts
from tests.support.inquiry import ASKER, LEADER, Inquiry

POLICE = "county.police"
PLACE, CONTACT, PLATE = "温县黄河路与古温大街交叉口", "王五 13800001234", "豫H·12345"
FIELDS = """id version status lookoutNumber withdrawalDueAt hits { id status afterWithdrawal }
    availableEvents { event allowed }"""
HIT = "id version status afterWithdrawal policeUnit outcome dispatchedAt arrivedAt"
READ = """mutation($l: ID!, $p: String!) { r: readLookout(input: {lookoutId: $l, purpose: $p}) {
    ... on ReleasedLookout { watermark targetName targetNumber plate dutyContact places { place metAt } }
    ... on Refusal { code } } }"""
OPEN = """mutation($l: ID!) { r: openLookoutOrder(input: {lookoutId: $l}) { ... on OpenedLookout { targetName
    targetNumber plate dutyContact documentNumber } ... on Refusal { code } } }"""


@dataclass
class WatchingOut:
    inquiry: Inquiry

    def draft(self, number: int = 1, **changes: Any) -> dict[str, Any]:
        made = {
            "caseId": encode_node_id("LC", self.inquiry.cases[number].id),
            "subjectId": encode_node_id("SU", self.inquiry.subjects[number].id),
            "targetKind": "VEHICLE",
            "plate": PLATE,
            "measures": ["LOCATE", "DETAIN_VEHICLE"],
            "policeOrganizationId": self.inquiry.organization(POLICE),
            "area": "温县全域",
            "validFrom": self.inquiry.day(0),
            "validTo": self.inquiry.day(90),
            "dutyContact": CONTACT,
            "purposeText": "查找被执行人名下车辆以便扣押",
            "document": self.inquiry.document(b"%%PDF-1.7 lookout %d" % number, kind="EXECUTION_NOTICE"),
        }
        return {key: value for key, value in {**made, **changes}.items() if value is not None}

    async def submit(self, who: str = ASKER, **changes: Any) -> Any:
        client = await self.inquiry.client(who)
        given = self.draft(**changes)
        return await client.change(
            "submitLookoutOrder", "input: $i", "lookoutOrder", FIELDS, declared="$i: LookoutDraftInput!", i=given
        )

    async def fire(self, who: str, row: Any, event: str, payload: Any = None, kind: str = "LookoutOrder") -> Any:
        client = await self.inquiry.client(who)
        fields = FIELDS if kind == "LookoutOrder" else HIT
        return await client.change(
            f"advance{kind}",
            "id: $id, event: $e",
            kind[0].lower() + kind[1:],
            fields,
            declared=f"$id: ID!, $e: {kind}Event!",
            id=row["id"],
            e={event: payload or {}},
        )

    async def hit(self, who: str, lookout: Any, **changes: str) -> Any:
        client = await self.inquiry.client(who)
        given = {
            "lookoutId": lookout["id"],
            "metAt": self.inquiry.world.clock().isoformat(timespec="seconds"),
            "place": PLACE,
            "policeUnit": "城关派出所",
            **changes,
        }
        return await client.change(
            "reportLookoutHit", "input: $i", "lookoutHit", HIT, declared="$i: HitReportInput!", i=given
        )

    async def active(self, **changes: Any) -> Any:
        lookout = await self.fire(LEADER, await self.submit(**changes), "approve")
        return await self.fire(POLICE, lookout, "activate")

    async def read(self, who: str, lookout: Any, purpose: str = "核对车辆位置以便扣押") -> Any:
        return (await (await self.inquiry.client(who)).data(READ, l=lookout["id"], p=purpose))["r"]

    async def opened(self, who: str, lookout: Any) -> Any:
        return (await (await self.inquiry.client(who)).data(OPEN, l=lookout["id"]))["r"]

    async def watch(self, *, days: int = 0, minutes: int = 0) -> int:
        world = self.inquiry.world
        world.clock.advance(days=days, minutes=minutes)
        async with world.sessions.system("test") as session:
            return await watch_lookouts(session, world.policy, world.keyring, world.clock())
