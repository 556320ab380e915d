"""Each rule of the data files refuses the damage it is there for, and says so in Chinese and English."""

from __future__ import annotations

from pathlib import Path

import pytest
from stdnum.cn.uscc import calc_check_digit

from hub.core.errors import Refused
from hub.core.texts.demo import DEMO_PROBLEMS
from hub.core.texts.identifiers import IDENTIFIER_PROBLEMS
from hub.demo.files import load_demo
from tests.hub.demo.conftest import Damage

WENXIAN = "organizations/410825.yaml"
ZHUMADIAN = "organizations/411700.yaml"
PROVINCIAL = "organizations/provincial.yaml"
ITEMS = "wenxian_items.yaml"
MEETINGS = "zhumadian_meetings.yaml"
BODIES = "bodies.yaml"
CLIENTS = "clients.yaml"

LIAISON = (
    "liaisons:\n  - {{organization: {}, body: wenxian-leading-group, person_name: 联络员, post: 科长, "
    "phone: '13900009999'}}\n"
)

# file, old, new, beginning of the place
REFERENCES = [
    (WENXIAN, "parent: wenxian-government\n", "parent: wenxian-nobody\n", "units wenxian-government-office parent"),
    (WENXIAN, "successor: wenxian-nfra", "successor: wenxian-nobody", "units wenxian-cbirc successor"),
    (WENXIAN, 'jurisdiction: "410825401"', 'jurisdiction: "410825999"', "units wenxian-industrial-zone jurisdiction"),
    (WENXIAN, "      - wenxian-beileng", "      - wenxian-nobody", "groups 各乡镇(街道) members"),
    ("jurisdictions.yaml", 'parent: "410800"', 'parent: "410900"', "jurisdictions 410825 parent"),
    (CLIENTS, "organization: wenxian-court", "organization: wenxian-nobody", "clients wenxian-court organization"),
    (CLIENTS, 'jurisdiction: "410800"', 'jurisdiction: "410900"', "clients jiaozuo-sifa jurisdiction"),
    (BODIES, "acting: zhumadian-government-office", "acting: nobody", "bodies zhumadian-joint-meeting acting"),
    (BODIES, "body: wenxian-leading-group", "body: nothing", "liaisons wenxian-court body"),
    (ITEMS, "lead: wenxian-justice", "lead: wenxian-nobody", "lists wenxian-current items 1 lead"),
    (ITEMS, "各乡镇(街道)]", "各部门]", "lists wenxian-current items 14 cooperating"),
    (ITEMS, "by: wenxian-court", "by: wenxian-nobody", "lists wenxian-current items 4 reports"),
    (ITEMS, "approves: wenxian-current", "approves: nothing", "meetings wenxian-first resolutions 1"),
    (ITEMS, "proposer: wenxian-government-office", "proposer: nobody", "meetings wenxian-first agenda"),
    (
        MEETINGS,
        "proposer: zhumadian-housing-fund\n    proposed",
        "proposer: nobody\n    proposed",
        "matters zhumadian-fund-account-query proposer",
    ),
    (MEETINGS, "matter: zhumadian-fund-account-query}", "matter: nothing}", "meetings zhumadian-plenary agenda"),
    (
        MEETINGS,
        "matter: zhumadian-fund-account-query\n",
        "matter: nothing\n",
        "meetings zhumadian-plenary resolutions 5",
    ),
    (MEETINGS, "counterparts: [zhumadian", "counterparts: [nobody, zhumadian", "coordination_requests"),
    (MEETINGS, "double_list: zhumadian-current\n    item", "double_list: x\n    item", "coordination_requests"),
]

# file, old, new, code
RULES = [
    (WENXIAN, "key: wenxian-justice", "key: wenxian-police", "DEMO_KEY_DUPLICATE"),
    (WENXIAN, "court_code: 豫0825", "court_code: 豫08", "DEMO_KEY_DUPLICATE"),
    (
        WENXIAN,
        '{role: COURT, jurisdiction: "410825"}',
        '{role: COURT, jurisdiction: "410825"}\n      - {role: COURT, jurisdiction: "410825"}',
        "DEMO_KEY_DUPLICATE",
    ),
    (CLIENTS, "client_id: wenxian-sifa", "client_id: wenxian-court", "DEMO_KEY_DUPLICATE"),
    (ITEMS, "- no: 2\n", "- no: 1\n", "DEMO_KEY_DUPLICATE"),
    (ITEMS, '"{next_year}"', '"{year}"', "DEMO_KEY_DUPLICATE"),
    (
        ITEMS,
        "{organization: wenxian-court, post: 院长}",
        "{organization: wenxian-justice, post: 院长}",
        "DEMO_KEY_DUPLICATE",
    ),
    (BODIES, "zhumadian-industry, role", "zhumadian-finance, role", "DEMO_KEY_DUPLICATE"),
    (
        BODIES,
        "liaisons:\n",
        LIAISON.format("wenxian-court"),
        "DEMO_KEY_DUPLICATE",
    ),
    (WENXIAN, "parent: jiaozuo-government", "parent: wenxian-police", "DEMO_CYCLE"),
    (PROVINCIAL, "business_superior: hubei-high-court", "business_superior: hanchuan-court", "DEMO_CYCLE"),
    ("jurisdictions.yaml", "level: PROVINCE, parent: null", 'level: PROVINCE, parent: "231100"', "DEMO_CYCLE"),
    ("jurisdictions.yaml", "level: COUNTY", "level: TOWNSHIP", "DEMO_LEVEL"),
    ("jurisdictions.yaml", 'parent: "420000"', "parent: null", "DEMO_LEVEL"),
    (WENXIAN, "kind: COURT", "kind: MASS_ORG", "DEMO_COURT"),
    (WENXIAN, "    court_code: 豫0825\n", "", "DEMO_COURT"),
    (WENXIAN, "kind: PROCURATORATE", "kind: SOE", "DEMO_USCC_KIND"),
    (WENXIAN, "aliases: [县司法局]", "aliases: [县司法局, 公安局]", "DEMO_WORDING_AMBIGUOUS"),
    (WENXIAN, "各乡镇、街道", "法院", "DEMO_WORDING_AMBIGUOUS"),
    (PROVINCIAL, "人行温县支行", "县法院", "DEMO_WORDING_AMBIGUOUS"),
    (WENXIAN, "    valid_to: 2023-12-31\n", "", "DEMO_VALIDITY"),
    (ZHUMADIAN, "valid_to: 2023-08-17", "valid_from: 2024-01-01\n    valid_to: 2023-08-17", "DEMO_VALIDITY"),
    (BODIES, "valid_to: 2023-08-17", "valid_to: 2023-09-01", "DEMO_VALIDITY"),
    (WENXIAN, "role: AUDITOR", "role: SUPERIOR_DEPARTMENT", "DEMO_ROLE_DERIVED"),
    (CLIENTS, "roles: [COURT]", "roles: [AUDITOR]", "DEMO_ROLE_NOT_HELD"),
    (CLIENTS, "organization: jiaozuo-justice", "organization: wenxian-tax", "DEMO_ROLE_NOT_HELD"),
    (CLIENTS, "- portal:public", "- audit:read", "DEMO_SCOPE_NOT_GRANTABLE"),
    (CLIENTS, "organization: wenxian-tax", "organization: wenxian-cbirc", "DEMO_UNIT_ENDED"),
    (BODIES, ", valid_to: 2023-08-17", "", "DEMO_UNIT_ENDED"),
    (ITEMS, "jiaozuo-pboc", "wenxian-pboc", "DEMO_UNIT_ENDED"),
    (BODIES, "role: CONVENOR", "role: MEMBER", "DEMO_BODY_INCOMPLETE"),
    (BODIES, "zhumadian-industry, role: MEMBER", "zhumadian-industry, role: OFFICE", "DEMO_BODY_INCOMPLETE"),
    (BODIES, "1390000", "23900000", "PHONE_FORM"),
    (
        BODIES,
        "liaisons:\n",
        LIAISON.format("wenxian-housing"),
        "DEMO_KEY_UNKNOWN",
    ),
    (
        ITEMS,
        "cooperating: [wenxian-court, wenxian-procuratorate]",
        "cooperating: [wenxian-justice]",
        "DEMO_LEAD_COOPERATES",
    ),
    (
        ITEMS,
        "cooperating: [wenxian-court, wenxian-procuratorate]",
        "cooperating: [wenxian-court, wenxian-court]",
        "DEMO_LEAD_COOPERATES",
    ),
    (ITEMS, "side: GOVERNMENT_LED", "side: COURT_LED", "DEMO_SIDE"),
    (ITEMS, "deadline_kind: LONG_TERM", 'deadline_kind: LONG_TERM\n        due: "04-30"', "DEMO_DEADLINE"),
    (ITEMS, '        due: "07-10"\n', "", "DEMO_DEADLINE"),
    (ITEMS, "recurrence: FREQ=MONTHLY", "recurrence: FREQ=SOMETIMES", "DEMO_DEADLINE"),
    (ITEMS, "progress: 25", "progress: 26", "DEMO_PROGRESS"),
    (ITEMS, "status: APPROVED", "status: ADJUSTMENT_PENDING", "DEMO_PROGRESS"),
    (ITEMS, "status: SUSPENDED", "status: IN_PROGRESS", "DEMO_PROGRESS"),
    (ITEMS, "status: COMPLETED", "status: IN_PROGRESS", "DEMO_PROGRESS"),
    (ITEMS, 'on: "02-25"', 'on: "04-25"', "DEMO_PROGRESS"),
    (ITEMS, "by: wenxian-court", "by: wenxian-tax", "DEMO_PROGRESS"),
    (ITEMS, "        approves: wenxian-current\n", "", "DEMO_NOT_APPROVED"),
    (ITEMS, "status: DRAFT\n", "status: APPROVED\n", "DEMO_NOT_APPROVED"),
    (ITEMS, "status: DRAFTING", "status: IN_FORCE", "DEMO_NOT_APPROVED"),
    (MEETINGS, "status: PLANNED", "status: HELD", "DEMO_MEETING_STATE"),
    (MEETINGS, "status: FOLLOW_UP", "status: NOTICE_ISSUED", "DEMO_MEETING_STATE"),
    (MEETINGS, "status: FOLLOW_UP", "status: CLOSED", "DEMO_MEETING_STATE"),
    (MEETINGS, "status: ASSIGNED", "status: OPEN", "DEMO_MEETING_STATE"),
    (MEETINGS, "      role: EXECUTIVE_DEPUTY_CONVENOR", "      role: CONVENOR", "DEMO_MEETING_STATE"),
    (MEETINGS, '      delegation: "市长委托书（{year}年3月3日）"\n', "", "DEMO_MEETING_STATE"),
    (MEETINGS, "document_no: 驻政〔2022〕59号", "document_no: 驻政59号", "DOCUMENT_NUMBER_YEAR"),
    (MEETINGS, "attempted_direct_contact: true", "attempted_direct_contact: false", "DEMO_COORDINATION"),
    (
        MEETINGS,
        "counterparts: [zhumadian-real-estate-registry]",
        "counterparts: [zhumadian-court]",
        "DEMO_COORDINATION",
    ),
    (MEETINGS, "    item: 6\n", "    item: 60\n", "DEMO_COORDINATION"),
    (MEETINGS, "    item: 6\n", "    item: 9\n", "DEMO_COORDINATION"),
]


@pytest.mark.parametrize(("file", "old", "new", "place"), REFERENCES, ids=[place for *_, place in REFERENCES])
def test_reference_into_nowhere_is_refused(reasons_for: Damage, file: str, old: str, new: str, place: str) -> None:
    reasons = reasons_for(file, old, new)
    assert {reason.code for reason in reasons} == {"DEMO_KEY_UNKNOWN"}
    assert " ".join(map(str, reasons[0].path)).startswith(place)


@pytest.mark.parametrize(
    ("file", "old", "new", "code"), RULES, ids=[f"{code}-{at}" for at, (*_, code) in enumerate(RULES)]
)
def test_damage_is_refused_by_its_rule(reasons_for: Damage, file: str, old: str, new: str, code: str) -> None:
    assert code in {reason.code for reason in reasons_for(file, old, new)}


def test_uscc_with_a_wrong_digit_is_refused(reasons_for: Damage) -> None:
    reasons = reasons_for(WENXIAN, 'uscc: "114108250000000198"', 'uscc: "114108250000000199"')
    assert [(reason.code, reason.path) for reason in reasons] == [("USCC_CHECK", ("units", "wenxian-government"))]


def test_uscc_with_a_wrong_organization_code_is_refused(reasons_for: Damage) -> None:
    doubtful = "11410825000000018"
    reasons = reasons_for(WENXIAN, 'uscc: "114108250000000198"', f'uscc: "{doubtful}{calc_check_digit(doubtful)}"')
    assert [reason.code for reason in reasons] == ["USCC_ORGANIZATION_CHECK"]


def test_all_damage_of_a_stage_is_named_together(copy: Path) -> None:
    codes = {"DEMO_WORDING_AMBIGUOUS", "DEMO_ROLE_NOT_HELD", "DEMO_SIDE", "DEMO_MEETING_STATE"}
    for file, old, new in ({code: damage for *damage, code in RULES}[code] for code in codes):
        path = copy / file
        path.write_text(path.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    with pytest.raises(Refused) as refusal:
        load_demo(2026, folder=copy)
    assert codes <= {reason.code for reason in refusal.value.reasons}


def test_every_refusal_has_its_sentences(reasons_for: Damage) -> None:
    texts = DEMO_PROBLEMS | IDENTIFIER_PROBLEMS
    for reason in reasons_for(WENXIAN, "aliases: [县司法局]", "aliases: [县司法局, 公安局]"):
        text = texts[reason.code]
        assert "公安局" in text.zh.format_map(reason.params)
        assert "公安局" in text.en.format_map(reason.params)


def test_every_demo_sentence_is_reached_by_some_damage() -> None:
    form = {"DEMO_FILE_UNREADABLE", "DEMO_NOT_LIST", "DEMO_NOT_MAPPING", "DEMO_NOT_TEXT"}
    form |= {"DEMO_FIELD_MISSING", "DEMO_FIELD_UNKNOWN", "DEMO_VALUE_INVALID"}
    assert set(DEMO_PROBLEMS) <= form | {code for *_, code in RULES} | {"DEMO_KEY_UNKNOWN"}
