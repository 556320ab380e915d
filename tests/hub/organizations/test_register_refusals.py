"""A folder that is wrong is refused whole, with every reason and its place, and nothing is written."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from sqlalchemy import text
from stdnum.cn.uscc import calc_check_digit

from hub.core.errors import Refused
from hub.db.session import Sessions
from hub.organizations.register.files import load_register
from tests.hub.organizations.conftest import BODIES, CITY, JURISDICTIONS, UNITS, Edit, Import

USCC = "11419721000000078U"
OUTSIDER = (
    "liaisons:\n  - {organization: mingchuan-shiqiao, body: mingchuan-joint-meeting, person_name: 联络员, post: 科长, "
    "phone: '13900009999'}\n"
)

# file, old, new, code, place
DAMAGE = [
    (
        UNITS,
        "    short_name: 财政局",
        "    nickname: 财政局",
        "REGISTER_FIELD_UNKNOWN",
        (UNITS, "units", 6, "nickname"),
    ),
    (UNITS, "kind: COURT", "kind: TRIBUNAL", "REGISTER_VALUE_INVALID", (UNITS, "units", 2, "kind")),
    (UNITS, "aliases: [县财政局]", "aliases: 县财政局", "REGISTER_NOT_LIST", (UNITS, "units", 6, "aliases")),
    (BODIES, "valid_from: 2024-03-01", "valid_from: 03-01", "REGISTER_VALUE_INVALID", (BODIES, "bodies", 0)),
    (UNITS, USCC, USCC[:-1] + "7", "USCC_CHECK", (UNITS, "units", "mingchuan-finance")),
    (UNITS, USCC, "11419721000000086N", "REGISTER_VALUE_TWICE", (UNITS, "units", "mingchuan-tax", "uscc")),
    (UNITS, "court_code: 豫9721", "court_code: 豫97", "REGISTER_VALUE_TWICE", (UNITS, "units", "mingchuan-court")),
    (UNITS, "key: mingchuan-police", "key: mingchuan-finance", "REGISTER_KEY_DUPLICATE", (UNITS, "units")),
    (UNITS, "parent: mingchuan-gov", "parent: mingchuan-gone", "REGISTER_KEY_UNKNOWN", (UNITS, "units")),
    (CITY, "level: CITY\n", "level: CITY\n    parent: mingchuan-government\n", "REGISTER_CYCLE", ()),
    (JURISDICTIONS, "level: COUNTY", "level: TOWNSHIP", "REGISTER_LEVEL", (JURISDICTIONS, "jurisdictions", "419721")),
    (JURISDICTIONS, 'parent: "419721"', 'parent: "419721101"', "REGISTER_LEVEL", (JURISDICTIONS, "jurisdictions")),
    (UNITS, "[县财政局]", "[县财政局, 公安局]", "REGISTER_WORDING_AMBIGUOUS", ("units", "419721")),
    (UNITS, "[各乡镇、街道]", "[法院]", "REGISTER_WORDING_AMBIGUOUS", ("units", "419721")),
    (UNITS, "short_name: 财政局", f"short_name: {'财' * 101}", "REGISTER_TOO_LONG", (UNITS, "units")),
    (BODIES, "liaisons:\n", OUTSIDER, "REGISTER_NOT_MEMBER", (BODIES, "liaisons", "mingchuan-shiqiao")),
    (BODIES, "13900009001", "23900009001", "PHONE_FORM", (BODIES, "liaisons", "mingchuan-justice", "phone")),
    (BODIES, "role: OFFICE", "role: MEMBER", "REGISTER_BODY_INCOMPLETE", (BODIES, "bodies")),
]


def reasons_of(county: Path) -> dict[str, tuple[str | int, ...]]:
    with pytest.raises(Refused) as refusal:
        load_register(county)
    for reason in refusal.value.reasons:
        assert reason.text.zh
        assert reason.text.en
    return {reason.code: reason.path for reason in refusal.value.reasons}


async def counted(sessions: Sessions) -> list[int]:
    async with sessions.system("test") as session:
        tables = ("jurisdiction", "organization", "organization_alias", "coordination_body", "liaison", "audit_event")
        return [int(await session.scalar(text(f"select count(*) from {table}"))) for table in tables]


@pytest.mark.parametrize(
    ("file", "old", "new", "code", "place"), DAMAGE, ids=[f"{at}-{each[3]}" for at, each in enumerate(DAMAGE)]
)
def test_damage_is_refused_at_its_place(
    county: Path, edit: Edit, file: str, old: str, new: str, code: str, place: tuple[str | int, ...]
) -> None:
    edit(file, old, new)
    found = reasons_of(county)
    assert code in found
    assert found[code][: len(place)] == place


def test_the_wrong_character_of_a_uscc_is_named(county: Path, edit: Edit) -> None:
    edit(UNITS, USCC, USCC[:-1] + "7")
    with pytest.raises(Refused) as refusal:
        load_register(county)
    (reason,) = refusal.value.reasons
    assert reason.params == {"position": 18, "character": "7", "expected": "U"}


def test_doubts_about_a_uscc_are_told_and_do_not_refuse(county: Path, edit: Edit) -> None:
    edit(UNITS, "kind: PARTY_ORGAN", "kind: MASS_ORG")
    (doubt,) = load_register(county).doubts
    assert (doubt.code, doubt.path) == ("REGISTER_USCC_KIND", (UNITS, "units", "mingchuan-rule-of-law"))


async def test_all_damage_is_named_together_and_nothing_written(
    sessions: Sessions, county: Path, edit: Edit, importing: Import
) -> None:
    for code in ("USCC_CHECK", "REGISTER_LEVEL", "REGISTER_WORDING_AMBIGUOUS", "REGISTER_NOT_MEMBER"):
        file, old, new, *_ = next(each for each in DAMAGE if each[3] == code)
        edit(file, old, new)
    with pytest.raises(Refused) as refusal:
        await importing()
    codes = {"USCC_CHECK", "REGISTER_LEVEL", "REGISTER_WORDING_AMBIGUOUS", "REGISTER_NOT_MEMBER"}
    assert codes <= {reason.code for reason in refusal.value.reasons}
    assert await counted(sessions) == [0] * 6


def unreadable(county: Path) -> dict[str, str]:
    with pytest.raises(Refused) as refusal:
        load_register(county)
    assert {reason.code for reason in refusal.value.reasons} == {"REGISTER_FILE_UNREADABLE"}
    return {str(reason.path[0]): str(reason.params["problem"]) for reason in refusal.value.reasons}


def test_files_that_are_no_text_of_a_register_are_refused_together(county: Path, tmp_path: Path) -> None:
    secret = tmp_path / "outside.yaml"
    secret.write_text("units: [{secret: 机密}]\n", encoding="utf-8")
    (county / UNITS).unlink()
    (county / UNITS).symlink_to(secret)
    (county / CITY).write_bytes("units: []\n# 县".encode("gb18030"))
    (county / BODIES).write_bytes(b"# " + b"x" * 10_000_000)
    found = unreadable(county)
    assert set(found) == {UNITS, CITY, BODIES}
    assert "目录之外" in found[UNITS]
    assert "机密" not in str(found)
    assert "UTF-8" in found[CITY]
    assert "4 MB" in found[BODIES]


def test_a_pipe_is_not_waited_for(county: Path) -> None:
    (county / BODIES).unlink()
    os.mkfifo(county / BODIES)
    assert set(unreadable(county)) == {BODIES}


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("bodies: &a []\nliaisons: *a\n", "aliases"),
        ("bodies: " + "[" * 100, "nested"),
        ("bodies: []\nbodies: []\n", "duplicate"),
        ("bodies: [\n", "expected"),
        ("bodies: !!python/object/apply:os.getcwd []", ""),
    ],
)
def test_yaml_that_could_harm_is_refused(county: Path, content: str, problem: str) -> None:
    (county / BODIES).write_text(content, encoding="utf-8")
    if problem:
        assert problem in unreadable(county)[BODIES]
    else:
        assert load_register(county.parent / "county").register.bodies == ()


def test_a_folder_without_its_files_is_refused(tmp_path: Path) -> None:
    assert set(unreadable(tmp_path)) == {JURISDICTIONS, BODIES}


def test_a_misspelt_file_is_told(county: Path) -> None:
    (county / "bodeis.yaml").write_text("bodies: []\n")
    (county / "organizations" / "more.yml").write_text("units: []\n")
    assert load_register(county).unread == ("bodeis.yaml", "organizations/more.yml")


AGAINST_WHAT_STANDS = [
    ('level: COUNTY, parent: "419700"', 'level: COUNTY, parent: "410000"', "REGISTER_PARENT_CHANGED"),
    ('code: "419721101"', 'code: "419721102"', "REGISTER_CODE_CHANGED"),
]


@pytest.mark.parametrize(("old", "new", "code"), AGAINST_WHAT_STANDS)
async def test_tenant_and_path_never_change(
    sessions: Sessions, importing: Import, edit: Edit, old: str, new: str, code: str
) -> None:
    await importing()
    before = await counted(sessions)
    edit(JURISDICTIONS, old, new)
    if code == "REGISTER_CODE_CHANGED":
        edit(UNITS, 'jurisdiction: "419721101"', 'jurisdiction: "419721102"')
    with pytest.raises(Refused) as refusal:
        await importing()
    assert [(reason.code, reason.path[0]) for reason in refusal.value.reasons] == [(code, JURISDICTIONS)]
    assert await counted(sessions) == before


async def test_the_code_of_a_court_outside_the_folder_is_not_taken(
    sessions: Sessions, importing: Import, edit: Edit
) -> None:
    await importing()
    before = await counted(sessions)
    digits = "11419721000000158"
    edit(UNITS, 'uscc: "11419721000000035E"', f'uscc: "{digits}{calc_check_digit(digits)}"')
    edit(UNITS, "name: 明川县人民法院", "name: 明川县新法院")
    with pytest.raises(Refused) as refusal:
        await importing()
    (reason,) = refusal.value.reasons
    assert reason.code == "REGISTER_COURT_CODE_TAKEN"
    assert reason.path == (UNITS, "units", "mingchuan-court", "court_code")
    assert "明川县人民法院" in reason.text.zh
    assert await counted(sessions) == before


async def test_a_wording_of_a_unit_outside_the_folder_is_not_shared(
    sessions: Sessions, importing: Import, edit: Edit, county: Path
) -> None:
    await importing()
    before = await counted(sessions)
    content = (county / UNITS).read_text(encoding="utf-8")
    start, end = content.index("  - key: mingchuan-rule-of-law"), content.index("\n  # Institutional reform")
    (county / UNITS).write_text(content[:start] + content[end:], encoding="utf-8")
    edit(UNITS, "aliases: [县财政局]", "aliases: [县财政局, 依法治县办]")
    with pytest.raises(Refused) as refusal:
        await importing()
    (reason,) = refusal.value.reasons
    assert reason.code == "REGISTER_WORDING_AMBIGUOUS"
    assert "明川县财政局" in reason.text.zh
    assert "全面依法治县委员会办公室" in reason.text.zh
    assert await counted(sessions) == before


SECOND = """  - key: yunling-justice-2
    {uscc}name: 云岭市司法局
    short_name: 市司法局二
    kind: GOV_DEPARTMENT
    level: CITY
    jurisdiction: "419700"
    government_subject: true
"""


def test_two_units_of_one_name_and_no_uscc_are_refused(county: Path) -> None:
    with (county / CITY).open("a", encoding="utf-8") as file:
        file.write(SECOND.format(uscc=""))
    assert reasons_of(county) == {"REGISTER_UNIT_AMBIGUOUS": (CITY, "units", "yunling-justice-2")}


async def test_two_units_that_may_be_the_one_that_stands_are_refused(
    sessions: Sessions, importing: Import, edit: Edit, county: Path
) -> None:
    await importing()
    before = await counted(sessions)
    for number, old in enumerate(('uscc: "114197000000000351"', "")):
        digits = f"1141970000000015{number}"
        code = f'uscc: "{digits}{calc_check_digit(digits)}"'
        if old:
            edit(CITY, old, code)
        else:
            with (county / CITY).open("a", encoding="utf-8") as file:
                file.write(SECOND.format(uscc=f"{code}\n    "))
    with pytest.raises(Refused) as refusal:
        await importing()
    assert [(reason.code, reason.path) for reason in refusal.value.reasons] == [
        ("REGISTER_UNIT_AMBIGUOUS", (CITY, "units", "yunling-justice")),
        ("REGISTER_UNIT_AMBIGUOUS", (CITY, "units", "yunling-justice-2")),
    ]
    assert await counted(sessions) == before
