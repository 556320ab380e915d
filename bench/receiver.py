"""A receiver of webhooks for measurements: answers 204 and remembers what came when, told by GET as JSON."""

from __future__ import annotations

import asyncio
import json
import sys
import time
from contextlib import suppress
from typing import Any

heard: list[tuple[float, str, int, str]] = []
"""Instant, key, version and ``webhook-id`` of every event."""


async def _serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with suppress(ConnectionError, asyncio.IncompleteReadError):
        while True:
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
            if head.startswith("GET"):
                body = json.dumps(_summary()).encode()
                writer.write(b"HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: %d\r\n\r\n" % len(body) + body)
                await writer.drain()
                break
            lines = dict(line.lower().split(": ", 1) for line in head.split("\r\n")[1:] if line)
            event = json.loads(await reader.readexactly(int(lines["content-length"])))
            heard.append((time.monotonic(), event["key"], event["ids"]["version"], lines["webhook-id"]))
            writer.write(b"HTTP/1.1 204 No Content\r\n\r\n")
            await writer.drain()
    writer.close()


def _summary() -> dict[str, Any]:
    by_key: dict[str, list[int]] = {}
    for _, key, version, _ in heard:
        by_key.setdefault(key, []).append(version)
    return {
        "events": len(heard),
        "different": len({each[3] for each in heard}),
        "in_order": all(versions == sorted(versions) for versions in by_key.values()),
        "seconds": heard[-1][0] - heard[0][0] if heard else 0.0,
    }


async def _run(port: int) -> None:
    server = await asyncio.start_server(_serve, "127.0.0.1", port)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(_run(int(sys.argv[1])))
