"""What came of the deliveries of a lane, and what each of them is after it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime

from hub.canonical.codes import DeliveryFault, DeliveryStatus
from hub.core.principal import Principal
from hub.db.models import Delivery
from hub.delivery.attempts import Attempt
from hub.delivery.policies import DeliveryPolicy
from hub.delivery.queue import Taken
from hub.delivery.signing import message_id
from hub.evidence.recorder import Dispatch


@dataclass(frozen=True, slots=True)
class Step:
    """What came of one delivery: an attempt, or None where it was withdrawn before."""

    delivery: Delivery
    attempt: Attempt | None

    @property
    def failed(self) -> bool:
        return self.attempt is not None and self.attempt.fault is not None


@dataclass(slots=True)
class Course:
    """What came of a lane, in order; a failure ends it. What was not come to stays as it is."""

    lane: Taken
    steps: list[Step] = field(default_factory=list)

    @property
    def attempts(self) -> Iterator[Attempt]:
        return (step.attempt for step in self.steps if step.attempt is not None)


@dataclass(frozen=True, slots=True)
class Change:
    """Columns of a delivery after a step."""

    id: object
    status: DeliveryStatus
    attempts: int
    first_attempt_at: datetime | None
    attempted_at: datetime | None
    next_attempt_at: datetime | None = None
    ended_at: datetime | None = None
    fault: DeliveryFault | None = None
    http_status: int | None = None


def change_of(step: Step, policy: DeliveryPolicy, at: datetime) -> Change:
    """DELIVERED, WITHDRAWN, DEAD when the retry budget is spent, else WAITING for the next attempt."""
    row, tried = step.delivery, step.attempt
    if tried is None:
        before = (row.attempts, row.first_attempt_at, row.attempted_at)
        return Change(row.id, DeliveryStatus.WITHDRAWN, *before, ended_at=at)
    attempts, first = row.attempts + 1, row.first_attempt_at or tried.at
    made = Change(
        row.id,
        DeliveryStatus.DELIVERED,
        attempts,
        first,
        tried.at,
        ended_at=at,
        fault=tried.fault,
        http_status=tried.http_status,
    )
    if tried.fault is None:
        return made
    if policy.given_up(attempts, first, at):
        return replace(made, status=DeliveryStatus.DEAD)
    again = policy.next_attempt(attempts, at, asked=tried.asked)
    return replace(made, status=DeliveryStatus.WAITING, ended_at=None, next_attempt_at=again)


def dispatches(course: Course, receiver: Principal) -> Iterator[Dispatch]:
    """The attempts of a course, for the exchange log."""
    for step in course.steps:
        if step.attempt is not None:
            yield Dispatch(
                message_id=step.delivery.id,
                receiver=receiver,
                operation=step.delivery.event_type,
                request_digest=step.attempt.request_digest,
                response_digest=step.attempt.response_digest,
                outcome=step.attempt.fault.value if step.attempt.fault else "DONE",
                target_id=step.delivery.object_id,
                at=step.attempt.at,
                idempotency_key=message_id(step.delivery.id),
            )
