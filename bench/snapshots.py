"""``python -m bench.snapshots [ROWS]``: a full snapshot by file, beside ``COPY`` into a table and one ``MERGE``.

Three snapshots of one court: into an empty mirror, again with a hundredth changed, again unchanged. Each goes the
hub's whole way in a worker process (digest, rows read and checked, inbox sealed, mirror, comparison, receipt and
result); then the same file by ``COPY`` and ``MERGE`` into a table with the mirror's indexes and none of its checks.
Wall time holds on a quiet machine only; the ratio of CPU time is told beside it. Writes
``bench/results/snapshots.json``.
"""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import asyncpg

from bench.double_lists import Volume, unit_id
from bench.processes import cpu_seconds, resident_mebibytes
from bench.setting import UNIT
from bench.snapshot_file import COURT, SnapshotFile, unit_code
from bench.world import World, world
from connectors.court.wire import TEMPLATES, columns
from hub.canonical.exchange_codes import CaseListKind

ROWS = 1_000_000
UNITS = 100
RESULT = Path(__file__).parent / "results" / "snapshots.json"
_COURT = "insert into court (organization_id, court_code, court_level) values ($1, $2, 'BASIC')"
_CODE = "update organization set uscc = $2, government_subject = true where id = $1"
_TABLES = """
    create unlogged table bench_staged ({columns});
    create table bench_mirror (like dishonesty_record including defaults including constraints including indexes)
"""
_MERGE = """
    merge into bench_mirror old using (
        select gen_random_uuid() as id,
               "案号" || coalesce(nullif("统一社会信用代码", ''), "公民身份号码") as source_key,
               encode(sha256(convert_to(s::text, 'UTF8')), 'hex') as digest, s.*
        from bench_staged s) new
    on old.tenant_id = $1 and old.source = 'court' and old.source_key = new.source_key
    when matched and old.content_digest <> new.digest then update set
        content_digest = new.digest, performance = new."履行情况", duty = new."生效法律文书确定的义务",
        execution_basis = new."执行依据文号", basis_unit = new."作出执行依据单位", grounds = '{1}',
        listed_on = new."列入日期"::date, published_on = new."发布日期"::date, occurred_at = $3, received_at = $3
    when not matched then insert (
        id, tenant_id, jurisdiction_id, jurisdiction_path, source, source_key, source_sequence, source_version,
        occurred_at, received_at, message_key, content_digest, status, mirror_status, case_id, subject_id, court_id,
        case_number, government_subject, execution_basis, basis_unit, duty, performance, grounds, listed_on,
        published_on)
        values (new.id, $1, $1, '990100/', 'court', new.source_key, 0, 1, $3, $3, new.id, new.digest, 'PUBLISHED',
                'ACTIVE', new.id, new.id, $2, new."案号", false, new."执行依据文号", new."作出执行依据单位",
                new."生效法律文书确定的义务", new."履行情况", '{1}', new."列入日期"::date, new."发布日期"::date)
    when not matched by source and old.mirror_status = 'ACTIVE' then update set
        mirror_status = 'ENDED', status = 'DELETED_SHIELDED', deleted_on = $3::date
"""


def main() -> None:
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else ROWS
    with world(Volume(items=400, reports_per_item=0), alerts=0) as given:
        found = asyncio.run(_measured(given, rows))
    RESULT.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(found, indent=1))


async def _measured(given: World, rows: int) -> dict[str, Any]:
    target = given.target
    admin = await asyncpg.connect(
        host=target.host, port=target.port, user=target.admin, password=target.admin_password, database=target.database
    )
    try:
        await admin.execute(_COURT, unit_id(UNIT), COURT)
        await admin.executemany(_CODE, [(unit_id(number), unit_code(number)) for number in range(UNITS)])
        names = ", ".join(f'"{column.value}" text' for column in columns(TEMPLATES[1], CaseListKind.DISHONEST))
        await admin.execute(_TABLES.format(columns=names))
        file = SnapshotFile(rows, UNITS)
        kinds = {"into an empty mirror": 0, "a hundredth changed": 100, "unchanged": 100}
        return {"rows": rows} | {
            name: await _both(given, admin, file, batch, changed)
            for batch, (name, changed) in enumerate(kinds.items(), 1)
        }
    finally:
        await admin.close()


async def _both(given: World, admin: Any, file: SnapshotFile, batch: int, changed_each: int) -> dict[str, Any]:
    """One snapshot by the hub and by SQL alone; what is left of the file's pages in memory serves both."""
    moment = datetime.now(UTC)
    path = file.write(given.home / "ferry", batch, moment, changed_each)
    kept = path.with_suffix(".kept")
    os.link(path, kept)
    hub = await asyncio.to_thread(_by_the_hub, given, batch)
    sql = await _by_sql(given, admin, kept, moment)
    kept.unlink()
    applied = await admin.fetchval("select count(*) from dishonesty_record where mirror_status = 'ACTIVE'")
    mirrored = await admin.fetchval("select count(*) from bench_mirror where mirror_status = 'ACTIVE'")
    if applied != mirrored:
        raise SystemExit(f"两边行数不同 (not the same rows): {applied}, {mirrored}")
    cpu = (hub["worker_cpu_seconds"] + hub["database_cpu_seconds"]) / max(sql["database_cpu_seconds"], 0.01)
    return {"hub": hub, "sql": sql, "ratio": round(hub["seconds"] / sql["seconds"], 2), "cpu_ratio": round(cpu, 2)}


def _by_the_hub(given: World, batch: int) -> dict[str, Any]:
    database, started = cpu_seconds(given.postmaster), time.monotonic()
    sizes, worker = _worker(given)
    seconds = time.monotonic() - started
    receipts = list((given.home / "ferry" / COURT / "out").glob("result-*"))
    if len(receipts) != batch:
        raise SystemExit((given.home / "worker.log").read_text()[-3000:])
    third = max(len(sizes) // 3, 1)
    return {
        "seconds": round(seconds, 1),
        "worker_cpu_seconds": round(worker, 1),
        "database_cpu_seconds": round(cpu_seconds(given.postmaster) - database, 1),
        "mebibytes_at_most": round(max(sizes), 1),
        "mebibytes_by_third": [round(max(sizes[at : at + third]), 1) for at in range(0, third * 3, third)],
    }


def _worker(given: World) -> tuple[list[float], float]:
    """One round of hearing: the process's resident memory from time to time, and its CPU time."""
    command = [sys.executable, "-m", "bench.hearing", str(given.home)]
    sizes, worker = [0.0], 0.0
    with (given.home / "worker.log").open("ab") as said:
        process = subprocess.Popen(command, stdout=said, stderr=said)
        while process.poll() is None:
            sizes.append(resident_mebibytes(process.pid))
            worker = max(worker, cpu_seconds(process.pid))
            time.sleep(0.2)
    return sizes, worker


async def _by_sql(given: World, admin: Any, path: Path, moment: datetime) -> dict[str, float]:
    database, started = cpu_seconds(given.postmaster), time.monotonic()
    await admin.execute("truncate bench_staged")
    with path.open("rb") as file:
        await admin.copy_to_table("bench_staged", source=file, format="csv", header=True)
    copied = time.monotonic() - started
    await admin.execute(_MERGE, unit_id(0), unit_id(UNIT), moment)
    seconds = time.monotonic() - started
    return {
        "seconds": round(seconds, 2),
        "copy_seconds": round(copied, 2),
        "database_cpu_seconds": round(cpu_seconds(given.postmaster) - database, 2),
    }


if __name__ == "__main__":
    main()
