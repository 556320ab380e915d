"""What a court says of its cases in the hub."""

from __future__ import annotations

from hub.access.scopes import Scope
from hub.cases.tags import CaseTagDraft, CaseTagWithdrawal, tag_case, withdraw_tag
from hub.core.texts import Text
from schema.mutations.declare import Editing, Making, declare

declare(
    Making(
        "tagCase",
        Text(
            "法院给本院案件加标签；标签本身不产生任何名单或者措施", "a court tags its case; nothing follows of itself"
        ),
        Scope.CASE_TAG,
        "CaseTag",
        CaseTagDraft,
        tag_case,
    ),
    Editing(
        "withdrawCaseTag",
        Text("法院撤回案件标签，须写明理由", "a court takes a tag back, with the reason"),
        Scope.CASE_TAG,
        "CaseTag",
        CaseTagWithdrawal,
        withdraw_tag,
    ),
)
