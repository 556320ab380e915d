"""A generated world: rows of every protected kind over a city and its counties, drawn from a seed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, insert

from hub.canonical import codes
from hub.core.clock import SHANGHAI
from hub.core.ids import encode_node_id
from hub.core.principal import Function, RoleName
from hub.db import models
from hub.db.models import double_list
from hub.organizations.liaisons import phone_context
from hub.policy.loader import load_shipped_packs
from hub.policy.pack import pack_to_plain
from tests.support import world as base
from tests.support.mirrored_content import draw_mirrors
from tests.support.world import CITY, COUNTY, NEIGHBOUR, PATHS, World

COUNTIES = {"county": COUNTY, "neighbour": NEIGHBOUR}
UNITS = ("office", "government", "court", "police", "finance", "civil", "credit")
NOW = datetime(2026, 6, 15, 10, 0, tzinfo=SHANGHAI)
Row = dict[str, Any]

SEVERAL: dict[str, tuple[tuple[RoleName, str], ...]] = {
    "city.office": ((RoleName.JOINT_MEETING_OFFICE, CITY),),
    "city.audit": ((RoleName.AUDITOR, CITY),),
    "city.tax": ((RoleName.MEMBER_DEPARTMENT, COUNTY), (RoleName.MEMBER_DEPARTMENT, NEIGHBOUR)),
    "city.court": ((RoleName.COURT, COUNTY), (RoleName.COURT, NEIGHBOUR), (RoleName.CREDIT_OFFICE, NEIGHBOUR)),
}
"""Organisations of the city that act in several jurisdictions, or in one above the counties."""


@dataclass
class Content:
    """Rows by model, in the order they may be inserted. ``parties`` holds organisation keys by aggregate id."""

    rows: dict[type[Any], list[Row]] = field(default_factory=dict)

    def add(self, model: type[Any], **values: Any) -> Row:
        self.rows.setdefault(model, []).append(values)
        return values

    def of(self, model: type[Any]) -> list[Row]:
        return self.rows.get(model, [])

    def insert(self, connection: Connection, keep: Callable[[type[Any], Row], Row | None] | None = None) -> None:
        """Insert the rows; ``keep`` may change a row or leave it out."""
        for model, rows in self.rows.items():
            kept = rows if keep is None else [row for each in rows if (row := keep(model, each)) is not None]
            for same in _alike(kept):
                connection.execute(insert(model.__table__), same)


def _alike(rows: Iterable[Row]) -> Iterable[list[Row]]:
    """Rows with the same columns, which go in together."""
    groups: dict[tuple[str, ...], list[Row]] = {}
    for row in rows:
        groups.setdefault(tuple(row), []).append(row)
    return groups.values()


async def enlarge(world: World) -> None:
    """Give the world organisations with several functions, and the superior its jurisdiction."""
    async with world.sessions.system("test") as session:
        for key, functions in SEVERAL.items():
            kind = codes.OrganizationKind.COURT if key.endswith("court") else codes.OrganizationKind.GOV_DEPARTMENT
            base._add_unit(world, session, key, CITY, f"焦作市{key}", kind, ())
            roles = tuple(role for role, _ in functions)
            acting = base._principal(key, world.organizations[key], roles, "")
            placed = tuple(Function(role, PATHS[code]) for role, code in functions)
            world.principals[key] = replace(acting, functions=placed)
            await session.flush()
            for role, code in functions:
                session.add(
                    models.OrganizationFunction(
                        organization_id=world.organizations[key],
                        jurisdiction_id=world.jurisdictions[code],
                        role=role,
                        valid_from=base.START,
                    )
                )
    for key in ("city.justice", "city.police"):
        placed = (Function(RoleName.SUPERIOR_DEPARTMENT, PATHS[CITY]),)
        world.principals[key] = replace(world.principals[key], functions=placed)


def draw_content(world: World, seed: int, *, size: int = 8) -> Content:
    """``size`` rows of each aggregate in each county, with what hangs on them."""
    return _Drawing(world, Random(seed), size).draw()


class _Drawing:
    def __init__(self, world: World, random: Random, size: int) -> None:
        self.world = world
        self.random = random
        self.size = size
        self.content = Content()
        self.marks = 0

    def draw(self) -> Content:
        for county, code in COUNTIES.items():
            placed = {
                "tenant_id": self.world.jurisdictions[CITY],
                "jurisdiction_id": self.world.jurisdictions[code],
                "jurisdiction_path": PATHS[code],
            }
            self._lists(county, placed)
            self._meetings(county, placed)
            self._tasks(county, placed)
            self._matters_and_requests(county, placed)
            self._people(county, placed)
            self._records(county, placed)
        self._reference()
        for county, code in COUNTIES.items():
            draw_mirrors(
                self,
                county,
                {
                    "tenant_id": self.world.jurisdictions[CITY],
                    "jurisdiction_id": self.world.jurisdictions[code],
                    "jurisdiction_path": PATHS[code],
                },
            )
        return self.content

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

    def _told(self, units: list[UUID]) -> list[UUID]:
        """Units of a row that are in its audience: a cooperating unit of a draft is not always."""
        return [unit for unit in units if self.chance(0.85)]

    def _earlier(self, model: type[Any]) -> UUID | None:
        known = self.content.of(model)
        return self.pick(known)["id"] if known and self.chance(0.4) else None

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

    def _meetings(self, county: str, placed: Row) -> None:
        for _ in range(self.size):
            meeting = self.content.add(
                models.JointMeeting,
                id=self.id(),
                body_id=self.world.bodies[county],
                kind=self.pick(codes.MeetingKind),
                title=self.mark("会议"),
                planned_at=self.moment(),
                place=self.pick((None, "会议室")),
                status=self.pick(codes.MeetingStatus),
                chair_role=self.pick((None, *codes.MembershipRole)),
                chair_organization_id=self.pick((None, self.unit(county))),
                chair_delegation=self.pick((None, self.mark("委托"))),
                held_at=self.pick((None, self.moment())),
                cancel_reason=self.pick((None, self.mark("取消"))),
                minutes_text=self.pick((None, self.mark("纪要"))),
                version=1,
                **self.stamps(),
                **placed,
            )
            invited = self._told(self.units(county, 4))
            shared = {"planned_at": meeting["planned_at"]}
            self.audience(models.JointMeetingParty, "meeting_id", meeting, invited, **shared)
            self._of_meeting(county, placed, meeting)

    def _of_meeting(self, county: str, placed: Row, meeting: Row) -> None:
        for position in range(self.random.randrange(3)):
            self.content.add(
                models.AgendaItem,
                id=self.id(),
                meeting_id=meeting["id"],
                position=position + 1,
                title=self.mark("议题"),
                proposer_id=self.unit(county),
                linked_list_id=self._earlier(models.DoubleList),
                **self.stamps(),
                **placed,
            )
        for unit in self.units(county, 2):
            self.content.add(
                models.MeetingAttendance,
                id=self.id(),
                meeting_id=meeting["id"],
                organization_id=unit,
                post=self.mark("职务"),
                present=self.chance(0.5),
                substitute=False,
                **self.stamps(),
                **placed,
            )
        for number in range(self.random.randrange(3)):
            self.content.add(
                models.Resolution,
                id=self.id(),
                meeting_id=meeting["id"],
                number=number + 1,
                text=self.mark("议定"),
                lead_organization_id=self.unit(county),
                cooperating_organization_ids=self.units(county),
                due_on=self.pick((None, self.day())),
                status=self.pick(codes.TaskStatus),
                approved_list_id=self._earlier(models.DoubleList),
                version=1,
                **self.stamps(),
                **placed,
            )

    def _tasks(self, county: str, placed: Row) -> None:
        for _ in range(self.size):
            due = self.pick((None, self.day()))
            task = self.content.add(
                models.LinkageTask,
                id=self.id(),
                origin=self.pick((*codes.TaskOrigin, codes.TaskOrigin.ISSUE, codes.TaskOrigin.ISSUE)),
                title=self.mark("任务"),
                content=self.mark("任务内容"),
                lead_organization_id=self.unit(county),
                cooperating_organization_ids=self.units(county),
                due_on=due,
                due_at=None if due is None else datetime(due.year, due.month, due.day, tzinfo=SHANGHAI),
                due_sort=due or double_list.NO_DUE_DATE,
                due_provisional=False,
                deadline_basis=self.explanation(),
                status=self.pick(codes.TaskStatus),
                urge_count=self.random.randrange(3),
                report=self.pick((None, self.mark("落实"))),
                return_reason=self.pick((None, self.mark("退回"))),
                version=1,
                **self.stamps(),
                **placed,
            )
            units = [task["lead_organization_id"], *self._told(task["cooperating_organization_ids"])]
            self.audience(models.LinkageTaskParty, "task_id", task, units, due_sort=task["due_sort"])
            self._responsible(county, placed, task)

    def _matters_and_requests(self, county: str, placed: Row) -> None:
        for _ in range(self.size):
            matter = self.content.add(
                models.LinkageMatter,
                id=self.id(),
                body_id=self.world.bodies[county],
                title=self.mark("联动"),
                content=self.mark("联动内容"),
                proposer_id=self.unit(county),
                lead_organization_id=self.unit(county),
                cooperating_organization_ids=self.units(county),
                due_on=self.pick((None, self.day())),
                status=self.pick(codes.MatterStatus),
                decision_note=self.pick((None, self.mark("批示"))),
                task_id=self._earlier(models.LinkageTask),
                version=1,
                **self.stamps(),
                **placed,
            )
            named = [matter["lead_organization_id"], *matter["cooperating_organization_ids"]]
            units = [matter["proposer_id"], *self._told(named)]
            self.audience(models.LinkageMatterParty, "matter_id", matter, units)
            request = self.content.add(
                models.CoordinationRequest,
                id=self.id(),
                from_organization_id=self.unit(county),
                counterpart_organization_ids=self.units(county),
                route=self.pick(codes.RoutePath),
                subject=self.mark("协调"),
                attempted_direct_contact=self.chance(0.5),
                dispute_summary=self.mark("分歧情况"),
                outcome=self.pick((None, self.mark("协调结果"))),
                item_id=self._earlier(models.DoubleListItem),
                meeting_id=self._earlier(models.JointMeeting),
                status=self.pick(codes.CoordinationStatus),
                version=1,
                **self.stamps(),
                **placed,
            )
            units = [request["from_organization_id"], *self._told(request["counterpart_organization_ids"])]
            self.audience(models.CoordinationRequestParty, "request_id", request, units)

    def _people(self, county: str, placed: Row) -> None:
        body = self.world.bodies[county]
        for _ in range(self.size):
            self.content.add(
                models.MembershipChange,
                id=self.id(),
                body_id=body,
                kind=self.pick(codes.MembershipChangeKind),
                organization_id=self.unit(county),
                role=self.pick(codes.MembershipRole),
                post=self.mark("拟任"),
                reason=self.mark("调整理由"),
                proposer_id=self.unit(county),
                effective_on=self.day(),
                status=self.pick(codes.MembershipChangeStatus),
                decided_at=self.pick((None, self.moment())),
                version=1,
                **self.stamps(),
                **placed,
            )
            liaison = self.id()
            sealed = self.world.keyring.seal(f"1380000{self.marks:04d}", context=phone_context(liaison))
            self.content.add(
                models.Liaison,
                id=liaison,
                body_id=body,
                organization_id=self.unit(county),
                person_name=self.mark("联络员"),
                post="科员",
                phone_sealed=self.pick((None, sealed)),
                phone_masked=self.pick((None, "138****0000")),
                is_primary=self.chance(0.5),
                valid_from=base.START,
                valid_to=self.pick((None, None, self.day())),
                version=1,
                **self.stamps(),
                **placed,
            )
        self.content.add(
            models.BodyMembership,
            id=self.id(),
            body_id=body,
            organization_id=self.unit(county),
            role=self.pick(codes.MembershipRole),
            post=self.mark("历任"),
            valid_from=base.START,
            valid_to=self.day(),
            **self.stamps(),
            **placed,
        )

    def _records(self, county: str, placed: Row) -> None:
        for number in range(self.size):
            kind = self.pick((models.DoubleListItem, models.LinkageTask))
            target = self.pick(self.content.of(kind))
            self.content.add(
                models.Alert,
                id=self.id(),
                kind=self.pick(codes.AlertKind),
                severity=self.pick(codes.AlertSeverity),
                target_kind=kind.__name__,
                target_id=target["id"],
                organization_id=self.unit(county),
                title=self.mark("预警"),
                due_on=self.day(),
                offset_days=number,
                clause=self.pick((None, "四(一)")),
                raised_at=self.moment(),
                **self.stamps(),
                **placed,
            )
            self.content.add(
                models.AuditEvent,
                id=self.id(),
                at=self.moment(),
                event="item:transition",
                outcome=self.pick(("DONE", "REFUSED")),
                jurisdiction_path=placed["jurisdiction_path"],
                subject=f"{county}.{self.pick(UNITS)}",
                organization_id=self.pick((None, self.unit(county))),
                target_kind=kind.__name__,
                target_id=target["id"],
                reason=self.pick((None, "NOT_FOUND")),
                correlation_id=self.mark("关联"),
                detail={},
            )

    def _reference(self) -> None:
        shipped = {pack.jurisdiction_code: pack for pack in load_shipped_packs()}
        for number, (code, origin) in enumerate(((CITY, "411700"), (COUNTY, "410825"))):
            self.content.add(
                models.PolicyPackRow,
                id=self.id(),
                jurisdiction_id=self.world.jurisdictions[code],
                version=f"2026.{number + 1}",
                effective_from=date(2026, 1 + number, 1),
                content=pack_to_plain(shipped[origin]),
                created_at=self.moment(),
            )
        for number, county in enumerate(COUNTIES):
            self.content.add(
                models.Court,
                organization_id=self.world.organizations[f"{county}.court"],
                court_code=f"豫08{number}",
                court_level=codes.CourtLevel.BASIC,
            )


TAGS: dict[type[Any], str] = {
    models.DoubleList: "DL",
    models.DoubleListItem: "DI",
    models.ProgressReport: "PR",
    models.Responsibility: "RE",
    models.JointMeeting: "JM",
    models.Resolution: "RS",
    models.LinkageTask: "LT",
    models.LinkageMatter: "LM",
    models.CoordinationRequest: "CR",
    models.Alert: "AL",
    models.MembershipChange: "MC",
    models.Liaison: "LI",
    models.BodyMembership: "MS",
    models.AuditEvent: "AE",
    models.PolicyPackRow: "PP",
    models.Subject: "SU",
    models.LegalCase: "LC",
    models.CaseListEntry: "CE",
    models.DishonestyRecord: "DR",
    models.SubjectMatch: "SM",
    models.InboxBatch: "IB",
    models.InboxMessage: "IM",
    models.Reconciliation: "RC",
    models.DataQualityIssue: "DQ",
    models.ConnectorState: "CN",
}


def node_ids(world: World, content: Content) -> list[str]:
    """Ids of everything there is, whoever may see it."""
    found = [encode_node_id(tag, row["id"]) for model, tag in TAGS.items() for row in content.of(model)]
    found += [encode_node_id("OR", world.organizations[key]) for key in sorted(world.organizations)]
    found += [encode_node_id("JU", world.jurisdictions[key]) for key in sorted(world.jurisdictions)]
    return found + [encode_node_id("CB", world.bodies[key]) for key in sorted(world.bodies)]
