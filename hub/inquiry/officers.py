"""Officers of a court and its seals: who may ask, and what its documents are sealed with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePublicKey
from cryptography.hazmat.primitives.serialization import load_pem_public_key
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from hub.audit.catalogue import AuditAction
from hub.audit.recorder import Target
from hub.canonical.execution_codes import OfficerCapacity
from hub.core.errors import Denied, NotFound, Reason, Refused, refuse_if
from hub.core.ids import new_id
from hub.core.payload import find_problems, required
from hub.core.principal import Principal, RoleName
from hub.db.models import CourtSeal, ExecutionOfficer
from hub.workflow.rows import home_jurisdiction, placed_in
from hub.workflow.unit import Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficerEntry:
    """登记执行人员 (an officer of the court); 同一客户端再次登记即为变更 (the same client again is a change)."""

    client_id: str = required("该人员办案所用客户端", "client the officer works with", limit=100)
    certificate_number: str = required("执行公务证编号", "number of the certificate", limit=40)
    capacity: OfficerCapacity = required("职责", "capacity")
    valid_to: date = required("证件有效期至", "certificate valid to")


@dataclass(frozen=True, slots=True, kw_only=True)
class SealEntry:
    """登记法院电子印章 (electronic seal of the court)."""

    serial: str = required("印章编号", "number of the seal", limit=64)
    public_key: str = required("印章公钥（PEM，P-256）", "its public key, PEM, P-256", limit=1000)
    valid_to: date = required("有效期至", "valid to")


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficerReinstatement:
    """恢复停用的执行人员 (an officer stopped is reinstated)."""

    officer_id: UUID = required("人员标识", "id of the officer", node="EF")
    reason: str = required("核查情况", "what the check found", limit=500)


async def find_officer(session: AsyncSession, principal: Principal, *, locked: bool = False) -> ExecutionOfficer | None:
    """The officer that the caller's client works for, in its own court."""
    statement = select(ExecutionOfficer).where(
        ExecutionOfficer.client_id == principal.subject,
        ExecutionOfficer.court_id == principal.organization_id,
    )
    if locked:
        statement = statement.with_for_update().execution_options(populate_existing=True)
    found: ExecutionOfficer | None = await session.scalar(statement)
    return found


async def acting_officer(unit: Unit, *, locked: bool = False) -> ExecutionOfficer:
    """The officer who acts. Raises ``Denied`` (OFFICER_UNKNOWN, OFFICER_EXPIRED, OFFICER_SUSPENDED).

    ``locked``: what he does at the same time elsewhere waits, or is seen here.
    """
    officer = await find_officer(unit.session, unit.principal, locked=locked)
    if officer is None:
        raise Denied(Reason("OFFICER_UNKNOWN"))
    if officer.valid_to < unit.today:
        raise Denied(Reason("OFFICER_EXPIRED"))
    if officer.suspended_at is not None:
        raise Denied(Reason("OFFICER_SUSPENDED"))
    return officer


async def keep_officer(unit: Unit, entry: OfficerEntry) -> UUID:
    """Register an officer, or change one; who is stopped stays so. Raises ``Refused`` (CERTIFICATE_EXPIRED,
    OFFICER_SELF, CLIENT_NOT_OWN)."""
    placed = await _court_place(unit)
    refuse_if((*find_problems(entry), *_expired(unit, entry.valid_to), *await _client_problems(unit, entry.client_id)))
    officer = await unit.session.scalar(
        select(ExecutionOfficer).where(
            ExecutionOfficer.client_id == entry.client_id, ExecutionOfficer.court_id == unit.organization_id
        )
    )
    if officer is None:
        officer = ExecutionOfficer(
            id=new_id(), court_id=unit.organization_id, client_id=entry.client_id, version=1, **placed
        )
        unit.session.add(officer)
    else:
        officer.version += 1
    officer.certificate_number, officer.capacity = entry.certificate_number, entry.capacity
    officer.valid_to = entry.valid_to
    await unit.session.flush()
    target = Target("ExecutionOfficer", officer.id, officer.jurisdiction_path)
    await unit.audit(AuditAction.EXECUTION_OFFICER_KEPT, target, capacity=entry.capacity.value, version=officer.version)
    return officer.id


async def reinstate(unit: Unit, asked: OfficerReinstatement) -> UUID:
    """Raises ``Denied`` unless another officer of the command centre asks, ``NotFound``."""
    refuse_if(find_problems(asked))
    by = await acting_officer(unit)
    if by.capacity is not OfficerCapacity.COMMAND:
        raise Denied(Reason("OFFICER_CAPACITY"))
    officer = await unit.session.scalar(
        select(ExecutionOfficer)
        .where(ExecutionOfficer.id == asked.officer_id, ExecutionOfficer.court_id == by.court_id)
        .with_for_update()
    )
    if officer is None:
        raise NotFound(path=("officerId",))
    officer.suspended_at = None
    officer.version += 1
    target = Target("ExecutionOfficer", officer.id, officer.jurisdiction_path)
    await unit.audit(AuditAction.EXECUTION_OFFICER_REINSTATED, target, by=str(by.id))
    return officer.id


async def keep_seal(unit: Unit, entry: SealEntry) -> UUID:
    """Register a seal of the court. Raises ``Refused`` (SEAL_KEY_INVALID, CERTIFICATE_EXPIRED, CONFLICT)."""
    refuse_if((*find_problems(entry), *_expired(unit, entry.valid_to)))
    try:
        key = load_pem_public_key(entry.public_key.encode())
    except ValueError:
        raise Refused(Reason("SEAL_KEY_INVALID", ("publicKey",))) from None
    if not isinstance(key, EllipticCurvePublicKey) or not isinstance(key.curve, SECP256R1):
        raise Refused(Reason("SEAL_KEY_INVALID", ("publicKey",)))
    seal = CourtSeal(
        id=new_id(),
        court_id=unit.organization_id,
        serial=entry.serial,
        public_key=entry.public_key,
        valid_to=entry.valid_to,
        **await _court_place(unit),
    )
    unit.session.add(seal)
    await unit.session.flush()
    await unit.audit(AuditAction.COURT_SEAL_KEPT, Target("CourtSeal", seal.id, seal.jurisdiction_path))
    return seal.id


async def _client_problems(unit: Unit, client_id: str) -> tuple[Reason, ...]:
    """Who registers officers is none himself, and registers clients of his own court only."""
    if client_id == unit.principal.subject:
        return (Reason("OFFICER_SELF", ("clientId",)),)
    own = await unit.session.scalar(select(func.is_own_client(client_id)))
    return () if own else (Reason("CLIENT_NOT_OWN", ("clientId",)),)


def _expired(unit: Unit, valid_to: date) -> tuple[Reason, ...]:
    return () if valid_to > unit.today else (Reason("CERTIFICATE_EXPIRED", ("validTo",)),)


async def _court_place(unit: Unit) -> dict[str, object]:
    """Where the caller's court is filed. Raises ``Denied`` for anybody else."""
    if not unit.principal.has_role(RoleName.COURT):
        raise Denied(Reason("FORBIDDEN"))
    return placed_in(await home_jurisdiction(unit.session, unit.organization_id))
