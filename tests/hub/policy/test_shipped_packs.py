"""The five packs against what the notices say, clause by clause, and honest about where they are silent."""

from __future__ import annotations

from datetime import date

import pytest

from hub.canonical.codes import ListSide
from hub.policy.calendar import WorkingCalendar
from hub.policy.loader import parse_pack
from hub.policy.pack import find_pack, pack_to_plain
from hub.policy.parameters import REGISTRY
from hub.policy.periods import Period
from hub.policy.rules import (
    Anchor,
    DeadlineRule,
    Origin,
    PeriodEnd,
    PeriodEndRule,
    PeriodRule,
    Start,
    Unit,
)
from hub.policy.specification import Approver
from hub.policy.values import value_to_plain

HEIHE, HANCHUAN, WENXIAN, XINYI, ZHUMADIAN = "231100", "420984", "410825", "320381", "411700"
CITATIONS = {
    HEIHE: "黑市诚信办发〔2023〕3号",
    HANCHUAN: "汉川市人民法院工作方案",
    WENXIAN: "温政办〔2021〕13号",
    XINYI: "新信用发〔2018〕6号",
    ZHUMADIAN: "驻政〔2022〕59号",
}

STATED = [
    (HEIHE, "label.office", {"zh": "市政务诚信诉讼执行协调领导小组办公室"}, "三（三）"),
    (HEIHE, "label.liaison", {"zh": "联络员"}, "二（三）1"),
    (HEIHE, "body.kind", "LEADING_GROUP", "三（三）"),
    (HEIHE, "push.case_lists", ["DISHONEST", "PENDING", "TERMINATED_THIS_EXECUTION"], "二（二）1"),
    (HEIHE, "push.dishonesty.cadence", "MONTH", "二（二）1、三（三）"),
    (HEIHE, "report.execution.monthly", {"period": "MONTH"}, "三（三）"),
    (HEIHE, "appearance.scope", ["ADMINISTRATIVE", "CIVIL", "EXECUTION", "MEDIATION"], "二（三）2"),
    (HEIHE, "review.dual_evaluation", True, "二（三）3"),
    (HEIHE, "assessment.veto", True, "二（三）3"),
    (HEIHE, "fee.advance_by_government", True, "二（三）4"),
    (HEIHE, "fund_clue.push", True, "二（四）1"),
    (HEIHE, "preservation.dual_assessment", True, "二（四）2"),
    (
        HEIHE,
        "judicial_suggestion.copies",
        ["DISCIPLINE_SUPERVISION", "ORGANISATION_DEPARTMENT", "SUPERVISING_AUTHORITY"],
        "三（三）",
    ),
    (HANCHUAN, "label.body", {"zh": "市政务诚信诉讼执行协调机制领导小组"}, "四（一）"),
    (HANCHUAN, "label.ledger.IMPLEMENTATION", {"zh": "专门台账"}, "四（二）"),
    (HANCHUAN, "responsibility.fields", ["LEADER", "DIVISION", "PERSON"], "四（一）"),
    (HANCHUAN, "push.dishonesty.cadence", "QUARTER", "三（一）"),
    (HANCHUAN, "push.dishonesty.report", {"period": "QUARTER"}, "三（一）"),
    (HANCHUAN, "push.narrative", ["CASE_FACTS", "EXECUTION_BASIS", "DISHONEST_CONDUCT"], "三（一）"),
    (HANCHUAN, "closure.push", {"n": 5, "unit": "NATURAL_DAY", "anchor": "CASE_CLOSED"}, "三（四）"),
    (HANCHUAN, "repair.channels", ["SUBJECT_APPLICATION", "COURT_PUSH"], "三（四）"),
    (HANCHUAN, "notice.copies_superior", True, "三（二）"),
    (HANCHUAN, "award.restricted", True, "二（三）、三（三）"),
    (
        HANCHUAN,
        "punishment.fields",
        [
            "GOVERNMENT_PROCUREMENT",
            "TENDERING",
            "ADMINISTRATIVE_APPROVAL",
            "GOVERNMENT_SUPPORT",
            "FINANCING",
            "MARKET_ACCESS",
            "QUALIFICATION",
        ],
        "三（三）",
    ),
    (WENXIAN, "label.body", {"zh": "县府院联动工作领导小组"}, "三（一）"),
    (WENXIAN, "label.office", {"zh": "领导小组办公室"}, "三（一）"),
    (WENXIAN, "list.approver", "BODY", "三（一）"),
    (WENXIAN, "matter.approver", "BODY", "三（一）"),
    (WENXIAN, "whitepaper.administrative", {"period": "HALF_YEAR", "n": 10}, "二（一）2"),
    (WENXIAN, "dispute.filings.decrease.target", 20, "二（一）3"),
    (WENXIAN, "dispute.settled.target", 20, "二（一）3"),
    (WENXIAN, "appearance.target", 90, "二（一）4"),
    (WENXIAN, "circular.appearance", {"period": "QUARTER"}, "二（一）4"),
    (
        WENXIAN,
        "circular.appearance.recipients",
        ["RULE_OF_LAW_GROUP", "DISCIPLINE_SUPERVISION", "POLITICAL_LEGAL_COMMITTEE"],
        "二（一）4",
    ),
    (WENXIAN, "outreach.enterprise", {"period": "QUARTER"}, "二（二）7"),
    (WENXIAN, "dispute.outside.target", 70, "二（三）17"),
    (WENXIAN, "dispute.door.target", 20, "二（三）17"),
    (WENXIAN, "dispute.judged.target", 10, "二（三）17"),
    (WENXIAN, "push.dishonesty.cadence", "REALTIME", "二（四）27"),
    (WENXIAN, "interception.required", True, "二（四）27"),
    (WENXIAN, "budget.performance_plan", True, "二（四）30"),
    (WENXIAN, "marriage.push", {"period": "MONTH"}, "二（四）32"),
    (WENXIAN, "marriage.kinds", ["DIVORCE_JUDGMENT"], "二（四）32"),
    (XINYI, "reminder.on_filing", True, "二（一）"),
    (XINYI, "urging.on_loss", True, "二（二）"),
    (XINYI, "urging.by_court_period", True, "二（二）"),
    (XINYI, "push.dishonesty.cadence", "EVENT", "二（三）"),
    (XINYI, "overdue_list.approver", "GOVERNMENT", "二（五）"),
    (XINYI, "award.restricted", True, "二（五）3"),
    (XINYI, "circular.governance", {"period": "MONTH", "reading": "LAST_WORKING_DAY"}, "二（八）"),
    (XINYI, "circular.governance.recipients", ["MEMBER_UNITS", "GOVERNMENT_OFFICE"], "二（八）"),
    (ZHUMADIAN, "label.list", {"zh": "双清单"}, "一（三）2"),
    (ZHUMADIAN, "label.ledger.IMPLEMENTATION", {"zh": "工作落实台账"}, "四（三）"),
    (ZHUMADIAN, "label.ledger.KEY_ISSUES", {"zh": "重点问题事项清单"}, "四（三）"),
    (ZHUMADIAN, "body.office.host", {"zh": "市司法局"}, "一（三）1"),
    (ZHUMADIAN, "member.liaison.required", True, "一（三）1"),
    (ZHUMADIAN, "member.change.approver", "CONVENOR", "一（三）3"),
    (ZHUMADIAN, "meeting.plenary.per_year", 1, "一（三）2"),
    (
        ZHUMADIAN,
        "meeting.chair.roles",
        ["CONVENOR", "EXECUTIVE_DEPUTY_CONVENOR", "DEPUTY_CONVENOR"],
        "一（三）2",
    ),
    (ZHUMADIAN, "meeting.minutes.required", True, "四（二）"),
    (ZHUMADIAN, "list.approver", "BODY", "一（三）2、二（二）"),
    (ZHUMADIAN, "list.coordination.required", True, "二（二）"),
    (ZHUMADIAN, "coordination.direct_contact_first", True, "三（二）"),
    (ZHUMADIAN, "case_tag.kinds", ["LIVELIHOOD", "ADMINISTRATIVE_ORGAN", "ENFORCEMENT_EVASION"], "二（一）5"),
    (ZHUMADIAN, "evasion_clue.refer", True, "二（一）5"),
    (ZHUMADIAN, "report.administrative.annual", {"period": "YEAR"}, "二（一）1"),
]

DEFAULTS = {
    "item.alert.before": (0, 3, 7),
    "item.alert.after": (1, 7, 15, 30),
    "item.escalate.after": 15,
    "meeting.plenary.alert_month": 10,
    "office.records_for_units": True,
    "coordination.confirm": DeadlineRule(5, Unit.WORKING_DAY, Anchor.COORDINATION_SENT),
    "item.acceptance": DeadlineRule(10, Unit.WORKING_DAY, Anchor.COMPLETION_APPLIED),
    "item.adjust.deadline_or_lead.approver": "CONVENOR",
}


@pytest.mark.parametrize("code, key, value, clause", STATED)
def test_a_value_the_notice_states_is_the_notices_and_names_its_clause(packs, code, key, value, clause):
    parameter = packs[code].parameters[key]
    plain = value_to_plain(parameter.value)
    if isinstance(value, dict):
        assert isinstance(plain, dict)
        assert {name: plain[name] for name in value} == value
    else:
        assert plain == value
    assert (parameter.origin, parameter.clause) == (Origin.NOTICE, f"{CITATIONS[code]} {clause}")


@pytest.mark.parametrize("code", CITATIONS)
@pytest.mark.parametrize("key", DEFAULTS)
def test_where_every_notice_is_silent_the_product_default_holds_and_says_so(packs, code, key):
    parameter = packs[code].parameters[key]
    assert (parameter.value, parameter.origin, parameter.clause) == (DEFAULTS[key], Origin.DEFAULT, None)
    assert parameter.note is not None


@pytest.mark.parametrize("code", CITATIONS)
def test_every_parameter_has_a_clause_or_says_that_it_is_a_default(packs, code):
    pack = packs[code]
    assert list(pack.parameters) == list(REGISTRY)
    for key, parameter in pack.parameters.items():
        match parameter.origin:
            case Origin.NOTICE:
                assert parameter.clause is not None, key
                assert parameter.clause.startswith(CITATIONS[code]), key
            case Origin.LAW:
                assert parameter.clause, key
            case Origin.DEFAULT:
                assert parameter.clause is None, key
                assert parameter.note is not None, key
                assert parameter.note.zh, key
                assert parameter.note.en, key


@pytest.mark.parametrize(
    "code, document_no, issued_on, effective_from",
    [
        (HEIHE, "黑市诚信办发〔2023〕3号", date(2023, 3, 24), date(2023, 3, 24)),
        (HANCHUAN, None, None, date(2022, 12, 31)),
        (WENXIAN, "温政办〔2021〕13号", date(2021, 3, 24), date(2021, 3, 24)),
        (XINYI, "新信用发〔2018〕6号", None, date(2018, 12, 31)),
        (ZHUMADIAN, "驻政〔2022〕59号", date(2022, 9, 29), date(2022, 9, 29)),
    ],
)
def test_number_and_dates_of_the_notice(packs, code, document_no, issued_on, effective_from):
    pack = packs[code]
    assert (pack.document_no, pack.issued_on, pack.effective_from) == (document_no, issued_on, effective_from)
    assert pack.effective_to is None
    assert (pack.date_note is None) == (issued_on is not None), "an assumed date says that it is assumed"


@pytest.mark.parametrize("code", CITATIONS)
def test_labels_and_approvers_every_jurisdiction_needs(packs, code):
    pack = packs[code]
    for name in ("body", "office", "list", "item", "ledger.IMPLEMENTATION", "ledger.KEY_ISSUES"):
        assert pack.labels[name].zh
    assert all(pack.labels[f"side.{side}"].zh for side in ListSide)
    assert pack.approver("list.approver") is Approver.BODY
    assert pack.approver("member.change.approver") is Approver.CONVENOR
    assert pack.approver("item.adjust.deadline_or_lead.approver") is Approver.CONVENOR
    assert pack.month_day("list.carry_over.on").in_year(2026) == date(2026, 12, 31)


@pytest.mark.parametrize("code", CITATIONS)
def test_long_term_items_report_at_least_quarterly(packs, code):
    assert packs[code].period("item.long_term.report") in (Period.MONTH, Period.QUARTER)


def test_practices_of_one_place_do_not_exist_in_another(packs):
    assert packs[HEIHE].flag("fee.advance_by_government")
    assert not packs[WENXIAN].flag("fee.advance_by_government")
    assert packs[XINYI].rule("circular.governance") == PeriodEndRule(Period.MONTH, PeriodEnd.LAST_WORKING_DAY)
    assert packs[ZHUMADIAN].find_rule("circular.governance") is None
    assert packs[WENXIAN].rule("whitepaper.administrative") == PeriodRule(Period.HALF_YEAR, 10)
    assert packs[HANCHUAN].find_number("appearance.target") is None
    assert packs[WENXIAN].find_number("appearance.target") == 90


def test_deadlines_of_the_packs(packs):
    calendar = WorkingCalendar()
    closure = packs[HANCHUAN].deadline("closure.push", date(2026, 11, 20), calendar)
    assert closure.due_on == date(2026, 11, 25)
    assert closure.rule == DeadlineRule(5, Unit.NATURAL_DAY, Anchor.CASE_CLOSED, Start.NEXT_DAY)
    assert closure.explanation[0].text.zh == (
        "依据：汉川市人民法院工作方案 三（四）（政策包 420984 2022.1，参数 closure.push）。"
    )
    assert packs[XINYI].deadline("circular.governance", date(2026, 10, 1), calendar).due_on == date(2026, 10, 30)
    assert packs[WENXIAN].deadline("whitepaper.administrative", date(2026, 6, 1), calendar).due_on == date(2026, 7, 10)
    assert packs[HEIHE].deadline("report.execution.monthly", date(2026, 9, 1), calendar).due_on == date(2026, 10, 8)
    acceptance = packs[ZHUMADIAN].deadline("item.acceptance", date(2027, 1, 4), calendar)
    assert acceptance.provisional
    assert acceptance.explanation[0].code == "BASIS_DEFAULT"


def test_the_pack_in_force_on_a_day(packs):
    assert find_pack(packs.values(), WENXIAN, date(2026, 11, 21)) is packs[WENXIAN]
    assert find_pack(packs.values(), WENXIAN, date(2021, 3, 23)) is None
    assert find_pack(packs.values(), "110000", date(2026, 11, 21)) is None


@pytest.mark.parametrize("code", CITATIONS)
def test_a_pack_reads_back_from_storage(packs, code):
    assert parse_pack(pack_to_plain(packs[code])) == packs[code]


SHIPPED = {
    (HEIHE, "2023.1"): "a800f21cf315d210",
    (HANCHUAN, "2022.1"): "c0034bb73e48b56b",
    (WENXIAN, "2021.1"): "b7decc3b7cf4ddd4",
    (XINYI, "2018.1"): "88febebfeee87379",
    (ZHUMADIAN, "2022.1"): "17f3b45ce8dc54b3",
}


def test_a_shipped_version_never_changes_its_rules(packs):
    """Deadlines name the version they rest on. A value or default that changes wants a new version; only a newly
    registered parameter is reason to renew these digests."""
    assert {(pack.jurisdiction_code, pack.version): pack.digest[:16] for pack in packs.values()} == SHIPPED
