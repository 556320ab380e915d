"""What must be true when everything has come to rest, read from the database, the folders and the receiver."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from hub.core.ids import decode_node_id
from tests.chaos.installation import FAST, Installation
from tests.chaos.load import Effects, Ferrying, Reporting
from tests.support.serving import HUB, environment

_MESSAGES = "select state, count(*) from inbox_message group by state"
_ENTRIES = "select case_number, count(*) from case_list_entry where source = $1 group by case_number"
_TOLD = "select ids ->> 'id', count(*) from outbox_event where type = 'caselist.changed' group by 1"
_REPORTS = "select text, count(*) from progress_report where text like '混沌 %' group by text"
_DELIVERIES = "select status, count(*) from delivery group by status"
_MISSING = """
    select count(*) from outbox_event e where type = 'doublelistitem.report'
    and created_at > (select min(created_at) from webhook_endpoint)
    and not exists (select 1 from delivery d where d.event_id = e.id and d.status = 'DELIVERED')
    and exists (select 1 from progress_report p where p.item_id::text = e.ids ->> 'id' and p.text like '混沌 %')
"""
_PASSED = "update delivery_lane set due_at = now() where owner is null and due_at > now()"
_TRIED_AGAIN = "update webhook_endpoint set open_until = now() where open_until > now()"

Seen = dict[str, dict[str, int]]


async def figures(connection: Any) -> Seen:
    return {
        name: {str(row[0]): int(row[1]) for row in await connection.fetch(query, *arguments)}
        for name, query, arguments in (
            ("messages", _MESSAGES, ()),
            ("entries", _ENTRIES, ("court:黑11",)),
            ("told", _TOLD, ()),
            ("reports", _REPORTS, ()),
            ("deliveries", _DELIVERIES, ()),
        )
    }


async def hasten(connection: Any) -> None:
    """Let the minutes pass that failed attempts are to wait by policy: on a busy machine the receiver answers late,
    and each attempt at the same delivery doubles its pause. What a worker holds stays with it."""
    await connection.execute(_PASSED)
    await connection.execute(_TRIED_AGAIN)


async def missing_deliveries(connection: Any) -> int:
    return int(await connection.fetchval(_MISSING))


def faults(seen: Seen, ferrying: Ferrying, reporting: Reporting, effects: Effects) -> Iterator[str]:
    """Everything that is not as it must be."""
    sent = len(ferrying.cases)
    if seen["messages"] != {"APPLIED": sent}:
        yield f"messages: {sent} sent, found {seen['messages']}"
    if seen["entries"] != dict.fromkeys(ferrying.cases, 1):
        yield f"entries: {len(seen['entries'])} of {sent}, not once each"
    if len(seen["told"]) != sent or set(seen["told"].values()) != {1}:
        yield f"events of applied messages: {sum(seen['told'].values())} for {sent}"
    receipts = ferrying.system.receipts()
    numbers = sorted(receipt["batch"] for receipt in receipts)
    if numbers != list(range(1, ferrying.batches + 1)) or not all(receipt["accepted"] for receipt in receipts):
        yield f"receipts: {len(receipts)} for {ferrying.batches} batches"
    if seen["reports"] != dict.fromkeys(reporting.texts, 1):
        yield f"reports: {sum(seen['reports'].values())} rows of {len(reporting.texts)} asked for"
    heard = {_plain(*each) for each in effects.order}
    lost = {_plain(*each) for each in reporting.acknowledged} - heard
    if lost:
        yield f"{len(lost)} acknowledged changes were never delivered"
    if set(seen["deliveries"]) - {"DELIVERED"}:
        yield f"deliveries: {seen['deliveries']}"
    if seen["deliveries"].get("DELIVERED") != len(effects.by_id):
        yield f"deliveries: {seen['deliveries']}, received {len(effects.by_id)}"
    yield from _disorder(effects)


def _plain(item: str, version: int) -> tuple[str, int]:
    return (item.replace("-", "") if len(item) == 36 else decode_node_id(item)[1].hex), version


def _disorder(effects: Effects) -> Iterator[str]:
    by_item: dict[str, list[int]] = {}
    for item, version in effects.order:
        by_item.setdefault(item, []).append(version)
    for item, versions in by_item.items():
        if any(earlier > later for earlier, later in pairwise(versions)):
            yield f"out of order: {item} {versions}"


def evidence(installation: Installation) -> str:
    """Seal what waits, then read the whole log; what is wrong with it. The database must run."""
    for command in (["worker", "--once"], ["evidence", "check"]):
        done = subprocess.run(
            [*HUB, *command],
            env=environment(installation.home, **FAST),
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
        if done.returncode:
            return f"{' '.join(command)}: {done.stdout[-500:]} {done.stderr[-1500:]}"
    return ""
