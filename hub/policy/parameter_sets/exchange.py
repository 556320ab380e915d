"""Pushes, circulars, reports and their cycles."""

from __future__ import annotations

from hub.canonical.campaign import CampaignKind
from hub.canonical.exchange_codes import CaseListKind
from hub.canonical.marriage import MarriageRecordKind
from hub.core.texts import Text
from hub.policy.parameter_sets.codes import (
    AppearanceScope,
    Cadence,
    Narrative,
    ReportRecipient,
)
from hub.policy.specification import (
    NO_SUCH_PRACTICE,
    Measure,
    ParameterSpec,
    choice,
    codes,
    days,
    flag,
    label,
    number,
    percent,
    rule,
)

CAMPAIGN_KINDS: dict[CampaignKind, tuple[Text, Text]] = {
    kind: (Text(f"专项行动的本地名称：{zh}", f"what campaigns are called here: {en}"), Text(zh, en))
    for kind, zh, en in (
        (CampaignKind.NPL, "银行不良贷款清收", "clearing non-performing loans"),
        (CampaignKind.LIVELIHOOD, "涉民生案件集中执行", "livelihood cases"),
        (CampaignKind.ADMINISTRATIVE_ORGAN, "涉行政机关案件执行", "cases of administrative organs"),
        (CampaignKind.ENTERPRISE, "涉企案件集中执行", "cases of enterprises"),
        (CampaignKind.SPECIAL, "专项执行行动", "special enforcement"),
    )
}

PUSHES: tuple[ParameterSpec, ...] = (
    choice(
        "push.dishonesty.cadence",
        Text("法院推送失信被执行人信息的频次", "how often the court pushes dishonest judgment debtors"),
        Cadence,
        Cadence.EVENT,
        Text("通知未定频次，随发生随推送。", "No cycle in the notice: pushed as they occur."),
    ),
    rule(
        "push.dishonesty.report",
        Text("失信被执行人信息定期推送期限", "when the periodic push of dishonest judgment debtors is due"),
        None,
        NO_SUCH_PRACTICE,
    ),
    number(
        "push.dishonesty.receipt_minutes",
        Text("实时推送须在几分钟内回执", "minutes within which a real-time push is receipted"),
        5,
        Text("实时推送的技术时限。", "A technical limit of the real-time push."),
        measure=Measure.MINUTE,
        bounds=(1, 1440),
    ),
    codes(
        "push.case_lists",
        Text("推送的案件清单", "case lists that are pushed"),
        CaseListKind,
        (CaseListKind.DISHONEST,),
        Text("通知只涉及失信被执行人。", "The notice speaks of dishonest judgment debtors only."),
    ),
    flag(
        "push.consumption_restrictions",
        Text("法院推送限制消费令", "courts push their orders that restrict consumption"),
        default=False,
        reason=NO_SUCH_PRACTICE,
    ),
    codes(
        "push.narrative",
        Text("推送时必须附的说明", "statements a push must carry"),
        Narrative,
        (),
        Text("通知未要求附说明。", "The notice asks for none."),
    ),
    number(
        "bureau.unexecuted.days",
        Text("公布满几日仍无结果的失信企业报送征信机构", "days listed without result until the credit bureau is told"),
        None,
        NO_SUCH_PRACTICE,
        measure=Measure.DAY,
        bounds=(1, 3650),
    ),
    number(
        "snapshot.shrink.percent",
        Text(
            "全量快照缺少的条目超过现有条目的百分之几时不作任何移出",
            "share of missing entries above which none is ended",
        ),
        20,
        Text(
            "整月正常退出远低于两成；超过即更可能是传输不全，须人工核实。",
            "A month's lawful exits stay far below a fifth; more is likelier a broken transfer, for a person to check.",
        ),
        measure=Measure.PERCENT,
        bounds=(0, 100),
    ),
    number(
        "exchange.silence.days",
        Text(
            "来源几日无报文（含零报告）即视为静默",
            "days without a message, zero reports included, that make a source silent",
        ),
        2,
        Text("每夜摆渡，容一次延误。", "The ferry runs nightly; one missed run is forgiven."),
        measure=Measure.DAY,
        bounds=(1, 366),
    ),
    number(
        "exchange.attempts",
        Text("一条报文连续几次处理失败后转入隔离", "failed attempts after which a message is quarantined"),
        5,
        Text("偶发故障数次内自愈，更多则须人工处理。", "A passing fault heals within a few; more needs a person."),
        measure=Measure.TIME,
        bounds=(1, 100),
    ),
    number(
        "exchange.kept_days",
        Text(
            "已处理报文的内容保留的天数，期满销毁，摘要留存",
            "days the content of a settled message is kept; its digest stays",
        ),
        365,
        Text("一年内可核对原文，此后凭摘要和存证。", "A year to compare with the original; then digest and evidence."),
        measure=Measure.DAY,
        bounds=(30, 3650),
    ),
    rule(
        "closure.push",
        Text("结案后推送信用办的期限", "time to push a closed case to the credit office"),
        {"n": 5, "unit": "NATURAL_DAY", "anchor": "CASE_CLOSED"},
        Text("通知未作规定，参照五日。", "The notice is silent; five days by example."),
    ),
    days(
        "closure.push.alert",
        Text("结案后第几日提醒未推送", "days after closing on which a missing push is alerted"),
        [3, 5],
        Text("第三日预警，第五日告警。", "A warning on day three, a breach on day five."),
    ),
    codes(
        "marriage.kinds",
        Text("婚姻信息共享的种类", "kinds of marriage records shared"),
        MarriageRecordKind,
        (),
        NO_SUCH_PRACTICE,
    ),
    rule(
        "marriage.push",
        Text("向民政部门发送判决离婚信息的期限", "when divorce judgments are sent to civil affairs"),
        None,
        NO_SUCH_PRACTICE,
    ),
    label(
        "campaign.organiser",
        Text("组织专项行动的单位", "unit that opens special enforcement campaigns"),
        Text("金融工作局", "financial work office"),
        Text(
            "通知由金融工作局牵头清收，按本地单位名称查找。",
            "The financial work office leads; found by its local name.",
        ),
    ),
    codes(
        "campaign.bank_kinds",
        Text("由银行报送案件的专项行动种类", "kinds of campaigns whose cases banks tell"),
        CampaignKind,
        (CampaignKind.NPL,),
        Text("不良贷款清收由银行报送；其余由法院报送。", "Banks tell non-performing loans; courts tell the rest."),
    ),
    *(label(f"campaign.kind.{kind.value}", *told) for kind, told in CAMPAIGN_KINDS.items()),
    label(
        "marriage.receiver",
        Text("接收婚姻信息的婚姻登记机关", "authority that receives marriage information"),
        Text("民政局", "civil affairs bureau"),
        Text(
            "通知由民政部门登记更新，按本地单位名称查找。",
            "Civil affairs updates; found by its local name.",
        ),
    ),
    label(
        "address.registrar",
        Text("企业登记机关", "authority that registers enterprises"),
        Text("市场监督管理局", "market regulation authority"),
        Text("通知由市场监管部门提供，按本地单位名称查找。", "Market regulation provides; found by its local name."),
    ),
    rule(
        "address.referral",
        Text("登记机关对退信地址的处理期限", "how long the register has to deal with an address that failed"),
        {"n": 20, "unit": "WORKING_DAY", "anchor": "RECEIVED"},
        Text("通知未定期限，以二十个工作日为默认。", "No notice sets it; twenty working days by default."),
    ),
    number(
        "address.stale_days",
        Text("登记机关几日未更新即提示地址可能不是最新", "days without a change feed that make its addresses stale"),
        2,
        Text("每日增量，容一次延误。", "The feed is daily; one missed day is forgiven."),
        measure=Measure.DAY,
        bounds=(1, 366),
    ),
    rule(
        "marriage.receipt",
        Text("婚姻登记机关逐条回执的期限", "how long civil affairs has to answer each item"),
        {"n": 10, "unit": "WORKING_DAY", "anchor": "RECEIVED"},
        Text("通知未定回执时限，以十个工作日为默认。", "No notice sets it; ten working days by default."),
    ),
)

REPORTS: tuple[ParameterSpec, ...] = (
    rule(
        "report.execution.monthly",
        Text("法院执行部门分类报送期限", "when the execution department reports its classified cases"),
        None,
        NO_SUCH_PRACTICE,
    ),
    rule(
        "circular.governance",
        Text("政府失信治理情况通报期限", "when the circular on government dishonesty is due"),
        None,
        NO_SUCH_PRACTICE,
    ),
    rule(
        "circular.governance.alert",
        Text("通报期限前的提醒", "alert before the circular is due"),
        {"n": 3, "unit": "WORKING_DAY", "anchor": "PERIOD_END", "direction": "BEFORE"},
        Text("期限前三个工作日提醒。", "Three working days before."),
    ),
    codes(
        "circular.governance.recipients",
        Text("通报的对象", "recipients of the circular"),
        ReportRecipient,
        (ReportRecipient.MEMBER_UNITS,),
        Text("向成员单位通报。", "The member units are told."),
    ),
    rule(
        "circular.appearance",
        Text("负责人出庭情况通报期限", "when the circular on appearances is due"),
        None,
        NO_SUCH_PRACTICE,
    ),
    codes(
        "circular.appearance.recipients",
        Text("出庭情况的报告对象", "recipients of the appearance report"),
        ReportRecipient,
        (),
        NO_SUCH_PRACTICE,
    ),
    codes(
        "appearance.scope",
        Text("要求负责人出庭的程序", "procedures in which the head appears"),
        AppearanceScope,
        (AppearanceScope.ADMINISTRATIVE,),
        Text("行政诉讼法只规定行政案件。", "The law knows it in administrative cases."),
    ),
    percent("appearance.target", Text("负责人出庭应诉率目标", "target rate of appearance")),
    percent(
        "dispute.filings.decrease.target",
        Text("行政诉讼案件受理同比下降目标", "target decrease of administrative filings, year on year"),
    ),
    percent(
        "dispute.settled.target",
        Text("行政诉讼调解撤诉率目标", "target rate of mediated or withdrawn administrative suits"),
    ),
    percent(
        "dispute.outside.target", Text("诉讼“门外”化解占比目标", "target share of disputes settled outside the court")
    ),
    percent(
        "dispute.door.target", Text("诉讼“门口”化解占比目标", "target share of disputes settled at the court's door")
    ),
    percent("dispute.judged.target", Text("裁判解决占比目标", "target share of disputes judged")),
    rule(
        "whitepaper.administrative",
        Text("行政诉讼风险提示白皮书期限", "when the white paper on administrative suits is due"),
        None,
        NO_SUCH_PRACTICE,
    ),
    rule(
        "report.administrative.annual",
        Text("行政案件年度报告发布期限", "when the annual report on administrative cases is due"),
        None,
        NO_SUCH_PRACTICE,
    ),
    rule(
        "outreach.enterprise",
        Text("走访企业活动期限", "when the enterprise visits of a period are to be held"),
        None,
        NO_SUCH_PRACTICE,
    ),
    rule(
        "inspection.cycle",
        Text("督导检查期限", "when the inspection of a period is due"),
        {"period": "HALF_YEAR", "reading": "LAST_WORKING_DAY"},
        Text("通知只定定期督导，按半年。", "The notice says only “regularly”: half-yearly."),
    ),
    flag(
        "interception.required",
        Text("业务系统须自动比对、拦截、惩戒", "business systems must match, block and punish automatically"),
        default=False,
        reason=NO_SUCH_PRACTICE,
    ),
)
