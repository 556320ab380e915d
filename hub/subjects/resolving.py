"""From subjects as told to rows: found again, or made; identity numbers are kept sealed and found by keyed hash."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import and_, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from hub.canonical.exchange_codes import MatchConfidence, SubjectType
from hub.canonical.records import SubjectTold
from hub.core.ids import new_id
from hub.core.keyring import KeyRing, Sealed
from hub.db.bulk import among, insert_new, update_rows
from hub.db.models import Subject, SubjectAlias
from hub.policy.pack import PolicyPack
from hub.subjects.home import Home
from hub.subjects.keys import citizen_key
from hub.subjects.kinds import is_government
from hub.subjects.units import UnitFound, plain_name, units_by_code, units_by_name

_KINDS = "subject.kinds"


@dataclass(frozen=True, slots=True)
class Resolved:
    """The subject's row, and the unit of the hub it is held to be. ``unknown``: a person has to say who it is."""

    subject_id: UUID | None
    organization_id: UUID | None = None
    government: bool = False

    @property
    def unknown(self) -> bool:
        return self.subject_id is None


def identity_context(subject_id: UUID) -> str:
    """What a sealed identity number is bound to."""
    return f"subject|identity_sealed|{subject_id}"


def name_context(subject_id: UUID) -> str:
    """What a sealed name is bound to."""
    return f"subject|name_sealed|{subject_id}"


def whole_name(keyring: KeyRing, subject_id: UUID, name: str, sealed: Sealed | None) -> str:
    """The name of a body, or of a person as it was told."""
    return name if sealed is None else keyring.open(sealed, context=name_context(subject_id))


def subject_key(keyring: KeyRing, told: SubjectTold) -> str:
    """What tells a subject from others within a source; no personal data in it."""
    who = told.uscc or (told.citizen_id.value if told.citizen_id else f"name:{plain_name(told.name)}")
    return keyring.digest(who, purpose="subject-key").hex()[:32]


@dataclass(frozen=True, slots=True)
class _Name:
    """A body without any code is found by its name."""

    text: str


_Kept = Any
"""A row of the columns below, as it stands."""
Mark = str | bytes | _Name
"""Unified social credit code, keyed hash of an identity number, or name."""
_KEPT = (
    Subject.id,
    Subject.name,
    Subject.uscc,
    Subject.identity_hash,
    Subject.organization_id,
    Subject.match_confidence,
    Subject.government_subject,
)


class Resolver:
    """Resolves the subjects of one portion of one source's messages, in one transaction."""

    def __init__(self, session: AsyncSession, keyring: KeyRing, home: Home, pack: PolicyPack) -> None:
        self._session = session
        self._keyring = keyring
        self._home = home
        self._counted = pack.codes(_KINDS)

    async def resolve(self, told: Sequence[SubjectTold]) -> list[Resolved]:
        """One for each, in order. Bodies without a code that are no known unit come back ``unknown``."""
        units = await self._units(told)
        marks = [self._mark(each, unit) for each, unit in zip(told, units, strict=True)]
        known = await self._known(marks)
        new = {
            mark: self._row(each, unit, mark)
            for each, unit, mark in zip(told, units, marks, strict=True)
            if mark is not None and mark not in known
        }
        if new:
            await insert_new(self._session, Subject, list(new.values()))
            known |= await self._known(list(new))
        await self._note_aliases(told, units, marks, known)
        return [Resolved(None) if mark is None else _resolved(known[mark]) for mark in marks]

    async def _units(self, told: Sequence[SubjectTold]) -> list[UnitFound | None]:
        bodies = [each for each in told if each.kind is not SubjectType.NATURAL]
        by_code = await units_by_code(self._session, {each.uscc for each in bodies if each.uscc})
        names = {plain_name(each.name) for each in bodies if not each.uscc}
        by_name = await units_by_name(self._session, self._home, names) if names else {}
        return [
            None
            if each.kind is SubjectType.NATURAL
            else by_code.get(each.uscc)
            if each.uscc
            else by_name.get(plain_name(each.name))
            for each in told
        ]

    def _mark(self, told: SubjectTold, unit: UnitFound | None) -> Mark | None:
        """What a subject is found by within its tenant; None when nobody knows who it is."""
        if told.citizen_id:
            return citizen_key(self._keyring, told.citizen_id.value)
        if told.kind is not SubjectType.NATURAL and told.uscc is None and unit is None:
            return None
        # What rests on a person's word stays apart from the unit's own: the word may be taken back.
        said = unit is not None and unit.confidence is MatchConfidence.MANUAL
        return told.uscc or (unit.uscc if unit and not said else None) or _Name(plain_name(told.name))

    def _row(self, told: SubjectTold, unit: UnitFound | None, mark: Mark) -> dict[str, object]:
        key = new_id()
        number = told.citizen_id
        return {
            "id": key,
            **self._home.placed,
            "kind": told.kind,
            "name": mask_name(told.name) if number else plain_name(told.name),
            "name_masked": mask_name(told.name) if number else plain_name(told.name),
            "name_sealed": self._keyring.seal(told.name, context=name_context(key)) if number else None,
            "uscc": mark if isinstance(mark, str) else None,
            "identity_hash": mark if isinstance(mark, bytes) else None,
            "identity_sealed": self._keyring.seal(number.value, context=identity_context(key)) if number else None,
            "identity_masked": number.masked if number else None,
            "organization_id": unit.id if unit else None,
            "match_confidence": unit.confidence if unit else MatchConfidence.NONE,
            "government_subject": self._counts(told, unit),
        }

    def _counts(self, told: SubjectTold, unit: UnitFound | None) -> bool:
        if unit is not None and unit.government:
            return True
        return is_government(unit.kind if unit else None, told.uscc or (unit.uscc if unit else None), self._counted)

    async def _known(self, marks: Sequence[Mark | None]) -> dict[Mark, _Kept]:
        wanted = set(marks) - {None}
        rows = await self._session.execute(
            select(*_KEPT).where(
                Subject.tenant_id == self._home.tenant_id,
                or_(
                    among(Subject.uscc, [mark for mark in wanted if isinstance(mark, str)]),
                    among(Subject.identity_hash, [mark for mark in wanted if isinstance(mark, bytes)]),
                    and_(
                        Subject.uscc.is_(None),
                        Subject.identity_hash.is_(None),
                        among(Subject.name, [mark.text for mark in wanted if isinstance(mark, _Name)]),
                    ),
                ),
            )
        )
        return {(row.uscc or row.identity_hash or _Name(row.name)): row for row in rows}

    async def _note_aliases(
        self,
        told: Sequence[SubjectTold],
        units: Sequence[UnitFound | None],
        marks: Sequence[Mark | None],
        known: dict[Mark, _Kept],
    ) -> None:
        """Keep other names of bodies, and what has become known of a subject since it was first told of."""
        aliases, learned = {}, {}
        for each, unit, mark in zip(told, units, marks, strict=True):
            if mark is None or each.kind is SubjectType.NATURAL:
                continue
            subject = known[mark]
            name = plain_name(each.name)
            if name != subject.name:
                values = {"subject_id": subject.id, "alias": name, "tenant_id": self._home.tenant_id}
                aliases[subject.id, name] = values
            counts = subject.government_subject or self._counts(each, unit)
            found = subject.organization_id is None and unit is not None
            if found or counts != subject.government_subject:
                learned[mark] = {
                    "id": subject.id,
                    "organization_id": unit.id if found and unit else subject.organization_id,
                    "match_confidence": unit.confidence if found and unit else subject.match_confidence,
                    "government_subject": counts,
                }
        await insert_new(self._session, SubjectAlias, list(aliases.values()))
        await update_rows(self._session, Subject, list(learned.values()))
        if learned:
            known |= await self._known(list(learned))


def _resolved(subject: _Kept) -> Resolved:
    return Resolved(subject.id, subject.organization_id, subject.government_subject)


def mask_name(name: str) -> str:
    """张三 → 张*: what may be read of a natural person's name."""
    return name[:1] + "*" * max(len(name) - 1, 1)
