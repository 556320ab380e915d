"""``python -m bench.checks``: checks of subjects beside the SQL a careful hand would write for them.

The hub reads the numbers, hashes, matches, puts on record, counts the budget and decides; the hand-written statement
hashes and joins, through the same driver, role and policies, and keeps nothing. In turns, on one server; ratios of
medians. Writes ``bench/results/checks.json``.
"""

from __future__ import annotations

import asyncio
import json
import statistics
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from random import Random
from typing import Any

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from stdnum.cn.uscc import calc_check_digit

from bench.double_lists import Volume, fill
from bench.setting import caller
from hub.access.coverage import row_scope
from hub.config import Settings
from hub.core.keyring import KeyRing
from hub.credit.checks.asking import CheckAsked, ChecksAsked, SubjectAsked
from hub.db.migrate import prepare
from hub.installation import database_of
from hub.runtime import Runtime
from hub.secrets import load_secrets
from hub.subjects.keys import code_key

SIZES = (10_000, 1_000_000)
ASKED, LISTED = 10_000, 500
ROUNDS, SINGLES, AT_ONCE = 9, 1_280, 64
RESULT = Path(__file__).parent / "results" / "checks.json"
FILL = """
    insert into standing_listing (record_id, tenant_id, root, identity, name, since)
    select gen_random_uuid(), md5('prefecture')::uuid, '990100', sha256(n::text::bytea), sha256(('n' || n)::bytea),
        date '2026-01-01'
    from generate_series(cast(:first as int), cast(:last as int)) n
"""
LIST = """
    insert into standing_listing (record_id, tenant_id, root, identity, name, since)
    select gen_random_uuid(), md5('prefecture')::uuid, '990100', k, sha256(k), date '2026-01-01'
    from unnest(cast(:keys as bytea[])) k
"""
JOIN = """
    with scope as materialized (
        select count(set_config(name, value, true)) as told from unnest($2::text[], $3::text[]) s(name, value))
    select json_send(case when told = cardinality($2::text[]) then (
        select json_agg(json_build_array(place, since, records, codes)) from (
            select a.place, min(l.since) as since, json_agg(l.record_id) as records,
                json_agg(distinct m.code) filter (where m.code is not null) as codes
            from unnest($1::bytea[]) with ordinality a(key, place)
            join standing_listing l on l.identity = a.key
            left join standing_measure m on m.record_id = l.record_id
            group by a.place) found
    ) end) from scope"""


POINT = """
    with scope as materialized (
        select count(set_config(name, value, true)) as told from unnest($2::text[], $3::text[]) s(name, value))
    select json_send(case when told = cardinality($2::text[]) then (
        select json_build_array(min(l.since), json_agg(l.record_id),
            json_agg(distinct m.code) filter (where m.code is not null))
        from standing_listing l left join standing_measure m on m.record_id = l.record_id where l.identity = $1
    ) end) from scope"""


class Hand:
    """The hand-written statements: of many keys, and of one, whose plan is kept."""

    def __init__(self, runtime: Runtime) -> None:
        self._reads, self._keyring = runtime.sessions.scoped, runtime.keyring
        told = row_scope(caller()).told()
        self._scope = (list(told), list(told.values()))

    async def join(self, codes: list[str]) -> int:
        keys = [code_key(self._keyring, code) for code in codes]
        return len(json.loads(await self._reads.fetch(JOIN, [keys, *self._scope]) or b"[]") or [])

    async def point(self, code: str) -> Any:
        return json.loads(await self._reads.fetch(POINT, [code_key(self._keyring, code), *self._scope]) or b"[]")


def main() -> None:
    found = asyncio.run(_measured())
    RESULT.write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    print(json.dumps(found["ratios"], indent=1))


async def _measured() -> dict[str, Any]:
    with tempfile.TemporaryDirectory(prefix="hub-bench-") as folder:
        settings = Settings(home=Path(folder), _env_file=None)
        with database_of(settings, load_secrets(settings)) as target:
            await prepare(target)
            owner = create_async_engine(target.url())
            await fill(owner, Volume(items=100))
            keyring = load_secrets(settings).keyring
            async with Runtime.open(settings, target, keyring, name="bench") as runtime:
                found = {str(size): await _at(runtime, owner, size, keyring) for size in SIZES}
            await owner.dispose()
    return {"samples": found, "ratios": _ratios(found)}


async def _at(runtime: Runtime, owner: AsyncEngine, size: int, keyring: KeyRing) -> dict[str, list[float]]:
    """Milliseconds of the bulk check and of the join; a second's single checks and point reads."""
    codes = _codes()
    async with owner.begin() as connection:
        first = 1
        if size == SIZES[0]:
            await connection.execute(text(LIST), {"keys": [code_key(keyring, code) for code in codes[:LISTED]]})
        else:
            first = SIZES[0] - LISTED + 1
        await connection.execute(text(FILL), {"first": first, "last": size - LISTED})
    async with owner.connect() as connection:
        options = await connection.execution_options(isolation_level="AUTOCOMMIT")
        await options.execute(text("vacuum analyze standing_listing"))
    Random(3).shuffle(codes)
    return await _turns(runtime, owner, codes)


async def _turns(runtime: Runtime, owner: AsyncEngine, codes: list[str]) -> dict[str, list[float]]:
    hand, who = Hand(runtime), caller()
    subjects = tuple(SubjectAsked(uscc=code) for code in codes)
    asked = ChecksAsked(service_case_number="批次", service_item="许可", subjects=subjects)
    one = CheckAsked(service_case_number="办件", service_item="许可", subject=subjects[0])

    async def bulk() -> int:
        return len((await runtime.checks.check(who, asked)).results)

    found: dict[str, list[float]] = {"bulk": [], "join": [], "checks_a_second": [], "reads_a_second": []}
    assert await bulk() == await hand.join(codes) == LISTED
    for _ in range(ROUNDS):
        async with owner.begin() as connection:
            # A budget that a day of this would overdraw; it is counted all the same.
            await connection.execute(text("delete from check_usage"))
        found["bulk"].append(await _milliseconds(bulk))
        found["join"].append(await _milliseconds(lambda: hand.join(codes)))
        found["checks_a_second"].append(await _rate(lambda: runtime.checks.check(who, one)))
        found["reads_a_second"].append(await _rate(lambda: hand.point(codes[0])))
    return found


async def _milliseconds(call: Callable[[], Awaitable[Any]]) -> float:
    began = time.perf_counter()
    await call()
    return (time.perf_counter() - began) * 1e3


async def _rate(call: Callable[[], Awaitable[Any]]) -> float:
    """Calls a second, so many at once."""

    async def some() -> None:
        for _ in range(SINGLES // AT_ONCE):
            await call()

    began = time.perf_counter()
    await asyncio.gather(*(some() for _ in range(AT_ONCE)))
    return SINGLES // AT_ONCE * AT_ONCE / (time.perf_counter() - began)


def _codes() -> list[str]:
    bodies = (f"91990100MA{number:07}" for number in range(ASKED))
    return [body + calc_check_digit(body) for body in bodies]


def _ratios(found: dict[str, dict[str, list[float]]]) -> dict[str, float]:
    middle = {size: {name: statistics.median(each) for name, each in values.items()} for size, values in found.items()}
    small, large = (middle[str(size)] for size in SIZES)
    return {
        "bulk check / join (at most 1.5)": round(large["bulk"] / large["join"], 3),
        "single checks / point reads (at least 0.7)": round(large["checks_a_second"] / large["reads_a_second"], 3),
        "growth of the bulk check, 10^4 to 10^6 (at most 1.25)": round(large["bulk"] / small["bulk"], 3),
        "growth of a single check (at most 1.25)": round(small["checks_a_second"] / large["checks_a_second"], 3),
    }


if __name__ == "__main__":
    main()
