"""Problem sentences of the demonstration's data files."""

from __future__ import annotations

from hub.core.texts.text import Text

DEMO_PROBLEMS: dict[str, Text] = {
    "DEMO_FILE_UNREADABLE": Text(
        "演示数据文件 {file} 无法读取：{problem}。", "The demonstration data file {file} cannot be read: {problem}."
    ),
    "DEMO_NOT_LIST": Text("该处应为列表。", "A list belongs here."),
    "DEMO_NOT_MAPPING": Text("该处应为键值对。", "A mapping belongs here."),
    "DEMO_NOT_TEXT": Text("该处应为单个值。", "A single value belongs here."),
    "DEMO_FIELD_MISSING": Text("缺少字段 {field}。", "The field {field} is missing."),
    "DEMO_FIELD_UNKNOWN": Text("没有名为 {field} 的字段。", "There is no field {field}."),
    "DEMO_VALUE_INVALID": Text(
        "值“{value}”无效（应为 {expected}）。", "The value “{value}” is not valid ({expected} expected)."
    ),
    "DEMO_KEY_DUPLICATE": Text("“{value}”重复出现。", "“{value}” occurs more than once."),
    "DEMO_KEY_UNKNOWN": Text("所引用的“{value}”不存在。", "“{value}” is referred to but does not exist."),
    "DEMO_CYCLE": Text("上级关系成环：{value}。", "The chain of superiors closes on itself: {value}."),
    "DEMO_USCC_KIND": Text(
        "统一社会信用代码 {value} 的前两位与机构类别不符。",
        "The first two characters of the USCC {value} do not fit the kind of organisation.",
    ),
    "DEMO_WORDING_AMBIGUOUS": Text(
        "称谓“{value}”在同一区划内指向多个单位：{units}。",
        "The wording “{value}” stands for several units of one jurisdiction: {units}.",
    ),
    "DEMO_UNIT_ENDED": Text(
        "单位“{value}”已撤并，不得在此使用。", "The unit “{value}” has ended and cannot stand here."
    ),
    "DEMO_VALIDITY": Text("有效期或承继关系不一致。", "Validity or succession is inconsistent."),
    "DEMO_ROLE_NOT_HELD": Text(
        "单位在该区划不具有职能 {value}。", "The organisation does not hold the role {value} in the jurisdiction."
    ),
    "DEMO_SCOPE_NOT_GRANTABLE": Text("授权范围 {value} 超出其职能。", "The scope {value} goes beyond the roles."),
    "DEMO_BODY_INCOMPLETE": Text(
        "协调机构须有召集人，且只有一个办公室。", "A body needs a convenor and exactly one office."
    ),
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
    "DEMO_COURT": Text(
        "法院代字只属于法院，且每个法院都须有。", "A court code belongs to courts, and every court has one."
    ),
    "DEMO_LEVEL": Text("区划级别与代码或上级不符。", "The level does not fit the code or the parent."),
    "DEMO_ROLE_DERIVED": Text(
        "上级部门职能由上级关系得出，不得登记为职能。",
        "The role of superior department follows from the superior links and is not registered.",
    ),
}
