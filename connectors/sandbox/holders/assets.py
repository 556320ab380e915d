"""What the sandbox's holders know: the same of everybody."""

from __future__ import annotations

from collections.abc import Mapping

from connectors.holder.asking import KNOWN
from connectors.holder.shape import Block, Shape

_VALUES: Mapping[str, Mapping[str, str]] = {
    "account": {
        "account_number": "6217000010008881",
        "branch": "温县支行",
        "balance": "35820.55",
        "available": "35820.55",
        "status": "正常",
    },
    "person": {"address": "温县温泉街道沙箱路1号", "household_number": "410825001", "phone": "13900000000"},
    "vehicle": {"plate": "豫HSX001", "model": "沙箱牌轿车", "status": "正常"},
    "stay": {"place": "沙箱宾馆", "began_on": "2026-06-01", "ended_on": "2026-06-02"},
    "benefit": {"payer": "沙箱机械厂", "monthly_base": "4200.00", "balance": "18000.00", "status": "正常"},
    "real_estate": {
        "certificate_number": "豫（2024）温县不动产权第0000001号",
        "location": "温县温泉街道沙箱小区1幢1单元101",
        "area": "98.60",
        "use": "住宅",
        "encumbrance": "无抵押、无查封",
    },
    "marriage": {"marital_status": "已婚", "spouse_name": "沙箱配偶", "registered_on": "2015-05-20"},
    "business": {
        "company_name": "温县沙箱商贸有限公司",
        "uscc": "91410825MA40SANDX0",
        "position": "股东",
        "share": "300000.00",
    },
    "phone": {"phone_number": "13900000000", "address": "温县温泉街道沙箱路1号", "status": "在用"},
    "invoice": {
        "invoice_number": "26410000000000000001",
        "counterparty": "沙箱贸易有限公司",
        "amount": "12000.00",
        "issued_on": "2026-05-20",
    },
}
KINDS = {"RK": "person", "HJ": "person", "JZ": "person", "CL": "vehicle", "LG": "stay", "CRJ": "stay"}
"""What the police answer by category; the other holders know one kind of thing each."""


def records(shape: Shape, category: str) -> dict[str, tuple[dict[str, str], ...]]:
    """The holder's blocks about somebody who has things."""
    block = _block(shape, category)
    assert block.kind is not None
    values = _VALUES[block.kind]
    row = {key: values[term] for key, term in block.keys.items() if term != KNOWN and term in values}
    return {block.name: (row,)}


def nothing(shape: Shape, category: str) -> dict[str, tuple[dict[str, str], ...]]:
    """How the holder says that there is none: a record that says so where its form has one."""
    block = _block(shape, category)
    return {block.name: (dict(block.nothing),)} if block.nothing else {}


def _block(shape: Shape, category: str) -> Block:
    of_kind = [each for each in shape.answer.blocks.values() if each.kind == KINDS.get(category, each.kind)]
    return next(each for each in of_kind if each.kind is not None)
