"""When a delivery is tried again and when it is given up, by the policy of the receiver's jurisdiction."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import datetime, timedelta

from hub.policy.pack import PolicyPack

_SPREAD = (0.8, 1.2)
"""Jitter: deliveries that failed together do not come back together."""


@dataclass(frozen=True, slots=True)
class DeliveryPolicy:
    first_pause: timedelta
    longest_pause: timedelta
    attempts: int
    budget: timedelta
    circuit_failures: int
    circuit_pause: timedelta
    pause_after: timedelta
    late_after: timedelta
    secret_overlap: timedelta
    kept: timedelta

    @classmethod
    def of(cls, pack: PolicyPack) -> DeliveryPolicy:
        def minutes(key: str) -> timedelta:
            return timedelta(minutes=pack.number(f"delivery.{key}"))

        def days(key: str) -> timedelta:
            return timedelta(days=pack.number(f"delivery.{key}"))

        return cls(
            first_pause=minutes("retry.first_minutes"),
            longest_pause=minutes("retry.longest_minutes"),
            attempts=pack.number("delivery.retry.attempts"),
            budget=days("retry.days"),
            circuit_failures=pack.number("delivery.circuit.failures"),
            circuit_pause=minutes("circuit.minutes"),
            pause_after=days("pause_days"),
            late_after=minutes("late_minutes"),
            secret_overlap=days("secret_overlap_days"),
            kept=days("kept_days"),
        )

    def next_attempt(self, attempts: int, at: datetime, *, asked: timedelta | None = None) -> datetime:
        """When to try again after ``attempts`` failures: doubled each time, spread, no sooner than the receiver asks;
        neither of them beyond the longest pause."""
        doubled = self.first_pause * (1 << min(attempts - 1, 20))
        pause = min(doubled, self.longest_pause) * random.uniform(*_SPREAD)  # noqa: S311 - spreads load, guards nothing
        return at + min(max(pause, asked or timedelta()), self.longest_pause * _SPREAD[1])

    def given_up(self, attempts: int, first_attempt: datetime, at: datetime) -> bool:
        """Whether the retry budget is spent."""
        return attempts >= self.attempts or at - first_attempt >= self.budget

    def circuit_until(self, failures: int, at: datetime) -> datetime | None:
        """Until when an endpoint with so many failures in a row is left alone; None while it is not."""
        if failures < self.circuit_failures:
            return None
        beyond = failures - self.circuit_failures
        return at + min(self.circuit_pause * (1 << min(beyond, 20)), self.longest_pause)
