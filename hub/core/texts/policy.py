"""Problem sentences, labels and explanation sentences of policy: packs, calendars, deadlines."""

from __future__ import annotations

from hub.core.texts.text import Text

POLICY_PROBLEMS: dict[str, Text] = {
    "DOCUMENT_TOO_LARGE": Text(
        "文件超过 {limit} 字节，未导入。", "The file is larger than {limit} bytes; nothing was imported."
    ),
    "DOCUMENT_UNREADABLE": Text(
        "无法按 {format} 读取文件（第{line}行附近），未导入。",
        "The file cannot be read as {format} (near line {line}); nothing was imported.",
    ),
    "DOCUMENT_KEY_TWICE": Text("键“{key}”重复（{where}）。", "The key “{key}” appears twice ({where})."),
    "DOCUMENT_NOT_MAPPING": Text("此处应为键值结构。", "A mapping is expected here."),
    "DOCUMENT_NOT_LIST": Text("此处应为列表。", "A list is expected here."),
    "KEY_UNKNOWN": Text("不认识的键“{key}”，可用：{expected}。", "Unknown key “{key}”; known are {expected}."),
    "KEY_MISSING": Text("缺少“{key}”。", "“{key}” is missing."),
    "VALUE_TYPE": Text("“{value}”的类型不对，应为 {expected}。", "“{value}” has the wrong type; expected {expected}."),
    "VALUE_CHOICE": Text("“{value}”不在可选值之内：{expected}。", "“{value}” is not one of {expected}."),
    "VALUE_RANGE": Text("“{value}”超出范围 {expected}。", "“{value}” is outside {expected}."),
    "VALUE_REPEATED": Text("“{value}”中有重复。", "“{value}” holds repeats."),
    "VALUE_EMPTY": Text("不得为空。", "Must not be empty."),
    "VALUE_DATE": Text("“{value}”不是有效日期，应为 YYYY-MM-DD。", "“{value}” is no valid date; write YYYY-MM-DD."),
    "CALENDAR_YEAR": Text(
        "年份“{value}”无效，应为 {expected}。", "The year “{value}” is not valid; expected {expected}."
    ),
    "CALENDAR_RANGE_REVERSED": Text("起止日期颠倒：{first} 至 {last}。", "The range is reversed: {first} to {last}."),
    "CALENDAR_RANGE_LONG": Text(
        "{first} 至 {last} 超过 {limit} 天，请核对。", "{first} to {last} is longer than {limit} days; please check."
    ),
    "CALENDAR_OUTSIDE": Text(
        "{date} 不属于{year}年的安排（仅可为当年或上年12月）。",
        "{date} does not belong to the arrangement of {year} (that year, or December before).",
    ),
    "CALENDAR_DATE_TWICE": Text("{date} 重复出现。", "{date} appears twice."),
    "CALENDAR_YEAR_TWICE": Text(
        "文件中 {year} 年的安排出现不止一次，请只保留一份。",
        "The arrangement of {year} is in the file more than once; keep one.",
    ),
    "CALENDAR_YEAR_MISSING": Text(
        "文件所列年度不连续，缺少 {year} 年，请补齐后重新导入。",
        "The years of the file are not without gaps: {year} is missing; add it and import again.",
    ),
    "CALENDAR_OVERLAP": Text(
        "{date} 在一个年度的安排中放假、在另一个年度中上班，请核对。",
        "{date} is off in the arrangement of one year and worked in that of another; check both.",
    ),
    "ALARM_CALENDAR_MISSING": Text(
        "{year} 年的工作日历尚未导入，涉及该年的时限均为暂定；请导入国务院办公厅通知（hub policy import-calendar）。",
        "The working calendar of {year} is not imported, deadlines in it are provisional; import the announcement "
        "(hub policy import-calendar).",
    ),
    "CALENDAR_FEED_UNSET": Text(
        "尚未配置工作日历来源，请设置 HUB_CALENDAR_URL，或给出文件。",
        "No feed of the working calendar is configured; set HUB_CALENDAR_URL, or give a file.",
    ),
    "CALENDAR_BOTH": Text("{date} 既列为放假又列为上班。", "{date} is given both as a holiday and as a working day."),
    "CALENDAR_WEEKDAY_WORK": Text(
        "{date} 本为工作日，无需列为调休上班，请核对日期。",
        "{date} is a working day anyway, not a shifted one; please check the date.",
    ),
    "CALENDAR_STATUTORY": Text(
        "缺少法定节假日 {date}（《全国年节及纪念日放假办法》），安排不完整。",
        "The statutory holiday {date} is missing; the arrangement is not complete.",
    ),
    "CALENDAR_TOO_FEW": Text(
        "放假共 {count} 天，少于法定的 {least} 天，安排不完整。",
        "There are {count} days off, fewer than the {least} of the law; the arrangement is not complete.",
    ),
    "CALENDAR_ROWS_DIFFER": Text("各行的“{key}”须一致。", "Every row must have the same “{key}”."),
    "CALENDAR_KIND": Text(
        "类别“{value}”无效，应为 放假 或 上班（HOLIDAY 或 WORKDAY）。",
        "The kind “{value}” is not valid; write HOLIDAY or WORKDAY (放假, 上班).",
    ),
    "DEADLINE_OUT_OF_RANGE": Text(
        "期限超出可计算的日期范围。", "The deadline lies outside the dates that can be computed."
    ),
    "RECURRENCE_ENDED": Text("周期规则已结束，没有下一个日期。", "The recurrence has ended; there is no next date."),
    "PERIOD_INVALID": Text(
        "“{value}”不是有效期间，应如 2026-11、2026Q4、2026H2 或 2026。",
        "“{value}” is no valid period; write 2026-11, 2026Q4, 2026H2 or 2026.",
    ),
    "RRULE_LENGTH": Text(
        "周期规则不得为空，也不得超过 {limit} 个字符。", "A recurrence rule has 1 to {limit} characters."
    ),
    "RRULE_PART": Text(
        "周期规则不支持“{found}”，可用：{expected}。",
        "“{found}” is not supported in a recurrence rule; use {expected}.",
    ),
    "RRULE_PART_TWICE": Text("周期规则中“{found}”重复。", "“{found}” appears twice in the recurrence rule."),
    "RRULE_VALUE": Text(
        "周期规则的“{found}”无效，应为 {expected}。",
        "“{found}” is not valid in a recurrence rule; expected {expected}.",
    ),
    "RRULE_TOGETHER": Text(
        "周期规则中“{found}”不能这样合用，请改用 {expected}。",
        "“{found}” cannot stand together like this in a recurrence rule; use {expected}.",
    ),
    "PARAMETER_UNKNOWN": Text(
        "不认识的参数“{key}”，相近的有：{expected}。", "Unknown parameter “{key}”; similar ones: {expected}."
    ),
    "PARAMETER_CLAUSE": Text(
        "参数“{key}”出自通知或法律，须注明条款。",
        "The parameter “{key}” comes from a notice or a law: name the clause.",
    ),
    "PARAMETER_NOTE": Text(
        "参数“{key}”为产品默认，须用 note 说明理由，且不得注明条款。",
        "The parameter “{key}” is the product's own: say why in its note, and name no clause.",
    ),
    "PACK_VERSION_FORM": Text(
        "版本“{value}”无效，应如 2022.1。", "The version “{value}” is not valid; write it like 2022.1."
    ),
    "PACK_EFFECTIVE": Text("失效日期不得早于生效日期。", "The pack must not end before it takes effect."),
    "PACK_PLACE": Text(
        "文件位置与内容不符：{key} 应为“{expected}”，实为“{value}”。",
        "The file stands in the wrong place: its {key} is “{value}”, not “{expected}”.",
    ),
    "PACK_VERSION_TAKEN": Text(
        "版本 {version} 已导入且内容不同，请改用新的版本号。",
        "Version {version} was imported with other content; use a new version.",
    ),
    "PACK_OVERLAP": Text(
        "同一地区的政策包 {first} 与 {second} 生效期重叠。",
        "The policy packs {first} and {second} of one jurisdiction are in force at the same time.",
    ),
}

DEADLINE_STEPS: dict[str, Text] = {
    "BASIS_PACK": Text(
        "依据：{clause}（政策包 {pack}，参数 {key}）。", "Basis: {clause} (policy pack {pack}, parameter {key})."
    ),
    "BASIS_CLAUSE": Text("依据：{clause}。", "Basis: {clause}."),
    "BASIS_DEFAULT": Text(
        "通知和法律未作规定，采用产品默认（政策包 {pack}，参数 {key}）：{note}",
        "Notice and law are silent; the product default applies (policy pack {pack}, parameter {key}): {note}",
    ),
    "NOTE": Text("说明：{note}", "Note: {note}"),
    "STATED": Text("完成时限直接规定为{due}。", "The due date is stated outright: {due}."),
    "ANCHOR": Text("起算点：{anchor}，{date}。", "Counted from: {anchor}, {date}."),
    "PERIOD": Text("所属期间：{period}，{first}至{last}。", "Period: {period}, {first} to {last}."),
    "RULE": Text("规则：{rule}。", "Rule: {rule}."),
    "FIRST_DAY": Text("自{date}起计算。", "The first day counted is {date}."),
    "SKIPPED": Text("{date}（{reason}）不计入。", "{date} ({reason}) does not count."),
    "SHIFTED": Text("{date}（{reason}）调休上班，计入。", "{date} ({reason}) is a shifted working day and counts."),
    "LAST_WORKED": Text(
        "该期间最后一个工作日为{date}，取其前一个工作日。",
        "The last working day of the period is {date}; the working day before it is taken.",
    ),
    "CLAMPED": Text("该月没有{day}日，取月末{date}。", "The month has no day {day}; its last day {date} is taken."),
    "ENDS": Text("期间届满日为{date}。", "The period ends on {date}."),
    "ROLLED_NEXT": Text(
        "{date}（{reason}）非工作日，顺延至其后第一个工作日。",
        "{date} ({reason}) is not worked: moved to the next working day.",
    ),
    "ROLLED_PREVIOUS": Text(
        "{date}（{reason}）非工作日，提前至其前一个工作日。",
        "{date} ({reason}) is not worked: moved to the working day before.",
    ),
    "OCCURRENCE": Text("周期规则的下一日期为{date}。", "The next date of the recurrence is {date}."),
    "UNKNOWN_YEAR": Text(
        "{year}年放假安排尚未导入，暂按周一至周五为工作日估算；导入后将重新计算。",
        "The arrangement of {year} has not been imported: Monday to Friday are taken as worked for now, "
        "and the deadline is recomputed on import.",
    ),
    "DUE": Text("截止于{due}当日结束。", "Due by the end of {due}."),
    "DUE_PROVISIONAL": Text("暂定截止于{due}当日结束。", "Provisionally due by the end of {due}."),
}

DAY_REASONS: dict[str, Text] = {
    "WEEKEND": Text("周末", "weekend"),
    "FESTIVAL": Text("{name}放假", "{name} holiday"),
    "OVERRIDE": Text("单日调整为休息日", "set as a rest day"),
    "WORK_OVERRIDE": Text("单日调整为工作日", "set as a working day"),
    "UNKNOWN": Text("周末，{year}年安排未导入", "weekend, arrangement of {year} not imported"),
}

RULE_TEXTS: dict[str, Text] = {
    "AFTER": Text("{anchor}{start}起{n}{unit}内{roll}", "within {n} {unit} from {start} {anchor}{roll}"),
    "BEFORE": Text("{anchor}前{n}{unit}{roll}", "{n} {unit} before {anchor}{roll}"),
    "BEFORE_SAME_DAY": Text(
        "{anchor}前{n}{unit}（{anchor}当日计入）{roll}", "{n} {unit} before {anchor}, that day included{roll}"
    ),
    "ON": Text("{anchor}当日{roll}", "on the day of {anchor}{roll}"),
    "PERIOD": Text("{period}结束后{n}{unit}内{roll}", "within {n} {unit} after the end of the {period}{roll}"),
    "OCCURRENCE": Text("按周期 {rrule}，自{starts_on}起{roll}", "by the recurrence {rrule} from {starts_on}{roll}"),
}

PERIOD_END_TEXTS: dict[str, Text] = {
    "LAST_WORKING_DAY": Text("{period}末最后一个工作日", "the last working day of the {period}"),
    "WORKING_DAY_BEFORE_LAST_WORKING_DAY": Text(
        "{period}末最后一个工作日的前一个工作日", "the working day before the last working day of the {period}"
    ),
    "WORKING_DAY_BEFORE_LAST_CALENDAR_DAY": Text(
        "{period}最后一日之前的最近一个工作日", "the last working day before the last day of the {period}"
    ),
}

POLICY_LABELS: dict[str, Text] = {
    "Unit.NATURAL_DAY": Text("个自然日", "natural day(s)"),
    "Unit.WORKING_DAY": Text("个工作日", "working day(s)"),
    "Unit.MONTH": Text("个月", "month(s)"),
    "Unit.YEAR": Text("年", "year(s)"),
    "Start.NEXT_DAY": Text("次日", "the day after"),
    "Start.SAME_DAY": Text("当日", "the day of"),
    "Roll.NONE": Text("", ""),
    "Roll.NEXT_WORKING_DAY": Text("，末日非工作日的顺延", ", moved to the next working day when it is not worked"),
    "Roll.PREVIOUS_WORKING_DAY": Text(
        "，末日非工作日的提前", ", moved to the working day before when it is not worked"
    ),
    "Period.MONTH": Text("每月", "month"),
    "Period.QUARTER": Text("每季度", "quarter"),
    "Period.HALF_YEAR": Text("每半年", "half-year"),
    "Period.YEAR": Text("每年", "year"),
    "Origin.NOTICE": Text("本地通知", "local notice"),
    "Origin.LAW": Text("国家规定", "national rule"),
    "Origin.DEFAULT": Text("产品默认", "product default"),
    "Anchor.ITEM_DUE": Text("事项完成时限", "the item's due date"),
    "Anchor.OCCURRENCE": Text("周期日", "the recurring date"),
    "Anchor.PERIOD_END": Text("期间末日", "the end of the period"),
    "Anchor.LIST_SUBMITTED": Text("清单提交", "submission of the list"),
    "Anchor.COORDINATION_SENT": Text("送交协调", "sending to coordination"),
    "Anchor.COORDINATION_ESCALATED": Text("提请办公室协调", "escalation to the office"),
    "Anchor.COMPLETION_APPLIED": Text("申请办结", "application for acceptance"),
    "Anchor.REPORT_SUBMITTED": Text("提交进展报告", "submission of the report"),
    "Anchor.CHANGE_PROPOSED": Text("提出成员调整", "proposal of the member change"),
    "Anchor.MEETING_PLANNED": Text("会议召开日", "the planned meeting"),
    "Anchor.MEETING_HELD": Text("会议召开", "the meeting"),
    "Anchor.CASE_FILED": Text("立案", "filing of the case"),
    "Anchor.CASE_CLOSED": Text("结案", "closing of the case"),
    "Anchor.HEARING": Text("开庭", "the hearing"),
    "Anchor.JUDGMENT_EFFECTIVE": Text("裁判文书生效", "the judgment taking effect"),
    "Anchor.DOCUMENT_SERVED": Text("文书送达", "service of the document"),
    "Anchor.PUBLISHED": Text("公告", "publication"),
    "Anchor.RECEIVED": Text("收到", "receipt"),
    "Anchor.ACCEPTED": Text("受理", "acceptance"),
    "Anchor.APPLIED": Text("提出申请", "the application"),
    "Anchor.DECIDED": Text("作出决定", "the decision"),
    "Anchor.PERIOD_EXPIRED": Text("前一期限届满", "expiry of the preceding period"),
    "Anchor.CHANGE_OCCURRED": Text("情况变动", "the change"),
    "Anchor.CONTROL_STARTED": Text("控制措施生效", "start of the control"),
    "Anchor.LISTING_PLANNED": Text("拟纳入失信名单", "the planned listing"),
    "Anchor.LISTING_DECIDED": Text("决定纳入失信名单", "the decision to list"),
    "Anchor.DELETION_GROUND": Text("删除情形出现", "the ground for deletion"),
    "Anchor.DELIVERED": Text("交付", "delivery"),
}
