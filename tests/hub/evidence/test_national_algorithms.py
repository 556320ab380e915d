"""SM2 and SM3 in place of ES256 and SHA-256: the same proof, checked by another implementation too."""

from __future__ import annotations

import base64
import json
import subprocess
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from pydantic import ValidationError
from sqlalchemy import select

from hub.config import Settings
from hub.db.models import ExchangeEntry
from hub.evidence import sm2
from hub.evidence.digests import SM3
from hub.evidence.package import evidence_of
from hub.evidence.sealing import seal_pending
from hub.evidence.verifying import verify
from hub.runtime import Runtime
from tests.obligations.steps import Steps

SPKI_HEAD = bytes.fromhex("3059301306072a8648ce3d020106082a811ccf5501822d034200")
"""SubjectPublicKeyInfo of an SM2 key (GM/T 0015) before its uncompressed point."""


async def seal(runtime: Runtime, **chosen: str) -> None:
    async with runtime.sessions.system("test") as session:
        await seal_pending(session, runtime.keyring, at=runtime.clock(), **chosen)


async def exported(steps: Steps) -> dict[str, Any]:
    async with steps.world.sessions.system("test") as session:
        key = await session.scalar(select(ExchangeEntry.message_id).order_by(ExchangeEntry.id.desc()).limit(1))
        return await evidence_of(session, key)


def codes(package: dict[str, Any]) -> list[str]:
    return [reason.code for reason in verify(json.dumps(package).encode()).reasons]


def changed(package: dict[str, Any], *path: Any, value: Any) -> dict[str, Any]:
    copy = json.loads(json.dumps(package))
    place = copy
    for part in path[:-1]:
        place = place[part]
    place[path[-1]] = value
    return copy


async def test_a_chain_may_change_to_the_national_algorithms_and_both_halves_hold(
    exchanged: Steps, runtime: Runtime, inspect, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    await seal(runtime)
    item = await exchanged.propose("court")
    await seal(runtime, algorithm=SM3, signature=sm2.SM2)
    assert await inspect() == []
    package = await exported(exchanged)
    said = json.loads(_decoded(package["seals"][0]["statement"].split(".")[1]))
    assert (said["algorithm"], package["keys"][0]["alg"], codes(package)) == (SM3, "SM2", [])
    assert _openssl_verifies(package, tmp_path)
    statement = package["seals"][0]["statement"]
    for forged in (
        changed(package, "seals", 0, "statement", value=statement[:-6] + "AAAAAA"),
        changed(package, "keys", 0, "x", value=package["keys"][0]["y"]),
        changed(package, "keys", 0, "crv", value="P-256"),
    ):
        assert codes(forged)[0] == "EVIDENCE_SIGNATURE"
    assert codes(changed(package, "entries", 0, "entry", "subject", value="x")) == ["EVIDENCE_ENTRY_CHANGED"]
    assert item["id"]
    monkeypatch.setattr(sm2, "gmssl", None)
    assert "EVIDENCE_ALGORITHM" in codes(package)
    with pytest.raises(ValidationError, match=r"linkage-hub\[sm2\]"):
        Settings(evidence_signature=sm2.SM2)


def test_configuration_takes_the_algorithms_there_are_and_no_others() -> None:
    assert Settings(evidence_signature="SM2", evidence_digest="sm3").evidence_signature == "SM2"
    for wrong in ({"evidence_signature": "none"}, {"evidence_digest": "md5"}):
        with pytest.raises(ValidationError):
            Settings(**wrong)


def _openssl_verifies(package: dict[str, Any], folder: Path) -> bool:
    """Whether OpenSSL, which has no part in signing, finds the same signature good."""
    signed, _, signature = package["seals"][0]["statement"].rpartition(".")
    raw, key = _decoded(signature), package["keys"][0]
    r, s = (int.from_bytes(half, "big") for half in (raw[:32], raw[32:]))
    files = {
        "key.der": SPKI_HEAD + b"\x04" + _decoded(key["x"]) + _decoded(key["y"]),
        "signature": encode_dss_signature(r, s),
        "message": signed.encode(),
    }
    for name, content in files.items():
        (folder / name).write_bytes(content)
    command = ["openssl", "pkeyutl", "-verify", "-pubin", "-keyform", "DER", "-inkey", "key.der", "-rawin"]
    command += ["-in", "message", "-sigfile", "signature", "-digest", "sm3", "-pkeyopt", "distid:1234567812345678"]
    return subprocess.run(command, cwd=folder, check=False, capture_output=True, timeout=30).returncode == 0


def _decoded(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
