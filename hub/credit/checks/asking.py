"""What a department asks: which subjects, for which matter; and the keyed hashes that stand for them from here on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from operator import itemgetter
from typing import TypeVar

from hub.canonical.citizen_id import is_citizen_id, parse_citizen_id
from hub.canonical.uscc import all_usccs, is_uscc, parse_uscc
from hub.core.errors import Reason, Refused, refuse_if
from hub.core.keyring import KeyRing
from hub.core.payload import optional, required, text_problems
from hub.subjects.keys import citizen_key, code_key, name_key

SHORTEST_NAME = 2
Path = tuple[str | int, ...]
T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class SubjectAsked:
    """所查主体：证件号码和名称恰填其一 (the subject asked about: exactly one of its numbers or its name)."""

    uscc: str | None = optional("统一社会信用代码", "unified social credit code", limit=40)
    citizen_id: str | None = optional("公民身份号码", "resident identity number", limit=40)
    name: str | None = optional("名称；只凭名称的结果须人工核实", "name; a match by name is for a person", limit=200)
    reference: str | None = optional("本系统中的编号，原样返回", "the caller's own number, given back", limit=100)


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckAsked:
    """核查一个主体 (check one subject)."""

    service_case_number: str = required("办件编号", "number of the matter in hand", limit=100)
    service_item: str = required("办理事项", "what is being decided", limit=200)
    subject: SubjectAsked = required("所查主体", "the subject")

    @property
    def subjects(self) -> tuple[SubjectAsked, ...]:
        return (self.subject,)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChecksAsked:
    """批量核查主体 (check many subjects)."""

    service_case_number: str = required("办件或批次编号", "number of the matter or batch", limit=100)
    service_item: str = required("办理事项", "what is being decided", limit=200)
    subjects: tuple[SubjectAsked, ...] = required("所查主体，不得重复", "the subjects, none twice")


@dataclass(frozen=True, slots=True)
class Keys:
    """Keyed hashes in the order asked; ``named`` tells which stand for a name alone."""

    keys: tuple[bytes, ...]
    named: tuple[bool, ...]

    @property
    def exact(self) -> list[bytes]:
        """In the order of an index, which is then walked once."""
        return sorted(key for key, named in zip(self.keys, self.named, strict=True) if not named)

    @property
    def by_name(self) -> list[bytes]:
        return sorted(key for key, named in zip(self.keys, self.named, strict=True) if named)

    def places(self, exact: Mapping[bytes, T], by_name: Mapping[bytes, T]) -> Iterator[tuple[int, bool, T]]:
        """Of what was found: the place it was asked at, whether by name alone, and what it is; in the order asked."""
        if not exact and not by_name:
            return
        at = {key: place for place, key in enumerate(self.keys)}
        found = [(at[key], False, each) for key, each in exact.items()]
        yield from sorted(found + [(at[key], True, each) for key, each in by_name.items()], key=itemgetter(0))


def read_keys(keyring: KeyRing, asked: CheckAsked | ChecksAsked, *, today: date, at_most: int) -> Keys:
    """Raises ``Refused`` with every reason: a number that is wrong must not pass as one that is not listed."""
    many = isinstance(asked, ChecksAsked)
    if not asked.subjects or len(asked.subjects) > at_most:
        raise Refused(Reason("CHECK_TOO_MANY", ("subjects",), {"maximum": at_most}))
    reasons: list[Reason] = []
    keys, named = [], []
    sound = many and all_usccs([subject.uscc for subject in asked.subjects if subject.uscc is not None])
    for at, subject in enumerate(asked.subjects):
        named.append(subject.name is not None)
        if sound and subject.uscc is not None and subject.citizen_id is None and subject.name is None:
            keys.append(code_key(keyring, subject.uscc))
            continue
        path: Path = ("subjects", at) if many else ("subject",)
        keys.append(_key(keyring, subject, path, today, reasons))
    reasons += _twice(keys) if many and not reasons else []
    reasons += _head_problems(asked)
    refuse_if(reasons)
    return Keys(tuple(keys), tuple(named))


def _head_problems(asked: CheckAsked | ChecksAsked) -> Iterator[Reason]:
    """Those of the matter and of the caller's own numbers; the subjects have been read one by one."""
    yield from text_problems(asked.service_case_number, ("serviceCaseNumber",), limit=100)
    yield from text_problems(asked.service_item, ("serviceItem",), limit=200)
    for at, subject in enumerate(asked.subjects):
        if subject.reference is not None:
            path: Path = ("subjects", at) if isinstance(asked, ChecksAsked) else ("subject",)
            yield from text_problems(subject.reference, (*path, "reference"), limit=100, needed=False)


def _key(keyring: KeyRing, subject: SubjectAsked, path: Path, today: date, reasons: list[Reason]) -> bytes:
    uscc, number, name = subject.uscc, subject.citizen_id, subject.name
    if (uscc is not None) + (number is not None) + (name is not None) != 1:
        reasons.append(Reason("CHECK_SUBJECT_ONE", path))
        return b""
    try:
        if uscc is not None:
            plain = uscc if is_uscc(uscc) else parse_uscc(uscc, path=(*path, "uscc")).value
            return code_key(keyring, plain)
        if number is not None:
            valid = is_citizen_id(number, today=today)
            plain = number if valid else parse_citizen_id(number, today=today, path=(*path, "citizenId")).value
            return citizen_key(keyring, plain)
    except Refused as refused:
        reasons.extend(refused.reasons)
        return b""
    if name is None or len(name.strip()) < SHORTEST_NAME or "\x00" in name or len(name) > 200:
        reasons.append(Reason("CHECK_NAME_UNFIT", (*path, "name")))
        return b""
    return name_key(keyring, name)


def _twice(keys: Sequence[bytes]) -> Iterator[Reason]:
    first: dict[bytes, int] = {}
    for at, key in enumerate(keys):
        if first.setdefault(key, at) != at:
            yield Reason("CHECK_SUBJECT_TWICE", ("subjects", at), {"first": first[key] + 1})
