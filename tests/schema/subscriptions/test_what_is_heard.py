"""Changes are heard by those who may see them, and by nobody else."""

from __future__ import annotations

from sqlalchemy import delete, select

from hub.core.ids import decode_node_id
from hub.db.models import DoubleListItem, DoubleListItemParty
from hub.events.outbox import publish
from tests.support.events import until_readable


async def listening(hub, socket, **variables) -> None:
    """Subscribed for certain: the hub has as many feeds as asked for. What was told before is not heard afterwards."""
    await until_readable(hub.runtime.sessions)
    feeds = len(hub.runtime.events._feeds)
    await socket.subscribe(**variables)
    while len(hub.runtime.events._feeds) == feeds:
        await socket.settled()


async def announced(world, item: str, name: str = "touched") -> None:
    """An event about an item without any change of it."""
    key = decode_node_id(item)[1]
    async with world.sessions.system("test") as session:
        tenant = await session.scalar(select(DoubleListItem.tenant_id).where(DoubleListItem.id == key))
        await publish(
            session,
            tenant_id=tenant,
            type_=f"doublelistitem.{name}",
            key=f"DoubleListItem:{key}",
            ids={"id": str(key)},
        )


async def test_a_party_hears_of_the_change_with_its_own_selection_and_others_hear_nothing(
    hub, world, steps, token_of
) -> None:
    async with (
        hub.socket(await token_of("county.police")) as police,
        hub.socket(await token_of("county.civil")) as civil,
    ):
        await listening(hub, police)
        await listening(hub, civil)
        item = await steps.propose("court", cooperating=("police",))
        heard = await police.update()
        assert (heard["kind"], heard["id"], heard["doubleListItem"]["title"]) == ("CHANGED", item["id"], "执行联动")
        own = await steps.propose("court", cooperating=("civil",))
        heard = await civil.update()
        assert heard["id"] == own["id"], "what came first to civil is its own"


async def test_nothing_crosses_into_another_county(hub, world, steps, token_of) -> None:
    async with (
        hub.socket(await token_of("neighbour.office")) as neighbour,
        hub.socket(await token_of("county.office")) as office,
    ):
        await listening(hub, neighbour)
        await listening(hub, office)
        item = await steps.propose("court")
        assert (await office.update())["id"] == item["id"]
        await neighbour.settled()


async def test_a_row_that_leaves_my_scope_ends_as_removed_with_its_id_alone(hub, world, steps, token_of) -> None:
    item = await steps.propose("court", cooperating=("police",))
    key = decode_node_id(item["id"])[1]
    async with hub.socket(await token_of("county.police")) as police:
        await listening(hub, police)
        await announced(world, item["id"])
        assert (await police.update())["kind"] == "CHANGED"
        async with world.sessions.system("test") as session:
            await session.execute(
                delete(DoubleListItemParty).where(
                    DoubleListItemParty.item_id == key,
                    DoubleListItemParty.organization_id == world.organizations["county.police"],
                )
            )
        await announced(world, item["id"], "secret")
        gone = await police.update()
        assert gone.pop("cursor")
        assert gone == {"kind": "REMOVED", "id": item["id"], "event": None, "doubleListItem": None}
        await announced(world, item["id"], "more")
        sentinel = await steps.propose("court", cooperating=("police",))
        assert (await police.update())["id"] == sentinel["id"], "removed once, then silence"


async def test_held_objects_that_left_while_away_are_removed_on_resuming(hub, world, steps, token_of) -> None:
    item = await steps.propose("court", cooperating=("police",))
    key = decode_node_id(item["id"])[1]
    token = await token_of("county.police")
    async with hub.socket(token) as police:
        await listening(hub, police)
        await announced(world, item["id"])
        last = await police.update()
    async with world.sessions.system("test") as session:
        await session.execute(
            delete(DoubleListItemParty).where(
                DoubleListItemParty.item_id == key,
                DoubleListItemParty.organization_id == world.organizations["county.police"],
            )
        )
    async with hub.socket(token) as police:
        await police.subscribe(after=last["cursor"], held=[last["cursor"]])
        gone = await police.update()
        assert (gone["kind"], gone["id"]) == ("REMOVED", item["id"])
        await police.say(type="complete", id="1")
        await police.subscribe(key="2", held=["A" * 60])
        assert (await police.hear())["payload"][0]["extensions"]["code"] == "CURSOR_INVALID"


async def test_mine_and_ids_narrow_what_is_heard(hub, world, steps, token_of) -> None:
    first, second = await steps.propose("court"), await steps.propose("office", lead="office", cooperating=("civil",))
    async with hub.socket(await token_of("county.office")) as mine, hub.socket(await token_of("county.office")) as one:
        await listening(hub, mine, mine=True)
        await listening(hub, one, ids=[first["id"]])
        for item in (first, second):
            await announced(world, item["id"])
        assert (await mine.update())["id"] == second["id"]
        assert (await one.update())["id"] == first["id"]


async def test_a_cursor_is_worth_nothing_to_another_and_grows_old(hub, world, steps, token_of) -> None:
    item = await steps.propose("court", cooperating=("police",))
    async with hub.socket(await token_of("county.police")) as police:
        await listening(hub, police)
        await announced(world, item["id"])
        cursor = (await police.update())["cursor"]
    async with hub.socket(await token_of("county.court")) as court:
        await court.subscribe(after=cursor)
        message = await court.hear()
        assert (message["type"], message["payload"][0]["extensions"]["code"]) == ("error", "CURSOR_INVALID")
    world.clock.advance(days=3650)
    async with hub.socket(await token_of("county.police")) as police:
        await police.subscribe(after=cursor)
        message = await police.hear()
        assert (message["type"], message["payload"][0]["extensions"]["code"]) == ("error", "CURSOR_TOO_OLD")


async def test_without_the_scope_nothing_is_heard_and_the_attempt_is_audited(hub, world, token_of) -> None:
    async with hub.socket(await token_of("county.admin")) as admin:
        await admin.subscribe()
        message = await admin.hear()
    assert (message["type"], message["payload"][0]["extensions"]["code"]) == ("error", "SCOPE_REQUIRED")
