"""Recording, correcting, receiving, answering; and reading, which leaves a trace and therefore is a change."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from hub.access.scopes import Scope
from hub.core.texts import Text
from hub.marriage.commands import (
    MarriageCorrecting,
    MarriageReading,
    MarriageRecording,
    MarriageSettling,
    MarriageWithdrawal,
)
from hub.marriage.events import fire_batch
from hub.marriage.reading import read_items
from hub.marriage.recording import correct, record, settle, withdraw
from hub.marriage.workflow import BATCH
from hub.workflow.gate import Request
from schema.inquiry.once import once
from schema.marriage.read import read_type, read_value
from schema.mutations.declare import Advancing, Answering, Making, declare

if TYPE_CHECKING:
    from schema.operation import HubContext


async def _read(context: HubContext, asked: MarriageReading, request: Request) -> Mapping[str, Any]:
    return read_value(await once(context, request, lambda unit: read_items(unit, asked)))


declare(
    Making(
        "recordMarriageItems",
        Text("登记本月待共享的婚姻裁判信息", "record decisions to be shared with this month's batch"),
        Scope.MARRIAGE_PUSH,
        "MarriageBatch",
        MarriageRecording,
        record,
    ),
    Making(
        "correctMarriageItem",
        Text("更正已封存或者发送的一件", "correct an item that was sealed or sent"),
        Scope.MARRIAGE_PUSH,
        "MarriageItem",
        MarriageCorrecting,
        correct,
    ),
    Making(
        "withdrawMarriageItem",
        Text("撤回未封存的一件", "withdraw an item before its batch is sealed"),
        Scope.MARRIAGE_PUSH,
        "MarriageItem",
        MarriageWithdrawal,
        withdraw,
    ),
    Making(
        "settleMarriageItem",
        Text("处理登记机关未能登记的一件", "settle an item that the register could not take"),
        Scope.MARRIAGE_PUSH,
        "MarriageItem",
        MarriageSettling,
        settle,
    ),
    Advancing(
        "advanceMarriageBatch",
        Text("推进婚姻信息批次", "move a batch along its table"),
        Scope.MARRIAGE_READ,
        "MarriageBatch",
        BATCH,
        fire_batch,
    ),
    Answering(
        "readMarriageItems",
        Text("查看批次中的当事人，每次须写明用途并留痕", "read the parties of a batch, with a purpose, on record"),
        Scope.MARRIAGE_READ,
        MarriageReading,
        read_type,
        _read,
    ),
)
