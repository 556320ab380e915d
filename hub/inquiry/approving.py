"""What the approval of an officer's order rests on, whatever the order is about."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from hub.core.errors import Reason
from hub.core.texts import Text
from hub.core.workflow import Guard
from hub.inquiry.documents import LegalDocument


@dataclass(frozen=True, slots=True)
class ApprovalFacts:
    """``officer_id``: who acts; ``problems`` of case, target and asker as they stand now, while it waits."""

    row: Any
    officer_id: UUID | None
    problems: tuple[Reason, ...]


def _not_self(facts: ApprovalFacts, _given: Any) -> Iterable[Reason]:
    if facts.officer_id in (facts.row.requester_id, *facts.row.co_handler_ids):
        yield Reason("SELF_APPROVAL")


def _unapproved(facts: ApprovalFacts, _given: Any) -> Iterable[Reason]:
    if facts.row.approval_due_at is None:
        yield Reason("EVENT_NOT_NOW", ("event",), {"event": "审批", "state": "已批准"})


def _decided(facts: ApprovalFacts, _given: Any) -> Iterable[Reason]:
    """An emergency ends by its approval, its rejection or its lapse, never by whoever sent it out."""
    if facts.row.approval_due_at is not None:
        yield Reason("APPROVAL_OUTSTANDING")


NOT_SELF: Guard[Any] = Guard("notSelf", Text("审批人不是申请人", "the approver is not the asker"), _not_self)
UNAPPROVED: Guard[Any] = Guard("unapproved", Text("紧急请求待补批", "an emergency to be approved"), _unapproved)
DECIDED: Guard[Any] = Guard("decided", Text("无待补批", "no approval outstanding"), _decided)
STANDING: Guard[Any] = Guard(
    "standing",
    Text("案件、被执行人、申请人仍符合条件", "case, target and asker qualify yet"),
    lambda facts, _: facts.problems,
)


def document_columns(document: LegalDocument) -> dict[str, object]:
    """Columns of the document that an order rests on; its content is sealed apart."""
    return {
        "document_number": document.document_number,
        "document_name": document.filename,
        "document_digest": document.sha256.lower(),
        "seal_serial": document.seal_serial,
    }
