"""Links of the chain: each holds the digest of its entry's canonical form and of the link before it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from hub.evidence.digests import canonical, digest

ORIGIN = ""
"""What stands for the link before the first."""


@dataclass(frozen=True, slots=True)
class Link:
    """Position of an entry in its partition. ``sequence`` starts at 1 and has no gaps; digests are hexadecimal."""

    partition: str
    sequence: int
    previous: str
    hash: str


def link(algorithm: str, partition: str, sequence: int, previous: str, entry: Mapping[str, Any]) -> Link:
    """The link of an entry behind ``previous``."""
    form = {"partition": partition, "sequence": sequence, "previous": previous, "entry": dict(entry)}
    return Link(partition, sequence, previous, digest(algorithm, canonical(form)).hex())


def holds(algorithm: str, claimed: Link, entry: Mapping[str, Any]) -> bool:
    """Whether the link is the one of that entry at that place."""
    return link(algorithm, claimed.partition, claimed.sequence, claimed.previous, entry) == claimed
