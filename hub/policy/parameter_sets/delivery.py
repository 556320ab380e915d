"""Deliveries to departments' systems, and the cadence of background work."""

from __future__ import annotations

from hub.core.texts import Text
from hub.policy.specification import Measure, ParameterSpec, number

_TECHNICAL = Text("通知不涉及的技术时限。", "A technical limit no notice speaks of.")

DELIVERY: tuple[ParameterSpec, ...] = (
    number(
        "delivery.retry.first_minutes",
        Text("投递失败后首次重试的间隔", "pause before the first retry of a delivery; doubled each time"),
        1,
        _TECHNICAL,
        measure=Measure.MINUTE,
        bounds=(1, 60),
    ),
    number(
        "delivery.retry.longest_minutes",
        Text("两次投递之间的最长间隔", "longest pause between two attempts"),
        240,
        _TECHNICAL,
        measure=Measure.MINUTE,
        bounds=(1, 1440),
    ),
    number(
        "delivery.retry.attempts",
        Text("一次投递最多尝试的次数", "attempts after which a delivery is given up"),
        60,
        _TECHNICAL,
        measure=Measure.TIME,
        bounds=(1, 1000),
    ),
    number(
        "delivery.retry.days",
        Text("一次投递最长重试的天数", "days of retrying after which a delivery is given up"),
        7,
        _TECHNICAL,
        measure=Measure.DAY,
        bounds=(1, 60),
    ),
    number(
        "delivery.circuit.failures",
        Text("连续失败几次后暂缓向该地址投递", "failures in a row after which an endpoint is left alone for a while"),
        5,
        _TECHNICAL,
        measure=Measure.TIME,
        bounds=(1, 100),
    ),
    number(
        "delivery.circuit.minutes",
        Text("暂缓投递的时长", "how long it is left alone, before a single delivery tries it again"),
        5,
        _TECHNICAL,
        measure=Measure.MINUTE,
        bounds=(1, 240),
    ),
    number(
        "delivery.pause_days",
        Text("连续失败几日后自动暂停该地址并告警", "days of failing after which an endpoint is paused, with an alarm"),
        3,
        _TECHNICAL,
        measure=Measure.DAY,
        bounds=(1, 30),
    ),
    number(
        "delivery.late_minutes",
        Text("待投递超过几分钟视为延误并告警", "minutes of waiting after which a delivery is late, with an alarm"),
        30,
        _TECHNICAL,
        measure=Measure.MINUTE,
        bounds=(1, 10080),
    ),
    number(
        "delivery.secret_overlap_days",
        Text("更换签名密钥后新旧并用的天数", "days for which the old secret signs beside a new one"),
        1,
        _TECHNICAL,
        measure=Measure.DAY,
        bounds=(0, 30),
    ),
    number(
        "delivery.kept_days",
        Text("已结束的投递记录保留的天数", "days for which ended deliveries are kept"),
        90,
        _TECHNICAL,
        measure=Measure.DAY,
        bounds=(7, 3650),
    ),
    number(
        "idempotency.kept_days",
        Text("变更的幂等键记住的天数", "days for which idempotency keys of changes are remembered"),
        30,
        _TECHNICAL,
        measure=Measure.DAY,
        bounds=(1, 3650),
    ),
)

SCHEDULES: tuple[ParameterSpec, ...] = tuple(
    number(key, text, minutes, _TECHNICAL, measure=Measure.MINUTE, bounds=(1, 1440))
    for key, text, minutes in (
        ("schedule.alerts.minutes", Text("检查时限、发出预警的周期", "how often deadlines are swept for alerts"), 1),
        ("schedule.deadlines.minutes", Text("重算暂定时限的周期", "how often provisional deadlines are recomputed"), 1),
        ("schedule.tidying.minutes", Text("清理到期数据的周期", "how often what has expired is cleared away"), 10),
        ("schedule.watch.minutes", Text("检查投递并告警的周期", "how often deliveries are checked for alarms"), 5),
    )
)
