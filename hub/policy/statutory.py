"""The table of statutory clocks: periods fixed by national law, the same in every jurisdiction."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from importlib.resources import files
from types import MappingProxyType

from hub.core.errors import Reason, refuse_if
from hub.core.texts import Text
from hub.policy.calendar import WorkingCalendar
from hub.policy.deadlines import Deadline, compute
from hub.policy.documents import read_yaml
from hub.policy.fields import Fields
from hub.policy.rules import Basis, DeadlineRule, Origin
from hub.policy.values import Domain, ValueKind, read_value

_FIELDS = ("subject", "rule", "source", "verified", "note", "extension_days")
_LONGEST_EXTENSION = 366


class Verification(StrEnum):
    """How the source was checked."""

    LAW_TEXT = "LAW_TEXT"
    EXCERPT = "EXCERPT"


@dataclass(frozen=True, slots=True)
class StatutoryClock:
    """One period. ``rule`` is absent where the law attaches a consequence without a period to count."""

    key: str
    subject: Text
    rule: DeadlineRule | None
    source: str
    verified: Verification
    note: Text | None = None
    extension_days: int = 0

    @property
    def basis(self) -> Basis:
        return Basis(self.key, Origin.LAW, self.source, self.note)

    def deadline(self, anchor_on: date, calendar: WorkingCalendar) -> Deadline:
        """Due date counted from the event. Raises ``LookupError`` for a clock without a rule, else like ``compute``."""
        if self.rule is None:
            raise LookupError(self.key)
        return compute(self.rule, anchor_on, calendar, basis=self.basis)


def load_statutory_clocks() -> Mapping[str, StatutoryClock]:
    """The shipped table by key. Raises ``Refused`` with every reason."""
    return parse_statutory_clocks(read_yaml((files("hub.policy") / "statutory_clocks.yaml").read_bytes()))


def parse_statutory_clocks(data: object) -> Mapping[str, StatutoryClock]:
    """A table of plain data. Raises ``Refused`` with every reason."""
    reasons: list[Reason] = []
    table = Fields(data, (), reasons, ("clocks",)).require("clocks")
    entries = table if isinstance(table, Mapping) else {}
    if table is not None and not isinstance(table, Mapping):
        reasons.append(Reason("DOCUMENT_NOT_MAPPING", ("clocks",)))
    clocks = {str(key): _read_clock(str(key), entry, reasons) for key, entry in entries.items()}
    refuse_if(reasons)
    return MappingProxyType(clocks)


def _read_clock(key: str, entry: object, reasons: list[Reason]) -> StatutoryClock:
    fields = Fields(entry, ("clocks", key), reasons, _FIELDS)
    rule = None
    if fields.has("rule"):
        value = read_value(fields.get("rule"), Domain(ValueKind.RULE), (*fields.path, "rule"), reasons)
        if isinstance(value, DeadlineRule):
            rule = value
        else:
            fields.report("VALUE_CHOICE", "rule", value="period", expected="n, unit, anchor")
    elif not fields.has("note"):
        fields.report("KEY_MISSING", "rule", key="rule")
    return StatutoryClock(
        key,
        fields.bilingual("subject"),
        rule,
        fields.text("source"),
        fields.choice("verified", Verification),
        fields.optional_bilingual("note"),
        fields.integer("extension_days", 1, _LONGEST_EXTENSION) if fields.has("extension_days") else 0,
    )
