"""Problem sentences of linkage."""

from __future__ import annotations

from hub.core.texts.text import Text

LINKAGE_PROBLEMS: dict[str, Text] = {
    "EVENT_NOT_NOW": Text(
        "当前状态“{state}”下不能“{event}”，请先查看 availableEvents。",
        "“{event}” is not possible in the state “{state}”; see availableEvents.",
    ),
    "ACTOR_NOT_PERMITTED": Text("“{event}”只能由{actors}办理。", "“{event}” may be done by {actors} only."),
    "ITEM_UNRESOLVED": Text(
        "导入时有 {count} 处内容未能识别，请先修改草稿予以明确。",
        "{count} passages of the import are unresolved; edit the draft first.",
    ),
    "LEAD_MISSING": Text("请填写牵头单位。", "Name the lead unit."),
    "DEADLINE_MISSING": Text("请明确时限类型。", "Give the kind of deadline."),
    "DUE_DATE_MISSING": Text("固定时限的事项须填写完成时限。", "A FIXED item needs a due date."),
    "DUE_DATE_NOT_ALLOWED": Text(
        "长期坚持或定期开展的事项不得填写完成时限。", "A LONG_TERM or RECURRING item has no due date."
    ),
    "RECURRENCE_MISSING": Text("定期开展的事项须填写重复规则。", "A RECURRING item needs a recurrence rule."),
    "RECURRENCE_NOT_ALLOWED": Text(
        "只有定期开展的事项可填写重复规则。", "Only a RECURRING item has a recurrence rule."
    ),
    "LEAD_ALSO_COOPERATING": Text(
        "牵头单位不得同时列为配合单位。", "The lead unit must not also be a cooperating unit."
    ),
    "COOPERATING_TWICE": Text(
        "配合单位重复，请删除重复项。", "A cooperating unit is named twice; remove the repetition."
    ),
    "COORDINATION_MEETING_MISSING": Text(
        "请先为本年度清单安排协调会议，再提交协调；以往年度的会议不算。",
        "Plan a coordination meeting for this list first; one held before the list was opened does not count.",
    ),
    "CONFIRMATIONS_MISSING": Text(
        "尚有 {count} 个单位未确认；请等待确认，或填写分歧说明。",
        "{count} units have not confirmed; wait, or note the dispute.",
    ),
    "APPROVAL_NEEDS_MEETING": Text(
        "清单须经联席会议审定：请引用已召开会议中审定本清单的议定事项。",
        "The joint meeting approves the list: refer to a resolution of a held meeting that approves this list.",
    ),
    "DECISION_NEEDS_MEETING": Text(
        "该决定须由联席会议作出：请引用已召开会议的议定事项。",
        "The joint meeting decides this: refer to a resolution of a held meeting.",
    ),
    "PERCENT_BY_LEAD_ONLY": Text("进度百分比由牵头单位填写。", "The percentage is given by the lead unit."),
    "ADJUSTMENT_EMPTY": Text("请至少填写一项调整内容。", "Name at least one change."),
    "MATTER_NEEDS_MEETING": Text(
        "该事项须由领导小组（联席会议）同意：请列入会议议题，并引用该次已召开会议的议定事项。",
        "The body in session approves the matter: put it on a meeting's agenda and name what that meeting resolved.",
    ),
    "MINUTES_REQUIRED": Text("请先印发会议纪要，再分解交办。", "Issue the minutes first, then dispatch."),
    "CONVENOR_REQUIRED": Text(
        "按政策包规定，该决定须由召集人作出，或引用已召开会议的议定事项。",
        "By the policy pack the convenor decides this; or refer to a resolution of a held meeting.",
    ),
    "OFFICE_REQUIRED": Text("按政策包规定，该决定由办公室作出。", "By the policy pack the office decides this."),
    "GOVERNMENT_REQUIRED": Text(
        "按政策包规定，该决定由本级政府作出。", "By the policy pack the government decides this."
    ),
    "ADJUSTMENT_TOO_LATE": Text(
        "调整时限须在 {date} 前提出；逾期事项请在会议上说明，或申请结转。",
        "A new date must be asked for by {date}; explain an overdue item in a meeting, or have it carried over.",
    ),
    "ADJUSTMENTS_EXHAUSTED": Text(
        "每个事项最多调整 {most} 次，已用完；请提请联席会议决定。",
        "An item may be adjusted {most} times, and has been; bring it before the joint meeting.",
    ),
    "CONSENT_MISSING": Text(
        "请填写召集人同意的文号或记录，或引用议定事项。", "Name the convenor's consent, or a resolution."
    ),
    "DELIVERABLES_MISSING": Text("请填写成果及佐证材料。", "Name the deliverables and evidence."),
    "KPI_EVIDENCE_MISSING": Text("请填写指标“{name}”的完成值。", "Give the value reached of the KPI “{name}”."),
    "CARRY_OVER_TOO_EARLY": Text("结转自 {date} 起办理。", "Carry-over is possible from {date} on."),
    "RESPONSIBILITY_INCOMPLETE": Text(
        "按政策包规定，该责任要素必须明确，请填写。", "The policy pack wants this named; fill it in."
    ),
    "NOT_A_DRAFT": Text(
        "只有草稿可以修改；实施中的事项请申请调整。", "Only a draft can be edited; request an adjustment."
    ),
    "DRAFT_NOT_YOURS": Text(
        "草稿由申报单位、牵头单位或联席会议办公室修改。", "A draft is edited by its proposer, its lead or the office."
    ),
    "LIST_EXISTS": Text("该区划 {year} 年度双清单已建立。", "The double list of {year} already exists."),
    "LIST_MISSING": Text(
        "{year} 年度双清单尚未建立，请联系联席会议办公室。",
        "The list of {year} is not open yet; ask the joint-meeting office.",
    ),
    "LIST_NOT_OPEN": Text(
        "{year} 年度双清单已停止申报，修改须经修订程序。", "The list of {year} takes no proposals; it must be amended."
    ),
    "LIST_EMPTY": Text("清单没有事项。", "The list has no item."),
    "LIST_UNSETTLED": Text("尚有 {count} 项未协调一致。", "{count} items are not settled yet."),
    "LIST_UNFINISHED": Text("尚有 {count} 项未办结、撤销或结转。", "{count} items have not ended yet."),
    "RECORDING_BY_OFFICE_ONLY": Text(
        "只有本区划的联席会议办公室可以代单位录入。",
        "Only the joint-meeting office of the jurisdiction records for units.",
    ),
    "RECORDING_NOT_ALLOWED": Text(
        "本区划政策不允许办公室代录。", "The policy of the jurisdiction does not allow recording for units."
    ),
    "RECORDING_FOR_STRANGER": Text(
        "onBehalfOf 须为该事项的责任单位。", "onBehalfOf must be a responsible unit of the object."
    ),
    "JURISDICTION_UNKNOWN": Text("没有区划代码 {code}。", "There is no jurisdiction {code}."),
    "BODY_MISSING": Text(
        "该区划尚未建立联席会议或领导小组。", "The jurisdiction has no joint meeting or leading group yet."
    ),
    "ORGANIZATION_UNKNOWN": Text("单位不存在，请核对标识。", "There is no such organisation; check the id."),
    "ORGANIZATION_ENDED": Text(
        "该单位已撤销或更名，请使用承继单位。", "The organisation has ended; use its successor."
    ),
    "COUNTERPARTS_INVALID": Text(
        "请至少填写一个对接单位，且不得为本单位。", "Name at least one counterpart, other than your own unit."
    ),
    "DIRECT_CONTACT_FIRST": Text(
        "请先与对方单位直接对接，无法达成共识的再提请办公室协调。",
        "Contact the other unit directly first; escalate what cannot be agreed.",
    ),
    "EXTENSION_NOT_LATER": Text("新时限须晚于原时限。", "The new due date must be later than the old one."),
    "AGENDA_EMPTY": Text("请先征集至少一项议题。", "Collect at least one agenda item first."),
    "CHAIR_NOT_ENTITLED": Text(
        "会议由召集人，或受其委托的常务副召集人、副召集人主持。",
        "The convenor or a delegated deputy convenor chairs the meeting.",
    ),
    "CHAIR_NOT_A_MEMBER": Text(
        "主持人须为本协调机构现任成员，请核对其职务和单位。",
        "The chair holds a post of the body; check role and organisation.",
    ),
    "LIST_NEEDS_PLENARY": Text(
        "双清单由全体会议审定，请在全体会议上登记该议定事项。",
        "Only a plenary approves a double list.",
    ),
    "CONFIRMED_ALREADY": Text(
        "本单位已确认，不必重复；不同意的请提出异议。", "Your unit has confirmed already; dispute it to disagree."
    ),
    "ROUTE_NOT_HORIZONTAL": Text(
        "横向联系的双方须为同一层级单位，请改选联系路径。",
        "A horizontal path joins units of one level.",
    ),
    "ROUTE_NOT_VERTICAL": Text(
        "纵向联系的双方须为不同层级单位，请改选联系路径。", "A vertical path joins units of two levels."
    ),
    "ROUTE_NOT_POINT_TO_POINT": Text(
        "点对点联系须有一方为法院，请改选联系路径。", "A point-to-point path has a court on one side."
    ),
    "DELEGATION_MISSING": Text("副召集人主持须填写召集人的委托依据。", "A deputy needs the convenor's delegation."),
    "ATTENDANCE_MISSING": Text("请登记到会单位。", "Record who attended."),
    "ATTENDEE_TWICE": Text("同一单位的出席情况重复登记。", "The attendance of a unit is recorded twice."),
    "HELD_IN_FUTURE": Text("召开时间不得晚于当前时间。", "The meeting cannot have been held in the future."),
    "RESOLUTIONS_OPEN": Text("尚有 {count} 项议定事项未落实。", "{count} resolutions have not ended yet."),
    "CHANGE_OF_OTHER_UNIT": Text(
        "成员调整由所在单位或联席会议办公室提出。", "A change is proposed by the unit itself or the office."
    ),
    "CHANGE_NOT_YET_EFFECTIVE": Text("该调整自 {date} 起生效。", "The change takes effect on {date}."),
    "MEMBER_ALREADY": Text("该单位已是成员。", "The unit already is a member."),
    "MEMBER_MISSING": Text("该单位不是现任成员。", "The unit is not a current member."),
    "LIAISON_OF_OTHER_UNIT": Text(
        "联络员由本单位或联席会议办公室指定。", "A liaison is named by the unit itself or the office."
    ),
    "NOT_RESPONSIBLE": Text("只有责任单位可以明确责任人。", "Only a responsible unit names who answers for it."),
}
