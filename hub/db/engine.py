"""Engines: one per role, built once by the runtime."""

from __future__ import annotations

from sqlalchemy import URL
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

STATEMENT_TIMEOUT_MS = 15_000
IDLE_TRANSACTION_TIMEOUT_MS = 30_000


def open_engine(
    url: URL, *, pool_size: int, name: str, statement_timeout_ms: int = STATEMENT_TIMEOUT_MS
) -> AsyncEngine:
    """Engine with the hub's time zone and time limits; ``name`` shows in ``pg_stat_activity``."""
    return create_async_engine(
        url,
        pool_size=pool_size,
        max_overflow=0,
        pool_timeout=10,
        pool_pre_ping=False,
        pool_recycle=1800,
        query_cache_size=2000,
        connect_args={
            "timeout": 10,
            "server_settings": server_settings(name, statement_timeout_ms),
        },
    )


def server_settings(name: str, statement_timeout_ms: int = STATEMENT_TIMEOUT_MS) -> dict[str, str]:
    """What every connection of the hub asks of PostgreSQL when it opens."""
    return {
        "application_name": name,
        "timezone": "Asia/Shanghai",
        "statement_timeout": str(statement_timeout_ms),
        "idle_in_transaction_session_timeout": str(IDLE_TRANSACTION_TIMEOUT_MS),
        "jit": "off",
    }
