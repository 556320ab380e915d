"""The catalogue of measures: versions that come with the product, of which a policy pack names one.

A measure on a listing keeps what its version said, so that a later version changes nothing that was ordered.
Source: 国发〔2016〕76号; 发改财金〔2016〕141号; 国办发〔2020〕49号.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from hub.canonical.punishment_codes import MeasureLevel, MeasureTarget, PunishmentField
from hub.core.errors import Reason, refuse_if
from hub.core.texts import Text
from hub.policy.documents import read_yaml
from hub.policy.fields import Fields, read_choice, read_list
from hub.policy.pack import PolicyPack

_HEADER = ("version", "title", "valid_from", "valid_to", "note", "measures")
_MEASURE = ("code", "name", "field", "level", "legal_basis", "targets", "court_only")


@dataclass(frozen=True, slots=True)
class Measure:
    """``targets`` are whom it may meet; ``court_only``: no other than the listing's court decides it."""

    code: str
    name: Text
    field: PunishmentField
    level: MeasureLevel
    legal_basis: str
    targets: tuple[MeasureTarget, ...]
    court_only: bool


@dataclass(frozen=True, slots=True)
class MeasureCatalogue:
    version: str
    title: Text
    valid_from: date
    valid_to: date | None
    measures: tuple[Measure, ...]


@dataclass(frozen=True, slots=True)
class PunishmentPolicy:
    """Reading of one pack: which measures of which catalogue there are, and how they are decided."""

    pack: PolicyPack

    @property
    def catalogue(self) -> MeasureCatalogue:
        return load_catalogue(self.pack.choice("punishment.catalogue"))

    def measures(self, on: date) -> tuple[Measure, ...]:
        """What the jurisdiction applies on a day."""
        known, fields = self.catalogue, self.pack.codes("punishment.fields")
        if on < known.valid_from or (known.valid_to is not None and on > known.valid_to):
            return ()
        return tuple(each for each in known.measures if each.field.value in fields)

    def find(self, code: str, on: date) -> Measure | None:
        return next((each for each in self.measures(on) if each.code == code), None)

    def targets(self, measure: Measure) -> tuple[MeasureTarget, ...]:
        """The listed unit, and the persons to whom the jurisdiction extends the measure."""
        persons = self.pack.codes("punishment.persons")
        return tuple(each for each in measure.targets if each is MeasureTarget.UNIT or each.value in persons)

    def needs_approval(self, measure: Measure, *, government: bool) -> bool:
        """Harsher measures against a public body need the government's approved list of overdue subjects."""
        return government and measure.field.value in self.pack.codes("punishment.approval")

    @property
    def automatic(self) -> bool:
        return self.pack.flag("punishment.auto")

    @property
    def clause(self) -> str | None:
        return self.pack.basis("punishment.fields").clause


@cache
def load_catalogue(version: str) -> MeasureCatalogue:
    """A catalogue that comes with the product. Raises ``Refused`` with everything that is wrong with its file."""
    return parse_catalogue(read_yaml(files("hub.punishment").joinpath("catalogues", f"{version}.yaml").read_bytes()))


def parse_catalogue(data: object) -> MeasureCatalogue:
    """A catalogue from plain data. Raises ``Refused`` with every reason; a measure without a basis is one."""
    reasons: list[Reason] = []
    fields = Fields(data, (), reasons, _HEADER)
    measures = tuple(
        _read(each, ("measures", at), reasons)
        for at, each in enumerate(read_list(fields.require("measures"), ("measures",), reasons))
    )
    made = MeasureCatalogue(
        version=fields.text("version"),
        title=fields.bilingual("title"),
        valid_from=fields.day("valid_from"),
        valid_to=fields.optional_day("valid_to"),
        measures=measures,
    )
    seen = [each.code for each in measures]
    reasons += [Reason("MEASURE_TWICE", ("measures", code)) for code in sorted(set(seen)) if seen.count(code) > 1]
    refuse_if(reasons)
    return made


def _read(data: object, path: tuple[str | int, ...], reasons: list[Reason]) -> Measure:
    fields = Fields(data, path, reasons, _MEASURE)
    targets: list[Any] = read_list(fields.require("targets"), (*path, "targets"), reasons)
    return Measure(
        code=fields.text("code"),
        name=fields.bilingual("name"),
        field=fields.choice("field", PunishmentField),
        level=fields.choice("level", MeasureLevel),
        legal_basis=fields.text("legal_basis"),
        targets=tuple(read_choice(each, MeasureTarget, (*path, "targets"), reasons) for each in targets),
        court_only=fields.get("court_only") is True,
    )
