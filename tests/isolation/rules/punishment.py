"""Joint punishment, checks and restrictions of consumption: docs/joint-punishment.md; domain §4.1 rule 6, §4.4."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hub.canonical.punishment_codes import MeasureStatus, OverdueListStatus
from hub.db import models
from tests.isolation.rules.reach import (
    AT_HOME,
    PUBLIC_BODIES,
    WHOLE_CREDIT,
    of,
    own,
    own_or,
    within_tenant,
)

if TYPE_CHECKING:
    from tests.isolation.oracle import Oracle
    from tests.support.rows import Row

BEFORE_AN_ORDER = {MeasureStatus.MATCHED, MeasureStatus.PROPOSED, MeasureStatus.DROPPED}


def _measure(oracle: Oracle, row: Row) -> bool:
    """Implementer, court and credit side; once ordered the unit it meets and the implementer's superior."""
    ordered = row["status"] not in BEFORE_AN_ORDER
    told = row["subject_organization_id"] == oracle.own or row["implementer_id"] in oracle.below
    return own_or(WHOLE_CREDIT, "implementer_id", "court_id")(oracle, row) or (ordered and told)


def _takes_part(oracle: Oracle, row: Row) -> bool:
    parties = oracle.content.of(models.OverdueListParty)
    return any(each["list_id"] == row["id"] and each["organization_id"] == oracle.own for each in parties)


def _list(oracle: Oracle, row: Row) -> bool:
    """Issuer, parties and credit side; who oversees public bodies once it has left its issuer."""
    submitted = row["status"] is not OverdueListStatus.COMPILED and oracle.covers(PUBLIC_BODIES, row)
    return submitted or _takes_part(oracle, row) or own_or(WHOLE_CREDIT, "issuer_id")(oracle, row)


def _party(oracle: Oracle, row: Row) -> bool:
    """What each of them did: itself, the issuer, the credit side."""
    issued = any(
        each["id"] == row["list_id"] and each["issuer_id"] == oracle.own
        for each in oracle.content.of(models.OverdueList)
    )
    return issued or own_or(WHOLE_CREDIT, "organization_id")(oracle, row)


def _restriction(oracle: Oracle, row: Row) -> bool:
    """Its court, the unit restricted, the credit side."""
    parties = oracle.content.of(models.ConsumptionRestrictionParty)
    party = any(each["restriction_id"] == row["id"] and each["organization_id"] == oracle.own for each in parties)
    return party or oracle.covers(WHOLE_CREDIT, row)


def _standing_measure(oracle: Oracle, row: Row) -> bool:
    return row["organization_id"] == oracle.own or any(
        each["record_id"] == row["record_id"] and within_tenant(oracle, each["root"])
        for each in oracle.content.of(models.StandingListing)
    )


RULES: dict[type[Any], Any] = {
    models.MeasureAssignment: lambda oracle, row: oracle.covers(AT_HOME, row),
    models.JointPunishmentMeasure: _measure,
    **dict.fromkeys(
        (models.PunishmentFeedback, models.MeasureHandover), of(models.JointPunishmentMeasure, "measure_id")
    ),
    models.StandingMeasure: _standing_measure,
    models.OverdueList: _list,
    models.OverdueListParty: _party,
    models.OverdueListEntry: of(models.OverdueList, "list_id"),
    models.ConsumptionRestriction: _restriction,
    models.ConsumptionRestrictionParty: own_or(WHOLE_CREDIT, "organization_id"),
    models.RestrictedPerson: of(models.ConsumptionRestriction, "restriction_id"),
    models.RestrictionStep: of(models.ConsumptionRestriction, "restriction_id"),
    **dict.fromkeys(
        (models.StandingListing, models.StandingRestriction),
        lambda oracle, row: within_tenant(oracle, row["root"]),
    ),
    **dict.fromkeys(
        (
            models.SubjectCheck,
            models.CheckUsage,
            models.CheckDisposition,
            models.Interception,
            models.MeasureInterception,
        ),
        own_or(WHOLE_CREDIT, "organization_id"),
    ),
    models.CheckedSubject: own("organization_id"),
}
CONTENT = {models.JointPunishmentMeasure: {"reason", "reason_basis"}}
OWN = {models.JointPunishmentMeasure: own("implementer_id", "court_id", "subject_organization_id")}
CLEARED = {
    models.JointPunishmentMeasure: {"person_name", "lifted_by"},
    models.PunishmentFeedback: {"text"},
    models.OverdueList: {"signed_by", "return_reason"},
    models.OverdueListParty: {"report"},
    models.ConsumptionRestriction: {"exemption_reason"},
    models.RestrictedPerson: {"name_masked"},
}
LISTS = {
    "jointPunishmentMeasures": models.JointPunishmentMeasure,
    "measureInterceptions": models.MeasureInterception,
    "measureAssignments": models.MeasureAssignment,
    "overdueLists": models.OverdueList,
    "consumptionRestrictions": models.ConsumptionRestriction,
    "subjectChecks": models.SubjectCheck,
    "checkedSubjects": models.CheckedSubject,
    "interceptions": models.Interception,
}
PATHS = (
    """{ jointPunishmentMeasures(first: 100) { nodes { reason reasonBasis personName liftedBy feedback { text }
        handovers { reason } } }
    overdueLists(first: 50) { nodes { signedBy returnReason parties { report organization { id } }
        entries { court { id } notice { title } } courtOrders { orderNumber roles } } } }""",
    """{ consumptionRestrictions(first: 100) { nodes { exemptionReason persons { nameMasked } steps { late } } }
    dishonestyRecords(first: 50) { nodes { steps { event } clocks { clause } caseNumbersOfSameBasis
        subject { transfers { reason movedAt } } } } }""",
    """{ interceptions(first: 50) { nodes { system overrideReason check { serviceItem } } }
    checkCoverage(from: "2026-01-01", to: "2026-12-31") { organization checks hits interceptions alarms } }""",
    "{ measureInterceptions(first: 100) { nodes { at measure { name } interception { system } } } }",
)
