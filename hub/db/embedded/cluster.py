"""The data directory and the password of its bootstrap superuser."""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterator
from pathlib import Path

from hub.core.errors import Reason, Refused
from hub.db.embedded.binaries import Binaries
from hub.db.embedded.identity import Identity
from hub.db.embedded.place import Place, scratch
from hub.db.embedded.state import write_private

SUPERUSER = "postgres"
_CTYPES = ("C.UTF-8", "en_US.UTF-8", "zh_CN.UTF-8", "UTF-8")


def superuser_password(path: Path, *, cluster_exists: bool) -> str:
    """The password kept in ``path``; made there first when no cluster needs the old one.

    Raises ``Refused`` EMBEDDED_SECRET_MISSING when the cluster's password is lost.
    """
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))["password"]
        if not isinstance(kept, str):
            raise TypeError(path)
    except (FileNotFoundError, ValueError, KeyError, TypeError):
        if cluster_exists:
            raise Refused(Reason("EMBEDDED_SECRET_MISSING", params={"path": path})) from None
        made = secrets.token_urlsafe(24)
        write_private(path, json.dumps({"superuser": SUPERUSER, "password": made}))
        return made
    if path.stat().st_mode & 0o077:
        path.chmod(0o600)
    return kept


def check_version(place: Place, binaries: Binaries) -> None:
    """Raises ``Refused`` EMBEDDED_VERSION for a cluster of another major version, EMBEDDED_FOREIGN_DATA for none."""
    match place.version:
        case "":
            raise Refused(Reason("EMBEDDED_FOREIGN_DATA", params={"path": place.data}))
        case found if found != binaries.major:
            raise Refused(
                Reason("EMBEDDED_VERSION", params={"path": place.data, "found": found, "expected": binaries.major})
            )


def create_cluster(place: Place, identity: Identity, binaries: Binaries, password: str) -> None:
    """Run ``initdb`` aside and move the finished cluster into place: a killed one leaves nothing half-made.

    Raises ``Refused`` EMBEDDED_CREATE_FAILED; what ``initdb`` said is then in the log.
    """
    with scratch(place.base, identity) as folder:
        password_file = folder / "password"
        write_private(password_file, password)
        identity.give(password_file)
        for said in _attempts(folder, identity, binaries):
            if said is None:
                (folder / "data").rename(place.data)
                return
            if b"invalid locale name" not in said:
                break
        write_private(place.log, said.decode("utf-8", "replace") if said else "")
    raise Refused(Reason("EMBEDDED_CREATE_FAILED", params={"path": place.log}))


def _attempts(folder: Path, identity: Identity, binaries: Binaries) -> Iterator[bytes | None]:
    """Per character-type locale that the system may have: None when the cluster stands, else what ``initdb`` said.

    The builtin locale sorts and folds. pg_trgm alone still asks LC_CTYPE of the system what a letter is: under ``C``
    a Chinese text has no trigrams at all.
    """
    for ctype in _CTYPES:
        options = ("-D", "data", "-U", SUPERUSER, "--pwfile=password", *_INITDB, f"--lc-ctype={ctype}")
        said = folder / "said"
        with said.open("wb") as output:
            code = identity.run((binaries.initdb, *options), cwd=folder, output=output)
        yield None if code == 0 else said.read_bytes()


_INITDB = (
    "--auth-local=scram-sha-256",
    "--auth-host=scram-sha-256",
    "--encoding=UTF8",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
    "--locale=C",
    "--no-sync",
    "--no-instructions",
)
