"""Every column that may hold personal data is declared, and what is declared is kept as it says."""

from __future__ import annotations

import re

from sqlalchemy import Column, Enum, LargeBinary, String

from hub.core.principal import Clearance
from hub.db.base import Base
from hub.db.personal import PERSONAL, Kept
from hub.db.types import Encrypted
from hub.inquiry.resealing import MASTER_SEALED, SEALED
from schema.binding.declare import OBJECTS
from schema.build import build_schema

COLUMNS: dict[str, Column] = {
    f"{table.name}.{column.name}": column for table in Base.metadata.tables.values() for column in table.columns
}
TELLING = re.compile(
    "citizen|identity|phone|mobile|email|e_mail|domicile|birth|plate|party_[ab]|person|representative|contact"
    "|signed_by|received_by|attendee|leader|_name$|_masked$|address$|account$"
)
"""Names of columns that are somebody's: a number, a name, an address."""
NOBODYS = {
    "bankruptcy_coordination.debtor_name": "of an enterprise",
    "organization.short_name": "of a unit",
    "jurisdiction.short_name": "of a place",
    "official_document.file_name": "of a file",
    "control_order.document_name": "of a file",
    "credit_repair.document_name": "of a file",
    "lookout_order.document_name": "of a file",
    "registered_enterprise.former_names": "of an enterprise",
    "webhook_endpoint.account": "of the hub at a system",
}
KEYS = {"evidence_key.private_sealed", "signing_key.private_sealed", "webhook_secret.sealed", "tenant_key.wrapped"}
"""What seals or signs is no personal data, and has a rotation of its own."""


def test_a_column_that_sounds_like_a_persons_is_declared() -> None:
    text = {name: column for name, column in COLUMNS.items() if isinstance(column.type, String)}
    found = {
        name
        for name, column in text.items()
        if TELLING.search(column.name) and not isinstance(column.type, Enum) and name not in NOBODYS
    }
    assert sorted(found - PERSONAL.keys()) == []
    assert NOBODYS.keys() <= COLUMNS.keys()


def test_every_sealed_and_every_keyed_column_is_declared_and_nothing_else_is() -> None:
    sealed = {name for name, column in COLUMNS.items() if isinstance(column.type, Encrypted)} - KEYS
    assert sealed == {name for name, kept in PERSONAL.items() if kept is Kept.SEALED}
    masked = {name for name in COLUMNS if name.endswith("_masked")}
    assert masked == {name for name, kept in PERSONAL.items() if kept is Kept.MASKED}
    for name, kept in PERSONAL.items():
        if kept is Kept.KEYED:
            kind = COLUMNS[name].type
            assert isinstance(getattr(kind, "item_type", kind), LargeBinary), name


def test_whatever_is_sealed_is_sealed_anew_when_keys_change() -> None:
    rotated = {f"{model.__tablename__}.{column}" for model, column in (*SEALED, *MASTER_SEALED)}
    unchanging = {"inbox_refusal.body_sealed"}
    assert rotated | unchanging == {name for name, kept in PERSONAL.items() if kept is Kept.SEALED}


def test_no_field_of_a_high_level_reads_a_plain_column() -> None:
    build_schema()
    plain = set()
    for declared in OBJECTS.values():
        for field, binding in declared.fields.items():
            level = getattr(binding, "level", None) or Clearance.L0
            attribute = getattr(binding, "attribute", None)
            if level >= Clearance.L3 and attribute is not None:
                name = f"{declared.model.__tablename__}.{attribute.key}"
                plain |= {(field, name)} if PERSONAL.get(name) not in (Kept.SEALED, Kept.MASKED, Kept.OFFICE) else set()
    assert plain == set()
