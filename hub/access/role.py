"""Shape of a role file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum

from hub.access.scopes import Scope
from hub.core.areas import Area, Reach
from hub.core.principal import Clearance, RoleName
from hub.core.texts import Text


class Introspection(IntEnum):
    """Where a role may read the schema through the endpoint (GraphQL introspection)."""

    NEVER = 0
    IN_DEVELOPMENT = 1
    ALWAYS = 2


@dataclass(frozen=True, slots=True)
class Role:
    """What an organisation may do in a jurisdiction because of its function there.

    ``scopes`` is the most a client of such an organisation can be given; ``reads`` and ``writes`` say how far the
    role reaches into an area (what is not named is not reached); ``clearance`` which sensitivity it reads in full;
    ``introspection`` where it may read the schema.
    """

    name: RoleName
    title: Text
    basis: str
    clearance: Clearance
    scopes: frozenset[Scope]
    reads: Mapping[Area, Reach] = field(default_factory=dict)
    writes: Mapping[Area, Reach] = field(default_factory=dict)
    introspection: Introspection = Introspection.NEVER
