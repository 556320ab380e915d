"""``hub register export``: the register that stands, as a folder an import reads."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import MISSING, fields, is_dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from hub.canonical.codes import MembershipRole, OrganizationKind
from hub.core.errors import Reason, Refused
from hub.core.keyring import KeyRing
from hub.organizations.liaisons import open_phone
from hub.organizations.register.entries import Group, Liaison, Register
from hub.organizations.register.files import BODIES, JURISDICTIONS, ORGANIZATIONS
from hub.organizations.register.matching import Ids, rekey
from hub.organizations.register.pinyin import syllables
from hub.organizations.register.standing import Standing

_COUNTY_DIGITS = 6
_WIDTH = 110


def export_register(standing: Standing, *, phones: KeyRing | None = None) -> dict[str, str]:
    """Texts of the files by their name in the folder; keys are made of jurisdiction and short name.

    Telephone numbers (L3) are left out unless ``phones`` opens them.
    """
    register = standing.register
    if phones is not None:
        register = replace(register, liaisons=tuple(_with_phones(standing, phones)))
    register = _ordered(rekey(register, _readable(register)))
    files = {JURISDICTIONS: _yaml([_plain(each) for each in register.jurisdictions])}
    for code, content in sorted(_by_county(register).items()):
        files[f"{ORGANIZATIONS}/{code}.yaml"] = _yaml(content)
    bodies = [_plain(each) for each in register.bodies]
    files[BODIES] = _yaml({"bodies": bodies, "liaisons": [_plain(each) for each in register.liaisons]})
    return files


def write_folder(folder: Path, files: Mapping[str, str]) -> None:
    """Write the files where nothing stands, readable by their owner only: they name people.

    Raises ``Refused`` (REGISTER_FOLDER_NOT_EMPTY, REGISTER_FOLDER_UNUSABLE).
    """
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if any(folder.iterdir()):
            raise Refused(Reason("REGISTER_FOLDER_NOT_EMPTY", params={"path": str(folder)}))
        (folder / ORGANIZATIONS).mkdir(mode=0o700)
        for name, text in files.items():
            (folder / name).touch(mode=0o600)
            (folder / name).write_text(text, encoding="utf-8")
    except OSError:
        raise Refused(Reason("REGISTER_FOLDER_UNUSABLE", params={"path": str(folder)})) from None


def _with_phones(standing: Standing, keyring: KeyRing) -> Iterable[Liaison]:
    for liaison, row in zip(standing.register.liaisons, standing.liaison_rows, strict=True):
        sealed = row.phone_sealed
        yield liaison if sealed is None else replace(liaison, phone=open_phone(keyring, row.id, sealed))


def _ordered(register: Register) -> Register:
    """The same register always gives the same files, governments and courts first."""
    kinds, roles = list(OrganizationKind), list(MembershipRole)
    units = sorted(register.units, key=lambda u: (u.jurisdiction, kinds.index(u.kind), u.uscc or "", u.name, u.key))
    bodies = [
        replace(
            body,
            memberships=tuple(
                sorted(body.memberships, key=lambda s: (roles.index(s.role), s.valid_from, s.organization))
            ),
        )
        for body in register.bodies
    ]
    return replace(
        register,
        jurisdictions=tuple(sorted(register.jurisdictions, key=lambda each: register.path(each.code))),
        units=tuple(units),
        groups=tuple(
            sorted(
                map(_sorted_members, register.groups), key=lambda each: (each.jurisdiction, len(each.name), each.name)
            )
        ),
        bodies=tuple(sorted(bodies, key=lambda each: each.key)),
        liaisons=tuple(sorted(register.liaisons, key=lambda each: (each.body, each.organization, each.person_name))),
    )


def _sorted_members(group: Group) -> Group:
    return replace(group, members=tuple(sorted(group.members)))


def _readable(register: Register) -> Ids:
    named = sorted(register.units, key=lambda unit: (unit.uscc or "", unit.name))
    units = _unique((unit.key, f"{unit.jurisdiction}-{_slug(unit.short_name)}") for unit in named)
    bodies = _unique(
        (body.key, f"{body.jurisdiction}-{body.kind.value.lower()}")
        for body in sorted(register.bodies, key=lambda each: each.name)
    )
    return Ids(units, bodies)


def _slug(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", "".join(syllables(name)).lower()) or "unit"


def _unique(wanted: Iterable[tuple[str, str]]) -> dict[str, str]:
    """A second one of a name gets a number."""
    found: dict[str, str] = {}
    used: set[str] = set()
    for id_, name in wanted:
        key, number = name, 1
        while key in used:
            number += 1
            key = f"{name}-{number}"
        used.add(key)
        found[id_] = key
    return found


def _by_county(register: Register) -> dict[str, dict[str, list[Any]]]:
    """Units and collective wordings by the county, city or province they are in."""
    found: defaultdict[str, dict[str, list[Any]]] = defaultdict(lambda: {"units": [], "groups": []})
    for unit in register.units:
        found[unit.jurisdiction[:_COUNTY_DIGITS]]["units"].append(_plain(unit))
    for group in _folded(register.groups):
        found[group.jurisdiction[:_COUNTY_DIGITS]]["groups"].append(_plain(group))
    return found


def _folded(groups: Iterable[Group]) -> list[Group]:
    """Collective wordings with the same members are one group with aliases."""
    wordings: defaultdict[tuple[str, tuple[str, ...]], list[str]] = defaultdict(list)
    for group in groups:
        wordings[group.jurisdiction, group.members].append(group.name)
    return [Group(name, place, members, tuple(more)) for (place, members), (name, *more) in wordings.items()]


def _plain(value: Any) -> Any:
    """Plain data of an entry, without what a file need not say."""
    if is_dataclass(value):
        said = {each.name: getattr(value, each.name) for each in fields(value)}
        defaults = {each.name: each.default for each in fields(value) if each.default is not MISSING}
        return {name: _plain(each) for name, each in said.items() if name not in defaults or each != defaults[name]}
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    if isinstance(value, bool) or value is None:
        return value
    return value.isoformat() if isinstance(value, date) else str(value)


def _yaml(content: Any) -> str:
    text = yaml.safe_dump(content, allow_unicode=True, sort_keys=False, default_flow_style=None, width=_WIDTH)
    return str(text)
