"""The released schema is kept: breaks are listed, removals wait for their day, deprecations name it; use is counted."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from graphql import build_schema as schema_of
from graphql import parse
from sqlalchemy import select

from hub.audit.usage import usage_since
from hub.cli import schema as command
from hub.core.deprecation import Deprecation, removal_date
from hub.core.errors import Refused
from hub.core.texts import Text
from hub.db.models import FieldUsage
from schema.build import build_schema
from schema.changes import Accepted, find_faults, read_accepted
from schema.deprecated import DeprecatedUse
from schema.documents import Document
from schema.execution import Asked, Executor
from tests.support.world import World

DAY = date(2027, 6, 30)
REASON = str(Deprecation(Text("请用 code", "use code"), since=date(2026, 6, 1), removal=DAY))
KEPT = "type Query { code: String }"
OLD = f'type Query {{ code: String number: String @deprecated(reason: "{REASON}") }}'


def faults(released: str, current: str, *accepted: str, today: date = date(2026, 6, 15)) -> list[str]:
    listed = [Accepted(change, "已商定") for change in accepted]
    return [each.code for each in find_faults(schema_of(released), schema_of(current), listed, today=today)]


def test_the_schema_as_it_is_may_be_released() -> None:
    assert command.faults() == []


def test_a_deprecation_says_why_and_until_when_in_both_languages() -> None:
    assert "移除日期 2027-06-30" in REASON
    assert "removal on 2027-06-30" in REASON
    assert removal_date(REASON) == DAY
    assert removal_date("use code") is removal_date("(removal on 2027-13-30)") is None
    with pytest.raises(ValueError, match="after"):
        Deprecation(Text("甲", "a"), since=DAY, removal=DAY)


def test_additions_pass_and_a_break_fails_unless_it_is_listed() -> None:
    more = "type Query { code: String year: String }"
    assert faults(KEPT, more) == []
    assert faults(more, KEPT) == ["SCHEMA_BREAKING"]
    assert faults(more, KEPT, "FIELD_REMOVED: Field Query.year was removed.") == []
    changed = "type Query { code: [String] }"
    assert faults(KEPT, changed) == ["SCHEMA_BREAKING"]
    assert faults(KEPT, changed, "FIELD_CHANGED_KIND: Field Query.code changed type from String to [String].") == []


def test_an_entry_that_no_longer_applies_fails() -> None:
    assert faults(KEPT, KEPT, "FIELD_REMOVED: Field Query.year was removed.") == ["SCHEMA_ACCEPTANCE_STALE"]


def test_what_is_deprecated_goes_on_its_day_and_not_before_whoever_accepts_it() -> None:
    listed = "FIELD_REMOVED: Field Query.number was removed."
    assert faults(OLD, OLD) == []
    assert faults(OLD, KEPT, listed, today=DAY - timedelta(days=1)) == ["SCHEMA_REMOVED_EARLY"]
    assert faults(OLD, KEPT, today=DAY) == []


@pytest.mark.parametrize(
    "place",
    ["type Query { a: Int D }", "type Query { a(b: Int D): Int }", "type Query { a(b: I): Int } input I { c: Int D }"],
)
def test_a_deprecation_without_a_day_fails_wherever_it_stands(place: str) -> None:
    assert faults(place.replace(" D", ""), place.replace("D", '@deprecated(reason: "old")')) == [
        "SCHEMA_DEPRECATION_UNDATED"
    ]
    assert faults(place.replace(" D", ""), place.replace("D", f'@deprecated(reason: "{REASON}")')) == []


@pytest.mark.parametrize(
    "text", ["a: b", "- change: x", "- {change: x, reason: ' '}", "- {change: x, reason: y, z: 1}", "["]
)
def test_a_list_of_accepted_changes_without_reasons_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "accepted.yaml"
    path.write_text(text)
    with pytest.raises(Refused, match="SCHEMA_ACCEPTED_INVALID"):
        read_accepted(path)


SMALL = schema_of(f"""
    type Query {{
        items(filter: F, old: Int @deprecated(reason: "{REASON}")): [T]
        number: Int @deprecated(reason: "{REASON}")
    }}
    type T {{ id: ID code: String @deprecated(reason: "{REASON}") }}
    input F {{ name: String @deprecated(reason: "{REASON}") kind: K all: [F!] }}
    enum K {{ NEW OLD @deprecated(reason: "{REASON}") }}
""")


@pytest.mark.parametrize(
    ("text", "variables", "used"),
    [
        ("{ items { id } }", None, set()),
        ("{ number items { ...R } } fragment R on T { c: code }", None, {"Query.number", "T.code"}),
        ("{ items(old: 1) { id } }", None, {"Query.items(old:)"}),
        ('{ items(filter: {name: "x", kind: OLD}) { id } }', None, {"F.name", "K.OLD"}),
        ("query($f: F) { items(filter: $f) { id } }", {"f": {"all": [{"kind": "OLD"}]}}, {"K.OLD"}),
        ("query($f: F) { items(filter: $f) { id } }", {"f": {"name": None}}, {"F.name"}),
        ("query($f: F) { items(filter: $f) { id } }", {"f": {"kind": "NEW"}, "other": {"name": 1}}, set()),
    ],
)
def test_what_an_operation_uses_is_found_in_its_text_and_its_variables(text, variables, used) -> None:
    document = Document.of(text, parse(text))
    finder = DeprecatedUse(SMALL)
    for _ in range(2):
        assert finder.of(document, document.operations[0], variables) == used


async def test_use_is_counted_per_client_and_day_and_added_up_over_processes(
    world: World, runtime, monkeypatch
) -> None:
    """The schema deprecates nothing yet: the title of an item plays what is to go."""
    made = build_schema()
    field = made.graphql.type_map["DoubleListItem"].fields["title"]
    monkeypatch.setattr(field, "deprecation_reason", REASON)
    executors = [Executor(made, runtime) for _ in range(2)]
    for executor in executors:
        await executor.run(Asked("{ doubleListItems { nodes { title } } }"), world["county.police"])
        await executor.run(Asked("{ doubleListItems { nodes { code } } }"), world["county.court"])
        await runtime.usage.settle()
    world.clock.advance(days=1)
    await executors[0].run(Asked("{ doubleListItems { nodes { title } } }"), world["county.police"])
    async with world.sessions.system("test") as session:
        assert [each.operations for each in await session.scalars(select(FieldUsage))] == [2]
    await runtime.usage.aclose()
    async with world.sessions.system("test") as session:
        (found,) = await usage_since(session, date(2026, 6, 1))
        assert await usage_since(session, date(2026, 6, 17)) == []
    assert (found.coordinate, found.client_id, found.operations) == ("DoubleListItem.title", "county.police", 3)
    shown = command.usage_table([found])
    assert "county.police" in shown
    assert "2027-06-30" in shown
    assert '"removal":"2027-06-30"' in command.usage_json([found])
