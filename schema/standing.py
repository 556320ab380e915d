"""What a caller is to each of its operations: made once per principal, kept while it calls."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from hub.access.coverage import row_scope
from hub.core.areas import Area
from hub.core.keyring import KeyRing
from hub.core.principal import Principal
from hub.db.scoped import scope_values
from schema.access import Permission
from schema.paging import CursorKey
from schema.viewer import viewer_json


@dataclass(frozen=True, slots=True)
class Standing:
    """``ambient`` holds the bind values of every statement of the caller but the instant: its organisation, itself as
    JSON, the paths it covers, and its row scope."""

    principal: Principal
    permission: Permission
    ambient: Mapping[str, Any]
    keyring: KeyRing
    _cursor_keys: dict[str, CursorKey] = field(default_factory=dict)

    @classmethod
    def of(cls, principal: Principal, keyring: KeyRing) -> Standing:
        scope = row_scope(principal)
        ambient = {
            "organization": principal.organization_id,
            "viewer": viewer_json(principal),
            **{f"paths_{area.value}": list(scope.reads.get(area, ())) for area in Area},
            **scope_values(scope),
        }
        return cls(principal, Permission.of(principal, scope), ambient, keyring)

    def cursor_key(self, order: str) -> CursorKey:
        """Key of the caller's cursors in an order. Orders are names of the schema, hence few."""
        known = self._cursor_keys.get(order)
        if known is None:
            viewer = str(self.principal.organization_id or self.principal.subject)
            known = CursorKey.derive(self.keyring.digest("", purpose="cursor"), viewer, order)
            self._cursor_keys[order] = known
        return known
