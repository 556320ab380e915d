"""What goes wrong between hub and register, persons' addresses, and who gets at what."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select, text

from connectors.sandbox.market.system import MarketFault
from connectors.sandbox.serving import WireFault
from hub.db.models import AddressFeed, AddressReading, ServiceAddress
from tests.support.addresses import FOOD, MILL, Addresses

HOME = "河南省焦作市温县北街17号3单元"


async def feed(addresses: Addresses) -> tuple[int, int]:
    async with addresses.steps.world.sessions.system("test") as session:
        row = await session.get(AddressFeed, "market:410825")
        return (0, 0) if row is None else (row.watermark, row.faulty)


async def test_a_register_that_goes_wrong_loses_nothing_and_changes_nothing_wrongly(addresses: Addresses) -> None:
    addresses.tell(FOOD, "温县黄河路1号", date(2026, 3, 1))
    addresses.tell(MILL, "温县黄河路2号", date(2026, 3, 2))
    for fault in (WireFault.ERROR, WireFault.TRUNCATE, WireFault.GARBAGE):
        addresses.register.wire_faults = {fault}
        assert await addresses.exchange() == 0
    addresses.register.wire_faults = set()
    addresses.register.faults = {MarketFault.OTHER_ANSWER}
    assert (await addresses.exchange(), await feed(addresses)) == (0, (0, 0))
    addresses.register.faults = {MarketFault.BAD_CHECKSUM}
    assert (await addresses.exchange(), await feed(addresses)) == (1, (2, 1)), "a bad code spoils its own row alone"
    addresses.tell(FOOD, "温县黄河路3号", date(2026, 3, 3))
    addresses.tell(FOOD, "温县黄河路4号", date(2026, 3, 4))
    addresses.register.faults = {MarketFault.SHUFFLED}
    assert await addresses.exchange() == 2
    addresses.register.faults = {MarketFault.WATERMARK_BACK}
    assert (await addresses.exchange(), await feed(addresses)) == (0, (4, 1))
    addresses.register.faults = set()
    assert [each["value"] for each in (await addresses.read())["addresses"]] == ["温县黄河路4号"]
    async with addresses.steps.world.sessions.system("test") as session:
        rows = (await session.scalars(select(ServiceAddress).order_by(ServiceAddress.received_at))).all()
    assert sorted(row.status for row in rows) == ["ACTIVE", "ACTIVE", "CHANGED"]
    addresses.tell(FOOD, "温县黄河路4号", date(2026, 3, 5), status="注销")
    assert await addresses.exchange() == 1
    assert (await addresses.read())["addresses"] == [], "what is deregistered is served nowhere by its register"


async def test_a_person_is_found_in_his_own_case_alone_and_never_in_clear(addresses: Addresses) -> None:
    whose = {"uscc": None, "citizenId": addresses.citizen}
    made = await addresses.committed("court", "SELF_DECLARED", HOME, **whose)
    assert (made["status"], made["valueMasked"]) == ("ACTIVE", "河南省焦作市温县***")
    assert (await addresses.read(case=1, **whose))["addresses"] == [], "he is no party of that case"
    (found,) = (await addresses.read(case=2, **whose))["addresses"]
    assert found["value"] == HOME
    assert (await addresses.read(case=2, citizenId=addresses.citizen))["code"] == "ADDRESSEE_ONE"
    moved = await addresses.committed("court", "SELF_DECLARED", "河南省焦作市温县南街2号2单元", **whose)
    async with addresses.steps.world.sessions.system("test") as session:
        rows = {str(row.status): row for row in await session.scalars(select(ServiceAddress))}
        dump = (await session.execute(text("select to_jsonb(a)::text from service_address a"))).scalars().all()
        reads = (await session.scalars(select(AddressReading.client_id))).all()
    assert (set(rows), moved["status"], reads) == ({"ACTIVE", "CHANGED"}, "ACTIVE", ["county.court"])
    for plain in (HOME, "北街", addresses.citizen):
        assert plain not in str(dump)


async def test_bad_input_is_refused_and_nobody_speaks_for_the_register(addresses: Addresses) -> None:
    refused = {
        "ADDRESS_OF_THE_REGISTER": await addresses.declare("court", "REGISTERED_DOMICILE", "温县黄河路1号"),
        "ADDRESS_SHORT": await addresses.declare("court", "SELF_DECLARED", "温县"),
        "EMAIL_FORM": await addresses.declare("court", "E_MAIL", "nobody"),
        "PHONE_FORM": await addresses.declare("court", "PHONE", "123"),
        "USCC_CHECK": await addresses.declare("court", "SELF_DECLARED", "温县黄河路1号", uscc=FOOD[:-1] + "B"),
        "FORBIDDEN": await addresses.declare("police", "SELF_DECLARED", "温县黄河路1号"),
    }
    assert {code: answer["code"] for code, answer in refused.items()} == {code: code for code in refused}
    made = await addresses.declare("market", "REGISTERED_DOMICILE", "温县黄河路1号")
    assert made["status"] == "ACTIVE"
    assert (await addresses.fire("court", made["id"], "refer"))["code"] == "NOT_FOUND", "it has not asked for it"
    await addresses.read()
    early = {"returnedOn": "2026-05-01", "reason": "查无此单位"}
    assert (await addresses.fire("court", made["id"], "reportReturned", early))["code"] == "RETURN_DATE"


async def test_row_security_alone_keeps_addresses_from_everybody_else(addresses: Addresses) -> None:
    world = addresses.steps.world
    await addresses.declare("market", "REGISTERED_DOMICILE", "温县黄河路1号")
    await addresses.read()
    for who in ("county.police", "county.civil", "neighbour.court", "city.court", "county.portal"):
        async with world.sessions.write(world[who]) as session:
            for table in ("service_address", "address_reading", "address_change"):
                assert (await session.execute(text(f"select * from {table}"))).all() == [], (who, table)
            changed = text("update service_address set status = 'INVALID' returning id")
            assert (await session.execute(changed)).all() == [], who
    async with world.sessions.system("test") as session:
        case = await session.scalar(text("select id from legal_case limit 1"))
    for who in ("county.police", "neighbour.court", "city.court"):
        async with world.sessions.write(world[who]) as session:
            stolen = text("select count(*) from service_addresses_of(:case, :code, null)")
            assert await session.scalar(stolen, {"case": case, "code": FOOD}) == 0, "another court's case opens nothing"
