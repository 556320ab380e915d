"""Messages to liaisons: over which channels, how urgent, when not, how often."""

from __future__ import annotations

from hub.canonical.codes import AlertKind, AlertSeverity
from hub.core.texts import Text
from hub.policy.parameter_sets.codes import NotificationChannel
from hub.policy.specification import Measure, ParameterSpec, choice, codes, flag, number

_SILENT = Text("通知未作规定。", "The notice is silent.")
_NIGHT = Text("夜间不打扰。", "Nobody is disturbed at night.")

NOTIFICATIONS: tuple[ParameterSpec, ...] = (
    codes(
        "notification.channels",
        Text("预警通知联络员的渠道", "channels over which liaisons are told of alerts"),
        NotificationChannel,
        (NotificationChannel.EMAIL, NotificationChannel.SMS),
        _SILENT,
    ),
    choice(
        "notification.severity",
        Text("达到何种级别的预警才通知", "from which severity an alert is told of"),
        AlertSeverity,
        AlertSeverity.WARNING,
        Text("提示性预警在系统内查看即可。", "What is merely informative is read in the system."),
    ),
    number(
        "notification.quiet_from",
        Text("免打扰自几点起", "hour from which nobody is disturbed"),
        21,
        _NIGHT,
        measure=Measure.HOUR,
        bounds=(0, 23),
    ),
    number(
        "notification.quiet_until",
        Text("免打扰至几点止", "hour until which nobody is disturbed"),
        8,
        _NIGHT,
        measure=Measure.HOUR,
        bounds=(0, 23),
    ),
    codes(
        "notification.urgent",
        Text("不受免打扰和间隔限制、即时通知的预警", "alerts told at once, by night and on rest days"),
        AlertKind,
        (
            AlertKind.LOOKOUT_HIT,
            AlertKind.LOOKOUT_HIT_LATE,
            AlertKind.LOOKOUT_HIT_WAITING,
            AlertKind.LOOKOUT_NOT_WITHDRAWN,
        ),
        Text("临控发现须即时通知法院出警。", "A court sets out at once when a target is met."),
    ),
    flag(
        "notification.rest_days",
        Text("休息日和节假日也发送通知", "messages are sent on rest days too"),
        default=False,
        reason=Text("留待下一工作日发送。", "They wait for the next working day."),
    ),
    number(
        "notification.gap_minutes",
        Text(
            "同一联络员同一渠道两次通知的最短间隔", "shortest time between two messages to one liaison over one channel"
        ),
        120,
        Text("间隔内的预警合并为一条。", "What comes in between goes into one message."),
        measure=Measure.MINUTE,
        bounds=(0, 10080),
    ),
    number(
        "notification.forget_days",
        Text("几日内未能发出的预警不再通知", "days after which an alert is not told of any more"),
        7,
        Text("过期的预警在系统内查看即可。", "What is old is read in the system."),
        measure=Measure.DAY,
        bounds=(1, 60),
    ),
)
