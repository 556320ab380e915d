"""Recurrences as notices print them (每季度, 每月5日前, 每年6月、12月底前) as RFC 5545 rules (RRULE values)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from hub.linkage.notice.characters import read_numeral

_N = r"[\d〇○零一二两三四五六七八九十元]{1,3}"
_EVERY = re.compile(
    r"每(?P<count>[两二三四六\d])?个?(?P<unit>半年|年度?|季度?|月|旬|周|星期|日|天)"
    r"|按(?P<by>年度?|半年|季度?|月|周)|(?P<adverb>半年|季度|月度|年度)(?=一次|通报|报告)"
)
_TIMES = re.compile(rf"(?:不少于|至少|不低于)?(?P<times>{_N})次")
_MONTHS = re.compile(rf"({_N})月")
_DAY = re.compile(rf"[的份]?({_N})[日号]")
_LAST_WORKING_DAY = re.compile(r"[的月]?月?[底末]?[前的]?(?:最后)?一个工作日")
_IN_MONTHS = {"年": 12, "年度": 12, "半年": 6, "季": 3, "季度": 3, "月": 1, "月度": 1}
_WEEKDAYS = dict(zip("一二三四五六日天", ("MO", "TU", "WE", "TH", "FR", "SA", "SU", "SU"), strict=True))


@dataclass(frozen=True, slots=True)
class Recurrence:
    """A rule, where its phrase starts in the text, and how often it asks within one period."""

    rule: str
    start: int
    times: int


def find_recurrence(text: str) -> Recurrence | None:
    """The first recurrence of a squeezed text.

    每月底前一个工作日 becomes the last weekday of the month; holidays are the working calendar's business.
    """
    every = _EVERY.search(text)
    count = (read_numeral(every["count"]) if every["count"] else 1) if every else None
    if every is None or not count:
        return None
    rest = text[every.end() :]
    unit = every["unit"] or every["by"] or every["adverb"]
    return Recurrence(_rule(unit, count, rest), every.start(), _times(rest))


def _rule(unit: str, count: int, rest: str) -> str:
    match unit:
        case "日" | "天":
            return _every("DAILY", count)
        case "周" | "星期":
            weekday = _WEEKDAYS.get(rest[:1]) if rest[1:2] != "次" else None
            return _every("WEEKLY", count) + (f";BYDAY={weekday}" if weekday else "")
        case "旬":
            return "FREQ=MONTHLY;BYMONTHDAY=10,20,-1"
        case _:
            return _monthly(_IN_MONTHS[unit] * count, rest)


def _monthly(months: int, rest: str) -> str:
    times = _times(rest)
    if times > 1 and months % times == 0:
        return _every("MONTHLY", months // times)
    if months % 12 == 0:
        return _every("YEARLY", months // 12) + _within_year(rest)
    if months > 1 and 12 % months == 0 and re.match(r"[底末]|最后", rest):
        ends = ",".join(str(month) for month in range(months, 13, months))
        return f"FREQ=YEARLY;BYMONTH={ends};BYMONTHDAY=-1"
    return _every("MONTHLY", months) + (_within_month(rest) if months == 1 else "")


def _every(frequency: str, count: int) -> str:
    return f"FREQ={frequency}" + (f";INTERVAL={count}" if count > 1 else "")


def _times(rest: str) -> int:
    found = _TIMES.search(rest)
    return (read_numeral(found["times"]) or 1) if found else 1


def _within_year(rest: str) -> str:
    found = [read_numeral(match) for match in _MONTHS.findall(rest)]
    months = sorted({month for month in found if month and 1 <= month <= 12})
    if months:
        listed = ",".join(map(str, months))
        return f";BYMONTH={listed}" + (_within_month(rest.rpartition("月")[2]) or ";BYMONTHDAY=-1")
    return ";BYMONTH=12;BYMONTHDAY=-1" if re.match(r"年?[底末]", rest) else ""


def _within_month(rest: str) -> str:
    day = _DAY.match(rest)
    number = read_numeral(day[1]) if day else None
    if number and 1 <= number <= 31:
        return f";BYMONTHDAY={number}"
    if _LAST_WORKING_DAY.match(rest):
        return ";BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1"
    return ";BYMONTHDAY=-1" if re.match(r"的?月?[底末]", rest) else ""
