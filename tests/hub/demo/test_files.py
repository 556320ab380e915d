"""The shipped demonstration says what the notices say, and holds together."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date

import pytest

from hub.canonical.codes import (
    BodyKind,
    DeadlineKind,
    DoubleListStatus,
    ItemStatus,
    JurisdictionLevel,
    ListSide,
    MeetingStatus,
    MembershipRole,
    OrganizationKind,
)
from hub.core.principal import RoleName
from hub.demo.files import load_demo
from hub.demo.linkage import DoubleList
from hub.demo.world import DemoWorld

FIVE = ("231100", "420984", "410825", "320381", "411700")

# 温县: lead, then the other units of the 责任单位 line, in the wording of the notice (温政办〔2021〕13号).
WENXIAN = {
    1: "司法局 法院 检察院",
    2: "法院 政府办 司法局",
    3: "县政府办公室 司法局 法院 检察院",
    4: "县政府办公室 法院",
    5: "县政府办公室 司法局 法院 检察院",
    6: "县金融工作局 法院 司法局 人行温县支行 银保监组",
    7: "县法院 司法局 科技和工业信息化局 工商联",
    8: "县金融工作局 法院",
    9: "县市场监管局 科技和工业信息化局 法院",
    10: "县公安局 市场监管局 文化广电和旅游局 法院",
    11: "法院 政府办 科技和工业信息化局",
    12: "财政局 法院",
    13: "法院 税务局",
    14: "法院 产业集聚区管委会 信访局 各乡镇(街道)",
    15: "财政局 法院",
    16: "县法院 平安办 检察院 公安局 司法局",
    17: "县平安办 司法局 公安局 法院",
    18: "县发展改革委 法院",
    19: "县司法局 财政局 法院 检察院 公安局 信访局",
    20: "法院 检察院 公安局 生态环境分局 水利局 河务局 文化广电和旅游局",
    21: "总工会 司法局 人社局 工商联 法院",
    22: "法院 公安局 信访局 各乡镇(街道)",
    23: "政务服务和大数据局 法院",
    24: "县政务服务和大数据局 法院 检察院",
    25: "政务服务和大数据局 法院",
    26: "县法院 市场监管局",
    27: "县政务服务和大数据局 法院",
    28: "县政务服务和大数据局 法院 公安局 民政局",
    29: "法院 公安局",
    30: "财政局 法院",
    31: "县金融工作局 法院 公安局 政务服务和大数据局",
    32: "县民政局 法院",
}

# 驻马店: the member roster of 驻政〔2022〕59号 一(二).
ROSTER = (
    "市政府办公室、市发展和改革委员会、市工业和信息化局、市司法局、市财政局、市人力资源和社会保障局、市自然资源和规划局、"
    "市生态环境局、市住建局、市城管局、市交通运输局、市水利局、市农业农村局、市商务局、市文化广电和旅游局、"
    "市卫生健康体育委员会、市应急管理局、市审计局、市市场监管局、市医疗保障局、市林业局、市金融工作局、"
    "市政务服务和大数据管理局、市信访局、市住房公积金中心、市不动产登记中心、驻马店海关、市税务局、"
    "中国人民银行驻马店中心支行、驻马店银保监分局、市中级人民法院、市公安局"
)

OTHER_WORDINGS = {
    "231100": "市法院 市营商环境局 市信用办 市财政局 市财政 市市场监管局 市委政法委 市纪委监委 组织人事部门 "
    "黑河自贸片区管委会 五大连池管委会 各县（市、区）党委和人民政府 各县（市、区）人民政府 "
    "市政务诚信诉讼执行协调领导小组办公室",
    "420984": "市法院 市发改局 市信用办 市委政法委 市政府办 市委组织部 市公安局 市检察院 市司法局 市纪委监委 "
    "汉川市纪委监委 汉川市人民法院",
    "320381": "市信用办 新沂市信用办 新沂法院 市政府 市政府办 市金融办 组织人事部门",
    "411700": "驻马店市人民政府 驻马店市中级人民法院 各县、区人民政府 各县、区人民法院 市城乡一体化示范区 经济开发区 "
    "高新技术产业开发区管委会",
    "410825": "温县人民政府办公室 温县人民法院办公室 温县人民检察院办公室 各乡镇人民政府(街道办事处) "
    "县纪委监察委 县委政法委 自然资源局 住建局 交通运输局 农业农村局 移动 联通 电信 领导小组办公室",
}

_DEPARTMENT = (
    "organization:read doublelist:read doublelist:propose meeting:read task:read task:report coordination:read "
    "coordination:write member:propose policy:read bulk:export case:read dishonesty:read webhook:manage"
)
SCOPES = {
    RoleName.JOINT_MEETING_OFFICE: "organization:read doublelist:read doublelist:propose doublelist:review "
    "doublelist:approve meeting:read meeting:manage task:read task:report coordination:read coordination:write "
    "member:manage policy:read bulk:export case:read dishonesty:read webhook:manage",
    RoleName.GOVERNMENT_OFFICE: "organization:read doublelist:read meeting:read task:read member:approve "
    "doublelist:approve policy:read bulk:export dishonesty:read webhook:manage",
    RoleName.SUPERIOR_DEPARTMENT: "organization:read doublelist:read meeting:read task:read bulk:export "
    "case:read dishonesty:read webhook:manage",
    RoleName.AUDITOR: "organization:read doublelist:read meeting:read task:read coordination:read "
    "audit:read policy:read bulk:export case:read dishonesty:read exchange:read",
    RoleName.PORTAL: "portal:public stats:read",
    RoleName.ADMINISTRATOR: "admin:policy admin:connector organization:read policy:read exchange:read exchange:replay",
    RoleName.MEMBER_DEPARTMENT: _DEPARTMENT,
    RoleName.CREDIT_OFFICE: f"{_DEPARTMENT} subject:match exchange:read exchange:replay",
    RoleName.COURT: f"{_DEPARTMENT} subject:match exchange:read exchange:mend exchange:replay",
}
_SINCE = {
    RoleName.JOINT_MEETING_OFFICE: "notice:read notice:issue notice:sign notice:reply referral:send",
    RoleName.GOVERNMENT_OFFICE: "notice:read notice:issue notice:sign notice:reply referral:send measure:read "
    "measure:implement overdue:approve",
    RoleName.SUPERIOR_DEPARTMENT: "notice:read notice:reply measure:read",
    RoleName.AUDITOR: "notice:read execquery:read execquery:oversee marriage:read address:read measure:read",
    RoleName.MEMBER_DEPARTMENT: "dishonesty:check notice:read notice:reply execquery:read execquery:respond "
    "marriage:read marriage:receive address:read address:provide repair:apply "
    "lookout:respond measure:read measure:implement campaign:read campaign:organise campaign:submit",
    RoleName.CREDIT_OFFICE: "dishonesty:check notice:read notice:issue notice:sign notice:reply referral:send "
    "repair:apply repair:handle measure:read measure:order measure:implement",
    RoleName.COURT: "case:report notice:read notice:issue notice:sign notice:reply referral:send "
    "execquery:read execquery:submit execquery:approve execquery:read.result "
    "execquery:oversee execquery:manage marriage:read marriage:push address:read "
    "address:provide address:report repair:handle control:write lookout:send measure:read "
    "measure:implement campaign:read campaign:submit campaign:recover",
}
"""What came with later slices: supervision, checks, execution, credit and the others."""
_INTEGRITY = {
    RoleName.JOINT_MEETING_OFFICE: "integrity:read publicity:propose publicity:review",
    RoleName.GOVERNMENT_OFFICE: "integrity:read publicity:propose publicity:review",
    RoleName.SUPERIOR_DEPARTMENT: "integrity:read",
    RoleName.AUDITOR: "integrity:read",
    RoleName.MEMBER_DEPARTMENT: "integrity:read integrity:contest publicity:propose",
    RoleName.CREDIT_OFFICE: "integrity:read integrity:record publicity:propose publicity:review",
    RoleName.COURT: "integrity:read integrity:record publicity:propose publicity:review",
}

_FUNDS = {
    RoleName.JOINT_MEETING_OFFICE: "plan:read campaign:read",
    RoleName.GOVERNMENT_OFFICE: "plan:read campaign:read",
    RoleName.AUDITOR: "clue:read plan:read campaign:read",
    RoleName.MEMBER_DEPARTMENT: "clue:read clue:push plan:read plan:write plan:budget",
    RoleName.COURT: "clue:read clue:request plan:read plan:write",
}


_BANKRUPTCY = {
    RoleName.JOINT_MEETING_OFFICE: "bankruptcy:read bankruptcy:handle fund:read",
    RoleName.GOVERNMENT_OFFICE: "bankruptcy:read bankruptcy:assign bankruptcy:handle fund:read fund:decide",
    RoleName.COURT: "bankruptcy:read bankruptcy:submit fund:read fund:apply",
    RoleName.CREDIT_OFFICE: "bankruptcy:read bankruptcy:handle",
    RoleName.MEMBER_DEPARTMENT: "bankruptcy:read bankruptcy:handle fund:read fund:decide",
    RoleName.AUDITOR: "bankruptcy:read fund:read",
}


def check_characters(head: str) -> str:
    """Characters 17 and 18 of a USCC by its first sixteen, written out from GB 11714 and GB 32100-2015."""
    letters = "0123456789ABCDEFGHJKLMNPQRTUWXY"
    weights = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
    eleventh = 11 - sum(int(c, 36) * w for c, w in zip(head[8:], (3, 7, 9, 10, 5, 8, 4, 2), strict=True)) % 11
    organization = {10: "X", 11: "0"}.get(eleventh, str(eleventh))
    total = sum(letters.index(c) * w for c, w in zip(head + organization, weights, strict=True))
    return organization + letters[(31 - total % 31) % 31]


def list_of(world: DemoWorld, key: str) -> DoubleList:
    return next(each for each in world.lists if each.key == key)


@pytest.mark.parametrize("real", ["91110108551385082Q", "11511301008778183N", "115113010833722043"])
def test_checksum_of_this_test_agrees_with_codes_in_use(real: str) -> None:
    assert check_characters(real[:16]) == real[16:]


def test_every_uscc_has_both_check_characters_right(world: DemoWorld) -> None:
    assert {u.key: u.uscc for u in world.units} == {
        u.key: u.uscc[:16] + check_characters(u.uscc[:16]) for u in world.units
    }


def test_every_uscc_is_synthetic_within_its_region(world: DemoWorld) -> None:
    """Region code and a small running number: nobody was ever given such a code."""
    codes = {j.code for j in world.jurisdictions}
    for unit in world.units:
        assert unit.uscc[2:8] in codes
        assert unit.uscc[8:13] == "00000"


def test_jurisdictions_form_the_tree_of_the_five_notices(world: DemoWorld) -> None:
    assert world.path("410825001214") == ("410000", "410800", "410825", "410825001", "410825001214")
    assert {world.path(code)[0] for code in FIVE} == {"230000", "320000", "410000", "420000"}
    levels = Counter((j.parent, j.level) for j in world.jurisdictions)
    assert levels["231100", JurisdictionLevel.COUNTY] == 6
    assert levels["231100", JurisdictionLevel.ZONE] == 2
    assert levels["411700", JurisdictionLevel.COUNTY] == 10
    assert levels["411700", JurisdictionLevel.ZONE] == 3
    assert levels["410825", JurisdictionLevel.TOWNSHIP] == 11
    assert levels["410825", JurisdictionLevel.ZONE] == 1


@pytest.mark.parametrize("no", WENXIAN)
def test_wenxian_item_has_lead_and_cooperating_units_of_the_notice(world: DemoWorld, no: int) -> None:
    item = list_of(world, "wenxian-current").items[no - 1]
    keys = [world.named("410825", wording) for wording in WENXIAN[no].split()]
    assert all(keys)
    assert item.no == no
    assert (item.lead,) == keys[0]
    assert Counter(item.cooperating) == Counter(key for named in keys[1:] for key in named)


def test_wenxian_items_have_the_deadlines_of_the_notice(world: DemoWorld) -> None:
    items = {item.no: item for item in list_of(world, "wenxian-current").items}
    assert len(items) == 32
    assert [no for no, item in items.items() if item.deadline_kind is DeadlineKind.LONG_TERM] == [1]
    assert [no for no, item in items.items() if item.deadline_kind is DeadlineKind.RECURRING] == [7]
    due = {no: item.due for no, item in items.items() if item.deadline_kind is DeadlineKind.FIXED}
    assert due.pop(2) == date(2026, 7, 10)
    assert {no for no, day in due.items() if day == date(2026, 5, 30)} == {8, 10, 18, 22}
    assert Counter(due.values()) == {date(2026, 5, 30): 4, date(2026, 4, 30): 25}


def test_wenxian_items_stand_in_several_states(world: DemoWorld) -> None:
    states = Counter(item.status for item in list_of(world, "wenxian-current").items)
    assert states[ItemStatus.IN_PROGRESS] > 16
    assert states[ItemStatus.COMPLETED] >= 4
    assert states[ItemStatus.PENDING_ACCEPTANCE] >= 2
    assert states[ItemStatus.SUSPENDED] == states[ItemStatus.ADJUSTMENT_PENDING] == 1
    coming = list_of(world, "wenxian-next")
    assert (coming.year, coming.status) == (2027, DoubleListStatus.DRAFTING)
    assert {item.status for item in coming.items} == {ItemStatus.DRAFT, ItemStatus.SUBMITTED}


def test_court_led_side_is_exactly_the_items_a_court_leads(world: DemoWorld) -> None:
    for each in world.lists:
        for item in each.items:
            court = world.unit(item.lead).kind is OrganizationKind.COURT
            assert (item.side is ListSide.COURT_LED) is court


def test_zhumadian_roster_is_the_current_membership(world: DemoWorld) -> None:
    body = next(body for body in world.bodies if body.jurisdiction == "411700")
    assert body.kind is BodyKind.JOINT_MEETING
    assert len(ROSTER.split("、")) == 32
    named = {key for wording in ROSTER.split("、") for key in world.named("411700", wording)}
    assert named == {m.organization for m in body.current(MembershipRole.MEMBER)}
    assert len(body.current(MembershipRole.MEMBER)) == 32


def test_zhumadian_roster_had_as_many_members_before_the_reform(world: DemoWorld) -> None:
    body = next(body for body in world.bodies if body.jurisdiction == "411700")
    then = date(2022, 12, 31)
    members = [
        m.organization
        for m in body.memberships
        if m.role is MembershipRole.MEMBER and m.valid_from <= then and (m.valid_to is None or then <= m.valid_to)
    ]
    assert len(members) == 32
    assert {"zhumadian-pboc-former", "zhumadian-cbirc"} <= set(members)


def test_zhumadian_is_led_by_the_posts_of_the_notice(world: DemoWorld) -> None:
    body = next(body for body in world.bodies if body.jurisdiction == "411700")
    leaders = [(m.role.value, m.post, m.acting) for m in body.current() if m.role is not MembershipRole.MEMBER]
    assert leaders == [
        ("CONVENOR", "市长", "zhumadian-government-office"),
        ("EXECUTIVE_DEPUTY_CONVENOR", "常务副市长", "zhumadian-government-office"),
        ("DEPUTY_CONVENOR", "副市长", "zhumadian-government-office"),
        ("DEPUTY_CONVENOR", "院长", None),
        ("OFFICE", "办公室主任", None),
    ]


@pytest.mark.parametrize("code", FIVE)
def test_units_of_a_notice_resolve_by_its_wording(world: DemoWorld, code: str) -> None:
    for wording in OTHER_WORDINGS[code].split():
        keys = world.named(code, wording)
        assert keys, wording
        assert all(world.unit(key).valid_to is None for key in keys)


def test_wording_is_read_across_bracket_widths_and_spaces(world: DemoWorld) -> None:
    towns = world.named("410825", "各乡镇（街道）")
    assert len(towns) == 11
    assert world.named("410825", " 各乡镇 (街道)") == towns


def test_same_wording_means_another_unit_elsewhere(world: DemoWorld) -> None:
    assert [world.named(code, "法院") for code in FIVE] == [
        ("heihe-court",),
        ("hanchuan-court",),
        ("wenxian-court",),
        ("xinyi-court",),
        ("zhumadian-court",),
    ]


@pytest.mark.parametrize("phrase", ["实施联合惩戒和管理的部门", "需进行系统对接的政府各职能部门", "各有关单位", "等"])
def test_open_phrase_stands_for_no_unit(world: DemoWorld, phrase: str) -> None:
    assert world.named("410825", phrase) == ()


def test_former_banking_units_are_kept_and_lead_to_their_successors(world: DemoWorld) -> None:
    former = {unit.key: unit for unit in world.units if unit.valid_to is not None}
    assert set(former) == {"wenxian-pboc", "wenxian-cbirc", "zhumadian-pboc-former", "zhumadian-cbirc"}
    assert {unit.valid_to.year for unit in former.values() if unit.valid_to} == {2023}
    assert world.named("410825", "银保监组") == ("wenxian-nfra",)
    assert world.named("410825", "人行温县支行") == ("jiaozuo-pboc",)
    assert world.named("411700", "驻马店银保监分局") == ("zhumadian-nfra",)
    assert all("国家金融监督管理总局" in world.unit(k).name for k in ("wenxian-nfra", "zhumadian-nfra"))


def test_office_and_credit_office_differ_by_jurisdiction(world: DemoWorld) -> None:
    def holder(role: RoleName, code: str) -> list[str]:
        return [unit.name for unit in world.units if unit.holds(role, code)]

    assert {code: holder(RoleName.JOINT_MEETING_OFFICE, code) for code in FIVE} == {
        "231100": ["黑河市营商环境建设监督局"],
        "420984": ["汉川市发展和改革局"],
        "410825": ["温县人民政府办公室"],
        "320381": ["新沂市社会信用体系建设领导小组办公室"],
        "411700": ["驻马店市司法局"],
    }
    assert {code: holder(RoleName.CREDIT_OFFICE, code) for code in FIVE} == {
        "231100": ["黑河市营商环境建设监督局"],
        "420984": ["汉川市发展和改革局"],
        "410825": ["温县发展和改革委员会"],
        "320381": ["新沂市社会信用体系建设领导小组办公室"],
        "411700": ["驻马店市发展和改革委员会"],
    }


@pytest.mark.parametrize("code", FIVE)
def test_every_jurisdiction_has_clients_for_all_who_work_there(world: DemoWorld, code: str) -> None:
    here = [client for client in world.clients if client.jurisdiction == code]
    roles = Counter(role for client in here for role in client.roles)
    assert roles.pop(RoleName.MEMBER_DEPARTMENT) >= 6
    assert roles == Counter(set(RoleName) - ELSEWHERE)
    above = set(world.path(code)[:-1])
    assert any(c.jurisdiction in above and c.roles == (RoleName.SUPERIOR_DEPARTMENT,) for c in world.clients)


ELSEWHERE = {
    RoleName.MEMBER_DEPARTMENT,
    RoleName.SUPERIOR_DEPARTMENT,
    RoleName.DISCIPLINE_SUPERVISION,
    RoleName.ORGANISATION_DEPARTMENT,
    RoleName.POLITICAL_LEGAL_COMMITTEE,
    RoleName.THIRD_PARTY_EVALUATOR,
}
"""Counted apart, at work above, or of the party: the demonstration has no unit of these."""


def test_clients_hold_the_scopes_of_their_role(world: DemoWorld) -> None:
    for client in world.clients:
        (role,) = client.roles
        since = " ".join(each.get(role, "") for each in (_SINCE, _INTEGRITY, _BANKRUPTCY, _FUNDS))
        assert set(client.scopes) == {*SCOPES[role].split(), *since.split()}, client.client_id


def test_auditors_have_no_other_function(world: DemoWorld) -> None:
    auditors = [unit for unit in world.units if any(f.role is RoleName.AUDITOR for f in unit.functions)]
    assert len(auditors) == 5
    assert all(len(unit.functions) == 1 for unit in auditors)


def test_superior_lines_reach_the_province(world: DemoWorld) -> None:
    units = world.units_by_key

    def line(key: str) -> list[str]:
        above = units[key].business_superior
        return [key, *line(above)] if above else [key]

    assert line("wenxian-justice") == ["wenxian-justice", "jiaozuo-justice", "henan-justice"]
    assert line("wenxian-court") == ["wenxian-court", "jiaozuo-court", "henan-high-court"]
    assert line("wenxian-tax") == ["wenxian-tax", "jiaozuo-tax", "henan-tax"]
    assert units["wenxian-tax"].vertically_managed
    assert units["wenxian-tax"].parent == "jiaozuo-tax"
    assert units["wenxian-justice"].parent == "wenxian-government"


def test_courts_carry_the_code_of_their_case_numbers(world: DemoWorld) -> None:
    codes = {unit.key: unit.court_code for unit in world.units}
    assert [codes[f"{place}-court"] for place in ("heihe", "hanchuan", "wenxian", "xinyi", "zhumadian", "yicheng")] == [
        "黑11",
        "鄂0984",
        "豫0825",
        "苏0381",
        "豫17",
        "豫1702",
    ]


def test_every_member_of_two_bodies_has_a_liaison_that_is_nobody(world: DemoWorld) -> None:
    bodies = {body.key: body for body in world.bodies}
    for key in ("wenxian-leading-group", "zhumadian-joint-meeting"):
        members = {m.organization for m in bodies[key].current(MembershipRole.MEMBER)}
        assert members <= {liaison.organization for liaison in world.liaisons if liaison.body == key}
    for liaison in world.liaisons:
        assert re.fullmatch(r"1390000\d{4}", liaison.phone)
        assert liaison.person_name == f"联络员（{world.unit(liaison.organization).short_name}）"
    assert len({liaison.phone for liaison in world.liaisons}) == len(world.liaisons)


def test_members_with_responsibility_in_the_items_belong_to_the_leading_group(world: DemoWorld) -> None:
    group = next(body for body in world.bodies if body.key == "wenxian-leading-group")
    seats = {m.organization for m in group.current()}
    townships = set(world.named("410825", "各乡镇(街道)"))
    for item in list_of(world, "wenxian-current").items:
        assert {item.lead, *item.cooperating} - townships <= seats


def test_zhumadian_has_held_one_plenary_and_plans_another(world: DemoWorld) -> None:
    held, planned = (m for m in world.meetings if m.body == "zhumadian-joint-meeting")
    assert held.status is MeetingStatus.FOLLOW_UP
    assert held.held_on == date(2026, 3, 5)
    assert held.minutes is not None
    assert held.minutes.document_no == "驻府院联纪〔2026〕1号"
    assert [r.no for r in held.resolutions if r.approves == "zhumadian-current"] == [1]
    assert len(held.attendance) == 33
    assert planned.status is MeetingStatus.PLANNED
    assert planned.planned_on > held.held_on


def test_zhumadian_items_cover_its_six_tasks_and_data_sharing(world: DemoWorld) -> None:
    clauses = {item.source_clause for item in list_of(world, "zhumadian-current").items}
    assert clauses == {*(f"二(一){task}" for task in range(1, 7)), "三(三)"}
    assert len(world.matters) == 2
    assert len(world.coordination_requests) == 1


@pytest.mark.parametrize("year", [2000, 2027, 2028, 2100])
def test_every_date_of_work_falls_into_the_year_asked_for(year: int) -> None:
    world = load_demo(year)
    current = [each for each in world.lists if each.year == year]
    assert len(current) == 2
    assert {item.due.year for each in current for item in each.items if item.due} == {year}
    assert {r.on.year for each in current for item in each.items for r in item.reports} == {year}
    assert {m.planned_on.year for m in world.meetings} == {year}
    assert {item.due.year for each in world.lists if each.year == year + 1 for item in each.items if item.due} == {
        year + 1
    }
    assert not any("{" in m.title for m in world.meetings)


def test_history_keeps_its_own_years() -> None:
    old, new = load_demo(2026), load_demo(2031)
    assert old.units == new.units
    assert old.bodies == new.bodies
    assert old.lists != new.lists
