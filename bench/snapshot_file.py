"""A court's snapshot as a file: listings of companies and persons, and of a hundredth units of the hub."""

from __future__ import annotations

import csv
import hashlib
import json
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random

from stdnum.cn.uscc import calc_check_digit

from connectors.court.wire import TEMPLATES, Column, columns
from connectors.kit.folder import MANIFEST, FerryFolder
from connectors.sandbox.court.rows import Case, citizen_id
from hub.canonical.exchange_codes import BatchKind, CaseListKind

COURT, REGION = "豫0825", "410825"
KIND = CaseListKind.DISHONEST
_BODIES = 60_000
_PEOPLE = 140_000
_NAMES = columns(TEMPLATES[1], KIND)
_DUTY = "支付货款并承担迟延履行期间的债务利息"


def unit_code(number: int) -> str:
    """Unified social credit code of a unit of the hub."""
    return _code("11", number)


def _code(kind: str, number: int) -> str:
    body = f"{kind}{REGION}{number:09}"
    return body + str(calc_check_digit(body))


class SnapshotFile:
    """Rows drawn from one seed: each of a case of its own, several of one subject."""

    def __init__(self, rows: int, units: int) -> None:
        self._rows = rows
        self._units = [(f"单位{number}", unit_code(number)) for number in range(units)]
        random = Random(1)
        self._bodies = [(f"某某第{number}商贸有限公司", _code("91", number)) for number in range(_BODIES)]
        self._people = [(f"张某{number % 97}", citizen_id(REGION, random)) for number in range(_PEOPLE)]

    def rows(self, changed_each: int = 0) -> Iterator[list[str]]:
        """Cells in the order of the template; of every ``changed_each`` one says otherwise than before."""
        random = Random(2)
        blank = dict.fromkeys(_NAMES, "")
        for number in range(1, self._rows + 1):
            listed = (date(2026, 1, 1) + timedelta(days=random.randrange(120))).isoformat()
            draw = random.randrange(100)
            person = draw >= 35
            name, code = random.choice(self._people if person else self._units if draw == 0 else self._bodies)
            row = blank | {
                Column.CASE_NUMBER: Case(number, COURT, REGION).case_number,
                Column.PROCEDURE: "执行",
                Column.CAUSE: "买卖合同纠纷",
                Column.FILED_ON: listed,
                Column.SUBJECT_KIND: "自然人" if person else "法人",
                Column.SUBJECT_NAME: name,
                (Column.CITIZEN_ID if person else Column.USCC): code,
                Column.STATUS: "已公布",
                Column.LISTED_ON: listed,
                Column.BASIS: f"（2025）{COURT}民初{number}号",
                Column.BASIS_UNIT: "本院",
                Column.DUTY: _DUTY,
                Column.PERFORMANCE: "部分履行" if changed_each and number % changed_each == 0 else "全部未履行",
                Column.GROUNDS: "1",
                Column.PUBLISHED_ON: listed,
            }
            yield list(row.values())

    def write(self, ferry: Path, batch: int, at: datetime, changed_each: int = 0) -> Path:
        """Lay a snapshot into the court's folder, the manifest last; where its file lies."""
        folder = FerryFolder(ferry / COURT)
        folder.incoming.mkdir(parents=True, exist_ok=True)
        name = f"{batch:08}-{KIND.value.lower()}.csv"
        path = folder.incoming / name
        with path.open("w", encoding="utf-8", newline="") as file:
            written = csv.writer(file)
            written.writerow([column.value for column in _NAMES])
            written.writerows(self.rows(changed_each))
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        part = {"name": name, "list": KIND.value, "rows": self._rows, "bytes": path.stat().st_size, "sha256": digest}
        manifest = {
            "template": TEMPLATES[1],
            "court": COURT,
            "batch": batch,
            "kind": BatchKind.SNAPSHOT.value,
            "sentAt": at.isoformat(),
            "files": [part],
        }
        folder.put("in", f"{batch:08}{MANIFEST}", json.dumps(manifest, ensure_ascii=False).encode())
        return path
