"""PostGraphile 5 beside the hub: locked packages, Node 22 from a package of its own."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.processes import free_port, process
from bench.setting import caller
from hub.access.coverage import row_scope
from hub.db.target import DatabaseRole, DatabaseTarget

SOURCE = Path(__file__).parent / "postgraphile"
FILES = ("package.json", "package-lock.json", ".npmrc", "server.mjs")


def installed(cache: Path) -> Path | None:
    """A folder with the locked packages; None, and said aloud, where npm is missing."""
    npm = shutil.which("npm")
    if npm is None:
        print("!!! 没有 npm，跳过 PostGraphile (npm is missing: PostGraphile is SKIPPED)", flush=True)
        return None
    digest = hashlib.sha256(b"".join((SOURCE / name).read_bytes() for name in FILES)).hexdigest()
    mark = cache / "installed"
    if not mark.exists() or mark.read_text() != digest:
        cache.mkdir(parents=True, exist_ok=True)
        for name in FILES:
            shutil.copy(SOURCE / name, cache / name)
        print("正在安装 PostGraphile (installing PostGraphile) …", flush=True)
        subprocess.run([npm, "ci", "--no-audit", "--no-fund", "--loglevel=error"], cwd=cache, check=True)
        mark.write_text(digest)
    return cache


@contextmanager
def postgraphile(folder: Path, target: DatabaseTarget, pool: int) -> Iterator[tuple[int, int]]:
    """Its port and process id. The scope of the caller is the same for every request: no token is read."""
    port = free_port()
    given = {
        "host": target.host,
        "port": target.port,
        "database": target.database,
        "user": DatabaseRole.APP.value,
        "password": target.passwords[DatabaseRole.APP],
        "pool": pool,
        "settings": row_scope(caller()).told(),
        "listen": port,
    }
    environment = {"BENCH_POSTGRAPHILE": json.dumps(given), "NODE_ENV": "production", "GRAPHILE_ENV": "production"}
    node = folder / "node_modules" / "node" / "bin" / "node"
    with process([str(node), str(folder / "server.mjs")], port, environment, folder / "log") as pid:
        yield port, pid
