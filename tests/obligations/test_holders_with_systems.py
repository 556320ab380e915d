"""Acceptance scenario 8: a court asks twelve holders about one debtor, each through a system of its own."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import structlog
from sqlalchemy import select

from connectors.sandbox.holders.holder import HolderFault
from hub.core.ids import encode_node_id, new_id
from hub.db import models
from hub.runtime import Runtime
from tests.obligations.steps import Steps
from tests.support.client import ClientOf
from tests.support.holding import Holding, holders_at, runtime_at
from tests.support.inquiry import ASKER, LEADER
from tests.support.world import World

ASKS = {
    "police": "VEHICLE",
    "social-security": "SOCIAL_SECURITY",
    "natural-resources": "REAL_ESTATE",
    "housing": "REAL_ESTATE",
    "transport": "VESSEL",
    "agriculture": "AGRI_MACHINE",
    "provident-fund": "PROVIDENT_FUND",
    "bank": "BANK_ACCOUNT",
    "rural-bank": "BANK_ACCOUNT",
    "finance": "BANK_ACCOUNT",
    "telecom": "TELECOM_NUMBER",
    "tax": "TAX_INVOICE",
}
FAULTS = {
    "natural-resources": HolderFault.RETURNS,
    "housing": HolderFault.OBJECTS,
    "bank": HolderFault.NOTHING,
    "rural-bank": HolderFault.MUTE,
}
FOUND = {"status": "ANSWERED", "answerCode": "FOUND", "urgeCount": 0}
STANDING = """query($q: ID!) { executionQuery(id: $q) { status orders { holder { shortName } status answerCode urgeCount
    returnReason objectionDueOn } } }"""
EVERYBODY = "{ executionQueries { totalCount } executionOrders { totalCount } alerts { nodes { title } } }"


@pytest.fixture
async def runtime(world: World, tmp_path: Path) -> Runtime:
    return runtime_at(world, tmp_path)


@pytest.fixture
async def holding(world: World, client_of: ClientOf, runtime: Runtime) -> AsyncIterator[Holding]:
    async with holders_at(world, client_of, runtime) as made:
        yield made


async def standing(steps: Steps, query: Any) -> tuple[str, dict[str, Any]]:
    found = (await steps.read(ASKER, STANDING, q=query["id"]))["executionQuery"]
    names = {"公安局": "police", "财政局": "finance"}
    return found["status"], {
        names.get(each["holder"]["shortName"], each["holder"]["shortName"]): each for each in found["orders"]
    }


@pytest.mark.duty("S2-28")
async def test_twelve_holders_answer_each_in_its_own_form_and_nobody_else_ever_knows(
    steps: Steps, holding: Holding
) -> None:
    inquiry, street = holding.inquiry, holding.street
    await _nothing_is_asked(holding)
    for name, fault in FAULTS.items():
        street.holders[name].faults.add(fault)
    with structlog.testing.capture_logs() as logs:
        query = await inquiry.sent(*((f"county.{name}", kind) for name, kind in ASKS.items()))
        assert await holding.exchange() == 11
        status, orders = await standing(steps, query)
        assert status == "PARTIALLY_ANSWERED"
        told = {name: (each["status"], each["answerCode"]) for name, each in orders.items()}
        assert told == dict.fromkeys(ASKS, ("ANSWERED", "FOUND")) | {
            "natural-resources": ("RETURNED", None),
            "housing": ("OBJECTED", None),
            "bank": ("ANSWERED", "NOT_FOUND"),
            "rural-bank": ("DISPATCHED", None),
            "telecom": ("ANSWERED", "REFUSED"),
        }
        assert orders["natural-resources"]["returnReason"] == "SEAL_MISSING"
        assert orders["housing"]["objectionDueOn"] == "2026-06-30"
        # Asked again before the round after next, nobody answers twice.
        assert await holding.exchange() == 0
        await inquiry.watch(days=4)
        await holding.exchange()
        silent = street.holders["rural-bank"]
        assert silent.urged == list(silent.asked)
        assert (await standing(steps, query))[1]["rural-bank"]["urgeCount"] == 1

        street.holders["natural-resources"].faults.clear()
        corrected = {"documents": [inquiry.document(b"%PDF-1.7 sealed")]}
        await inquiry.fire(ASKER, query, "correct", corrected)
        await inquiry.fire(LEADER, query, "approve")
        street.holders["housing"].faults.clear()
        contested = await inquiry.order_of_status("county.housing", "OBJECTED")
        await inquiry.fire_order(LEADER, contested, "overrule", {"reason": "属于协助范围"})
        silent.faults.clear()
        await holding.exchange()
        status, orders = await standing(steps, query)
        assert status == "ANSWERED"
        for name in ("natural-resources", "housing", "rural-bank"):
            assert (orders[name]["status"], orders[name]["answerCode"]) == ("ANSWERED", "FOUND"), name
        assert street.holders["natural-resources"].times == dict.fromkeys(street.holders["natural-resources"].asked, 2)
        read = await inquiry.read(ASKER, query)
        accounts = [item for answer in read["answers"] for item in answer["items"] if item and "accountNumber" in item]
        assert [each["accountNumber"] for each in accounts] == ["6217000010008881"] * 2
        assert any("查无" in (answer["note"] or "") for answer in read["answers"] if answer["code"] == "NOT_FOUND")
    await _nobody_knows(steps, holding, str(logs))


async def _nothing_is_asked(holding: Holding) -> None:
    """About who is no obligor (a spouse the court never named), for no purpose, or by his own approval."""
    inquiry = holding.inquiry
    for changes, code in (
        ({"subjectId": encode_node_id("SU", new_id())}, "TARGET_NOT_OBLIGOR"),
        ({"purposeText": ""}, "TEXT_EMPTY"),
        ({"purposeText": "。"}, "PURPOSE_INSUFFICIENT"),
    ):
        assert (await inquiry.submit(("county.bank", "BANK_ACCOUNT"), **changes))["code"] == code
    own = await inquiry.submit(("county.bank", "BANK_ACCOUNT"), who=LEADER)
    assert (await inquiry.fire(LEADER, own, "approve"))["code"] == "SELF_APPROVAL"
    assert (await inquiry.fire(LEADER, own, "cancel", {"reason": "由承办人另行提请"}))["status"] == "CANCELLED"
    await holding.exchange()
    assert holding.street.holders["bank"].asked == {}


async def _nobody_knows(steps: Steps, holding: Holding, logs: str) -> None:
    """Neither other roles nor logs, deliveries, evidence or audit tell of the debtor or of what was found."""
    inquiry = holding.inquiry
    kept = [
        *await inquiry.rows(select(models.ExchangeEntry)),
        *await inquiry.rows(select(models.Delivery)),
        *await inquiry.rows(select(models.AuditEvent)),
        *await inquiry.rows(select(models.OutboxEvent)),
        *await holding.answers(),
    ]
    assert len(kept) > 100
    told = logs + "".join(str(vars(row)) for row in kept)
    assert "request" in logs
    for secret in (inquiry.numbers[1], inquiry.names[1], "6217000010008881", "豫HSX001", "13900000000"):
        assert secret not in told
    for stranger in ("government", "credit", "neighbour.court", "neighbour.police", "city.justice", "civil"):
        answer = await (await steps.client(stranger)).ask(EVERYBODY)
        counts = [row.get("totalCount", 0) for row in (answer.get("data") or {}).values() if row]
        assert set(counts) <= {0}, stranger
        assert "查控" not in str(answer["data"]), stranger
