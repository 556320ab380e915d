"""What callers say: an address, a commitment, returned mail, a referral's answer, a reading."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from hub.canonical.addresses import ReferralOutcome, ServiceAddressKind
from hub.core.errors import Reason
from hub.core.payload import optional, required

_DIGEST = re.compile("[0-9a-f]{64}")


@dataclass(frozen=True, slots=True, kw_only=True)
class AddressDraft:
    """申报送达地址 (a service address); 统一社会信用代码和公民身份号码择一 (of an enterprise or of a person)."""

    uscc: str | None = optional("统一社会信用代码（GB 32100）", "unified social credit code", limit=40)
    citizen_id: str | None = optional("公民身份号码（GB 11643）", "resident identity number", limit=40)
    kind: ServiceAddressKind = required("种类", "kind of address")
    value: str = required("地址、电子邮箱或者电话", "the address, e-mail address or telephone number", limit=300)
    effective_from: date = required("生效日期", "in effect from")

    def find_rule_problems(self) -> Iterator[Reason]:
        if (self.uscc is None) == (self.citizen_id is None):
            yield Reason("ADDRESSEE_ONE", ("uscc",))


@dataclass(frozen=True, slots=True, kw_only=True)
class AddressCommitment:
    """承诺 (commitment of the addressee to be served there)."""

    document_number: str = required("送达地址确认书编号", "number of the confirmation", limit=100)
    document_digest: str = required("确认书的SHA-256", "SHA-256 of the confirmation, hexadecimal", limit=64)
    electronic_service: bool = optional("同意电子送达", "consents to electronic service", default=False)

    def find_rule_problems(self) -> Iterator[Reason]:
        if not _DIGEST.fullmatch(self.document_digest):
            yield Reason("DOCUMENT_DIGEST_FORM", ("documentDigest",))


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnedMail:
    """退信 (mail that came back)."""

    returned_on: date = required("退回日期", "returned on")
    reason: str = required("退回原因", "why it came back", limit=500)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralAnswer:
    """市场监管部门的处理结果 (what the register did about a referred address)."""

    outcome: ReferralOutcome = required("处理结果", "outcome")
    note: str = required("说明", "note", limit=500)


@dataclass(frozen=True, slots=True, kw_only=True)
class AddressAsking:
    """查询送达地址 (asking for service addresses)."""

    case_id: UUID = required("本院在办案件标识", "id of an open case of the court", node="LC")
    uscc: str | None = optional("统一社会信用代码", "unified social credit code", limit=40)
    citizen_id: str | None = optional(
        "公民身份号码，须为本案当事人", "identity number, of a party of the case", limit=40
    )
    purpose: str = required("用途", "purpose", limit=500)

    def find_rule_problems(self) -> Iterator[Reason]:
        if (self.uscc is None) == (self.citizen_id is None):
            yield Reason("ADDRESSEE_ONE", ("uscc",))
