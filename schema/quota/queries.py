"""The caller's quota as a field, for clients that cannot read ``extensions.cost``."""

from __future__ import annotations

from datetime import datetime

from hub.core.principal import Clearance
from schema.binding.declare import PUBLIC, part, query
from schema.binding.fields import caller, value


@part("本客户端的配额", "quota of the caller", scopes=PUBLIC, level=Clearance.L0)
class RateLimit:
    cost: int = value("cost", "本次操作的费用", "cost of this operation")
    available: int = value("available", "扣除本次后的余额", "units left after this operation")
    capacity: int = value("capacity", "配额上限", "most units there can be")
    restore_rate: int = value("restoreRate", "每秒恢复量", "units restored per second")
    reset_at: datetime = value("resetAt", "不再使用时恢复满额的时刻", "when it is full again if nothing more is used")


@query
class QuotaQueries:
    rate_limit: RateLimit = caller("本客户端的配额", "quota of the caller", about="rate_limit", cost=0)
