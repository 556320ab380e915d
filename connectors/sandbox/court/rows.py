"""Rows as a court would send them, for units whose names and codes are given; every person in them is invented."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random

from stdnum.cn.ric import calc_check_digit

from connectors.kit.list_columns import Column
from hub.canonical.exchange_codes import CaseListKind

_SURNAMES = "赵钱孙李周吴郑王冯陈"
_CAUSES = ("买卖合同纠纷", "建设工程施工合同纠纷", "民间借贷纠纷", "租赁合同纠纷")
_DUTY = "支付货款并承担迟延履行期间的债务利息"


@dataclass(frozen=True, slots=True)
class Unit:
    """A body that cases are about."""

    name: str
    uscc: str


@dataclass(frozen=True, slots=True)
class Case:
    """What tells one row from the next; the rest is drawn from it."""

    number: int
    court_code: str
    region: str
    year: int = 2026

    @property
    def case_number(self) -> str:
        return f"（{self.year}）{self.court_code}执{self.number}号"


def list_row(kind: CaseListKind, case: Case, unit: Unit, occurred_at: datetime) -> dict[str, str]:
    """A public body's row on the list of pending cases or of terminated executions."""
    random = Random(f"{kind}-{case.case_number}")  # noqa: S311 - drawn data, not secrets
    filed = date(case.year, 1, 1) + timedelta(days=random.randrange(120))
    return {
        Column.MESSAGE_ID: f"{case.court_code}-{kind.value[0]}-{case.number}-{occurred_at:%y%m%d%H%M%S}",
        Column.VERSION: "1",
        Column.SEQUENCE: "1",
        Column.OCCURRED_AT: occurred_at.isoformat(),
        Column.CASE_NUMBER: case.case_number,
        Column.PROCEDURE: "执行",
        Column.CAUSE: random.choice(_CAUSES),
        Column.FILED_ON: filed.isoformat(),
        Column.SUBJECT_KIND: "法人",
        Column.SUBJECT_NAME: unit.name,
        Column.USCC: unit.uscc,
        Column.STATUS: "在列",
        Column.LISTED_ON: filed.isoformat(),
        Column.AMOUNT: f"{random.randrange(10_000, 9_000_000)}.{random.randrange(100):02}",
    }


def listing_row(case: Case, unit: Unit | None, occurred_at: datetime) -> dict[str, str]:
    """A published listing of a unit, or of an invented person."""
    kind = CaseListKind.DISHONEST
    row = list_row(kind, case, unit or Unit("", ""), occurred_at)
    del row[Column.AMOUNT]
    if unit is None:
        del row[Column.USCC]
        random = Random(case.case_number)  # noqa: S311 - drawn data, not secrets
        row |= {
            Column.SUBJECT_KIND: "自然人",
            Column.SUBJECT_NAME: f"{random.choice(_SURNAMES)}某{random.choice('甲乙丙丁')}",
            Column.CITIZEN_ID: citizen_id(case.region, random),
        }
    return {
        **row,
        Column.STATUS: "已公布",
        Column.BASIS: f"（{case.year - 1}）{case.court_code}民初{case.number}号",
        Column.BASIS_UNIT: "本院",
        Column.DUTY: _DUTY,
        Column.PERFORMANCE: "全部未履行",
        Column.GROUNDS: "1",
        Column.CASE_FACTS: "申请执行人依据生效判决申请执行，被执行人逾期未履行",
        Column.CONDUCT: "有履行能力而拒不履行生效法律文书确定的义务",
        Column.PUBLISHED_ON: row[Column.LISTED_ON],
    }


def citizen_id(region: str, random: Random) -> str:
    """A number of right form that belongs to nobody: born in 1899."""
    body = f"{region}1899{random.randrange(1, 13):02}{random.randrange(1, 29):02}{random.randrange(1000):03}"
    return body + calc_check_digit(body + "0")


def listing_rows(count: int, case: Case, occurred_at: datetime) -> Iterator[dict[str, str]]:
    """Listings of invented persons, one case each, from ``case`` on."""
    for index in range(count):
        yield listing_row(Case(case.number + index, case.court_code, case.region, case.year), None, occurred_at)
