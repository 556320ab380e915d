"""What leaves the hub by reading mutations alone: a hidden id answers as one of nothing, and no read is on record."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncEngine

from hub.core.ids import encode_node_id, new_id
from hub.db import models
from hub.db.target import DatabaseRole
from hub.runtime import Runtime
from schema.build import build_schema
from schema.execution import Asked
from tests.isolation.oracle import Oracle
from tests.isolation.test_changes import changes
from tests.support.asking import Asker
from tests.support.content import TAGS
from tests.support.rows import Content
from tests.support.world import World

PURPOSE = 'purpose: "查明被执行人可供执行的财产"'
READINGS = {
    f"readExecutionResults(input: {{queryId: $id, {PURPOSE}}})": models.ExecutionQuery,
    "openExecutionOrder(input: {orderId: $id})": models.ExecutionOrder,
    f"readAssetControl(input: {{controlId: $id, {PURPOSE}}})": models.AssetControl,
    "openControlOrder(input: {orderId: $id})": models.ControlOrder,
    f"readLookout(input: {{lookoutId: $id, {PURPOSE}}})": models.LookoutOrder,
    "openLookoutOrder(input: {lookoutId: $id})": models.LookoutOrder,
    f"readMarriageItems(input: {{batchId: $id, {PURPOSE}}})": models.MarriageBatch,
    f"readFundClue(input: {{clueId: $id, {PURPOSE}}})": models.FundClue,
    f"readEvasionClue(input: {{clueId: $id, {PURPOSE}}})": models.EvasionClue,
}
HELD = {"openCampaignDebtor(input: {caseId: $id})": models.CampaignCase}
"""What nobody oversees, so that it is whole or not there at all."""
ADVANCED = {
    "advanceExecutionQuery": models.ExecutionQuery,
    "advanceExecutionOrder": models.ExecutionOrder,
    "advanceControlOrder": models.ControlOrder,
    "advanceLookoutOrder": models.LookoutOrder,
    "advanceLookoutHit": models.LookoutHit,
    "advanceMarriageBatch": models.MarriageBatch,
    "advanceServiceAddress": models.ServiceAddress,
    "advanceFundClue": models.FundClue,
    "advancePerformancePlan": models.PerformancePlan,
    "advanceBankruptcyMatter": models.BankruptcyMatter,
    "advanceStabilityPlan": models.StabilityPlan,
    "advanceFundDisbursement": models.FundDisbursement,
    "advanceCampaign": models.Campaign,
    "advanceCampaignRound": models.CampaignRound,
    "advanceEvasionClue": models.EvasionClue,
    "withdrawCaseTag": models.CaseTag,
}
CALLERS = ("county.court.asker", "county.court", "neighbour.police", "county.audit", "city.tax")
REFUSAL = "{ __typename ... on Refusal { code message messageEn reasons { code path message } } }"


async def kept(engine: AsyncEngine) -> list[int | None]:
    """Readings on record, and events told."""
    kinds = (models.ExecutionRead, models.AddressReading, models.OutboxEvent, models.ExchangeEntry)
    async with engine.connect() as connection:
        return [await connection.scalar(select(func.count()).select_from(model)) for model in kinds]


@pytest.mark.attack("D1")
async def test_a_hidden_id_reads_and_moves_as_one_of_nothing(
    world: World, content: Content, runtime: Runtime, engines: dict[DatabaseRole, AsyncEngine]
) -> None:
    executor = Asker(world, build_schema(), runtime)
    before = await kept(engines[DatabaseRole.SYSTEM])
    moves = {f"{name}(id: $id, {changes(name, world)[0]})": model for name, model in ADVANCED.items()}
    for caller in CALLERS:
        oracle = Oracle(world, content, caller)
        for field, model in (READINGS | HELD | moves).items():
            hidden = [row["id"] for row in content.of(model) if not oracle.sees(model, row)][:2]
            text = f"mutation($id: ID!) {{ {field} {REFUSAL} }}"
            ids = [encode_node_id(TAGS[model], key) for key in (new_id(), *hidden)]
            answers = {(await executor.run(Asked(text, {"id": each}), world[caller])).content() for each in ids}
            assert len(answers) == 1, (caller, text, answers)
            assert b"GRAPHQL" not in min(answers), (text, answers)
            assert b'"Refusal"' in min(answers) or b'"errors"' in min(answers)
    assert await kept(engines[DatabaseRole.SYSTEM]) == before


@pytest.mark.attack("D1")
async def test_who_sees_that_there_is_something_does_not_read_what_it_says(
    world: World, content: Content, runtime: Runtime, engines: dict[DatabaseRole, AsyncEngine]
) -> None:
    """The auditor, and the court's client that is no officer of it: nothing of the sealed, and no reading on record."""
    executor = Asker(world, build_schema(), runtime)
    before = await kept(engines[DatabaseRole.SYSTEM])
    for caller in ("county.audit", "county.court.leader", "county.court.stopped"):
        oracle = Oracle(world, content, caller)
        for field, model in READINGS.items():
            if caller != "county.audit" and model is not models.ExecutionQuery:
                continue
            told = content.of(models.ExecutionResult)
            theirs = {row["query_id"] for row in told if oracle.sees(models.ExecutionResult, row)}
            seen = [row for row in content.of(model) if oracle.sees(model, row) and row["id"] not in theirs]
            assert seen, (caller, model)
            for row in seen[:3]:
                text, key = f"mutation($id: ID!) {{ {field} {REFUSAL} }}", encode_node_id(TAGS[model], row["id"])
                answer = (await executor.run(Asked(text, {"id": key}), world[caller])).content()
                assert b'"Refusal"' in answer or b'"errors"' in answer, (caller, field, answer)
    assert (await kept(engines[DatabaseRole.SYSTEM]))[:2] == before[:2]
