"""Expected failures. Each carries stable codes; the sentences live in ``hub.core.texts``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from hub.core.texts import Text, problem_text

_NO_PARAMS: Mapping[str, object] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason for a refusal.

    ``code`` is a key of the problem texts; ``path`` names the input field (``("items", 3, "dueOn")``);
    ``params`` fill the sentence. Parameters never hold personal data or another department's existence.
    """

    code: str
    path: tuple[str | int, ...] = ()
    params: Mapping[str, object] = field(default_factory=lambda: _NO_PARAMS)

    @property
    def text(self) -> Text:
        return problem_text(self.code, self.params)


class HubError(Exception):
    """Base of every failure that may cross the edge. Anything else is masked as INTERNAL."""


class Refused(HubError):
    """The request is refused whole; ``reasons`` lists everything that is wrong with it."""

    def __init__(self, *reasons: Reason) -> None:
        if not reasons:
            raise ValueError("a refusal needs a reason")
        super().__init__(", ".join(reason.code for reason in reasons))
        self.reasons = reasons

    @property
    def code(self) -> str:
        return self.reasons[0].code


class NotFound(Refused):
    """The object does not exist for this caller, whether it exists or not."""

    def __init__(self, *, path: tuple[str | int, ...] = ()) -> None:
        super().__init__(Reason("NOT_FOUND", path))


class Denied(Refused):
    """The caller may know of the object but may not do this. ``audit_note`` goes to the audit log only."""

    def __init__(self, *reasons: Reason, audit_note: str = "") -> None:
        super().__init__(*reasons)
        self.audit_note = audit_note


class VersionConflict(Refused):
    """The object has changed since the caller read it."""

    def __init__(self, *, expected: int, current: int) -> None:
        super().__init__(Reason("VERSION_CONFLICT", ("expectedVersion",), {"expected": expected, "current": current}))
        self.current = current


def refuse_if(reasons: Iterable[Reason]) -> None:
    """Raise one ``Refused`` with every reason, or return when there is none."""
    found = tuple(reasons)
    if found:
        raise Refused(*found)
