"""Every field shows what stands in the column of its name, whichever executor answers: both could be wrong alike."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any

import pytest
from graphql import get_named_type, is_leaf_type
from sqlalchemy.ext.asyncio import AsyncEngine
from strawberry.utils.str_converters import to_snake_case

from hub.core.clock import SHANGHAI
from hub.core.ids import encode_node_id
from hub.db import models
from hub.db.target import DatabaseRole
from hub.runtime import Runtime
from schema.build import build_schema
from schema.execution import Asked, Executor
from tests.support import (
    drawn_bankruptcy,
    drawn_credit,
    drawn_funds,
    drawn_inquiry,
    drawn_orders,
    drawn_shared,
)
from tests.support.content import TAGS
from tests.support.rows import Content
from tests.support.soaking import filled
from tests.support.world import NEIGHBOUR, PATHS, World

UNITS = "Organization"
CONTROLS = {"AssetControl", "ControlOrder"}
"""Whose amounts and reasons are for officers of the court and for the holder; here an auditor asks."""


@pytest.fixture
async def content(world: World, engines: dict[DatabaseRole, AsyncEngine]) -> AsyncIterator[Content]:
    async with filled(world, engines[DatabaseRole.OWNER], 5, size=4) as content:
        yield content


def shown(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, datetime):
        return value.astimezone(SHANGHAI).isoformat(timespec="milliseconds")
    if isinstance(value, Decimal):
        return f"{value:.2f}"
    return value.isoformat() if isinstance(value, date) else value


def expected(name: str, row: dict[str, Any]) -> dict[str, Any]:
    """Leaf fields named like a column, and units named like a column that holds their key."""
    found: dict[str, Any] = {}
    for field, each in build_schema().graphql.get_type(name).fields.items():
        column, named = to_snake_case(field), get_named_type(each.type)
        if name in CONTROLS and (field.startswith("amount") or field == "reason"):
            continue
        if field != "id" and column in row and is_leaf_type(named):
            found[field] = shown(row[column])
        elif named.name == UNITS and f"{column}_id" in row:
            key = row[f"{column}_id"]
            found[field] = None if key is None else {"id": encode_node_id("OR", key)}
    return found


MIRRORS = (
    models.Subject,
    models.LegalCase,
    models.CaseListEntry,
    models.DishonestyRecord,
    models.InboxBatch,
    models.InboxMessage,
    models.Reconciliation,
    models.DataQualityIssue,
    models.ConnectorState,
    models.FeedRow,
)
REPAIRS = (models.CreditRepair, models.CreditObjection, models.ListingRemark)
EXECUTION = (*drawn_inquiry.TAGS, *drawn_orders.TAGS, *drawn_shared.TAGS, *drawn_funds.TAGS, *drawn_bankruptcy.TAGS)
CALLERS = {
    **dict.fromkeys(EXECUTION, "city.audit"),
    **dict.fromkeys((models.AuditEvent, models.ReferralReceipt, *MIRRORS, *REPAIRS), "city.audit"),
    models.SubjectMatch: "city.court",
}
"""Who sees every row there is, or at least every row that is ``readable``."""
OWNERS = {
    **dict.fromkeys((models.MarriageItem, models.FundClue, models.CampaignCase, models.CampaignRecovery), "court_id"),
    **dict.fromkeys((models.CaseTag, models.EvasionClue), "court_id"),
    **dict.fromkeys((models.Campaign, models.CampaignParticipant, models.CampaignFigure), "office_id"),
    models.CampaignRound: "office_id",
}
"""Whose row it is, where no other caller sees all of it."""
TYPES = {
    models.ExchangeEntry: "ExchangeMessage",
    models.BodyMembership: "Membership",
    models.PolicyPackRow: "PolicyPack",
    models.InboxBatch: "InboundBatch",
    models.ConnectorState: "Connector",
    models.FeedRow: "FedRow",
}


def readable(content: Content, model: type[Any]) -> list[dict[str, Any]]:
    """Subjects that somebody told of, with the names an auditor reads; bodies to recognise of one county; what was
    issued; alerts of governance; clues to the money of others."""
    rows = content.of(model)
    if model is models.SubjectMatch:
        return [row for row in rows if row["jurisdiction_path"] == PATHS[NEIGHBOUR]]
    if model in (models.SupervisionNotice, models.PeriodicReport):
        return [row for row in rows if row["issued_at"] is not None]
    if model in drawn_credit.TAGS:  # nobody sees all of them; who sees which is asked in tests/isolation
        return []
    if model is models.Referral:  # its receiver's alone, and here nobody has that function
        return []
    if model is models.Alert:
        return [row for row in rows if row["target_kind"] in {"DoubleListItem", "LinkageTask", "JointMeeting"}]
    if model in (models.FundClue, models.EvasionClue):
        return [row for row in rows if row["debtor_id"] != row["court_id"]]
    if model is not models.Subject:
        return rows
    told = {row["subject_id"] for mirror in MIRRORS[2:4] for row in content.of(mirror)}
    return [{**row, "name": row["name_masked"]} for row in rows if row["id"] in told]


async def test_every_field_shows_the_column_of_its_name(world: World, content: Content, runtime: Runtime) -> None:
    executor = Executor(build_schema(), runtime)
    fields = 0
    units = {key: unit for unit, key in world.organizations.items()}
    for model, tag in TAGS.items():
        name = TYPES.get(model, model.__name__)
        for row in readable(content, model)[:6]:
            owner = units[row[OWNERS[model]]] if model in OWNERS else CALLERS.get(model, "city.office")
            wanted = expected(name, row)
            fields += len(wanted)
            inner = " ".join(_written(name, field) for field in wanted)
            query = f"query($id: ID!) {{ node(id: $id) {{ ... on {name} {{ {inner} }} }} }}"
            answer = await executor.run(Asked(query, {"id": encode_node_id(tag, row["id"])}), world[owner])
            assert json.loads(answer.content())["data"]["node"] == wanted, name
    assert fields > 1_000


def _written(name: str, field: str) -> str:
    kind = get_named_type(build_schema().graphql.get_type(name).fields[field].type)
    return field if is_leaf_type(kind) else f"{field} {{ id }}"
