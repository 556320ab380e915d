"""Supervision notices: who signs, by when they are answered, who is told when they are not."""

from __future__ import annotations

from hub.canonical.supervision_codes import NoticeKind, NoticeSigner
from hub.core.texts import Text
from hub.policy.specification import (
    NO_SUCH_PRACTICE,
    SILENT,
    Measure,
    ParameterSpec,
    choice,
    days,
    flag,
    label,
    number,
    rule,
)

SUPERVISION: tuple[ParameterSpec, ...] = (
    label(
        "notice.mark",
        Text("函件发文字号中的代字", "mark of supervision notices in their document numbers"),
        Text("督", "supervision"),
    ),
    choice(
        "notice.signer",
        Text("签发督办函件的主体", "whose leader signs supervision notices"),
        NoticeSigner,
        NoticeSigner.ISSUER,
        Text("通知未作规定，由发文单位负责人签发。", "The notice is silent; the head of the issuing unit signs."),
    ),
    choice(
        "order.kind",
        Text("列入失信后起草的函件种类", "kind of order drafted on listing"),
        NoticeKind,
        NoticeKind.ASSIGNMENT_ORDER,
        SILENT,
    ),
    flag(
        "order.with_court",
        Text("列入失信后的函件由信用办与法院联合发出", "orders on listing are issued with the court"),
        default=False,
        reason=NO_SUCH_PRACTICE,
    ),
    rule(
        "notice.reply",
        Text("督办函件的办理期限", "time to answer a supervision notice"),
        {"n": 15, "unit": "WORKING_DAY", "anchor": "DELIVERED"},
        Text("通知未作规定，取十五个工作日，函件可另定。", "The notice is silent: fifteen working days, or as stated."),
    ),
    number(
        "notice.extension.most",
        Text("一份函件最多延期次数", "how often one notice may be extended"),
        1,
        Text("通知未作规定，限一次。", "The notice is silent; once."),
        measure=Measure.TIME,
        bounds=(0, 10),
    ),
    days(
        "notice.alert.after",
        Text("逾期后第几日提醒并催办", "days after the deadline on which to alert and urge"),
        [1, 5, 10],
        Text("逾期次日起提醒，逐次催办。", "From the day after, with an urging each time."),
    ),
    number(
        "notice.escalate.after",
        Text("逾期几日后告知上级主管部门", "days overdue before the superior is told"),
        10,
        Text("催办仍无结果，由上级主管部门督促。", "Where urging was in vain the superior is told."),
        measure=Measure.DAY,
        bounds=(1, 366),
    ),
)
