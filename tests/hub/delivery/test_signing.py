"""Signatures hold for a receiver that uses the library of Standard Webhooks, and for nobody else."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

import pytest
from sqlalchemy import text
from standardwebhooks import Webhook, WebhookVerificationError

from hub.db.target import DatabaseRole
from hub.delivery import endpoints
from hub.delivery.secrets import destroy_spent, signing
from hub.delivery.signing import message_id, new_secret, signed_headers
from tests.obligations.steps import Steps
from tests.support.hooks import Hooks
from tests.support.receiving import Receiver


def test_the_example_of_the_specification_is_reproduced() -> None:
    headers = signed_headers(
        ["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"],
        "msg_p5jXN8AQM9LWM0D4loKWxJek",
        b'{"test": 2432232314}',
        at=datetime.fromtimestamp(1614265330, UTC),
    )
    assert headers["webhook-signature"] == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_the_library_takes_a_signed_message_and_refuses_a_changed_old_or_foreign_one() -> None:
    key, body, now = new_secret(), b'{"id":"1"}', datetime.now(tz=UTC)
    headers = signed_headers([key], message_id(UUID(int=7)), body, at=now)
    assert Webhook(key).verify(body, headers) == {"id": "1"}
    old = signed_headers([key], "msg_1", body, at=datetime(2020, 1, 1, tzinfo=UTC))
    for receiver, content, given in (
        (key, b'{"id":"2"}', headers),
        (new_secret(), body, headers),
        (key, body, {**headers, "webhook-id": "msg_2"}),
        (key, body, old),
    ):
        with pytest.raises(WebhookVerificationError):
            Webhook(receiver).verify(content, given)


@pytest.mark.attack("K2")
async def test_what_arrives_verifies_and_both_secrets_sign_while_they_overlap(
    hooks: Hooks, steps: Steps, receiver: Receiver
) -> None:
    hooks.world.clock.now = datetime.now(tz=UTC)
    await steps.open_list()
    item = (await steps.propose("court", dueOn='"2027-09-30"'))["id"]
    endpoint = await hooks.register("county.court", receiver.url)
    first = await hooks.secret(endpoint)
    await hooks.touch(item)
    await hooks.work()
    await hooks.rotate("county.court", endpoint)
    second = await hooks.secret(endpoint)
    await hooks.touch(item)
    await hooks.work()
    alone, both = receiver.received
    Webhook(first).verify(alone.body, alone.headers)
    with pytest.raises(WebhookVerificationError):
        Webhook(second).verify(alone.body, alone.headers)
    for secret in (first, second):
        Webhook(secret).verify(both.body, both.headers)
    hooks.world.clock.advance(days=1)
    await hooks.touch(item)
    await hooks.work()
    assert len(receiver.received[2].headers["webhook-signature"].split()) == 1


async def test_secrets_that_sign_nothing_any_more_are_destroyed(hooks: Hooks, receiver: Receiver) -> None:
    first, second = [await hooks.register("county.court", receiver.url) for _ in range(2)]
    for _ in range(3):
        await hooks.rotate("county.court", first)

    async def left() -> list[int]:
        async with hooks.world.sessions.system("test") as session:
            await destroy_spent(session, at=hooks.world.clock())
            found = [
                await signing(session, hooks.world.keyring, key, at=hooks.world.clock()) for key in (first, second)
            ]
        return [len(each) for each in found]

    assert await left() == [2, 1]
    hooks.world.clock.advance(days=2)
    assert await left() == [1, 1]
    await hooks.change("county.court", endpoints.delete, second)
    assert await left() == [1, 0]


@pytest.mark.attack("K11")
async def test_no_secret_and_no_signature_comes_into_a_log_or_table(
    hooks: Hooks, steps: Steps, receiver: Receiver, engines, capsys: pytest.CaptureFixture[str]
) -> None:
    await steps.open_list()
    item = (await steps.propose("court"))["id"]
    endpoint = await hooks.register("county.court", receiver.url)
    await hooks.touch(item)
    await hooks.work()
    secret = await hooks.secret(endpoint)
    signature = receiver.received[0].headers["webhook-signature"].removeprefix("v1,")
    kept = [secret.removeprefix("whsec_"), signature]
    said = capsys.readouterr()
    async with engines[DatabaseRole.OWNER].connect() as connection:
        tables = ("webhook_endpoint", "webhook_secret", "delivery", "exchange_entry", "audit_event", "outbox_event")
        told = [str(list(await connection.execute(text(f"select t::text from {table} t")))) for table in tables]
    assert len(receiver.received) == 1
    assert [each for each in kept for place in (said.out, said.err, *told) if each in place] == []
