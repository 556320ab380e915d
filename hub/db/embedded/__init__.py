"""Supervisor of the embedded PostgreSQL server: development, demonstration and tests without an installed database."""

from __future__ import annotations

from hub.db.embedded.server import EmbeddedServer, ServerAddress

__all__ = ["EmbeddedServer", "ServerAddress"]
