"""Who leads and who cooperates in an item: statements first, an explicit 牵头 in the sentence above their order.

1. A labelled lead (牵头单位：…, （县法院牵头，…）) leads.
2. Otherwise the first explicit 牵头 of the sentences leads, also when the list of responsible units omits it (noted).
3. Otherwise the first of the list leads. A list that begins with a group or an open phrase has no lead (reported).
4. Without any list: the explicit 牵头, or the acting unit of the paragraph: any in notices that have no lists at all,
   in others one that acts with further units (会同, 配合).

Of several leads the first leads and the others cooperate (noted). The rest of the list cooperates. The list is the
official division of labour: units the sentences name beside it (联合, 会同, 配合) are noted, and cooperate only when
the list names nobody but the lead.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from hub.linkage.notice.labels import Kind
from hub.linkage.notice.parties import Parties, distinct, read_parties
from hub.linkage.notice.passages import Passage
from hub.linkage.notice.records import Note, PartyRef
from hub.linkage.notice.roster import Roster
from hub.linkage.notice.sentences import Division, read_agent, read_lead, units_near
from hub.linkage.notice.wording import heading_end

_PARTY_KINDS = (Kind.LEAD, Kind.RESPONSIBLE, Kind.COOPERATING)


@dataclass(slots=True)
class Labour:
    """The division of labour of one item, with what was decided by rule and what stayed open."""

    lead: PartyRef | None = None
    cooperating: list[PartyRef] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    unresolved: list[tuple[str, str]] = field(default_factory=list)


def divide_listed(passage: Passage, title: str, roster: Roster) -> Labour:
    """The division of labour of a passage with statements of responsibility."""
    parties = Parties()
    for statement in passage.statements:
        if statement.kind in _PARTY_KINDS:
            read_parties(statement.value, statement.kind, roster, parties)
    spoken = read_lead(passage.text, roster)
    labour = Labour(notes=list(parties.notes), unresolved=list(parties.unresolved))
    leads = _leads(parties, spoken, labour)
    if leads:
        labour.lead = leads[0]
        if len(leads) > 1:
            labour.notes.append(Note("NOTICE_SECOND_LEAD", "、".join(lead.printed for lead in leads)))
    elif parties.headless:
        labour.unresolved.append((title, "NOTICE_LEAD_UNCLEAR"))
    else:
        labour.unresolved.append((title, "NOTICE_LEAD_MISSING"))
    listed = parties.everyone()
    everyone = distinct([*(lead for lead in leads if not any(_same(lead, party) for party in listed)), *listed])
    labour.cooperating = [party for party in everyone if labour.lead is None or not _same(party, labour.lead)]
    _weigh_partners(passage, spoken, everyone, labour, roster)
    return labour


def divide_spoken(passage: Passage, roster: Roster, *, agents: bool, listed: bool) -> Labour | None:
    """The division of labour the sentences alone state; None when they state none.

    ``agents`` admits a paragraph's acting unit without the word 牵头; in a notice whose other items are ``listed``
    only when it acts with others (会同, 配合, 按职责分工负责).
    """
    spoken, code = read_lead(passage.text, roster), "NOTICE_LEAD_FROM_SENTENCE"
    if spoken is None and agents:
        spoken, code = read_agent(passage.text, heading_end(passage.text), roster), "NOTICE_LEAD_FROM_SUBJECT"
        if spoken and listed and not spoken.partners and len(spoken.leads) == 1:
            spoken = None
    if spoken is None:
        return None
    lead, *others = spoken.leads
    labour = Labour(lead, distinct([*others, *spoken.partners]), [*spoken.notes, Note(code, lead.printed)])
    labour.cooperating = [party for party in labour.cooperating if not _same(party, lead)]
    labour.unresolved = list(spoken.unresolved)
    if others:
        labour.notes.append(Note("NOTICE_SECOND_LEAD", "、".join(party.printed for party in spoken.leads)))
    return labour


def _leads(parties: Parties, spoken: Division | None, labour: Labour) -> list[PartyRef]:
    if parties.lead:
        if spoken and not _same(spoken.leads[0], parties.lead[0]):
            labour.notes.append(Note("NOTICE_LEAD_DIFFERS", spoken.leads[0].printed))
        return distinct(parties.lead)
    listed = parties.everyone()
    if spoken:
        leads = [next((party for party in listed if _same(party, lead)), lead) for lead in spoken.leads]
        known = {reason_text for reason_text, _ in labour.unresolved}
        labour.unresolved += [
            (text, reason)
            for text, reason in spoken.unresolved
            if text not in known and any(lead.key is None and lead.printed == text for lead in leads)
        ]
        labour.notes += spoken.notes
        if not any(_same(leads[0], party) for party in listed):
            labour.notes.append(Note("NOTICE_LEAD_NOT_LISTED", leads[0].printed))
        elif not _same(leads[0], listed[0]) or parties.headless:
            labour.notes.append(Note("NOTICE_LEAD_FROM_SENTENCE", leads[0].printed))
        return leads
    return parties.responsible[:1] if not parties.headless else []


def _weigh_partners(
    passage: Passage, spoken: Division | None, listed: list[PartyRef], labour: Labour, roster: Roster
) -> None:
    """Units of 联合/会同/配合 clauses that the list omits."""
    partners = spoken.partners if spoken else ()
    missing = [
        party
        for party in distinct([*partners, *units_near(passage.text, roster)])
        if not any(_same(party, other) for other in listed)
    ]
    alone = labour.lead is not None and not labour.cooperating
    for party in missing:
        if alone and party in partners:
            labour.cooperating.append(party)
            labour.notes.append(Note("NOTICE_PARTNER_ADDED", party.printed))
        elif party.key is not None:
            labour.notes.append(Note("NOTICE_PARTNER_NOT_LISTED", party.printed))
    if alone and spoken:
        known = {text for text, _ in labour.unresolved}
        labour.unresolved += [(text, reason) for text, reason in spoken.unresolved if text not in known]


def _same(one: PartyRef, other: PartyRef) -> bool:
    return one.key == other.key if one.key and other.key else one.printed == other.printed
