"""Which columns hold personal data of level L3 or L4, and how each is kept from whoever steals the database.

A column that is neither sealed, masked nor keyed holds what is published of a person, with the reason for it.
"""

from __future__ import annotations

from enum import StrEnum


class Kept(StrEnum):
    """SEALED: under a data key of the tenant or the master key ring. MASKED: what others may read. KEYED: blind index.
    OFFICE: the name of somebody who acts in an office, as the document he signs or the notice that names him gives it;
    PUBLISHED: what the court's own list publishes (法释〔2017〕7号 art. 6)."""

    SEALED = "SEALED"
    MASKED = "MASKED"
    KEYED = "KEYED"
    OFFICE = "OFFICE"
    PUBLISHED = "PUBLISHED"


_SEALED = (
    "asset_control.asset_sealed",
    "campaign_case.debtor_sealed",
    "control_order.document_sealed",
    "control_order.return_contact_sealed",
    "evasion_clue_evidence.content_sealed",
    "evasion_clue_step.content_sealed",
    "fund_clue_item.account_sealed",
    "holder_answer.content_sealed",
    "integrity_complainant.contact_sealed",
    "integrity_complainant.name_sealed",
    "integrity_complainant.statement_sealed",
    "integrity_person.name_sealed",
    "restricted_person.name_sealed",
    "lookout_hit.place_sealed",
    "lookout_order.contact_sealed",
    "lookout_order.document_sealed",
    "lookout_order.return_contact_sealed",
    "lookout_order.target_sealed",
    "execution_document.content_sealed",
    "execution_order.return_contact_sealed",
    "execution_order.target_sealed",
    "execution_result.content_sealed",
    "inbox_message.body_sealed",
    "inbox_refusal.body_sealed",
    "liaison.email_sealed",
    "liaison.phone_sealed",
    "marriage_item.parties_sealed",
    "relief_applicant.identity_sealed",
    "relief_applicant.name_sealed",
    "service_address.value_sealed",
    "subject.identity_sealed",
    "subject.name_sealed",
)
_MASKED = (
    "campaign_case.debtor_masked",
    "consumption_restriction.subject_masked",
    "restricted_person.name_masked",
    "integrity_person.name_masked",
    "liaison.phone_masked",
    "marriage_item.party_a_masked",
    "marriage_item.party_b_masked",
    "service_address.value_masked",
    "subject.identity_masked",
    "subject.name_masked",
)
_KEYED = (
    "asset_control.asset_index",
    "asset_control.target_index",
    "campaign_case.content_index",
    "lookout_order.target_index",
    "execution_order.target_index",
    "execution_query.target_index",
    "execution_read.target_index",
    "liaison.phone_hash",
    "marriage_item.couple_index",
    "relief_applicant.identity_index",
    "service_address.identity_hash",
    "service_address.value_index",
    "standing_listing.identity",
    "standing_listing.name",
    "standing_restriction.identity",
    "standing_restriction.name",
    "restricted_person.identity_hash",
    "subject.identity_hash",
    "subject_check.keys",
)
_OFFICE = (
    "assessment_item.decided_by",
    "circular.signed_by",
    "evasion_clue.received_by",
    "evasion_clue.signed_by",
    "interview.attendee",
    "interview.attendee_post",
    "joint_meeting.minutes_signed_by",
    "judicial_suggestion.received_by",
    "judicial_suggestion.signed_by",
    "joint_punishment_measure.person_name",
    "liaison.person_name",
    "notice_recipient.received_by",
    "notice_signature.signed_by",
    "overdue_list.signed_by",
    "periodic_report.signed_by",
    "referral_receipt.received_by",
    "responsibility.leader",
    "responsibility.person",
    "supervision_notice.responsible_leader",
    "supervision_notice.responsible_person",
)
_PUBLISHED = ("dishonesty_record.legal_representative",)

PERSONAL: dict[str, Kept] = {
    **dict.fromkeys(_SEALED, Kept.SEALED),
    **dict.fromkeys(_MASKED, Kept.MASKED),
    **dict.fromkeys(_KEYED, Kept.KEYED),
    **dict.fromkeys(_OFFICE, Kept.OFFICE),
    **dict.fromkeys(_PUBLISHED, Kept.PUBLISHED),
}
"""By ``table.column``."""
