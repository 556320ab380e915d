"""A row of a list of cases: what it goes by, what it says, and whether it was told before."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from hub.campaign.commands import CampaignCaseDraft
from hub.canonical.case_number import parse_case_number
from hub.canonical.citizen_id import normalize_citizen_id
from hub.canonical.uscc import normalize_uscc
from hub.core.money import fen
from hub.db.models import CampaignCase
from hub.db.tenant_keys import TenantKeys

Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """A row of a list with its place in the caller's words."""

    path: Path
    draft: CampaignCaseDraft

    @property
    def number(self) -> str | None:
        return str(parse_case_number(self.draft.case_number)) if self.draft.case_number else None

    @property
    def loan(self) -> str | None:
        return (self.draft.loan_number or "").strip() or None

    def content(self, keys: TenantKeys) -> bytes:
        """Blind index of what it says; the number of the case is none of it where the loan has one."""
        draft = self.draft
        said = (
            str(draft.court_id),
            *(("loan", self.loan) if self.loan else ("case", self.number or "")),
            (draft.debtor_name or "").strip(),
            normalize_uscc(draft.debtor_uscc or ""),
            normalize_citizen_id(draft.debtor_citizen_id or ""),
            str(fen(draft.principal)),
            "" if draft.lent_on is None else draft.lent_on.isoformat(),
        )
        return keys.index("campaign:" + "|".join(part.replace("|", "||") for part in said))


class Known:
    """What was told before, by the number of the loan and of the case."""

    def __init__(self, cases: Iterable[CampaignCase]) -> None:
        self._by: dict[tuple[UUID, str, str], CampaignCase] = {}
        for case in cases:
            self._by |= {(case.court_id, *name): case for name in _names(case.loan_number, case.case_number)}

    def of(self, told: Told) -> CampaignCase | None:
        names = _names(told.loan, told.number)
        return next((self._by[key] for name in names if (key := (told.draft.court_id, *name)) in self._by), None)

    @staticmethod
    def fits(before: CampaignCase, told: Told) -> bool:
        """A loan whose case was filed since may be told with the number that the court gave it, or without."""
        return told.number is None or told.number == before.case_number


def twice_in(rows: Sequence[Told]) -> Iterator[Told]:
    seen: set[tuple[UUID, str, str]] = set()
    for each in rows:
        names = {(each.draft.court_id, *name) for name in _names(each.loan, each.number)}
        if names & seen:
            yield each
        seen |= names


def _names(loan: str | None, number: str | None) -> list[tuple[str, str]]:
    return [*([("loan", loan)] if loan else []), *([("case", number)] if number else [])]
