"""How long the texts of the register may be: what its columns hold, in characters."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import String

from hub.core.errors import Reason
from hub.db import models
from hub.db.base import Base
from hub.organizations.register.entries import Register

Place = tuple[str | int, ...]


def find_length_problems(register: Register) -> Iterator[Reason]:
    """Texts that no column would hold."""
    for place, model, column, text in _texts(register):
        limit = _limit(model, column)
        if len(text) > limit:
            yield Reason("REGISTER_TOO_LONG", (*place, column), {"value": text[:40], "limit": limit})


def _limit(model: type[Base], column: str) -> int:
    kind = model.__table__.c[column].type
    assert isinstance(kind, String)
    assert kind.length is not None
    return kind.length


def _texts(register: Register) -> Iterator[tuple[Place, type[Base], str, str]]:
    for each in register.jurisdictions:
        place: Place = ("jurisdictions", each.code)
        yield place, models.Jurisdiction, "name", each.name
        yield place, models.Jurisdiction, "short_name", each.short_name
    for unit in register.units:
        place = ("units", unit.key)
        yield place, models.Organization, "name", unit.name
        yield place, models.Organization, "short_name", unit.short_name
        yield place, models.Court, "court_code", unit.court_code or ""
        yield from ((place, models.OrganizationAlias, "alias", alias) for alias in unit.aliases)
    for group in register.groups:
        yield from ((("groups", group.name), models.OrganizationGroup, "name", text) for text in group.wordings)
    for body in register.bodies:
        yield ("bodies", body.key), models.CoordinationBody, "name", body.name
        yield from ((("bodies", body.key), models.BodyMembership, "post", seat.post) for seat in body.memberships)
    for liaison in register.liaisons:
        yield ("liaisons", liaison.organization), models.Liaison, "person_name", liaison.person_name
        yield ("liaisons", liaison.organization), models.Liaison, "post", liaison.post
