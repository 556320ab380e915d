"""A county's folder becomes its register: once, whole, audited, and changing only what has changed."""

from __future__ import annotations

import asyncio
import re
from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import text
from stdnum.cn.uscc import calc_check_digit

from hub.app import app_of
from hub.auth.clients import create_client
from hub.config import Settings
from hub.core.clock import local_date
from hub.core.errors import Refused
from hub.core.keyring import KeyRing
from hub.db.session import Sessions
from hub.organizations.register.files import load_register
from hub.organizations.register.importing import import_register
from hub.organizations.register.telling import Telling
from hub.policy.importing import import_pack
from hub.runtime import Runtime
from tests.hub.organizations.conftest import BODIES, CITY, EXAMPLE, JURISDICTIONS, UNITS, Edit, Import
from tests.support.client import ISSUER, Client
from tests.support.clock import MovableClock

TABLES = (
    "jurisdiction",
    "organization",
    "organization_alias",
    "organization_function",
    "organization_superior",
    "organization_group",
    "organization_group_member",
    "court",
    "coordination_body",
    "body_membership",
    "liaison",
    "policy_pack",
    "audit_event",
)
JUSTICE = "明川县司法局"


async def rows(sessions: Sessions, statement: str, **values: object) -> list[dict[str, Any]]:
    async with sessions.system("test") as session:
        return [dict(row) for row in (await session.execute(text(statement), values)).mappings()]


async def everything(sessions: Sessions) -> dict[str, list[str]]:
    return {table: sorted(map(str, await rows(sessions, f"select * from {table}"))) for table in TABLES}


def content_of(path: str) -> bytes:
    return Path(path).read_bytes()


async def wordings(sessions: Sessions, name: str) -> set[str]:
    found = await rows(
        sessions,
        "select a.alias from organization_alias a join organization o on o.id = a.organization_id where o.name = :name",
        name=name,
    )
    return {row["alias"] for row in found}


async def functions(sessions: Sessions, name: str) -> dict[str, tuple[date, date | None]]:
    found = await rows(
        sessions,
        "select f.role, f.valid_from, f.valid_to from organization_function f "
        "join organization o on o.id = f.organization_id where o.name = :name",
        name=name,
    )
    return {row["role"]: (row["valid_from"], row["valid_to"]) for row in found}


async def test_a_preview_writes_nothing(sessions: Sessions, previewing: Import) -> None:
    plan = await previewing()
    assert plan.changes_something
    assert len(plan.units.added) == 18
    assert all(found == [] for found in (await everything(sessions)).values())


async def test_a_county_works_from_its_folder(
    sessions: Sessions, keyring: KeyRing, clock: MovableClock, importing: Import
) -> None:
    await importing()
    runtime = Runtime.over(sessions, Settings(issuer=ISSUER, _env_file=None), keyring, clock)
    secrets = {}
    for client, name in (("office", JUSTICE), ("police", "明川县公安局"), ("city", "云岭市司法局")):
        async with sessions.system("operator") as session:
            (owner,) = await rows(sessions, "select id from organization where name = :name", name=name)
            scopes = ["organization:read", "doublelist:read"]
            issued = await create_client(
                session, client_id=client, organization_id=owner["id"], name=name, scopes=scopes, at=clock()
            )
            secrets[client] = issued.secret or ""
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app_of(runtime)), base_url=ISSUER) as http:
        asked = "{ coordinationBodies { nodes { name memberships { post organization { name } } } } }"
        for client in ("office", "police"):
            (body,) = (await Client(http, client, secrets[client]).data(asked))["coordinationBodies"]["nodes"]
            assert body["name"] == "明川县府院联动工作联席会议"
            assert len(body["memberships"]) == 11
        functions_of = "{ viewer { functions { role } } }"
        city = await Client(http, "city", secrets["city"]).data(functions_of)
        assert [each["role"] for each in city["viewer"]["functions"]] == ["SUPERIOR_DEPARTMENT"]


async def test_rows_are_placed_in_the_tenant_of_the_prefecture(sessions: Sessions, importing: Import) -> None:
    await importing()
    places = {row["code"]: row for row in await rows(sessions, "select id, code, path, tenant_id from jurisdiction")}
    assert places["419721101"]["path"] == "410000/419700/419721/419721101/"
    assert places["419721101"]["tenant_id"] == places["419700"]["id"]
    assert places["410000"]["tenant_id"] == places["410000"]["id"]
    for table in ("coordination_body", "body_membership", "liaison"):
        placed = await rows(sessions, f"select distinct tenant_id, jurisdiction_path from {table}")
        assert placed == [{"tenant_id": places["419700"]["id"], "jurisdiction_path": "410000/419700/419721/"}]
    lines = await rows(
        sessions,
        "select o.name, s.name as above, l.kind, depth from organization_superior l "
        "join organization o on o.id = l.organization_id join organization s on s.id = l.superior_id "
        "where o.name = :name",
        name=JUSTICE,
    )
    assert {(row["above"], row["kind"], row["depth"]) for row in lines} == {
        ("明川县人民政府", "ADMINISTRATIVE", 1),
        ("云岭市人民政府", "ADMINISTRATIVE", 2),
        ("云岭市司法局", "BUSINESS", 1),
    }
    courts = await rows(sessions, "select court_code, court_level from court order by court_code")
    assert [tuple(row.values()) for row in courts] == [("豫97", "INTERMEDIATE"), ("豫9721", "BASIC")]


async def test_telephone_numbers_are_sealed(sessions: Sessions, importing: Import) -> None:
    await importing()
    found = await rows(sessions, "select phone_sealed, phone_masked from liaison order by phone_masked")
    assert [row["phone_masked"] for row in found] == [f"139****900{i}" for i in range(1, 5)]
    assert "1390000900" not in str(found)


async def test_the_same_folder_again_changes_nothing(
    sessions: Sessions, importing: Import, clock: MovableClock
) -> None:
    assert (await importing()).changes_something
    before = await everything(sessions)
    clock.advance(days=40)
    again = await importing()
    assert not again.changes_something
    assert again.differences == again.units.missing == again.groups.missing == ()
    assert await everything(sessions) == before


async def test_every_entry_is_audited_in_its_jurisdiction(sessions: Sessions, importing: Import, edit: Edit) -> None:
    await importing()
    kinds = Counter(
        row["target_kind"]
        for row in await rows(sessions, "select target_kind from audit_event where event = 'register:import'")
    )
    assert kinds == {
        "Jurisdiction": 5,
        "Organization": 18,
        "OrganizationGroup": 2,
        "CoordinationBody": 1,
        "Liaison": 4,
    }
    edit(UNITS, "role: CREDIT_OFFICE", "role: AUDITOR")
    await importing()
    (entry,) = await rows(
        sessions,
        "select subject, jurisdiction_path, detail from audit_event where event = 'register:import' "
        "and detail->>'act' = 'change'",
    )
    assert (entry["subject"], entry["jurisdiction_path"]) == ("operator", "410000/419700/419721/")
    assert entry["detail"] == {
        "act": "change",
        "fields": ["functions"],
        "functions_added": ["AUDITOR@419721"],
        "functions_ended": ["CREDIT_OFFICE@419721"],
    }
    texts = str(await rows(sessions, "select detail from audit_event"))
    assert "联络员" not in texts
    assert "1390000" not in texts


async def test_a_changed_name_keeps_the_old_one_as_alias(sessions: Sessions, importing: Import, edit: Edit) -> None:
    await importing()
    edit(UNITS, "name: 明川县财政局", "name: 明川县财政和国资局")
    plan = await importing()
    assert [[name for name, _, _ in each.fields()] for each in plan.units.changed] == [["name", "aliases"]]
    assert {"明川县财政和国资局", "明川县财政局", "财政局", "县财政局"} == await wordings(
        sessions, "明川县财政和国资局"
    )
    told = "\n".join(Telling(plan).lines())
    assert "明川县财政局 → 明川县财政和国资局" in told
    assert not (await importing()).changes_something


async def test_an_old_name_goes_to_the_unit_the_folder_gives_it(
    sessions: Sessions, importing: Import, edit: Edit
) -> None:
    await importing()
    edit(UNITS, "aliases: [县财政局]", "aliases: []")
    edit(UNITS, "aliases: [县公安局]", "aliases: [县公安局, 县财政局]")
    await importing()
    assert "县财政局" not in await wordings(sessions, "明川县财政局")
    assert "县财政局" in await wordings(sessions, "明川县公安局")
    assert not (await importing()).changes_something


async def test_reform_ends_a_unit_and_its_functions_and_names_the_successor(
    sessions: Sessions, importing: Import, edit: Edit, county: Path
) -> None:
    await importing()
    path = county / UNITS
    content = path.read_text(encoding="utf-8")
    start = content.index("  - key: mingchuan-finance")
    end = content.index("  - key: mingchuan-tax")
    former = content[start:end].split("    functions:")[0]
    former += "    valid_to: 2026-12-31\n    successor: mingchuan-development\n"
    path.write_text(content[:start] + former + content[end:], encoding="utf-8")
    with pytest.raises(Refused) as refusal:
        await importing()
    assert {reason.code for reason in refusal.value.reasons} == {"REGISTER_UNIT_ENDED"}
    edit(BODIES, "organization: mingchuan-finance, role: MEMBER, post: 主要负责人, valid_from: 2024-03-01", (
        "organization: mingchuan-finance, role: MEMBER, post: 主要负责人, valid_from: 2024-03-01, valid_to: 2026-12-31"
    ))  # fmt: skip
    liaison = next(line for line in (county / BODIES).read_text().splitlines() if "联络员（财政局）" in line)
    edit(BODIES, liaison + "\n", "")
    plan = await importing()
    (changed,) = plan.units.changed
    assert {name for name, _, _ in changed.fields()} == {"valid_to", "successor", "functions"}
    assert (await functions(sessions, "明川县财政局"))["MEMBER_DEPARTMENT"][1] == date(2026, 12, 31)
    (found,) = await rows(
        sessions,
        "select o.valid_to, s.name from organization o join organization s on s.id = o.successor_id "
        "where o.name = '明川县财政局'",
    )
    assert found == {"valid_to": date(2026, 12, 31), "name": "明川县发展和改革委员会"}
    seats = await rows(sessions, "select valid_to from body_membership where valid_to is not null")
    assert seats == []
    (difference,) = plan.differences
    assert [seat.valid_to for seat in difference.seats_wanted] == [date(2026, 12, 31)]
    assert "× 明川县财政局" in "\n".join(Telling(plan).lines())
    assert not (await importing()).changes_something


async def test_a_function_taken_away_gives_no_right_from_that_moment(
    sessions: Sessions, importing: Import, edit: Edit, clock: MovableClock
) -> None:
    await importing()
    clock.advance(days=30)
    edit(UNITS, '      - {role: JOINT_MEETING_OFFICE, jurisdiction: "419721"}\n', "")
    edit(
        UNITS,
        '      - {role: CREDIT_OFFICE, jurisdiction: "419721"}',
        '      - {role: CREDIT_OFFICE, jurisdiction: "419721"}\n'
        '      - {role: JOINT_MEETING_OFFICE, jurisdiction: "419721"}',
    )
    await importing()
    today = local_date(clock())
    assert (await functions(sessions, JUSTICE))["JOINT_MEETING_OFFICE"][1] == today - timedelta(days=1)
    assert (await functions(sessions, "明川县发展和改革委员会"))["JOINT_MEETING_OFFICE"] == (today, None)
    assert not (await importing()).changes_something


async def test_superiors_follow_a_unit_that_moves(sessions: Sessions, importing: Import, edit: Edit) -> None:
    await importing()
    edit(
        CITY, "    parent: yunling-government\n", "    parent: yunling-government\n    business_superior: yunling-tax\n"
    )
    edit(UNITS, "    parent: yunling-government\n", "")
    await importing()
    lines = await rows(
        sessions,
        "select s.name, l.kind, depth from organization_superior l join organization o on o.id = l.organization_id "
        "join organization s on s.id = l.superior_id where o.name = :name",
        name=JUSTICE,
    )
    assert {tuple(row.values()) for row in lines} == {
        ("明川县人民政府", "ADMINISTRATIVE", 1),
        ("云岭市司法局", "BUSINESS", 1),
        ("国家税务总局云岭市税务局", "BUSINESS", 2),
    }


async def test_a_unit_without_uscc_is_known_by_name_and_may_get_one(
    sessions: Sessions, importing: Import, edit: Edit
) -> None:
    edit(UNITS, '    uscc: "1141972100000006XU"\n', "")
    await importing()
    edit(UNITS, "  - key: mingchuan-police\n", '  - key: police\n    uscc: "1141972100000006XU"\n')
    for file in (BODIES,):
        for _ in range(2):
            edit(file, "organization: mingchuan-police", "organization: police")
    plan = await importing()
    assert plan.units.added == ()
    (changed,) = plan.units.changed
    assert changed.fields() == [("uscc", None, "1141972100000006XU")]
    reissued = calc_check_digit("11419721000000098")
    edit(UNITS, '    uscc: "1141972100000006XU"\n', f'    uscc: "11419721000000098{reissued}"\n')
    (changed,) = (await importing()).units.changed
    kept = next(after for name, _, after in changed.fields() if name == "aliases")
    assert "1141972100000006XU" in str(kept)
    edit(UNITS, f'    uscc: "11419721000000098{reissued}"\n', "")
    assert not (await importing()).changes_something


async def test_what_is_missing_from_the_folder_is_named_and_left_alone(
    sessions: Sessions, importing: Import, county: Path, edit: Edit
) -> None:
    await importing()
    text_ = (county / UNITS).read_text(encoding="utf-8")
    start, end = text_.index("  - key: mingchuan-rule-of-law"), text_.index("\n  # Institutional reform")
    (county / UNITS).write_text(text_[:start] + text_[end:], encoding="utf-8")
    edit(UNITS, "    aliases: [各乡镇、街道]\n", "")
    (county / BODIES).write_text("bodies: []\nliaisons: []\n", encoding="utf-8")
    before = await everything(sessions)
    plan = await importing()
    assert not plan.changes_something
    assert [unit.name for unit in plan.units.missing] == ["中共明川县委全面依法治县委员会办公室"]
    assert [group.name for group in plan.groups.missing] == ["各乡镇、街道"]
    assert [body.name for body in plan.missing_bodies] == ["明川县府院联动工作联席会议"]
    assert await everything(sessions) == before


async def test_seats_and_liaisons_of_a_standing_body_are_left_to_its_workflow(
    sessions: Sessions, importing: Import, edit: Edit
) -> None:
    await importing()
    before = await everything(sessions)
    edit(BODIES, "organization: mingchuan-tax", "organization: mingchuan-rule-of-law")
    edit(BODIES, "联络员（法院）", "新联络员")
    edit(BODIES, "13900009003", "13900009999")
    plan = await importing()
    assert not plan.changes_something
    (difference,) = plan.differences
    assert len(difference.seats_wanted) == len(difference.seats_unknown) == 1
    assert sorted(each.person_name for each in difference.liaisons) == ["新联络员", "联络员（公安局）"]
    assert await everything(sessions) == before
    told = "\n".join(Telling(plan).lines())
    assert "待增 (wanted) 中共明川县委全面依法治县委员会办公室" in told
    assert "待减 (not in the folder) 国家税务总局明川县税务局" in told
    assert "13900009999" not in told


async def test_a_member_without_a_liaison_gets_the_folders(sessions: Sessions, importing: Import, county: Path) -> None:
    await importing()
    with (county / BODIES).open("a", encoding="utf-8") as file:
        file.write(
            "  - {organization: mingchuan-tax, body: mingchuan-joint-meeting, person_name: 联络员, post: 科长, "
            'phone: "13900009005"}\n'
        )
    plan = await importing()
    assert [each.person_name for each in plan.liaisons] == ["联络员"]
    assert len(await rows(sessions, "select id from liaison")) == 5
    assert not (await importing()).changes_something


async def test_collective_wordings_follow_the_folder(sessions: Sessions, importing: Import, edit: Edit) -> None:
    await importing()
    edit(UNITS, "members: [mingchuan-chengguan, mingchuan-shiqiao]", "members: [mingchuan-shiqiao, mingchuan-police]")
    plan = await importing()
    assert len(plan.groups.changed) == 2
    members = await rows(
        sessions,
        "select g.name as of, o.name from organization_group_member m join organization_group g on g.id = m.group_id "
        "join organization o on o.id = m.organization_id",
    )
    assert {(row["of"], row["name"]) for row in members} == {
        (wording, name)
        for wording in ("各乡镇（街道）", "各乡镇、街道")
        for name in ("明川县石桥镇人民政府", "明川县公安局")
    }


async def test_a_shipped_policy_comes_with_a_new_jurisdiction_and_is_offered_to_a_standing_one(
    sessions: Sessions, keyring: KeyRing, clock: MovableClock, importing: Import, edit: Edit, county: Path
) -> None:
    for name in (JURISDICTIONS, UNITS, BODIES):
        path = county / name
        path.write_text(path.read_text().replace('"419721"', '"410825"').replace("4197210", "4108250"), "utf-8")
    path = county / JURISDICTIONS
    path.write_text(path.read_text().replace('"419700"', '"410800"').replace('"410825001"', '"410825009"'), "utf-8")
    for name in (UNITS, CITY, BODIES):
        path = county / name
        path.write_text(path.read_text().replace('"419700"', '"410800"').replace('"410825001"', '"410825009"'), "utf-8")
    # the USCCs keep their digits, whose region is no business of the jurisdiction
    path = county / UNITS
    path.write_text(path.read_text().replace('uscc: "1141082500', 'uscc: "1141972100'), "utf-8")
    plan = await importing()
    assert [pack.version for pack in plan.packs] == ["2021.1"]
    assert len(await rows(sessions, "select id from policy_pack")) == 1
    assert (await importing()).offered == ()
    async with sessions.system("test") as session:
        await session.execute(text("delete from policy_pack"))
    again = await importing()
    assert [pack.version for pack in again.offered] == ["2021.1"]
    offered = re.search(r"hub policy import-pack (\S+)", "\n".join(Telling(again).lines()))
    assert offered is not None
    offered_pack = content_of(offered[1])
    async with sessions.system("test") as session:
        _, new = await import_pack(session, offered_pack, clock=clock)
    assert new
    assert (await importing()).offered == ()


async def test_two_imports_at_once_enter_everything_once(
    sessions: Sessions, keyring: KeyRing, clock: MovableClock, county: Path
) -> None:
    async def run() -> bool:
        async with sessions.system("operator") as session:
            plan = await import_register(session, load_register(county), keyring, at=clock())
            return plan.changes_something

    assert sorted(await asyncio.gather(run(), run())) == [False, True]
    assert len(await rows(sessions, "select id from organization")) == 18


async def test_the_example_policy_fits_the_example_county(
    sessions: Sessions, importing: Import, clock: MovableClock
) -> None:
    await importing()
    async with sessions.system("operator") as session:
        pack, new = await import_pack(session, (EXAMPLE.parent / "county-policy.yaml").read_bytes(), clock=clock)
    assert (pack.jurisdiction_code, new) == ("419721", True)
