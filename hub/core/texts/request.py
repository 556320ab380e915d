"""Problem sentences of any request."""

from __future__ import annotations

from hub.core.texts.text import Text

REQUEST_PROBLEMS: dict[str, Text] = {
    "INTERNAL": Text(
        "系统内部错误，请凭关联编号联系管理员。", "Internal error; contact the administrator with the correlation id."
    ),
    "NOT_FOUND": Text("未找到该对象，请核对标识。", "No such object; check the id."),
    "FORBIDDEN": Text("本客户端无权执行该操作。", "This client may not perform the operation."),
    "SCOPE_REQUIRED": Text(
        "该操作需要授权范围 {scope}，请申请后重试。", "The operation needs the scope {scope}; request it and retry."
    ),
    "VERSION_CONFLICT": Text(
        "对象已被他人修改（提交版本 {expected}，当前版本 {current}），请刷新后重试。",
        "The object has changed (sent version {expected}, current version {current}); reload and retry.",
    ),
    "IDEMPOTENCY_KEY_REUSED": Text(
        "幂等键已用于内容不同的请求，请换用新的幂等键。",
        "The idempotency key was used with another body; use a new key.",
    ),
    "IDEMPOTENCY_KEY_INVALID": Text(
        "幂等键须为 8–128 个可见 ASCII 字符。", "An idempotency key is 8–128 visible ASCII characters."
    ),
    "CONFLICT": Text(
        "与同时进行的另一操作冲突，请刷新后重试。",
        "The change conflicts with another made at the same time; reload and retry.",
    ),
    "NUL_CHARACTER": Text("文本不得含 U+0000 字符。", "Text must not contain U+0000."),
    "TEXT_EMPTY": Text("该字段不得为空。", "The field must not be empty."),
    "TEXT_TOO_LONG": Text("文本超过 {limit} 个字符。", "The text is longer than {limit} characters."),
    "ID_INVALID": Text("标识无效。", "The id is not valid."),
    "CURSOR_INVALID": Text(
        "游标无效或不属于当前排序，请从第一页重新读取。",
        "The cursor is invalid or of another order; read again from the first page.",
    ),
    "PAGE_SIZE": Text("first 须在 1 至 {limit} 之间。", "first must be between 1 and {limit}."),
    "NUMBER_RANGE": Text(
        "数值须在 {minimum} 至 {maximum} 之间。", "The number must be between {minimum} and {maximum}."
    ),
    "DATE_RANGE": Text("日期须在 {first} 年至 {last} 年之间。", "The date must lie in the years {first} to {last}."),
    "DATE_INVALID": Text("日期须为 YYYY-MM-DD 格式的有效日期。", "A date must be a valid YYYY-MM-DD date."),
    "BODY_TOO_LARGE": Text("请求正文超过 {limit} 字节。", "The request body is larger than {limit} bytes."),
    "CONTENT_TYPE": Text(
        "请求正文须为 application/json（UTF-8）。", "The request body must be application/json in UTF-8."
    ),
    "CONTENT_ENCODING": Text(
        "请求正文不得压缩（Content-Encoding 须为 identity）。",
        "Send the body uncompressed (Content-Encoding: identity).",
    ),
    "BODY_INCOMPLETE": Text(
        "请求正文长度与 Content-Length 不符。", "The body is not as long as its Content-Length says."
    ),
    "NOT_ACCEPTABLE": Text(
        "Accept 须包含 application/graphql-response+json 或 application/json。",
        "Accept must name application/graphql-response+json or application/json.",
    ),
    "METHOD_NOT_ALLOWED": Text(
        "该地址不接受这种请求方法，请改用 Allow 所列方法。", "The method is not accepted; use one that Allow names."
    ),
    "JSON_INVALID": Text("请求正文不是有效的 JSON。", "The request body is not valid JSON."),
    "JSON_MEMBER_TWICE": Text(
        "JSON 对象含重名成员，请只保留一个。", "A JSON object has two members of one name; keep one."
    ),
    "BATCH_UNSUPPORTED": Text(
        "不支持批量请求，请逐个提交，或在一个操作中选取多个字段。",
        "Batches are not supported; send one operation at a time, or select several fields in one.",
    ),
    "REQUEST_INVALID": Text(
        "请求成员 {name} 缺失或类型不符。", "The member {name} of the request is missing or of the wrong type."
    ),
    "OPERATION_UNCLEAR": Text(
        "请求须恰好指明文档中的一个查询或变更（operationName）。",
        "The request must name exactly one query or mutation of the document (operationName).",
    ),
    "DOCUMENT_TOO_DEEP": Text("嵌套过深，请减少层级。", "The operation is nested too deeply; select fewer levels."),
    "DOCUMENT_TOO_LARGE": Text("选取的字段超过 {limit} 个。", "The operation selects more than {limit} fields."),
    "DOCUMENT_TOO_WIDE": Text("根字段超过 {limit} 个。", "The operation has more than {limit} root fields."),
    "ALIASES_TOO_MANY": Text("别名超过 {limit} 个。", "The operation has more than {limit} aliases."),
    "DIRECTIVES_TOO_MANY": Text("指令超过 {limit} 个。", "The operation has more than {limit} directives."),
    "VARIABLE_INVALID": Text(
        "变量 {name} 缺失或不符合其类型。", "The variable {name} is missing or does not fit its type."
    ),
    "ARGUMENT_INVALID": Text("参数不符合其类型。", "An argument does not fit its type."),
    "PATH_UNKNOWN": Text("没有该地址，请核对路径。", "There is nothing at this address; check the path."),
    "METHOD_UNKNOWN": Text("该地址不接受这种请求方法。", "This address does not take the method."),
    "REQUEST_REFUSED": Text("请求无法处理，请核对后重试。", "The request cannot be handled; check it and retry."),
    "CLEARANCE_REQUIRED": Text(
        "本客户端的数据级别不足以读取该类对象。", "The caller's clearance does not reach objects of this type."
    ),
    "EXACTLY_ONE_ARGUMENT": Text("以下参数须恰填其一：{names}。", "Give exactly one of the arguments {names}."),
    "FILTER_FORBIDDEN": Text(
        "不得按本客户端看不到的字段筛选或排序。", "The caller may not filter or order by a field it cannot read."
    ),
    "INSTANT_INVALID": Text(
        "时刻须为带时区的 RFC 3339 格式，如 2026-03-01T09:00:00+08:00。",
        "An instant must be RFC 3339 with an offset, such as 2026-03-01T09:00:00+08:00.",
    ),
    "LIST_TOO_LONG": Text("列表至多 {limit} 项。", "The list may hold at most {limit} entries."),
    "COST_TOO_HIGH": Text(
        "操作的费用为 {requested}，上限为 {maximum}；请减小 first 或少选字段。",
        "The operation costs {requested}, at most {maximum} is allowed; ask for smaller pages or fewer fields.",
    ),
    "QUOTA_EXHAUSTED": Text(
        "本客户端的配额已用完，请在 {seconds} 秒后重试。",
        "The quota of this client is used up; retry after {seconds} seconds.",
    ),
    "TIMEOUT": Text(
        "查询用时过长，已停止；请缩小范围或减小 first。",
        "The query took too long and was stopped; narrow it or ask for smaller pages.",
    ),
    "BUSY": Text("系统繁忙，请稍后重试。", "The system is busy; retry shortly."),
    "JSON_TOO_DEEP": Text("请求正文的嵌套超过 {limit} 层。", "The request body is nested deeper than {limit} levels."),
    "FRAGMENTS_TOO_MANY": Text(
        "片段或片段引用超过 {limit} 个。", "The document has more than {limit} fragments or fragment spreads."
    ),
    "PERSISTED_DOCUMENT_NOT_FOUND": Text(
        "没有该标识的已发布操作文档；请先发布，或核对 documentId。",
        "No document with this id is published for the client; publish it first, or check documentId.",
    ),
    "TRUSTED_DOCUMENT_REQUIRED": Text(
        "本客户端只能执行已发布的操作文档，请以 documentId 代替 query。",
        "This client may run published documents only; send documentId in place of query.",
    ),
    "DOCUMENT_UNKNOWN": Text(
        "没有这样发布的操作文档，请核对标识和客户端。", "No document is published so; check the id and the client."
    ),
    "DOCUMENT_INVALID": Text("操作文档 {name} 无效：{detail}", "The document {name} is invalid: {detail}"),
    "DOCUMENT_DIGEST_MISMATCH": Text(
        "清单中 {name} 的标识不是其内容的 SHA-256，请以 SHA-256 重新生成清单。",
        "The manifest's id of {name} is not the SHA-256 of its text; generate the manifest with SHA-256.",
    ),
    "DOCUMENT_MANIFEST_INVALID": Text(
        "文件既不是 GraphQL 文档，也不是 graphql-codegen 或 Apollo 的操作清单。",
        "The file is neither a GraphQL document nor an operation manifest of graphql-codegen or Apollo.",
    ),
    "SEARCH_TOO_SHORT": Text("查找内容至少 {limit} 个字。", "Search for at least {limit} characters."),
    "SUBSCRIPTION_NEEDS_STREAM": Text(
        "订阅须经 WebSocket（graphql-transport-ws）或 Accept: text/event-stream 提交。",
        "Send a subscription over WebSocket (graphql-transport-ws) or with Accept: text/event-stream.",
    ),
    "SUBSCRIPTIONS_TOO_MANY": Text(
        "一个连接至多同时 {limit} 个操作，请先结束其他操作。",
        "A connection runs at most {limit} operations at once; complete others first.",
    ),
    "CONNECTIONS_TOO_MANY": Text(
        "本客户端的连接数已达上限，请先关闭其他连接。", "The client has too many connections open; close others first."
    ),
    "CURSOR_TOO_OLD": Text(
        "游标之后的事件已不全，请重新读取全部对象后不带游标订阅。",
        "What followed the cursor is no longer kept whole; read the objects again and subscribe without a cursor.",
    ),
    "STREAM_OVERFLOW": Text(
        "待发送的事件过多，请用最后收到的游标重新订阅。",
        "Too many events wait for you; subscribe again after the last cursor received.",
    ),
    "STREAM_ENDING": Text(
        "服务正在停止，请用最后收到的游标重新订阅。",
        "The service is stopping; subscribe again after the last cursor received.",
    ),
    "BASE64_INVALID": Text("文件内容须为 Base64。", "The content must be base64."),
}
