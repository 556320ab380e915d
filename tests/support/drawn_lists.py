"""Double lists of a generated world, with their items and what is reported, adjusted and confirmed of them."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from hub.canonical import codes
from hub.core.clock import SHANGHAI
from hub.db import models
from hub.db.models import double_list
from tests.support.drawing import Drawing
from tests.support.rows import Row


class Lists(Drawing):
    def _lists(self, county: str, placed: Row) -> None:
        lists = [
            self.content.add(
                models.DoubleList,
                id=self.id(),
                year=year,
                body_id=self.world.bodies[county],
                status=self.pick(codes.DoubleListStatus),
                revision=0,
                approved_at=self.pick((None, self.moment())),
                version=1,
                **self.stamps(),
                **placed,
            )
            for year in (2025, 2026, 2027)
        ]
        for number in range(self.size * 2):
            self._item(county, placed, self.pick(lists), number)

    def _item(self, county: str, placed: Row, list_: Row, number: int) -> None:
        due = self.pick((None, self.day(), self.day(), date(2026, 9, 1)))
        others = self.units(county)
        item = self.content.add(
            models.DoubleListItem,
            id=self.id(),
            list_id=list_["id"],
            year=list_["year"],
            side=self.pick(codes.ListSide),
            code=f"{list_['year']}-{number:03d}",
            title=self.mark("事项") + self.pick(("执行联动", "援助资金", "破产 100%", "信息_共享")),
            content=self.mark("内容"),
            area=self.pick(codes.LinkageArea),
            lead_organization_id=self.pick((None, self.unit(county), self.unit(county))),
            cooperating_organization_ids=others,
            proposer_organization_id=self.unit(county),
            deadline_kind=self.pick((None, *codes.DeadlineKind)),
            due_on=due,
            due_at=None if due is None else datetime(due.year, due.month, due.day, tzinfo=SHANGHAI) + timedelta(days=1),
            due_sort=due or double_list.NO_DUE_DATE,
            due_provisional=self.chance(0.3),
            recurrence=self.pick((None, "FREQ=MONTHLY")),
            deadline_basis=self.explanation(),
            next_report_on=self.pick((None, self.day())),
            report_basis=self.explanation(),
            deliverables=self.pick(([], [self.mark("成果")])),
            kpis=self.pick(([], [{"name": self.mark("指标"), "target": "1", "unit": None}])),
            progress_percent=self.random.randrange(101),
            status=self.pick(codes.ItemStatus),
            source_clause=self.pick((None, "二(四)")),
            unresolved=self.pick(([], [{"text": self.mark("未识别"), "reason": "原因"}])),
            dispute_note=self.pick((None, self.mark("分歧"))),
            decision_note=self.pick((None, self.mark("决定"))),
            carried_from_id=self._earlier(models.DoubleListItem),
            completed_at=self.pick((None, self.moment())),
            version=1,
            **self.stamps(),
            **placed,
        )
        own = list(filter(None, [item["lead_organization_id"], item["proposer_organization_id"]]))
        shared = {"list_id": list_["id"], "due_sort": item["due_sort"]}
        self.audience(models.DoubleListItemParty, "item_id", item, [*own, *self._told(others)], **shared)
        self._reports(county, placed, item)

    def _reports(self, county: str, placed: Row, item: Row) -> None:
        for _ in range(self.random.randrange(4)):
            self.content.add(
                models.ProgressReport,
                id=self.id(),
                item_id=item["id"],
                organization_id=self.unit(county),
                recorded_by_id=self.unit(county),
                period=self.pick((None, "2026Q1")),
                text=self.mark("进展"),
                progress_percent=self.pick((None, 50)),
                kpi_values=self.pick(([], [{"name": "指标", "value": self.mark("值")}])),
                reported_at=self.moment(),
                **self.stamps(),
                **placed,
            )
        for unit in self.units(county, 2):
            self.content.add(
                models.ItemConfirmation,
                id=self.id(),
                item_id=item["id"],
                organization_id=unit,
                confirmed=self.chance(0.5),
                dispute=self.pick((None, self.mark("异议"))),
                **self.stamps(),
                **placed,
            )
        if self.chance(0.4):
            self.content.add(
                models.ItemAdjustment,
                id=self.id(),
                item_id=item["id"],
                reason=self.mark("调整"),
                changes={},
                needs_convenor=self.chance(0.5),
                status=self.pick(codes.AdjustmentStatus),
                requested_by_id=self.unit(county),
                decided_by_id=self.pick((None, self.unit(county))),
                decided_at=self.pick((None, self.moment())),
                decision_note=self.pick((None, self.mark("批复"))),
                version=1,
                **self.stamps(),
                **placed,
            )
        self._responsible(county, placed, item)
