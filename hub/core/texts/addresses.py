"""Problem sentences and labels of service addresses."""

from __future__ import annotations

from hub.core.texts.text import Text

ADDRESS_PROBLEMS: dict[str, Text] = {
    "ADDRESSEE_ONE": Text(
        "统一社会信用代码和公民身份号码须恰填一个。", "Give either a unified social credit code or an identity number."
    ),
    "ADDRESS_SHORT": Text("地址过短，请写到门牌。", "The address is too short; write it down to the door."),
    "ADDRESS_OF_THE_REGISTER": Text(
        "登记住所和年报地址只能由企业登记机关提供。", "Domicile and annual-report address come from the register alone."
    ),
    "ADDRESS_NOT_EFFECTIVE": Text("尚未到生效日期。", "The address is not in effect yet."),
    "ADDRESS_NOT_REGISTERED": Text(
        "只有企业的登记住所或者年报地址可以移送。",
        "Only the domicile or annual-report address of an enterprise is referred.",
    ),
    "EMAIL_NEEDS_CONSENT": Text(
        "电子邮箱须经受送达人同意电子送达（民事诉讼法第九十条）。",
        "An e-mail address needs the addressee's consent to electronic service.",
    ),
    "RETURN_DATE": Text(
        "退回日期应在地址生效之后、今日之前。", "Mail came back after the address took effect and not later than today."
    ),
    "REFERRAL_ANSWERED": Text("已答复处理结果。", "The referral was answered already."),
    "REGISTRAR_UNKNOWN": Text(
        "本辖区没有唯一的“{name}”，请先登记企业登记机关。",
        "The jurisdiction has no single unit named {name}; register the authority first.",
    ),
    "WATERMARK_BACK": Text(
        "登记机关的变更序号倒退，未接收，请与其核对。",
        "The register's watermark went back; nothing was taken in. Ask it.",
    ),
}

ADDRESS_LABELS: dict[str, dict[str, Text]] = {
    "ServiceAddressKind": {
        "SELF_DECLARED": Text("自行确认的送达地址", "self-declared"),
        "REGISTERED_DOMICILE": Text("登记住所", "registered domicile"),
        "ANNUAL_REPORT_ADDRESS": Text("年报通信地址", "address of the annual report"),
        "E_MAIL": Text("电子邮箱", "e-mail"),
        "PHONE": Text("电话", "telephone"),
    },
    "ServiceAddressStatus": {
        "DECLARED": Text("已申报", "declared"),
        "COMMITTED": Text("已承诺", "committed"),
        "ACTIVE": Text("使用中", "active"),
        "CHANGED": Text("已变更", "changed"),
        "INVALID": Text("退信失效", "invalid"),
        "ABNORMAL_OPERATION_REFERRED": Text("已移送经营异常处理", "referred as abnormal operation"),
    },
    "RegistrationStatus": {
        "NORMAL": Text("存续", "in business"),
        "ABNORMAL_OPERATION": Text("经营异常", "abnormal operation"),
        "REVOKED": Text("吊销", "licence revoked"),
        "DEREGISTERED": Text("注销", "deregistered"),
    },
    "ReferralOutcome": {
        "LISTED_ABNORMAL": Text("已列入经营异常名录", "listed as operating abnormally"),
        "ADDRESS_CHANGED": Text("已变更登记地址", "the address was changed"),
        "ADDRESS_CONFIRMED": Text("核实地址可以联系", "the address was confirmed"),
    },
}
