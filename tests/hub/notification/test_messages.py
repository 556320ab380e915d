"""Alerts reach liaisons by mail and text message: once, in plain words, when it suits."""

from __future__ import annotations

import re
from datetime import date

from sqlalchemy import select, update

from connectors.sandbox.notification.sms import SmsFault
from connectors.sandbox.serving import WireFault
from hub.canonical.codes import AlertKind, Channel, DeliveryStatus
from hub.core.texts import label_text
from hub.core.texts.notification import NOTIFICATION_LABELS
from hub.db.models import Alert, Delivery, ExchangeEntry, Liaison, NotificationCause, WebhookEndpoint
from hub.delivery import endpoints
from hub.delivery.endpoints import WebhookEndpointDraft
from hub.linkage.alerts.sweeping import sweep
from hub.notification.wording import Said, words
from hub.workflow.gate import Request
from tests.hub.notification.conftest import Post
from tests.obligations.steps import Steps
from tests.support.client import ClientOf

SECRET = "王小明身份证410825199001011234诉（2026）豫0825执88号标的500万元"
"""A title such as somebody may write, with everything that must not travel."""
DUE = date(2026, 6, 12)


async def test_real_alerts_become_messages_that_say_kind_and_date_and_nothing_of_the_matter(
    post: Post, client_of: ClientOf
) -> None:
    await post.open(Channel.EMAIL)
    await post.open(Channel.SMS)
    steps = Steps(post.world, client_of)
    given = f'input: {{bodyId: "{steps.body()}", organizationId: "{steps.organization("court")}", post: "庭长", '
    contact = 'personName: "李联络", phone: "13800001234", email: "li@court.test"}'
    await (await steps.client("court")).change("nameLiaison", given + contact, "liaison", "id")
    await post.liaison("police", phone="0391-6192110")
    await steps.running(title=f'"{SECRET}"', content=f'"{SECRET}"')
    for month, day in ((9, 28), (10, 9)):
        post.at(month, day)
        async with post.world.sessions.system("test") as session:
            await sweep(session, post.runtime.policy, post.world.clock())
        await post.work()
    async with post.world.sessions.system("test") as session:
        raised = list(await session.scalars(select(Alert).where(Alert.title == SECRET)))
        log = list(await session.scalars(select(ExchangeEntry).filter_by(operation="notification.message")))
    assert {each.kind for each in raised} >= {AlertKind.DUE_SOON, AlertKind.OVERDUE}
    mails = list(post.mail.mails.values())
    assert {to for to, _ in post.texts} == {"13800001234"}, "a landline takes no text message"
    assert {mail.to for mail in mails} == {"li@court.test"}
    assert "2026-09-30" in post.texts[0][1]
    for said in [*(text for _, text in post.texts), *(str(mail.message) + mail.text for mail in mails)]:
        for part in ("王小明", "410825199001011234", "豫0825执88号", "500", "李联络", "庭长", "执行联动"):
            assert part not in said, said
    kinds = [label_text(f"AlertKind.{kind}").zh for kind in AlertKind] + [
        each.zh for each in NOTIFICATION_LABELS.values()
    ]
    item = rf"(?:{'|'.join(map(re.escape, sorted(kinds, key=len, reverse=True)))})(?:（\d{{4}}-\d\d-\d\d）)?(?:\d+项)?"
    shape = rf"【府院联动】温县人民法院有\d+项待处理：{item}(?:、(?:{item}|等))*。请登录平台查看。"
    assert all(re.fullmatch(shape, text) for _, text in post.texts), post.texts
    assert {each.outcome for each in log} == {"DONE"}


async def test_each_alert_is_told_once_and_what_comes_meanwhile_is_gathered(post: Post) -> None:
    await post.open(Channel.SMS)
    await post.liaison("court", phone="13800001234")
    await post.policy(gap_minutes=60, channels=["SMS"])
    await post.alert("court", DUE)
    assert (await post.work(), await post.work()) == (1, 0), "a second worker has nothing to tell"
    for offset in (1, 2):
        await post.alert("court", DUE, offset=offset)
    post.at(6, 15, 10, 59)
    assert await post.work() == 0, "the last message is not an hour old"
    post.at(6, 15, 11)
    assert await post.work() == 1
    assert [said.partition("有")[2][:5] for _, said in post.texts] == ["1项待处理", "2项待处理"]
    assert post.texts[1][1].count("已逾期") == 1, "alike ones are counted"


async def test_nobody_is_disturbed_at_night_or_on_a_holiday_and_policy_says_when_that_is(post: Post) -> None:
    await post.open(Channel.EMAIL)
    await post.liaison("court", email="li@court.test")
    await post.policy(quiet_from=20, quiet_until=7, forget_days=60, severity="WARNING")
    post.at(6, 18, 20)
    await post.alert("court", DUE)
    for day, hour in ((18, 20), (18, 23), (19, 10), (20, 10), (22, 6)):
        post.at(6, day, hour)
        assert await post.work() == 0, (day, hour)
    post.at(6, 22, 7)
    assert await post.work() == 1
    (mail,) = post.mail.mails.values()
    assert (mail.message["Subject"], mail.message["Auto-Submitted"]) == ("府院联动预警 1 项", "auto-generated")


async def test_a_target_met_at_night_is_told_at_once_and_again_whenever_the_last_message_went(post: Post) -> None:
    await post.open(Channel.SMS)
    await post.liaison("court", phone="13800001234")
    post.at(6, 21, 2)
    await post.alert("court", DUE)
    assert await post.work() == 0
    await post.alert("court", DUE, kind=AlertKind.LOOKOUT_HIT)
    assert await post.work() == 1
    post.at(6, 21, 2, 1)
    await post.alert("court", DUE, kind=AlertKind.LOOKOUT_HIT_LATE)
    assert await post.work() == 1


async def test_a_gateway_that_is_away_gets_each_message_once_afterwards(post: Post) -> None:
    gateway = await post.open(Channel.SMS)
    await post.liaison("court", phone="13800001234")
    await post.alert("court", DUE)
    post.sms.wire_faults = {WireFault.LOST_ANSWER}
    assert await post.work() == 1
    post.sms.wire_faults = set()
    for fault, minutes in ((SmsFault.QUOTA, 3), (SmsFault.BUSY, 5), (None, 10)):
        post.sms.faults = {fault} if fault else set()
        post.world.clock.advance(minutes=minutes)
        await post.work()
    assert len(post.texts) == 1
    async with post.world.sessions.system("test") as session:
        (delivery,) = await session.scalars(select(Delivery).where(Delivery.endpoint_id == gateway))
        assert (delivery.status, delivery.attempts) == (DeliveryStatus.DELIVERED, 4)
        rows = select(ExchangeEntry).filter_by(operation="notification.message").order_by(ExchangeEntry.id)
        log = list(await session.scalars(rows))
    assert [each.outcome for each in log] == ["GARBLED", "STATUS", "THROTTLED", "DONE"]
    assert len({each.request_digest for each in log}) == 1


async def test_a_liaison_who_left_or_cannot_be_reached_is_not_written_to(post: Post) -> None:
    await post.open(Channel.SMS)
    await post.liaison("court", phone="13800001234")
    await post.liaison("police", email="only@mail.test")
    await post.alert("court", DUE)
    await post.alert("police", DUE)
    post.sms.wire_faults = {WireFault.ERROR}
    assert await post.work() == 1, "the police have no mobile number, and there is no mail server"
    await post.liaison("court", phone="13900001234")
    post.sms.wire_faults = set()
    post.world.clock.advance(minutes=3)
    await post.work()
    assert [to for to, _ in post.texts] == ["13900001234"], "whoever follows is told"
    waiting = select(NotificationCause.channel).where(NotificationCause.notification_id.is_(None))
    async with post.world.sessions.system("test") as session:
        assert DeliveryStatus.WITHDRAWN in set(await session.scalars(select(Delivery.status)))
        sealed = await session.scalars(select(Liaison.email_sealed).where(Liaison.email_sealed.is_not(None)))
        assert b"only@mail.test" not in b"".join(each.raw for each in sealed)
        assert set(await session.scalars(waiting)) == {Channel.EMAIL}, "it waits for a mail server"
    post.world.clock.advance(days=8)
    await post.work()
    async with post.world.sessions.system("test") as session:
        assert list(await session.scalars(waiting)) == [], "what waited too long is not told any more"


async def test_an_alarm_about_a_units_own_deliveries_is_told_to_it_once_a_day(post: Post, client_of: ClientOf) -> None:
    await post.open(Channel.SMS)
    for unit, phone in (("court", "13800001234"), ("police", "13900005678")):
        await post.liaison(unit, phone=phone)
    draft = WebhookEndpointDraft(url="http://127.0.0.1:9999/hooks", event_types=("doublelistitem.*",))
    await client_of("county.court")
    key = await post.runtime.gate.perform(
        post.world["county.court"], Request("test", "webhook:manage"), lambda unit: endpoints.register(unit, draft)
    )
    async with post.world.sessions.system("test") as session:
        stopped = {"status": "PAUSED", "status_reason": "FAILING"}
        await session.execute(update(WebhookEndpoint).where(WebhookEndpoint.id == key).values(stopped))
    for _ in range(2):
        await post.work()
    assert [(to, "系统推送地址已停止" in said) for to, said in post.texts] == [("13800001234", True)]
    post.world.clock.advance(days=1)
    await post.work()
    assert [to for to, _ in post.texts] == ["13800001234"] * 2


def test_a_message_stays_short_and_counts_what_it_does_not_show() -> None:
    said = [Said(kind.value, None) for kind in AlertKind] * 2
    found = str(words("温县人民法院", said, Channel.SMS)["text"])
    assert "等。" in found
    assert f"有{len(said)}项" in found
    assert len(found) < 200
