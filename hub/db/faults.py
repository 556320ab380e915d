"""What a failure of the database means: too slow, or too busy."""

from __future__ import annotations

from sqlalchemy.exc import TimeoutError as PoolTimeoutError

_CANCELED = "57014"
"""``query_canceled``: the statement timeout ended it."""


class Busy(Exception):
    """No connection became free in time; nothing was run."""


BUSY = (Busy, PoolTimeoutError)
"""What says so, by whichever pool."""


def is_timeout(error: BaseException) -> bool:
    """Whether the statement timeout ended a statement, by whichever driver layer it was told."""
    told = getattr(error, "orig", None) or error
    return getattr(told, "sqlstate", None) == _CANCELED
