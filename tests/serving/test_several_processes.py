"""Web processes beside each other on one database: what one does the others know, and none is missed when it dies."""

from __future__ import annotations

import asyncio
import os
import signal
import time
from pathlib import Path
from typing import Any

from websockets.exceptions import ConnectionClosed

from tests.schema.subscriptions.speaking import Socket
from tests.serving.conftest import Department
from tests.support.serving import Serving

CAPACITY, LEASE = 60, 2
CLIENTS = 6


async def started(socket: Socket, **variables: object) -> Socket:
    await socket.__aenter__()
    await socket.subscribe(**variables)
    await socket.settled()
    return socket


async def version_told(socket: Socket) -> int:
    return int((await socket.update())["doubleListItem"]["version"])


async def test_what_is_changed_through_one_is_heard_at_the_other(serve, court) -> None:
    first, second = serve(), serve()
    department = await court(first)
    item, *_ = await department.items(first)
    listening = [await started(department.socket(each), ids=[item]) for each in (first, second)]
    for serving in (first, second):
        version = await department.report(serving, item, "办理情况")
        assert [await version_told(each) for each in listening] == [version] * 2
    for each in listening:
        await each.raw.close()


async def test_two_processes_charge_one_bucket(serve, court) -> None:
    limits = {"HUB_QUOTA_CAPACITY": str(CAPACITY), "HUB_QUOTA_RESTORE_RATE": "1", "HUB_QUOTA_LEASE": "5"}
    both = serve(**limits), serve(**limits)
    department = await court(both[0])
    begun, spent, refused = time.monotonic(), 0, set()
    for number in range(10 * CAPACITY):
        serving = both[number % 2]
        answer = await department.post(serving, "{ viewer { clientId } }")
        if answer.status_code == 429:
            refused.add(serving)
            if len(refused) == 2:
                break
        else:
            spent += answer.json()["extensions"]["cost"]["actual"]
    assert len(refused) == 2
    assert CAPACITY // 2 < spent <= CAPACITY + time.monotonic() - begun


def holder(serving: Serving, socket: Socket) -> int:
    """The web process at the other end of a socket."""
    ends = (f":{serving.port:04X}", f":{socket.raw.local_address[1]:04X}")
    (inode,) = (
        line.split()[9]
        for line in Path("/proc/net/tcp").read_text().splitlines()[1:]
        if line.split()[1].endswith(ends[0]) and line.split()[2].endswith(ends[1])
    )
    for entry in Path("/proc").glob("[0-9]*/fd/*"):
        try:
            if str(entry.readlink()) == f"socket:[{inode}]" and int(entry.parts[2]) != serving.process.pid:
                return int(entry.parts[2])
        except OSError:
            continue
    raise AssertionError("nobody holds the socket")


async def heard_until(socket: Socket, item: str) -> list[dict[str, Any]]:
    """All that is told up to the first word of the item."""
    told = [await socket.update()]
    while told[-1]["id"] != item:
        told.append(await socket.update())
    return told


async def resumed(department: Department, serving: Serving, cursor: str) -> tuple[Socket, float]:
    """A socket that goes on after the cursor, and the seconds until the hub had room for it."""
    begun = time.monotonic()
    while True:
        socket = department.socket(serving)
        try:
            await socket.__aenter__()
            # What happened after the cursor may be told before anything else is answered.
            await socket.subscribe(after=cursor)
            return socket, time.monotonic() - begun
        except (ConnectionClosed, OSError) as closed:
            code = getattr(closed, "rcvd", None)
            assert code is None or (code.code, code.reason) == (4403, "CONNECTIONS_TOO_MANY")
            assert time.monotonic() - begun < 10 * LEASE, serving.log.read_text()
            await asyncio.sleep(0.1)


async def test_a_killed_process_is_replaced_its_room_is_free_again_and_its_clients_miss_and_double_nothing(
    serve, court
) -> None:
    serving = serve(
        HUB_WORKERS="2",
        HUB_STREAMS__LEASE_SECONDS=str(LEASE),
        HUB_STREAMS__CONNECTIONS_PER_CLIENT=str(CLIENTS),
    )
    department = await court(serving)
    twice, *_, end = items = await department.items(serving)
    sockets = [await started(department.socket(serving)) for _ in range(CLIENTS)]
    await department.report(serving, twice, "中断之前")
    cursors = [(await each.update())["cursor"] for each in sockets]
    holders = [holder(serving, each) for each in sockets]
    os.kill(holders[0], signal.SIGKILL)
    versions: dict[str, int] = {}
    for item in (*items[:-1], twice, end):
        versions[item] = await department.report(serving, item, "中断之后")
    for socket, cursor, process in zip(sockets, cursors, holders, strict=True):
        if process == holders[0]:
            assert (await socket.closed())[0] == 1006
            socket, waited = await resumed(department, serving, cursor)  # noqa: PLW2901
            assert waited < 3 * LEASE
        told = await heard_until(socket, end)
        assert {each["id"]: each["doubleListItem"]["version"] for each in told} == versions, "nothing is missed"
        assert len({each["cursor"] for each in told} | {cursor}) == len(told) + 1, "nothing is doubled"
        await socket.raw.close()
    async with department.socket(serving) as socket:
        assert holder(serving, socket) != holders[0]
