"""What a drafted notice consists of. Plain values, no behaviour beyond their sentences."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from hub.core.texts import Text, problem_text


class DeadlineKind(StrEnum):
    """FIXED has a date, LONG_TERM (长期坚持) has none, RECURRING has a rule."""

    FIXED = "FIXED"
    LONG_TERM = "LONG_TERM"
    RECURRING = "RECURRING"


class MemberRole(StrEnum):
    """Roles in a joint meeting or leading group."""

    CONVENOR = "CONVENOR"
    EXECUTIVE_DEPUTY_CONVENOR = "EXECUTIVE_DEPUTY_CONVENOR"
    DEPUTY_CONVENOR = "DEPUTY_CONVENOR"
    MEMBER = "MEMBER"
    OFFICE = "OFFICE"


@dataclass(frozen=True, slots=True)
class PartyRef:
    """A unit as printed; ``key`` is the roster's, None while unresolved."""

    printed: str
    key: str | None


@dataclass(frozen=True, slots=True)
class Note:
    """Something decided by rule that a person should see. ``code`` is a problem code, ``text`` what it is about."""

    code: str
    text: str

    @property
    def sentence(self) -> Text:
        return problem_text(self.code, {"text": self.text})


@dataclass(frozen=True, slots=True)
class Unresolved:
    """Something the reader could not resolve or understand. ``reason`` is a problem code, ``item_no`` the item's."""

    text: str
    reason: str
    item_no: str | None = None

    @property
    def sentence(self) -> Text:
        return problem_text(self.reason, {"text": self.text})


@dataclass(frozen=True, slots=True)
class DraftItem:
    """One drafted item of a double list.

    ``no`` is unique within the notice and depends on its text alone; ``content`` is the paragraph without the lines of
    responsibility and deadline; ``recurrence`` is an RFC 5545 RRULE value, present with RECURRING alone; ``due_on`` is
    present with FIXED alone; ``deadline_kind`` is None when the text supports none (an ``Unresolved`` says so).
    """

    no: str
    title: str
    content: str
    lead: PartyRef | None
    cooperating: tuple[PartyRef, ...]
    deadline_kind: DeadlineKind | None
    due_on: date | None
    recurrence: str | None
    source_clause: str
    linkage_area: str
    notes: tuple[Note, ...]


@dataclass(frozen=True, slots=True)
class Member:
    """A seat of the joint meeting. The post stands for its holder; names of persons are not kept."""

    role: MemberRole
    unit: PartyRef
    post: str | None


@dataclass(frozen=True, slots=True)
class NoticeDraft:
    """What one notice supports. ``digest`` is the file's; ``document_no`` has its brackets as 〔〕."""

    digest: str
    document_no: str | None
    title: str
    issued_on: date | None
    items: tuple[DraftItem, ...]
    unresolved: tuple[Unresolved, ...]
    members: tuple[Member, ...]
