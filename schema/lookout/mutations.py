"""Ordering a lookout, telling of a hit; and reading, which leaves a trace and therefore is a change."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from hub.access.scopes import Scope
from hub.core.errors import Reason, Refused
from hub.core.texts import Text
from hub.lookout.commands import HitReport, LookoutDraft
from hub.lookout.hits import report_hit
from hub.lookout.orders import LookoutOpening, fire_hit, fire_lookout, open_lookout
from hub.lookout.reading import LookoutReading, read_lookout
from hub.lookout.submitting import submit
from hub.lookout.workflow import HIT, LOOKOUT
from hub.workflow.gate import Request
from schema.inquiry.once import once
from schema.lookout.opened import opened_type, opened_value, released_type, released_value
from schema.mutations.declare import Advancing, Answering, Making, declare

if TYPE_CHECKING:
    from schema.operation import HubContext


async def _read(context: HubContext, asked: LookoutReading, request: Request) -> Mapping[str, Any]:
    released = await once(context, request, lambda unit: read_lookout(unit, asked))
    if released.stopped is not None:
        raise Refused(Reason("READ_LIMIT", params={"limit": released.stopped}))
    return released_value(released)


async def _open(context: HubContext, asked: LookoutOpening, request: Request) -> Mapping[str, Any]:
    return opened_value(await once(context, request, lambda unit: open_lookout(unit, asked)))


declare(
    Making(
        "submitLookoutOrder",
        Text("提出临控请求", "ask the police to look out for a person or vehicle"),
        Scope.LOOKOUT_SEND,
        "LookoutOrder",
        LookoutDraft,
        submit,
    ),
    Advancing(
        "advanceLookoutOrder",
        Text("推进临控", "move a lookout along its table"),
        Scope.EXECQUERY_READ,
        "LookoutOrder",
        LOOKOUT,
        fire_lookout,
    ),
    Making(
        "reportLookoutHit",
        Text("公安机关报告发现临控对象，即时通知法院", "the police report a hit; the court is told at once"),
        Scope.LOOKOUT_RESPOND,
        "LookoutHit",
        HitReport,
        report_hit,
    ),
    Advancing(
        "advanceLookoutHit",
        Text("推进临控发现的处置", "move a hit along its table"),
        Scope.EXECQUERY_READ,
        "LookoutHit",
        HIT,
        fire_hit,
    ),
    Answering(
        "openLookoutOrder",
        Text("公安机关查看临控内容，留痕", "the police open a lookout, on record"),
        Scope.LOOKOUT_RESPOND,
        LookoutOpening,
        opened_type,
        _open,
    ),
    Answering(
        "readLookout",
        Text("查阅临控及发现地点，须写明用途并留痕", "read a lookout and where it was met, with a purpose, on record"),
        Scope.EXECQUERY_READ_RESULT,
        LookoutReading,
        released_type,
        _read,
    ),
)
