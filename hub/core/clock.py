"""Time as a value. Nothing in the hub reads the wall clock except through a ``Clock``."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")

Clock = Callable[[], datetime]


def system_clock() -> datetime:
    """Current instant in Asia/Shanghai."""
    return datetime.now(tz=SHANGHAI)


def local_date(instant: datetime) -> date:
    """Calendar date of an instant in Asia/Shanghai."""
    return instant.astimezone(SHANGHAI).date()


def end_of_day(day: date) -> datetime:
    """Instant at which ``day`` ends in Asia/Shanghai: the ``due_at`` of a ``due_on``."""
    return datetime.combine(day + timedelta(days=1), time.min, tzinfo=SHANGHAI)
