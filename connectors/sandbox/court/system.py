"""The sandbox court itself: numbers its batches, writes them by rename, and injects the faults it is asked for."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, SECP256R1, EllipticCurvePrivateKey, generate_private_key
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from connectors.court.wire import TEMPLATES
from connectors.kit.folder import MANIFEST, FerryFolder
from connectors.kit.signature import SUFFIX
from connectors.sandbox.court.files import Format, content
from hub.canonical.exchange_codes import BatchKind, CaseListKind

Lists = Mapping[CaseListKind, Sequence[dict[str, str]]]


class Fault(StrEnum):
    """What may go wrong on the way. SILENCE sends nothing and uses up the batch number."""

    DUPLICATE = "duplicate"
    REORDER = "reorder"
    TRUNCATE = "truncate"
    GBK_UNTOLD = "gbk-untold"
    BAD_CHECKSUM = "bad-checksum"
    BAD_COUNT = "bad-count"
    SILENCE = "silence"
    SHRUNK_SNAPSHOT = "shrunk-snapshot"
    FORGED = "forged"


class SandboxCourt:
    """One court's end of the ferry. ``sign`` makes it sign its manifests and publish its key beside the folder."""

    def __init__(self, root: Path, court_code: str, *, sign: bool = False, template: str = TEMPLATES[-1]) -> None:
        self.court_code = court_code
        self.folder = FerryFolder(root / court_code)
        self.template = template
        self.last_batch = self._answered()
        self._key: EllipticCurvePrivateKey | None = None
        self.folder.incoming.mkdir(parents=True, exist_ok=True)
        if sign:
            self._key = generate_private_key(SECP256R1())
            public = self._key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
            (root / f"{court_code}.pem").write_bytes(public)

    def send(
        self,
        lists: Lists,
        *,
        at: datetime,
        kind: BatchKind = BatchKind.DELTA,
        faults: Iterable[Fault] = (),
        format_: Format = Format.CSV,
        encoding: str = "UTF-8",
        number: int | None = None,
    ) -> int:
        """Write one batch; its number."""
        found = frozenset(faults)
        self.last_batch = batch = self.last_batch + 1 if number is None else number
        if Fault.SILENCE in found:
            return batch
        if Fault.SHRUNK_SNAPSHOT in found:
            lists = {name: rows[: len(rows) * 2 // 5] for name, rows in lists.items()}
        files = []
        for list_kind, rows in lists.items():
            ordered = list(reversed(rows)) if Fault.REORDER in found else list(rows)
            ordered += list(rows) if Fault.DUPLICATE in found else []
            files.append(self._file(batch, list_kind, ordered, format_, encoding, found))
        self._manifest(batch, kind if files else BatchKind.ZERO, at, files, found)
        return batch

    def zero_report(self, *, at: datetime) -> int:
        """Say that there is nothing today."""
        return self.send({}, at=at)

    def _answered(self) -> int:
        """The last batch that has a receipt: a court that was started again goes on from there."""
        names = (self.folder.root / "receipts").glob("*.receipt.json")
        return max((int(path.name.partition("-")[0]) for path in names), default=0)

    def snapshot_asked(self) -> bool:
        """Whether the hub has asked for a full snapshot since the last look."""
        asked = list((self.folder.root / "out").glob("snapshot-request-*.json"))
        for path in asked:
            path.unlink()
        return bool(asked)

    def receipts(self) -> list[dict[str, Any]]:
        """Receipts handed back, oldest batch first."""
        found = sorted((self.folder.root / "receipts").glob("*.receipt.json"))
        return [json.loads(path.read_text(encoding="utf-8")) for path in found]

    def results(self) -> list[dict[str, Any]]:
        """What came of the batches that are settled."""
        found = [
            json.loads(path.read_text(encoding="utf-8")) for path in (self.folder.root / "out").glob("result-*.json")
        ]
        return sorted(found, key=lambda result: int(result["batch"]))

    def error_lines(self) -> list[str]:
        """Lines of every error report, without headings."""
        found = sorted((self.folder.root / "receipts").glob("*.errors.csv"))
        return [line for path in found for line in path.read_text(encoding="utf-8-sig").splitlines()[1:]]

    def _file(
        self,
        batch: int,
        kind: CaseListKind,
        rows: Sequence[dict[str, str]],
        format_: Format,
        encoding: str,
        faults: frozenset[Fault],
    ) -> dict[str, object]:
        name = f"{batch:08}-{kind.value.lower()}.{format_.value}"
        written = "GB18030" if Fault.GBK_UNTOLD in faults else encoding
        whole = content(kind, rows, self.template, format_, written)
        digest = hashlib.sha256(whole).hexdigest()
        sent = whole[: len(whole) // 2] if Fault.TRUNCATE in faults else whole
        self.folder.put("in", name, sent)
        return {
            "name": name,
            "list": kind.value,
            "rows": len(rows) + (1 if Fault.BAD_COUNT in faults else 0),
            "bytes": len(whole),
            "sha256": "0" * 64 if Fault.BAD_CHECKSUM in faults else digest,
            "encoding": encoding,
        }

    def _manifest(
        self, batch: int, kind: BatchKind, at: datetime, files: list[dict[str, object]], faults: frozenset[Fault]
    ) -> None:
        manifest = {
            "template": self.template,
            "court": "京" if Fault.FORGED in faults else self.court_code,
            "batch": batch,
            "kind": kind.value,
            "sentAt": at.isoformat(),
            "files": files,
        }
        body = json.dumps(manifest, ensure_ascii=False).encode()
        name = f"{batch:08}{MANIFEST}"
        if self._key is not None:
            self.folder.put("in", name + SUFFIX, base64.b64encode(self._key.sign(body, ECDSA(SHA256()))))
        self.folder.put("in", name, body)
