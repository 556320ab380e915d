"""Steps of the scenarios, each a request of the client whose step it is; nothing but OAuth and GraphQL."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import yaml

from hub.core.ids import encode_node_id
from hub.policy.importing import import_pack
from tests.support.client import Client, ClientOf
from tests.support.world import COUNTY, World

ITEM, LIST, MEETING, TASK, MATTER = "doubleListItem", "doubleList", "jointMeeting", "linkageTask", "linkageMatter"
YEAR = 2026
DOCUMENT = "温政办〔2026〕9号"


@dataclass
class Steps:
    world: World
    client_of: ClientOf

    async def client(self, unit: str) -> Client:
        return await self.client_of(unit if "." in unit else f"county.{unit}")

    def organization(self, unit: str) -> str:
        return encode_node_id("OR", self.world.organizations[unit if "." in unit else f"county.{unit}"])

    def body(self, county: str = "county") -> str:
        return encode_node_id("CB", self.world.bodies[county])

    async def read(self, unit: str, query: str, **variables: Any) -> Any:
        return await (await self.client(unit)).data(query, **variables)

    async def adopt(self, **parameters: object) -> None:
        """The county adopts a pack of its own; every value is of its clause 四."""
        pack = {
            "jurisdiction_code": COUNTY,
            "version": f"{YEAR}.9",
            "title": "试行办法",
            "document_no": DOCUMENT,
            "effective_from": f"{YEAR}-01-01",
            "parameters": {key: {"value": value, "clause": f"{DOCUMENT} 四"} for key, value in parameters.items()},
        }
        async with self.world.sessions.system("test") as session:
            await import_pack(session, yaml.safe_dump(pack, allow_unicode=True).encode(), clock=self.world.clock)

    async def open_list(self, unit: str = "office", year: int = YEAR) -> Any:
        given = f'input: {{jurisdictionCode: "{COUNTY}", year: {year}}}'
        return await (await self.client(unit)).change("createDoubleList", given, LIST, "id status version")

    def draft(self, lead: str, cooperating: tuple[str, ...], **changes: str) -> str:
        units = ", ".join(f'"{self.organization(unit)}"' for unit in cooperating)
        fields = {
            "title": '"执行联动"',
            "content": '"建立联动机制"',
            "side": "COURT_LED",
            "area": "EXECUTION",
            "leadOrganizationId": f'"{self.organization(lead)}"',
            "cooperatingOrganizationIds": f"[{units}]",
            "deadlineKind": "FIXED",
            "dueOn": '"2026-09-30"',
            **changes,
        }
        return ", ".join(f"{name}: {value}" for name, value in fields.items() if value)

    async def propose(
        self, unit: str, *, lead: str = "court", cooperating: tuple[str, ...] = ("police",), **changes: str
    ) -> Any:
        place = {"jurisdictionCode": f'"{COUNTY}"', "year": str(YEAR)}
        given = f"input: {{{self.draft(lead, cooperating, **place, **changes)}}}"
        fields = "id code status version dueOn"
        return await (await self.client(unit)).change("proposeDoubleListItem", given, ITEM, fields)

    async def item(
        self, unit: str, item: Any, event: str, payload: str = "{}", fields: str = "id status version", **more: str
    ) -> Any:
        assert "id" in item, item
        extra = "".join(f", {name}: {value}" for name, value in more.items())
        given = f'id: "{item["id"]}", event: {{{event}: {payload}}}{extra}'
        return await (await self.client(unit)).change("advanceDoubleListItem", given, ITEM, fields)

    async def list(self, unit: str, list_: Any, event: str, payload: str = "{}", fields: str = "id status") -> Any:
        given = f'id: "{list_["id"]}", event: {{{event}: {payload}}}'
        return await (await self.client(unit)).change("advanceDoubleList", given, LIST, fields)

    async def plan(self, kind: str, unit: str = "office", at: str = "2026-06-15T09:00:00+08:00") -> Any:
        given = f'input: {{jurisdictionCode: "{COUNTY}", kind: {kind}, title: "会议", plannedAt: "{at}"}}'
        return await (await self.client(unit)).change("planJointMeeting", given, MEETING, "id status kind")

    async def meeting(
        self, unit: str, meeting: Any, event: str, payload: str = "{}", fields: str = "id status version"
    ) -> Any:
        given = f'id: "{meeting["id"]}", event: {{{event}: {payload}}}'
        return await (await self.client(unit)).change("advanceJointMeeting", given, MEETING, fields)

    async def hold(
        self,
        kind: str = "PLENARY",
        *,
        linked: Any = None,
        matter: Any = None,
        chair: str | None = None,
        at: str = "2026-06-15T09:00:00+08:00",
    ) -> Any:
        """A meeting from plan to HELD; ``linked`` is the double list on its agenda, ``matter`` the linkage matter."""
        meeting = await self.plan(kind)
        await self.meeting("office", meeting, "openAgenda")
        link = f', linkedListId: "{linked["id"]}"' if linked else ""
        link += f', linkedMatterId: "{matter["id"]}"' if matter else ""
        await self.meeting("office", meeting, "proposeAgenda", f'{{title: "审定双清单"{link}}}')
        presiding = chair or f'chairRole: CONVENOR, chairOrganizationId: "{self.organization("government")}"'
        await self.meeting("office", meeting, "issueNotice", f"{{{presiding}}}")
        present = f'{{organizationId: "{self.organization("court")}", post: "院长", present: true}}'
        return await self.meeting("office", meeting, "hold", f'{{heldAt: "{at}", attendance: [{present}]}}')

    async def resolve(self, meeting: Any, *, lead: str = "office", approves: Any = None, due: str | None = None) -> str:
        """Add a resolution; its id."""
        more = f', approvedListId: "{approves["id"]}"' if approves else ""
        more += f', dueOn: "{due}"' if due else ""
        payload = f'{{text: "议定事项", leadOrganizationId: "{self.organization(lead)}"{more}}}'
        found = await self.meeting("office", meeting, "resolve", payload, "resolutions { id number }")
        return str(found["resolutions"][-1]["id"])

    async def issue_minutes(self, meeting: Any) -> Any:
        """From HELD to FOLLOW_UP: minutes drafted, circulated, issued, resolutions dispatched."""
        await self.meeting("office", meeting, "draftMinutes", '{text: "会议纪要"}')
        await self.meeting("office", meeting, "circulate")
        issue = '{documentNo: "纪要〔2026〕1号", signedBy: "县长"}'
        await self.meeting("government", meeting, "approve", issue)
        return await self.meeting(
            "office", meeting, "dispatch", "{}", "status resolutions { status task { id status dueOn } }"
        )

    async def task(self, unit: str, task: Any, event: str, payload: str = "{}", fields: str = "status") -> Any:
        given = f'id: "{task["id"]}", event: {{{event}: {payload}}}'
        return await (await self.client(unit)).change("advanceLinkageTask", given, TASK, fields)

    async def matter(self, unit: str, matter: Any, event: str, payload: str = "{}", fields: str = "status") -> Any:
        given = f'id: "{matter["id"]}", event: {{{event}: {payload}}}'
        return await (await self.client(unit)).change("advanceLinkageMatter", given, MATTER, fields)

    async def propose_matter(self, unit: str, title: str = "车辆查扣联动") -> Any:
        given = f"""input: {{jurisdictionCode: "{COUNTY}", title: "{title}", content: "建立查扣联动",
            leadOrganizationId: "{self.organization(unit)}",
            cooperatingOrganizationIds: ["{self.organization("court")}"], dueOn: "2026-08-31"}}"""
        return await (await self.client(unit)).change("proposeLinkageMatter", given, MATTER, "id status")

    async def name_responsible(self, unit: str, target: Any, **named: str) -> Any:
        """The unit names who answers for an item or task."""
        said = "".join(f', {field}: "{value}"' for field, value in named.items())
        given = f'input: {{targetId: "{target["id"]}"{said}}}'
        fields = "leader division person post"
        return await (await self.client(unit)).change("nameResponsibility", given, "responsibility", fields)

    async def coordinated(self, item: Any, units: tuple[str, ...] = ("court", "police")) -> Any:
        """From DRAFT to PENDING_APPROVAL, every unit agreeing."""
        await self.item("court", item, "submit")
        await self.item("office", item, "collate")
        await self.plan("COORDINATION")
        await self.item("office", item, "sendToCoordination")
        for unit in units:
            await self.item(unit, item, "confirm")
        return await self.item("office", item, "agree")

    async def running(self, **changes: str) -> Any:
        """An item IN_PROGRESS, its list approved by a held plenary."""
        list_ = await self.open_list()
        item = await self.propose("court", **changes)
        await self.coordinated(item)
        meeting = await self.hold(linked=list_)
        resolution = await self.resolve(meeting, approves=list_)
        await self.item("office", item, "approve", f'{{resolutionId: "{resolution}"}}')
        return await self.item("court", item, "start")

    async def in_coordination(self, unit: str) -> Any:
        """A further item of ``unit`` and the police, IN_COORDINATION; the list has its coordination meeting."""
        item = await self.propose(unit, lead=unit, cooperating=("police",))
        await self.item(unit, item, "submit")
        await self.item("office", item, "collate")
        return await self.item("office", item, "sendToCoordination")

    async def state(self, item: Any, unit: str = "office") -> Any:
        query = "query($id: ID!) { node(id: $id) { ... on DoubleListItem { id status version dueOn } } }"
        return (await self.read(unit, query, id=item["id"]))["node"]
