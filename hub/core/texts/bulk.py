"""Problem sentences of bulk exports."""

from __future__ import annotations

from hub.core.texts.text import Text

BULK_PROBLEMS: dict[str, Text] = {
    "BULK_QUERY_INVALID": Text(
        "导出的查询无效（{detail}），请先在 /graphql 上试运行。",
        "The query of the export is not valid ({detail}); try it at /graphql first.",
    ),
    "BULK_NOT_A_QUERY": Text(
        "导出须恰为一个查询操作，变量须有默认值。",
        "An export is exactly one query operation, its variables with defaults.",
    ),
    "BULK_NOT_A_CONNECTION": Text(
        "导出须恰选一个分页列表作为根字段。", "An export selects exactly one root field, a paged list."
    ),
    "BULK_NO_ROWS_SELECTED": Text(
        "须恰选一次 nodes 或 edges.node。", "Select nodes, or edges with node, exactly once."
    ),
    "BULK_AFTER": Text("导出总是从头读起，请去掉 after。", "An export reads from the beginning; leave out after."),
    "BULK_QUEUE_FULL": Text(
        "本客户端已有 {limit} 个导出在等待或运行，请待其完成或取消后重试。",
        "This client has {limit} exports waiting or running; wait for one to end, or cancel one.",
    ),
    "BULK_ENDED": Text("该导出已经结束，无可取消。", "The export has ended; there is nothing to cancel."),
    "BULK_TOO_LARGE": Text(
        "导出结果超过上限，请加筛选条件分次导出。", "The export is larger than allowed; narrow it and export in parts."
    ),
    "BULK_RIGHTS_LOST": Text(
        "本客户端的权限在导出后有减损，文件已销毁。", "The client's rights were reduced; the file is destroyed."
    ),
    "BULK_STORAGE": Text(
        "文件存储不可用，请联系管理员后重新导出。", "The file store failed; tell the administrator and export again."
    ),
    "BULK_GIVEN_UP": Text(
        "多次未能完成，已放弃，请稍后重新导出。", "Given up after several attempts; export again later."
    ),
    "BULK_LINK_INVALID": Text(
        "链接无效、已使用或已过期，请重新查询 bulkOperation 的 url。",
        "The link is invalid, used or expired; ask for the url of bulkOperation again.",
    ),
    "BULK_WHOLE_ONLY": Text(
        "文件只能一次整体下载，请以不带 Range 的 GET 请求。", "The file is fetched whole, by a GET without Range."
    ),
}
