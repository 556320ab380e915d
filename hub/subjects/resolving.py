"""From subjects as told to rows: found again, or made; identity numbers are kept sealed and found by keyed hash."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from hub.canonical.exchange_codes import MatchConfidence, SubjectType
from hub.canonical.records import SubjectTold
from hub.core.ids import new_id
from hub.core.keyring import KeyRing
from hub.db.bulk import insert_new
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


def subject_key(keyring: KeyRing, told: SubjectTold) -> str:
    """What tells a subject from others within a source; no personal data in it."""
    who = told.uscc or (told.citizen_id.value if told.citizen_id else f"name:{plain_name(told.name)}")
    return keyring.digest(who, purpose="subject-key").hex()[:32]


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
        wanted = [self._row(each, unit) for each, unit in zip(told, units, strict=True)]
        known = await self._known([row for row in wanted if row is not None])
        new = {self._key(row): row for row in wanted if row is not None and self._key(row) not in known}
        if new:
            await insert_new(self._session, Subject, list(new.values()))
            known = await self._known([row for row in wanted if row is not None])
        await self._note_aliases(told, wanted, known)
        return [self._resolved(row, known) for row in wanted]

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

    def _row(self, told: SubjectTold, unit: UnitFound | None) -> dict[str, object] | None:
        """The row as it would be made; None when nobody knows who it is."""
        if told.kind is not SubjectType.NATURAL and told.uscc is None and unit is None:
            return None
        key = new_id()
        uscc = told.uscc or (unit.uscc if unit else None)
        number = told.citizen_id
        return {
            "id": key,
            **self._home.placed,
            "kind": told.kind,
            "name": told.name if number else plain_name(told.name),
            "name_masked": mask_name(told.name) if number else plain_name(told.name),
            "uscc": uscc,
            "identity_hash": citizen_key(self._keyring, number.value) if number else None,
            "identity_sealed": self._keyring.seal(number.value, context=identity_context(key)) if number else None,
            "identity_masked": number.masked if number else None,
            "organization_id": unit.id if unit else None,
            "match_confidence": unit.confidence if unit else MatchConfidence.NONE,
            "government_subject": (unit is not None and unit.government)
            or is_government(unit.kind if unit else None, uscc, self._counted),
        }

    async def _known(self, rows: Sequence[dict[str, object]]) -> dict[object, Subject]:
        found = await self._session.scalars(
            select(Subject)
            .where(
                Subject.tenant_id == self._home.tenant_id,
                or_(
                    Subject.uscc.in_({row["uscc"] for row in rows if row["uscc"]}),
                    Subject.identity_hash.in_({row["identity_hash"] for row in rows if row["identity_hash"]}),
                    Subject.name.in_({row["name"] for row in rows if not (row["uscc"] or row["identity_hash"])}),
                ),
            )
            .execution_options(populate_existing=True)
        )
        return {(each.uscc or each.identity_hash or each.name): each for each in found}

    @staticmethod
    def _key(row: dict[str, object]) -> object:
        return row["uscc"] or row["identity_hash"] or row["name"]

    def _resolved(self, row: dict[str, object] | None, known: dict[object, Subject]) -> Resolved:
        if row is None:
            return Resolved(None)
        subject = known[self._key(row)]
        return Resolved(subject.id, subject.organization_id, subject.government_subject)

    async def _note_aliases(
        self,
        told: Sequence[SubjectTold],
        wanted: Sequence[dict[str, object] | None],
        known: dict[object, Subject],
    ) -> None:
        """Keep other names of bodies, and what has become known of a subject since it was first told of."""
        aliases = {}
        for each, row in zip(told, wanted, strict=True):
            if row is None:
                continue
            subject = known[self._key(row)]
            if subject.organization_id is None and row["organization_id"] is not None:
                subject.organization_id = row["organization_id"]  # type: ignore[assignment]
                subject.match_confidence = row["match_confidence"]  # type: ignore[assignment]
            subject.government_subject = subject.government_subject or bool(row["government_subject"])
            name = plain_name(each.name)
            if each.kind is not SubjectType.NATURAL and name != subject.name:
                aliases[subject.id, name] = {
                    "subject_id": subject.id,
                    "alias": name,
                    "tenant_id": subject.tenant_id,
                }
        if aliases:
            await insert_new(self._session, SubjectAlias, list(aliases.values()))
        await self._session.flush()


def mask_name(name: str) -> str:
    """张三 → 张*: what may be read of a natural person's name."""
    return name[:1] + "*" * max(len(name) - 1, 1)
