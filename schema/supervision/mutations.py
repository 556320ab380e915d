"""Changes of supervision: what courts report, notices drafted, edited and moved."""

from __future__ import annotations

from uuid import UUID

from hub.access.scopes import Scope
from hub.core.texts import Text
from hub.supervision import notices, reports
from hub.supervision.payloads import NoticeDraft, NoticeWording
from hub.supervision.workflow import NOTICE
from hub.workflow.unit import Unit
from schema.mutations.declare import Advancing, Editing, Making, declare


async def _draft(unit: Unit, draft: NoticeDraft) -> UUID:
    key: UUID = (await notices.draft_notice(unit, draft)).id
    return key


declare(
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
