"""Bodies, meetings, the double list and its items."""

from __future__ import annotations

from hub.canonical.codes import BodyKind, MembershipRole
from hub.core.texts import Text
from hub.policy.parameter_sets.codes import ReportRecipient, ResponsibilityField
from hub.policy.periods import Period
from hub.policy.specification import (
    NO_SUCH_PRACTICE,
    SILENT,
    Approver,
    Measure,
    ParameterSpec,
    choice,
    codes,
    days,
    flag,
    label,
    number,
    rule,
)
from hub.policy.values import Domain, ValueKind

_CHAIRS = (MembershipRole.CONVENOR, MembershipRole.EXECUTIVE_DEPUTY_CONVENOR, MembershipRole.DEPUTY_CONVENOR)

BODY: tuple[ParameterSpec, ...] = (
    choice(
        "body.kind", Text("议事机构形式", "form of the coordinating body"), BodyKind, BodyKind.JOINT_MEETING, SILENT
    ),
    label(
        "body.office.host",
        Text("办事机构设在的单位", "organisation that hosts the office"),
        Text("召集人指定的单位", "the organisation the convenor names"),
    ),
    flag(
        "member.liaison.required",
        Text("成员单位须指定联络员", "each member unit names a liaison"),
        default=True,
        reason=Text("没有联络员，提醒无从送达。", "Without a liaison no reminder reaches a unit."),
    ),
    choice(
        "member.change.approver",
        Text("批准成员调整的主体", "who approves a change of members"),
        Approver,
        Approver.CONVENOR,
        Text("通知未作规定，成员由召集人决定。", "The notice is silent; the convenor decides on members."),
    ),
    codes(
        "responsibility.fields",
        Text("须明确的责任要素", "what a unit must name as responsible"),
        ResponsibilityField,
        (ResponsibilityField.PERSON,),
        Text("通知未作规定，至少明确到人。", "The notice is silent; at least a person is named."),
    ),
    flag(
        "office.records_for_units",
        Text("办公室可代无系统的单位录入", "the office may record for a unit without a system"),
        default=True,
        reason=Text(
            "部分单位没有业务系统，由办公室代录并留痕。", "Some units have no system; the office records, traceably."
        ),
    ),
)

MEETINGS: tuple[ParameterSpec, ...] = (
    number(
        "meeting.plenary.per_year",
        Text("每年全体会议最少次数", "plenary meetings a year, at least"),
        1,
        Text("通知未作规定，每年至少一次才能审定清单。", "The notice is silent; approving the list takes one a year."),
        measure=Measure.TIME,
        bounds=(0, 12),
    ),
    number(
        "meeting.plenary.alert_month",
        Text("未开全体会议开始提醒的月份", "month from which a missing plenary is alerted"),
        10,
        Text("进入第四季度仍未召开的提醒。", "Alert when the fourth quarter begins without one."),
        measure=Measure.MONTH,
        bounds=(1, 12),
    ),
    codes(
        "meeting.chair.roles",
        Text("可主持全体会议的角色", "roles that may chair a plenary"),
        MembershipRole,
        _CHAIRS,
        Text("召集人主持，或委托副职主持。", "The convenor chairs, or a deputy by delegation."),
    ),
    flag(
        "meeting.chair.delegation_required",
        Text("非召集人主持须有委托", "anyone but the convenor chairs by delegation"),
        default=True,
        reason=Text("主持权在召集人。", "The chair is the convenor's."),
    ),
    rule(
        "meeting.notice",
        Text("会议通知最迟发出时间", "latest day to issue the notice of a meeting"),
        {"n": 3, "unit": "WORKING_DAY", "anchor": "MEETING_PLANNED", "direction": "BEFORE"},
        Text("给成员单位留出准备时间。", "Member units need time to prepare."),
    ),
    flag(
        "meeting.minutes.required",
        Text("须形成会议纪要", "minutes must be issued"),
        default=True,
        reason=Text("议定事项以纪要为据。", "Resolutions rest on minutes."),
    ),
    rule(
        "meeting.minutes",
        Text("会议纪要印发期限", "time to issue the minutes"),
        {"n": 10, "unit": "WORKING_DAY", "anchor": "MEETING_HELD"},
        Text("通知未定期限，十个工作日内印发。", "No period in the notice; ten working days."),
    ),
    rule(
        "meeting.credit",
        Text("政务诚信协调督办会周期", "cycle of meetings on government integrity"),
        None,
        NO_SUCH_PRACTICE,
    ),
)

LISTS: tuple[ParameterSpec, ...] = (
    choice(
        "list.approver",
        Text("审定清单的主体", "who approves the list"),
        Approver,
        Approver.BODY,
        Text("清单经议事机构审定方有约束力。", "The list binds because the body approves it."),
    ),
    flag(
        "list.approval.needs_held_meeting",
        Text("须在已召开的会议上审定", "approval only in a meeting that was held"),
        default=True,
        reason=Text("审定须有会议依据。", "Approval rests on a meeting."),
    ),
    flag(
        "list.coordination.required",
        Text("审定前须召开协调会议", "a coordination meeting comes before approval"),
        default=True,
        reason=Text("分工和时限须先协调一致。", "Roles and dates are agreed first."),
    ),
    choice(
        "list.revision.approver",
        Text("批准后修订清单的主体", "who approves a revision after approval"),
        Approver,
        Approver.CONVENOR,
        Text("会后修订由召集人同意。", "Between meetings the convenor consents."),
    ),
    ParameterSpec(
        "list.carry_over.on",
        Domain(ValueKind.MONTH_DAY),
        Text("年末结转日", "day of the yearly carry-over"),
        "12-31",
        Text("清单按年度编制，年末结转。", "Lists are yearly."),
    ),
    choice(
        "matter.approver",
        Text("批准联动事项的主体", "who approves a linkage matter"),
        Approver,
        Approver.BODY,
        Text("与清单事项同一程序。", "The same procedure as list items."),
    ),
    rule(
        "coordination.confirm",
        Text("单位确认分工的期限", "time for a unit to confirm its part"),
        {"n": 5, "unit": "WORKING_DAY", "anchor": "COORDINATION_SENT"},
        Text("通知未定期限，五个工作日。", "No period in the notice; five working days."),
    ),
    rule(
        "coordination.resolve",
        Text("办公室协调分歧的期限", "time for the office to settle a dispute"),
        {"n": 15, "unit": "WORKING_DAY", "anchor": "COORDINATION_ESCALATED"},
        Text("通知未定期限，十五个工作日。", "No period in the notice; fifteen working days."),
    ),
    flag(
        "coordination.direct_contact_first",
        Text("先直接对接，未达成共识再由办公室协调", "units talk first, the office settles what stays disputed"),
        default=True,
        reason=Text("先沟通后协调。", "Talk first."),
    ),
)

ITEMS: tuple[ParameterSpec, ...] = (
    days(
        "item.alert.before",
        Text("到期前提醒（日）", "days before the due date on which to alert"),
        [0, 3, 7],
        Text("到期前一周、三日和当日提醒。", "A week, three days before, and on the day."),
    ),
    days(
        "item.alert.after",
        Text("逾期后提醒（日）", "days after the due date on which to alert"),
        [1, 7, 15, 30],
        Text("逾期次日起逐步加密督促。", "From the day after, at widening steps."),
    ),
    number(
        "item.escalate.after",
        Text("逾期后报上级的天数", "days overdue before the superior is told"),
        15,
        Text("逾期半月仍未办结的，报其上级。", "Half a month overdue goes to the superior."),
        measure=Measure.DAY,
        bounds=(1, 366),
    ),
    rule(
        "item.progress.report",
        Text("有时限事项进展报告期限", "when the progress report of a dated item is due"),
        {"period": "QUARTER", "n": 5, "roll": "NEXT_WORKING_DAY"},
        Text(
            "通知只定定期跟进，按季度，次月五日前报告。", "The notice says only “regularly”: quarterly, by the fifth."
        ),
    ),
    rule(
        "item.long_term.report",
        Text("长期坚持事项报告期限（至少每季度）", "when the report of a long-term item is due (at least quarterly)"),
        {"period": "QUARTER", "n": 5, "roll": "NEXT_WORKING_DAY"},
        Text(
            "长期坚持事项没有截止日，至少每季度报告，次月五日前，遇休息日顺延。",
            "A long-term item has no due date: a report every quarter at least, by the fifth, rolled over rest days.",
        ),
        periods=(Period.MONTH, Period.QUARTER),
    ),
    rule(
        "item.recurring.report",
        Text("周期事项报告期限", "when the report of a recurring item is due"),
        {"n": 5, "unit": "WORKING_DAY", "anchor": "OCCURRENCE"},
        Text("每个周期日后五个工作日内报告。", "Within five working days after each date."),
    ),
    rule(
        "item.report.review",
        Text("办公室审阅进展报告期限", "time for the office to review a report"),
        {"n": 5, "unit": "WORKING_DAY", "anchor": "REPORT_SUBMITTED"},
        Text("通知未定期限，五个工作日。", "No period in the notice; five working days."),
    ),
    rule(
        "item.acceptance",
        Text("办公室验收期限", "time for the office to accept a completed item"),
        {"n": 10, "unit": "WORKING_DAY", "anchor": "COMPLETION_APPLIED"},
        Text("通知未定期限，十个工作日。", "No period in the notice; ten working days."),
    ),
    rule(
        "item.adjust.request",
        Text("申请调整的最迟时间", "latest day to request an adjustment"),
        {"n": 5, "unit": "WORKING_DAY", "anchor": "ITEM_DUE", "direction": "BEFORE"},
        Text("到期前提出，避免以调整掩盖逾期。", "Before the due date, so that adjusting hides no delay."),
    ),
    number(
        "item.adjust.most",
        Text("每个事项最多调整次数", "adjustments of one item, at most"),
        2,
        Text("防止一再延期。", "Against endless postponement."),
        measure=Measure.TIME,
        bounds=(0, 12),
    ),
    choice(
        "item.adjust.deadline_or_lead.approver",
        Text("批准调整时限或牵头单位的主体", "who approves a change of deadline or lead"),
        Approver,
        Approver.CONVENOR,
        Text("改变会议审定的时限和牵头单位，由召集人批准。", "It changes what the meeting approved."),
    ),
    choice(
        "item.adjust.other.approver",
        Text("批准其他调整的主体", "who approves other adjustments"),
        Approver,
        Approver.OFFICE,
        Text("不改变时限和牵头单位的，由办公室批准。", "It leaves deadline and lead alone."),
    ),
    choice(
        "item.suspend.approver",
        Text("同意中止事项的主体", "who consents to suspending an item"),
        Approver,
        Approver.CONVENOR,
        Text("中止等同于推迟审定的时限。", "Suspending postpones what was approved."),
    ),
    choice(
        "item.cancel.approver",
        Text("决定取消事项的主体", "who decides to cancel an item"),
        Approver,
        Approver.BODY,
        Text("谁审定、谁取消。", "Who approved it cancels it."),
    ),
    codes(
        "item.progress.recipients",
        Text("落实情况的报告对象", "who is told of the implementation"),
        ReportRecipient,
        (ReportRecipient.MEMBER_UNITS,),
        Text("向成员单位通报。", "The member units are told."),
    ),
)
