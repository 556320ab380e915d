"""Secrets of an installation: from the environment, or generated once for development."""

from __future__ import annotations

import base64
import json
import os
import secrets
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import SecretStr

from hub.config import Settings
from hub.core.errors import Reason, Refused, refuse_if
from hub.core.keyring import KeyRing, KeyRingError
from hub.db.target import DatabaseRole

_SHORTEST = 16
_DEFAULTS = ("changeme", "password", "secret", "postgres", "default", "example", "123456")


@dataclass(frozen=True, slots=True)
class Secrets:
    """Database passwords by role, and the key ring."""

    passwords: dict[DatabaseRole, str] = field(repr=False)
    keyring: KeyRing = field(repr=False)


def load_secrets(settings: Settings, *, owner: bool = False) -> Secrets:
    """What the environment gives; in development the rest is generated into ``HUB_HOME/secrets.json`` (0600).

    ``owner``: the owner's password is needed too (migrations only; a web process never gets it).
    Raises ``Refused`` with every reason when production lacks one or uses a default.
    """
    given = _given(settings)
    if settings.production:
        needed = given if owner else {name: value for name, value in given.items() if name != "owner_password"}
        refuse_if(_production_problems(settings, needed))
        stored: dict[str, str] = {}
    else:
        stored = _stored(settings.home / "secrets.json")
    values = {name: given[name] or stored.get(name, "") for name in given}
    try:
        keyring = KeyRing.parse(values["master_keys"])
    except KeyRingError:
        raise Refused(Reason("MASTER_KEYS_INVALID")) from None
    return Secrets({role: values[_password_name(role)] for role in DatabaseRole}, keyring)


def _password_name(role: DatabaseRole) -> str:
    return f"{role.value.removeprefix('hub_')}_password"


def _given(settings: Settings) -> dict[str, str]:
    fields: dict[str, SecretStr | None] = {
        "master_keys": settings.master_keys,
        "app_password": settings.app_password,
        "system_password": settings.system_password,
        "owner_password": settings.owner_password,
    }
    return {name: value.get_secret_value() if value else "" for name, value in fields.items()}


def _production_problems(settings: Settings, given: dict[str, str]) -> Iterator[Reason]:
    for name, value in given.items():
        variable = f"HUB_{name.upper()}"
        if not value:
            yield Reason("PRODUCTION_NEEDS", params={"name": variable})
        elif name != "master_keys" and (len(value) < _SHORTEST or any(word in value.lower() for word in _DEFAULTS)):
            yield Reason("PRODUCTION_WEAK_SECRET", params={"name": variable})
    if settings.database_url is None:
        yield Reason("PRODUCTION_NEEDS", params={"name": "HUB_DATABASE_URL"})
    if settings.issuer is None:
        yield Reason("PRODUCTION_NEEDS", params={"name": "HUB_ISSUER"})
    elif not settings.issuer.startswith("https://"):
        yield Reason("PRODUCTION_INSECURE_ISSUER")


def _stored(path: Path) -> dict[str, str]:
    """The generated secrets; whoever creates the file first wins, everybody else reads it."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    fresh = {name: secrets.token_urlsafe(32) for name in ("app_password", "system_password", "owner_password")}
    fresh["master_keys"] = "k1:" + base64.b64encode(secrets.token_bytes(32)).decode("ascii")
    scratch = path.with_suffix(f".{os.getpid()}.new")
    scratch.touch(mode=0o600)
    scratch.write_text(json.dumps(fresh))
    try:
        os.link(scratch, path)
    except FileExistsError:
        pass
    finally:
        scratch.unlink()
    try:
        found = json.loads(path.read_text())
    except ValueError:
        raise Refused(Reason("SECRETS_MISMATCH", params={"path": path.name})) from None
    if not isinstance(found, dict) or not fresh.keys() <= found.keys():
        raise Refused(Reason("SECRETS_MISMATCH", params={"path": path.name}))
    return {name: str(value) for name, value in found.items()}
