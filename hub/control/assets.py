"""Assets that can be controlled: their class, by which the law limits the time, and what tells one from another."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hub.canonical.control_codes import AssetClass, ControlAction
from hub.canonical.execution_codes import QueryType as Q
from hub.inquiry.targets import normal
from hub.policy.pack import PolicyPack

A = ControlAction

CLASS_OF: dict[Q, AssetClass] = {
    **dict.fromkeys((Q.BANK_ACCOUNT, Q.PLATFORM_ACCOUNT, Q.PROVIDENT_FUND, Q.SOCIAL_SECURITY), AssetClass.DEPOSIT),
    **dict.fromkeys((Q.VEHICLE, Q.AGRI_MACHINE, Q.VESSEL), AssetClass.MOVABLE),
    **dict.fromkeys((Q.REAL_ESTATE, Q.EQUITY, Q.SECURITIES, Q.INSURANCE), AssetClass.IMMOVABLE_OR_RIGHT),
}
"""Types of question whose answers name assets."""
TELLING: dict[str, str] = {
    "account": "account_number",
    "vehicle": "plate",
    "real_estate": "certificate_number",
    "business": "company_name",
    "benefit": "payer",
}
"""Field of an item that tells its asset from others of the same holder."""
LIMITS = {
    AssetClass.DEPOSIT: "control.deposit_months",
    AssetClass.MOVABLE: "control.movable_months",
    AssetClass.IMMOVABLE_OR_RIGHT: "control.immovable_months",
}
"""Policy parameter that limits the time of a class."""
ALWAYS: frozenset[ControlAction] = frozenset({A.FREEZE, A.QUEUED_FREEZE, A.RENEW, A.RELEASE, A.RELEASE_QUEUED})
"""What can be done with any asset; the rest takes money."""


def identity(holder: object, kind: str, item: Mapping[str, Any], target: str) -> str:
    """What the blind index of an asset is made of. Shares and benefits are the target's own in somebody else's name."""
    own = target if kind in ("business", "benefit") else ""
    return normal(f"{holder}|{kind}|{item[TELLING[kind]]}|{own}")


def longest(pack: PolicyPack, kind: AssetClass) -> int:
    """Months an asset may be controlled at a time."""
    return pack.number(LIMITS[kind])


def is_money(kind: AssetClass) -> bool:
    return kind is AssetClass.DEPOSIT
