"""Division of labour in the sentences of an item: 由县法院牵头，联合县司法局……；县公安局配合。"""

from __future__ import annotations

import re
from dataclasses import dataclass

from hub.linkage.notice.characters import squeeze
from hub.linkage.notice.naming import looks_like_unit
from hub.linkage.notice.parties import Parties, distinct, is_known, resolve_piece, split_list
from hub.linkage.notice.records import Note, PartyRef
from hub.linkage.notice.roster import Resolved, Roster, Unit

_LOOK_BACK = 90
_MOST_CLAUSES = 40
_LEAD = re.compile(r"牵头(?!的(?!单位|部门)|作用|职责|抓总的|地位|任务)")
_BY = re.compile(r"(?<![理自缘事案经])由(?!于|此|衷|来)")
_STOP = re.compile(r"[。;!?:(]")
_ADVERBS = re.compile(
    r"(?:负责|具体|共同|联合|统一|统筹|总|作为|主要|分别|依法|依职责|按职责|要|应当?|须|可以?|积极|会同有关部门)+$"
)
_OPENING = re.compile(r"^(?:并|同时|其中|一是|二是|三是|四是|继续|今后|要|由|以)+")
_JOINED = re.compile(r",?(?:并|积极|主动|及时|应当?|要|须|负责)*(?:联合|会同|协同|邀请|商|与|和|同)(?=.{2})")
_HELPED = re.compile(
    r",([^。;!?:]{2,100}?)(?:积极|密切|予以|共同|全力|协同|做好)*(?:配合|协助|参与|协办|按照?(?:各自)?(?:职责|职能)?(?:分工|职责|职能)(?:负责|落实|推进))(?=[,。;]|$)"
)
_NEXT = re.compile(r"[、和与及]|以及")
_ETC = re.compile(r"等(?:单位|部门|机关)?")
_UNIT_START = re.compile(
    r"团[省市县区]委|[省市县区]?[妇残侨]联|[\u4e00-\u9fff]{2,16}?(?:局|委(?![\u4e00-\u9fff]{1,5}[部办室])|办|法院|检察院|银行|支行|分局|中心|公司|管委会|工会|联合会"
    r"|协会|大队|支队|[部室](?![门分署]))"
)
# An organ of the party or the government is a unit of its own: 县委组织部 is not 县委.
_ORGAN_OF = re.compile(
    r"[\u4e00-\u9fff]{1,8}?(?:[部室局委]|办(?:公室)?)(?=[、,;。:和与及以将要应须负会联牵按配对定把做每]|$)"
)
_UMBRELLAS = ("PARTY_ORGAN", "GOVERNMENT")
_DUTY = re.compile(r"(?:具体|主要|分别)*(?:负责|配合|协助)")
_CLAUSE_START = re.compile(r"[,;。](?:同时|并)?,?")
# After these a matched name is only the beginning of a wider phrase (政府各部门, 法院工作人员).
_WIDER = re.compile(
    r"(?:各|职能|有关|相关|所属|下属)?(?:部门|机关|机构|单位|工作人员|系统|负责人|判决|裁判|裁定|受理|办案)|等"
)
_AFTER_LEAD = re.compile(r"(?:单位|部门)?(?:负责|落实|组织|抓总|推进|实施)*")
_DUTY_BEFORE_HELP = re.compile(r"负责[^。;]{0,80}?(?=,[^。;]{2,60}(?:配合|协助))")


@dataclass(frozen=True, slots=True)
class Division:
    """What the sentences say: explicit leads (first leads), units named with them, other units named as partners."""

    leads: tuple[PartyRef, ...]
    partners: tuple[PartyRef, ...]
    unresolved: tuple[tuple[str, str], ...]
    notes: tuple[Note, ...]


def read_lead(content: str, roster: Roster) -> Division | None:
    """The division of labour of the first explicit 牵头 that names a unit; None when there is none.

    牵头 as an attribute (牵头的专项行动, 牵头作用) and 牵头 without a unit (本单位牵头的事项) do not count.
    """
    text = squeeze(content)
    for count, match in enumerate(_LEAD.finditer(text)):
        if count >= _MOST_CLAUSES:
            return None
        parties = _leads_before(text, match.start(), roster)
        if parties is not None and parties.lead:
            after = _AFTER_LEAD.match(text, match.end())
            return _divide(parties, text, after.end() if after else match.end(), roster)
    return None


def read_agent(content: str, title_ends: int, roster: Roster) -> Division | None:
    """The unit that acts in a paragraph without 牵头: the first 由 + unit, or the unit that opens the first sentence.

    ``title_ends`` is where the heading sentence of the squeezed content ends. Bare subjects later in the text are
    background more often than duty, and do not count.
    """
    text = squeeze(content)
    for count, match in enumerate(_BY.finditer(text)):
        if count >= _MOST_CLAUSES:
            break
        division = _agent_at(text, match.end(), roster)
        if division is not None:
            return division
    start = title_ends
    opening = _OPENING.match(text[start:])
    return _agent_at(text, start + (opening.end() if opening else 0), roster)


def units_near(content: str, roster: Roster) -> tuple[PartyRef, ...]:
    """Units that any 联合/会同/配合 clause of the text names."""
    text, found = squeeze(content), Parties()
    for count, match in enumerate(re.finditer(r"联合|会同|协同", text)):
        if count >= _MOST_CLAUSES:
            break
        _read_names(text, match.end(), roster, found, certain=True)
    return tuple(distinct(found.cooperating))


def _leads_before(text: str, end: int, roster: Roster) -> Parties | None:
    window = text[max(0, end - _LOOK_BACK) : end]
    sentence = _STOP.split(window)[-1]
    by = [match.end() for match in _BY.finditer(sentence)]
    if by:
        parties = _read_leads(sentence[by[-1] :], roster, certain=False)
        if parties is not None:
            return parties
    return _read_leads(sentence.rpartition(",")[2], roster, certain=True)


def _read_leads(printed: str, roster: Roster, *, certain: bool) -> Parties | None:
    """The leads in a printed list; None when a piece is no unit. ``certain``: every piece must be in the roster."""
    names = _OPENING.sub("", _ADVERBS.sub("", printed))
    found = Parties()
    for piece in split_list(names):
        before = len(found.unresolved)
        resolve_piece(piece, roster, found.lead, found)
        new = found.unresolved[before:]
        if new and (certain or not looks_like_unit(squeeze(piece)) or "," in printed):
            return None
        if any(reason not in ("NOTICE_UNIT_UNKNOWN", "NOTICE_UNIT_AMBIGUOUS") for _, reason in new):
            return None
    collective = any(note.code == "NOTICE_GROUP_EXPANDED" for note in found.notes)
    return found if found.lead and not collective else None


def _divide(parties: Parties, text: str, position: int, roster: Roster) -> Division:
    joined = _JOINED.match(text, position)
    if joined:
        position = joined.end()
        _read_names(text, position, roster, parties, certain=False)
    stop = text.find("。", position)
    helped = _HELPED.search(text, position, stop if stop >= 0 else len(text))
    if helped:
        for piece in _list_at_end(helped[1], roster):
            resolve_piece(piece, roster, parties.cooperating, parties)
    return Division(
        tuple(distinct(parties.lead)),
        tuple(distinct(parties.cooperating)),
        tuple(parties.unresolved),
        tuple(parties.notes),
    )


def _list_at_end(clauses: str, roster: Roster) -> list[str]:
    """The list of units at the end of a passage: its last clause, and clauses before it that are all known units."""
    *earlier, last = clauses.split(",")
    pieces = split_list(last)
    for clause in reversed(earlier):
        names = split_list(clause)
        if not names or not all(isinstance(roster.resolve(name), Resolved) for name in names):
            break
        pieces = names + pieces
    return pieces if any(roster.match_prefix(piece) or is_known(piece, roster) for piece in pieces) else []


def _read_names(text: str, position: int, roster: Roster, into: Parties, *, certain: bool) -> None:
    """Read the units that stand one after the other at a position of a sentence, up to the first other word.

    Without ``certain`` a name the roster lacks is reported when its place in the list shows that it is one.
    """
    listed = False
    while True:
        match = _unit_at(text, position, roster)
        if match is not None:
            unit, length = match
            into.cooperating.append(PartyRef(text[position : position + length], unit.key))
            position += length
        else:
            unknown = _UNIT_START.match(text, position)
            if certain or unknown is None or not (listed or _NEXT.match(text, unknown.end())):
                return
            resolve_piece(unknown[0], roster, into.cooperating, into)
            position = unknown.end()
        etc = _ETC.match(text, position)
        if etc:
            into.open(text[max(0, position - 8) : etc.end()], "NOTICE_LIST_OPEN")
            return
        separator = _NEXT.match(text, position)
        if separator is None:
            return
        position, listed = separator.end(), True


def _agent_at(text: str, position: int, roster: Roster) -> Division | None:
    match = _unit_at(text, position, roster)
    if match is None or _WIDER.match(text, position + match[1]):
        return None
    unit, length = match
    parties = Parties(lead=[PartyRef(text[position : position + length], unit.key)])
    after = position + length
    while (separator := _NEXT.match(text, after)) and (
        other := roster.match_prefix(text[separator.end() : separator.end() + 24])
    ):
        parties.lead.append(PartyRef(text[separator.end() : separator.end() + other[1]], other[0].key))
        after = separator.end() + other[1]
    division = _divide(parties, text, after, roster)
    if division.partners or division.unresolved:
        return division
    verb = _DUTY_BEFORE_HELP.match(text, after)
    _read_duties(text, after, roster, parties)
    return _divide(parties, text, verb.end() if verb else after, roster)


def _unit_at(text: str, position: int, roster: Roster) -> tuple[Unit, int] | None:
    """The unit whose certain name stands at a position, with the name's length; none when it only begins another's."""
    match = roster.match_prefix(text[position : position + 24])
    if match and match[0].kind in _UMBRELLAS and _ORGAN_OF.match(text, position + match[1]):
        return None
    return match


def _read_duties(text: str, position: int, roster: Roster, into: Parties) -> None:
    """Units with a duty of their own in later clauses: 县法院负责…，县发改委负责…."""
    for clause in list(_CLAUSE_START.finditer(text, position))[:_MOST_CLAUSES]:
        match = _unit_at(text, clause.end(), roster)
        if match and _DUTY.match(text, clause.end() + match[1]):
            into.cooperating.append(PartyRef(text[clause.end() : clause.end() + match[1]], match[0].key))
