"""The register: enterprises, their changes in sequence, and the referrals it was handed."""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any

from connectors.kit.national import Doorkeeper, Signed
from connectors.market.connector import KIND
from connectors.market.wire import BASE, CHANGES, REFERRALS
from connectors.sandbox.serving import JSON, HttpSandbox, Reply
from hub.core.clock import Clock, system_clock
from hub.core.errors import Refused

PAGE = 100


class MarketFault(StrEnum):
    BAD_CHECKSUM = "BAD_CHECKSUM"
    """One code of every page has another check character."""
    WATERMARK_BACK = "WATERMARK_BACK"
    """It tells of a watermark that lies behind."""
    SHUFFLED = "SHUFFLED"
    """A page comes in no order, and twice."""
    OTHER_ANSWER = "OTHER_ANSWER"
    """It answers another question than was put."""
    HALF_ROW = "HALF_ROW"
    """A row lacks its domicile."""


@dataclass
class SandboxMarket(HttpSandbox):
    """``referrals`` are what it was handed, by number, each once."""

    region: str = "410825"
    clock: Clock = system_clock
    faults: set[MarketFault] = field(default_factory=set)
    rows: list[dict[str, Any]] = field(default_factory=list)
    referrals: dict[str, Mapping[str, object]] = field(default_factory=dict)

    name = "market"

    def __post_init__(self) -> None:
        super().__init__()
        self.account, self.secret = "linkage-hub", secrets.token_urlsafe(24)
        services = frozenset({BASE, CHANGES, REFERRALS})
        self._door = Doorkeeper(lambda name: [self.secret] if name == self.account else [], services)

    def tell(self, uscc: str, name: str, domicile: str, changed_on: date, **more: Any) -> int:
        """An enterprise as it stands now; the sequence of the change."""
        sequence = len(self.rows) + 1
        row = {"sequence": sequence, "uscc": uscc, "name": name, "status": "存续", "domicile": domicile}
        self.rows.append({**row, "changedOn": changed_on.isoformat(), **more})
        return sequence

    def answer(self, path: str, headers: Mapping[str, str], body: bytes) -> Reply:
        signed = Signed.of(headers)
        try:
            self._door.admit(signed, self.clock())
        except Refused as refused:
            return Reply(403, JSON, json.dumps({"code": refused.code}).encode())
        asked = json.loads(body)
        if path != f"/{signed.service}":
            return Reply(403, JSON, b"{}")
        data = self._serve(signed.service, asked["number"], asked["content"])
        number = "another" if MarketFault.OTHER_ANSWER in self.faults else asked["number"]
        return Reply(200, JSON, json.dumps({"number": number, "data": data}, ensure_ascii=False).encode())

    def _serve(self, service: str, number: str, content: Mapping[str, Any]) -> object:
        if service == REFERRALS:
            self.referrals.setdefault(number, content)
            return {"taken": number}
        if service == BASE:
            found = [row for row in self.rows if row["uscc"] == content.get("uscc")]
            return {"asked": number, "row": found[-1] if found else None}
        return self._changes(content["after"])

    def _changes(self, after: int) -> object:
        rows = [dict(row) for row in self.rows[after : after + PAGE]]
        watermark = after + len(rows)
        if MarketFault.BAD_CHECKSUM in self.faults and rows:
            last = rows[0]["uscc"][-1]
            rows[0]["uscc"] = rows[0]["uscc"][:-1] + ("A" if last != "A" else "B")
        if MarketFault.HALF_ROW in self.faults and rows:
            del rows[-1]["domicile"]
        if MarketFault.SHUFFLED in self.faults:
            rows = [*reversed(rows), *rows]
        if MarketFault.WATERMARK_BACK in self.faults:
            rows, watermark = [], after - 1
        return {"rows": rows, "watermark": watermark, "more": watermark < len(self.rows)}

    def write_link(self, folder: Path, *, seconds: float = 30) -> Path:
        """The link to it, as an operator would write it, with its secret beside it."""
        folder.mkdir(parents=True, exist_ok=True)
        stem = f"{KIND}-{self.region}"
        secret = folder / f"{stem}.secret"
        secret.touch(mode=0o600)
        secret.write_text(self.secret)
        lines = (
            f'kind = "{KIND}"',
            f'region = "{self.region}"',
            f"seconds = {seconds}",
            "[service]",
            f'url = "{self.url}"',
            f'client = "{self.account}"',
            f'secret = "{secret.name}"',
            'networks = ["127.0.0.0/8"]',
            "plain_http = true",
        )
        link = folder / f"{stem}.toml"
        link.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return link


def demonstration() -> SandboxMarket:
    """With one enterprise."""
    system = SandboxMarket()
    about = ("91410825000000012A", "温县示例食品有限公司", "河南省焦作市温县黄河路1号")
    system.tell(*about, date(2026, 1, 5), reportEmail="office@example.test")
    return system
