"""Labels and problem sentences of objections."""

from __future__ import annotations

from hub.core.texts.text import Text

OBJECTION_LABELS: dict[str, dict[str, Text]] = {
    "RemarkKind": {
        "ANNOTATION": Text("批注", "annotation"),
        "SHIELD_CONFIRMED": Text("信用平台已屏蔽", "shielded on the platform"),
        "COURT_CHECK_REQUESTED": Text("请法院核对", "the court is asked to check"),
    },
    "ObjectionKind": {
        "LISTING": Text("对纳入失信名单的异议，由法院审查", "to the listing, examined by its court"),
        "DATA": Text("对信用平台信息的异议，由信用办核对", "to the platform's data, checked by the credit office"),
    },
    "ObjectionStatus": {
        "FILED": Text("已提出", "filed"),
        "SOURCE_ASKED": Text("向信息来源单位核实中", "its source was asked"),
        "UPHELD": Text("异议成立，待更正", "upheld; to be corrected"),
        "CORRECTED": Text("已更正", "corrected"),
        "DISMISSED": Text("已驳回", "dismissed"),
        "RECONSIDERING": Text("复议中", "under reconsideration"),
        "FINAL": Text("复议维持", "upheld on reconsideration"),
        "WITHDRAWN": Text("已撤回", "withdrawn"),
    },
}

OBJECTION_PROBLEMS: dict[str, Text] = {
    "REMARK_OFFICE": Text(
        "只有所在地信用办可以办理，请由其办理。", "The credit office of the place does this; let it do so."
    ),
    "OBJECTION_UNIT": Text(
        "只有失信主体本单位可以提出异议，请由该单位提出。", "The unit that the listing is of objects; let it do so."
    ),
    "OBJECTION_PENDING": Text(
        "同类异议正在办理，请在原件上继续，不要重复提出。", "An objection of the kind is pending; go on with that one."
    ),
    "RECONSIDERATION_LATE": Text(
        "申请复议的期限（{until}）已过，不能再申请。", "The time to ask for reconsideration ended on {until}."
    ),
}
