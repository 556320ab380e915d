"""From a notice's text to a drafted double list."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import compress

from hub.linkage.notice.deadlines import Calendar, Deadline, find_deadline, read_deadline
from hub.linkage.notice.division import Labour, divide_listed, divide_spoken
from hub.linkage.notice.header import document_year, read_document_no, read_issued_on, read_title
from hub.linkage.notice.labels import Kind
from hub.linkage.notice.lines import read_lines
from hub.linkage.notice.members import read_members
from hub.linkage.notice.outline import Level, build_outline
from hub.linkage.notice.passages import Passage, is_task, read_passages, stands_among_tasks, without_closing
from hub.linkage.notice.read import NoticeText
from hub.linkage.notice.records import (
    DeadlineKind,
    DraftItem,
    Member,
    MemberRole,
    Note,
    NoticeDraft,
    PartyRef,
    Unresolved,
)
from hub.linkage.notice.roster import Roster
from hub.linkage.notice.wording import area_of, clause_of, make_title

__all__ = [
    "DeadlineKind",
    "DraftItem",
    "Member",
    "MemberRole",
    "Note",
    "NoticeDraft",
    "PartyRef",
    "Unresolved",
    "draft_as_json",
    "draft_notice",
]

_STATED_YEAR = re.compile(r"\d{4}|[〇○零一二三四五六七八九]{4}|印发")


@dataclass(slots=True)
class _Drafting:
    """What drafting one notice needs and gathers."""

    roster: Roster
    calendar: Calendar
    year_known: bool
    listed: bool
    items: list[DraftItem] = field(default_factory=list)
    unresolved: list[Unresolved] = field(default_factory=list)


def draft_notice(notice: NoticeText, roster: Roster, *, year: int, shift_dates: bool) -> NoticeDraft:
    """Draft the items, the members and everything a person must look at.

    ``year`` is the year of the double list. With ``shift_dates`` every date moves by the whole years between the
    notice's own year and ``year``; without, dates stay as printed. Never raises on any text.
    """
    lines, wrapped = read_lines(notice.text)
    document_no = read_document_no(lines)
    issued_on = read_issued_on(lines, document_no)
    own_year = issued_on.year if issued_on else document_year(document_no)
    shift = year - own_year if shift_dates and own_year else 0
    body = without_closing(lines)
    passages = read_passages(build_outline(body, wrapped=wrapped))
    drafting = _Drafting(
        roster,
        Calendar(own_year or year, issued_on, shift),
        year_known=own_year is not None,
        listed=any(passage.responsible for passage in passages),
    )
    for passage, no in zip(passages, _numbers(passages), strict=True):
        _draft(passage, no, drafting)
    title = read_title(lines)
    seats = read_members(body, roster)
    general = [Unresolved(title, "NOTICE_YEAR_UNKNOWN")] if shift_dates and own_year is None else []
    general += [] if drafting.items else [Unresolved(title, "NOTICE_NO_ITEMS")]
    return NoticeDraft(
        digest=notice.digest,
        document_no=document_no,
        title=title,
        issued_on=issued_on,
        items=tuple(drafting.items),
        unresolved=(*drafting.unresolved, *seats.unresolved, *general),
        members=tuple(seats.members),
    )


def draft_as_json(draft: NoticeDraft, roster: Roster) -> dict[str, object]:
    """The draft as plain data for ``--json``: units by short name when resolved, as printed when not."""
    return {
        "digest": draft.digest,
        "document_no": draft.document_no,
        "title": draft.title,
        "issued_on": _iso(draft.issued_on),
        "items": [_item_as_json(item, roster) for item in draft.items],
        "unresolved": [
            {"item": entry.item_no, "text": entry.text, "code": entry.reason, "reason": str(entry.sentence)}
            for entry in draft.unresolved
        ],
        "members": [
            {"role": member.role.value, "unit": _shown(member.unit, roster), "post": member.post}
            for member in draft.members
        ],
    }


def _item_as_json(item: DraftItem, roster: Roster) -> dict[str, object]:
    return {
        "no": item.no,
        "title": item.title,
        "lead": _shown(item.lead, roster) if item.lead else None,
        "cooperating": [_shown(party, roster) for party in item.cooperating],
        "deadline_kind": item.deadline_kind.value if item.deadline_kind else None,
        "due_on": _iso(item.due_on),
        "recurrence": item.recurrence,
        "source_clause": item.source_clause,
        "notes": [{"text": note.text, "code": note.code, "note": str(note.sentence)} for note in item.notes],
    }


def _shown(party: PartyRef, roster: Roster) -> str:
    return roster.unit(party.key).wording(party.printed) if party.key else party.printed


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _numbers(passages: Sequence[Passage]) -> list[str]:
    """A number for each passage that is or may be an item, unique in the notice; empty for the others.

    The printed number at the level of most items when it is unique there, else the path of numbers (2.3.1). Depends on
    the text alone, so that a roster that has grown does not renumber a notice.
    """
    eligible = [passage.responsible or is_task(passage) for passage in passages]
    candidates = list(compress(passages, eligible))
    plain = _plain_level([passage for passage in candidates if passage.responsible] or candidates)
    printed = Counter(
        passage.block.marker.value
        for passage in candidates
        if passage.block.marker is not None and _stands_at(passage, plain)
    )
    used: Counter[str] = Counter()
    numbers = []
    for passage, candidate in zip(passages, eligible, strict=True):
        path = [block.marker.value for block in passage.block.path() if block.marker]
        simple = _stands_at(passage, plain) and (passage.responsible or printed[path[-1]] == 1)
        no = ".".join(map(str, path[-1:] if simple else path))
        no = f"{no}-{passage.index}" if no and passage.index > 1 else no or str(passage.index)
        if candidate:
            used[no] += 1
        numbers.append((f"{no}~{used[no]}" if used[no] > 1 else no) if candidate else "")
    return numbers


def _stands_at(passage: Passage, level: Level | None) -> bool:
    marker = passage.block.marker
    return marker is not None and marker.level is level


def _plain_level(passages: Sequence[Passage]) -> Level | None:
    """The level of most passages, when their numbers at it are all different."""
    markers = [passage.block.marker for passage in passages if passage.block.marker and passage.index == 1]
    if not markers:
        return None
    level, count = Counter(marker.level for marker in markers).most_common(1)[0]
    return level if len({marker.value for marker in markers if marker.level is level}) == count else None


def _draft(passage: Passage, no: str, drafting: _Drafting) -> None:
    """Add one passage to the draft as an item or as something to look at."""
    title = make_title(passage.text)
    if passage.responsible:
        _add_item(passage, no, title, divide_listed(passage, title, drafting.roster), drafting)
        return
    task = is_task(passage)
    labour = divide_spoken(passage, drafting.roster, agents=task, listed=drafting.listed)
    where = f"{clause_of(passage.block)} {title}".strip()
    if labour is None:
        if stands_among_tasks(passage):
            drafting.unresolved.append(Unresolved(where, "NOTICE_TASK_WITHOUT_UNIT"))
    elif task:
        _add_item(passage, no, title, labour, drafting)
    elif passage.block.marker is not None:
        drafting.unresolved.append(Unresolved(where, "NOTICE_LEAD_OUTSIDE_TASKS"))


def _add_item(passage: Passage, no: str, title: str, labour: Labour, drafting: _Drafting) -> None:
    deadline, notes, open_deadline = _deadline(passage, title, drafting)
    unresolved = [*labour.unresolved, *([open_deadline] if open_deadline else [])]
    drafting.unresolved += [Unresolved(text, reason, no) for text, reason in dict.fromkeys(unresolved)]
    clause = clause_of(passage.block)
    drafting.items.append(
        DraftItem(
            no=no,
            title=title or clause or no,
            content=passage.text,
            lead=labour.lead,
            cooperating=tuple(labour.cooperating),
            deadline_kind=deadline.kind,
            due_on=deadline.due_on,
            recurrence=deadline.recurrence,
            source_clause=f"{clause}第{passage.index}段" if passage.index > 1 or not clause else clause,
            linkage_area=area_of(passage.block, passage.text),
            notes=tuple(dict.fromkeys([*labour.notes, *deadline.notes, *notes])),
        )
    )


def _deadline(passage: Passage, title: str, drafting: _Drafting) -> tuple[Deadline, list[Note], tuple[str, str] | None]:
    """The item's deadline, notes about it, and what is open about it."""
    notes: list[Note] = []
    printed = "，".join(statement.value for statement in passage.statements if statement.kind is Kind.DEADLINE)
    if printed:
        deadline = read_deadline(printed, drafting.calendar)
    else:
        found = find_deadline(passage.text, drafting.calendar)
        if found is None:
            return Deadline(), notes, (title, "NOTICE_DEADLINE_MISSING")
        printed, deadline = found
        notes.append(Note("NOTICE_DEADLINE_FROM_SENTENCE", printed))
    if deadline.due_on and not drafting.year_known and not _STATED_YEAR.search(printed):
        notes.append(Note("NOTICE_DEADLINE_YEAR_ASSUMED", printed))
    return deadline, notes, (printed, deadline.problem) if deadline.problem else None
