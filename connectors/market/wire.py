"""Messages of the register, enterprise-register/1.

Every call is a POST with the four signed headers of the national platform and ``{"number": …, "content": …}``; the
answer is ``{"number": …, "data": …}``. ``enterprise-changes`` takes ``{"after": n}`` and gives ``rows``, ``watermark``
and ``more``; a row bears ``sequence``, ``uscc``, ``name``, ``status`` (as printed), ``domicile``, ``changedOn``, and
may bear ``reportAddress``, ``reportEmail`` and ``formerNames``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from hub.canonical.addresses import Delta, EnterpriseTold, RegistrationStatus, ToldFaulty
from hub.canonical.codes import DeliveryFault
from hub.canonical.connector import Unreachable
from hub.canonical.email_address import find_email_problems
from hub.canonical.uscc import find_uscc_problems, normalize_uscc

CHANGES, BASE, REFERRALS = "enterprise-changes", "enterprise-base", "address-referrals"
STATUSES = {
    "存续": RegistrationStatus.NORMAL,
    "经营异常": RegistrationStatus.ABNORMAL_OPERATION,
    "吊销": RegistrationStatus.REVOKED,
    "注销": RegistrationStatus.DEREGISTERED,
}
_LONGEST = 300


class _Unreadable(Exception):
    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def read_delta(data: object, after: int) -> Delta:
    """Rows that are unreadable are told of by their sequence; the rest stands. Raises ``Unreachable`` (GARBLED)."""
    match data:
        case {"rows": list(rows), "watermark": int(watermark), "more": bool(more)}:
            told: list[EnterpriseTold] = []
            faulty: list[ToldFaulty] = []
            for row in rows:
                sequence = _sequence(row, after, watermark)
                try:
                    told.append(_read(row, sequence))
                except _Unreadable as unreadable:
                    faulty.append(ToldFaulty(sequence, unreadable.code))
            return Delta(watermark, sorted(told, key=lambda each: each.sequence), faulty, more)
    raise Unreachable.by(DeliveryFault.GARBLED)


def _sequence(row: object, after: int, watermark: int) -> int:
    match row:
        case {"sequence": int(sequence)} if after < sequence <= watermark:
            return sequence
    raise Unreachable.by(DeliveryFault.GARBLED)


def _read(row: Mapping[str, Any], sequence: int) -> EnterpriseTold:
    uscc = _text(row, "uscc")
    for reason in find_uscc_problems(uscc):
        raise _Unreadable(reason.code)
    status = STATUSES.get(_text(row, "status"))
    if status is None:
        raise _Unreadable("STATUS_UNKNOWN")
    email = _optional(row, "reportEmail")
    return EnterpriseTold(
        uscc=normalize_uscc(uscc),
        name=_text(row, "name"),
        status=status,
        domicile=_text(row, "domicile"),
        changed_on=_day(row.get("changedOn")),
        sequence=sequence,
        report_address=_optional(row, "reportAddress"),
        # An e-mail address that is none cannot be written to; the rest of the row is as good as before.
        report_email=email if email and not find_email_problems(email) else None,
        former_names=tuple(_former(row.get("formerNames"))),
    )


def _former(names: object) -> Iterator[tuple[str, date]]:
    if not isinstance(names, list | None):
        raise _Unreadable("FIELD_INVALID")
    for each in names or ():
        if not isinstance(each, Mapping):
            raise _Unreadable("FIELD_INVALID")
        yield _text(each, "name"), _day(each.get("until"))


def _text(row: Mapping[str, Any], name: str) -> str:
    value = row.get(name)
    if isinstance(value, str) and 0 < len(value.strip()) <= _LONGEST and "\x00" not in value:
        return value.strip()
    raise _Unreadable("FIELD_INVALID")


def _optional(row: Mapping[str, Any], name: str) -> str | None:
    return None if row.get(name) in (None, "") else _text(row, name)


def _day(value: object) -> date:
    try:
        return date.fromisoformat(value if isinstance(value, str) else "")
    except ValueError:
        raise _Unreadable("FIELD_INVALID") from None
