"""Problem sentences of the demonstration's data files."""

from __future__ import annotations

from hub.core.texts.text import Text

DEMO_PROBLEMS: dict[str, Text] = {
    "DEMO_ROLE_NOT_HELD": Text(
        "单位在该区划不具有职能 {value}。", "The organisation does not hold the role {value} in the jurisdiction."
    ),
    "DEMO_SCOPE_NOT_GRANTABLE": Text("授权范围 {value} 超出其职能。", "The scope {value} goes beyond the roles."),
    "DEMO_LEAD_COOPERATES": Text(
        "牵头单位不得同时为配合单位，配合单位不得重复。",
        "The lead cannot cooperate too, and no unit cooperates twice.",
    ),
    "DEMO_SIDE": Text("清单类别与牵头单位不符。", "The side of the list does not fit the lead."),
    "DEMO_DEADLINE": Text("完成时限与时限类型不符。", "The deadline does not fit its kind."),
    "DEMO_PROGRESS": Text("进展与状态或进展报告不符。", "The progress does not fit the state or the reports."),
    "DEMO_NOT_APPROVED": Text(
        "该状态须有已召开会议审定清单的议定事项。", "This state needs a held meeting whose resolution passed the list."
    ),
    "DEMO_MEETING_STATE": Text(
        "会议状态与其召开、纪要或议定事项不符。",
        "The state of the meeting does not fit its session, minutes or resolutions.",
    ),
    "DEMO_COORDINATION": Text(
        "协调请求与其直接沟通、相对单位或所涉事项不符。",
        "The coordination request does not fit its direct contact, counterparts or item.",
    ),
}
