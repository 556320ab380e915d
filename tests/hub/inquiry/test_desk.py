"""A holder without a system answers with a spreadsheet; and keys grow old."""

from __future__ import annotations

import base64
import io
from datetime import timedelta
from typing import Any

import xlsxwriter
from sqlalchemy import select

from hub.canonical.workbook import sheet_rows
from hub.core.keyring import KeyRing
from hub.db import models
from hub.db.tenant_keys import wrap_anew
from hub.inquiry.resealing import rotate
from hub.inquiry.sweep import Sweep
from tests.support.inquiry import ASKER, Inquiry

DOWNLOAD = """mutation { r: downloadExecutionWork(input: {}) { ... on ExecutionWorkSheet { orders content }
    ... on Refusal { code } } }"""
UPLOAD = """mutation($c: String!) { r: uploadExecutionWork(input: {content: $c}) { ... on ExecutionWorkTaken {
    answered } ... on Refusal { code reasons { code message } } } }"""
Sheet = list[dict[str, str]]


async def downloaded(inquiry: Inquiry, holder: str) -> Sheet:
    made = (await (await inquiry.client(holder)).data(DOWNLOAD))["r"]
    head, *rows = sheet_rows(io.BytesIO(base64.b64decode(made["content"])), "work.xlsx")
    assert made["orders"] == len(rows)
    return [dict(zip(head, row + [""] * len(head), strict=False)) for row in rows]


async def uploaded(inquiry: Inquiry, holder: str, rows: Sheet, head: list[str] | None = None) -> Any:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for at, row in enumerate([head or list(rows[0]), *(list(row.values()) for row in rows)]):
            sheet.write_row(at, 0, row)
    content = base64.b64encode(file.getvalue()).decode()
    return (await (await inquiry.client(holder)).data(UPLOAD, c=content))["r"]


async def test_a_holder_answers_with_the_sheet_it_downloaded(inquiry: Inquiry) -> None:
    query = await inquiry.sent(("county.police", "VEHICLE"), ("county.police", "HOTEL"), ("county.finance", "EQUITY"))
    work = await downloaded(inquiry, "county.police")
    assert [(row["查询类型"], row["证件号码"]) for row in work] == [
        ("机动车", inquiry.numbers[1]),
        ("住宿登记", inquiry.numbers[1]),
    ]
    assert len(await downloaded(inquiry, "county.finance")) == 1
    assert await downloaded(inquiry, "county.civil") == []
    assert (await uploaded(inquiry, "county.police", work))["code"] == "DESK_EMPTY"
    assert (await uploaded(inquiry, "county.police", work, ["甲"] * len(work[0])))["code"] == "DESK_HEADINGS"
    assert (await uploaded(inquiry, "county.police", work * 501))["code"] == "DESK_TOO_LONG"
    unreadable = (await (await inquiry.client("county.police")).data(UPLOAD, c="表"))["r"]
    assert unreadable["code"] == "BASE64_INVALID"
    vehicle = {**work[0], "结果": "查有结果", "数据截至日期": inquiry.day(0), "号牌或登记号": "豫H11111"}
    wrong = {
        "数据截至日期": {**vehicle, "数据截至日期": "昨天"},
        "证件号码": {**vehicle, "证件号码": inquiry.numbers[2]},
        "号牌或登记号": {**vehicle, "号牌或登记号": "", "品牌型号": "大众"},
        "结果": {**vehicle, "结果": "有"},
    }
    none = {**work[1], "结果": "查无结果", "数据截至日期": inquiry.day(0)}
    for heading, row in wrong.items():
        refused = await uploaded(inquiry, "county.police", [none, row])
        assert [reason["code"] for reason in refused["reasons"]] == ["DESK_ROW"], heading
        assert refused["reasons"][0]["message"].startswith("第3行"), heading
    assert (await uploaded(inquiry, "county.finance", [vehicle]))["reasons"][0]["code"] == "DESK_ORDER"
    assert await inquiry.rows(select(models.ExecutionResult)) == []
    second = {**vehicle, "号牌或登记号": "豫H22222"}
    assert await uploaded(inquiry, "county.police", [vehicle, none, second]) == {"answered": 2}
    assert (await uploaded(inquiry, "county.police", [vehicle]))["reasons"][0]["code"] == "DESK_ORDER"
    read = await inquiry.read(ASKER, query)
    assert sorted((answer["code"], len(answer["items"])) for answer in read["answers"]) == [
        ("FOUND", 2),
        ("NOT_FOUND", 0),
    ]
    await keys_are_replaced_and_nothing_is_lost(inquiry, query)


async def keys_are_replaced_and_nothing_is_lost(inquiry: Inquiry, query: Any) -> None:
    world = inquiry.world
    world.clock.advance(days=365)
    before = {row.id: row.content_sealed.raw for row in await inquiry.rows(select(models.ExecutionResult))}
    async with world.sessions.system("test") as session:
        sealed_anew = await rotate(Sweep(session, world.policy, world.keyring, world.clock()))
    # Two answers, one document, three targets.
    assert sealed_anew == 6
    after = {row.id: row.content_sealed.raw for row in await inquiry.rows(select(models.ExecutionResult))}
    assert {raw.partition(b".")[0] for raw in before.values()} == {b"t1"}
    assert {raw.partition(b".")[0] for raw in after.values()} == {b"t2"}
    world.clock.advance(days=-365)
    assert len((await inquiry.read(ASKER, query))["answers"]) == 2
    finance = await inquiry.order_of("county.finance")
    answered = inquiry.answer(items=[{"business": {"companyName": "温县某商贸有限公司"}}])
    assert (await inquiry.fire_order("county.finance", finance, "answer", answered))["status"] == "ANSWERED"
    await a_new_master_key_wraps_the_keys_anew(inquiry)


async def a_new_master_key_wraps_the_keys_anew(inquiry: Inquiry) -> None:
    world = inquiry.world
    grown = KeyRing({"k1": b"1" * 32, "next": b"n" * 32})
    async with world.sessions.system("test") as session:
        assert await wrap_anew(session, grown) == 3
        assert await wrap_anew(session, grown) == 0
        # What the old one sealed itself: subjects, liaisons, what waits in the inbox.
        assert await rotate(Sweep(session, world.policy, grown, world.clock())) > 0
        # The old master key is needed for none of them any more.
        sweep = Sweep(session, world.policy, KeyRing({"next": b"n" * 32}), world.clock() + timedelta(days=800))
        assert await rotate(sweep) == 7
