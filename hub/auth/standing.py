"""What an organisation is now: its current functions, as one SQL expression and as values."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from hub.core.principal import Function, RoleName
from hub.db.models import Jurisdiction, Organization, OrganizationFunction, OrganizationSuperior

OrganizationKey = InstrumentedAttribute[UUID]


def functions_on(organization: OrganizationKey, day: date) -> ColumnElement[list[list[str]]]:
    """JSON array of ``[role, jurisdiction path]`` valid on ``day`` (both ends inclusive); null when there is none."""
    return (
        select(func.json_agg(func.json_build_array(OrganizationFunction.role, Jurisdiction.path)))
        .join(Jurisdiction, Jurisdiction.id == OrganizationFunction.jurisdiction_id)
        .where(
            OrganizationFunction.organization_id == organization,
            OrganizationFunction.valid_from <= day,
            or_(OrganizationFunction.valid_to.is_(None), OrganizationFunction.valid_to >= day),
        )
        .scalar_subquery()
    )


def leads_others(organization: OrganizationKey) -> ColumnElement[bool]:
    """True when the organisation is the administrative or business superior of any other."""
    return exists().where(OrganizationSuperior.superior_id == organization)


def exists_on(day: date) -> ColumnElement[bool]:
    """True when the organisation has not ended before ``day`` nor begins after it."""
    return and_(
        or_(Organization.valid_from.is_(None), Organization.valid_from <= day),
        or_(Organization.valid_to.is_(None), Organization.valid_to >= day),
    )


def held_functions(
    rows: Iterable[Iterable[str]] | None, *, superior_at: str | None, narrowed_to: Collection[str] = ()
) -> tuple[Function, ...]:
    """Functions of the organisation, narrowed to the named roles when any are named.

    ``superior_at`` is the home path of an organisation that leads others: it is then their superior department
    without anybody having to say so. The home path, not the empty one: an empty path covers everything.
    """
    held = {Function(RoleName(role), path) for role, path in rows or ()}
    if superior_at is not None:
        held.add(Function(RoleName.SUPERIOR_DEPARTMENT, superior_at))
    kept = (function for function in held if not narrowed_to or function.role.value in narrowed_to)
    return tuple(sorted(kept, key=lambda function: (function.role, function.path)))
