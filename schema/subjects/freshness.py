"""How fresh a mirrored object is: on every one of them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import func

from hub.core.principal import Clearance
from hub.db import models
from schema.binding.ambient import Ambient, Row
from schema.binding.declare import PUBLIC, part
from schema.binding.fields import column, expression, same_row

ENTRY = models.CaseListEntry


def _stale(row: Row, ambient: Ambient) -> Any:
    """Its source has been silent longer than the policy forgives."""
    return func.source_is_stale(row.c.source, ambient.now)


@part("镜像数据的新鲜度", "freshness of a mirrored object", scopes=PUBLIC, level=Clearance.L0)
class Freshness:
    as_of: datetime = column(ENTRY.occurred_at, "来源系统所称的时点", "as of when the source said so")
    received_at: datetime = column(ENTRY.received_at, "本中枢接收时间", "when the hub received it")
    stale: bool = expression(
        _stale,
        "来源静默已超过政策包所定日数，可能已不是最新",
        "whether the source has been silent longer than the policy allows",
        uses=(ENTRY.source,),
    )
    source: str = column(ENTRY.source, "来源系统", "source system")


FRESHNESS = (ENTRY.occurred_at, ENTRY.received_at, ENTRY.source)


def freshness() -> Any:
    return same_row("新鲜度", "how fresh it is", uses=FRESHNESS)
