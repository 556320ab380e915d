"""What the database itself lets nobody do with tags and clues, and what it shows nobody."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import func, select, text, update
from sqlalchemy.exc import DBAPIError

from hub.core.ids import decode_node_id
from hub.db.models import CaseTag, EvasionClue, EvasionClueEvidence, EvasionClueStep, LegalCase
from hub.runtime import Runtime
from tests.obligations.steps import Steps
from tests.support.client import ClientOf
from tests.support.evading import Evading
from tests.support.world import CITY, COUNTY, World

COPY = """insert into evasion_clue (id, tenant_id, jurisdiction_path, jurisdiction_id, court_id, police_id, case_id,
    subject_id, case_number, conducts, signed_by, status, round, urged_count, version)
    values (gen_random_uuid(), :tenant, '410800/410825/', :place, :court, :police, :case, :subject, '某', '{OTHER}',
    '某', :status, 1, 0, 1)"""
TAG = """insert into case_tag (id, tenant_id, jurisdiction_path, jurisdiction_id, case_id, court_id, kind, status,
    origin, label, tagged_on, told_at, version)
    values (gen_random_uuid(), :tenant, '410800/410825/', :place, :case, :court, 'LIVELIHOOD', 'ACTIVE', 'HUB', '某',
    now(), now(), 1)"""
ALERT = """insert into alert (id, tenant_id, jurisdiction_path, jurisdiction_id, kind, severity, target_kind, target_id,
    organization_id, title, due_on, offset_days, raised_at)
    select gen_random_uuid(), c.tenant_id, c.jurisdiction_path, c.jurisdiction_id, 'EVASION_CLUE_OVERDUE', 'SEVERE',
    'EvasionClue', c.id, :to, '某', c.due_on, 0, now() from evasion_clue c"""


async def test_rows_of_tags_and_clues_are_for_their_court_and_police_alone(
    world: World, runtime: Runtime, client_of: ClientOf, tmp_path: Path
) -> None:
    evading = Evading(Steps(world, client_of), runtime)
    await evading.prepare(tmp_path)
    await evading.pending(1, "finance", 案件标签="涉行政机关")
    await evading.pending(2, "civil")
    clue = await evading.refer("court", await evading.ids(1))
    assert clue["status"] == "SENT", clue
    units, other = world.organizations, await evading.ids(2)
    given = {
        "court": units["county.court"],
        "police": units["county.police"],
        "case": decode_node_id(other[0], path=())[1],
        "subject": decode_node_id(other[1], path=())[1],
        "status": "SENT",
        "tenant": world.jurisdictions[CITY],
        "place": world.jurisdictions[COUNTY],
    }
    denied = [
        # The police refer nothing, a court nothing of another's case, nor to itself, nor what is taken up already.
        ("county.police", COPY, given),
        ("county.civil", COPY, given),
        ("neighbour.court", COPY, {**given, "court": units["neighbour.court"]}),
        ("county.court", COPY, {**given, "police": units["county.court"]}),
        ("county.court", COPY, {**given, "court": units["neighbour.court"]}),
        ("county.court", COPY, {**given, "status": "FILED"}),
        # Whoever sees a case tags none that is not its court's.
        ("county.civil", TAG, given),
        ("county.civil", TAG, {**given, "court": units["county.civil"]}),
        ("county.credit", TAG, given),
        ("neighbour.court", TAG, {**given, "court": units["neighbour.court"]}),
        # A court alarms nobody but the police of its clue.
        ("county.court", ALERT, {"to": units["county.finance"]}),
        ("county.police", ALERT, {"to": units["county.court"]}),
        # What was said is neither altered nor taken away.
        ("county.court", "update evasion_clue_step set event = 'x'", {}),
        ("county.police", "delete from evasion_clue_evidence", {}),
        ("county.court", "delete from evasion_clue", {}),
        ("county.court", "delete from case_tag", {}),
        ("county.court", "update case_tagging set late = true", {}),
    ]
    for who, done, values in denied:
        assert await changed(world, who, done, values) == 0, (who, done)
    tables = (EvasionClue, EvasionClueStep, EvasionClueEvidence)
    seen = {
        who: [await count(world, who, table) for table in tables]
        for who in ("county.court", "county.police", "county.audit", "county.finance", "county.office", "city.court")
    }
    assert seen == {
        "county.court": [1, 1, 1],
        "county.police": [1, 1, 1],
        "county.audit": [1, 0, 0],
        "county.finance": [0, 0, 0],
        "county.office": [0, 0, 0],
        "city.court": [0, 0, 0],
    }
    # Whatever else a unit may be: of a clue about itself it reads nothing, not even that there is one.
    async with world.sessions.system("test") as session:
        await session.execute(update(EvasionClue).values(debtor_id=units["county.audit"]))
    assert [await count(world, "county.audit", table) for table in tables] == [0, 0, 0]
    assert [await count(world, who, CaseTag) for who in ("county.court", "county.finance", "county.civil")] == [1, 1, 0]
    assert await count(world, "neighbour.court", LegalCase) == 0
    for who in ("neighbour.court", "county.civil", "county.finance"):
        assert await changed(world, who, "update case_tag set ground = '某'", {}) == 0, who


async def changed(world: World, who: str, done: str, values: dict[str, object]) -> int:
    """How many rows a statement changed; none when the database refuses it."""
    async with world.sessions.write(world[who]) as session:
        try:
            return int((await session.execute(text(done), values)).rowcount)
        except DBAPIError as refused:
            if not any(word in str(refused) for word in ("row-level security", "permission denied")):
                raise
            await session.rollback()
            return 0


async def count(world: World, who: str, table: type) -> int:
    async with world.sessions.write(world[who]) as session:
        return await session.scalar(select(func.count()).select_from(table)) or 0
