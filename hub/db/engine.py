"""Engines: one per role, built once by the runtime."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import URL
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

IDLE_TRANSACTION_TIMEOUT_MS = 30_000


@dataclass(frozen=True, slots=True)
class TimeLimits:
    """Seconds a statement may take, and a caller may wait for a free connection."""

    statement: float = 15
    pool_wait: float = 10


def open_engine(url: URL, *, pool_size: int, name: str, limits: TimeLimits = TimeLimits()) -> AsyncEngine:
    """Engine with the hub's time zone and time limits; ``name`` shows in ``pg_stat_activity``."""
    return create_async_engine(
        url,
        pool_size=pool_size,
        max_overflow=0,
        pool_timeout=limits.pool_wait,
        pool_pre_ping=False,
        pool_recycle=1800,
        query_cache_size=2000,
        # A statement that fails is logged, its values never.
        hide_parameters=True,
        connect_args={
            "timeout": 10,
            "server_settings": server_settings(name, limits),
        },
    )


def server_settings(name: str, limits: TimeLimits = TimeLimits()) -> dict[str, str]:
    """What every connection of the hub asks of PostgreSQL when it opens."""
    return {
        "application_name": name,
        "timezone": "Asia/Shanghai",
        "statement_timeout": str(int(limits.statement * 1000)),
        "idle_in_transaction_session_timeout": str(IDLE_TRANSACTION_TIMEOUT_MS),
        "jit": "off",
    }
