"""The demonstration world: loaded once, its clients kept in a private file and shown as a table."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from hub.cli.output import progress, table
from hub.demo.loader import DemoClient, is_empty, load_demonstration
from hub.runtime import Runtime


def clients_file(home: Path) -> Path:
    return home / "demo-clients.json"


async def load_demo_if_empty(runtime: Runtime) -> bool:
    """Load the world into an empty database and write the clients' secrets (0600); False when it was not empty."""
    if not await is_empty(runtime.sessions):
        return False
    progress("正在装入演示数据 (loading demonstration data) …")
    clients = await load_demonstration(runtime.sessions, runtime.keyring, clock=runtime.clock, on_progress=progress)
    write_clients(clients_file(runtime.settings.home), clients)
    return True


def write_clients(path: Path, clients: Sequence[DemoClient]) -> None:
    """Replace the file at once, readable by its owner only."""
    content = [{**asdict(client), "roles": list(client.roles), "scopes": list(client.scopes)} for client in clients]
    scratch = path.with_suffix(f".{os.getpid()}.new")
    scratch.touch(mode=0o600)
    scratch.write_text(json.dumps(content, ensure_ascii=False, indent=2) + "\n")
    scratch.replace(path)


def clients_table(path: Path) -> str:
    """The clients of the file, or nothing when there is none (a database that holds other data)."""
    if not path.exists():
        return ""
    rows = [
        (
            client["client_id"],
            client["client_secret"],
            client["organization"],
            client["jurisdiction_code"],
            ",".join(client["roles"]),
        )
        for client in json.loads(path.read_text())
    ]
    return table(("client_id", "client_secret", "单位 (organization)", "区划 (code)", "角色 (roles)"), rows)
