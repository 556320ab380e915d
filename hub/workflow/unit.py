"""The unit of work a service gets: a session, who is asking, the instant, the policy in force, where it may send."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from hub.access.capacity import is_office
from hub.access.scopes import Scope
from hub.audit.catalogue import AuditAction
from hub.audit.recorder import Target, record
from hub.core.clock import local_date
from hub.core.egress.addresses import AddressGuard
from hub.core.errors import Denied, NotFound, Reason
from hub.core.keyring import KeyRing
from hub.core.principal import Principal
from hub.db.session import WriteSession
from hub.policy.store import PolicyStore


@dataclass(frozen=True, slots=True)
class Unit:
    """One transaction of one caller at one instant. Services change rows through it and never commit."""

    session: WriteSession
    principal: Principal
    at: datetime
    policy: PolicyStore
    keyring: KeyRing
    egress: AddressGuard = AddressGuard()

    @property
    def today(self) -> date:
        return local_date(self.at)

    @property
    def organization_id(self) -> UUID:
        """The caller's organisation. Raises ``Denied`` for a caller without one."""
        if self.principal.organization_id is None:
            raise Denied(Reason("FORBIDDEN"))
        return self.principal.organization_id

    @property
    def acting_id(self) -> UUID:
        """The unit the change is made for: the one an office records for, else the caller's own."""
        return self.principal.on_behalf_of or self.organization_id

    def is_office_of(self, path: str) -> bool:
        """Whether the caller runs the joint-meeting office of the jurisdiction at ``path``, or one above it."""
        return is_office(self.principal, path)

    def require_scope(self, scope: Scope) -> None:
        require_scope(self.principal, scope)

    def require_own(self) -> None:
        """Raise ``NotFound`` where the caller acts for another unit: this is nobody's to record for others."""
        if self.principal.on_behalf_of is not None:
            raise NotFound(path=("onBehalfOf",))

    def on_behalf_of(self, organization_id: UUID) -> Unit:
        return replace(self, principal=replace(self.principal, on_behalf_of=organization_id))

    async def audit(self, action: AuditAction, target: Target, **detail: object) -> None:
        await record(self.session, self.principal, action, at=self.at, target=target, detail=detail)


def require_scope(principal: Principal, scope: str) -> None:
    """Raise ``Denied`` (SCOPE_REQUIRED) unless the token carries the scope."""
    if scope not in principal.scopes:
        raise Denied(Reason("SCOPE_REQUIRED", params={"scope": scope}), audit_note=f"scope {scope}")
