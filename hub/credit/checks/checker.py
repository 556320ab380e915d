"""A check from question to answer: matched, put on record, answered by the department's policy, never with a narrative.

A check is no export: it answers about the subjects asked for alone, so many a day; who meets more listings than
licensing ever does is found out, and its bulk checks end for the day.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from hub.access.coverage import row_scope
from hub.access.scopes import Scope
from hub.canonical.exchange_codes import CheckMode, Disposition
from hub.core.areas import RowScope
from hub.core.clock import Clock, local_date
from hub.core.errors import Denied, Reason
from hub.core.ids import new_id
from hub.core.keyring import KeyRing
from hub.core.principal import Principal
from hub.credit.checks.asking import CheckAsked, ChecksAsked, Keys, read_keys
from hub.credit.checks.budget import limits_of, require_answerable, spent
from hub.credit.checks.journal import Entry, Journal, Place
from hub.credit.checks.matching import Matches, Standing, match
from hub.db.session import Sessions
from hub.policy.pack import PolicyPack
from hub.policy.store import PolicyStore
from hub.workflow.rows import home_jurisdiction
from hub.workflow.unit import require_scope

KNOWN_FOR = timedelta(seconds=30)
"""How long a process goes by a pack it has read: a new one takes effect within that time."""

MOST_KNOWN = 1_000


@dataclass(frozen=True, slots=True)
class Result:
    """What came of one subject; ``position`` counts from 0 in the order asked."""

    position: int
    reference: str | None
    mode: CheckMode | None
    since: date | None
    listings: int
    measures: tuple[str, ...]
    disposition: Disposition


@dataclass(frozen=True, slots=True)
class Restricted:
    """A subject whose consumption a court has restricted: not for that listed."""

    position: int
    reference: str | None
    mode: CheckMode
    since: date
    disposition: Disposition


@dataclass(frozen=True, slots=True)
class Answer:
    """``results`` are those listed, ``restricted`` those restricted, who may be listed too; the rest of the ``asked``
    are clear."""

    id: UUID
    asked: int
    results: tuple[Result, ...]
    restricted: tuple[Restricted, ...] = ()

    @property
    def clear(self) -> int:
        listed = {each.position for each in self.results}
        return self.asked - len(listed | {each.position for each in self.restricted})


@dataclass(frozen=True, slots=True)
class Checker:
    sessions: Sessions
    keyring: KeyRing
    policy: PolicyStore
    clock: Clock
    journal: Journal
    _known: dict[Principal, tuple[Place, PolicyPack, RowScope, datetime]] = field(default_factory=dict)

    async def check(self, principal: Principal, asked: CheckAsked | ChecksAsked) -> Answer:
        """Raises ``Refused``: scope, a wrong number, the budget of the day."""
        require_scope(principal, Scope.DISHONESTY_CHECK)
        now = self.clock()
        place, pack, scope = await self._place(principal, now)
        keys = read_keys(self.keyring, asked, today=local_date(now), at_most=pack.number("check.bulk.subjects"))
        limits, many = limits_of(pack), isinstance(asked, ChecksAsked)
        used, size = self.journal.used(principal.subject), len(keys.keys)
        results: tuple[Result, ...] = ()
        restricted: tuple[Restricted, ...] = ()
        if not spent(used, limits, local_date(now), asked=size, named=sum(keys.named), many=many):
            found = await match(self.sessions.scoped, scope, keys, today=local_date(now))
            rule = found.own or Disposition(pack.choice("check.disposition"))
            results, restricted = _results(asked, keys, found, rule), _restricted(asked, keys, found, rule)
        row = _row(asked, keys, results, restricted)
        entry = Entry(new_id(), principal, place, now, row, sum(keys.named), many, limits)
        require_answerable(await self.journal.enter(entry), limits)
        return Answer(entry.id, size, results, restricted)

    async def _place(self, principal: Principal, now: datetime) -> tuple[Place, PolicyPack, RowScope]:
        key = principal.organization_id
        if key is None:
            raise Denied(Reason("FORBIDDEN"))
        known = self._known.get(principal)
        if known is not None and now - known[3] < KNOWN_FOR:
            return known[:3]
        async with self.sessions.read(principal) as session:
            home = await home_jurisdiction(session, key)
            place = Place(key, home.tenant_id, home.id, home.path)
            pack = await self.policy.pack(session, place.jurisdiction_id, local_date(now))
        if len(self._known) >= MOST_KNOWN:
            self._known.clear()
        scope = row_scope(principal)
        self._known[principal] = (place, pack, scope, now)
        return place, pack, scope


def _results(asked: CheckAsked | ChecksAsked, keys: Keys, found: Matches, default: Disposition) -> tuple[Result, ...]:
    results = []
    for at, named, standing in keys.places(found.exact, found.by_name):
        results.append(_result(at, asked.subjects[at].reference, standing, named=named, default=default))
    return tuple(results)


def _result(at: int, reference: str | None, standing: Standing, *, named: bool, default: Disposition) -> Result:
    """A name that others may bear decides nothing: a person looks."""
    return Result(
        position=at,
        reference=reference,
        mode=CheckMode.NAME_ONLY if named else CheckMode.EXACT_ID,
        since=standing.since,
        listings=len(standing.records),
        measures=() if named else standing.measures,
        disposition=Disposition.MANUAL if named else default,
    )


def _restricted(
    asked: CheckAsked | ChecksAsked, keys: Keys, found: Matches, rule: Disposition
) -> tuple[Restricted, ...]:
    """By the same rule as a listing; a name that others may bear decides nothing."""
    results = []
    for at, named, since in keys.places(found.restricted, found.restricted_by_name):
        mode = CheckMode.NAME_ONLY if named else CheckMode.EXACT_ID
        advised = Disposition.MANUAL if named else rule
        results.append(Restricted(at, asked.subjects[at].reference, mode, since, advised))
    return tuple(results)


def _row(
    asked: CheckAsked | ChecksAsked, keys: Keys, results: tuple[Result, ...], restricted: tuple[Restricted, ...]
) -> dict[str, Any]:
    """A subject both listed and restricted is one hit."""
    hits: dict[int, Result | Restricted] = {each.position: each for each in restricted}
    hits |= {each.position: each for each in results}
    met = [hits[position] for position in sorted(hits)]
    references = [subject.reference or "" for subject in asked.subjects]
    return {
        "service_case_number": asked.service_case_number,
        "service_item": asked.service_item,
        "asked": len(keys.keys),
        "matched": sum(each.mode is CheckMode.EXACT_ID for each in met),
        "manual": sum(each.mode is CheckMode.NAME_ONLY for each in met),
        "keys": b"".join(keys.keys),
        "references": references if any(references) else None,
        "hits": [{"position": each.position, "mode": each.mode, "disposition": each.disposition.value} for each in met],
    }
