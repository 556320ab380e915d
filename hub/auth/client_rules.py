"""Who may have which client: id syntax, the owning organisation, roles it holds, scopes those roles can carry."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import select

from hub.access.coverage import grantable_scopes
from hub.access.scopes import Scope
from hub.auth.standing import exists_on, functions_on, held_functions, leads_others
from hub.core.clock import local_date
from hub.core.errors import Reason, Refused
from hub.core.principal import RoleName
from hub.db.models import Organization
from hub.db.session import SystemSession

_CLIENT_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{2,99}")
_RESERVED_IDS = frozenset({"anonymous", "system"})
_NAME_LIMIT = 200
_SCOPES = frozenset(scope.value for scope in Scope)


class ClientAuthMethod(StrEnum):
    """How a client proves itself (RFC 8414 ``token_endpoint_auth_methods_supported``)."""

    CLIENT_SECRET_BASIC = "client_secret_basic"  # noqa: S105 - a name of RFC 6749
    PRIVATE_KEY_JWT = "private_key_jwt"


@dataclass(frozen=True, slots=True)
class Owner:
    """An organisation that exists now, its jurisdiction path and the roles it holds now."""

    path: str
    roles: frozenset[RoleName]


def is_client_id(text: str) -> bool:
    """Whether the text has the form of a client id: 3–100 of A-Z a-z 0-9 . _ -, and is not reserved."""
    return bool(_CLIENT_ID.fullmatch(text)) and text.lower() not in _RESERVED_IDS


async def find_owner(session: SystemSession, organization_id: UUID, at: datetime) -> Owner:
    """Raises ``Refused`` (CLIENT_ORGANIZATION_UNKNOWN)."""
    day = local_date(at)
    found = await session.execute(
        select(
            Organization.jurisdiction_path,
            functions_on(Organization.id, day).label("functions"),
            leads_others(Organization.id).label("leads"),
        ).where(Organization.id == organization_id, exists_on(day))
    )
    row = found.one_or_none()
    if row is None:
        raise Refused(Reason("CLIENT_ORGANIZATION_UNKNOWN", ("organizationId",)))
    functions = held_functions(row.functions, superior_at=row.jurisdiction_path if row.leads else None)
    return Owner(row.jurisdiction_path, frozenset(function.role for function in functions))


def name_reasons(name: str) -> Iterator[Reason]:
    if not name.strip():
        yield Reason("TEXT_EMPTY", ("name",))
    if len(name) > _NAME_LIMIT:
        yield Reason("TEXT_TOO_LONG", ("name",), {"limit": _NAME_LIMIT})
    if "\x00" in name:
        yield Reason("NUL_CHARACTER", ("name",))


def right_reasons(owner: Owner, scopes: Collection[str], roles: Iterable[RoleName]) -> Iterator[Reason]:
    """Roles the organisation does not hold now, and scopes that the (narrowed) roles cannot carry."""
    named = tuple(roles)
    for index, role in enumerate(named):
        if role not in owner.roles:
            yield Reason("CLIENT_ROLE_NOT_HELD", ("roles", index), {"role": role.value})
    grantable = grantable_scopes(owner.roles.intersection(named) if named else owner.roles)
    if not scopes:
        yield Reason("CLIENT_SCOPES_EMPTY", ("scopes",))
    for index, scope in enumerate(scopes):
        if scope not in _SCOPES:
            yield Reason("SCOPE_UNKNOWN", ("scopes", index))
        elif scope not in grantable:
            yield Reason("SCOPE_NOT_GRANTABLE", ("scopes", index), {"scope": scope})
