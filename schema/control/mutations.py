"""Ordering a control, approving it, telling its result; and reading, which leaves a trace and therefore is a change."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from hub.access.scopes import Scope
from hub.control.commands import ControlDraft
from hub.control.desk import control_sheet, take_in_controls
from hub.control.orders import ControlOpening, fire_control, open_control
from hub.control.reading import ControlReading, read_control
from hub.control.submitting import submit
from hub.control.workflow import CONTROL
from hub.core.errors import Reason, Refused
from hub.core.ids import new_id
from hub.core.payload import optional, required
from hub.core.texts import Text
from hub.workflow.gate import Request
from hub.workflow.unit import Unit
from schema.control.opened import asset_type, asset_value, opened_type, opened_value
from schema.inquiry.desk import sheet_type, taken_type
from schema.inquiry.once import once
from schema.mutations.declare import Advancing, Answering, Making, declare
from schema.mutations.reading import read_base64

if TYPE_CHECKING:
    from schema.operation import HubContext


@dataclass(frozen=True, slots=True)
class ControlDeskDownload:
    """下载待办控制表 (the open control orders as a sheet)."""

    note: str | None = optional("说明", "note", limit=200)


@dataclass(frozen=True, slots=True)
class ControlDeskUpload:
    """填写后的控制表 (the sheet with its results), .xlsx."""

    content: str = required("文件内容（Base64）", "the file in base64", limit=8 * 1024 * 1024)


async def _read(context: HubContext, asked: ControlReading, request: Request) -> Mapping[str, Any]:
    released = await once(context, request, lambda unit: read_control(unit, asked))
    if released.stopped is not None:
        raise Refused(Reason("READ_LIMIT", params={"limit": released.stopped}))
    assert released.asset is not None
    return {"watermark": released.watermark, **asset_value(released.asset)}


async def _open(context: HubContext, asked: ControlOpening, request: Request) -> Mapping[str, Any]:
    return opened_value(await once(context, request, lambda unit: open_control(unit, asked)))


async def _download(context: HubContext, _asked: ControlDeskDownload, request: Request) -> Mapping[str, Any]:
    content, orders = await once(context, request, control_sheet)
    return {"orders": orders, "content": base64.b64encode(content).decode("ascii")}


async def _upload(context: HubContext, upload: ControlDeskUpload, request: Request) -> Mapping[str, Any]:
    content = read_base64(upload.content, ("content",))
    answered: list[int] = []

    async def action(unit: Unit) -> UUID:
        answered.append(await take_in_controls(unit, content))
        return new_id()

    await context.services.gate.perform(context.principal, request, action)
    return {"answered": answered[0] if answered else 0}


declare(
    Making(
        "submitControlOrder",
        Text("提出财产控制请求", "order an asset to be controlled, renewed, released or taken"),
        Scope.CONTROL_WRITE,
        "ControlOrder",
        ControlDraft,
        submit,
    ),
    Advancing(
        "advanceControlOrder",
        Text("推进财产控制请求", "move a control order along its table"),
        Scope.EXECQUERY_READ,
        "ControlOrder",
        CONTROL,
        fire_control,
    ),
    Answering(
        "readAssetControl",
        Text("查阅所控财产，须写明用途并留痕", "read what is controlled, with a purpose, on record"),
        Scope.EXECQUERY_READ_RESULT,
        ControlReading,
        asset_type,
        _read,
    ),
    Answering(
        "openControlOrder",
        Text("协助单位查看控制请求，留痕", "a holder opens what it is to control, on record"),
        Scope.EXECQUERY_RESPOND,
        ControlOpening,
        opened_type,
        _open,
    ),
    Answering(
        "downloadControlWork",
        Text("下载本单位待办的控制请求表", "download the holder's open control orders as a sheet"),
        Scope.EXECQUERY_RESPOND,
        ControlDeskDownload,
        sheet_type,
        _download,
    ),
    Answering(
        "uploadControlWork",
        Text("上传填写后的控制表；有误则整表不予接受", "upload the sheet with its results; refused whole on any fault"),
        Scope.EXECQUERY_RESPOND,
        ControlDeskUpload,
        taken_type,
        _upload,
    ),
)
