"""Columns of the lists, whichever system sends them, by the headings that offices use."""

from __future__ import annotations

from enum import StrEnum

from hub.canonical.exchange_codes import CaseListKind


class Column(StrEnum):
    MESSAGE_ID = "报文号"
    VERSION = "版本"
    SEQUENCE = "序号"
    OCCURRED_AT = "发生时间"
    CASE_NUMBER = "案号"
    PROCEDURE = "程序"
    CAUSE = "案由"
    FILED_ON = "立案日期"
    CLOSED_ON = "结案日期"
    CONFIDENTIALITY = "密级"
    SUBJECT_KIND = "主体类型"
    SUBJECT_NAME = "名称"
    USCC = "统一社会信用代码"
    CITIZEN_ID = "公民身份号码"
    ROLE = "诉讼地位"
    STATUS = "状态"
    LISTED_ON = "列入日期"
    AMOUNT = "标的金额"
    REPRESENTATIVE = "法定代表人"
    BASIS = "执行依据文号"
    BASIS_UNIT = "作出执行依据单位"
    DUTY = "生效法律文书确定的义务"
    PERFORMANCE = "履行情况"
    GROUNDS = "失信情形"
    CASE_FACTS = "基本案情"
    CONDUCT = "失信行为情况"
    PUBLISHED_ON = "发布日期"
    DELETED_ON = "删除日期"
    RULE_VERSION = "适用规则版本"
    DECISION_NUMBER = "决定书文号"
    DECIDED_ON = "决定日期"
    SERVED_ON = "送达日期"
    GRACE_UNTIL = "宽限期至"
    TERM_UNTIL = "纳入期限至"
    DELETION_GROUND = "删除事由"
    DELETION_GROUND_ON = "删除事由发生日期"
    INITIATIVE = "启动方式"
    ORDER_NUMBER = "限制消费令文号"
    ORDER_BASIS = "限制消费依据"
    PERSONS = "限制消费人员"
    EXEMPTED_ON = "一次性解除日期"
    EXEMPTION_REASON = "一次性解除事由"
    LIFTED_ON = "解除日期"
    LIFT_REASON = "解除事由"
    CASE_TAGS = "案件标签"
    TAG_GROUND = "标签说明"
    TOMBSTONE = "删除标记"


ENVELOPE = frozenset({Column.MESSAGE_ID, Column.VERSION, Column.SEQUENCE, Column.OCCURRED_AT})

_SHARED = (
    *(Column.MESSAGE_ID, Column.VERSION, Column.SEQUENCE, Column.OCCURRED_AT),
    *(Column.CASE_NUMBER, Column.PROCEDURE, Column.CAUSE, Column.FILED_ON, Column.CLOSED_ON),
    *(Column.SUBJECT_KIND, Column.SUBJECT_NAME, Column.USCC, Column.CITIZEN_ID, Column.STATUS, Column.LISTED_ON),
)
_OF_LISTING = (
    *(Column.REPRESENTATIVE, Column.BASIS, Column.BASIS_UNIT, Column.DUTY, Column.PERFORMANCE),
    *(Column.GROUNDS, Column.PUBLISHED_ON, Column.DELETED_ON),
)
_OF_ORDER = (
    *(Column.CONFIDENTIALITY, Column.ORDER_NUMBER, Column.ORDER_BASIS, Column.PERSONS),
    *(Column.EXEMPTED_ON, Column.EXEMPTION_REASON, Column.LIFTED_ON, Column.LIFT_REASON),
)
NEEDED = frozenset({Column.CASE_NUMBER, Column.SUBJECT_NAME, Column.STATUS, Column.LISTED_ON})


def list_columns(kind: CaseListKind) -> tuple[Column, ...]:
    """Every column a list has in all templates, in their order."""
    own = {CaseListKind.DISHONEST: _OF_LISTING, CaseListKind.CONSUMPTION_RESTRICTION: _OF_ORDER}
    return (*_SHARED, *own.get(kind, (Column.AMOUNT,)))
