"""Labels of asset controls and lookouts."""

from __future__ import annotations

from hub.core.texts.text import Text

CONTROL_LABELS: dict[str, dict[str, Text]] = {
    "ControlAction": {
        "FREEZE": Text("01 冻结", "freeze"),
        "RENEW": Text("02 继续冻结", "renew"),
        "QUEUED_FREEZE": Text("03 轮候冻结", "freeze in the queue"),
        "RELEASE": Text("04 解除冻结", "release"),
        "RELEASE_QUEUED": Text("05 解除轮候冻结", "release from the queue"),
        "TRANSFER": Text("06 划拨", "transfer"),
        "WITHDRAW_INCOME": Text("07 提取收入", "withdraw income"),
        "FREEZE_AND_TRANSFER": Text("08 冻结并划拨", "freeze and transfer"),
    },
    "ControlResult": {
        "CONTROLLED": Text("1 已控，解除、划拨的为已办", "controlled; of a release or transfer: done"),
        "NOT_CONTROLLED": Text("2 未控", "not controlled"),
        "QUEUED": Text("轮候", "queued behind an earlier control"),
    },
    "ControlOrderStatus": {
        "PENDING_APPROVAL": Text("待审批", "waits for approval"),
        "REJECTED": Text("未批准", "rejected"),
        "CANCELLED": Text("已撤回", "withdrawn"),
        "DISPATCHED": Text("已发送", "dispatched"),
        "ACCEPTED": Text("已接收", "accepted by the holder"),
        "ANSWERED": Text("已反馈", "answered"),
        "RETURNED": Text("已退回", "returned by the holder"),
    },
    "AssetControlStatus": {
        "REQUESTED": Text("已请求", "requested"),
        "NOT_CONTROLLED": Text("未控", "not controlled"),
        "QUEUED": Text("轮候中", "waits in the queue"),
        "CONTROLLED": Text("已控", "controlled"),
        "RENEWED": Text("已续行", "renewed"),
        "RELEASED": Text("已解除", "released"),
        "TRANSFERRED": Text("已划拨", "transferred"),
        "EXPIRED": Text("已到期", "expired"),
        "CANCELLED": Text("已撤回", "withdrawn"),
    },
    "LookoutTarget": {
        "PERSON": Text("被执行人", "a person"),
        "VEHICLE": Text("车辆", "a vehicle"),
    },
    "LookoutMeasure": {
        "LOCATE": Text("查找并通知法院", "locate and tell the court"),
        "DETAIN_PERSON": Text("控制人员", "detain the person"),
        "DETAIN_VEHICLE": Text("扣留车辆", "detain the vehicle"),
    },
    "LookoutStatus": {
        "PENDING_APPROVAL": Text("待审批", "waits for approval"),
        "REJECTED": Text("未批准", "rejected"),
        "CANCELLED": Text("已撤销", "cancelled"),
        "SENT": Text("已发送公安机关", "sent to the police"),
        "RETURNED": Text("已退回", "returned by the police"),
        "ACTIVE": Text("已布控", "watched for"),
        "WITHDRAWING": Text("待确认撤控", "withdrawal to be confirmed"),
        "WITHDRAWN": Text("已撤控", "withdrawn"),
        "EXPIRED": Text("已到期", "expired"),
        "CLOSED": Text("已办结", "closed"),
    },
    "LookoutHitStatus": {
        "NOTIFIED": Text("已通知法院", "court told"),
        "COURT_DISPATCHED": Text("法院已出警", "court set out"),
        "COURT_ARRIVED": Text("法院已到场", "court arrived"),
        "CONCLUDED": Text("已处置", "concluded"),
    },
    "LookoutOutcome": {
        "HANDED_OVER": Text("移交法院", "handed over to the court"),
        "PERFORMED_ON_SITE": Text("当场履行", "performed on the spot"),
        "LOST": Text("脱离控制", "lost"),
        "NOT_THE_TARGET": Text("非临控对象", "not the target"),
        "LET_GO": Text("已放行", "let go"),
    },
    "AssetClass": {
        "DEPOSIT": Text("银行存款及其他资金", "deposits and other money"),
        "MOVABLE": Text("动产", "movables"),
        "IMMOVABLE_OR_RIGHT": Text("不动产、其他财产权", "real estate and other rights"),
    },
}
