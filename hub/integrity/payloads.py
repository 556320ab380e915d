"""What callers may hand to the integrity of public bodies: frozen inputs, validated by ``hub.core.payload``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from hub.canonical.integrity_codes import IntegrityCategory
from hub.core.errors import Reason
from hub.core.money import yuan_problems
from hub.core.payload import SHORT_TEXT, listed, optional, required

NAME = 100
MOST_FEN = 10**15
_DIGEST = re.compile("[0-9a-f]{64}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """证据材料；文件留在本单位，平台保存摘要 (evidence; the file stays with the unit, its digest is kept)."""

    name: str = required("材料名称", "name of the material", limit=SHORT_TEXT)
    digest: str = required("SHA-256 摘要（64 位十六进制）", "SHA-256 digest, 64 hexadecimal digits", limit=64)

    def find_rule_problems(self) -> Iterator[Reason]:
        if not _DIGEST.fullmatch(self.digest):
            yield Reason("DIGEST_INVALID", ("digest",))


def stored(evidence: Sequence[Evidence]) -> list[dict[str, Any]]:
    return [{"name": each.name, "digest": each.digest} for each in evidence]


@dataclass(frozen=True, slots=True, kw_only=True)
class ResponsiblePerson:
    """对失信行为负责的人员；姓名加密保存 (who answers for it; the name is kept sealed)."""

    name: str = required("姓名", "name", limit=NAME)
    post: str = required("职务", "post", limit=NAME)


@dataclass(frozen=True, slots=True, kw_only=True)
class IntegrityEntry:
    """一条政务失信记录；填写责任人的，仅信用办和所在单位可见 (a record; one about a person is seen narrowly)."""

    jurisdiction_code: str = required("区划代码", "jurisdiction code", limit=12)
    organization_id: UUID = required("所涉单位", "public body concerned", node="OR")
    category: IntegrityCategory = required("类别", "category")
    title: str = required("事由", "subject", limit=SHORT_TEXT)
    facts: str = required("失信情形", "facts")
    basis: str = required("认定依据", "what it rests on", limit=SHORT_TEXT)
    occurred_on: date = required("发生日期", "occurred on")
    amount: str | None = optional("涉及金额（元）", "amount in yuan", limit=20)
    evidence: tuple[Evidence, ...] = listed("证据材料", "evidence")
    person: ResponsiblePerson | None = optional("责任人", "person who answers for it")
    overdue_list_id: UUID | None = optional("所据逾期名单，须经核定", "approved overdue list it rests on", node="OL")
    causes: str | None = optional("追查的原因；据逾期名单记录的必填", "causes traced, needed with an overdue list")

    def find_rule_problems(self) -> Iterator[Reason]:
        yield from yuan_problems(self.amount)
        if not self.evidence:
            yield Reason("EVIDENCE_MISSING", ("evidence",))
        if (self.overdue_list_id is None) != (self.causes is None):
            yield Reason("CAUSES_WITH_OVERDUE_LIST", ("causes",))
        if self.category is IntegrityCategory.DISHONEST_DEBTOR:
            yield Reason("RECORD_FOLLOWS_COURT", ("category",))


@dataclass(frozen=True, slots=True, kw_only=True)
class IntegrityContest:
    """对记录的异议 (objection to a record)."""

    reason: str = required("理由", "reason")
    evidence: tuple[Evidence, ...] = listed("证据材料", "evidence")


@dataclass(frozen=True, slots=True, kw_only=True)
class IntegrityDecision:
    """处理意见 (decision with its reason)."""

    reason: str = required("理由", "reason")


@dataclass(frozen=True, slots=True, kw_only=True)
class IntegrityCorrection:
    """更正内容；未填的不变，原内容留存 (what is corrected; the rest stays, what was said before is kept)."""

    reason: str = required("更正理由", "why it is corrected")
    title: str | None = optional("事由", "subject", limit=SHORT_TEXT)
    facts: str | None = optional("失信情形", "facts")
    occurred_on: date | None = optional("发生日期", "occurred on")
    amount: str | None = optional("涉及金额（元）", "amount in yuan", limit=20)
    evidence: tuple[Evidence, ...] = listed("证据材料", "evidence")

    def find_rule_problems(self) -> Iterator[Reason]:
        yield from yuan_problems(self.amount)
        if not self.evidence and (self.title, self.facts, self.occurred_on, self.amount) == (None,) * 4:
            yield Reason("CORRECTION_EMPTY", ("reason",))


@dataclass(frozen=True, slots=True, kw_only=True)
class IntegrityRectification:
    """整改完成 (rectification)."""

    rectified_on: date = required("整改完成日期", "rectified on")
    reason: str = required("整改情况", "what was done")
    evidence: tuple[Evidence, ...] = listed("证据材料", "evidence")

    def find_rule_problems(self) -> Iterator[Reason]:
        if not self.evidence:
            yield Reason("EVIDENCE_MISSING", ("evidence",))
