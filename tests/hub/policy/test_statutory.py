"""The table of statutory clocks."""

from __future__ import annotations

from datetime import date

import pytest

from hub.policy.calendar import WorkingCalendar
from hub.policy.rules import Direction, Unit
from hub.policy.statutory import Verification, load_statutory_clocks, parse_statutory_clocks

DAYS, WORKING, MONTHS, YEARS = Unit.NATURAL_DAY, Unit.WORKING_DAY, Unit.MONTH, Unit.YEAR


@pytest.fixture(scope="module")
def clocks():
    return load_statutory_clocks()


@pytest.mark.parametrize(
    "key, n, unit",
    [
        ("hearing.appearance_notice", 3, DAYS),
        ("judicial_suggestion.reply", 2, MONTHS),
        ("query.bank_objection", 15, DAYS),
        ("asset_clue.verify", 7, DAYS),
        ("asset_clue.verify_urgent", 3, DAYS),
        ("asset_report.supplement", 10, DAYS),
        ("control.deposit", 1, YEARS),
        ("control.movable", 2, YEARS),
        ("control.real_estate", 3, YEARS),
        ("enforcement.apply", 2, YEARS),
        ("fee.pay", 7, DAYS),
        ("fee.refund", 15, DAYS),
        ("non_litigation.apply", 3, MONTHS),
        ("non_litigation.rule", 7, DAYS),
        ("non_litigation.rule_after_hearing", 30, DAYS),
        ("mediation.delegated", 30, DAYS),
        ("mediation.entrusted_ordinary", 15, DAYS),
        ("mediation.entrusted_summary", 7, DAYS),
        ("petition.accept", 15, DAYS),
        ("petition.handle", 60, DAYS),
        ("petition.objection", 5, WORKING),
        ("listing.correction.examine", 15, DAYS),
        ("listing.correction.carry_out", 3, WORKING),
        ("listing.reconsider.apply", 10, DAYS),
        ("listing.reconsider.decide", 15, DAYS),
        ("listing.delete", 3, WORKING),
        ("sme.payment", 30, DAYS),
        ("sme.complaint.forward", 10, WORKING),
        ("sme.complaint.handle", 30, DAYS),
        ("service.public_notice", 30, DAYS),
        ("bankruptcy.accept", 15, DAYS),
        ("bankruptcy.notice", 25, DAYS),
        ("bankruptcy.deregister", 10, DAYS),
    ],
)
def test_periods_of_the_law(clocks, key, n, unit):
    rule = clocks[key].rule
    assert (rule.n, rule.unit) == (n, unit)


def test_every_clock_names_its_source_in_both_languages(clocks):
    for clock in clocks.values():
        assert clock.source
        assert clock.subject.zh
        assert clock.subject.en
        assert clock.rule or clock.note


def test_listing_rules_known_from_excerpts_say_so(clocks):
    excerpts = {key for key, clock in clocks.items() if clock.verified is Verification.EXCERPT}
    assert excerpts == {key for key in clocks if key.startswith("listing.")}


def test_deadlines_of_the_law(clocks):
    calendar = WorkingCalendar()
    assert clocks["listing.delete"].deadline(date(2026, 9, 29), calendar).due_on == date(2026, 10, 9)
    notice = clocks["hearing.appearance_notice"]
    assert notice.rule.direction is Direction.BEFORE
    assert notice.deadline(date(2026, 11, 30), calendar).due_on == date(2026, 11, 27)
    paid = clocks["fee.pay"].deadline(date(2026, 9, 24), calendar)
    assert paid.due_on == date(2026, 10, 8)
    assert paid.explanation[0].text.zh == "依据：诉讼费用交纳办法 第二十二条。"
    assert (clocks["petition.handle"].extension_days, clocks["sme.complaint.handle"].extension_days) == (30, 60)


def test_a_consequence_without_a_period_has_no_deadline(clocks):
    with pytest.raises(LookupError):
        clocks["administrative.refusal"].deadline(date(2026, 1, 1), WorkingCalendar())


SUBJECT = {"zh": "甲", "en": "A"}
GOOD = {"subject": SUBJECT, "source": "法", "verified": "LAW_TEXT"}


@pytest.mark.parametrize(
    "data, expected",
    [
        (None, [("DOCUMENT_NOT_MAPPING", ())]),
        ({}, [("KEY_MISSING", ("clocks",))]),
        ({"clocks": []}, [("DOCUMENT_NOT_MAPPING", ("clocks",))]),
        (
            {"clocks": {"a": GOOD | {"rule": {"period": "MONTH", "n": 1}}}},
            [("VALUE_CHOICE", ("clocks", "a", "rule"))],
        ),
        (
            {"clocks": {"a": {"subject": SUBJECT, "source": "", "verified": "NO", "extension_days": 0}}},
            [
                ("KEY_MISSING", ("clocks", "a", "rule")),
                ("VALUE_EMPTY", ("clocks", "a", "source")),
                ("VALUE_CHOICE", ("clocks", "a", "verified")),
                ("VALUE_RANGE", ("clocks", "a", "extension_days")),
            ],
        ),
    ],
)
def test_a_faulty_table_is_refused_with_every_reason(refusal_of, data, expected):
    assert refusal_of(parse_statutory_clocks, data) == expected
