"""A holder's reply as the payload of the order's event. What is missing stays blank, and is refused with the rest."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from hub.canonical.control_codes import ControlResult
from hub.canonical.execution_codes import AnswerCode, ReturnReason
from hub.canonical.holding import HolderEvent, HolderReply
from hub.control.commands import ControlAnswer
from hub.core.clock import SHANGHAI
from hub.core.errors import Reason, Refused
from hub.core.workflow import Note
from hub.inquiry.commands import HolderAnswer, OrderObjection, OrderReturn
from hub.inquiry.findings import finding
from hub.lookout.commands import HitReport


def payload_of(reply: HolderReply) -> object:
    """Raises ``Refused`` (ANSWER_DATE)."""
    told = reply.told
    match reply.event:
        case HolderEvent.RETURNED:
            reason = ReturnReason(told["reason"] or "")
            return OrderReturn(reason=reason, note=told["note"] or "", contact=told["contact"] or "")
        case HolderEvent.OBJECTED:
            return OrderObjection(grounds=told.get("grounds") or "")
        case HolderEvent.ACCEPTED | HolderEvent.WATCHING | HolderEvent.CALLED_OFF:
            return Note()
    return HolderAnswer(
        code=AnswerCode(told["code"] or ""),
        as_of=_day(told["as_of"], "asOf"),
        subject_number=told["subject_number"],
        items=tuple(finding(kind, values) for kind, values in reply.items),
        note=told["note"],
    )


def control_payload_of(reply: HolderReply) -> object:
    """Of a reply about a control. Raises ``Refused`` (ANSWER_DATE)."""
    told = reply.told
    match reply.event:
        case HolderEvent.RETURNED | HolderEvent.ACCEPTED:
            return payload_of(reply)
    return ControlAnswer(
        result=ControlResult(told["result"] or ""),
        reason=told["reason"],
        amount_controlled=told["amount_controlled"],
        amount_excess=told["amount_excess"],
        starts_on=_day(told["starts_on"], "startsOn") if told["starts_on"] else None,
        ends_on=_day(told["ends_on"], "endsOn") if told["ends_on"] else None,
    )


def hit_of(reply: HolderReply, lookout: UUID) -> HitReport:
    """Where and when the target of a lookout was met; a time without its zone is local. Raises ``Refused``
    (ANSWER_DATE)."""
    told = reply.told
    try:
        met_at = datetime.fromisoformat(told["met_at"] or "")
    except ValueError:
        raise Refused(Reason("ANSWER_DATE", ("metAt",))) from None
    return HitReport(
        lookout_id=lookout,
        met_at=met_at if met_at.tzinfo else met_at.replace(tzinfo=SHANGHAI),
        place=told["place"] or "",
        police_unit=told["police_unit"] or "",
    )


def _day(text: str | None, path: str) -> date:
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        raise Refused(Reason("ANSWER_DATE", (path,))) from None
