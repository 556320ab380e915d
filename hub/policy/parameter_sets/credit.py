"""Government integrity: subjects, notices, punishment, repair, fees."""

from __future__ import annotations

from hub.canonical.punishment_codes import MeasureCatalogueVersion, PunishmentField
from hub.canonical.repair_codes import Severity
from hub.canonical.supervision_codes import AssessmentScheme
from hub.core.texts import Text
from hub.policy.parameter_sets.codes import PersonTarget, RepairChannel, ReportRecipient, SubjectKind
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

_PUBLICITY = "信用修复管理办法（国家发展改革委令第36号）公示期条款"

SUBJECTS: tuple[ParameterSpec, ...] = (
    codes(
        "subject.kinds",
        Text("政务主体范围", "kinds of government subjects"),
        SubjectKind,
        (SubjectKind.ADMINISTRATIVE_ORGAN, SubjectKind.PUBLIC_INSTITUTION),
        Text("通知未作规定，限于机关和事业单位。", "The notice is silent: organs and public institutions."),
    ),
    flag(
        "reminder.on_filing",
        Text("起诉政府案件起草提醒函", "a reminder is drafted when the government is sued"),
        default=False,
        reason=NO_SUCH_PRACTICE,
    ),
    flag(
        "urging.on_loss",
        Text("政府败诉案件起草督促函", "an urging letter is drafted when the government loses"),
        default=False,
        reason=NO_SUCH_PRACTICE,
    ),
    flag(
        "urging.by_court_period",
        Text("督促期限取法院判定的履行期限", "the urging letter takes the court's period for performance"),
        default=True,
        reason=Text("履行期限由裁判文书确定。", "The judgment fixes the period."),
    ),
    days(
        "urging.alert.before",
        Text("履行期限前提醒（日）", "days before the period for performance ends on which to alert"),
        [0, 7],
        Text("期限前一周和当日提醒。", "A week before, and on the day."),
    ),
    flag(
        "order.on_listing",
        Text("列入失信后起草交办（督办）单", "an assignment order is drafted on listing"),
        default=False,
        reason=NO_SUCH_PRACTICE,
    ),
    flag(
        "notice.copies_superior",
        Text("函件同时抄送上级主管部门", "notices also go to the superior authority"),
        default=False,
        reason=NO_SUCH_PRACTICE,
    ),
    choice(
        "overdue_list.approver",
        Text("核定逾期未整改名单的主体", "who approves the list of overdue subjects"),
        Approver,
        Approver.GOVERNMENT,
        Text("对政府机构加重惩戒须由政府核定。", "Harsher measures against organs need the government's word."),
    ),
)

PUNISHMENT: tuple[ParameterSpec, ...] = (
    codes(
        "punishment.fields",
        Text("联合惩戒领域和措施", "fields and measures of joint punishment"),
        PunishmentField,
        (),
        NO_SUCH_PRACTICE,
    ),
    codes(
        "punishment.persons",
        Text("惩戒涉及的人员", "persons the measures extend to"),
        PersonTarget,
        (),
        NO_SUCH_PRACTICE,
    ),
    choice(
        "punishment.catalogue",
        Text("联合惩戒措施目录版本", "version of the catalogue of measures"),
        MeasureCatalogueVersion,
        MeasureCatalogueVersion.V2021_1,
        Text("取最近一版；已决定的措施不随目录改变。", "The latest; what was ordered does not change with it."),
    ),
    codes(
        "punishment.approval",
        Text("须经核定逾期名单的惩戒措施", "measures that need an approved list of overdue subjects"),
        PunishmentField,
        (),
        NO_SUCH_PRACTICE,
    ),
    flag(
        "punishment.auto",
        Text("依法应当采取的措施精确比中即自动决定", "mandatory measures are ordered at once on an exact match"),
        default=False,
        reason=Text("对主体有重大影响的决定由人作出。", "What weighs heavily on a subject is decided by a person."),
    ),
    rule(
        "punishment.lift",
        Text("失信信息删除后解除惩戒措施的期限", "time to lift a measure after the listing is deleted"),
        {"n": 3, "unit": "WORKING_DAY", "anchor": "RECEIVED"},
        Text(
            "通知未作规定，与法院删除期限一致，取三个工作日。",
            "The notice is silent; as long as a court has to delete.",
        ),
    ),
    number(
        "punishment.assignment.days",
        Text("指定实施单位的期限（日）；零为不设期限", "days for which an implementer is named; 0: until it is ended"),
        0,
        NO_SUCH_PRACTICE,
        measure=Measure.DAY,
        bounds=(0, 3660),
    ),
    days(
        "punishment.orphan.after",
        Text("措施无人实施后第几日预警并催办", "days after a measure is nobody's on which to alert and urge"),
        [0, 3, 7],
        Text("当日起预警，直至另行指定。", "From that day on, until another is named."),
    ),
    days(
        "punishment.residual.after",
        Text("解除逾期后第几日预警并催办", "days after the lift is due on which to alert and urge"),
        [1, 3, 5],
        Text("逾期次日起预警，逐次催办。", "From the day after, with an urging each time."),
    ),
    number(
        "punishment.escalate.after",
        Text("解除逾期几日后告知上级主管部门", "days after the lift was due before the superior is told"),
        5,
        Text("催办仍不解除，由上级主管部门督促。", "Where urging was in vain the superior is told."),
        measure=Measure.DAY,
        bounds=(1, 366),
    ),
    number(
        "punishment.verify.days",
        Text("解除后几日内核验", "days after a lift within which it is verified"),
        5,
        Text("及时核验，避免假解除。", "Looked at soon, lest a lift is none."),
        measure=Measure.DAY,
        bounds=(1, 366),
    ),
    flag(
        "award.restricted",
        Text("未履行的取消当年度评先评优资格", "no awards in the year while unperformed"),
        default=False,
        reason=NO_SUCH_PRACTICE,
    ),
    codes(
        "assessment.on_listing",
        Text("列入失信后计入的考核", "schemes of assessment that a listing enters"),
        AssessmentScheme,
        (),
        NO_SUCH_PRACTICE,
    ),
    flag(
        "assessment.veto",
        Text("评查负面的年终考核一票否决", "a negative review vetoes the yearly assessment"),
        default=False,
        reason=NO_SUCH_PRACTICE,
    ),
    flag(
        "review.dual_evaluation",
        Text("一案双评", "dual evaluation of a case"),
        default=False,
        reason=NO_SUCH_PRACTICE,
    ),
    flag(
        "preservation.dual_assessment",
        Text("保全前双重评估", "dual assessment before preservation"),
        default=False,
        reason=NO_SUCH_PRACTICE,
    ),
    flag(
        "fund_clue.push",
        Text("财政部门向法院推送资金线索", "the finance department pushes fund clues to the court"),
        default=False,
        reason=NO_SUCH_PRACTICE,
    ),
    flag(
        "budget.performance_plan",
        Text("涉党政机关执行款项列入预算", "payments owed by organs enter the budget by plan"),
        default=False,
        reason=NO_SUCH_PRACTICE,
    ),
    flag(
        "fee.advance_by_government",
        Text("诉讼费由政务机关先行垫付", "the government body advances the litigation fee"),
        default=False,
        reason=Text(
            "《诉讼费用交纳办法》第二十条由原告预交；仅在本地另有规定时启用。",
            "By national rule the plaintiff prepays; only a local rule turns this on.",
        ),
    ),
)

REPAIR: tuple[ParameterSpec, ...] = (
    codes(
        "repair.channels",
        Text("信用修复渠道", "channels of credit repair"),
        RepairChannel,
        (RepairChannel.SUBJECT_APPLICATION,),
        Text("通知未作规定，由主体申请。", "The notice is silent: the subject applies."),
    ),
    rule(
        "repair.materials",
        Text("信用修复材料核对期限", "time to check the materials of a repair"),
        {"n": 5, "unit": "WORKING_DAY", "anchor": "APPLIED"},
        Text(
            "通知未定，取地方信用条例的平台核对时限。",
            "No notice sets it; the platform's time by the local regulation.",
        ),
    ),
    rule(
        "repair.verify",
        Text("认定单位核实期限", "time for whoever recognised the conduct to verify"),
        {"n": 7, "unit": "WORKING_DAY", "anchor": "ACCEPTED"},
        Text(
            "通知未定，取地方信用条例中须向信息来源单位核实的时限。",
            "No notice sets it; the local regulation's time where the source has to be asked.",
        ),
    ),
    rule(
        "repair.shield",
        Text("法院删除后信用平台屏蔽的期限", "time to shield on the credit platform after the court's deletion"),
        {"n": 1, "unit": "WORKING_DAY", "anchor": "CHANGE_OCCURRED"},
        Text("通知未定，取地方信用条例的修复时限。", "No notice sets it; the local regulation's time for a repair."),
    ),
    label(
        "repair.reorganisation.tax",
        Text("公布重大税收违法信息的税务部门名称", "name of the tax authority that publishes grave tax offences"),
        Text("税务局", "tax bureau"),
    ),
    rule(
        "repair.reorganisation.stop",
        Text("重整裁定后停止公布的期限", "time to stop publishing upon a ruling of reorganisation"),
        {"n": 3, "unit": "WORKING_DAY", "anchor": "RECEIVED"},
        SILENT,
    ),
    rule(
        "repair.restore",
        Text("撤销修复后恢复公示的期限", "time to restore publicity after a repair is revoked"),
        {"n": 1, "unit": "WORKING_DAY", "anchor": "DECIDED"},
        Text("通知未定，取地方信用条例的撤销传递时限。", "No notice sets it; the local time to pass a revocation on."),
    ),
    rule(
        "objection.data",
        Text("信用平台核对异议的期限", "time for the platform to check an objection to its data"),
        {"n": 3, "unit": "WORKING_DAY", "anchor": "APPLIED"},
        Text("通知未定，取地方信用条例的时限。", "No notice sets it; the local regulation's time."),
    ),
    rule(
        "objection.source",
        Text("须向来源单位核实的异议的期限", "time for an objection whose source has to be asked"),
        {"n": 7, "unit": "WORKING_DAY", "anchor": "APPLIED"},
        Text("通知未定，取地方信用条例的时限。", "No notice sets it; the local regulation's time."),
    ),
    *(
        rule(
            f"repair.publicity.{severity}.{bound}",
            Text(f"{name}失信信息{'最短' if bound == 'least' else '最长'}公示期", f"{bound} publicity, {severity}"),
            {"n": months, "unit": "MONTH", "anchor": "DECIDED"},
            Text("国家规定的公示期。", "The period of publicity by national rule."),
            clause=_PUBLICITY,
        )
        for severity, name, bound, months in (
            ("minor", "轻微", "most", 3),
            ("general", "一般", "least", 3),
            ("general", "一般", "most", 12),
            ("serious", "严重", "least", 12),
            ("serious", "严重", "most", 36),
        )
    ),
    choice(
        "repair.severity",
        Text("失信被执行人信息的失信程度", "severity of a listing of a dishonest judgment debtor"),
        Severity,
        Severity.SERIOUS,
        Text("失信被执行人列入严重失信主体名单。", "A dishonest judgment debtor is on a list of serious dishonesty."),
    ),
    days(
        "dishonesty.grace.alert",
        Text("宽限期届满前几日提醒法院", "days before a grace ends on which its court is told"),
        [0, 7],
        Text("期满前一周和当日提醒。", "A week before, and on the day."),
    ),
    number(
        "dishonesty.archive_days",
        Text("失信信息终结后几日归档", "days after the end of a listing until it is archived"),
        365,
        Text("通知未作规定，满一年归档。", "The notice is silent; after a year."),
        measure=Measure.DAY,
        bounds=(0, 3660),
    ),
    rule(
        "dishonesty.grace",
        Text("纳入失信名单的宽限期", "grace period before listing"),
        {"n": 1, "unit": "MONTH", "anchor": "LISTING_DECIDED"},
        Text("法发〔2019〕35号允许一至三个月，取最短。", "法发〔2019〕35号 allows one to three months; the shortest."),
    ),
    rule(
        "dishonesty.delete",
        Text("删除失信信息期限", "time to delete a listing"),
        {"n": 3, "unit": "WORKING_DAY", "anchor": "DELETION_GROUND"},
        Text("法院职责，平台监督。", "The court's duty; watched here."),
        clause="最高人民法院关于公布失信被执行人名单信息的若干规定（2017年修正）第十条",
    ),
    rule(
        "prelisting.notice",
        Text("拟纳入失信前通报信用办的时间", "when the credit office is told of a planned listing"),
        None,
        NO_SUCH_PRACTICE,
    ),
    rule(
        "judicial_suggestion.reply",
        Text("司法建议回复期限", "time to reply to a judicial suggestion"),
        {"n": 2, "unit": "MONTH", "anchor": "RECEIVED"},
        Text("国家规定的一般期限。", "The usual period by national rule."),
        clause="法释〔2023〕11号 第八条",
    ),
    codes(
        "judicial_suggestion.copies",
        Text("对失信主体的司法建议抄送对象", "who receives judicial suggestions on dishonest bodies"),
        ReportRecipient,
        (),
        NO_SUCH_PRACTICE,
    ),
)
