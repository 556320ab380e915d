"""A court at its ferry: units get their codes, their county a pack with the three lists, the court a folder."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import insert, update
from stdnum.cn.uscc import calc_check_digit

from connectors.court.connector import CourtConnector
from connectors.sandbox.court.rows import Case, Unit, list_row, listing_row
from connectors.sandbox.court.system import SandboxCourt
from hub.canonical.codes import CourtLevel
from hub.canonical.evasion_codes import CaseTagKind
from hub.canonical.exchange_codes import FED_LISTS, CaseListKind
from hub.core.ids import new_id
from hub.db import models
from hub.policy.loader import parse_pack
from hub.policy.pack import pack_to_plain
from hub.runtime import Runtime
from hub.worker import hear
from tests.support.world import COUNTY, NEIGHBOUR, World

CODE, OTHER_CODE = "豫0825", "豫0882"
DISHONEST, PENDING = CaseListKind.DISHONEST, CaseListKind.PENDING
TERMINATED = CaseListKind.TERMINATED_THIS_EXECUTION
CODED = ("police", "finance", "civil")
"""Units of each county that get a unified social credit code."""


def uscc(body: str) -> str:
    """Seventeen characters with their check character."""
    return body + calc_check_digit(body)


def code_of(unit: str) -> str:
    county, _, name = unit.partition(".")
    region = COUNTY if county == "county" else NEIGHBOUR
    return uscc(f"11{region}{CODED.index(name):09}")


async def settle(world: World) -> None:
    """Courts get their codes, units theirs, and the counties a pack that provides for the three lists."""
    async with world.sessions.system("test") as session:
        for place, court_code, level in (
            ("city", "豫08", CourtLevel.INTERMEDIATE),
            ("county", CODE, CourtLevel.BASIC),
            ("neighbour", OTHER_CODE, CourtLevel.BASIC),
        ):
            await session.execute(
                insert(models.Court).values(
                    organization_id=world.organizations[f"{place}.court"], court_code=court_code, court_level=level
                )
            )
        for county in ("county", "neighbour"):
            for name in CODED:
                key = world.organizations[f"{county}.{name}"]
                await session.execute(
                    update(models.Organization)
                    .where(models.Organization.id == key)
                    .values(uscc=code_of(f"{county}.{name}"), government_subject=True)
                )
        for code in (COUNTY, NEIGHBOUR):
            await lay_down(session, world, code, PROVIDED)


async def lay_down(session: Any, world: World, code: str, values: dict[str, object], version: str = "2026.1") -> None:
    """A policy pack for a county."""
    pack = parse_pack(
        {
            "jurisdiction_code": code,
            "version": version,
            "title": "测试",
            "document_no": "温政办〔2026〕1号",
            "effective_from": "2020-01-01",
            "parameters": {key: {"value": value, "clause": "二(一)"} for key, value in values.items()},
        }
    )
    await session.execute(
        insert(models.PolicyPackRow).values(
            id=new_id(),
            jurisdiction_id=world.jurisdictions[code],
            version=version,
            effective_from=date(2020, 1, 1),
            content=pack_to_plain(pack),
        )
    )


PROVIDED: dict[str, object] = {
    "push.case_lists": [kind.value for kind in FED_LISTS],
    "push.consumption_restrictions": True,
    "case_tag.kinds": [kind.value for kind in CaseTagKind],
}


@dataclass
class Court:
    """One court's end of the ferry and the hub's worker behind it."""

    world: World
    runtime: Runtime
    system: SandboxCourt

    @property
    def connector(self) -> CourtConnector:
        return CourtConnector(self.system.court_code, self.runtime.settings.ferry_folder)

    def case(self, number: int) -> Case:
        return Case(number, self.system.court_code, COUNTY)

    def unit(self, key: str) -> Unit:
        return Unit(
            "温县" + {"police": "公安局", "finance": "财政局", "civil": "民政局"}[key], code_of(f"county.{key}")
        )

    def row(self, kind: CaseListKind, number: int, unit: str, **changes: str) -> dict[str, str]:
        """A row of a list; ``changes`` by heading, an empty text takes the cell away."""
        told = self.world.clock()
        made = (
            listing_row(self.case(number), self.unit(unit), told)
            if kind is DISHONEST
            else list_row(kind, self.case(number), self.unit(unit), told)
        )
        return {name: value for name, value in {**made, **changes}.items() if value}

    def person(self, number: int, **changes: str) -> dict[str, str]:
        """A listing of an invented person."""
        return {**listing_row(self.case(number), None, self.world.clock()), **changes}

    def order(self, number: int, unit: str, **changes: str) -> dict[str, str]:
        """A court's order that restricts consumption."""
        told = self.row(CaseListKind.CONSUMPTION_RESTRICTION, number, unit, 标的金额="")
        return {**told, "限制消费令文号": f"（2026）{self.system.court_code}执{number}号限消令", **changes}

    def send(self, *rows: tuple[CaseListKind, dict[str, str]], **how: Any) -> int:
        lists: dict[CaseListKind, list[dict[str, str]]] = {}
        for kind, row in rows:
            lists.setdefault(kind, []).append(row)
        return self.system.send(lists, at=self.world.clock(), **how)

    async def hear(self) -> None:
        await hear(self.runtime)


def court_at(world: World, runtime: Runtime, ferry: Path, code: str = CODE, *, sign: bool = False) -> Court:
    settings = runtime.settings.model_copy(update={"ferry": ferry})
    return Court(world, replace(runtime, settings=settings), SandboxCourt(ferry, code, sign=sign))
