"""Changes of supervision: what courts report, notices drafted, edited and moved."""

from __future__ import annotations

from uuid import UUID

from hub.access.scopes import Scope
from hub.core.texts import Text
from hub.core.workflow import Note
from hub.supervision import assessments, awards, interviews, notices, referrals, reports, suggestions
from hub.supervision.payloads import LeaderSignature, NoticeDraft, NoticeReason, NoticeWording
from hub.supervision.periodic import issuing
from hub.supervision.suggestion_payloads import SuggestionDraft
from hub.supervision.suggestion_workflow import SUGGESTION
from hub.supervision.workflow import NOTICE
from hub.workflow.unit import Unit
from schema.mutations.declare import Advancing, Editing, Making, declare


async def _draft(unit: Unit, draft: NoticeDraft) -> UUID:
    key: UUID = (await notices.draft_notice(unit, draft)).id
    return key


declare(
    *(
        Editing(name, text, Scope.NOTICE_ISSUE, "PeriodicReport", payload, edit)
        for name, text, payload, edit in (
            (
                "completePeriodicReport",
                Text("补充定期报告条目的说明", "add statements to a report's entries"),
                issuing.ReportStatements,
                issuing.complete,
            ),
            (
                "recompilePeriodicReport",
                Text("签发前重新编制定期报告", "draw an unsigned report up anew"),
                Note,
                issuing.recompile,
            ),
            (
                "issuePeriodicReport",
                Text("签发定期报告", "sign a periodic report"),
                LeaderSignature,
                issuing.issue,
            ),
        )
    ),
    Making(
        "correctPeriodicReport",
        Text("编制已签发报告的更正版", "draw up a corrected edition of an issued report"),
        Scope.NOTICE_ISSUE,
        "PeriodicReport",
        issuing.ReportCorrection,
        issuing.correct,
    ),
    Editing(
        "liftAwardRestriction",
        Text("恢复评先评优资格", "lift a restriction of awards"),
        Scope.NOTICE_ISSUE,
        "AwardRestriction",
        NoticeReason,
        awards.lift,
    ),
    Making(
        "planInterview",
        Text("安排约谈", "call the head of a unit in"),
        Scope.NOTICE_ISSUE,
        "Interview",
        interviews.InterviewPlan,
        interviews.plan_interview,
    ),
    Advancing(
        "advanceInterview",
        Text("登记或取消约谈", "record an interview or cancel it"),
        Scope.NOTICE_ISSUE,
        "Interview",
        interviews.INTERVIEW,
        interviews.fire_interview,
    ),
    Making(
        "draftJudicialSuggestion",
        Text("起草司法建议", "draft a judicial suggestion"),
        Scope.SUGGESTION_ISSUE,
        "JudicialSuggestion",
        SuggestionDraft,
        suggestions.draft_suggestion,
    ),
    Advancing(
        "advanceJudicialSuggestion",
        Text("办理司法建议：听取意见、签发、签收、回复、办结", "move a judicial suggestion along"),
        Scope.SUGGESTION_READ,
        "JudicialSuggestion",
        SUGGESTION,
        suggestions.fire_suggestion,
    ),
    Advancing(
        "advanceAssessmentItem",
        Text("将失信事项计入考核、调整或不予计入", "enter an item into an assessment, adjust it or leave it out"),
        Scope.ASSESSMENT_ENTER,
        "AssessmentItem",
        assessments.ASSESSMENT,
        assessments.fire_item,
    ),
    Making(
        "issueCircular",
        Text("对失信单位通报批评并限期履行", "name a unit in a circular, to perform by a day"),
        Scope.ASSESSMENT_ENTER,
        "Circular",
        assessments.CircularDraft,
        assessments.issue_circular,
    ),
    Making(
        "pushReferral",
        Text("移送问责线索或失信记录", "refer a clue or a record"),
        Scope.REFERRAL_SEND,
        "ReferralReceipt",
        referrals.ReferralContent,
        referrals.push_referral,
    ),
    Editing(
        "acceptReferral",
        Text("签收移送", "sign for a referral"),
        Scope.REFERRAL_RECEIVE,
        "ReferralReceipt",
        referrals.ReferralAcceptance,
        referrals.accept_referral,
    ),
    Making(
        "reportGovernmentCase",
        Text("法院向信用办通报涉政府案件", "a court reports a case against a public body"),
        Scope.CASE_REPORT,
        "CaseReport",
        reports.GovernmentCase,
        reports.report_case,
    ),
    Making(
        "draftSupervisionNotice",
        Text("起草提醒函、督促函、交办单或督办单", "draft a supervision notice"),
        Scope.NOTICE_ISSUE,
        "SupervisionNotice",
        NoticeDraft,
        _draft,
    ),
    Editing(
        "editSupervisionNotice",
        Text("修改督办函件草稿", "rewrite the draft of a supervision notice"),
        Scope.NOTICE_ISSUE,
        "SupervisionNotice",
        NoticeWording,
        notices.edit_notice,
    ),
    Advancing(
        "advanceSupervisionNotice",
        Text("办理督办函件：送签、签发、签收、回复、催办、提级、结案等", "move a supervision notice along"),
        Scope.NOTICE_READ,
        "SupervisionNotice",
        NOTICE,
        notices.fire_notice,
    ),
)
