"""What callers hand in: an application, a closing that a court pushes, decisions on either."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from hub.canonical.repair_codes import PerformanceKind, RepairPath
from hub.core.errors import Reason
from hub.core.payload import listed, optional, required

_DIGEST = re.compile("[0-9a-f]{64}")
APPLIED_FOR = (RepairPath.SUBJECT_APPLY, RepairPath.REORGANISATION_RULING)
"""Paths that begin with an application; the others begin with what the court tells."""


def digest_problems(digest: str) -> Iterator[Reason]:
    if not _DIGEST.fullmatch(digest):
        yield Reason("DIGEST_INVALID", ("documentDigest",))


@dataclass(frozen=True, slots=True, kw_only=True)
class RepairApplication:
    """信用修复申请 (an application for repair), 送作出决定的法院核实 (put to the court that listed the subject)."""

    record_id: UUID = required("失信信息标识", "id of the listing", node="DR")
    path: RepairPath = optional(
        "途径：主体申请，或凭重整计划批准裁定", "by application, or by a ruling", default=RepairPath.SUBJECT_APPLY
    )
    performance: PerformanceKind = required("自动履行的方式", "how the duty was performed")
    document_no: str = required("结案文书（裁定）文号", "number of the closing document or ruling", limit=100)
    document_name: str = required("文书名称", "name of the document", limit=200)
    document_digest: str = required("文书的 SHA-256 摘要（64位十六进制）", "SHA-256 of the document, hex", limit=64)
    commitment: str = required("信用承诺", "commitment to keep faith, made public", limit=2000)

    def find_rule_problems(self) -> Iterator[Reason]:
        yield from digest_problems(self.document_digest)
        if self.path not in APPLIED_FOR:
            yield Reason("REPAIR_PATH_NOT_APPLIED_FOR", ("path",))


@dataclass(frozen=True, slots=True, kw_only=True)
class StopReceipt:
    """停止公布的回执 (receipt of a publisher that has stopped)."""

    receipt_no: str = required("回执文号", "number of the receipt", limit=100)
    stopped_on: date = required("停止公布日期", "stopped on")
    evaluation: str | None = optional("纳税信用重新评价结果（税务部门）", "new tax credit rating, of tax", limit=2000)


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosurePush:
    """结案推送 (a closing that the court pushes)."""

    performance: PerformanceKind = required("自动履行的方式", "how the duty was performed")
    document_no: str = required("结案文书文号", "number of the closing document", limit=100)
    document_name: str = required("文书名称", "name of the document", limit=200)
    document_digest: str = required("文书的 SHA-256 摘要（64位十六进制）", "SHA-256 of the document, hex", limit=64)

    def find_rule_problems(self) -> Iterator[Reason]:
        yield from digest_problems(self.document_digest)


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosureOf(ClosurePush):
    """结案推送，指明失信信息和结案日期 (a closing with the listing and the day it is of)."""

    record_id: UUID = required("失信信息标识", "id of the listing", node="DR")
    closed_on: date = required("结案日期", "closed on")


@dataclass(frozen=True, slots=True, kw_only=True)
class MaterialsCheck:
    """材料核对结果 (what the check of the materials found)."""

    missing: tuple[str, ...] = listed("须补正的材料；齐全则留空", "what is missing; empty when whole", limit=200)


@dataclass(frozen=True, slots=True, kw_only=True)
class Supplement:
    """补正材料 (materials handed in again)."""

    document_no: str = required("文书文号", "number of the document", limit=100)
    document_name: str = required("文书名称", "name of the document", limit=200)
    document_digest: str = required("文书的 SHA-256 摘要（64位十六进制）", "SHA-256 of the document, hex", limit=64)

    def find_rule_problems(self) -> Iterator[Reason]:
        yield from digest_problems(self.document_digest)


@dataclass(frozen=True, slots=True, kw_only=True)
class Denial:
    """不予修复的决定 (a denial)."""

    reason: str = required("理由", "reason", limit=2000)
    remedy: str = required("救济途径和期限", "how and until when to object", limit=1000)


@dataclass(frozen=True, slots=True, kw_only=True)
class RepairReason:
    """理由 (reason)."""

    reason: str = required("理由", "reason", limit=2000)


@dataclass(frozen=True, slots=True, kw_only=True)
class FalseMaterial:
    """虚假材料 (materials found to be false)."""

    reason: str = required("查明的事实", "what was found", limit=2000)
    evidence_digest: str | None = optional("佐证材料的 SHA-256 摘要", "SHA-256 of the evidence, hex", limit=64)
