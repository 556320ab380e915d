"""A holder behind its interface: it takes requests by number and answers each once, in the form of its shape."""

from __future__ import annotations

import base64
import hashlib
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from hashlib import md5
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePrivateKey, generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from connectors.holder.message import HolderMessage, parsed, written
from connectors.holder.sealing import seal
from connectors.holder.shape import Answering, Asking, Controlled, Controlling, Replying, Shape, Watching
from connectors.holder.wires import CONTROL, LOOKOUT
from connectors.sandbox.holders.assets import nothing, records
from connectors.sandbox.holders.controls import SandboxControls
from connectors.sandbox.holders.lookouts import SandboxLookouts
from hub.core.clock import Clock, local_date, system_clock

_Said = tuple[dict[str, str], dict[str, tuple[dict[str, str], ...]]]
"""Terms of an answer, and its blocks."""
_BOMB = (
    b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>'
    b'<cxfk BDHM="&c;"></cxfk>'
)


class HolderFault(StrEnum):
    """What may go wrong with answers, whatever carries them."""

    MUTE = "MUTE"
    """Takes everything and never answers."""
    RETURNS = "RETURNS"
    """Returns what bears no seal."""
    OBJECTS = "OBJECTS"
    REFUSES = "REFUSES"
    NOTHING = "NOTHING"
    """Finds nothing about anybody (查无开户信息)."""
    TRUNCATED = "TRUNCATED"
    UNTOLD_ENCODING = "UNTOLD_ENCODING"
    """GB18030 that says nothing of it."""
    BAD_CHECKSUM = "BAD_CHECKSUM"
    FORGED_SEAL = "FORGED_SEAL"
    OTHER_REGION = "OTHER_REGION"
    STRANGER = "STRANGER"
    """Answers a request that nobody made."""
    UNKNOWN_KEY = "UNKNOWN_KEY"
    ENTITIES = "ENTITIES"
    OTHER_PERSON = "OTHER_PERSON"
    EXCESS = "EXCESS"
    """Controls all that there is of the money, whatever was asked for."""
    TWICE = "TWICE"
    """Answers again, otherwise."""


@dataclass
class SandboxHolder:
    """``asked`` are requests by number, answered ``delay`` seconds later; ``receipts`` are what the hub said of them,
    ``times`` how often each was asked, ``returned`` those that came back without an answer."""

    name: str
    shape: Shape
    clock: Clock = system_clock
    faults: set[HolderFault] = field(default_factory=set)
    asked: dict[str, HolderMessage] = field(default_factory=dict)
    asked_at: dict[str, float] = field(default_factory=dict)
    delay: float = 0
    times: dict[str, int] = field(default_factory=dict)
    answered: set[str] = field(default_factory=set)
    withdrawn: set[str] = field(default_factory=set)
    urged: list[str] = field(default_factory=list)
    receipts: list[Mapping[str, Any]] = field(default_factory=list)
    returned: set[str] = field(default_factory=set)
    said: dict[str, bytes] = field(default_factory=dict)
    controls: SandboxControls | None = None
    lookouts: SandboxLookouts | None = None
    key: EllipticCurvePrivateKey = field(default_factory=lambda: generate_private_key(SECP256R1()))

    def __post_init__(self) -> None:
        if self.shape.control is not None:
            self.controls = SandboxControls(self.shape.control)
        if self.shape.lookout is not None:
            self.lookouts = SandboxLookouts(self.shape.lookout)

    @property
    def seal_key(self) -> str:
        """The public key of its seal, PEM."""
        return self.key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()

    def take(self, place: str, number: str, content: bytes) -> bool:
        """Whether it could use the message."""
        ask, roots = self._asking(number, place), self._roots(place)
        _, message = parsed(content, roots, self.shape.form, self.shape.encoding)
        if message.fields.get(self.shape.key(ask.keys, "number")) != number or not self._intact(ask, message):
            return False
        match place:
            case "controls":
                assert self.controls is not None
                self.controls.ask(number, message)
                self._ask(number, message)
            case "lookouts":
                assert self.lookouts is not None
                self.lookouts.ask(number, message)
            case "withdrawals" if self._is_lookout(number):
                assert self.lookouts is not None
                self.lookouts.call_off(number)
            case "withdrawals":
                self.withdrawn.add(number)
            case "urgings":
                self.urged.append(number)
            case _:
                self._ask(number, message)
        return True

    def _is_lookout(self, number: str) -> bool:
        return self.lookouts is not None and number in self.lookouts.asked

    def _roots(self, place: str) -> set[str]:
        control, lookout = self.shape.control, self.shape.lookout
        spoken: list[Shape | Controlling] = [self.shape, *([control] if control else [])]
        watching: list[Shape | Controlling | Watching] = [*spoken, *([lookout] if lookout else [])]
        match place:
            case "requests":
                return {self.shape.ask.root}
            case "controls":
                return {control.ask.root} if control else set()
            case "lookouts":
                return {lookout.ask.root} if lookout else set()
            case "withdrawals":
                return {each.withdraw for each in watching}
        return {each.urge for each in spoken}

    def _asking(self, number: str, place: str) -> Asking:
        """How what is said of a number is written."""
        controls = self.controls
        if self.lookouts is not None and (place == LOOKOUT or self._is_lookout(number)):
            return self.lookouts.lookout.ask
        if controls is not None and (place == CONTROL or number in controls.asked):
            return controls.control.ask
        return self.shape.ask

    def _intact(self, ask: Asking, message: HolderMessage) -> bool:
        """Whether every document is what its digests say."""
        keys = ask.document_keys
        for row in message.blocks.get(ask.documents, ()):
            content = base64.b64decode(row[self.shape.key(keys, "content")])
            found = {
                "sha256": hashlib.sha256(content).hexdigest(),
                "md5": md5(content, usedforsecurity=False).hexdigest(),
            }
            if any(row[key] != found[term] for key, term in keys.items() if term in found):
                return False
        return True

    def _ask(self, number: str, message: HolderMessage) -> None:
        """Put again it is the same request; put anew after a return or an objection it is open again."""
        self.times[number] = self.times.get(number, 0) + 1
        self.asked[number], self.asked_at[number] = message, time.monotonic()
        self.withdrawn.discard(number)
        if number in self.returned:
            self.returned.discard(number)
            self.answered.discard(number)

    def open_numbers(self) -> list[str]:
        return [each for each in self.asked if each not in self.answered and each not in self.withdrawn]

    def ready(self) -> list[str]:
        """Numbers of requests that are answered and whose receipt has not come."""
        if HolderFault.MUTE in self.faults:
            return []
        now = time.monotonic()
        risen = sorted(self.controls.risen) if self.controls else []
        watched = list(self.lookouts.words) if self.lookouts else []
        return [*risen, *watched, *(each for each in self.open_numbers() if now - self.asked_at[each] >= self.delay)]

    def answer(self, number: str) -> bytes | None:
        """What it says of a request; the same until its receipt comes."""
        if number not in self.ready():
            return None
        if number not in self.said:
            self.said[number] = self.spoilt(number)
        return self.said[number]

    def receive(self, number: str, receipt: Mapping[str, Any]) -> None:
        self.receipts.append(receipt)
        self.said.pop(number, None)
        if self.lookouts is not None and self.lookouts.words.pop(number, None) is not None:
            return
        if HolderFault.TWICE in self.faults:
            self.faults.discard(HolderFault.TWICE)
            self.faults.add(HolderFault.REFUSES)
            return
        self.answered.add(number)
        if self.controls is not None:
            self.controls.told(number)

    def spoilt(self, number: str) -> bytes:
        if HolderFault.ENTITIES in self.faults:
            return _BOMB
        content = self.compose(number)
        if HolderFault.TRUNCATED in self.faults:
            return content[: len(content) // 2]
        if HolderFault.UNTOLD_ENCODING in self.faults:
            return content.decode(self.shape.encoding).encode("gb18030")
        return content

    def compose(self, number: str) -> bytes:
        """A whole answer, sealed."""
        if self.lookouts is not None and number in self.lookouts.words:
            return self._of_lookout(self.lookouts, number)
        asked, answer = self.asked[number], self._answering(number)
        said, blocks = self._said(number, asked, answer)
        terms = {"number": number, "region": asked.fields["XZQH"], **said}
        if HolderFault.OTHER_REGION in self.faults:
            terms["region"] = "410882"
        if HolderFault.STRANGER in self.faults:
            terms["number"] = "9" * 20
        if HolderFault.OTHER_PERSON in self.faults:
            terms["subject_number"] = "41082519900101001X"
        known = set(answer.keys.values())
        fields = {self.shape.key(answer.keys, term): terms[term] for term in terms if term in known and terms[term]}
        if HolderFault.UNKNOWN_KEY in self.faults:
            fields["SFZZP"] = "1"
        return self._sealed(HolderMessage(fields, blocks), terms["number"], answer)

    def _of_lookout(self, lookouts: SandboxLookouts, name: str) -> bytes:
        number, said = lookouts.said(name)
        answer, asked = lookouts.lookout.answer, lookouts.asked[number]
        region = "410882" if HolderFault.OTHER_REGION in self.faults else asked.fields["XZQH"]
        terms, blocks = {**said, "region": region}, {}
        if HolderFault.RETURNS in self.faults:
            terms, blocks = {"number": number, "region": region}, self._returned(answer)
        fields = {key: terms[term] for key, term in answer.keys.items() if term in terms}
        return self._sealed(HolderMessage(fields, blocks), number, answer)

    def _answering(self, number: str) -> Answering | Controlled:
        controls = self.controls
        return controls.control.answer if controls is not None and number in controls.asked else self.shape.answer

    def _said(self, number: str, asked: HolderMessage, answer: Answering | Controlled) -> _Said:
        shape, faults = self.shape, self.faults
        if HolderFault.RETURNS in faults:
            self.returned.add(number)
            return {}, self._returned(answer)
        if self.controls is not None and number in self.controls.asked:
            said = self.controls.said(number, all_of_it=HolderFault.EXCESS in faults)
            if HolderFault.REFUSES in faults:
                said = {"result": "NOT_CONTROLLED", "reason": "账户性质特殊，依法不得控制"}
            return {**said, "result": self._code(answer, said["result"])}, {}
        if HolderFault.OBJECTS in faults:
            self.returned.add(number)
            return {}, {shape.answer.objected.name: ({"YYLY": "请求超出法定协助范围"},)}
        person = asked.fields[shape.key(shape.ask.keys, "subject_number")]
        known = {"subject_number": person, "as_of": local_date(self.clock()).isoformat()}
        if HolderFault.REFUSES in faults or self._beyond_purpose(asked):
            return {**known, "result": self._code(answer, "REFUSED"), "note": "查询用途不符合规定"}, {}
        category = asked.fields[shape.key(shape.ask.keys, "category")]
        if HolderFault.NOTHING in faults:
            return {**known, "result": self._code(answer, "NOT_FOUND"), "note": "查无结果"}, nothing(shape, category)
        return {**known, "result": self._code(answer, "FOUND")}, records(shape, category)

    @staticmethod
    def _returned(answer: Replying) -> dict[str, tuple[dict[str, str], ...]]:
        reason = next(code for code, meant in answer.reasons.items() if meant.value == "SEAL_MISSING")
        row = {"XCHTYY": reason, "XCHTBZ": "协助查询通知书未加盖印章", "XCHTR": "李四", "XCHTDH": "13900000000"}
        return {answer.returned.name: (row,)}

    def _beyond_purpose(self, asked: HolderMessage) -> bool:
        """An operator tells numbers for finding a person alone."""
        wanted = self.shape.ask.codes["purpose"]["LOCATE_PERSON"]
        return self.shape.name == "telecom" and asked.fields["CXYT"] != wanted

    @staticmethod
    def _code(answer: Answering | Controlled, meant: str) -> str:
        return next(code for code, each in answer.results.items() if each.value == meant)

    def _sealed(self, message: HolderMessage, number: str, answer: Replying | None = None) -> bytes:
        answer = answer or self.shape.answer
        digest = message.sha256
        if HolderFault.BAD_CHECKSUM in self.faults:
            digest = hashlib.sha256(b"otherwise").hexdigest()
        key = generate_private_key(SECP256R1()) if HolderFault.FORGED_SEAL in self.faults else self.key
        values = {"sha256": digest, "md5": message.md5, "seal": seal(key, number, digest)}
        receipt = {wire: values[term] for wire, term in answer.receipt_keys.items()}
        whole = HolderMessage(message.fields, {**message.blocks, answer.receipt: (receipt,)})
        return written(whole, answer.root, self.shape.form, self.shape.encoding)
