"""Problem sentences of the exchange log and its evidence."""

from __future__ import annotations

from hub.core.texts.text import Text

EVIDENCE_PROBLEMS: dict[str, Text] = {
    "EVIDENCE_NOT_SEALED": Text(
        "该消息尚未封签，后台任务每分钟封签一次；请稍后重试。",
        "The message is not sealed yet; the worker seals once a minute. Retry shortly.",
    ),
    "EVIDENCE_UNREADABLE": Text(
        "该文件不是完整的存证包；请重新导出。", "The file is no whole evidence package; export it again."
    ),
    "EVIDENCE_SIGNATURE": Text(
        "第 {seal} 个封签的签名不成立；该存证包不可采信。",
        "The signature of seal {seal} does not hold; do not rely on the package.",
    ),
    "EVIDENCE_ALGORITHM": Text(
        "本机缺少 {algorithm} 算法，无法核验，不代表存证不成立；SM2 请安装可选依赖 sm2（gmssl-pyx）。",
        "This installation lacks {algorithm}: it cannot tell. For SM2 install the extra sm2 (gmssl-pyx).",
    ),
    "EVIDENCE_STAMP": Text(
        "第 {seal} 个封签的时间戳不成立；请核对所用的根证书。",
        "The time stamp of seal {seal} does not hold; check the root certificates used.",
    ),
    "EVIDENCE_EMPTY": Text("存证包内没有条目。", "The package shows no entry."),
    "EVIDENCE_FOREIGN_ENTRY": Text(
        "分区 {partition} 第 {sequence} 条不属于所称的消息。",
        "Entry {sequence} of partition {partition} belongs to another message.",
    ),
    "EVIDENCE_UNSEALED_ENTRY": Text(
        "分区 {partition} 第 {sequence} 条没有成立的封签。",
        "Entry {sequence} of partition {partition} has no seal that holds.",
    ),
    "EVIDENCE_ENTRY_CHANGED": Text(
        "分区 {partition} 第 {sequence} 条与封签不符：内容、位置或证明已被改动。",
        "Entry {sequence} of partition {partition} is not what was sealed: content, place or proof was changed.",
    ),
    "EVIDENCE_CHANGED": Text(
        "分区 {partition} 第 {sequence} 条已被改动或调换。",
        "Entry {sequence} of partition {partition} was changed or reordered.",
    ),
    "EVIDENCE_REMOVED": Text(
        "分区 {partition} 第 {sequence} 条已被删除。", "Entry {sequence} of partition {partition} was removed."
    ),
    "EVIDENCE_INSERTED": Text(
        "分区 {partition} 第 {sequence} 条在封签之外，系后加入。",
        "Entry {sequence} of partition {partition} lies outside every seal: it was inserted.",
    ),
    "EVIDENCE_UNLINKED": Text(
        "条目 {entry} 既不在链上也不待入链，系后加入。",
        "Entry {entry} neither stands in a chain nor waits for one: it was inserted.",
    ),
    "EVIDENCE_SEAL_MISSING": Text(
        "分区 {partition} 自第 {sequence} 条起缺少封签。",
        "Partition {partition} misses a seal from entry {sequence} on.",
    ),
    "EVIDENCE_SEAL_CHANGED": Text(
        "分区 {partition} 自第 {sequence} 条起的封签已被改动。",
        "The seal of partition {partition} from entry {sequence} on was changed.",
    ),
    "EVIDENCE_SEAL_BROKEN": Text(
        "分区 {partition} 自第 {sequence} 条起的内容与封签不符。",
        "What stands in partition {partition} from entry {sequence} on is not what was sealed.",
    ),
    "TIMESTAMP_CERTIFICATE": Text(
        "无法读取时间戳机构的根证书 {path}（PEM）；请核对 HUB_TIMESTAMP_ROOTS。",
        "Cannot read the root certificates {path} (PEM) of the time-stamp authority; check HUB_TIMESTAMP_ROOTS.",
    ),
    "FILE_UNREADABLE": Text(
        "无法读取文件 {path}；请核对路径和权限。", "Cannot read {path}; check path and permissions."
    ),
}
