"""Changes of supervision: what courts report, notices drafted, edited and moved."""

from __future__ import annotations

from uuid import UUID

from hub.access.scopes import Scope
from hub.core.texts import Text
from hub.core.workflow import Note
from hub.supervision import awards, interviews, notices, referrals, reports
from hub.supervision.payloads import LeaderSignature, NoticeDraft, NoticeReason, NoticeWording
from hub.supervision.periodic import issuing
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
