"""What only Python can answer: which events the caller may fire now, and why not the others."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any
from uuid import UUID

import strawberry
from sqlalchemy import select

from hub.core.clock import local_date
from hub.core.texts import Text
from hub.core.workflow import Availability
from hub.db import models
from hub.linkage.coordination import request_actors
from hub.linkage.facts import item_actors, load_item_facts
from hub.linkage.matters import load_matter_facts, matter_actors
from hub.linkage.meetings import load_meeting_facts, meeting_actors
from hub.linkage.policies import linkage_policies
from hub.linkage.tasks import load_task_facts, task_actors
from hub.linkage.workflows.coordination import COORDINATION, RequestFacts
from hub.linkage.workflows.double_list import DOUBLE_LIST, load_list_facts
from hub.linkage.workflows.item import ITEM
from hub.linkage.workflows.matter import MATTER
from hub.linkage.workflows.meeting import MEETING
from hub.linkage.workflows.task import TASK
from hub.organizations.members import change_actors, load_change_facts
from hub.organizations.membership_workflow import MEMBERSHIP_CHANGE
from schema.binding.declare import said

if TYPE_CHECKING:
    from hub.db.session import ReadSession
    from schema.operation import HubContext

Rows = Sequence[Mapping[str, Any]]
Possible = tuple[Availability, ...]


@strawberry.type(description=str(Text("事件暂不可办理的理由", "why an event is not possible")))
class Obstacle:
    code: str = said("稳定的代码", "stable code")
    message: str = said("说明及处理办法", "what is missing and what to do, in Chinese")
    message_en: str = said("英文说明", "the same in English")


@strawberry.type(description=str(Text("对象在当前状态下的一个事件", "an event of the object's present state")))
class AvailableEvent:
    event: str = said("事件名，即变更输入中的字段", "name of the event, a field of the mutation's event input")
    label: str = said("事件的中文名称", "its Chinese name")
    label_en: str = said("事件的英文名称", "its English name")
    allowed: bool = said("本客户端现在是否可办理", "whether the caller may fire it now")
    obstacles: list[Obstacle] = said("不可办理的理由", "why not; empty when allowed")


def available(possible: Possible) -> list[AvailableEvent]:
    return [
        AvailableEvent(
            event=each.event,
            label=each.text.zh,
            label_en=each.text.en,
            allowed=each.allowed,
            obstacles=[Obstacle(code=why.code, message=why.text.zh, message_en=why.text.en) for why in each.reasons],
        )
        for each in possible
    ]


Decide = Callable[["HubContext", "ReadSession", list[Any]], Awaitable[Mapping[UUID, Possible]]]


def events_of(model: type[Any], decide: Decide) -> Callable[[HubContext, Rows], Awaitable[list[list[AvailableEvent]]]]:
    """A batch over rows of one model, each with its ``id``."""

    async def batch(context: HubContext, rows: Rows) -> list[list[AvailableEvent]]:
        ids = [UUID(row["id"]) for row in rows]
        async with context.reading() as session:
            found = list(await session.scalars(select(model).where(model.id.in_(ids))))
            possible = await decide(context, session, found)
        return [available(possible.get(key, ())) for key in ids]

    return batch


async def _items(
    context: HubContext, session: ReadSession, rows: list[models.DoubleListItem]
) -> Mapping[UUID, Possible]:
    principal = context.principal
    facts = await load_item_facts(session, principal, context.services.policy, rows, local_date(context.now))
    return {
        row.id: ITEM.available(
            row.status, actors=item_actors(principal, facts[row.id]), scopes=principal.scopes, facts=facts[row.id]
        )
        for row in rows
    }


async def _lists(context: HubContext, session: ReadSession, rows: list[models.DoubleList]) -> Mapping[UUID, Possible]:
    found = {}
    for row in rows:
        facts = await load_list_facts(session, context.services.policy, row, local_date(context.now))
        actors = facts.actors(context.principal)
        found[row.id] = DOUBLE_LIST.available(row.status, actors=actors, scopes=context.principal.scopes, facts=facts)
    return found


async def _meetings(
    context: HubContext, session: ReadSession, rows: list[models.JointMeeting]
) -> Mapping[UUID, Possible]:
    facts = await load_meeting_facts(session, context.services.policy, rows, context.now)
    return {
        row.id: MEETING.available(
            row.status,
            actors=meeting_actors(context.principal, facts[row.id]),
            scopes=context.principal.scopes,
            facts=facts[row.id],
        )
        for row in rows
    }


async def _tasks(context: HubContext, session: ReadSession, rows: list[models.LinkageTask]) -> Mapping[UUID, Possible]:
    found = {}
    for row in rows:
        facts = await load_task_facts(session, row, local_date(context.now))
        actors = task_actors(context.principal, row)
        found[row.id] = TASK.available(row.status, actors=actors, scopes=context.principal.scopes, facts=facts)
    return found


async def _matters(
    context: HubContext, session: ReadSession, rows: list[models.LinkageMatter]
) -> Mapping[UUID, Possible]:
    facts = await load_matter_facts(session, context.services.policy, rows, local_date(context.now))
    return {
        row.id: MATTER.available(
            row.status,
            actors=matter_actors(context.principal, facts[row.id]),
            scopes=context.principal.scopes,
            facts=facts[row.id],
        )
        for row in rows
    }


async def _requests(
    context: HubContext, session: ReadSession, rows: list[models.CoordinationRequest]
) -> Mapping[UUID, Possible]:
    on = local_date(context.now)
    rules = await linkage_policies(context.services.policy, session, rows, on)
    return {
        row.id: COORDINATION.available(
            row.status,
            actors=request_actors(context.principal, row),
            scopes=context.principal.scopes,
            facts=RequestFacts(row, rules[row.jurisdiction_id].direct_contact_first),
        )
        for row in rows
    }


async def _changes(
    context: HubContext, session: ReadSession, rows: list[models.MembershipChange]
) -> Mapping[UUID, Possible]:
    facts = await load_change_facts(session, context.services.policy, rows, local_date(context.now))
    return {
        row.id: MEMBERSHIP_CHANGE.available(
            row.status,
            actors=change_actors(context.principal, facts[row.id]),
            scopes=context.principal.scopes,
            facts=facts[row.id],
        )
        for row in rows
    }


item_events = events_of(models.DoubleListItem, _items)
list_events = events_of(models.DoubleList, _lists)
meeting_events = events_of(models.JointMeeting, _meetings)
task_events = events_of(models.LinkageTask, _tasks)
matter_events = events_of(models.LinkageMatter, _matters)
request_events = events_of(models.CoordinationRequest, _requests)
change_events = events_of(models.MembershipChange, _changes)
