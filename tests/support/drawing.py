"""What every part of a generated world is drawn with: ids, marks, dates, units, drawn from one seed."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

from hub.canonical import codes
from hub.core.clock import SHANGHAI
from hub.db import models
from tests.support.rows import Content, Row
from tests.support.world import World

UNITS = ("office", "government", "court", "police", "finance", "civil", "credit")
NOW = datetime(2026, 6, 15, 10, 0, tzinfo=SHANGHAI)


class Drawing:
    def __init__(self, world: World, random: Random, size: int) -> None:
        self.world = world
        self.random = random
        self.size = size
        self.content = Content()
        self.marks = 0

    def id(self) -> UUID:
        return UUID(bytes=self.random.randbytes(16), version=4)

    def mark(self, kind: str) -> str:
        """Text that no other row has, so that its appearance betrays its row."""
        self.marks += 1
        return f"{kind}第{self.marks:04d}号"

    def pick(self, values: Any) -> Any:
        return self.random.choice(list(values))

    def chance(self, share: float) -> bool:
        return self.random.random() < share

    def moment(self) -> datetime:
        return NOW - timedelta(days=self.random.randrange(40), hours=self.random.choice((0, 0, 1, 5)))

    def day(self) -> date:
        return NOW.date() + timedelta(days=self.random.randrange(-60, 120))

    def unit(self, county: str) -> UUID:
        """Mostly a unit of the county; now and then one of the city or of the neighbour."""
        keys = [f"{county}.{unit}" for unit in UNITS] * 3 + ["city.tax", "city.court", "county.police"]
        return self.world.organizations[self.pick(keys)]

    def subordinate(self, county: str, number: int) -> UUID:
        """By turns a unit that some other is the superior of."""
        keys = (f"{county}.office", "county.police", "county.court")
        return self.world.organizations[keys[number % len(keys)]]

    def units(self, county: str, most: int = 3) -> list[UUID]:
        return list(dict.fromkeys(self.unit(county) for _ in range(self.random.randrange(most + 1))))

    def stamps(self) -> Row:
        at = self.moment()
        return {"created_at": at, "updated_at": at}

    def explanation(self) -> Row | None:
        if self.chance(0.5):
            return None
        basis = {"key": "item.due", "origin": "NOTICE", "clause": "四(一)", "pack_version": None}
        step = {"code": "ANCHOR", "zh": "起算", "en": "anchor", "on": "2026-01-01"}
        return {
            "due_on": str(self.day()),
            "nominal_on": str(self.day()),
            "anchor_on": "2026-01-01",
            "provisional": self.chance(0.5),
            "basis": self.pick((None, basis)),
            "steps": [step] * self.random.randrange(3),
        }

    def audience(self, model: type[Any], key: str, row: Row, units: list[UUID], **shared: Any) -> None:
        for unit in dict.fromkeys(units):
            self.content.add(
                model,
                **{key: row["id"]},
                organization_id=unit,
                tenant_id=row["tenant_id"],
                capacity=self.pick(codes.PartyCapacity),
                jurisdiction_path=row["jurisdiction_path"],
                **shared,
            )

    def _told(self, units: list[UUID]) -> list[UUID]:
        """Units of a row that are in its audience: a cooperating unit of a draft is not always."""
        return [unit for unit in units if self.chance(0.85)]

    def _earlier(self, model: type[Any]) -> UUID | None:
        known = self.content.of(model)
        return self.pick(known)["id"] if known and self.chance(0.4) else None

    def _responsible(self, county: str, placed: Row, target: Row) -> None:
        for unit in self.units(county, 2):
            self.content.add(
                models.Responsibility,
                id=self.id(),
                target_id=target["id"],
                organization_id=unit,
                leader=self.mark("领导"),
                division=self.mark("科室"),
                person=self.mark("责任人"),
                post="科长",
                version=1,
                **self.stamps(),
                **placed,
            )
