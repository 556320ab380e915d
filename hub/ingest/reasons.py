"""Reasons as they are kept with batches and messages: code, place and parameters, never a value of the row."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from hub.core.errors import Reason


def kept_reasons(reasons: Iterable[Reason]) -> list[dict[str, Any]]:
    return [
        {
            "code": reason.code,
            "path": [str(part) for part in reason.path],
            "params": dict(reason.params),
            "message": reason.text.zh,
            "messageEn": reason.text.en,
        }
        for reason in reasons
    ]


def read_reasons(kept: Iterable[Mapping[str, Any]]) -> tuple[Reason, ...]:
    return tuple(Reason(each["code"], tuple(each["path"]), each["params"]) for each in kept)
