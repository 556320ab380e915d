"""Alerts: whom they name, and who oversees what a governance alert is about; of anything else nobody else hears."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hub.canonical.codes import AlertKind
from hub.core.principal import RoleName
from hub.db import models
from tests.isolation.rules.funds import OVERSEERS
from tests.isolation.rules.inquiry import parents
from tests.isolation.rules.reach import SUPERVISORS

if TYPE_CHECKING:
    from tests.isolation.oracle import Oracle
    from tests.support.rows import Row

OVERSEEN = {
    "DoubleListItem": OVERSEERS | {RoleName.CREDIT_OFFICE},
    **dict.fromkeys(("LinkageTask", "CoordinationRequest", "JointMeeting"), OVERSEERS),
    **dict.fromkeys(("SupervisionNotice", "PeriodicReport"), SUPERVISORS),
    "JointPunishmentMeasure": {RoleName.CREDIT_OFFICE, RoleName.AUDITOR},
}
"""Who hears of every alert in its place, by what it is about."""
OF_THE_POLICE = {AlertKind.LOOKOUT_HIT, AlertKind.LOOKOUT_HIT_LATE}
OF_COURTS = {AlertKind.EVASION_CLUE_OVERDUE}


def listed(oracle: Oracle, row: Row) -> bool:
    """What names the caller; who oversees lists is given whatever else there is for it."""
    if row["organization_id"] == oracle.own or oracle.covers(OVERSEEN.get(row["target_kind"], set()), row):
        return True
    return any(oracle.principal.has_role(role) for role in OVERSEEN["DoubleListItem"]) and _raised(oracle, row)


def _raised(oracle: Oracle, row: Row) -> bool:
    """The police may read the alarm that their own hit raised with the court, a court that the police of its clue are
    late, though no list of theirs holds it."""
    if row["kind"] in OF_THE_POLICE and row["target_kind"] == "LookoutHit":
        about, alarming, alarmed = models.LookoutHit, "police_id", "court_id"
    elif row["kind"] in OF_COURTS:
        about, alarming, alarmed = models.EvasionClue, "court_id", "police_id"
    else:
        return False
    return any(
        each[alarming] == oracle.own and each[alarmed] == row["organization_id"]
        for each in parents(oracle, about, row["target_id"])
        if oracle.sees(about, each)
    )


RULES = {models.Alert: lambda oracle, row: listed(oracle, row) or _raised(oracle, row)}
