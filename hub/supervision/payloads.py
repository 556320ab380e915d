"""What callers may hand to supervision: frozen inputs, validated by ``hub.core.payload``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from hub.canonical.supervision_codes import NoticeKind
from hub.core.errors import Reason
from hub.core.payload import SHORT_TEXT, listed, optional, required

NAME = 100
_DIGEST = re.compile("[0-9a-f]{64}")


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeDraft:
    """提醒函、督促函、交办单、督办单草稿 (draft of a notice)."""

    jurisdiction_code: str = required("区划代码", "jurisdiction code", limit=12)
    kind: NoticeKind = required("函件种类", "kind")
    subject_id: UUID = required("主送单位", "unit addressed", node="OR")
    title: str = required("标题", "title", limit=SHORT_TEXT)
    facts: str = required("基本情况", "facts")
    demand: str = required("办理要求", "what is asked for")
    case_number: str | None = optional("相关案号", "number of the case it is about", limit=64)
    record_id: UUID | None = optional("相关失信信息", "listing it is about", node="DR")
    co_issuer_ids: tuple[UUID, ...] = listed("联合发文单位", "co-issuing units", node="OR")
    copied_ids: tuple[UUID, ...] = listed("抄送单位", "units copied", node="OR")
    due_on: date | None = optional("办理期限；不填则按政策包计算", "due date; by the policy pack when left out")

    def find_rule_problems(self) -> Iterator[Reason]:
        recipients = (self.subject_id, *self.copied_ids)
        if len(set(recipients)) != len(recipients) or len(set(self.co_issuer_ids)) != len(self.co_issuer_ids):
            yield Reason("RECIPIENT_TWICE", ("copiedIds",))
        if set(recipients) & set(self.co_issuer_ids):
            yield Reason("ISSUER_IS_RECIPIENT", ("coIssuerIds",))


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeWording:
    """函件草稿的文字和期限；未填的不变 (wording and due date of a draft; what is left out stays)."""

    title: str | None = optional("标题", "title", limit=SHORT_TEXT)
    facts: str | None = optional("基本情况", "facts")
    demand: str | None = optional("办理要求", "what is asked for")
    due_on: date | None = optional("办理期限", "due date")


@dataclass(frozen=True, slots=True, kw_only=True)
class LeaderSignature:
    """签发 (signature of a leader)."""

    signed_by: str = required("签发人姓名", "name of who signs", limit=NAME)
    post: str = required("签发人职务", "post of who signs", limit=NAME)


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeReason:
    """退回、撤回等的理由 (reason)."""

    reason: str = required("理由", "reason")


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeReceipt:
    """签收 (receipt)."""

    received_by: str = required("签收人姓名", "name of who received it", limit=NAME)


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeResponsibility:
    """责任主体和责任人 (who answers for it)."""

    leader: str = required("责任领导", "responsible leader", limit=NAME)
    person: str = required("责任人", "responsible person", limit=NAME)
    post: str | None = optional("责任人职务", "post of the person", limit=NAME)


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeExtension:
    """延期申请 (request for an extension)."""

    due_on: date = required("新的办理期限", "new due date")
    reason: str = required("理由", "reason")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyEvidence:
    """佐证材料；文件留在本单位，平台保存摘要 (evidence; the file stays with the unit, its digest is kept)."""

    name: str = required("材料名称", "name of the material", limit=SHORT_TEXT)
    digest: str = required("SHA-256 摘要（64 位十六进制）", "SHA-256 digest, 64 hexadecimal digits", limit=64)

    def find_rule_problems(self) -> Iterator[Reason]:
        if not _DIGEST.fullmatch(self.digest):
            yield Reason("DIGEST_INVALID", ("digest",))


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeReply:
    """回复 (reply)."""

    text: str = required("办理情况", "what was done")
    evidence: tuple[ReplyEvidence, ...] = listed("佐证材料", "evidence")

    def find_rule_problems(self) -> Iterator[Reason]:
        if not self.evidence:
            yield Reason("EVIDENCE_MISSING", ("evidence",))


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeUrging:
    """催办 (urging)."""

    note: str | None = optional("催办意见", "note")
