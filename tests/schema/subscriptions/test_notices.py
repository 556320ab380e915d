"""The inbox of notices: a recipient hears of an issue, never of a draft, and nobody hears of another's."""

from __future__ import annotations

from tests.schema.subscriptions.test_what_is_heard import listening
from tests.support.client import ClientOf
from tests.support.supervising import Supervising
from tests.support.world import World

INBOX = "subscription { noticeInbox { kind event supervisionNotice { documentNo title } } }"


async def test_the_inbox_tells_a_recipient_of_what_was_issued_to_it_and_others_of_nothing(
    hub, world: World, client_of: ClientOf, token_of
) -> None:
    steps = Supervising(world, hub.runtime, client_of)
    notice = await steps.draft()
    async with (
        hub.socket(await token_of("county.police")) as police,
        hub.socket(await token_of("county.finance")) as finance,
    ):
        await listening(hub, police, query=INBOX)
        await listening(hub, finance, query=INBOX)
        await steps.signed_off(notice)
        told = await police.update()
        assert told["supervisionNotice"]["documentNo"].endswith("〔2026〕1号")
        await finance.settled()
