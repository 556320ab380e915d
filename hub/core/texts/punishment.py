"""Problem sentences of joint punishment."""

from __future__ import annotations

from hub.core.texts.text import Text

PUNISHMENT_PROBLEMS: dict[str, Text] = {
    "MEASURE_TWICE": Text("措施代码重复，请改正目录", "the code stands twice in the catalogue; correct it"),
    "MEASURE_WITHOUT_BASIS": Text(
        "现行措施目录和政策包没有此项措施，无依据不得采取；请核对代码",
        "neither catalogue nor pack knows this measure; without a basis none is taken. Check the code",
    ),
    "MEASURE_TARGET": Text(
        "目录或政策包未将此项措施适用于该类对象，请改选", "the measure does not extend to them; choose another"
    ),
    "MEASURE_PERSON": Text(
        "惩戒对象为人员的填写姓名，为单位的不填",
        "name the person where it meets one, else nobody",
    ),
    "MEASURE_LISTING_GONE": Text("失信信息已不在列，不得采取措施", "the listing does not stand"),
    "MEASURE_IMPLEMENTER_MISSING": Text("请指定实施单位", "name who carries it out"),
    "MEASURE_NOT_APPROVED": Text(
        "此项措施须待逾期名单核定后采取，请先报核定",
        "this takes an approved list of overdue subjects",
    ),
    "MEASURE_START_AHEAD": Text("开始日期不得晚于今天", "it cannot have begun after today"),
    "MEASURE_COURT_ORDER": Text("请填写法院限制消费令文号", "give the number of the court's order"),
    "MEASURE_INTERVIEW_UNKNOWN": Text("请填写已经进行的对该单位的约谈", "name an interview of the unit that was held"),
    "MEASURE_ASSIGNED": Text("该单位已是此项措施的实施单位", "this unit carries the measure out already"),
    "MEASURE_CARRIED": Text(
        "该单位已对此失信信息实施同一措施，请改选单位",
        "this unit carries the same measure out on this listing already; choose another",
    ),
    "MEASURE_OF_COURT": Text("限制消费由执行法院实施，不得移交", "a court's restriction is not handed over"),
    "ASSIGNMENT_PAST": Text("终止日期不得早于今天和起始日期", "it cannot end before today or before it begins"),
    "ASSIGNMENT_ENDED": Text("该职责已经终止", "this assignment has ended"),
    "ASSIGNMENT_SUCCESSOR": Text("承接单位不得为原实施单位", "the successor must be another unit"),
    "MEASURE_OFFICE_ONLY": Text("由该区划信用办办理", "this is for the credit office of the place"),
    "OVERDUE_ENTRY_UNFIT": Text(
        "第{position}项不是逾期未整改的在列政务主体，请删去",
        "entry {position} is no listed public body that let a supervision notice pass; leave it out",
    ),
    "OVERDUE_ENTRIES_MISSING": Text("请至少列入一个主体", "enter at least one subject"),
    "OVERDUE_UNCONFIRMED": Text("尚有法院未会核其案件", "a court has yet to confirm what is its own"),
    "OVERDUE_CONFIRMED": Text("本院已会核", "this court has confirmed already"),
    "OVERDUE_REPORTED": Text("本单位已报送", "this unit has reported already"),
    "OVERDUE_NOT_FINANCING": Text(
        "只有承担名单所列主体限制融资措施的单位可向银行通报",
        "only a unit ordered to limit the financing of somebody entered circulates the list",
    ),
    "OVERDUE_CIRCULATED": Text("本单位已向银行通报", "this unit has circulated the list already"),
    "OVERDUE_UNREPORTED": Text("尚有单位未报送惩戒情况", "an implementer has yet to report"),
    "OVERDUE_RECIPIENTS": Text("请填写交付的惩戒实施单位", "name who acts upon the list"),
}
