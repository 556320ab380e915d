"""Events of an imagined topic, whose rows need not exist."""

from __future__ import annotations

from uuid import UUID

from hub.core.areas import Area
from hub.core.ids import new_id
from hub.db.models import DoubleListItem
from hub.db.session import Sessions
from hub.events.audience import Topic
from hub.events.outbox import publish

TOPIC = Topic("doublelistitem.", DoubleListItem.metadata.tables["double_list_item"], Area.DOUBLE_LIST)


async def tell(sessions: Sessions, *ids: UUID, name: str = "edited") -> None:
    """Publish an event about each, in one transaction."""
    async with sessions.system("test") as session:
        for each in ids:
            await publish(
                session,
                tenant_id=new_id(),
                type_=f"doublelistitem.{name}",
                key=f"DoubleListItem:{each}",
                ids={"id": str(each)},
            )
