"""What a person is told of a package: that it is proven, by whose key, and what it shows."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from cryptography.x509 import Certificate

from hub.core.errors import Reason, Refused
from hub.evidence.verifying import verify


def report(file: Path, authorities: Sequence[Certificate]) -> list[str]:
    """Lines on a package that holds. Raises ``Refused`` with everything that does not."""
    try:
        content = file.read_bytes()
    except OSError:
        raise Refused(Reason("FILE_UNREADABLE", params={"path": str(file)})) from None
    verdict = verify(content, authorities=authorities)
    if not verdict.proven:
        raise Refused(*verdict.reasons)
    return [
        *(json.dumps(entry, ensure_ascii=False, indent=2) for entry in verdict.entries),
        f"成立 (proven): {len(verdict.entries)}",
        f"签名密钥 (signed by): {', '.join(verdict.kids)}",
        *(f"时间戳 (time stamp): {at.isoformat()}" for at in verdict.stamped_at),
    ]
