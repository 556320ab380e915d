"""Recurrences as notices print them (每季度, 每月5日前, 每年6月、12月底前) as RFC 5545 rules (RRULE values).

Only rules that a list item may hold are made (``hub.policy.recurrence``): a weekday or a working day becomes the week
or the month's end with ``coarse`` set, and a phrase that no such rule fits (每日) has none.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass

from hub.linkage.notice.characters import read_numeral

_N = r"[\d〇○零一二两三四五六七八九十元]{1,3}"
_EVERY = re.compile(
    r"每(?P<count>[两二三四六\d])?个?(?P<unit>半年|年度?|季度?|月|旬|周|星期|日|天)"
    r"|[按逐](?P<by>年度?|半年|季度?|月|周)|(?P<adverb>半年|季度|月度|年度)(?=一次|通报|报告)"
)
_TIMES = re.compile(rf"(?:不少于|至少|不低于)?(?P<times>{_N})次")
_ENDING = r"(?:底|末|最后一[天日])"
_MONTH = re.compile(rf"({_N})月份?(?:({_N})[日号]|({_ENDING}))?")
_DAYS = re.compile(rf"[的份]?(?:{_N}[日号][、和及]?)+")
_DAY = re.compile(rf"({_N})[日号]")
_PART = re.compile(r"的?(?:月?(?P<tenth>[上中下])旬|月?初)")
_TENTHS = {"上": "10", "中": "20", "下": "-1"}
_MONTH_END = re.compile(rf"的?月?{_ENDING}")
_LAST_WORKING_DAY = re.compile(r"[的月]?月?[底末]?[前的]?(?:最后)?一个工作日")
_PRECISE = re.compile(r"[第首初节]|周[一二三四五六日]|工作日|元旦")
_FIRST = r"首个?月|第一个?月|[下次]个?季度?首?个?月|次月|(?:结束)?后(?:首月|次月|的?第一个月)?"
_IN_PERIOD = re.compile(rf"(?P<first>[末底]?(?:{_FIRST}))|[末底]月|最后一?个?月|第三个?月")
_PERIOD_END = re.compile(r"[底末]|最后")
_IN_MONTHS = {"年": 12, "年度": 12, "半年": 6, "季": 3, "季度": 3, "月": 1, "月度": 1}
_WEEKDAY = re.compile(r"[一二三四五六日天](?!次)")


@dataclass(frozen=True, slots=True)
class Recurrence:
    """A rule (None when no rule fits the phrase), where the phrase starts, and how often it asks in one period.

    ``coarse`` when the rule leaves out something the phrase says.
    """

    rule: str | None
    start: int
    times: int
    coarse: bool = False


def find_recurrence(text: str) -> Recurrence | None:
    """The first recurrence of a squeezed text."""
    every = _EVERY.search(text)
    count = (read_numeral(every["count"]) if every["count"] else 1) if every else None
    if every is None or not count:
        return None
    rest = re.split(r"[,;。]", text[every.end() :], maxsplit=1)[0]
    unit = every["unit"] or every["by"] or every["adverb"]
    rule, coarse = _rule(unit, count, rest)
    return Recurrence(rule, every.start(), _times(rest), coarse)


def _rule(unit: str, count: int, rest: str) -> tuple[str | None, bool]:
    match unit:
        case "日" | "天":
            return None, False
        case "周" | "星期":
            return _every("WEEKLY", count), _WEEKDAY.match(rest) is not None
        case "旬":
            return "FREQ=MONTHLY;BYMONTHDAY=10,20,-1", False
        case _:
            return _monthly(_IN_MONTHS[unit] * count, rest)


def _monthly(months: int, rest: str) -> tuple[str | None, bool]:
    times = _times(rest)
    if times > 1 and months % times == 0:
        return _every("MONTHLY", months // times), False
    if months % 12 == 0:
        within = _within_year(rest)
        return None if within is None else _every("YEARLY", months // 12) + within, bool(_PRECISE.search(rest))
    if months == 1:
        within = _within_month(rest)
        return None if within is None else _every("MONTHLY", 1) + within, bool(_PRECISE.search(rest))
    return _within_period(months, rest)


def _within_period(months: int, rest: str) -> tuple[str | None, bool]:
    """每季度首月10日前, 每季度末月25日前, 每半年末: months of the year counted in steps of the period."""
    inner, end = _IN_PERIOD.match(rest), _PERIOD_END.match(rest)
    if 12 % months or not (inner or end):
        return _every("MONTHLY", months), bool(_PRECISE.search(rest) or _DAY.search(rest))
    first = inner is not None and inner["first"]
    within = _within_month(rest[inner.end() :]) if inner else ""
    listed = ",".join(str(month) for month in range(1 if first else months, 13, months))
    if within is None:
        return None, False
    day_is_open = not within and first and _DAY.search(rest) is None and inner is not None and "后" in inner[0]
    return f"FREQ=YEARLY;BYMONTH={listed}{within or ';BYMONTHDAY=-1'}", bool(day_is_open or "工作日" in rest)


def _every(frequency: str, count: int) -> str:
    return f"FREQ={frequency}" + (f";INTERVAL={count}" if count > 1 else "")


def _times(rest: str) -> int:
    found = _TIMES.search(rest)
    return (read_numeral(found["times"]) or 1) if found else 1


def _within_year(rest: str) -> str | None:
    """Months of the year with one day for all of them; None when they name impossible or different days."""
    found = [(read_numeral(month), read_numeral(day) if day else None) for month, day, _ in _MONTH.findall(rest)]
    if not found:
        return ";BYMONTH=12;BYMONTHDAY=-1" if re.match(r"年?[底末]", rest) else ""
    days: set[int] = set()
    for month, day in found:
        # A leap year: 29 February exists.
        last = calendar.monthrange(2024, month)[1] if month and 1 <= month <= 12 else 0
        if not last or not 1 <= (last if day is None else day) <= last:
            return None
        days.add(-1 if day in (None, last) else day or 0)
    listed = ",".join(map(str, sorted({month for month, _ in found if month})))
    return f";BYMONTH={listed};BYMONTHDAY={days.pop()}" if len(days) == 1 else None


def _within_month(rest: str) -> str | None:
    """The days of the month a phrase names; empty when it names none, None when one is impossible."""
    listed = _DAYS.match(rest)
    if listed:
        days = [read_numeral(day) for day in _DAY.findall(listed[0])]
        numbers = sorted({day for day in days if day and 1 <= day <= 31})
        return f";BYMONTHDAY={','.join(map(str, numbers))}" if len(numbers) == len(set(days)) else None
    part = _PART.match(rest)
    if part:
        return f";BYMONTHDAY={_TENTHS.get(part['tenth'] or '', '5')}"
    return ";BYMONTHDAY=-1" if _LAST_WORKING_DAY.match(rest) or _MONTH_END.match(rest) else ""
