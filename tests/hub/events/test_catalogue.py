"""What can be told outside is what the workflows do: every type has its place in a committed schema, and no other."""

from __future__ import annotations

import importlib
import re
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator, ValidationError

from hub.addresses.workflow import ADDRESS
from hub.bankruptcy.fund_workflow import DISBURSEMENT
from hub.bankruptcy.plan_workflow import PLAN as STABILITY_PLAN
from hub.bankruptcy.workflow import BANKRUPTCY
from hub.bankruptcy.workflow import MATTER as BANKRUPTCY_MATTER
from hub.campaign.round_workflow import ROUND
from hub.campaign.workflow import CAMPAIGN
from hub.clues.workflow import CLUE
from hub.control.workflow import CONTROL
from hub.core.workflow import Machine
from hub.credit.telling import told_as
from hub.credit.workflow import DISHONESTY
from hub.evasion.workflow import CLUE as EVASION
from hub.events.catalogue import FAMILIES, TEST_FAMILY, event_types, is_known, matches, schema
from hub.inquiry.order_workflow import ORDER
from hub.inquiry.workflow import QUERY
from hub.integrity.complaint_workflow import COMPLAINT
from hub.integrity.evaluation import ENGAGEMENT
from hub.integrity.workflow import RECORD
from hub.linkage.workflows.coordination import COORDINATION
from hub.linkage.workflows.double_list import DOUBLE_LIST
from hub.linkage.workflows.item import ITEM
from hub.linkage.workflows.matter import MATTER
from hub.linkage.workflows.meeting import MEETING
from hub.linkage.workflows.task import TASK
from hub.lookout.workflow import HIT, LOOKOUT
from hub.marriage.workflow import BATCH
from hub.objection.workflow import OBJECTION
from hub.organizations.membership_workflow import MEMBERSHIP_CHANGE
from hub.plans.workflow import PLAN
from hub.publicity.workflow import PUBLICITY
from hub.punishment.overdue.workflow import OVERDUE
from hub.punishment.workflow import MEASURE
from hub.repair.workflow import REPAIR
from hub.supervision.assessments import ASSESSMENT
from hub.supervision.interviews import INTERVIEW
from hub.supervision.suggestion_workflow import SUGGESTION
from hub.supervision.workflow import NOTICE
from schema.binding.declare import OBJECTS
from schema.build import build_schema

ROOT = Path(__file__).parents[3]
MACHINES: dict[str, Machine] = {
    "doublelist": DOUBLE_LIST,
    "doublelistitem": ITEM,
    "task": TASK,
    "matter": MATTER,
    "meeting": MEETING,
    "coordination": COORDINATION,
    "memberchange": MEMBERSHIP_CHANGE,
    "notice": NOTICE,
    "interview": INTERVIEW,
    "suggestion": SUGGESTION,
    "assessment": ASSESSMENT,
    "bankruptcy": BANKRUPTCY,
    "bankruptcymatter": BANKRUPTCY_MATTER,
    "stabilityplan": STABILITY_PLAN,
    "funddisbursement": DISBURSEMENT,
    "complaint": COMPLAINT,
    "evaluation": ENGAGEMENT,
    "publicity": PUBLICITY,
    "integrity": RECORD,
    "integrityperson": RECORD,
    "measure": MEASURE,
    "overduelist": OVERDUE,
    "execquery": QUERY,
    "execorder": ORDER,
    "marriagebatch": BATCH,
    "campaign": CAMPAIGN,
    "campaignround": ROUND,
    "serviceaddress": ADDRESS,
    "creditrepair": REPAIR,
    "creditobjection": OBJECTION,
    "controlorder": CONTROL,
    "lookout": LOOKOUT,
    "lookouthit": HIT,
    "fundclue": CLUE,
    "evasionclue": EVASION,
    "performanceplan": PLAN,
}
ANNOUNCED = re.compile(r'announce\(unit, (\w+), \w+, "(\w+)"\)')


def published() -> set[str]:
    """Types that the sources publish: events of the tables, and what is announced by name."""
    found = {f"{family}.{event}" for family, machine in MACHINES.items() for event in machine.events()}
    moves = {(source, row.target) for row in DISHONESTY.transitions for source in row.sources}
    found |= {f"dishonesty.{told_as(before, after)}" for before, after in moves}
    for path in (ROOT / "hub").rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        found |= set(re.findall(r'type_="([a-z]+\.[a-zA-Z]+)"', text))
        for course, change in ANNOUNCED.findall(text):
            module = importlib.import_module(".".join(path.relative_to(ROOT).with_suffix("").parts))
            found.add(f"{getattr(module, course).event_type}.{change}")
    return found


def test_the_schemas_name_every_type_that_is_published_and_no_other() -> None:
    assert event_types() == published()


@pytest.mark.parametrize("family", [*FAMILIES, TEST_FAMILY])
def test_every_schema_is_one_and_describes_its_fields(family: str) -> None:
    found = schema(family)
    Draft202012Validator.check_schema(found)
    assert found["additionalProperties"] is False
    for name, field in found["properties"]["ids"]["properties"].items():
        assert re.search("[\u4e00-\u9fff]", field["description"]), name


def test_a_family_has_the_tag_and_the_scopes_of_its_type_in_graphql() -> None:
    build_schema()
    by_table = {each.table.name: each for each in OBJECTS.values() if each.table is not None and each.tag is not None}
    for family in FAMILIES.values():
        declared = by_table[family.topic.table.name]
        assert (family.tag, set(family.scopes)) == (declared.tag, set(declared.scopes)), family.name


def test_an_event_with_anything_but_ids_is_none() -> None:
    key = "01a218d8-1a0d-71d5-b2ff-77ef245dc6c8"
    event = {
        "id": key,
        "type": "task.report",
        "schemaVersion": 1,
        "key": f"LinkageTask:{key}",
        "ids": {"id": key, "node": "TFQBohjYGc5xf7VN4J3ShrtE", "version": 2},
    }
    check = Draft202012Validator(schema("task"))
    check.validate(event)
    for wrong in (
        {**event, "title": "执行联动"},
        {**event, "ids": {**event["ids"], "title": "执行联动"}},
        {**event, "type": "task.unknown"},
        {**event, "schemaVersion": 2},
    ):
        with pytest.raises(ValidationError):
            check.validate(wrong)


def test_types_and_families_are_asked_for_by_name() -> None:
    assert is_known("task.report")
    assert is_known("task.*")
    assert not any(
        is_known(each) for each in ("*", ".*", "task", "task.", "task.nothing", "webhook.*", "webhook.test", "")
    )
    assert matches(["task.*"], "task.report")
    assert not matches(["task.*", "doublelist.*"], "doublelistitem.report")
