"""The caller as a value: made once at the edge, passed explicitly."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum, StrEnum
from uuid import UUID


class Clearance(IntEnum):
    """Sensitivity level a caller may read in full (L0 public … L4 identity numbers, accounts, whereabouts)."""

    L0 = 0
    L1 = 1
    L2 = 2
    L3 = 3
    L4 = 4


class RoleName(StrEnum):
    """Function of an organisation in a jurisdiction."""

    COURT = "COURT"
    JOINT_MEETING_OFFICE = "JOINT_MEETING_OFFICE"
    MEMBER_DEPARTMENT = "MEMBER_DEPARTMENT"
    SUPERIOR_DEPARTMENT = "SUPERIOR_DEPARTMENT"
    GOVERNMENT_OFFICE = "GOVERNMENT_OFFICE"
    CREDIT_OFFICE = "CREDIT_OFFICE"
    AUDITOR = "AUDITOR"
    PORTAL = "PORTAL"
    ADMINISTRATOR = "ADMINISTRATOR"
    DISCIPLINE_SUPERVISION = "DISCIPLINE_SUPERVISION"
    ORGANISATION_DEPARTMENT = "ORGANISATION_DEPARTMENT"
    POLITICAL_LEGAL_COMMITTEE = "POLITICAL_LEGAL_COMMITTEE"
    THIRD_PARTY_EVALUATOR = "THIRD_PARTY_EVALUATOR"


@dataclass(frozen=True, slots=True)
class Function:
    """One role of the caller's organisation in one jurisdiction.

    ``path`` is the jurisdiction's code path from the root, each code ended by a slash:
    ``410000/410800/410825/``. A path covers every path that starts with it.
    """

    role: RoleName
    path: str


@dataclass(frozen=True, slots=True)
class Principal:
    """Who is calling.

    ``subject`` is the OAuth client id; ``clearance`` the highest level any of the roles grants;
    ``on_behalf_of`` the unit an office records for.
    """

    subject: str
    organization_id: UUID | None
    functions: tuple[Function, ...] = ()
    scopes: frozenset[str] = frozenset()
    clearance: Clearance = Clearance.L0
    purpose: str | None = None
    on_behalf_of: UUID | None = None
    token_id: str | None = None

    def __hash__(self) -> int:
        return hash((self.subject, self.token_id))

    def has_role(self, role: RoleName) -> bool:
        return any(function.role is role for function in self.functions)

    @property
    def home_path(self) -> str:
        """Jurisdiction path under which the caller's own acts are filed for the auditor; empty without a function."""
        return min((function.path for function in self.functions if function.path), default="")

    def paths(self, *roles: RoleName) -> tuple[str, ...]:
        """Jurisdiction paths in which the caller holds one of the roles."""
        return tuple(sorted({f.path for f in self.functions if f.role in roles}))


ANONYMOUS = Principal(subject="anonymous", organization_id=None)
