"""What this connector says of itself."""

from __future__ import annotations

from hub.canonical.connector import Capability, Card, NetworkZone
from hub.canonical.exchange_codes import CaseListKind
from hub.core.texts import Text


def card_of(name: str) -> Card:
    return Card(
        name=Text(f"{name}名单接口", f"list interface of {name}"),
        owner=Text("银行信贷管理部门", "credit department of the bank"),
        contact=Text("由银行登记的接口负责人", "the person the bank has named"),
        specification="bank-lists/1 (connectors/bank/bank.wsdl)",
        capabilities=frozenset({Capability.PUSH}),
        zone=NetworkZone.GOVERNMENT,
        lists=(CaseListKind.DISHONEST,),
    )


def lists_card_of(code: str) -> Card:
    return Card(
        name=Text(f"银行 {code} 案件清单", f"lists of cases of bank {code}"),
        owner=Text("银行资产保全部门", "asset preservation department of the bank"),
        contact=Text("由银行登记的接口负责人", "the person the bank has named"),
        specification="campaign-list/1 (connectors/bank/lists.py)",
        capabilities=frozenset({Capability.PULL}),
        zone=NetworkZone.GOVERNMENT,
    )
