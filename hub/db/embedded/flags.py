"""Settings of the server, given on its command line at each start so that they follow the release of the hub.

Command-line settings rank below ``ALTER ROLE … SET`` and ``ALTER DATABASE … SET``.
"""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from pathlib import Path

LOOPBACK = "127.0.0.1"

_SETTINGS: Mapping[str, str] = {
    "cluster_name": "linkage-hub",
    "timezone": "Asia/Shanghai",
    "log_timezone": "Asia/Shanghai",
    "max_connections": "100",
    "shared_buffers": "128MB",
    "unix_socket_permissions": "0700",
    # Nothing replicates from an embedded server; minimal still recovers from any crash.
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "max_replication_slots": "0",
    "max_logical_replication_workers": "0",
    "log_checkpoints": "off",
    # Statements and the detail of a violated constraint carry personal data; the application gets them, the log not.
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
}

_NOT_DURABLE: Mapping[str, str] = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


def server_options(*, socket_directory: Path, port: int, tcp: bool, durable: bool) -> str:
    """The value of ``pg_ctl --options``: quoted for the shell that pg_ctl starts."""
    # A list in PostgreSQL's eyes: quoted, because a path may hold a comma or a blank.
    quoted = '"' + str(socket_directory).replace('"', '""') + '"'
    settings = {
        **_SETTINGS,
        **({} if durable else _NOT_DURABLE),
        "listen_addresses": LOOPBACK if tcp else "",
        "port": str(port),
        "unix_socket_directories": quoted,
    }
    return " ".join(f"-c {shlex.quote(f'{name}={value}')}" for name, value in settings.items())
