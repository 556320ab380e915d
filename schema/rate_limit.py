"""What the root field ``rateLimit`` reads."""

from __future__ import annotations

from typing import Any

import orjson

from hub.auth.quota import Level
from schema.binding.codecs import INSTANT

RATE_LIMIT = "rateLimit"


def rate_limit_of(cost: int, level: Level) -> str:
    """What ``rateLimit`` answers, as the JSON row it is read from."""
    found: dict[str, Any] = {
        "cost": cost,
        "available": level.available,
        "capacity": level.capacity,
        "restoreRate": level.restore_rate,
        "resetAt": INSTANT.serialize(level.reset_at),
    }
    return orjson.dumps(found).decode()
