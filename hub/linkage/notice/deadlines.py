"""Deadlines as notices print them: dates, ends of periods, recurrences, 长期坚持.

Reading is by phrase, never by guess: a phrase outside the grammar gives no kind and a reason.

====================================  ==========================================================
2021年4月30日(前), 2021-4-30           FIXED on that day
2021年6月底前, 6月底前, 2021年6月        FIXED on the last day of the month (no year: the notice's)
2021年6月前                            FIXED on the last day before the month
上旬 / 中旬 / 下旬                       FIXED on the 10th / 20th / last day
2021年底, 年底前, 年内, 2021年           FIXED on 31 December
上半年, 一季度 …                         FIXED on the last day of the period
三季度前, 上半年前                        the same, with a note: it may mean before the period begins
印发之日起30日内, 印发后三个月内           FIXED from the day of issue; working days are reported
每季度 …, 每半年, 每月5日前               RECURRING (``recurrences``)
长期坚持, 持续推进, 常态化                LONG_TERM
立即, 适时, 定期                         reported: they name no day and no period
====================================  ==========================================================

Several dates are stages: the last one counts, with a note. A date with 长期坚持 or 每… after it is FIXED, with a note.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from hub.linkage.notice.characters import read_numeral, squeeze
from hub.linkage.notice.records import DeadlineKind, Note
from hub.linkage.notice.recurrences import Recurrence, find_recurrence

_N = r"[\d〇○零一二两三四五六七八九十元]{1,3}"
_WHEN = re.compile(
    r"(?P<iso>\d{4})[-./](?P<iso_month>\d{1,2})(?!\d|[年前])(?:[-./](?P<iso_day>\d{1,2}))?"
    r"|(?:(?P<year>[\d〇○零一二三四五六七八九]{4})(?:年度?|(?=-\d{4}年))"
    r"|(?P<this>今年|本年度?|当年|年度)|(?P<next>明年|次年|翌年|下一年))?"
    rf"(?:(?P<month>{_N})月份?(?:(?P<day>{_N})[日号]|(?P<part>[上中下]旬|月?[底末]|初)|(?P<before>[以之]?前))?"
    r"|(?P<half>[上下])半年|第?(?P<quarter>[一二三四1234])季度?|(?P<end>年?[底末]|年?[之以]?内))?"
)
_SINCE_ISSUE = re.compile(
    r"(?:印发|发布|下发|公布|施行|实施)(?:之日|之时|之后|当日)?[起后]?"
    rf"(?P<count>{_N})(?P<unit>个?工作日|日|天|个月|周|年)[之以]?内"
)
_STARTING = re.compile(r"^[自从]?[^,;]{1,12}起,?(?=每|长期|持续|常)")
_LONG = re.compile(r"长期|常年|持续|常态化?|贯穿全年|经常性|一贯|始终|长效|不断|日常|永久|全年")
_VAGUE = re.compile(
    r"立即|即时|实时|随时|逐步|立行立改|即知即改|即日|适时|尽快|及时|定期|近期|根据需要|视情|按要求|按规定|按照.{0,12}要求|待定|另行"
)
_STATED_DATE = re.compile(
    r"(?:(?:\d{4}年|今年|明年)?(?<!\d)\d{1,2}月(?:\d{1,2}日|月?[底末]|[上中下]旬)?"
    r"|(?:\d{4}年|今年|明年|(?<![\d\u4e00-\u9fff])年)年?[底末]|\d{4}年上半年)[以之]?前"
    r"|\d{4}年(?:\d{1,2}月)?(?:\d{1,2}日|月?[底末]|年?[底末])?(?:全面|基本|全部)?(?:完成|建成|实现)|长期坚持"
    r"|(?<=[,;。])(?:长期|常年|持续|常态化)(?:推进|推动|开展|实施|坚持)(?=[。;]|$)"
)
_STATED_RULE = re.compile(
    r"每(?:半年|年|季度?|两?个?月|周)(?:\d{1,2}月)?(?:\d{1,2}日|[月年季]?[底末])?(?:前?一个工作日)?[之以]?前?"
    r"(?=[^。;,]{0,24}(?:通报|报送|报告|推送|开展|召开|通告|上报|提交|汇总|向|一次|次|分析|发送))"
)
_BEFORE = re.compile(r"[以之]?前")
_ENDING = re.compile(r"[之以]?前$|(?:全面|基本|全部)?(?:完成|建成|实现)$")
_DATED_CLAUSE = re.compile(r"(?:(?:并|并于|确保|力争|于|至|到|截至)+)?\d{4}年")
# What may follow a year that stands alone; 2026年春节前 and 2026年以前 name another day.
_AFTER_YEAR = re.compile(
    r"$|[,;、。()至到]|-|度|全|完|建成|实|基本|取得|达|形成|持续|长期|起|每|按|内|推进|开展|启动|落"
)
_BEGINNING = re.compile(r"(?:起|开始|[之以]?后)(?!.*[至到-])")
_QUARTERS = {"一": 3, "二": 6, "三": 9, "四": 12, "1": 3, "2": 6, "3": 9, "4": 12}
_LONGEST = 200


@dataclass(frozen=True, slots=True)
class Calendar:
    """How a notice's dates are read: its year, its day of issue if known, and the shift in years."""

    year: int
    issued_on: date | None = None
    shift: int = 0


@dataclass(frozen=True, slots=True)
class Deadline:
    """A read deadline. ``problem`` is a problem code when no kind could be read."""

    kind: DeadlineKind | None = None
    due_on: date | None = None
    recurrence: str | None = None
    notes: tuple[Note, ...] = ()
    problem: str | None = None


@dataclass(slots=True)
class _Days:
    """The days a phrase names; ``wrong`` when one of them is impossible or unknowable."""

    found: list[date]
    notes: list[Note]
    wrong: bool = False


def read_deadline(printed: str, reading: Calendar) -> Deadline:
    """Read the phrase of a deadline line or clause."""
    text = _STARTING.sub("", squeeze(printed).strip("。;,、.:"))
    if not text or len(text) > _LONGEST:
        return Deadline(problem="NOTICE_DEADLINE_UNCLEAR")
    recurrence, lasting = find_recurrence(text), _LONG.search(text)
    days = _read_days(_without_recurrence(text, recurrence) if recurrence else text, reading)
    if days.wrong or (recurrence and recurrence.rule is None and not lasting):
        return Deadline(problem="NOTICE_DEADLINE_UNCLEAR")
    if days.found:
        if len(set(days.found)) > 1:
            days.notes.append(Note("NOTICE_DEADLINE_STAGED", printed))
        if recurrence or (lasting and lasting[0] != "全年"):
            days.notes.append(Note("NOTICE_DEADLINE_CONTINUES", printed))
        return Deadline(DeadlineKind.FIXED, due_on=max(days.found), notes=tuple(days.notes))
    if recurrence and recurrence.rule and (lasting is None or recurrence.start < lasting.start()):
        codes = ["NOTICE_RECURRENCE_TIMES"] * (recurrence.times > 1) + ["NOTICE_RECURRENCE_COARSE"] * recurrence.coarse
        notes = tuple(Note(code, printed) for code in codes)
        return Deadline(DeadlineKind.RECURRING, recurrence=recurrence.rule, notes=notes)
    if lasting:
        notes = (Note("NOTICE_DEADLINE_CONTINUES", printed),) if recurrence else ()
        return Deadline(DeadlineKind.LONG_TERM, notes=notes)
    return Deadline(problem="NOTICE_DEADLINE_VAGUE" if _VAGUE.search(text) else "NOTICE_DEADLINE_UNCLEAR")


def _without_recurrence(text: str, recurrence: Recurrence) -> str:
    """What stands before a recurrence, and a later clause with a year: 每季度通报，2026年12月底前完成."""
    later = re.split(r"[,;。]", text[recurrence.start :])[1:]
    return ",".join([text[: recurrence.start], *(clause for clause in later if _DATED_CLAUSE.match(clause))])


def find_deadline(content: str, reading: Calendar) -> tuple[str, Deadline] | None:
    """The only deadline that the sentences of an item state, with its phrase; None when there is none or several.

    Counted are dates with 前 or 完成, recurrences (每季度 …) and 长期坚持.
    """
    text = squeeze(content)
    phrases = [match[0] for pattern in (_STATED_DATE, _STATED_RULE) for match in pattern.finditer(text)]
    if len({_ENDING.sub("", phrase) for phrase in phrases}) != 1:
        return None
    deadline = read_deadline(phrases[0], reading)
    return (phrases[0], deadline) if deadline.kind else None


def _read_days(text: str, reading: Calendar) -> _Days:
    since = _SINCE_ISSUE.search(text)
    if since:
        day = _since_issue(since, reading)
        return _Days([day] if day else [], [Note("NOTICE_DEADLINE_FROM_ISSUE", text)], wrong=day is None)
    days, year = _Days([], []), 0
    for match in _WHEN.finditer(text):
        if not match[0] or _names_no_day(match):
            continue
        if _names_another_day(match, text):
            return _Days([], [], wrong=True)
        stated = _year_of(match, reading, year)
        day = _day_of(match, stated, reading.shift)
        if day is None or (not year and _has_passed(match, stated, reading)):
            return _Days([], [], wrong=True)
        year = stated
        days.found.append(day)
        if (match["month"] or match["iso_month"]) and not (match["day"] or match["iso_day"] or match["part"]):
            days.notes.append(Note("NOTICE_DEADLINE_MONTH", match[0]))
        if (match["quarter"] or match["half"]) and (before := _BEFORE.match(text, match.end())):
            days.notes.append(Note("NOTICE_DEADLINE_TWO_READINGS", match[0] + before[0]))
    return days


def _names_no_day(match: re.Match[str]) -> bool:
    """以内, 底 or 年度 on their own."""
    found = {name: value for name, value in match.groupdict().items() if value}
    return found == {"this": "年度"} or (set(found) == {"end"} and not found["end"].startswith("年"))


def _names_another_day(match: re.Match[str], text: str) -> bool:
    """A year before words that narrow it (春节前), or a date that is a beginning (7月1日起)."""
    found = {name for name, value in match.groupdict().items() if value}
    alone = found in ({"year"}, {"this"}, {"next"})
    return (alone and not _AFTER_YEAR.match(text, match.end())) or _BEGINNING.match(text, match.end()) is not None


def _year_of(match: re.Match[str], reading: Calendar, previous: int) -> int:
    if match["iso"] or match["year"]:
        return read_numeral(match["iso"] or match["year"]) or 0
    return reading.year + 1 if match["next"] else previous or reading.year


def _has_passed(match: re.Match[str], year: int, reading: Calendar) -> bool:
    """A first month without a year that had passed when the notice was issued names no knowable year."""
    month = read_numeral(match["month"]) if match["month"] else None
    stated = match["year"] or match["this"] or match["next"]
    issued = reading.issued_on
    return not stated and month is not None and issued is not None and issued.year == year and month < issued.month


def _day_of(match: re.Match[str], stated: int, shift: int) -> date | None:
    year = stated + shift
    if not (1 < stated < 9999 and 1 < year < 9999):
        return None
    month = read_numeral(match["iso_month"] or match["month"] or "")
    day = read_numeral(match["iso_day"] or match["day"] or "")
    if month is not None and day is not None:
        return _exact(stated, shift, month, day)
    if month is not None:
        return _day_in_month(match, year, month)
    if match["quarter"]:
        return _last(year, _QUARTERS[match["quarter"]])
    return date(year, 6, 30) if match["half"] == "上" else date(year, 12, 31)


def _day_in_month(match: re.Match[str], year: int, month: int) -> date | None:
    if not 1 <= month <= 12:
        return None
    if match["before"]:
        return date(year, month, 1) - timedelta(days=1)
    match match["part"]:
        case "上旬":
            return date(year, month, 10)
        case "中旬":
            return date(year, month, 20)
        case "初":
            return date(year, month, 5)
        case _:
            return _last(year, month)


def _exact(stated: int, shift: int, month: int, day: int) -> date | None:
    """A printed day in the year it is shifted to; 29 February becomes the 28th in a common year."""
    try:
        return date(stated, month, day) + relativedelta(years=shift)
    except ValueError:
        return None


def _last(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


def _since_issue(match: re.Match[str], reading: Calendar) -> date | None:
    count = read_numeral(match["count"])
    if count is None or reading.issued_on is None:
        return None
    start = reading.issued_on + relativedelta(years=reading.shift)
    match match["unit"]:
        case "日" | "天":
            return start + timedelta(days=count)
        case "周":
            return start + timedelta(weeks=count)
        case "个月":
            return start + relativedelta(months=count)
        case "年":
            return start + relativedelta(years=count)
        case _:
            return None
