"""What callers may hand over about complaints: frozen inputs, validated by ``hub.core.payload``."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from hub.core.errors import Reason
from hub.core.payload import SHORT_TEXT, listed, optional, required
from hub.integrity.payloads import NAME, Evidence


@dataclass(frozen=True, slots=True, kw_only=True)
class ComplaintEntry:
    """政务失信投诉；投诉人和原文加密保存，仅受理单位可读 (a complaint; who complained is sealed)."""

    jurisdiction_code: str = required("区划代码", "jurisdiction code", limit=12)
    organization_id: UUID = required("被投诉单位", "body complained of", node="OR")
    channel: str = required("来源渠道", "channel it came by", limit=100)
    registered_on: date = required("收到日期", "received on")
    complainant: str = required("投诉人", "who complains", limit=NAME)
    contact: str = required("联系方式", "contact", limit=SHORT_TEXT)
    statement: str = required("投诉原文", "the complaint in full")
    summary: str = required("事项摘要，不含投诉人信息", "summary, without anything of who complains")


@dataclass(frozen=True, slots=True, kw_only=True)
class ComplaintHanding:
    """转办：被投诉单位只能读到摘要和要求 (handing over: the body reads summary and demand alone)."""

    demand: str = required("答复要求", "what is asked for")
    summary: str | None = optional("修改后的摘要", "summary, if rewritten")


@dataclass(frozen=True, slots=True, kw_only=True)
class ComplaintAnswer:
    """被投诉单位的答复 (answer of the body)."""

    text: str = required("答复", "answer")
    evidence: tuple[Evidence, ...] = listed("佐证材料", "evidence")

    def find_rule_problems(self) -> Iterator[Reason]:
        if not self.evidence:
            yield Reason("EVIDENCE_MISSING", ("evidence",))


@dataclass(frozen=True, slots=True, kw_only=True)
class ComplaintFinding:
    """核实情况 (what the verification found)."""

    finding: str = required("核实情况", "finding")


@dataclass(frozen=True, slots=True, kw_only=True)
class ComplaintReason:
    """理由 (reason)."""

    reason: str = required("理由", "reason")
