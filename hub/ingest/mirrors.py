"""Which mirror a list stands in."""

from __future__ import annotations

from hub.canonical.exchange_codes import CaseListKind
from hub.cases import snapshots as entries
from hub.credit import snapshots as listings
from hub.subjects.snapshots import ListMirror


def mirror_of(kind: CaseListKind) -> ListMirror:
    return listings.MIRROR if kind is CaseListKind.DISHONEST else entries.mirror(kind)
