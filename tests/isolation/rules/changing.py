"""Who may change what of the credit side, of campaigns, tags and clues, of what it sees: docs/integrity.md,
docs/joint-punishment.md, docs/credit-repair.md, docs/campaigns.md, docs/execution-linkage.md. An auditor changes
nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hub.canonical.codes import EndpointStatus
from hub.canonical.integrity_codes import EngagementStatus, PublicityStatus
from hub.canonical.punishment_codes import OverdueListStatus
from hub.core.principal import RoleName as R
from hub.db import models
from tests.isolation.rules import campaign, evasion
from tests.isolation.rules.reach import own, own_or

if TYPE_CHECKING:
    from tests.isolation.oracle import Oracle
    from tests.support.rows import Row

CREDIT = {R.CREDIT_OFFICE}
GOVERNMENT = {R.JOINT_MEETING_OFFICE, R.GOVERNMENT_OFFICE}
DECIDED = {OverdueListStatus.SUBMITTED_TO_GOVERNMENT, OverdueListStatus.APPROVED, OverdueListStatus.RETURNED}


def _party(oracle: Oracle, row: Row) -> bool:
    parties = oracle.content.of(models.OverdueListParty)
    return any(each["list_id"] == row["id"] and each["organization_id"] == oracle.own for each in parties)


def _list(oracle: Oracle, row: Row) -> bool:
    """Issuer and parties; the government while it is before it."""
    decides = row["status"] in DECIDED and oracle.covers(GOVERNMENT, row)
    return decides or row["issuer_id"] == oracle.own or _party(oracle, row)


def _of_list(oracle: Oracle, row: Row) -> bool:
    (parent,) = (each for each in oracle.content.of(models.OverdueList) if each["id"] == row["list_id"])
    return oracle.own in (row["organization_id"], parent["issuer_id"])


def _publicity(oracle: Oracle, row: Row) -> bool:
    """Who proposed it, who reviews or approves; a court what waits for an approval."""
    waits = row["status"] in (PublicityStatus.REVIEWED, PublicityStatus.APPROVED) and oracle.covers({R.COURT}, row)
    return waits or own_or(CREDIT | GOVERNMENT, "proposer_id")(oracle, row)


def _extract(oracle: Oracle, row: Row) -> bool:
    (engagement,) = (e for e in oracle.content.of(models.IntegrityEngagement) if e["id"] == row["engagement_id"])
    return row["evaluator_id"] == oracle.own and engagement["status"] is EngagementStatus.OPEN


def _complaint(oracle: Oracle, row: Row) -> bool:
    """Who received it; the body complained of from its handing over on, whoever else it is."""
    return row["receiver_id"] == oracle.own or (row["organization_id"] == oracle.own and row["handed_at"] is not None)


def _suggestion(oracle: Oracle, row: Row) -> bool:
    """Its court; once sent the addressee and the copied."""
    parties = oracle.content.of(models.JudicialSuggestionParty)
    told = any(each["suggestion_id"] == row["id"] and each["organization_id"] == oracle.own for each in parties)
    return row["court_id"] == oracle.own or (row["sent_at"] is not None and told)


CHANGES: dict[type[Any], Any] = {
    models.AssessmentItem: own("assessor_id"),
    models.BulkOperation: own("organization_id"),
    models.CheckUsage: own("organization_id"),
    models.CreditObjection: own_or(CREDIT, "court_id", "organization_id"),
    models.CreditRepair: own_or(CREDIT, "court_id", "organization_id"),
    models.Delivery: own("organization_id"),
    models.EvaluationExtract: _extract,
    models.IntegrityComplaint: _complaint,
    models.IntegrityEngagement: own("evaluator_id", "commissioner_id"),
    models.IntegrityEvaluation: lambda oracle, row: row["commissioner_id"] == oracle.own and oracle.covers(CREDIT, row),
    models.IntegrityRecord: own("organization_id", "recorder_id"),
    models.JointPunishmentMeasure: own_or(CREDIT, "implementer_id"),
    models.JudicialSuggestion: _suggestion,
    models.MeasureAssignment: lambda oracle, row: oracle.covers(CREDIT, row),
    models.OverdueList: _list,
    models.OverdueListParty: _of_list,
    models.PublicationStop: own("publisher_id"),
    models.PublicityItem: _publicity,
    models.SubjectMatch: own_or(CREDIT, "organization_id"),
    models.WebhookEndpoint: lambda oracle, row: (
        row["organization_id"] == oracle.own and row["status"] is not EndpointStatus.DELETED
    ),
}
CHANGES |= campaign.CHANGES
CHANGES |= evasion.CHANGES
NEVER = (
    {
        models.Circular,
        models.CheckDisposition,
        models.CheckedSubject,
        models.ConsumptionRestriction,
        models.DishonestyRecord,
        models.ExchangeEntry,
        models.Interception,
        models.IntegrityComplainant,
        models.IntegrityRevision,
        models.ListingRemark,
        models.MeasureHandover,
        models.PunishmentFeedback,
        models.RestrictedPerson,
        models.SubjectCheck,
    }
    | campaign.NEVER
    | evasion.NEVER
)
"""What nobody changes who comes by a client: courts tell it, or it stands as it was written."""
