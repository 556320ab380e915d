"""What a holder does with orders about assets: one court holds a thing at a time, the others wait in line for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from connectors.holder.message import HolderMessage
from connectors.holder.shape import Controlling

AVAILABLE = Decimal("35820.55")
"""What there is of any money."""
_FREEZING = ("FREEZE", "QUEUED_FREEZE")


@dataclass
class SandboxControls:
    """``asked`` are orders by number in the hub's terms; ``holding`` is the order that holds an asset, ``line`` those
    that wait for it; ``risen`` are orders whose turn came and that are told of once more."""

    control: Controlling
    asked: dict[str, Mapping[str, str]] = field(default_factory=dict)
    holding: dict[str, str] = field(default_factory=dict)
    line: dict[str, list[str]] = field(default_factory=dict)
    risen: set[str] = field(default_factory=set)
    done: dict[str, dict[str, str]] = field(default_factory=dict)

    def ask(self, number: str, message: HolderMessage) -> None:
        ask, terms = self.control.ask, {}
        for key, term in ask.keys.items():
            value = message.fields.get(key, "")
            coded = {code: meant for meant, code in ask.codes.get(term, {}).items()}
            terms[term] = coded.get(value, value)
        self.asked[number] = terms

    def said(self, number: str, *, all_of_it: bool = False) -> dict[str, str]:
        """What became of an order, in the hub's terms; done once, however often it is told. ``all_of_it``: of money it
        takes what there is, not what was asked for."""
        if number in self.risen:
            return self._controlled(number)
        if number not in self.done:
            self.done[number] = self._do(number)
            if all_of_it and "amount_excess" in self.done[number]:
                excess = AVAILABLE - Decimal(self.done[number]["amount_controlled"])
                self.done[number] |= {"amount_controlled": str(AVAILABLE), "amount_excess": str(excess)}
        return self.done[number]

    def told(self, number: str) -> None:
        """The receipt has come."""
        self.risen.discard(number)

    def _do(self, number: str) -> dict[str, str]:
        asked = self.asked[number]
        action, asset = asked["action"], asked["asset"]
        if action in _FREEZING:
            holder = self.holding.get(asset)
            if holder is not None and asked["content"] == "WHOLE":
                self.line.setdefault(asset, []).append(number)
                return {"result": "QUEUED", "reason": f"轮候于请求单号{holder}之后"}
            self.holding.setdefault(asset, number)
        if action == "RELEASE":
            self._release(asset)
        if action == "RELEASE_QUEUED":
            self.line[asset] = [each for each in self.line.get(asset, []) if each != asked["original_number"]]
        return self._controlled(number)

    def _release(self, asset: str) -> None:
        self.holding.pop(asset, None)
        waiting = self.line.get(asset, [])
        if waiting:
            self.holding[asset] = waiting.pop(0)
            self.risen.add(self.holding[asset])

    def _controlled(self, number: str) -> dict[str, str]:
        asked = self.asked[number]
        said = {"result": "CONTROLLED", "starts_on": asked["starts_on"], "ends_on": asked["ends_on"]}
        if asked["amount"] and asked["action"] not in ("RENEW", "RELEASE", "RELEASE_QUEUED"):
            controlled = min(Decimal(asked["amount"]), AVAILABLE)
            said |= {"amount_controlled": str(controlled), "amount_excess": "0.00"}
        return said
