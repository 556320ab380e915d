"""A holder's reply as the payload of the order's event. What is missing stays blank, and is refused with the rest."""

from __future__ import annotations

from datetime import date

from hub.canonical.execution_codes import AnswerCode, ReturnReason
from hub.canonical.holding import HolderEvent, HolderReply
from hub.core.errors import Reason, Refused
from hub.core.workflow import Note
from hub.inquiry.commands import HolderAnswer, OrderObjection, OrderReturn
from hub.inquiry.findings import finding


def payload_of(reply: HolderReply) -> object:
    """Raises ``Refused`` (ANSWER_DATE)."""
    told = reply.told
    match reply.event:
        case HolderEvent.RETURNED:
            reason = ReturnReason(told["reason"] or "")
            return OrderReturn(reason=reason, note=told["note"] or "", contact=told["contact"] or "")
        case HolderEvent.OBJECTED:
            return OrderObjection(grounds=told.get("grounds") or "")
        case HolderEvent.ACCEPTED:
            return Note()
    return HolderAnswer(
        code=AnswerCode(told["code"] or ""),
        as_of=_day(told["as_of"]),
        subject_number=told["subject_number"],
        items=tuple(finding(kind, values) for kind, values in reply.items),
        note=told["note"],
    )


def _day(text: str | None) -> date:
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        raise Refused(Reason("ANSWER_DATE", ("asOf",))) from None
