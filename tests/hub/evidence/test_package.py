"""An evidence package proves its message offline, and nothing else."""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

import hub
from hub.core.errors import Refused
from hub.db.models import ExchangeEntry
from hub.evidence.package import evidence_of
from hub.evidence.verifying import verify
from tests.obligations.steps import Steps
from tests.support.client import ClientOf

LATEST = "{ exchangeMessages(first: 1) { nodes { id messageKey operation requestDigest organization { shortName } } } }"
PROOF = "query($id: ID!) { evidence(id: $id) { sealed package } }"


@pytest.fixture
async def package(exchanged: Steps, seal) -> dict[str, Any]:
    await seal()
    async with exchanged.world.sessions.system("test") as session:
        key = await session.scalar(select(ExchangeEntry.message_id).order_by(ExchangeEntry.id).offset(4).limit(1))
        return await evidence_of(session, key)


def bytes_of(package: Any) -> bytes:
    return json.dumps(package).encode()


def test_a_package_as_exported_is_proven(package: dict[str, Any]) -> None:
    verdict = verify(bytes_of(package))
    assert verdict.proven
    assert len(verdict.entries) == 1
    assert verdict.kids == tuple(key["kid"] for key in package["keys"])


def leaves(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    match value:
        case dict():
            for key, inner in value.items():
                yield from leaves(inner, (*path, key))
        case list():
            for index, inner in enumerate(value):
                yield from leaves(inner, (*path, index))
        case _:
            yield path


def test_changing_any_value_of_a_package_is_noticed(package: dict[str, Any]) -> None:
    unproven = 0
    for path in leaves(package):
        if (path[0] == "keys" and path[-1] in {"use", "alg"}) or path[-1] == "timeStamp":
            continue
        changed = deepcopy(package)
        place = changed
        for part in path[:-1]:
            place = place[part]
        place[path[-1]] = _other(place[path[-1]])
        with suppress(Refused):
            assert not verify(bytes_of(changed)).proven, path
        unproven += 1
    assert unproven > 20


def _other(value: Any) -> Any:
    match value:
        case None:
            return "x"
        case int():
            return value + 1
        case str() if value:
            return ("1" if value[0] != "1" else "2") + value[1:]
    return "x"


def test_another_key_cannot_stand_in(package: dict[str, Any]) -> None:
    from joserfc.jwk import ECKey  # noqa: PLC0415 - the attacker's tool

    key = ECKey.generate_key("P-256")
    changed = deepcopy(package)
    changed["keys"][0] = dict(key.as_dict(private=False, kid=package["keys"][0]["kid"]))
    assert next(each.code for each in verify(bytes_of(changed)).reasons) == "EVIDENCE_SIGNATURE"


@pytest.mark.parametrize(
    "content",
    [b"", b"null", b"[]", b"{}", b"\xff\xfe", b'{"format": "linkage-hub-evidence", "version": 1}', b"[" * 100_000],
)
def test_what_is_no_package_is_refused(content: bytes) -> None:
    with pytest.raises(Refused) as refused:
        verify(content)
    assert refused.value.code == "EVIDENCE_UNREADABLE"


def test_the_command_verifies_without_database_or_network(package: dict[str, Any], tmp_path) -> None:
    file = tmp_path / "存证.json"
    file.write_bytes(bytes_of(package))
    command = [sys.executable, "-m", "hub.cli", "evidence", "verify", str(file)]
    environment = {
        "PATH": "/nowhere",
        "HUB_DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none",
        "HUB_HOME": str(tmp_path),
    }
    done = subprocess.run(command, check=False, capture_output=True, text=True, env=environment, timeout=60)
    assert done.returncode == 0, done.stderr
    assert package["keys"][0]["kid"] in done.stdout


NEEDED = ("cryptography", "_cffi_backend", "cffi", "joserfc", "rfc8785", "rfc3161_client", "gmssl_pyx")
"""What the offline verifier needs of others' libraries, as its documentation says."""


def test_the_verifier_runs_in_an_empty_environment(package: dict[str, Any], tmp_path: Path) -> None:
    """Nothing is importable but the standard library, what is needed, and two packages of the product."""
    shelf, product = tmp_path / "shelf", Path(hub.__file__).parent
    (shelf / "hub").mkdir(parents=True)
    (shelf / "hub" / "__init__.py").touch()
    for part in ("core", "evidence"):
        (shelf / "hub" / part).symlink_to(product / part)
    for name in NEEDED:
        origin = importlib.util.find_spec(name).origin
        source = Path(origin).parent if origin.endswith("__init__.py") else Path(origin)
        (shelf / source.name).symlink_to(source)
    file = tmp_path / "proof.json"
    file.write_bytes(bytes_of(package))
    start = f"import sys, runpy; sys.path = [each for each in sys.path if 'packages' not in each] + [{str(shelf)!r}];"
    start += f" sys.argv = ['verify', {str(file)!r}]; runpy.run_module('hub.evidence', run_name='__main__')"
    command = [sys.executable, "-I", "-S", "-c", start]
    done = subprocess.run(command, check=False, capture_output=True, text=True, env={}, cwd=tmp_path, timeout=60)
    assert done.returncode == 0, done.stderr
    assert package["keys"][0]["kid"] in done.stdout
    package["entries"][0]["entry"]["subject"] = "other"
    file.write_bytes(bytes_of(package))
    done = subprocess.run(command, check=False, capture_output=True, text=True, env={}, cwd=tmp_path, timeout=60)
    assert (done.returncode, "EVIDENCE_ENTRY_CHANGED" in done.stderr) == (1, True)


async def test_a_client_gets_the_evidence_of_its_own_messages_and_of_no_others(
    exchanged: Steps, seal, client_of: ClientOf
) -> None:
    court = await client_of("county.court")
    (mine,) = (await court.data(LATEST))["exchangeMessages"]["nodes"]
    assert mine["organization"]["shortName"]
    waiting = await court.data(PROOF, id=mine["id"])
    assert waiting["evidence"] == {"sealed": False, "package": None}
    await seal()
    package = (await court.data(PROOF, id=mine["id"]))["evidence"]["package"]
    assert verify(package.encode()).proven
    assert "county.court" in package
    for other in ("county.police", "neighbour.court", "county.portal", "neighbour.audit"):
        stranger = await client_of(other)
        assert await stranger.data(PROOF, id=mine["id"]) == {"evidence": None}
        seen = await stranger.data("{ exchangeMessages(first: 100) { totalCount nodes { id } } }")
        assert mine["id"] not in json.dumps(seen)
    audit = await client_of("county.audit")
    assert (await audit.data(PROOF, id=mine["id"]))["evidence"]["sealed"]
