"""Loading policy packs from their files, or from the plain data of a stored one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from difflib import get_close_matches
from importlib.resources import files
from importlib.resources.abc import Traversable
from itertools import pairwise
from types import MappingProxyType

from hub.canonical.document_number import find_document_number_problems, normalize_document_number
from hub.canonical.region import find_region_code_problems, normalize_region_code
from hub.core.errors import Reason, Refused, refuse_if
from hub.policy.documents import read_yaml
from hub.policy.fields import Fields, Path, show_value
from hub.policy.pack import Parameter, PolicyPack
from hub.policy.parameters import REGISTRY
from hub.policy.rules import Origin
from hub.policy.specification import ParameterSpec
from hub.policy.values import read_value

_HEADER = (
    "jurisdiction_code",
    "version",
    "title",
    "document_no",
    "issued_on",
    "effective_from",
    "effective_to",
    "date_note",
    "parameters",
)
_VERSION = re.compile(r"[0-9]{4}\.[0-9]{1,3}")


def load_shipped_packs() -> tuple[PolicyPack, ...]:
    """The packs that come with the product, by jurisdiction and version. Raises ``Refused`` with every reason."""
    return load_packs(files("hub.policy") / "packs")


def shipped_file(pack: PolicyPack) -> str:
    """Where the file of a pack that came with the product lies."""
    return str(files("hub.policy") / "packs" / pack.jurisdiction_code / f"{pack.version}.yaml")


def load_packs(root: Traversable) -> tuple[PolicyPack, ...]:
    """Every pack under ``root``, in files ``<jurisdiction code>/<version>.yaml``.

    Raises ``Refused`` with the reasons of all files; paths begin with the file.
    """
    reasons: list[Reason] = []
    packs = []
    for folder in sorted((entry for entry in root.iterdir() if entry.is_dir()), key=lambda entry: entry.name):
        for file in sorted(folder.iterdir(), key=lambda entry: entry.name):
            name = f"{folder.name}/{file.name}"
            try:
                pack = parse_pack(read_yaml(file.read_bytes()))
            except Refused as refusal:
                reasons += [Reason(reason.code, (name, *reason.path), reason.params) for reason in refusal.reasons]
                continue
            reasons += _find_misplacement(pack, folder.name, file.name)
            packs.append(pack)
    reasons += find_overlaps(packs)
    refuse_if(reasons)
    return tuple(packs)


def parse_pack(data: object) -> PolicyPack:
    """Pack of plain data; parameters it leaves out take their defaults. Raises ``Refused`` with every reason."""
    reasons: list[Reason] = []
    fields = Fields(data, (), reasons, _HEADER)
    parameters = _read_parameters(fields.get("parameters") or {}, reasons)
    document_no = fields.optional_text("document_no")
    pack = PolicyPack(
        jurisdiction_code=normalize_region_code(fields.text("jurisdiction_code")),
        version=fields.text("version"),
        title=fields.text("title"),
        document_no=None if document_no is None else normalize_document_number(document_no),
        issued_on=fields.optional_day("issued_on"),
        effective_from=fields.day("effective_from"),
        effective_to=fields.optional_day("effective_to"),
        parameters=MappingProxyType(parameters),
        date_note=fields.optional_bilingual("date_note"),
    )
    reasons += _find_header_problems(pack)
    refuse_if(reasons)
    return pack


def find_overlaps(packs: Iterable[PolicyPack]) -> list[Reason]:
    """Versions of one jurisdiction that are in force on the same day."""
    ordered = sorted(packs, key=lambda pack: (pack.jurisdiction_code, pack.effective_from))
    return [
        Reason("PACK_OVERLAP", (earlier.jurisdiction_code,), {"first": earlier.version, "second": later.version})
        for earlier, later in pairwise(ordered)
        if earlier.jurisdiction_code == later.jurisdiction_code
        and (earlier.effective_to or date.max) >= later.effective_from
    ]


def _read_parameters(data: object, reasons: list[Reason]) -> dict[str, Parameter]:
    """Every registered parameter, in the order of the registry."""
    names = list(data) if isinstance(data, Mapping) else []
    given = Fields(data, ("parameters",), reasons, names)
    for name in names:
        if name not in REGISTRY:
            close = ", ".join(get_close_matches(str(name), REGISTRY, n=3)) or "-"
            given.report("PARAMETER_UNKNOWN", show_value(name), key=show_value(name), expected=close)
    return {
        key: _read_parameter(given, spec, reasons) if given.get(key) is not None else default_parameter(spec)
        for key, spec in REGISTRY.items()
    }


def default_parameter(spec: ParameterSpec) -> Parameter:
    """The parameter where a pack says nothing."""
    reasons: list[Reason] = []
    value = None if spec.optional else read_value(spec.default, spec.domain, (spec.key,), reasons)
    refuse_if(reasons)
    return Parameter(value, spec.origin, spec.clause, spec.reason)


def _read_parameter(given: Fields, spec: ParameterSpec, reasons: list[Reason]) -> Parameter:
    path: Path = ("parameters", spec.key)
    fields = Fields(given.get(spec.key), path, reasons, ("value", "origin", "clause", "note"))
    clause, note = fields.optional_text("clause"), fields.optional_bilingual("note")
    origin = fields.choice("origin", Origin, default=Origin.NOTICE)
    if origin is Origin.DEFAULT and (note is None or clause is not None):
        fields.report("PARAMETER_NOTE", key=spec.key)
    if origin is not Origin.DEFAULT and clause is None:
        fields.report("PARAMETER_CLAUSE", key=spec.key)
    if spec.optional and not fields.has("value"):
        return Parameter(None, origin, clause, note)
    raw = fields.require("value")
    value = None if raw is None else read_value(raw, spec.domain, (*path, "value"), reasons)
    return Parameter(value, origin, clause, note)


def _find_header_problems(pack: PolicyPack) -> list[Reason]:
    found: list[Reason] = []
    if pack.jurisdiction_code:
        found += find_region_code_problems(pack.jurisdiction_code, path=("jurisdiction_code",))
    if pack.document_no is not None:
        found += find_document_number_problems(pack.document_no, path=("document_no",))
    if pack.version and not _VERSION.fullmatch(pack.version):
        found.append(Reason("PACK_VERSION_FORM", ("version",), {"value": pack.version[:20]}))
    if pack.effective_to is not None and pack.effective_to < pack.effective_from:
        found.append(Reason("PACK_EFFECTIVE", ("effective_to",)))
    return found


def _find_misplacement(pack: PolicyPack, folder: str, file: str) -> list[Reason]:
    name = f"{folder}/{file}"
    places = (("jurisdiction_code", folder, pack.jurisdiction_code), ("version", file, f"{pack.version}.yaml"))
    return [
        Reason("PACK_PLACE", (name,), {"key": key, "expected": expected, "value": value})
        for key, expected, value in places
        if expected != value
    ]
