"""Seats of a joint meeting or leading group, read from roster lines. Names of persons are found only to be left out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from hub.linkage.notice.characters import fold, squeeze
from hub.linkage.notice.naming import looks_like_unit
from hub.linkage.notice.outline import match_marker
from hub.linkage.notice.parties import Parties, resolve_piece, split_list
from hub.linkage.notice.records import Member, MemberRole, PartyRef, Unresolved
from hub.linkage.notice.roster import Resolved, Roster, Unknown

_ROLES = (
    (MemberRole.EXECUTIVE_DEPUTY_CONVENOR, r"(?:常务|执行)(?:副总?召集人|副组长|副主任(?:委员)?|副主席)"),
    (MemberRole.DEPUTY_CONVENOR, r"(?:第[一二]|联席)?(?:副总?召集人|副组长|副主任(?:委员)?|副主席)"),
    (MemberRole.CONVENOR, r"(?:第一|总|共同)?(?:总?召集人|组长|政委|主席|主任(?:委员)?)"),
    (MemberRole.MEMBER, r"(?:联席会议|领导小组|专班)?(?:组成)?成员(?:单位)?|组成人员|参会单位|参加单位及人员"),
)
_ROLE_LINE = tuple((role, re.compile(rf"(?:{words})(?:\([^()]{{0,12}}\))?:")) for role, words in _ROLES)
_PRINTED = {
    MemberRole.CONVENOR: "召集人",
    MemberRole.EXECUTIVE_DEPUTY_CONVENOR: "常务副召集人",
    MemberRole.DEPUTY_CONVENOR: "副召集人",
    MemberRole.MEMBER: "成员",
    MemberRole.OFFICE: "办公室",
}
_OFFICE = re.compile(
    r"(?:联席会议|领导小组|联动工作|机制|协调小组|专班)?办公室(?:暂)?设在([\u4e00-\u9fff()]{2,24}?)(?=[,。;、]|内|$)"
)
_OFFICE_SENTENCE = re.compile(r"办公室(?:暂)?设在|下设|兼任?(?:联席会议|领导小组)?办公室主任")
_POST = (
    r"(?:党委|党组)?(?:委员会)?(?:主要|分管|有关|相关)?负责(?:同志|人|同事)|分管领导|主要领导|有关领导|班子成员|常务副[市县区]长|副?[市省县区州]长"
    r"|(?:党组|党委|党工委|常务|专职)?(?:副)?(?:书记|局长|主任|院长|检察长|行长|部长|关长|经理|总经理|主席|主委|组长|会长|所长|队长|常委|支队长|大队长|社长|乡长|镇长|秘书长|处长|科长|委员|专委)"
)
_POST_END = re.compile(rf"(?:(?:、|兼|和)?(?:{_POST})(?:\([^()]{{0,20}}\))?)+$")
_GENERAL = re.compile(r"(?:主要|分管|有关|相关)?负责(?:同志|人)$|(?:分管|主要|有关)领导$")
_TRAILING_NAME = re.compile(r"\([\u4e00-\u9fff]{2,4}\)$")
_GOVERNMENT_POST = re.compile(r"^(?:常务)?副?[市省县区州]长|^政府党组")
_IN_BRACKETS = re.compile(r"[\u4e00-\u9fff]{2,4}\(([^()]{4,30})\)")
_LONGEST_NAME = 6
_SPACE = re.compile(r"\s+")


@dataclass(slots=True)
class Seats:
    """Members found, with what could not be read."""

    members: list[Member] = field(default_factory=list)
    unresolved: list[Unresolved] = field(default_factory=list)

    def add(self, role: MemberRole, unit: PartyRef, post: str | None) -> None:
        member = Member(role, unit, post)
        if not any(
            (seat.role, seat.unit.key or seat.unit.printed, seat.post) == (role, unit.key or unit.printed, post)
            for seat in self.members
        ):
            self.members.append(member)


def is_roster_line(line: str) -> bool:
    """Whether a line opens a part of a member roster (召集人：, 成员：)."""
    return _opening(line) is not None


def read_members(lines: Sequence[str], roster: Roster) -> Seats:
    """Members from roster lines and the lines that continue them, and the office from 办公室设在…."""
    seats, role = Seats(), None
    for line in lines:
        opening = _opening(line)
        if opening is not None:
            role, rest = opening
            _read_seats(role, rest, roster, seats)
        elif role is not None and not _ends_roster(line):
            _read_seats(role, line, roster, seats)
        else:
            role = None
        _read_office(line, roster, seats)
    return seats


def _opening(line: str) -> tuple[MemberRole, str] | None:
    """The role a roster line opens, and the rest of the line as printed."""
    head = fold(line[:40])
    marker = match_marker(head)
    start = marker.length if marker else 0
    colon = head.find(":", start)
    if colon < 0:
        return None
    label = squeeze(head[start : colon + 1])
    for role, pattern in _ROLE_LINE:
        if pattern.fullmatch(label):
            return role, line[colon + 1 :]
    return None


def _ends_roster(line: str) -> bool:
    """A numbered line, a sentence, or a line without a post ends the roster."""
    flat = squeeze(line)
    return (
        match_marker(fold(line)) is not None
        or len(flat) > 40
        or _OFFICE_SENTENCE.search(flat) is not None
        or not _POST_END.search(flat.strip("。;,、"))
    )


def _read_seats(role: MemberRole, text: str, roster: Roster, seats: Seats) -> None:
    waiting: list[str] = []
    for piece in split_list(text.strip()):
        flat = squeeze(piece)
        general = _GENERAL.search(flat)
        if general:
            waiting.append(flat[: general.start()])
            for name in waiting:
                _read_unit(role, name, general[0], roster, seats)
            waiting = []
        elif _POST_END.fullmatch(flat) and seats.members and seats.members[-1].role is role:
            _add_post(flat, roster, seats)
        elif _POST_END.search(flat) or _IN_BRACKETS.fullmatch(flat):
            _read_post(role, piece, roster, seats)
        else:
            waiting.append(piece)
    for name in waiting:
        _read_unit(role, name, None, roster, seats)


def _add_post(post: str, roster: Roster, seats: Seats) -> None:
    """A further post of the seat just read: 县司法局党组书记、局长; 县委副书记、县长 (then the government's)."""
    seat = seats.members.pop()
    government = roster.resolve("政府")
    if _GOVERNMENT_POST.match(post) and isinstance(government, Resolved):
        unit = PartyRef(government.unit.short_name, government.unit.key)
        seats.members.append(Member(seat.role, unit, f"{seat.unit.printed}{seat.post or ''}、{post}"))
    else:
        seats.members.append(Member(seat.role, seat.unit, f"{seat.post}、{post}" if seat.post else post))


def _read_unit(role: MemberRole, name: str, post: str | None, roster: Roster, seats: Seats) -> None:
    """A seat of a unit, its name perhaps after a person's. Text that may be a person's name is not repeated."""
    flat = squeeze(name)
    if not flat:
        return
    for offset in (2, 3, 4):
        match = roster.match_prefix(flat[offset:])
        if match and offset + match[1] == len(flat) and isinstance(roster.resolve(flat), Unknown):
            seats.add(role, PartyRef(flat[offset:], match[0].key), post)
            return
    parties, found = Parties(), list[PartyRef]()
    resolve_piece(name, roster, found, parties)
    for party in found:
        if party.key is not None or looks_like_unit(party.printed):
            seats.add(role, party, post)
    for text, reason in parties.unresolved:
        if looks_like_unit(squeeze(text)) or reason != "NOTICE_UNIT_UNKNOWN":
            seats.unresolved.append(Unresolved(text, reason))
        else:
            seats.unresolved.append(Unresolved(_PRINTED[role], "NOTICE_MEMBER_UNCLEAR"))


def _read_post(role: MemberRole, piece: str, roster: Roster, seats: Seats) -> None:
    """A named post: 李某某市政府副市长, 县委常委、副县长. The unit is the first that surely begins one."""
    flat = _TRAILING_NAME.sub("", squeeze(piece))
    bracket = _IN_BRACKETS.fullmatch(flat)
    flat = bracket[1] if bracket else flat
    first_word = _SPACE.split(piece.strip())[0]
    offsets = [0, len(squeeze(first_word)), 2, 3, 4, 5, _LONGEST_NAME] if not bracket else [0]
    for offset in dict.fromkeys(offsets):
        match = roster.match_prefix(flat[offset:]) if offset <= _LONGEST_NAME else None
        if match and _POST_END.fullmatch(flat[offset + match[1] :]):
            unit, length = match
            printed = flat[offset : offset + length]
            seats.add(role, PartyRef(printed, unit.key), flat[offset + length :])
            return
    post = _POST_END.search(flat)
    government = roster.resolve("政府")
    if post and _GOVERNMENT_POST.match(post[0]) and isinstance(government, Resolved) and post.start() <= _LONGEST_NAME:
        seats.add(role, PartyRef(government.unit.short_name, government.unit.key), post[0])
        return
    seats.unresolved.append(Unresolved(f"{_PRINTED[role]} {post[0] if post else ''}".strip(), "NOTICE_MEMBER_UNCLEAR"))


def _read_office(line: str, roster: Roster, seats: Seats) -> None:
    found = _OFFICE.search(squeeze(line))
    if found:
        match = roster.match_prefix(found[1])
        if match and match[1] == len(found[1]):
            seats.add(MemberRole.OFFICE, PartyRef(found[1], match[0].key), None)
        else:
            seats.unresolved.append(Unresolved(found[1], "NOTICE_UNIT_UNKNOWN"))
