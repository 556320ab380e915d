"""Results are for a few, for a purpose, on record; and there is no other way to them."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest
from graphql import GraphQLObjectType, GraphQLUnionType, get_named_type
from sqlalchemy import func, select, text, update
from sqlalchemy.ext.asyncio import AsyncEngine

from hub.core.ids import encode_node_id
from hub.db import models
from hub.db.base import Base
from hub.db.target import DatabaseRole
from schema.build import build_schema
from tests.obligations.steps import Steps
from tests.support.inquiry import ASKER, COMMAND, LEADER, OTHER, Inquiry

PLATE, ACCOUNT, CONTACT = "豫H98765", "6222020200112233445", "13812345678"
ACCOUNT_FOUND = [{"account": {"accountNumber": ACCOUNT, "balance": "1234567.89"}}]
RESULTS_AS_EXPORT = """mutation { readExecutionResults(input: {queryId: "x", purpose: "核对车辆以便查封处置"}) {
    ... on ExecutionResults { watermark } } }"""
LOOKED = """mutation($n: String!, $p: String!) { r: whoLooked(input: {number: $n, purpose: $p}) {
    ... on ExecutionReadings { readings { clientId purpose items inquiryNumber } } ... on Refusal { code } } }"""
OPENED = """mutation($o: ID!) { r: openExecutionOrder(input: {orderId: $o}) { ... on OpenedOrder {
    targetName targetNumber documents { content }
    items { ... on VehicleFound { plate } } } ... on Refusal { code } } }"""


async def answered(inquiry: Inquiry) -> Any:
    """Both holders found something, and a third returned what it was asked."""
    query = await inquiry.sent(
        ("county.police", "VEHICLE"), ("county.finance", "BANK_ACCOUNT"), ("county.civil", "MARRIAGE")
    )
    vehicles = [{"vehicle": {"plate": PLATE}}]
    for holder, items in (("county.police", vehicles), ("county.finance", ACCOUNT_FOUND)):
        order = await inquiry.order_of(holder)
        done = await inquiry.fire_order(holder, order, "answer", inquiry.answer(items=items))
        assert done.get("status") == "ANSWERED", done
    given = {"reason": "SEAL_MISSING", "note": "第二页未盖章", "contact": f"张三 {CONTACT}"}
    await inquiry.fire_order("county.civil", await inquiry.order_of("county.civil"), "sendBack", given)
    return query


async def audit_count(inquiry: Inquiry, event: str) -> int:
    found = await inquiry.rows(select(func.count()).where(models.AuditEvent.event == event))
    return int(found[0])


async def test_only_those_it_concerns_read_and_every_reading_is_on_record_first(
    inquiry: Inquiry, engines: dict[DatabaseRole, AsyncEngine], capfd: pytest.CaptureFixture[str]
) -> None:
    query = await answered(inquiry)
    for onlooker in (OTHER, "county.court", "county.police", "county.office", "county.credit", "neighbour.court"):
        refused = await inquiry.read(onlooker, query)
        assert refused["code"] in {"NOT_FOUND", "SCOPE_REQUIRED", "OFFICER_UNKNOWN"}, onlooker
    assert (await inquiry.read(ASKER, query, "。"))["code"] == "PURPOSE_INSUFFICIENT"
    assert await inquiry.rows(select(models.ExecutionRead)) == []
    for reader in (ASKER, LEADER, COMMAND):
        results = await inquiry.read(reader, query)
        assert {json.dumps(answer["items"], ensure_ascii=False) for answer in results["answers"]} == {
            json.dumps([{"plate": PLATE}], ensure_ascii=False),
            json.dumps([{"accountNumber": ACCOUNT, "balance": "1234567.89"}]),
        }
        assert query["inquiryNumber"] in results["watermark"]
        assert f"豫0825-{reader}" in results["watermark"]
    assert await audit_count(inquiry, "execresult:read") == 6
    assert await inquiry.rows(select(models.ExecutionQuery.access_count)) == [3]
    await nothing_else_shows_it(inquiry, query)
    await the_database_holds_no_plain_value(inquiry, engines)
    assert not any(value in "".join(capfd.readouterr()) for value in (PLATE, ACCOUNT, CONTACT, inquiry.numbers[1]))


async def nothing_else_shows_it(inquiry: Inquiry, query: Any) -> None:
    """A holder sees its own question and answer, the auditor that there was one, everybody else nothing."""
    police = await inquiry.client("county.police")
    orders = (await police.data("{ executionOrders { nodes { id holder { shortName } } } }"))["executionOrders"][
        "nodes"
    ]
    assert [order["holder"]["shortName"] for order in orders] == ["公安局"]
    opened = (await police.data(OPENED, o=orders[0]["id"]))["r"]
    assert (opened["targetNumber"], opened["items"]) == (inquiry.numbers[1], [{"plate": PLATE}])
    assert (await (await inquiry.client("county.finance")).data(OPENED, o=orders[0]["id"]))["r"] == {
        "code": "NOT_FOUND"
    }
    assert await police.data("query($q: ID!) { executionQuery(id: $q) { id } }", q=query["id"]) == {
        "executionQuery": None
    }
    listed = (
        "{ executionQueries { totalCount nodes { caseNumber subject { name } orders { answerCode resultDigest } } } }"
    )
    seen = (await (await inquiry.client("county.audit")).data(listed))["executionQueries"]
    assert seen["totalCount"] == 1
    assert sorted(str(order["answerCode"]) for order in seen["nodes"][0]["orders"]) == ["FOUND", "FOUND", "None"]
    for stranger in (OTHER, "neighbour.audit", "neighbour.court"):
        assert (await (await inquiry.client(stranger)).data(listed))["executionQueries"]["totalCount"] == 0
    export = "mutation($q: String!, $p: String!) { r: bulkOperationRun(input: {query: $q, purpose: $p})"
    export += "{ ... on Refusal { code } } }"
    refused = await (await inquiry.client(ASKER)).data(export, q=RESULTS_AS_EXPORT, p="导出")
    assert refused == {"r": {"code": "BULK_NOT_A_QUERY"}}
    auditor = inquiry.world["county.audit"]
    async with inquiry.world.sessions.read(auditor) as session:
        assert (await session.scalars(select(models.ExecutionResult))).all() == []


async def the_database_holds_no_plain_value(inquiry: Inquiry, engines: dict[DatabaseRole, AsyncEngine]) -> None:
    """A stolen dump: every row of every table as text, the events, logs and evidence among them."""
    secrets = (PLATE, ACCOUNT, "1234567.89", CONTACT, inquiry.numbers[1], inquiry.names[1], b"notice".hex())
    async with engines[DatabaseRole.OWNER].connect() as connection:
        for table in Base.metadata.tables:
            dump = "\n".join((await connection.scalars(text(f'select t::text from "{table}" t'))).all())
            assert [secret for secret in secrets if secret in dump] == [], table


def test_no_query_and_no_subscription_leads_to_what_was_found() -> None:
    schema = build_schema().graphql
    seen: set[str] = set()
    waiting: list[Any] = [schema.query_type, schema.subscription_type]
    while waiting:
        kind = waiting.pop()
        if kind.name in seen:
            continue
        seen.add(kind.name)
        match kind:
            case GraphQLUnionType():
                waiting += kind.types
            case GraphQLObjectType():
                waiting += [get_named_type(field.type) for field in kind.fields.values()]
                waiting += kind.interfaces
    waiting = [schema.get_type(name) for name in seen]
    assert "ExecutionOrder" in seen
    assert seen & {"ExecutionResults", "ExecutionAnswer", "ExecutionFinding", "VehicleFound", "OpenedOrder"} == set()


async def test_who_reads_too_much_is_stopped_and_the_end_of_the_purpose_destroys_what_was_found(
    inquiry: Inquiry,
) -> None:
    await Steps(inquiry.world, inquiry.client_of).adopt(**{"inquiry.reads_per_hour": 4})
    query = await answered(inquiry)
    await inquiry.read(ASKER, query)
    await inquiry.read(ASKER, query)
    assert (await inquiry.read(ASKER, query))["code"] == "READ_LIMIT"
    assert (await inquiry.read(ASKER, query))["code"] == "OFFICER_SUSPENDED"
    assert [(alert.kind.value, alert.severity.value) for alert in await inquiry.rows(select(models.Alert))] == [
        ("READS_STOPPED", "SEVERE")
    ]
    assert await audit_count(inquiry, "execresult:read") == 4
    async with inquiry.world.sessions.read(inquiry.world[ASKER]) as session:
        assert (await session.scalars(select(models.ExecutionResult))).all() == []
    given = {"officerId": inquiry.officers[ASKER], "reason": "案件复核需要，已核实"}
    for who, expected in ((LEADER, "OFFICER_CAPACITY"), (COMMAND, None)):
        made = await (await inquiry.client(who)).change(
            "reinstateExecutionOfficer",
            "input: $i",
            "executionOfficer",
            "suspendedAt",
            declared="$i: OfficerReinstatementInput!",
            i=given,
        )
        assert made.get("code") == expected, made
    inquiry.world.clock.advance(hours=1)
    assert "answers" in await inquiry.read(ASKER, query)
    looked = {"n": inquiry.numbers[1].lower(), "p": "核查查阅记录是否合规"}
    auditor = await inquiry.client("county.audit")
    assert (await auditor.data(LOOKED, **looked))["r"] == {"readings": []}
    assert (await inquiry.fire(ASKER, query, "close"))["status"] == "CLOSED"
    assert (await inquiry.read(LEADER, query))["code"] == "QUERY_CLOSED"
    for who in (COMMAND, "county.audit"):
        readings = (await (await inquiry.client(who)).data(LOOKED, **looked))["r"]["readings"]
        assert {(each["clientId"], each["items"]) for each in readings} == {(ASKER, 1)}
        assert len(readings) == 6
    assert (await (await inquiry.client("neighbour.audit")).data(LOOKED, **looked))["r"] == {"readings": []}
    await inquiry.watch(days=29)
    assert len(await inquiry.rows(select(models.ExecutionResult))) == 2
    await inquiry.watch(days=1)
    assert await inquiry.rows(select(models.ExecutionResult)) == []
    assert await inquiry.rows(select(models.ExecutionOrder.target_sealed)) == [None] * 3
    assert len([digest for digest in await inquiry.rows(select(models.ExecutionOrder.result_digest)) if digest]) == 2
    assert await inquiry.rows(select(models.ExecutionQuery.status)) == ["PURGED"]
    assert (await inquiry.read(LEADER, query))["code"] == "RESULTS_PURGED"


async def test_readings_at_the_same_time_count_together(inquiry: Inquiry) -> None:
    await Steps(inquiry.world, inquiry.client_of).adopt(**{"inquiry.reads_per_hour": 3})
    queries = [await answered(inquiry) for _ in range(3)]
    read = await asyncio.gather(*(inquiry.read(ASKER, query) for query in queries))
    assert sorted(each.get("code", "") for each in read) == ["", "OFFICER_SUSPENDED", "READ_LIMIT"]
    assert await inquiry.rows(select(func.sum(models.ExecutionRead.item_count))) == [2]


async def test_one_big_reading_stops_nobody_and_each_stop_of_a_day_is_told(inquiry: Inquiry) -> None:
    await Steps(inquiry.world, inquiry.client_of).adopt(**{"inquiry.reads_per_hour": 1})
    query = await answered(inquiry)
    assert (await inquiry.read(ASKER, query))["code"] == "READ_TOO_LARGE"
    told = await inquiry.rows(select(models.ExecutionResult.id))
    first, second = (encode_node_id("EO", key) for key in told)
    assert len((await inquiry.read(ASKER, query, order=first))["answers"]) == 1
    for _ in range(2):
        assert (await inquiry.read(ASKER, query, order=second))["code"] == "READ_LIMIT"
        async with inquiry.world.sessions.system("test") as session:
            await session.execute(update(models.ExecutionOfficer).values(suspended_at=None))
    assert sorted(await inquiry.rows(select(models.Alert.offset_days))) == [0, 1]
    many = inquiry.answer(items=[{"marriage": {"maritalStatus": "离异"}}] * 201)
    civil = await inquiry.fire(ASKER, query, "correct", {"documents": [inquiry.document(b"%PDF-1.7 sealed")]})
    await inquiry.fire(LEADER, civil, "approve")
    refused = await inquiry.fire_order("county.civil", await inquiry.order_of("county.civil"), "answer", many)
    assert [reason["code"] for reason in refused["reasons"]] == ["ANSWER_TOO_LONG"]
