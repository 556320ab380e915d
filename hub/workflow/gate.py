"""Where changes enter: one transaction each, done once per idempotency key; refusals are audited on their own."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from uuid import UUID

from sqlalchemy.exc import DBAPIError

from hub.audit.catalogue import AuditAction, Outcome
from hub.audit.recorder import Target, record
from hub.core.clock import Clock
from hub.core.egress.addresses import AddressGuard
from hub.core.errors import Denied, Reason, Refused
from hub.core.keyring import KeyRing
from hub.core.principal import Principal
from hub.db.session import Sessions
from hub.evidence.recorder import Message, received
from hub.policy.store import PolicyStore
from hub.workflow.idempotency import check_key, claim, settle
from hub.workflow.unit import Unit, require_scope

Action = Callable[[Unit], Awaitable[UUID]]

_ROW_SECURITY = "42501"
_CONFLICTS = {"23505", "40001", "40P01", "55P03"}


def _nobody() -> None:
    """Nobody waits for changes."""


@dataclass(frozen=True, slots=True)
class Request:
    """A change as asked: its name, the scope it needs, and the body's digest under an idempotency key.

    ``message_digest`` is the hexadecimal SHA-256 of the bytes a client sent; what came so goes into the exchange log.
    """

    name: str
    scope: str
    key: str | None = None
    digest: str = ""
    message_digest: str | None = None
    target_id: UUID | None = None
    on_behalf_of: UUID | None = None


@dataclass(frozen=True, slots=True)
class Gate:
    """Opens the unit of work for a change and closes it: commit, or rollback and an audited refusal.

    ``wake`` is called after every commit: there may be events to deliver.
    """

    sessions: Sessions
    clock: Clock
    policy: PolicyStore
    keyring: KeyRing
    egress: AddressGuard = AddressGuard()
    wake: Callable[[], None] = _nobody

    async def perform(self, principal: Principal, request: Request, action: Action) -> UUID:
        """Id of what the action made or moved. Raises ``Refused`` with every reason; nothing is then half-applied."""
        principal = replace(principal, on_behalf_of=request.on_behalf_of)
        try:
            made = await self._perform(principal, request, action)
        except Refused as refused:
            await self.record_refusal(principal, request, refused)
            raise
        except DBAPIError as error:
            translated = _translate(error)
            await self.record_refusal(principal, request, translated)
            raise translated from None
        self.wake()
        return made

    async def _perform(self, principal: Principal, request: Request, action: Action) -> UUID:
        require_scope(principal, request.scope)
        if request.key is not None:
            check_key(request.key)
        async with self.sessions.write(principal) as session:
            unit = Unit(session, principal, self.clock(), self.policy, self.keyring, self.egress)
            if request.key is None:
                return await _carried_out(unit, request, action)
            made = await claim(session, subject=principal.subject, key=request.key, digest=request.digest, at=unit.at)
            if made is None:
                made = await _carried_out(unit, request, action)
                await settle(session, subject=principal.subject, key=request.key, made=made)
            return made

    async def record_refusal(self, principal: Principal, request: Request, refused: Refused) -> None:
        """Write a refusal to the audit log in a transaction of its own."""
        scope_denied = any(reason.code == "SCOPE_REQUIRED" for reason in refused.reasons)
        with suppress(DBAPIError):
            async with self.sessions.write(principal) as session:
                await record(
                    session,
                    principal,
                    AuditAction.SCOPE_DENIED if scope_denied else AuditAction.ACTION_REFUSED,
                    at=self.clock(),
                    target=Target(request.name, request.target_id, principal.home_path),
                    outcome=Outcome.REFUSED,
                    reason=",".join(reason.code for reason in refused.reasons)[:200],
                    detail={"note": refused.audit_note} if isinstance(refused, Denied) else {},
                )


async def _carried_out(unit: Unit, request: Request, action: Action) -> UUID:
    """Do it, and put the message that asked for it into the exchange log with it."""
    made = await action(unit)
    if request.message_digest is not None:
        message = Message(request.name, request.message_digest, made, request.key)
        await received(unit.session, unit.principal, message, at=unit.at)
    return made


def _translate(error: DBAPIError) -> Refused:
    """What a database error means to a caller. Raises the error again when it is not theirs."""
    state = getattr(error.orig, "sqlstate", None)
    if state == _ROW_SECURITY:
        return Denied(Reason("FORBIDDEN"), audit_note="row security refused the write")
    if state in _CONFLICTS:
        return Refused(Reason("CONFLICT"))
    raise error
