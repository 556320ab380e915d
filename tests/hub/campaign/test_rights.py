"""What the database itself lets each unit see and write of campaigns, whatever a query asks."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import func, insert, select, text
from sqlalchemy.exc import DBAPIError

from hub.campaign.round_payloads import CampaignRoundCases, CampaignRoundOutcome, CampaignRoundOutcomes
from hub.campaign.rounds import fire_round
from hub.canonical.campaign import CampaignRoundResult
from hub.core.ids import new_id
from hub.core.workflow import Note
from hub.db import models
from hub.workflow.rows import within
from tests.hub.campaign.conftest import BANK, COURT, HELPER, OFFICE, OTHER, Desk
from tests.hub.campaign.test_rounds import DAY, plan
from tests.support.rounds import run_job

OVERSEER, LEADS, AUDITOR, STRANGER = "county.office", "county.government", "county.audit", "neighbour.court"
SEEN: dict[type[Any], dict[str, int]] = {
    models.Campaign: {OFFICE: 1, BANK: 1, OTHER: 1, COURT: 1, HELPER: 1, OVERSEER: 1, AUDITOR: 1},
    models.CampaignParticipant: {OFFICE: 4, BANK: 3, OTHER: 3, COURT: 2, HELPER: 2, OVERSEER: 2, AUDITOR: 4},
    models.CampaignList: {BANK: 1, OTHER: 1},
    models.CampaignCase: {BANK: 2, OTHER: 1, COURT: 3},
    models.CampaignRecovery: {BANK: 1, COURT: 1},
    models.CampaignFigure: {OFFICE: 4, BANK: 1, OTHER: 1, COURT: 1, HELPER: 1, OVERSEER: 1, AUDITOR: 4},
    models.CampaignRound: {OFFICE: 1, BANK: 1, COURT: 1, HELPER: 1, OVERSEER: 1, AUDITOR: 1},
    models.CampaignRoundCase: {BANK: 1, COURT: 1},
    models.CampaignRoundFigure: {OFFICE: 2, BANK: 1, COURT: 2, HELPER: 1, OVERSEER: 1, AUDITOR: 2},
}
"""Rows by table and unit; who is not named sees none."""
EVERYBODY = (
    OFFICE,
    BANK,
    OTHER,
    COURT,
    HELPER,
    OVERSEER,
    LEADS,
    AUDITOR,
    STRANGER,
    "county.credit",
    "neighbour.office",
)


async def test_each_unit_sees_its_own_rows_and_writes_no_other(desk: Desk) -> None:
    first, second = await desk.submit(BANK, desk.draft(1), desk.draft(2))
    (third,) = await desk.submit(OTHER, desk.draft(9))
    for case in (first, third):
        await desk.tag(case.id)
    await desk.recover(first.id, "10")
    round_id = await plan(desk)
    outcome = CampaignRoundOutcome(case_id=first.id, result=CampaignRoundResult.SETTLED, on=DAY)
    for event, payload in (
        ("choose", CampaignRoundCases(case_ids=(first.id,))),
        ("start", Note()),
        ("record", CampaignRoundOutcomes(results=(outcome,))),
        ("report", Note()),
    ):
        await desk.act(COURT, _fired(round_id, event, payload))
    desk.world.clock.advance(days=1)
    await run_job(desk.runtime, "campaign")
    for model, told in SEEN.items():
        expected = {**told, **({LEADS: told[OVERSEER]} if OVERSEER in told else {})}
        counted = {who: await _count(desk, who, model) for who in EVERYBODY}
        assert {who: count for who, count in counted.items() if count} == expected, model.__tablename__
    await _writes(desk, round_id, second)


def _fired(round_id: UUID, event: str, payload: Any) -> Any:
    async def action(unit: Any) -> UUID:
        return (await fire_round(unit, round_id, event, payload)).id

    return action


async def _count(desk: Desk, who: str, model: type[Any]) -> int:
    async with desk.world.sessions.read(desk.world[who]) as session:
        return await session.scalar(select(func.count()).select_from(model)) or 0


async def _writes(desk: Desk, round_id: UUID, case: models.CampaignCase) -> None:
    """What the services never do, done by hand: each is refused or touches no row."""
    court, bank = desk.world.organizations[COURT], desk.world.organizations[BANK]
    told = {"campaign_id": desk.campaign_id, "principal_fen": 1, "case_number": "（2026）豫0825执8号", **within(case)}
    chosen = {"round_id": round_id, "case_id": case.id, "court_id": court, **within(case)}
    figure = {"round_id": round_id, "figure_version": 9, "cases": 1, "done": 1, "principal_fen": 1, **within(case)}
    figure |= {"recovered_fen": 1, "court_id": court, "office_id": desk.world.organizations[OFFICE]}
    planned = {
        "campaign_id": desk.campaign_id,
        "kind": "EXECUTION",
        "title": "集中",
        "status": "PLANNED",
        **within(case),
    }
    planned |= {"starts_on": DAY, "ends_on": DAY, "court_id": court, "figure_version": 0, "version": 1}
    refused: tuple[tuple[str, type[Any], dict[str, Any]], ...] = (
        (OTHER, models.CampaignCase, dict(**told, bank_id=bank, court_id=court)),
        (BANK, models.CampaignCase, dict(**told, bank_id=bank, court_id=court, tagged_at=desk.world.clock())),
        (HELPER, models.CampaignCase, dict(**told, bank_id=desk.world.organizations[HELPER], court_id=court)),
        (COURT, models.CampaignCase, dict(**told, bank_id=None, court_id=court)),
        (HELPER, models.CampaignList, dict(**_list(desk, case), teller_id=desk.world.organizations[HELPER])),
        (OTHER, models.CampaignList, dict(**_list(desk, case), teller_id=bank)),
        (OTHER, models.CampaignRoundCase, dict(**chosen, bank_id=case.bank_id)),
        (COURT, models.CampaignRoundCase, dict(**chosen, bank_id=desk.world.organizations[OTHER])),
        (COURT, models.CampaignRoundCase, dict(**chosen, bank_id=case.bank_id, result=CampaignRoundResult.SETTLED)),
        (OFFICE, models.CampaignRoundFigure, figure),
        (COURT, models.CampaignRoundFigure, {**figure, "court_id": desk.world.organizations[STRANGER]}),
        (COURT, models.CampaignRound, dict(**planned, office_id=desk.world.organizations[OFFICE])),
        (HELPER, models.CampaignRound, dict(**planned, office_id=desk.world.organizations[HELPER])),
    )
    for who, model, values in refused:
        # Without RETURNING, or the policy for reading would refuse what that for writing lets through.
        adding = insert(model.__table__).values(id=new_id(), **values)
        with pytest.raises(DBAPIError) as denied:
            async with desk.world.sessions.write(desk.world[who]) as session:
                await session.execute(adding)
        assert getattr(denied.value.orig, "sqlstate", None) == "42501", (who, model.__tablename__)
    closing = text("update campaign_round set status = 'CLOSED'")
    with pytest.raises(DBAPIError):
        async with desk.world.sessions.write(desk.world[COURT]) as session:
            await session.execute(closing)
    for who in (BANK, HELPER, OVERSEER, AUDITOR, STRANGER):
        async with desk.world.sessions.write(desk.world[who]) as session:
            for statement in ("update campaign_round set note = ''", "update campaign_round_case set result = null"):
                assert (await session.execute(text(statement))).rowcount == 0, (who, statement)


def _list(desk: Desk, case: models.CampaignCase) -> dict[str, Any]:
    return {"campaign_id": desk.campaign_id, "rows": 1, "taken": 1, **within(case)}
