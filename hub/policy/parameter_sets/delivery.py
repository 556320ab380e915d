"""Deliveries to departments' systems, and the cadence of background work."""

from __future__ import annotations

from hub.core.texts import Text
from hub.policy.specification import Measure, ParameterSpec, number, rule

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

BROADCASTS: tuple[ParameterSpec, ...] = (
    rule(
        "broadcast.acknowledge",
        Text("银行对名单回执的期限", "time for a bank to acknowledge a list, and after each chase"),
        {"n": 1, "unit": "WORKING_DAY", "anchor": "DELIVERED"},
        Text("通知未作规定，次一工作日内。", "The notice is silent; the next working day."),
    ),
    number(
        "broadcast.chases",
        Text("银行未回执时催办的次数，此后告警", "chases of a silent bank, after which it is alarmed"),
        3,
        _TECHNICAL,
        measure=Measure.TIME,
        bounds=(0, 20),
    ),
    number(
        "broadcast.snapshot_days",
        Text("隔几日向银行发送全量名单核对", "days between two lists of everything to a bank"),
        30,
        Text("每月核对一次已撤出的名单。", "What was lifted is reconciled monthly."),
        measure=Measure.DAY,
        bounds=(1, 366),
    ),
)

CALENDAR: tuple[ParameterSpec, ...] = (
    number(
        "calendar.alert_month",
        Text("自几月起次年工作日历仍未导入即告警", "month from which a missing calendar of the next year is alarmed"),
        12,
        Text(
            "国务院办公厅一般于十一月发布次年安排。", "The State Council mostly announces the next year's in November."
        ),
        measure=Measure.MONTH,
        bounds=(1, 12),
    ),
)

SCHEDULES: tuple[ParameterSpec, ...] = tuple(
    number(key, text, minutes, _TECHNICAL, measure=Measure.MINUTE, bounds=(1, 1440))
    for key, text, minutes in (
        ("schedule.alerts.minutes", Text("检查时限、发出预警的周期", "how often deadlines are swept for alerts"), 1),
        ("schedule.deadlines.minutes", Text("重算暂定时限的周期", "how often provisional deadlines are recomputed"), 1),
        (
            "schedule.notices.minutes",
            Text("起草、送达、催办函件的周期", "how often notices are worked on"),
            1,
        ),
        ("schedule.tidying.minutes", Text("清理到期数据的周期", "how often what has expired is cleared away"), 10),
        (
            "schedule.calendar.minutes",
            Text("读取工作日历来源的周期", "how often the feed of the calendar is read"),
            1440,
        ),
        ("schedule.broadcasts.minutes", Text("向银行发送名单的周期", "how often banks are told what changed"), 60),
        ("schedule.notifications.minutes", Text("向联络员发送通知的周期", "how often liaisons are told of alerts"), 5),
        ("schedule.watch.minutes", Text("检查投递并告警的周期", "how often deliveries are checked for alarms"), 5),
    )
)
