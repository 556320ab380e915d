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
    "DATE_INVALID": Text("日期须为 YYYY-MM-DD 格式的有效日期。", "A date must be a valid YYYY-MM-DD date."),
}
