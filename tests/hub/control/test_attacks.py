"""What must not go through: strangers, doubles, somebody else's control; and queue, desk and lapse as they are."""

from __future__ import annotations

import base64
import io
from typing import Any

import pytest
import xlsxwriter
from sqlalchemy import select, text

from hub.canonical.workbook import sheet_rows
from hub.db import models
from hub.inquiry import sweep
from hub.inquiry.resealing import rotate
from hub.inquiry.sweep import Sweep
from hub.lookout import watching
from tests.support.controlling import ACCOUNT, BANK, LAND, Controlling
from tests.support.inquiry import ASKER, COMMAND, LEADER, OTHER, Inquiry
from tests.support.watching_out import CONTACT, PLACE, POLICE, WatchingOut

READ = """mutation($c: ID!, $p: String!) { r: readAssetControl(input: {controlId: $c, purpose: $p}) {
    ... on ControlledAsset { watermark targetNumber asset { ... on AccountFound { accountNumber } } }
    ... on Refusal { code } } }"""
OPEN = """mutation($o: ID!) { r: openControlOrder(input: {orderId: $o}) { ... on OpenedControl { originalNumber amount
    targetNumber rulingDigest asset { ... on AccountFound { accountNumber } } } ... on Refusal { code } } }"""
DOWNLOAD = """mutation { r: downloadControlWork(input: {}) { ... on ExecutionWorkSheet { orders content }
    ... on Refusal { code } } }"""
UPLOAD = """mutation($c: String!) { r: uploadControlWork(input: {content: $c}) { ... on ExecutionWorkTaken { answered }
    ... on Refusal { code reasons { code message } } } }"""
NODE = "query($i: ID!) { node(id: $i) { id } }"


async def asked(inquiry: Inquiry, who: str, document: str, **variables: Any) -> Any:
    return (await (await inquiry.client(who)).data(document, **variables))["r"]


async def states(control: Controlling) -> dict[str, str]:
    return {each["controlNumber"]: each["status"] for each in await control.controls(COMMAND)}


async def test_what_is_not_so_is_refused_whole(inquiry: Inquiry) -> None:
    control = Controlling(inquiry)
    order = await control.found()
    faults: dict[str, dict[str, Any]] = {
        "ORIGINAL_MISSING": {"action": "RENEW", "orderId": None, "itemNumber": None},
        "MONTHS_INVALID": {"months": 13},
        "CONTROL_AMOUNT": {"amount": "-1"},
        "AMOUNT_MISPLACED": {"amount": None},
        "MONTHS_MISPLACED": {"months": None},
        "RULING_MISSING": {"ruling": inquiry.document(b"%PDF-1.7 none")},
        "DOCUMENT_DIGEST": {"ruling": control.ruling(sha256="0" * 64)},
        "DOCUMENT_SEAL": {"ruling": control.ruling(sealSerial="S9")},
        "PURPOSE_INSUFFICIENT": {"purposeText": "。"},
        "URGENCY_ACTION": {"action": "TRANSFER", "months": None, "urgency": "EMERGENCY"},
        "CURRENCY_INVALID": {"currency": "元"},
        "NOT_FOUND": {"itemNumber": 2},
    }
    for code, changes in faults.items():
        refused = await control.submit(control.draft(order, **changes))
        assert code in [refused["code"], *(each["code"] for each in refused["reasons"])], code
    assert (await control.submit(control.draft(order), OTHER))["code"] in ("NOT_FOUND", "FORBIDDEN")
    assert await inquiry.rows(select(models.AssetControl)) == []
    assert await inquiry.rows(select(models.ControlOrder)) == []


async def test_a_control_belongs_to_those_who_order_it_and_to_its_holder(inquiry: Inquiry) -> None:
    control = Controlling(inquiry)
    freeze = await control.frozen(await control.found())
    (held,) = await control.controls()
    assert (await control.submit(control.following(freeze["orderNumber"], "RELEASE"), OTHER))["code"] == "NOT_FOUND"
    assert (await control.submit(control.following("2026061541082599", "RELEASE")))["code"] == "NOT_FOUND"
    assert (await control.submit(control.following(freeze["orderNumber"], "RELEASE_QUEUED")))["code"] == "CONTROL_STATE"
    pending = await control.submit(control.following(freeze["orderNumber"], "TRANSFER", amount="40000.00"))
    assert (await control.submit(control.following(freeze["orderNumber"], "RELEASE")))["code"] == "CONTROL_BUSY"
    for who in ("county.police", "county.government", "county.credit", "neighbour.court", "city.justice", OTHER):
        told = (await (await inquiry.client(who)).ask("{ assetControls { nodes { id } } }")).get("data") or {}
        assert told.get("assetControls") in (None, {"nodes": []}), who
        for key in (held["id"], freeze["id"]):
            told = (await (await inquiry.client(who)).ask(NODE, {"i": key})).get("data") or {}
            assert told.get("node") is None, who
        assert (await asked(inquiry, who, READ, c=held["id"], p="查看账户余额情况"))["code"] in (
            "NOT_FOUND",
            "OFFICER_UNKNOWN",
            "SCOPE_REQUIRED",
        )
    assert await (await inquiry.client(BANK)).data(NODE, i=pending["id"]) == {"node": None}
    assert (await asked(inquiry, BANK, OPEN, o=pending["id"]))["code"] == "NOT_FOUND"
    opened = await asked(inquiry, BANK, OPEN, o=freeze["id"])
    assert opened["asset"]["accountNumber"] == ACCOUNT["account"]["accountNumber"]
    read = await asked(inquiry, LEADER, READ, c=held["id"], p="核对冻结账户情况")
    assert read["asset"]["accountNumber"] == ACCOUNT["account"]["accountNumber"]
    assert freeze["orderNumber"] in read["watermark"]
    assert len(await inquiry.rows(select(models.ExecutionRead))) == 1
    assert (await control.fire(LEADER, pending, "approve"))["status"] == "DISPATCHED"
    withdrawn = await control.fire(ASKER, pending, "cancel", {"reason": "当事人和解"})
    assert withdrawn["status"] == "CANCELLED"
    assert (await control.fire(BANK, pending, "answer", control.ended(amountControlled="1")))["code"] == "EVENT_NOT_NOW"
    foreign = await control.fire("neighbour.police", freeze, "answer", control.ended())
    assert foreign["code"] == "NOT_FOUND"
    (still,) = await control.controls()
    assert (still["status"], still["amountTransferred"]) == ("CONTROLLED", "0.00")
    async with inquiry.world.sessions.system("test") as session:
        dump = await session.execute(text("select a::text || o::text from asset_control a, control_order o"))
        dumped = "".join(dump.scalars())
        log = "".join((await session.execute(text("select e::text from audit_event e"))).scalars())
    for secret in (ACCOUNT["account"]["accountNumber"], inquiry.numbers[1]):
        assert secret not in dumped
        assert secret not in log


async def test_the_next_of_the_queue_takes_effect_when_the_first_is_let_go(inquiry: Inquiry) -> None:
    control = Controlling(inquiry)
    real = {"holder": BANK, "kind": "REAL_ESTATE"}
    first = await control.found(LAND, **real)
    plain = {"amount": None, "months": 36}
    seal = await control.sent(control.draft(first, **plain))
    await control.fire(BANK, seal, "answer", control.done(None, 36))
    second = await control.found(LAND, number=2, **real)
    rival = await control.sent(control.draft(second, **{**plain, "action": "QUEUED_FREEZE", "months": 24}))
    assert (await control.fire(BANK, rival, "answer", control.done(None, 24)))["code"] == "RESULT_QUEUE"
    assert (await control.fire(BANK, rival, "answer", {"result": "QUEUED"}))["result"] == "QUEUED"
    release = await control.sent(control.following(seal["orderNumber"], "RELEASE"))
    await control.fire(BANK, release, "answer", control.ended())
    assert await states(control) == {seal["orderNumber"]: "RELEASED", rival["orderNumber"]: "CONTROLLED"}
    held = (await control.controls(COMMAND, rival["orderNumber"]))[0]
    assert (held["startsOn"], held["endsOn"]) == (inquiry.day(0), control.end(inquiry.day(0), 24))
    await control.watch(days=1000)
    assert (await states(control))[rival["orderNumber"]] == "EXPIRED"
    kinds = await inquiry.rows(select(models.Alert.kind).where(models.Alert.kind == "CONTROL_EXPIRED"))
    assert kinds == ["CONTROL_EXPIRED"]
    assert await inquiry.rows(
        select(models.AssetControl.asset_sealed).where(models.AssetControl.status == "RELEASED")
    ) == [None]


async def test_an_emergency_nobody_approves_is_withdrawn_and_the_desk_answers_what_is_open(inquiry: Inquiry) -> None:
    control = Controlling(inquiry)
    urgent = await control.submit(control.draft(await control.found(), urgency="EMERGENCY"))
    assert urgent["status"] == "DISPATCHED"
    work = await asked(inquiry, BANK, DOWNLOAD)
    head, row = sheet_rows(io.BytesIO(base64.b64decode(work["content"])), "xlsx")
    told = dict(zip(head, row + [""] * len(head), strict=False))
    assert (told["请求金额"], told["证件号码"], told["控制措施"]) == ("100000.00", inquiry.numbers[1], "01 冻结")
    assert await asked(inquiry, "county.civil", DOWNLOAD) == {
        **await asked(inquiry, "county.civil", DOWNLOAD),
        "orders": 0,
    }
    period = {"控制起始日": inquiry.day(0), "控制截止日": control.end(inquiry.day(0), 12)}
    good = {**told, "结果": "已控", "实际控制金额": "100000.00", **period}
    for wrong in ({**good, "控制截止日": "明年"}, {**good, "结果": "好"}, {**good, "实际控制金额": ""}):
        refused = await asked(inquiry, BANK, UPLOAD, c=sheet(head, [wrong]))
        assert [each["code"] for each in refused["reasons"]] == ["DESK_ROW"]
    assert (await asked(inquiry, BANK, UPLOAD, c=sheet(head, [good, good])))["code"] == "DESK_ORDER"
    assert await inquiry.rows(select(models.AssetControl.status)) == ["REQUESTED"]
    assert await asked(inquiry, BANK, UPLOAD, c=sheet(head, [good])) == {"answered": 1}
    other = await control.found(number=2)
    waiting = await control.submit(control.draft(other, urgency="EMERGENCY"))
    await control.watch(minutes=24 * 60 + 1)
    assert await states(control) == {urgent["orderNumber"]: "CONTROLLED", waiting["orderNumber"]: "CANCELLED"}
    lapsed = select(models.Alert.severity).where(models.Alert.kind == "APPROVAL_LAPSED")
    assert await inquiry.rows(lapsed) == ["SEVERE", "SEVERE"]
    assert (await control.fire(BANK, waiting, "answer", control.done()))["code"] == "EVENT_NOT_NOW"


async def test_no_alarm_about_a_lookout_waits_behind_one_already_raised(
    inquiry: Inquiry, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (watching, sweep):
        monkeypatch.setattr(module, "PORTION", 1)
    out = WatchingOut(inquiry)
    lookouts = [await out.active(number=number) for number in (1, 2)]
    for each in lookouts:
        await out.hit(POLICE, each)
    assert [await out.watch(minutes=minutes) for minutes in (61, 0, 0)] == [1, 1, 0]
    for each in lookouts:
        assert (await out.fire(ASKER, each, "withdraw", {"reason": "已履行完毕"}))["status"] == "WITHDRAWING"
    assert [await out.watch(minutes=minutes) for minutes in (121, 0, 0)] == [2, 2, 0]


async def test_a_dump_tells_of_no_target_and_no_place_and_rotation_keeps_them(inquiry: Inquiry) -> None:
    out = WatchingOut(inquiry)
    lookout = await out.active()
    await out.hit(POLICE, lookout)
    async with inquiry.world.sessions.system("test") as session:
        rows = await session.execute(text("select l::text || h::text from lookout_order l, lookout_hit h"))
        told = "".join(rows.scalars())
        events = "".join((await session.execute(text("select e::text from outbox_event e"))).scalars())
        log = "".join((await session.execute(text("select e::text from audit_event e"))).scalars())
    for secret in (PLACE, CONTACT, "豫H12345", inquiry.numbers[1]):
        assert secret not in told + events + log
    inquiry.world.clock.advance(days=366)
    world = inquiry.world
    async with world.sessions.system("test") as session:
        assert await rotate(Sweep(session, world.policy, world.keyring, world.clock())) > 0
    world.clock.advance(days=-366)
    assert (await out.read(ASKER, lookout))["places"][0]["place"] == PLACE
    assert (await out.hit("neighbour.police", lookout))["code"] in ("NOT_FOUND", "SCOPE_REQUIRED")


def sheet(head: list[str], rows: list[dict[str, str]]) -> str:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        page = book.add_worksheet()
        for at, row in enumerate([head, *([row[name] for name in head] for row in rows)]):
            page.write_row(at, 0, row)
    return base64.b64encode(file.getvalue()).decode()
