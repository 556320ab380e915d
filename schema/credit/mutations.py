"""Saying which unit a body is."""

from __future__ import annotations

from hub.access.scopes import Scope
from hub.core.texts import Text
from hub.subjects.matching import SubjectMatchDecision, decide
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
)
