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
    named = row["organization_id"] == oracle.own or _alarmed(oracle, row)
    return named or oracle.covers(OVERSEEN.get(row["target_kind"], set()), row)


def _alert(oracle: Oracle, row: Row) -> bool:
    """The police may read the alarm that their own hit raised with the court, though no list of theirs holds it."""
    met = row["target_kind"] == "LookoutHit" and row["kind"] in OF_THE_POLICE
    hits = parents(oracle, models.LookoutHit, row["target_id"])
    raised = any(
        hit["police_id"] == oracle.own and hit["court_id"] == row["organization_id"]
        for hit in hits
        if met and oracle.sees(models.LookoutHit, hit)
    )
    return listed(oracle, row) or raised


def _alarmed(oracle: Oracle, row: Row) -> bool:
    """A court and that the police of its clue are late."""
    return row["kind"] in OF_COURTS and any(
        clue["court_id"] == oracle.own and clue["police_id"] == row["organization_id"]
        for clue in parents(oracle, models.EvasionClue, row["target_id"])
        if oracle.sees(models.EvasionClue, clue)
    )


RULES = {models.Alert: _alert}
