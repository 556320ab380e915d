"""督导考核: how each unit stands with what it leads, in figures and a mark (驻政〔2022〕59号 四(三)).

The figures are counted in the database for whoever may see them: the office and others who oversee the jurisdiction
all of them, members of the body where the pack has them told, every unit its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from uuid import UUID

from sqlalchemy import BigInteger, Integer, Uuid, column, func, literal, select
from sqlalchemy.ext.asyncio import AsyncSession

from hub.core.clock import local_date
from hub.core.texts import Text
from hub.db.models import Jurisdiction
from hub.linkage.policies import LinkagePolicy, linkage_policy
from hub.policy.parameter_sets.codes import ReportRecipient
from hub.policy.store import PolicyStore

PARTS = {
    "progress": Text("进度", "progress"),
    "timeliness": Text("按期", "timeliness"),
    "issues": Text("问题整改", "issues settled"),
}


@dataclass(frozen=True, slots=True)
class Figures:
    """Counts of one unit in one year. ``progress`` is the sum of the percentages of its items."""

    organization_id: UUID
    items: int
    completed: int
    overdue: int
    progress: int
    issues: int
    issues_open: int
    urgings: int

    @property
    def progress_percent(self) -> int:
        return round(Fraction(self.progress, self.items)) if self.items else 0

    def shares(self) -> dict[str, Fraction]:
        """Each part between 0 and 1; a part without anything to judge is left out."""
        found = {}
        if self.items:
            found["progress"] = Fraction(self.progress, 100 * self.items)
            found["timeliness"] = 1 - Fraction(self.overdue, self.items)
        if self.issues:
            found["issues"] = 1 - Fraction(self.issues_open, self.issues)
        return found


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark of 0 to 100 and the sentence that reckons it. None where there is nothing to judge."""

    score: int | None
    reckoning: Text


def mark(figures: Figures, policy: LinkagePolicy) -> Mark:
    """The weighted mean of the parts, by the weights of the pack; parts without weight do not count."""
    weighed = {name: (share, policy.evaluation_weight(name)) for name, share in figures.shares().items()}
    weighed = {name: pair for name, pair in weighed.items() if pair[1]}
    total = sum(weight for _, weight in weighed.values())
    if not total:
        return Mark(None, Text("本年度无可评价内容", "nothing to judge this year"))
    score = round(100 * sum((share * weight for share, weight in weighed.values()), Fraction()) / total)
    parts = [(PARTS[name], round(100 * share), weight) for name, (share, weight) in weighed.items()]
    return Mark(
        score,
        Text(
            "，".join(f"{text.zh}{value}×{weight}/{total}" for text, value, weight in parts),
            ", ".join(f"{text.en} {value}×{weight}/{total}" for text, value, weight in parts),
        ),
    )


async def evaluate(
    session: AsyncSession, store: PolicyStore, *, code: str, year: int, now: datetime
) -> Sequence[tuple[Figures, Mark]]:
    """Units with their marks, the best first; nothing for a jurisdiction that is unknown or not the caller's."""
    place = await session.scalar(select(Jurisdiction.id).where(Jurisdiction.code == code))
    if place is None:
        return ()
    policy = await linkage_policy(store, session, place, local_date(now))
    told = ReportRecipient.MEMBER_UNITS in policy.progress_recipients
    counts = ("items", "completed", "overdue", "progress", "issues", "issues_open", "urgings")
    call = func.unit_figures(code, literal(year, Integer), now, told).table_valued(
        column("organization_id", Uuid), *(column(name, BigInteger) for name in counts)
    )
    rows = [Figures(*row) for row in await session.execute(select(call))]
    marked = [(figures, mark(figures, policy)) for figures in rows]
    return sorted(marked, key=_rank)


def _rank(marked: tuple[Figures, Mark]) -> tuple[bool, int, UUID]:
    figures, given = marked
    return given.score is None, -(given.score or 0), figures.organization_id
