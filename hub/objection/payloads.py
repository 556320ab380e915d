"""What subjects and those who decide hand in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from hub.canonical.objection_codes import ObjectionKind
from hub.core.errors import Reason
from hub.core.payload import optional, required

_DIGEST = re.compile("[0-9a-f]{64}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Objection:
    """异议 (an objection)."""

    record_id: UUID = required("失信信息标识", "id of the listing", node="DR")
    kind: ObjectionKind = required("异议种类", "to what it is")
    grounds: str = required("事实和理由", "facts and grounds", limit=2000)
    evidence_digest: str | None = optional("佐证材料的 SHA-256 摘要", "SHA-256 of the evidence, hex", limit=64)

    def find_rule_problems(self) -> Iterator[Reason]:
        if self.evidence_digest is not None and not _DIGEST.fullmatch(self.evidence_digest):
            yield Reason("DIGEST_INVALID", ("evidenceDigest",))


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectionReason:
    """理由 (reason)."""

    reason: str = required("理由", "reason", limit=2000)
