"""Units named in a list: taking the list apart, and finding each piece in the roster.

Nothing of a list is lost: every piece becomes a unit, a group, or an ``Unresolved``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from hub.linkage.notice.characters import fold, matched_brackets, squeeze, tidy
from hub.linkage.notice.labels import Kind
from hub.linkage.notice.naming import looks_like_unit
from hub.linkage.notice.records import Note, PartyRef
from hub.linkage.notice.roster import Ambiguous, Group, Resolved, Roster, Unknown

_SEPARATORS = "、,;/|·•。\n\t."
_ROLE_END = (
    (Kind.LEAD, re.compile(
            r"(?:负责|具体|共同|联合|统一|统筹|总)?(?:牵头|主办|主责)"
            r"(?:负责|落实|抓总|组织(?:实施)?|推进|实施)?$|为(?:牵头|主办)(?:单位|部门)$"
        )),
    (Kind.COOPERATING, re.compile(
            r"(?:按照?(?:各自)?(?:职责|职能|分工|职责分工))?(?:积极|密切|共同|协同|协助|予以|做好|全力)*"
            r"(?:配合|协助|参与|参加|协办|协作|支持)$"
        )),
    (Kind.RESPONSIBLE, re.compile(
        r"(?:按照?(?:各自)?(?:职责|职能|分工|职责分工|职能分工|职责范围)(?:分别|共同|抓好|组织|做好)*(?:负责|落实|推进|实施|办理)?"
        r"|(?:分别|共同|具体|组织|主要)*(?:负责|组织实施)(?:落实|推进|实施|办理)?)$")),
)  # fmt: skip
_ROLE_START = (
    (Kind.LEAD, re.compile(r"^(?:牵头|主办)(?:单位|部门)?[:为是]?(?=.{2})")),
    (Kind.COOPERATING, re.compile(r"^(?:配合|协办|参与|协同)(?:单位|部门)?[:为是]?(?=.{2})")),
)
_ROLE_NOTE = re.compile(r"\((?:为)?(牵头|主办|主责|配合|协办|参与)(?:单位|部门)?\)")
_DUTY = re.compile(r"由?(.{2,20}?)(牵头|负责|配合|协助)(?=.{2})")
_DUTY_ROLES = {"牵头": Kind.LEAD, "配合": Kind.COOPERATING, "协助": Kind.COOPERATING}
_LEADING = re.compile(r"^(?:由|以及|及|和|与|会同|联合|商|以|各由)(?=.{2})")
_JOINT = re.compile(r"^(.{2,20}?)(?:会同|联合|协同|商)(.{2,20})$")
_CONJUNCTION = re.compile(r"以及|[和与及暨]")
_AND_SO_ON = re.compile(r"(?<=.)(?<![高中初同平对上下])等")
_OPEN = re.compile(
    r"有关|相关|各部门|各单位|成员|职能部门|责任(?:单位|部门)|其他|其它|直(?:属)?(?:单位|部门|机关)|的(?:部门|单位|机关|机构|地方)|^各|各级|^本(?:院|单位|部门|[省市县区级])|部门$"
    r"|以上|上述|全体|所属|所有|涉及|属地|所在地|两级|主管"
)
_MOST_FRAGMENTS = 60
_LONGEST_PIECE = 60


@dataclass(slots=True)
class Parties:
    """Units found in statements, by role, with what stayed open. Order is the printed one, without repetitions."""

    lead: list[PartyRef] = field(default_factory=list)
    responsible: list[PartyRef] = field(default_factory=list)
    cooperating: list[PartyRef] = field(default_factory=list)
    unresolved: list[tuple[str, str]] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    headless: bool = False

    def role(self, kind: Kind) -> list[PartyRef]:
        match kind:
            case Kind.LEAD:
                return self.lead
            case Kind.COOPERATING:
                return self.cooperating
            case _:
                return self.responsible

    @property
    def nobody(self) -> bool:
        return not (self.lead or self.responsible or self.cooperating)

    def everyone(self) -> list[PartyRef]:
        return distinct([*self.lead, *self.responsible, *self.cooperating])

    def open(self, text: str, reason: str) -> None:
        if (text, reason) not in self.unresolved:
            self.unresolved.append((text, reason))


def distinct(parties: Sequence[PartyRef]) -> list[PartyRef]:
    """Each unit once, in order of first mention."""
    return list({party.key or party.printed: party for party in reversed(parties)}.values())[::-1]


def read_parties(value: str, kind: Kind, roster: Roster, into: Parties) -> None:
    """Add the units of one statement's value to ``into``. ``kind`` is the role the label gives them.

    A role word in the value (县法院牵头、县司法局配合) rules the names before it that have no role yet.
    """
    waiting: list[str] = []
    for piece in split_list(value):
        name, role = _role_of(piece)
        duty = _DUTY.match(squeeze(piece))
        if role is None and duty and is_known(duty[1], roster) and not is_known(piece, roster):
            name, role = duty[1], _DUTY_ROLES.get(duty[2], Kind.RESPONSIBLE)
        if name:
            waiting.append(name)
        if role is not None:
            _resolve_all(waiting, role, roster, into, first=into.nobody)
            waiting = []
    _resolve_all(waiting, kind, roster, into, first=into.nobody)


def split_list(value: str) -> list[str]:
    """The pieces of a list, cut at separators outside brackets."""
    folded = fold(value)
    inside = matched_brackets(folded)
    pieces, start, spans = [], 0, iter([*inside, (len(value), len(value))])
    span = next(spans)
    for index, char in enumerate(folded):
        while index >= span[1] < len(value):
            span = next(spans)
        if char in _SEPARATORS and not span[0] <= index < span[1]:
            pieces.append(value[start:index])
            start = index + 1
    pieces.append(value[start:])
    return [piece.strip() for piece in pieces if piece.strip(" -:()")]


def _role_of(piece: str) -> tuple[str, Kind | None]:
    """A piece without its role word, and the role."""
    flat, role = squeeze(piece), None
    noted = _ROLE_NOTE.search(flat)
    if noted:
        role = Kind.LEAD if noted[1] in ("牵头", "主办", "主责") else Kind.COOPERATING
        return _ROLE_NOTE.sub("", flat), role
    for kind, pattern in _ROLE_START:
        match = pattern.match(flat)
        if match and not looks_like_unit(flat[: match.end()]):
            return flat[match.end() :], kind
    for kind, pattern in _ROLE_END:
        match = pattern.search(flat)
        if match:
            return flat[: match.start()], kind
    return piece, None


def _resolve_all(names: Sequence[str], role: Kind, roster: Roster, into: Parties, *, first: bool) -> None:
    for index, name in enumerate(names):
        group = isinstance(roster.resolve(tidy(name)), Group)
        # A group names no one unit that could lead.
        resolve_piece(name, roster, into.responsible if group and role is Kind.LEAD else into.role(role), into)
        if first and index == 0 and role is not Kind.COOPERATING:
            into.headless = group or into.nobody


def resolve_piece(piece: str, roster: Roster, found: list[PartyRef], into: Parties) -> None:
    """Append what one piece of a list names to ``found``; report in ``into`` what it does not."""
    name = _LEADING.sub("", _without_stray_brackets(tidy(piece).strip(" ：:，,。；;")))
    if not name:
        return
    if len(name) > _LONGEST_PIECE:
        into.open(name, "NOTICE_UNIT_UNKNOWN")
        return
    if _take(name, roster, found, into):
        return
    and_so_on = _AND_SO_ON.search(piece)
    if and_so_on:
        tail = tidy(piece[and_so_on.start() :])
        resolve_piece(piece[: and_so_on.start()], roster, found, into)
        into.open(name if tail == "等" else tail, "NOTICE_LIST_OPEN")
        return
    for parts in _partings(piece, name, roster):
        for part in parts:
            resolve_piece(part, roster, found, into)
        return
    if _OPEN.search(name) or not squeeze(name):
        into.open(name, "NOTICE_UNIT_OPEN")
        return
    found.append(PartyRef(name, None))
    into.open(name, "NOTICE_UNIT_UNKNOWN")


def _without_stray_brackets(name: str) -> str:
    """The name without brackets at its ends that a broken line has separated from their partners."""
    folded = fold(name)
    inside = {index for start, end in matched_brackets(folded) for index in range(start, end)}
    start, end = 0, len(name)
    while start < end and folded[start] in "()" and start not in inside:
        start += 1
    while end > start and folded[end - 1] in "()" and end - 1 not in inside:
        end -= 1
    return name[start:end]


def _take(name: str, roster: Roster, found: list[PartyRef], into: Parties) -> bool:
    """Resolve a whole name; False when the roster does not know it."""
    resolution = roster.resolve(name)
    if isinstance(resolution, Unknown) and not resolution.collective and name.endswith((")", "）")):
        bare = name[: matched_brackets(fold(name))[-1][0]] if matched_brackets(fold(name)) else name
        inner = roster.resolve(bare)
        if bare and isinstance(inner, Resolved | Group):
            into.notes.append(Note("NOTICE_BRACKET_DROPPED", name))
            resolution = inner
    match resolution:
        case Resolved(unit, inferred):
            found.append(PartyRef(name, unit.key))
            if inferred:
                into.notes.append(Note("NOTICE_NAME_INFERRED", f"{name} → {unit.name}"))
        case Group(units):
            found += [PartyRef(unit.short_name, unit.key) for unit in units]
            into.notes.append(Note("NOTICE_GROUP_EXPANDED", name))
        case Ambiguous():
            found.append(PartyRef(name, None))
            into.open(name, "NOTICE_UNIT_AMBIGUOUS")
        case Unknown(collective=True):
            into.open(name, "NOTICE_GROUP_UNKNOWN")
        case Unknown():
            return False
    return True


def _partings(piece: str, name: str, roster: Roster) -> Iterator[list[str]]:
    """Ways to read one piece as several names, the surest first: 会同, spaces, 和/与/及, names run together."""
    joint = _JOINT.match(name)
    if joint and all(is_known(part, roster) for part in joint.groups()):
        yield [joint[1], joint[2]]
    fragments = fold(piece).split()
    if 1 < len(fragments) <= _MOST_FRAGMENTS:
        yield from _by_spaces(fragments, roster)
    for match in _CONJUNCTION.finditer(name):
        sides = [name[: match.start()], name[match.end() :]]
        known = [is_known(side, roster) for side in sides]
        if all(known) or (any(known) and all(looks_like_unit(side) for side in sides)):
            yield sides
    tiles = _tile(squeeze(name), roster)
    if tiles:
        yield tiles


def is_known(name: str, roster: Roster) -> bool:
    """Whether the roster knows the name as a unit or a collective, be it ambiguous or not to be expanded."""
    resolution = roster.resolve(name)
    return isinstance(resolution, Resolved | Group | Ambiguous) or (
        isinstance(resolution, Unknown) and resolution.collective
    )


def _by_spaces(fragments: Sequence[str], roster: Roster) -> Iterator[list[str]]:
    """Join neighbouring fragments so that as few as possible stay unknown (spaces separate, or are noise)."""
    best: list[tuple[int, int, list[str]]] = [(0, 0, [])]
    for end in range(1, len(fragments) + 1):
        choices = []
        for start in range(max(0, end - 12), end):
            name = "".join(fragments[start:end])
            unknown, count, names = best[start]
            cost = 0 if is_known(name, roster) else end - start
            choices.append((unknown + cost, count + 1, [*names, name]))
        best.append(min(choices, key=lambda choice: choice[:2]))
    unknown, count, names = best[-1]
    if count > 1 and (unknown < len(fragments) or all(looks_like_unit(name) for name in names)):
        yield names


def _tile(name: str, roster: Roster) -> list[str]:
    """Names printed without any separator, when certain names cover the piece completely."""
    tiles, position = [], 0
    while position < len(name):
        match = roster.match_prefix(name[position:])
        if match is None:
            return []
        tiles.append(name[position : position + match[1]])
        position += match[1]
    return tiles if len(tiles) > 1 else []
