"""Saying which unit a body is."""

from __future__ import annotations

from hub.access.scopes import Scope
from hub.core.texts import Text
from hub.subjects.matching import MatchReversal, SubjectMatchDecision, decide, undo
from hub.subjects.naming import OrganizationNaming, record_name
from schema.mutations.declare import Making, declare

declare(
    Making(
        "matchSubject",
        Text("指明没有信用代码的主体是哪个单位", "say which unit a body without a code is"),
        Scope.SUBJECT_MATCH,
        "SubjectMatch",
        SubjectMatchDecision,
        decide,
    ),
    Making(
        "undoSubjectMatch",
        Text("撤销对主体的认定", "take back the decision about a body"),
        Scope.SUBJECT_MATCH,
        "SubjectMatch",
        MatchReversal,
        undo,
    ),
    Making(
        "recordOrganizationName",
        Text("登记单位的全称、简称或旧称", "record a name of a unit"),
        Scope.SUBJECT_MATCH,
        "OrganizationName",
        OrganizationNaming,
        record_name,
    ),
)
