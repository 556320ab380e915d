"""The row of a listing as its court tells it. The hub mirrors a court's decision and never makes one."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import case

from hub.canonical.records import Listing
from hub.db.models import DishonestyRecord, DishonestyRecordParty
from hub.subjects.home import Home
from hub.subjects.mirroring import Mirror, Told

_FACTS = (
    "status",
    "mirror_status",
    "legal_representative",
    "execution_basis",
    "basis_unit",
    "duty",
    "performance",
    "case_facts",
    "conduct",
    "listed_on",
    "published_on",
    "deleted_on",
    "rule_version",
    "decision_number",
    "decided_on",
    "served_on",
    "grace_until",
    "term_until",
    "deletion_ground",
    "deletion_ground_on",
)


def _row(key: UUID, told: Told[Listing], home: Home) -> dict[str, object]:
    record = told.record
    return {
        "id": key,
        **told.mirrored(home),
        "case_id": told.case_id,
        "subject_id": told.subject.subject_id,
        "court_id": home.organization_id,
        "case_number": record.case.case_number,
        "government_subject": told.subject.government,
        "grounds": list(record.grounds),
        "status_since": told.order[0],
        **{name: getattr(record, name) for name in _FACTS},
    }


def _changes(new: Any, old: Any) -> dict[str, Any]:
    """A listing that is told of again: its version, and since when it stands as it does."""
    stands = case((new.status == old.status, old.status_since), else_=new.status_since)
    return {"version": old.version + 1, "status_since": stands}


MIRROR: Mirror[Listing] = Mirror(
    DishonestyRecord, DishonestyRecordParty, "record_id", type_="dishonesty.changed", row=_row, changes=_changes
)
