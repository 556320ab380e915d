"""Generated operations of every caller over several jurisdictions: nothing outside the oracle shows, counts or orders.

The world is asked twice: as it is, and without what the oracle says the caller may not see (masked columns holding
something else). Whatever the operation, with foreign ids, cursors and filters, both answers must be equal byte for
byte: what is hidden then has no influence on anything a caller can observe.
"""

from __future__ import annotations

import json
from functools import partial
from random import Random
from typing import Any

import pytest
from sqlalchemy import delete
from sqlalchemy.ext.asyncio import AsyncEngine

from hub.core.ids import encode_node_id
from hub.core.principal import Principal
from hub.db import models
from hub.db.target import DatabaseRole
from hub.runtime import Runtime
from schema.build import build_schema
from schema.execution import Asked
from tests.isolation.oracle import Oracle
from tests.isolation.rules import (
    alerts,
    bankruptcy,
    bodies,
    campaign,
    consequences,
    evasion,
    exchange,
    funds,
    inquiry,
    integrity,
    orders,
    punishment,
    shared,
)
from tests.isolation.rules.answered import answered
from tests.isolation.rules.funds import OVERSEERS
from tests.isolation.worlds import chosen, without_the_hidden
from tests.support.asking import Asker
from tests.support.comparing import canonical
from tests.support.content import TAGS
from tests.support.operations import Drawer, Operation
from tests.support.rows import Content
from tests.support.soaking import allowed_roots
from tests.support.values import Pool
from tests.support.world import World

SEED = 3
OPERATIONS = 16
"""Operations of each caller."""
LISTS = {
    "doubleLists": models.DoubleList,
    "doubleListItems": models.DoubleListItem,
    "jointMeetings": models.JointMeeting,
    "linkageTasks": models.LinkageTask,
    "linkageMatters": models.LinkageMatter,
    "coordinationRequests": models.CoordinationRequest,
    "alerts": models.Alert,
    "membershipChanges": models.MembershipChange,
    "auditEvents": models.AuditEvent,
    "caseListEntries": models.CaseListEntry,
    "dishonestyRecords": models.DishonestyRecord,
    "subjectMatches": models.SubjectMatch,
    "connectors": models.ConnectorState,
    "inboundBatches": models.InboxBatch,
    "inboxMessages": models.InboxMessage,
    "reconciliations": models.Reconciliation,
    "dataQualityIssues": models.DataQualityIssue,
    "fedRows": models.FeedRow,
    "supervisionNotices": models.SupervisionNotice,
    "caseReports": models.CaseReport,
    "awardRestrictions": models.AwardRestriction,
    "interviews": models.Interview,
    "periodicReports": models.PeriodicReport,
    "creditRepairs": models.CreditRepair,
    "creditObjections": models.CreditObjection,
    "listingRemarks": models.ListingRemark,
}
LISTS |= inquiry.LISTS
LISTS |= orders.LISTS
LISTS |= shared.LISTS
LISTS |= funds.LISTS
LISTS |= bankruptcy.LISTS
LISTS |= campaign.LISTS
LISTS |= integrity.LISTS
LISTS |= punishment.LISTS
LISTS |= consequences.LISTS
LISTS |= exchange.LISTS
LISTS |= evasion.LISTS
REFUSED = {"SCOPE_REQUIRED", "CLEARANCE_REQUIRED"}
UNCLEARED = {"county.admin", "neighbour.admin"}
"""Keepers of clients and policies, who are cleared for public data only."""
MASKED_PATHS = (
    "{ ledger(kind: KEY_ISSUES, first: 100) { nodes { title latestReport } } }",
    "{ ledger(kind: IMPLEMENTATION, first: 100) { nodes { title latestReport } } }",
    "{ doubleListItems(first: 100) { nodes { confirmations { dispute } adjustments { reason decisionNote } } } }",
    "{ doubleListItems(first: 100) { nodes { content deliverables kpis { name } resolution { text } } } }",
    "{ jointMeetings(first: 100) { nodes { minutesText resolutions { text } agenda { title } } } }",
    "{ linkageTasks(first: 100) { nodes { report content responsibilities { leader person division } } } }",
    "{ linkageMatters(first: 100) { nodes { content decisionNote task { report returnReason } } } }",
    "{ caseListEntries(first: 100) { nodes { claimAmount subject { name identityMasked aliases { alias } } } } }",
    "{ dishonestyRecords(first: 100) { nodes { duty legalRepresentative subject { name identityNumber } } } }",
    "{ supervisionNotices(first: 30) { nodes { facts reply closeReason responsiblePerson documents { content } } } }",
    "{ awardRestrictions(first: 100) { nodes { reason notice { demand } } } interviews { nodes { minutes } } }",
    "{ creditRepairs(first: 100) { nodes { decisionReason objection endReason clocks { clause } } } }",
    "{ creditObjections(first: 100) { nodes { grounds decision } } listingRemarks { nodes { note } } }",
    "{ quarantine(first: 100) { nodes { messageId cells { value } batch { receiptNumber } } } }",
)
MASKED_PATHS += bodies.PATHS + inquiry.PATHS + orders.PATHS + shared.PATHS
MASKED_PATHS += funds.PATHS + bankruptcy.PATHS + campaign.PATHS
MASKED_PATHS += integrity.PATHS + punishment.PATHS
MASKED_PATHS += consequences.PATHS + exchange.PATHS + evasion.PATHS


class Asking:
    """Asks as one caller; the audit log holds what it held at first, whoever reads it."""

    def __init__(self, world: World, runtime: Runtime, owner: AsyncEngine, content: Content) -> None:
        self.executor = Asker(world, build_schema(), runtime)
        self.world = world
        self.owner = owner
        self.known = [row["id"] for row in content.of(models.AuditEvent)]

    async def __call__(self, caller: str, operation: Operation) -> str:
        if "audit" in operation.query.lower():
            async with self.owner.begin() as connection:
                await connection.execute(delete(models.AuditEvent).where(models.AuditEvent.id.not_in(self.known)))
        answer = await self.executor.run(Asked(operation.query, operation.variables), self.world[caller])
        return canonical(answer)


@pytest.fixture
def asking(world: World, runtime: Runtime, engines: dict[DatabaseRole, AsyncEngine], content: Content) -> Asking:
    return Asking(world, runtime, engines[DatabaseRole.OWNER], content)


@pytest.mark.long
@pytest.mark.attack("D3")
@pytest.mark.attack("D4")
async def test_no_answer_depends_on_a_row_or_a_column_hidden_from_the_caller(
    world: World, content: Content, admin: AsyncEngine, asking: Asking
) -> None:
    drawer = Drawer(build_schema().graphql, Pool(world, content))
    answered_to_some: set[str] = set()
    for caller in chosen(world, SEED):
        operations = await drawn(drawer, caller, asking)
        answered_to_some |= {each.query for each, answer in operations if json.loads(answer).get("data")}
        async with without_the_hidden(admin, Oracle(world, content, caller)):
            for operation, answer in operations:
                bare = await asking(caller, operation)
                assert bare == answer, f"{caller}\n{operation.query}\n{operation.variables}\n {answer}\n {bare}"
    assert answered_to_some >= set(MASKED_PATHS), set(MASKED_PATHS) - answered_to_some


def oversees(caller: Principal) -> bool:
    return any(caller.has_role(role) for role in OVERSEERS)


async def drawn(drawer: Drawer, caller: str, asking: Asking) -> list[tuple[Operation, str]]:
    """Operations with the caller's answers; cursors of every earlier caller are there to be tried."""
    random = Random(f"{SEED}/{caller}")
    allowed = allowed_roots(asking.world[caller])
    operations = [Operation(query) for query in MASKED_PATHS]
    operations += [Operation(*each) for each in answered(asking.world, drawer.pool.content)]
    operations += [drawer.draw(random, caller, allowed) for _ in range(OPERATIONS)]
    found = []
    for operation in operations:
        if "linkageStatistics" in operation.query or "unitEvaluations" in operation.query:
            continue  # public figures, and those told to the members of a body, count every approved item by design
        if "executionLinkageFigures" in operation.query and oversees(asking.world[caller]):
            continue  # who oversees reads counts of every court, and none of its rows
        answer = await asking(caller, operation)
        drawer.pool.keep_cursors(caller, json.loads(answer).get("data"))
        found.append((operation, answer))
    return found


@pytest.mark.attack("D3")
async def test_every_list_holds_and_counts_exactly_what_the_oracle_says(
    world: World, content: Content, asking: Asking
) -> None:
    for caller in chosen(world, SEED):
        oracle = Oracle(world, content, caller)
        for root, model in LISTS.items():
            if root not in allowed_roots(world[caller]):
                continue
            listed = alerts.listed if model is models.Alert else partial(Oracle.sees, model=model)
            expected = {encode_node_id(TAGS[model], row["id"]) for row in content.of(model) if listed(oracle, row=row)}
            found = await everything(asking, caller, root)
            assert found == (expected, len(expected)) or (found is None and caller in UNCLEARED), (caller, root)


async def everything(asking: Asking, caller: str, root: str) -> tuple[set[str], int] | None:
    """All pages of five put together; a row that comes twice is a fault. None when the caller may not ask at all."""
    query = (
        f"query($a: String) {{ {root}(first: 5, after: $a) {{ totalCount nodes {{ id }} pageInfo {{ endCursor }} }} }}"
    )
    found: list[str] = []
    after: str | None = None
    while True:
        answer: Any = json.loads(await asking(caller, Operation(query, {"a": after})))
        if answer["data"] is None:
            assert answer["errors"][0]["extensions"]["code"] == "CLEARANCE_REQUIRED", answer
            return None
        page = answer["data"][root]
        found += [node["id"] for node in page["nodes"]]
        after = page["pageInfo"]["endCursor"]
        if after is None:
            assert len(found) == len(set(found)), root
            return set(found), page["totalCount"]


@pytest.mark.attack("D1")
async def test_every_hidden_node_answers_as_one_that_does_not_exist(
    world: World, content: Content, asking: Asking
) -> None:
    query = "query($ids: [ID!]!) { nodes(ids: $ids) { __typename id } }"
    for caller in chosen(world, SEED):
        oracle = Oracle(world, content, caller)
        for model, tag in TAGS.items():
            asked = [encode_node_id(tag, row["id"]) for row in content.of(model)][:100]
            answer = json.loads(await asking(caller, Operation(query, {"ids": asked})))
            if "errors" in answer:
                assert answer["errors"][0]["extensions"]["code"] in REFUSED, answer
                continue
            shown = [node and node["id"] for node in answer["data"]["nodes"]]
            expected = [oracle.sees(model, row) for row in content.of(model)[:100]]
            assert shown == [key if seen else None for key, seen in zip(asked, expected, strict=True)], (caller, tag)
