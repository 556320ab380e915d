"""A court that controls what its query found; every step through GraphQL."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from hub.control.watching import watch_controls
from tests.support.inquiry import ASKER, LEADER, Inquiry

FIELDS = """id version status action orderNumber originalNumber months amountRequested amountControlled
    amountExcess result reason startsOn endsOn"""
CONTROLS = """query($n: String) { assetControls(filter: {controlNumber: $n}) { nodes { id controlNumber status startsOn
    endsOn amountRequested amountControlled amountExcess amountTransferred overControlled assetClass
    orders { orderNumber originalNumber action status result } } } }"""
BANK = "county.finance"
ACCOUNT = {"account": {"accountNumber": "6217000012345678", "branch": "温县支行", "balance": "150000.50"}}
LAND = {"realEstate": {"certificateNumber": "豫（2020）温县不动产权第0001号", "location": "黄河路1号"}}


@dataclass
class Controlling:
    inquiry: Inquiry
    rulings: int = 0

    async def found(
        self, *items: Any, holder: str = BANK, kind: str = "BANK_ACCOUNT", number: int = 1, who: str = ASKER
    ) -> Any:
        """The order whose answer found the items."""
        await self.inquiry.sent((holder, kind), number=number, who=who)
        order = await self.inquiry.order_of(holder)
        told = self.inquiry.answer(number, items=list(items or (ACCOUNT,)))
        return await self.inquiry.fire_order(holder, order, "answer", told)

    def ruling(self, **changes: str) -> dict[str, str]:
        self.rulings += 1
        return self.inquiry.document(b"%%PDF-1.7 ruling %d" % self.rulings, kind="EXECUTION_RULING", **changes)

    def draft(self, order: Any = None, **changes: Any) -> dict[str, Any]:
        made = {
            "action": "FREEZE",
            "orderId": order and order["id"],
            "itemNumber": order and 1,
            "months": 12,
            "amount": "100000.00",
            "purposeText": "冻结被执行人名下存款以保证执行",
            "ruling": self.ruling(),
        }
        return {key: value for key, value in {**made, **changes}.items() if value is not None}

    def following(self, number: str, action: str, **changes: Any) -> dict[str, Any]:
        months = 12 if action == "RENEW" else None
        return self.draft(**{"action": action, "originalNumber": number, "months": months, "amount": None, **changes})

    async def submit(self, draft: Any, who: str = ASKER, fields: str = FIELDS) -> Any:
        client = await self.inquiry.client(who)
        return await client.change(
            "submitControlOrder", "input: $i", "controlOrder", fields, declared="$i: ControlDraftInput!", i=draft
        )

    async def fire(self, who: str, order: Any, event: str, payload: Any = None) -> Any:
        client = await self.inquiry.client(who)
        declared = "$id: ID!, $e: ControlOrderEvent!"
        given = {"id": order["id"], "e": {event: payload or {}}}
        return await client.change(
            "advanceControlOrder", "id: $id, event: $e", "controlOrder", FIELDS, declared=declared, **given
        )

    async def sent(self, draft: Any, who: str = ASKER, leader: str = LEADER) -> Any:
        """Submitted and approved."""
        return await self.fire(leader, await self.submit(draft, who), "approve")

    def done(self, amount: str | None = "100000.00", months: int = 12, start: str | None = None, **changes: Any) -> Any:
        made = {
            "result": "CONTROLLED",
            "amountControlled": amount,
            "startsOn": start or self.inquiry.day(0),
            "endsOn": self.end(start or self.inquiry.day(0), months),
        }
        return {key: value for key, value in {**made, **changes}.items() if value is not None}

    @staticmethod
    def end(start: str, months: int) -> str:
        """Last day of months that begin on a day."""
        year, month, day = (int(part) for part in start.split("-"))
        total = year * 12 + month - 1 + months
        if day == 1:
            raise ValueError("not needed")
        return f"{total // 12:04}-{total % 12 + 1:02}-{day - 1:02}"

    def ended(self, **changes: Any) -> Any:
        return {"result": "CONTROLLED", **changes}

    async def frozen(self, order: Any, **changes: Any) -> Any:
        made = await self.sent(self.draft(order, **changes))
        return await self.fire(BANK, made, "answer", self.done())

    async def controls(self, who: str = ASKER, number: str | None = None) -> list[Any]:
        listed: list[Any] = (await (await self.inquiry.client(who)).data(CONTROLS, n=number))["assetControls"]["nodes"]
        return listed

    async def watch(self, *, days: int = 0, minutes: int = 0) -> int:
        world = self.inquiry.world
        world.clock.advance(days=days, minutes=minutes)
        async with world.sessions.system("test") as session:
            return await watch_controls(session, world.policy, world.keyring, world.clock())
