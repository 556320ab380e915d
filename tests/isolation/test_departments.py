"""No department learns of another's rows over GraphQL: lists, counts, nodes, nested paths, filters, cursors, errors."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from hub.core.ids import encode_node_id, new_id
from hub.db.models import AuditEvent, DoubleListItem, OutboxEvent
from tests.obligations.steps import Steps

LIST = "{ doubleListItems { totalCount nodes { id } } }"
NODE = "query($id: ID!) { node(id: $id) { __typename id } }"


@pytest.fixture
async def items(steps: Steps) -> dict[str, str]:
    """One item of court and police, one of finance and civil."""
    await steps.open_list()
    first = await steps.propose("court")
    second = await steps.propose("finance", lead="finance", cooperating=("civil",), title='"援助资金"')
    return {"court": first["id"], "finance": second["id"]}


@pytest.mark.parametrize(
    ("unit", "sees"),
    [
        ("police", {"court"}),
        ("finance", {"finance"}),
        ("civil", {"finance"}),
        ("office", {"court", "finance"}),
        ("neighbour.office", set()),
        ("neighbour.finance", set()),
        ("city.police", {"court"}),
        ("city.justice", set()),
    ],
)
async def test_list_count_and_nodes_hold_what_the_unit_may_see_and_no_more(
    steps: Steps, items: dict[str, str], unit: str, sees: set[str]
) -> None:
    expected = {items[name] for name in sees}
    found = (await steps.read(unit, LIST))["doubleListItems"]
    assert {each["id"] for each in found["nodes"]} == expected
    assert found["totalCount"] == len(expected)
    for key in items.values():
        node = (await steps.read(unit, NODE, id=key))["node"]
        assert (node is not None) == (key in expected)


async def test_a_foreign_node_answers_exactly_like_one_that_does_not_exist(steps: Steps, items) -> None:
    police = await steps.client("police")
    foreign = await police.ask(NODE, {"id": items["finance"]})
    nothing = await police.ask(NODE, {"id": encode_node_id("DI", new_id())})
    charged = [answer.pop("extensions")["cost"] for answer in (foreign, nothing)]
    assert charged[0]["actual"] == charged[1]["actual"]
    assert foreign == nothing == {"data": {"node": None}}


async def test_filters_orders_and_nested_paths_do_not_reveal_other_rows(steps: Steps, items) -> None:
    finance = encode_node_id("OR", steps.world.organizations["county.finance"])
    by_lead = "query($o: ID!) { doubleListItems(filter: {leadOrganizationId: $o}) { totalCount nodes { id } } }"
    assert (await steps.read("police", by_lead, o=finance))["doubleListItems"] == {"totalCount": 0, "nodes": []}
    by_title = '{ doubleListItems(filter: {search: "援助资金"}) { totalCount } }'
    assert (await steps.read("police", by_title))["doubleListItems"]["totalCount"] == 0
    nested = "{ doubleLists { nodes { items { totalCount nodes { id doubleList { items { nodes { id } } } } } } } }"
    (list_,) = (await steps.read("police", nested))["doubleLists"]["nodes"]
    assert list_["items"]["totalCount"] == 1
    assert items["finance"] not in str(list_)


async def test_a_cursor_of_another_caller_or_order_is_refused(steps: Steps, items) -> None:
    page = "query($after: String) { doubleListItems(first: 1, after: $after) { pageInfo { endCursor } } }"
    cursor = (await steps.read("office", page))["doubleListItems"]["pageInfo"]["endCursor"]
    answer = await (await steps.client("police")).ask(page, {"after": cursor})
    assert answer["errors"][0]["extensions"]["code"] == "CURSOR_INVALID"
    turned = "query($a: String) { doubleListItems(after: $a, orderBy: DUE_ON_DESC) { nodes { id } } }"
    answer = await (await steps.client("office")).ask(turned, {"a": cursor})
    assert answer["errors"][0]["extensions"]["code"] == "CURSOR_INVALID"
    answer = await (await steps.client("office")).ask(page, {"after": cursor[:-2] + "AA"})
    assert answer["errors"][0]["extensions"]["code"] == "CURSOR_INVALID"


async def test_a_change_of_a_foreign_item_is_refused_audited_and_changes_nothing(steps: Steps, items) -> None:
    foreign, missing = {"id": items["finance"]}, {"id": encode_node_id("DI", new_id())}
    async with steps.world.sessions.system("test") as session:
        events = await session.scalar(select(func.count()).select_from(OutboxEvent))
    answers = [await steps.item("police", item, "submit") for item in (foreign, missing)]
    assert answers[0] == answers[1]
    assert answers[0]["code"] == "NOT_FOUND"
    async with steps.world.sessions.system("test") as session:
        statuses = set(await session.scalars(select(DoubleListItem.status)))
        assert {status.value for status in statuses} == {"DRAFT"}
        assert await session.scalar(select(func.count()).select_from(OutboxEvent)) == events
        refused = await session.scalars(select(AuditEvent).where(AuditEvent.outcome == "REFUSED"))
        assert [event.reason for event in refused] == ["NOT_FOUND", "NOT_FOUND"]


async def test_the_portal_reads_no_items_and_the_auditor_alone_reads_the_audit_log(steps: Steps, items) -> None:
    portal = await (await steps.client("portal")).ask(LIST)
    assert portal["errors"][0]["extensions"]["code"] == "SCOPE_REQUIRED"
    assert portal["data"] is None
    for unit in ("police", "office", "court", "admin"):
        answer = await (await steps.client(unit)).ask("{ auditEvents { totalCount } }")
        assert answer["errors"][0]["extensions"]["code"] == "SCOPE_REQUIRED"
    seen = (await steps.read("audit", "{ auditEvents { totalCount nodes { event subject } } }"))["auditEvents"]
    assert "doubleListItem:create".lower() in {each["event"] for each in seen["nodes"]}
    other = (await steps.read("neighbour.audit", "{ auditEvents(first: 100) { nodes { subject } } }"))["auditEvents"]
    assert "county.court" not in {each["subject"] for each in other["nodes"]}


async def test_a_superior_sees_how_items_stand_but_not_their_content(steps: Steps, items) -> None:
    query = "{ doubleListItems { nodes { title status content dueOn progressReports { nodes { text } } } } }"
    (seen,) = (await steps.read("city.police", query))["doubleListItems"]["nodes"]
    assert seen["content"] is None
    assert seen["title"] == "执行联动"
    assert seen["progressReports"]["nodes"] == []


async def test_access_is_explained_to_auditors_from_the_database_itself(steps: Steps, items) -> None:
    query = """query($o: ID!, $i: ID!) {
        explainAccess(organizationId: $o, id: $i) { visible roles grounds scopesNeeded } }"""
    for unit, visible in (("police", True), ("finance", False)):
        asked = {"o": steps.organization(unit), "i": items["court"]}
        found = (await steps.read("audit", query, **asked))["explainAccess"]
        assert found["visible"] is visible
        assert bool(found["grounds"]) is visible
    denied = await (await steps.client("police")).ask(query, {"o": steps.organization("police"), "i": items["court"]})
    assert denied["errors"][0]["extensions"]["code"] == "SCOPE_REQUIRED"


async def test_the_portal_gets_public_figures_of_approved_items_only(steps: Steps) -> None:
    await steps.running()
    query = 'query($y: Int!) { linkageStatistics(jurisdictionCode: "410825", year: $y) { items completed overdue } }'
    figures = (await steps.read("portal", query, y=2026))["linkageStatistics"]
    assert figures == {"items": 1, "completed": 0, "overdue": 0}
    assert (await steps.read("portal", query, y=2025))["linkageStatistics"]["items"] == 0
