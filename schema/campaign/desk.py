"""The list of a campaign as a spreadsheet, out and in; and the person who owes, opened on record."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

from graphql import (
    GraphQLBoolean,
    GraphQLInt,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLSchema,
    GraphQLString,
)

from hub.access.scopes import Scope
from hub.campaign.debtors import CampaignDebtorOpening, open_debtor
from hub.campaign.sheets import (
    CampaignSheetDownload,
    CampaignSheetUpload,
    RowFault,
    error_sheet,
    row_faults,
    take_sheet,
    template,
)
from hub.campaign.taking import Taken
from hub.core.errors import Refused
from hub.core.texts import Text
from hub.workflow.gate import Request
from schema.inquiry.found import field
from schema.inquiry.once import once
from schema.mutations.declare import Answering, declare
from schema.mutations.reading import read_base64

if TYPE_CHECKING:
    from schema.operation import HubContext

_INT, _TEXT = GraphQLNonNull(GraphQLInt), GraphQLNonNull(GraphQLString)


@cache
def sheet_type(_graphql: GraphQLSchema) -> GraphQLObjectType:
    return GraphQLObjectType(
        "CampaignSheet",
        {
            "cases": field(_INT, "已报送件数", "cases told before"),
            "content": field(_TEXT, "表格（.xlsx，Base64）", "the sheet, XLSX in base64"),
        },
        description=str(Text("案件清单模板，已留痕", "template with what was told before; on record")),
    )


@cache
def taken_type(_graphql: GraphQLSchema) -> GraphQLObjectType:
    fault = GraphQLObjectType(
        "CampaignRowFault",
        {
            "row": field(_INT, "表中行号", "row, as the spreadsheet numbers it"),
            "column": field(_TEXT, "列", "column"),
            "code": field(_TEXT, "稳定的代码", "stable code"),
            "message": field(_TEXT, "说明及处理办法", "what is wrong and what to do, in Chinese"),
            "messageEn": field(_TEXT, "英文说明", "the same in English"),
        },
        description=str(Text("清单中一行的问题", "what is wrong with a row")),
    )
    return GraphQLObjectType(
        "CampaignSheetTaken",
        {
            "accepted": field(GraphQLNonNull(GraphQLBoolean), "是否整表收下", "whether the list was taken"),
            "taken": field(_INT, "新收件数", "cases that are new"),
            "unchanged": field(_INT, "此前已收、内容相同的件数", "cases told before in the same words"),
            "faults": field(
                GraphQLNonNull(GraphQLList(GraphQLNonNull(fault))), "各行的问题", "what is wrong with rows"
            ),
            "errorFile": field(
                GraphQLString,
                "标注问题的表格（.xlsx，Base64），改正后可再上传",
                "the list with what is wrong beside each row",
            ),
        },
        description=str(Text("清单导入结果", "result of an upload")),
    )


@cache
def debtor_type(_graphql: GraphQLSchema) -> GraphQLObjectType:
    return GraphQLObjectType(
        "CampaignDebtor",
        {
            "name": field(_TEXT, "姓名", "name"),
            "citizenId": field(GraphQLString, "公民身份号码，未报送的为空", "citizen number, if it was told"),
        },
        description=str(Text("自然人债务人，已留痕", "the person who owes; on record")),
    )


async def _download(context: HubContext, asked: CampaignSheetDownload, request: Request) -> Mapping[str, Any]:
    content, cases = await once(context, request, lambda unit: template(unit, asked.campaign_id))
    return {"cases": cases, "content": _encoded(content)}


async def _upload(context: HubContext, asked: CampaignSheetUpload, request: Request) -> Mapping[str, Any]:
    """Never by an idempotency key: what was told before is not told again by telling it again."""
    content = read_base64(asked.content, ("content",))
    try:
        taken: Taken = await once(context, request, lambda unit: take_sheet(unit, asked.campaign_id, content))
    except Refused as refused:
        faults = list(row_faults(refused.reasons))
        if len(faults) < len(refused.reasons):
            raise
        file = await error_sheet(content, faults)
        told = [_fault(each) for each in faults]
        return {"accepted": False, "taken": 0, "unchanged": 0, "faults": told, "errorFile": _encoded(file)}
    return {"accepted": True, "taken": taken.taken, "unchanged": taken.unchanged, "faults": [], "errorFile": None}


async def _debtor(context: HubContext, asked: CampaignDebtorOpening, request: Request) -> Mapping[str, Any]:
    person = await once(context, request, lambda unit: open_debtor(unit, asked))
    return {"name": person.name, "citizenId": person.number or None}


def _fault(fault: RowFault) -> Mapping[str, Any]:
    text = fault.reason.text
    return {
        "row": fault.row,
        "column": fault.column,
        "code": fault.reason.code,
        "message": text.zh,
        "messageEn": text.en,
    }


def _encoded(content: bytes) -> str:
    return base64.b64encode(content).decode("ascii")


declare(
    Answering(
        "downloadCampaignSheet",
        Text("下载案件清单模板，含本单位已报送的案件", "download the list's template with what was told before"),
        Scope.CAMPAIGN_SUBMIT,
        CampaignSheetDownload,
        sheet_type,
        _download,
    ),
    Answering(
        "uploadCampaignSheet",
        Text(
            "上传案件清单；有误则整表不收，并返回标注问题的表格",
            "upload a list; refused whole on any fault, with a file of them",
        ),
        Scope.CAMPAIGN_SUBMIT,
        CampaignSheetUpload,
        taken_type,
        _upload,
    ),
    Answering(
        "openCampaignDebtor",
        Text("查看自然人债务人，留痕", "open the person who owes, on record"),
        Scope.CAMPAIGN_READ,
        CampaignDebtorOpening,
        debtor_type,
        _debtor,
    ),
)
