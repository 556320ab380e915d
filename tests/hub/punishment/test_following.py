"""Measures follow their listing in one transaction, however many; nobody moves or sees another's."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import delete, event, func, select, text, update
from sqlalchemy.exc import ProgrammingError

from hub.canonical.exchange_codes import CaseListKind, CheckMode, DishonestyStatus
from hub.canonical.punishment_codes import MeasureLevel, MeasureStatus, MeasureTarget, PunishmentField
from hub.core.ids import new_id
from hub.db import models
from hub.db.bulk import insert_rows
from hub.punishment import watching
from hub.punishment.following import all_lifted, follow_listings
from hub.runtime import Runtime
from tests.support.client import ClientOf
from tests.support.court import court_at, settle
from tests.support.punishing import SEVEN, Punishing
from tests.support.world import World

M = models.JointPunishmentMeasure
MANY = 200


@pytest.fixture
async def punishing(world: World, runtime: Runtime, client_of: ClientOf, tmp_path: Path) -> Punishing:
    await settle(world)
    made = Punishing(world, runtime, client_of, court_at(world, runtime, tmp_path))
    await made.supervising.practise(
        push__case_lists=[kind.value for kind in CaseListKind], punishment__fields=["GOVERNMENT_PROCUREMENT"]
    )
    await made.assign("JP-F1-01", "finance")
    await made.tell(1, "已公布")
    return made


async def enter(world: World, count: int) -> None:
    """Measures in force on the listing, of finance and civil in turn, and what checks find of them."""
    carriers = [world.organizations[f"county.{unit}"] for unit in ("finance", "civil")]
    async with world.sessions.system("test") as session:
        record = (await session.scalars(select(models.DishonestyRecord))).one()
        placed = {name: getattr(record, name) for name in ("tenant_id", "jurisdiction_id", "jurisdiction_path")}
        rows = [
            {
                "id": new_id(),
                **placed,
                "record_id": record.id,
                "court_id": record.court_id,
                "implementer_id": carriers[at % 2],
                "status": MeasureStatus.IN_FORCE,
                "catalogue_version": "2021.1",
                "code": f"JP-T-{at:03}",
                "name": "限制",
                "field": PunishmentField.TENDERING,
                "legal_basis": "试验",
                "level": MeasureLevel.MANDATORY,
                "target": MeasureTarget.UNIT,
                "match_mode": CheckMode.EXACT_ID,
                "automatic": False,
                "needs_approval": False,
                "interception_count": 0,
                "feedback_count": 0,
                "urge_count": 0,
                "escalation_level": 0,
                "lift_due_provisional": False,
                "version": 1,
            }
            for at in range(count)
        ]
        await insert_rows(session, M, rows)
        standing = [
            {
                "record_id": record.id,
                "organization_id": row["implementer_id"],
                "code": row["code"],
                "tenant_id": row["tenant_id"],
                "jurisdiction_path": row["jurisdiction_path"],
                "mandatory": True,
                "since": record.listed_on,
            }
            for row in rows
        ]
        await insert_rows(session, models.StandingMeasure, standing)


async def test_a_revocation_settles_two_hundred_measures_in_as_many_statements_as_one(punishing: Punishing) -> None:
    """All or nothing: what is rolled back has moved none of them."""
    world, statements = punishing.world, list[str]()

    async def revoke(*, fail: bool) -> int:
        async with world.sessions.system("test") as session:
            connection = await session.connection()
            sync = connection.sync_connection
            assert sync is not None
            row = models.DishonestyRecord
            record = (await session.scalars(select(row.id))).one()
            await session.execute(update(row).values(status=DishonestyStatus.REVOKED))
            count = lambda *given: statements.append(given[2])  # noqa: E731
            event.listen(sync, "before_cursor_execute", count)
            moved = await follow_listings(session, world.policy, [record], world.clock())
            event.remove(sync, "before_cursor_execute", count)
            if fail:
                raise RuntimeError("the worker dies here")
        return moved

    await enter(world, MANY)
    with pytest.raises(RuntimeError):
        await revoke(fail=True)
    async with world.sessions.system("test") as session:
        assert await session.scalar(select(func.count()).where(M.status == MeasureStatus.IN_FORCE)) == MANY
        assert not await all_lifted(session, (await session.scalars(select(models.DishonestyRecord.id))).one())
    statements.clear()
    assert await revoke(fail=False) == MANY + 1
    assert len(statements) < 20, len(statements)
    async with world.sessions.system("test") as session:
        assert await session.scalar(select(func.count()).where(M.status == MeasureStatus.ANNULLED)) == MANY
        assert (await session.scalars(select(models.StandingMeasure))).all() == []
        annulled = models.OutboxEvent.type == "measure.annul"
        assert await session.scalar(select(func.count()).where(annulled)) == MANY
        assert await all_lifted(session, (await session.scalars(select(models.DishonestyRecord.id))).one())


async def test_only_what_the_law_commands_on_exact_identity_is_ordered_without_a_person(punishing: Punishing) -> None:
    world = punishing.world
    await punishing.supervising.practise(
        "2026.6",
        push__case_lists=[kind.value for kind in CaseListKind],
        punishment__fields=["GOVERNMENT_PROCUREMENT", "TENDERING"],
        punishment__auto=True,
    )
    await punishing.assign("JP-F2-01", "finance")

    async def matched(**of_subject: object) -> list[tuple[str, str, str]]:
        async with world.sessions.system("test") as session:
            await session.execute(delete(M))
            if of_subject:
                await session.execute(update(models.Subject).values(**of_subject))
            record = (await session.scalars(select(models.DishonestyRecord.id))).one()
            await follow_listings(session, world.policy, [record], world.clock())
            rows = await session.execute(select(M.code, M.status, M.match_mode).order_by(M.code))
            return [tuple(map(str, row)) for row in rows]

    assert await matched() == [("JP-F1-01", "ORDERED", "EXACT_ID"), ("JP-F2-01", "MATCHED", "EXACT_ID")]
    assert await matched(uscc=None) == [("JP-F1-01", "MATCHED", "NAME_ONLY"), ("JP-F2-01", "MATCHED", "NAME_ONLY")]
    async with world.sessions.system("test") as session:
        record = (await session.scalars(select(models.DishonestyRecord.id))).one()
        assert await follow_listings(session, world.policy, [record], world.clock()) == 0


@pytest.mark.attack("D1")
async def test_nobody_moves_enters_or_sees_the_measure_of_another(punishing: Punishing) -> None:
    world = punishing.world
    await enter(world, 2)
    assert [each["code"] for each in await punishing.measures("civil")] == ["JP-T-001"]
    assert len(await punishing.measures("credit")) == 3
    assert len(await punishing.measures("court")) == 3
    for outsider in ("neighbour.credit", "neighbour.court", "neighbour.finance", "government"):
        assert await punishing.measures(outsider) == [], outsider
    attacks = {
        "update joint_punishment_measure set status = 'LIFTED' where code = 'JP-T-000'": "civil",
        "update joint_punishment_measure set status = 'ANNULLED'": "police",
        "update joint_punishment_measure set reason = 'x'": "court",
        "delete from standing_measure where code = 'JP-T-000'": "civil",
        "update joint_punishment_measure set status = 'ORDERED'": "neighbour.credit",
    }
    for attack, unit in attacks.items():
        key = unit if "." in unit else f"county.{unit}"
        async with world.sessions.write(world[key]) as session:
            assert (await session.execute(text(attack))).rowcount == 0, attack
    mine, other = world.organizations["county.civil"], world.organizations["county.finance"]
    entered = """insert into standing_measure
        (record_id, organization_id, code, tenant_id, jurisdiction_path, mandatory, since)
        select record_id, :own, :code, tenant_id, jurisdiction_path, true, '2026-06-01' from joint_punishment_measure
        where code = 'JP-T-001'"""
    handed = "update joint_punishment_measure set implementer_id = :own where code = 'JP-T-001' or code = :code"
    for attack, own, code in ((entered, other, "JP-T-009"), (entered, mine, "JP-T-000"), (handed, other, "")):
        with pytest.raises(ProgrammingError, match="row-level security"):
            async with world.sessions.write(world["county.civil"]) as session:
                await session.execute(text(attack), {"own": own, "code": code})
    async with world.sessions.system("test") as session:
        assert set(await session.scalars(select(M.status).where(M.code.like("JP-T-%")))) == {MeasureStatus.IN_FORCE}
        assert await session.scalar(select(func.count()).select_from(models.StandingMeasure)) == 2


async def test_every_late_lift_is_chased_however_many_and_one_that_nobody_verifies_is_told_to_the_credit_office(
    punishing: Punishing, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watching, "PORTION", 1)
    lists = [kind.value for kind in CaseListKind]
    days = {"punishment__residual__after": [1], "punishment__verify__days": 5}
    await punishing.supervising.practise(push__case_lists=lists, punishment__fields=list(SEVEN), **days)
    for code, carrier in (("JP-F1-01", "finance"), ("JP-F2-01", "office")):
        await punishing.assign(code, carrier)
    await punishing.tell(1, "已公布")
    for each in await punishing.measures("credit"):
        if each["code"] in ("JP-F1-01", "JP-F2-01"):
            await punishing.in_force(each, {"JP-F1-01": "finance", "JP-F2-01": "office"}[each["code"]])
        else:
            await punishing.fire("credit", each, "notApplicable", '{reason: "与本案无关"}')
    await punishing.delete()
    punishing.world.clock.advance(days=20)
    await punishing.watch()
    found = {each["code"]: each for each in await punishing.measures("credit") if each["status"] == "LIFTING"}
    assert [each["urgeCount"] for each in found.values()] == [1, 1]
    await punishing.lift(found["JP-F1-01"], "finance")
    punishing.world.clock.advance(days=5)
    await punishing.watch()
    assert "OVERDUE" not in {kind for kind, _ in await punishing.alerts("credit")}
    punishing.world.clock.advance(days=1)
    await punishing.watch()
    assert [unit for kind, unit in await punishing.alerts("credit") if kind == "OVERDUE"] == ["发展和改革委员会"]
    assert "OVERDUE" not in {kind for kind, _ in await punishing.alerts("finance")}
    await punishing.fire("credit", found["JP-F1-01"], "verify")
    punishing.world.clock.advance(days=1)
    assert await punishing.watch() == 0
