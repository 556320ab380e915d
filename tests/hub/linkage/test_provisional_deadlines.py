"""A deadline that falls into a year without a calendar is provisional, is alarmed, and becomes final by an import."""

from __future__ import annotations

import pytest

from hub.core.errors import Refused
from hub.policy.calendar_file import CalendarFormat, parse_calendar_file
from hub.policy.importing import import_calendars, import_pack
from hub.worker import work_round
from tests.obligations.steps import Steps
from tests.support.client import ClientOf
from tests.support.world import COUNTY, World

ARRANGEMENT = """
year: 2027
document_no: 国办发明电〔2026〕99号
holidays:
  - {name: 元旦, from: 2027-01-01, to: 2027-01-05}
  - {name: 春节, from: 2027-02-05, to: 2027-02-11}
  - {name: 清明节, from: 2027-04-03, to: 2027-04-05}
  - {name: 劳动节, from: 2027-05-01, to: 2027-05-05}
  - {name: 端午节, date: 2027-06-09}
  - {name: 中秋节, date: 2027-09-15}
  - {name: 国庆节, from: 2027-10-01, to: 2027-10-07}
workdays:
  - {name: 春节, date: 2027-01-30}
"""
PACK = f"""
jurisdiction_code: "{COUNTY}"
version: "2026.1"
title: 试行办法
document_no: 温政办〔2026〕1号
issued_on: 2026-01-01
effective_from: 2026-01-01
parameters: {{}}
"""
FIELDS = "nextReportOn reportExplanation { provisional dueOn steps { text } }"


@pytest.fixture
def steps(world: World, client_of: ClientOf) -> Steps:
    return Steps(world, client_of)


async def test_a_report_due_in_an_unknown_year_is_provisional_until_the_year_is_imported(
    steps: Steps, world: World, runtime
) -> None:
    item = await steps.running(deadlineKind="LONG_TERM", dueOn="")
    world.clock.move_to(2026, 12, 1)
    await steps.item("court", item, "report", '{text: "进展"}')
    read = f"query($id: ID!) {{ node(id: $id) {{ ... on DoubleListItem {{ {FIELDS} }} }} }}"
    before = (await steps.read("court", read, id=item["id"]))["node"]
    assert before["reportExplanation"]["provisional"] is True
    assert before["nextReportOn"] == "2027-01-05"
    async with world.sessions.system("test") as session:
        found = parse_calendar_file(ARRANGEMENT.encode(), CalendarFormat.YAML)
        await import_calendars(session, found, origin="2027.yaml", clock=world.clock)
    await work_round(runtime)
    after = (await steps.read("court", read, id=item["id"]))["node"]
    assert (after["nextReportOn"], after["reportExplanation"]["provisional"]) == ("2027-01-06", False)


async def test_a_version_of_a_pack_is_imported_once_and_never_changed(steps: Steps, world: World) -> None:
    async with world.sessions.system("test") as session:
        assert (await import_pack(session, PACK.encode(), clock=world.clock))[1] is True
    async with world.sessions.system("test") as session:
        assert (await import_pack(session, PACK.encode(), clock=world.clock))[1] is False
    with pytest.raises(Refused) as refused:
        async with world.sessions.system("test") as session:
            await import_pack(session, PACK.replace("试行办法", "办法").encode(), clock=world.clock)
    assert refused.value.code == "PACK_VERSION_TAKEN"
    query = f'{{ policyPack(jurisdictionCode: "{COUNTY}") {{ version documentNo parameters {{ key }} }} }}'
    pack = (await steps.read("police", query))["policyPack"]
    assert (pack["version"], pack["documentNo"]) == ("2026.1", "温政办〔2026〕1号")
