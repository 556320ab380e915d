"""What an SQL expression may know of the request: bind parameters filled in by every execution of a plan."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from sqlalchemy import ARRAY, BindParameter, DateTime, String, Text, Uuid, bindparam

from hub.core.areas import Area


class Row(Protocol):
    """Where the columns of a GraphQL object come from: a table alias, a page of one, or an element of a JSON list."""

    @property
    def c(self) -> Any: ...


@dataclass(frozen=True, slots=True)
class Ambient:
    """``now`` is the instant the operation started; ``organization`` the caller's, null for none.

    ``viewer`` is the caller as JSON text (see ``schema.viewer``), ``rate_limit`` its quota after this operation.
    """

    now: BindParameter[datetime]
    organization: BindParameter[UUID]
    viewer: BindParameter[str]
    rate_limit: BindParameter[str]

    def paths(self, area: Area) -> BindParameter[Any]:
        """Jurisdiction paths the caller covers whole in an area."""
        return bindparam(f"paths_{area.value}", None, type_=ARRAY(String))


AMBIENT = Ambient(
    now=bindparam("now", None, type_=DateTime(timezone=True)),
    organization=bindparam("organization", None, type_=Uuid()),
    viewer=bindparam("viewer", None, type_=Text()),
    rate_limit=bindparam("rate_limit", None, type_=Text()),
)
MOMENTARY_NAMES = frozenset({"now", "rate_limit"})
"""What is another value with every operation of a caller."""
AMBIENT_NAMES = frozenset({"organization", "viewer", *MOMENTARY_NAMES, *(f"paths_{area.value}" for area in Area)})
