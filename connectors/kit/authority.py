"""A system of an authority behind a file drop or SFTP: what it is told lies there as files, its answers are signed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey

from connectors.kit.receipts import signed_text
from connectors.kit.store import Store
from hub.canonical.connector import Card, Health, Outgoing


class Authority:
    """``kind`` and ``region`` (GB/T 2260) name the source; ``key`` gives the key that the authority signs with."""

    def __init__(
        self, kind: str, region: str, card: Card, store: Store, key: Callable[[], EllipticCurvePublicKey]
    ) -> None:
        self.card = card
        self.source = f"{kind}:{region}"
        self._store = store
        self._key = key

    def answered(self, name: str, *, at_most: int) -> dict[str, Any] | None:
        """A signed answer by its name, ``None`` while there is none. Raises ``Unreachable``."""
        content = self._store.answer(name, at_most)
        return None if content is None else signed_text(content, self._key())

    def health(self) -> Health:
        """Well when its folder can be listed."""
        return Health.of(self._store.manifests)


def message_file(outgoing: Outgoing, *, template: str, kinds: frozenset[str]) -> tuple[str, bytes]:
    """Name and content of ``{"template": …, "key": …, "kind": …, "body": {…}, "sha256": …}``, the digest of the body
    with its members sorted and no spaces. Raises ``ValueError`` on a kind that the template has not."""
    if outgoing.kind not in kinds:
        raise ValueError(outgoing.kind)
    body = json.dumps(outgoing.body, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    whole = {
        "template": template,
        "key": outgoing.key,
        "kind": outgoing.kind,
        "sha256": hashlib.sha256(body.encode()).hexdigest(),
        "body": json.loads(body),
    }
    name = template.partition("/")[0]
    return f"{name}-{outgoing.key}.json", json.dumps(whole, ensure_ascii=False).encode()
