"""Checks an evidence package with nothing but the package: no database, no network."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from cryptography.x509 import Certificate

from hub.core.errors import Reason, Refused
from hub.evidence.chain import Link, holds
from hub.evidence.digests import available
from hub.evidence.format import FORMAT, VERSION
from hub.evidence.merkle import proves
from hub.evidence.schemes import SchemeMissing, kid_of, opened, scheme_of
from hub.evidence.tokens import stamp_time

MAXIMUM_BYTES = 16 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Verdict:
    """``reasons`` is everything that does not hold; empty means that the package proves what it shows.

    ``kids`` are the thumbprints (RFC 7638) of the keys relied on: compare them with those the hub publishes.
    """

    entries: tuple[Mapping[str, Any], ...] = ()
    kids: tuple[str, ...] = ()
    stamped_at: tuple[datetime, ...] = ()
    reasons: tuple[Reason, ...] = field(default=())

    @property
    def proven(self) -> bool:
        return not self.reasons


def verify(content: bytes, *, authorities: Sequence[Certificate] = ()) -> Verdict:
    """Check a package. ``authorities`` are roots of time-stamp authorities; without them stamps are not counted.

    Raises ``Refused`` (EVIDENCE_UNREADABLE) on what is no package.
    """
    package = _read(content)
    try:
        return _Checking(package, authorities).verdict()
    except (KeyError, TypeError, ValueError, AttributeError):
        raise Refused(Reason("EVIDENCE_UNREADABLE")) from None


def _read(content: bytes) -> dict[str, Any]:
    if len(content) > MAXIMUM_BYTES:
        raise Refused(Reason("EVIDENCE_UNREADABLE"))
    try:
        package = json.loads(content)
    except (ValueError, RecursionError):
        raise Refused(Reason("EVIDENCE_UNREADABLE")) from None
    if not isinstance(package, dict) or (package.get("format"), package.get("version")) != (FORMAT, VERSION):
        raise Refused(Reason("EVIDENCE_UNREADABLE"))
    return package


class _Checking:
    def __init__(self, package: Mapping[str, Any], authorities: Sequence[Certificate]) -> None:
        self._package = package
        self._authorities = authorities
        self._keys = {key["kid"]: key for key in package["keys"]}
        self._used: set[str] = set()
        self._stamps: list[datetime] = []
        self._seals: list[Mapping[str, Any]] = []

    def verdict(self) -> Verdict:
        reasons = [*self._check_seals(), *self._check_entries()]
        entries = tuple(each["entry"] for each in self._package["entries"])
        return Verdict(entries, tuple(sorted(self._used)), tuple(self._stamps), tuple(reasons))

    def _check_seals(self) -> Iterator[Reason]:
        for number, seal in enumerate(self._package["seals"], start=1):
            try:
                said = self._opened(seal["statement"])
            except SchemeMissing as missing:
                yield Reason("EVIDENCE_ALGORITHM", params={"algorithm": missing.algorithm})
                continue
            if said is None:
                yield Reason("EVIDENCE_SIGNATURE", params={"seal": number})
                continue
            self._seals.append(said)
            yield from self._check_stamp(number, seal)

    def _opened(self, statement: str) -> Mapping[str, Any] | None:
        """What a seal says, when its key is in the package, is the key it claims to be, and signed it.

        Raises ``SchemeMissing``.
        """
        try:
            kid = kid_of(statement)
            key = self._keys[kid]
            if scheme_of(key).thumbprint(key) != kid:
                return None
            said: Mapping[str, Any] = json.loads(opened(statement, key))
        except (ValueError, KeyError):
            return None
        self._used.add(kid)
        return said

    def _check_stamp(self, number: int, seal: Mapping[str, Any]) -> Iterator[Reason]:
        token = seal.get("timeStamp")
        if token is None or not self._authorities:
            return
        try:
            raw = base64.b64decode(token, validate=True)
            self._stamps.append(stamp_time(raw, seal["statement"].encode(), self._authorities))
        except (binascii.Error, ValueError):
            yield Reason("EVIDENCE_STAMP", params={"seal": number})

    def _check_entries(self) -> Iterator[Reason]:
        shown = self._package["entries"]
        if not shown:
            yield Reason("EVIDENCE_EMPTY")
        for each in shown:
            where = {"partition": each["partition"], "sequence": each["sequence"]}
            if each["entry"]["message_id"] != self._package["messageId"]:
                yield Reason("EVIDENCE_FOREIGN_ENTRY", params=where)
            seal = self._seal_over(each)
            if seal is None:
                yield Reason("EVIDENCE_UNSEALED_ENTRY", params=where)
            elif seal["algorithm"] not in available():
                yield Reason("EVIDENCE_ALGORITHM", params={"algorithm": str(seal["algorithm"])})
            elif not _entry_holds(each, seal):
                yield Reason("EVIDENCE_ENTRY_CHANGED", params=where)

    def _seal_over(self, each: Mapping[str, Any]) -> Mapping[str, Any] | None:
        return next(
            (
                seal
                for seal in self._seals
                if seal["partition"] == each["partition"] and seal["first"] <= each["sequence"] <= seal["last"]
            ),
            None,
        )


def _entry_holds(each: Mapping[str, Any], seal: Mapping[str, Any]) -> bool:
    algorithm = seal["algorithm"]
    claimed = Link(each["partition"], each["sequence"], each["previous"], each["hash"])
    return holds(algorithm, claimed, each["entry"]) and proves(
        algorithm,
        bytes.fromhex(claimed.hash),
        claimed.sequence - seal["first"],
        seal["last"] - seal["first"] + 1,
        [bytes.fromhex(step) for step in each["proof"]],
        bytes.fromhex(seal["root"]),
    )
