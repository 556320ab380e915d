"""One file per consumer role, readable by a lawyer; this page is their register."""

from __future__ import annotations

from hub.access.role import Role
from hub.access.roles.administrator import ADMINISTRATOR
from hub.access.roles.auditor import AUDITOR
from hub.access.roles.court import COURT
from hub.access.roles.credit_office import CREDIT_OFFICE
from hub.access.roles.discipline_supervision import DISCIPLINE_SUPERVISION
from hub.access.roles.government_office import GOVERNMENT_OFFICE
from hub.access.roles.joint_meeting_office import JOINT_MEETING_OFFICE
from hub.access.roles.member_department import MEMBER_DEPARTMENT
from hub.access.roles.organisation_department import ORGANISATION_DEPARTMENT
from hub.access.roles.political_legal_committee import POLITICAL_LEGAL_COMMITTEE
from hub.access.roles.portal import PORTAL
from hub.access.roles.superior_department import SUPERIOR_DEPARTMENT
from hub.access.roles.third_party_evaluator import THIRD_PARTY_EVALUATOR
from hub.core.principal import RoleName

ROLES: dict[RoleName, Role] = {
    role.name: role
    for role in (
        JOINT_MEETING_OFFICE,
        COURT,
        MEMBER_DEPARTMENT,
        SUPERIOR_DEPARTMENT,
        GOVERNMENT_OFFICE,
        CREDIT_OFFICE,
        AUDITOR,
        PORTAL,
        ADMINISTRATOR,
        DISCIPLINE_SUPERVISION,
        ORGANISATION_DEPARTMENT,
        POLITICAL_LEGAL_COMMITTEE,
        THIRD_PARTY_EVALUATOR,
    )
}
