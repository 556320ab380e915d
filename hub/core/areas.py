"""Areas of protected data, how far a role reaches into one, and the row scope the database is told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum
from uuid import UUID


class Area(StrEnum):
    """Groups of tables that share one row policy.

    HOME is what everyone at work in a jurisdiction may know; CREDIT every listing and list entry, GOVERNMENT_CREDIT
    those of public bodies; CHECK what a check may find, by keyed hash; EXCHANGE how connectors stand and which of
    their messages wait for a person; DELIVERY how webhooks and their deliveries stand; EXECUTION that execution
    queries were made, never what they found; SUGGESTION judicial suggestions that were sent.
    """

    HOME = "home"
    ORGANIZATION = "organization"
    POLICY = "policy"
    DOUBLE_LIST = "double_list"
    LINKAGE = "linkage"
    MEETING = "meeting"
    CREDIT = "credit"
    GOVERNMENT_CREDIT = "government_credit"
    CHECK = "check"
    EXCHANGE = "exchange"
    DELIVERY = "delivery"
    SUPERVISION = "supervision"
    SUGGESTION = "suggestion"
    EXECUTION = "execution"
    AUDIT = "audit"


class Reach(IntEnum):
    """How far a role reaches.

    PARTY: rows the organisation is party to. SUBORDINATE: besides, governance columns of rows its subordinates
    are party to. JURISDICTION: every row of the jurisdiction and below.
    """

    NONE = 0
    PARTY = 1
    SUBORDINATE = 2
    JURISDICTION = 3


_NOTHING_TOLD = dict.fromkeys(
    (
        "hub.subject",
        "hub.organization",
        "hub.superior",
        *("hub.reads_" + area for area in Area),
        *("hub.writes_" + area for area in Area),
    ),
    "",
)


@dataclass(frozen=True, slots=True)
class RowScope:
    """What row security is told about the caller; becomes transaction-local settings ``hub.*``.

    ``reads`` and ``writes`` hold, per area, the jurisdiction paths covered whole.
    """

    subject: str
    organization_id: UUID | None = None
    superior: bool = False
    reads: Mapping[Area, tuple[str, ...]] = field(default_factory=dict)
    writes: Mapping[Area, tuple[str, ...]] = field(default_factory=dict)

    def settings(self) -> dict[str, str]:
        """Setting name → value, every setting always present so that none survives by omission."""
        return _NOTHING_TOLD | self.told()

    def told(self) -> dict[str, str]:
        """The settings that hold something. Enough where each statement is a transaction of its own: a policy takes a
        setting that is not there as one that is empty."""
        values = {
            "hub.subject": self.subject,
            "hub.organization": str(self.organization_id or ""),
            "hub.superior": "1" if self.superior else "",
        }
        values |= {"hub.reads_" + area: ",".join(paths) for area, paths in self.reads.items()}
        values |= {"hub.writes_" + area: ",".join(paths) for area, paths in self.writes.items()}
        return {name: value for name, value in values.items() if value}

    def covers(self, area: Area, path: str) -> bool:
        """Whether every row of ``area`` at ``path`` is readable by role."""
        return any(path.startswith(covered) for covered in self.reads.get(area, ()))

    def may_write(self, area: Area, path: str) -> bool:
        return any(path.startswith(covered) for covered in self.writes.get(area, ()))
