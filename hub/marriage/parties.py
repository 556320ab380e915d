"""The parties of an item: checked, sealed, masked, and found again by their blind index."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from hub.canonical.citizen_id import find_citizen_id_problems, parse_citizen_id
from hub.core.errors import Reason
from hub.core.keyring import Sealed
from hub.db.tenant_keys import TenantKeys
from hub.marriage.commands import MarriageItemDraft
from hub.subjects.resolving import mask_name


@dataclass(frozen=True, slots=True)
class Couple:
    """Both parties in clear: in memory only, and in the file of a batch."""

    a_name: str
    a_number: str
    b_name: str
    b_number: str
    registration_number: str

    @classmethod
    def of(cls, draft: MarriageItemDraft, today: date) -> Couple:
        """Raises ``Refused`` (CITIZEN_ID_*)."""
        a, b = (parse_citizen_id(party.citizen_id, today=today).value for party in (draft.party_a, draft.party_b))
        names = (draft.party_a.name.strip(), draft.party_b.name.strip())
        return cls(names[0], a, names[1], b, (draft.registration_number or "").strip())

    @classmethod
    def opened(cls, keys: TenantKeys, sealed: Sealed, item_id: UUID) -> Couple:
        return cls(*json.loads(keys.open(sealed, context=parties_context(item_id))))

    def sealed(self, keys: TenantKeys, item_id: UUID) -> Sealed:
        values = (self.a_name, self.a_number, self.b_name, self.b_number, self.registration_number)
        return keys.seal(json.dumps(values, ensure_ascii=False), context=parties_context(item_id))

    def index(self, keys: TenantKeys) -> bytes:
        """The same whoever of the two is told first."""
        return keys.index("couple:" + "|".join(sorted((self.a_number, self.b_number))))

    @property
    def masked(self) -> dict[str, str]:
        return {"party_a_masked": mask_name(self.a_name), "party_b_masked": mask_name(self.b_name)}

    @property
    def members(self) -> dict[str, str]:
        """As a batch tells them."""
        told = {
            "partyAName": self.a_name,
            "partyACitizenId": self.a_number,
            "partyBName": self.b_name,
            "partyBCitizenId": self.b_number,
            "registrationNumber": self.registration_number,
        }
        return {name: value for name, value in told.items() if value}


def parties_context(item_id: UUID) -> str:
    return f"marriage_item|parties_sealed|{item_id}"


def party_problems(draft: MarriageItemDraft, today: date, path: tuple[str | int, ...]) -> Iterator[Reason]:
    """CITIZEN_ID_* of either, PARTIES_SAME."""
    numbers = {"partyA": draft.party_a.citizen_id, "partyB": draft.party_b.citizen_id}
    found = [
        reason
        for name, number in numbers.items()
        for reason in find_citizen_id_problems(number, today=today, path=(*path, name, "citizenId"))
    ]
    yield from found
    if not found and len({parse_citizen_id(number, today=today).value for number in numbers.values()}) < 2:
        yield Reason("PARTIES_SAME", (*path, "partyB"))
