"""What a client held when its export was made, to tell whether it still holds all of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from hub.core.principal import Principal


@dataclass(frozen=True, slots=True)
class Rights:
    functions: frozenset[tuple[str, str]]
    scopes: frozenset[str]
    clearance: int

    @classmethod
    def of(cls, principal: Principal) -> Rights:
        held = frozenset((each.role.value, each.path) for each in principal.functions)
        return cls(held, principal.scopes, int(principal.clearance))

    @classmethod
    def stored(cls, given: Mapping[str, Any]) -> Rights:
        held = frozenset((role, path) for role, path in given["functions"])
        return cls(held, frozenset(given["scopes"]), given["clearance"])

    def to_store(self) -> dict[str, Any]:
        return {
            "functions": sorted(map(list, self.functions)),
            "scopes": sorted(self.scopes),
            "clearance": self.clearance,
        }

    def still_held(self, principal: Principal | None) -> bool:
        """Whether nothing of it was lost. Any loss counts, also of what the query may not have needed."""
        if principal is None:
            return False
        now = Rights.of(principal)
        return self.functions <= now.functions and self.scopes <= now.scopes and self.clearance <= now.clearance
