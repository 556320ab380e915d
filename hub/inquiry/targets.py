"""Whom a query is about: an obligor of the case, named to holders in a sealed copy."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from hub.canonical.exchange_codes import CasePartyRole, MirrorStatus, SubjectType
from hub.core.keyring import KeyRing
from hub.db.models import CaseListEntry, DishonestyRecord, Subject
from hub.db.tenant_keys import TenantKeys
from hub.subjects.resolving import identity_context, whole_name


@dataclass(frozen=True, slots=True)
class Target:
    """``number`` is the identity number or the unified social credit code; the name where there is neither."""

    kind: SubjectType
    name: str
    number: str

    @property
    def plain(self) -> str:
        return json.dumps(asdict(self), ensure_ascii=False)

    @classmethod
    def parse(cls, text: str) -> Target:
        told = json.loads(text)
        return cls(SubjectType(told["kind"]), told["name"], told["number"])


def target_context(order_id: object) -> str:
    return f"execution_order|target_sealed|{order_id}"


def normal(number: str) -> str:
    """How numbers are compared: without white space, in capitals."""
    return "".join(number.split()).upper()


def target_index(keys: TenantKeys, number: str) -> bytes:
    return keys.index(normal(number))


def target_of(subject: Subject, master: KeyRing) -> Target:
    name = whole_name(master, subject.id, subject.name, subject.name_sealed)
    number = subject.uscc or name
    if subject.identity_sealed is not None:
        number = master.open(subject.identity_sealed, context=identity_context(subject.id))
    return Target(subject.kind, name, number)


async def is_obligor(session: AsyncSession, case_id: UUID, subject_id: UUID) -> bool:
    """Whether the court told that the subject is the debtor of the case."""
    listed = select(CaseListEntry.id).where(
        CaseListEntry.case_id == case_id,
        CaseListEntry.subject_id == subject_id,
        CaseListEntry.role == CasePartyRole.JUDGMENT_DEBTOR,
        CaseListEntry.status == MirrorStatus.ACTIVE,
    )
    dishonest = select(DishonestyRecord.id).where(
        DishonestyRecord.case_id == case_id,
        DishonestyRecord.subject_id == subject_id,
        DishonestyRecord.mirror_status == MirrorStatus.ACTIVE,
    )
    return bool(await session.scalar(select(or_(listed.exists(), dishonest.exists()))))
