"""Files between the hub and a finance department, finance/1.

Out: ``out/finance-<key>.json``: ``{"template": "finance/1", "key": …, "kind": …, "body": {…}, "sha256": …}``, the
digest of the body with its members sorted and no spaces. Back: ``answers/<key>.finance.json``, ``{"receipt": text,
"signature": base64}``, the text JSON and signed with the key of the finance department (ECDSA, SHA-256).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hub.canonical.codes import DeliveryFault
from hub.canonical.connector import Unreachable
from hub.canonical.finance import CLUE_REQUEST, PLAN, ClueAnswer, ToldArrangement, ToldClue
from hub.canonical.fund_codes import ClueDecline, ClueMoney, FundUsability

TEMPLATE = "finance/1"
KINDS = frozenset({CLUE_REQUEST, PLAN})
_LONGEST = 1000


def read_clue_answer(told: Mapping[str, Any], key: str) -> ClueAnswer:
    match told:
        case {"key": about, "result": "CLUES", "clues": [_, *_] as clues} if about == key:
            return ClueAnswer(clues=tuple(_clue(each) for each in clues))
        case {"key": about, "result": "NONE", "note": str(note)} if about == key and note:
            return ClueAnswer(note=_text(note))
        case {"key": about, "result": "DECLINED", "reason": str(reason), "note": str(note)} if (
            about == key and reason in ClueDecline.__members__ and note
        ):
            return ClueAnswer(declined=ClueDecline(reason), note=_text(note))
    raise Unreachable.by(DeliveryFault.GARBLED)


def _clue(told: Any) -> ToldClue:
    match told:
        case {"kind": str(kind), "usability": str(usable)} if (
            kind in ClueMoney.__members__ and usable in FundUsability.__members__
        ):
            names = {
                "budgetItem": "budget_item",
                "amount": "amount",
                "expectedOn": "expected_on",
                "account": "account",
                "note": "note",
            }
            said = {field: _text(told[name]) for name, field in names.items() if isinstance(told.get(name), str)}
            return ToldClue(kind=ClueMoney(kind), usability=FundUsability(usable), **said)
    raise Unreachable.by(DeliveryFault.GARBLED)


def read_arrangements(told: Mapping[str, Any], key: str) -> list[ToldArrangement]:
    match told:
        case {"key": about, "arrangements": [_, *_] as entries} if about == key:
            return [_arrangement(each) for each in entries]
    raise Unreachable.by(DeliveryFault.GARBLED)


def _arrangement(told: Any) -> ToldArrangement:
    match told:
        case {"fiscalYear": int(year), "amount": str(amount), "budgetItem": str(item), "documentNumber": str(number)}:
            return ToldArrangement(
                fiscal_year=year, amount=_text(amount), budget_item=_text(item), document_number=_text(number)
            )
    raise Unreachable.by(DeliveryFault.GARBLED)


def _text(value: str) -> str:
    return value[:_LONGEST].replace("\x00", "")
