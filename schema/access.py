"""What of the caller's rights a plan depends on, and the refusals that are decided when it is made."""

from __future__ import annotations

from dataclasses import dataclass

from hub.access.scopes import Scope
from hub.core.areas import Area, RowScope
from hub.core.errors import Denied, Reason
from hub.core.principal import Clearance, Principal


@dataclass(frozen=True, slots=True)
class Permission:
    """The shape of a caller's rights: callers with equal shapes share plans; their values stay bind parameters.

    ``covered`` are the areas of which some jurisdiction is covered whole, so that not only own rows are visible.
    """

    scopes: frozenset[str]
    clearance: Clearance
    superior: bool
    covered: frozenset[Area]

    @classmethod
    def of(cls, principal: Principal, scope: RowScope) -> Permission:
        return cls(
            scopes=principal.scopes,
            clearance=principal.clearance,
            superior=scope.superior,
            covered=frozenset(area for area, paths in scope.reads.items() if paths),
        )

    def require(self, scopes: tuple[Scope, ...], field: str) -> None:
        """Raises ``Denied`` (SCOPE_REQUIRED) unless one of the scopes is held; no scopes means none is needed."""
        if not self.allows(scopes):
            raise Denied(Reason("SCOPE_REQUIRED", (), {"scope": scopes[0].value}), audit_note=f"{field}: {scopes[0]}")

    def allows(self, scopes: tuple[Scope, ...]) -> bool:
        return not scopes or any(scope.value in self.scopes for scope in scopes)

    def only_own(self, area: Area) -> bool:
        """Whether every row the caller sees in the area is one its own organisation is party to."""
        return area not in self.covered and not self.superior
