"""``importNotice``: the office uploads a published notice and gets drafts of the year's double list."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from graphql import (
    GraphQLField,
    GraphQLInt,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLSchema,
    GraphQLString,
)

from hub.access.scopes import Scope
from hub.core.errors import Reason, Refused
from hub.core.payload import optional, required
from hub.core.principal import RoleName
from hub.core.texts import Text
from hub.linkage.importing import Imported, import_notice, preview
from hub.linkage.notice.draft import draft_as_json
from hub.workflow.gate import Request
from hub.workflow.unit import Unit
from schema.mutations.declare import Answering, declare
from schema.mutations.reading import read_base64
from schema.mutations.results import KEY

if TYPE_CHECKING:
    from schema.operation import HubContext

UPLOAD_LIMIT = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeUpload:
    """上传的通知 (a notice to draft from). 文件为 .txt、.docx 或带文字的 .pdf (text, Word or text PDF)."""

    jurisdiction_code: str = required("区划代码", "jurisdiction code", limit=12)
    year: int = required("清单年度", "year of the list", minimum=2000, maximum=2100)
    filename: str = required("文件名", "file name", limit=200)
    content: str = required("文件内容（Base64）", "the file in base64", limit=UPLOAD_LIMIT)
    shift_dates: bool = optional("时限按整年平移到清单年度", "move dates by whole years", default=False)
    apply: bool = optional("写入清单草稿；否则只预览", "write the drafts; else a preview", default=True)


def _field(type_: Any, zh: str, en: str, **more: Any) -> GraphQLField:
    return GraphQLField(type_, description=str(Text(zh, en)), **more)


_TEXT, _NUMBER = GraphQLNonNull(GraphQLString), GraphQLNonNull(GraphQLInt)


def _drafted(date: Any, kind: Any) -> GraphQLObjectType:
    return GraphQLObjectType(
        "DraftedItem",
        {
            "no": _field(_TEXT, "序号", "number in the notice"),
            "title": _field(_TEXT, "标题", "title"),
            "lead": _field(GraphQLString, "牵头单位", "lead unit"),
            "cooperating": _field(GraphQLNonNull(GraphQLList(_TEXT)), "配合单位", "cooperating units"),
            "deadlineKind": _field(kind, "时限类别", "kind of deadline", resolve=_of("deadline_kind")),
            "dueOn": _field(date, "完成时限", "due date", resolve=_of("due_on")),
            "recurrence": _field(GraphQLString, "重复规则", "recurrence rule"),
            "sourceClause": _field(_TEXT, "依据条款", "source clause", resolve=_of("source_clause")),
        },
        description=str(Text("起草的清单事项", "an item as drafted")),
    )


_OPEN = GraphQLObjectType(
    "NoticeQuestion",
    {
        "item": _field(GraphQLString, "所属序号", "number of the item, if it belongs to one"),
        "text": _field(_TEXT, "原文", "the text"),
        "code": _field(_TEXT, "代码", "code"),
        "reason": _field(_TEXT, "原因", "why it is open"),
    },
    description=str(Text("未能识别、待人工核实的内容", "what the reader could not resolve")),
)


def _of(key: str) -> Any:
    return lambda source, _info: source[key]


def _result(graphql: GraphQLSchema) -> GraphQLObjectType:
    drafted = _drafted(graphql.type_map["Date"], graphql.type_map["DeadlineKind"])
    return GraphQLObjectType(
        "NoticeImport",
        {
            "created": _field(_NUMBER, "新增事项数，幂等重发时为0", "items created; 0 when a request is repeated"),
            "unchanged": _field(_NUMBER, "已有且未变的事项数", "items that stood already"),
            "keptEdited": _field(_NUMBER, "保留人工修改的事项数", "edited items left as they are"),
            "items": _field(GraphQLNonNull(GraphQLList(GraphQLNonNull(drafted))), "起草的事项", "items drafted"),
            "unresolved": _field(GraphQLNonNull(GraphQLList(GraphQLNonNull(_OPEN))), "待核实内容", "what is open"),
            "doubleList": _field(
                graphql.type_map["DoubleList"], "年度双清单，预览时为空", "the list; null for a preview", resolve=_list
            ),
        },
        description=str(Text("通知导入结果", "result of an import")),
    )


async def _list(source: Mapping[str, Any], info: Any) -> Any:
    key = source[KEY]
    return None if key is None else await info.context.planner.node(info.context, info, "DoubleList", key)


async def _import(context: HubContext, upload: NoticeUpload, request: Request) -> Mapping[str, Any]:
    if not context.principal.has_role(RoleName.JOINT_MEETING_OFFICE):
        raise Refused(Reason("FORBIDDEN"))
    async with context.sessions.read(context.principal) as session:
        draft, roster = await preview(
            session,
            data=read_base64(upload.content, ("content",)),
            filename=upload.filename,
            jurisdiction_code=upload.jurisdiction_code,
            year=upload.year,
            shift_dates=upload.shift_dates,
            limit=context.services.settings.notice_limit,
        )
    made: list[Imported] = []

    async def action(unit: Unit) -> UUID:
        made.append(await import_notice(unit, draft, jurisdiction_code=upload.jurisdiction_code, year=upload.year))
        return made[0].list_id

    key = await context.services.gate.perform(context.principal, request, action) if upload.apply else None
    done = made[0] if made else Imported(UUID(int=0), 0, 0, 0, 0)
    return {
        KEY: key,
        "created": done.created,
        "unchanged": done.unchanged,
        "keptEdited": done.kept_edited,
        **draft_as_json(draft, roster),
    }


declare(
    Answering(
        "importNotice",
        Text("导入通知，起草双清单", "import a notice and draft a double list"),
        Scope.DOUBLELIST_PROPOSE,
        NoticeUpload,
        _result,
        _import,
    )
)
