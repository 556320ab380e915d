"""Which subjects are government subjects: by what the policy pack counts among them, never by name."""

from __future__ import annotations

from hub.canonical.codes import OrganizationKind
from hub.policy.parameter_sets.codes import SubjectKind

_BY_ORGANIZATION: dict[OrganizationKind, SubjectKind] = {
    OrganizationKind.GOVERNMENT: SubjectKind.ADMINISTRATIVE_ORGAN,
    OrganizationKind.GOV_DEPARTMENT: SubjectKind.ADMINISTRATIVE_ORGAN,
    OrganizationKind.ADMIN_COMMITTEE: SubjectKind.ADMINISTRATIVE_ORGAN,
    OrganizationKind.PUBLIC_INSTITUTION: SubjectKind.PUBLIC_INSTITUTION,
    OrganizationKind.TOWNSHIP_GOV: SubjectKind.TOWNSHIP,
    OrganizationKind.SUBDISTRICT: SubjectKind.TOWNSHIP,
    OrganizationKind.VILLAGE_COMMITTEE: SubjectKind.GRASSROOTS_ORGANIZATION,
    OrganizationKind.RESIDENT_COMMITTEE: SubjectKind.GRASSROOTS_ORGANIZATION,
    OrganizationKind.VILLAGE_COLLECTIVE: SubjectKind.VILLAGE_COLLECTIVE,
    OrganizationKind.SOE: SubjectKind.SOE_WITH_SOCIAL_FUNCTION,
    OrganizationKind.STATE_CAPITAL_ENTERPRISE: SubjectKind.STATE_CAPITAL_ENTERPRISE,
}
_BY_CODE: dict[str, SubjectKind] = {
    "11": SubjectKind.ADMINISTRATIVE_ORGAN,
    "12": SubjectKind.PUBLIC_INSTITUTION,
    "54": SubjectKind.GRASSROOTS_ORGANIZATION,
    "55": SubjectKind.GRASSROOTS_ORGANIZATION,
    "N1": SubjectKind.VILLAGE_COLLECTIVE,
    "N2": SubjectKind.VILLAGE_COLLECTIVE,
    "N3": SubjectKind.VILLAGE_COLLECTIVE,
}
"""By the registration kind a code begins with (GB 32100-2015)."""


def is_government(kind: OrganizationKind | None, uscc: str | None, counted: tuple[str, ...]) -> bool:
    """Whether a unit of the hub, or a body known by its code alone, is of a kind the pack counts."""
    found = _BY_ORGANIZATION.get(kind) if kind is not None else _BY_CODE.get((uscc or "")[:2])
    return found is not None and found.value in counted
