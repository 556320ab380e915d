"""Shapes of holders' messages: every one of them whole, and what is not of a shape refused."""

from __future__ import annotations

import base64
from dataclasses import fields
from datetime import datetime
from hashlib import md5

import pytest

from connectors.holder.asking import KNOWN, control, lookout, request
from connectors.holder.message import Format, HolderMessage, parsed, written
from connectors.holder.reading import read_answer
from connectors.holder.shape import shape, shape_names
from connectors.sandbox.holders.holder import HolderFault, SandboxHolder
from hub.canonical.control_codes import ControlAction, ControlResult, LookoutMeasure, LookoutTarget
from hub.canonical.exchange_codes import SubjectType
from hub.canonical.execution_codes import LegalDocumentKind, QueryPurpose, QueryUrgency, ReturnReason
from hub.canonical.holding import Conversation, HolderEvent
from hub.control.assets import CLASS_OF
from hub.core.clock import SHANGHAI
from hub.core.errors import Refused
from hub.inquiry.findings import KIND_OF, SHAPES
from tests.contracts.lines import outgoing_order

NUMBER = "20260615410825000001"


@pytest.mark.parametrize("name", shape_names())
def test_a_shape_speaks_of_nothing_but_what_the_hub_knows(name: str) -> None:
    found = shape(name)
    codes = {
        "kind": SubjectType,
        "purpose": QueryPurpose,
        "urgency": QueryUrgency,
        "document_kind": LegalDocumentKind,
    }
    for term, known in codes.items():
        assert set(found.ask.codes[term]) == {each.value for each in known}
    assert set(found.answer.reasons.values()) == set(ReturnReason)
    kinds = {KIND_OF[each] for each in found.query_types}
    assert {block.kind for block in found.answer.blocks.values() if block.kind} == kinds
    for block in found.answer.blocks.values():
        if block.kind is not None:
            assert set(block.keys.values()) - {KNOWN} <= {each.name for each in fields(SHAPES[block.kind])}


@pytest.mark.parametrize("name", shape_names())
def test_a_request_goes_out_whole_and_every_kind_of_reply_comes_back(name: str) -> None:
    found = shape(name)
    for kind in found.query_types:
        holder, order = SandboxHolder(name, found), outgoing_order(kind, "k", NUMBER)
        message = request(found, {**order.body, **order.private})
        assert message.fields[found.key(found.ask.keys, "subject_number")] == "410825199001010018"
        assert holder.take("requests", NUMBER, written(message, found.ask.root, found.form, found.encoding))
        events = {}
        for fault in (None, HolderFault.NOTHING, HolderFault.REFUSES, HolderFault.RETURNS, HolderFault.OBJECTS):
            holder.faults = {fault} if fault else set()
            reply = read_answer(found, holder.seal_key, holder.compose(NUMBER)).reply
            assert reply is not None
            events[fault] = (reply.event, reply.told.get("code") or reply.told.get("reason"), len(reply.items))
        assert events == {
            None: (HolderEvent.ANSWERED, "FOUND", 1),
            HolderFault.NOTHING: (HolderEvent.ANSWERED, "NOT_FOUND", 0),
            HolderFault.REFUSES: (HolderEvent.ANSWERED, "REFUSED", 0),
            HolderFault.RETURNS: (HolderEvent.RETURNED, "SEAL_MISSING", 0),
            HolderFault.OBJECTS: (HolderEvent.OBJECTED, None, 0),
        }


CONTROL = {
    "number": NUMBER,
    "region": "410825",
    "action": "FREEZE",
    "content": "AMOUNT",
    "asset": "6217000010008881",
    "kind": "NATURAL",
    "number_kind": "CITIZEN_ID",
    "urgency": "NORMAL",
    "amount": "100.00",
    "starts_on": "2026-06-15",
    "ends_on": "2027-06-14",
    "documents": [],
    "officer": {"certificate": "1"},
}


@pytest.mark.parametrize("name", [name for name in shape_names() if shape(name).control])
@pytest.mark.parametrize("action", ControlAction)
def test_every_measure_goes_out_whole_and_every_kind_of_result_comes_back(name: str, action: ControlAction) -> None:
    found = shape(name)
    assert found.control is not None
    ask = found.control.ask
    assert set(ask.codes["action"]) == {each.value for each in ControlAction}
    assert set(found.control.answer.results.values()) == set(ControlResult)
    for kind in {CLASS_OF[each] for each in found.query_types if each in CLASS_OF}:
        holder = SandboxHolder(name, found)
        message = control(found, {**CONTROL, "action": action.value, "asset_class": kind.value})
        assert message.fields["KZCS"] == f"{list(ControlAction).index(action) + 1:02}"
        assert [key for key, term in ask.keys.items() if term == "asset" and message.fields[key]] != []
        assert holder.take("controls", NUMBER, written(message, ask.root, found.form, found.encoding))
        told = {}
        for fault in (None, HolderFault.REFUSES, HolderFault.RETURNS):
            holder.faults = {fault} if fault else set()
            reply = read_answer(found, holder.seal_key, holder.compose(NUMBER)).reply
            assert reply is not None
            assert reply.conversation is Conversation.CONTROL
            told[fault] = (reply.event, reply.told.get("result") or reply.told["reason"])
        assert told == {
            None: (HolderEvent.ANSWERED, "CONTROLLED"),
            HolderFault.REFUSES: (HolderEvent.ANSWERED, "NOT_CONTROLLED"),
            HolderFault.RETURNS: (HolderEvent.RETURNED, "SEAL_MISSING"),
        }


def test_a_lookout_goes_out_whole_and_whatever_the_police_say_of_it_comes_back() -> None:
    assert [name for name in shape_names() if shape(name).lookout] == ["police"]
    found, holder = shape("police"), SandboxHolder("police", shape("police"))
    assert found.lookout is not None
    assert holder.lookouts is not None
    assert set(found.lookout.ask.codes["target_kind"]) == set(LookoutTarget)
    assert set(found.lookout.ask.codes["measures"]) == set(LookoutMeasure)
    given = {**CONTROL, "target_kind": "VEHICLE", "measures": "LOCATE,DETAIN_VEHICLE", "plate": "豫H12345"}
    message = lookout(found, given)
    assert [message.fields[key] for key in ("LKDX", "LKCS", "HPHM", "KSRQ")] == ["2", "1,3", "豫H12345", "2026-06-15"]
    assert holder.take("lookouts", NUMBER, written(message, found.lookout.ask.root, found.form, found.encoding))
    holder.lookouts.call_off(NUMBER)
    holder.lookouts.meet(NUMBER, datetime(2026, 6, 16, 2, tzinfo=SHANGHAI), "黄河路", "城关派出所")
    said = []
    for name in [*holder.lookouts.words, f"{NUMBER}-1"]:
        holder.faults = {HolderFault.RETURNS} if len(said) == 3 else set()
        reply = read_answer(found, holder.seal_key, holder.compose(name)).reply
        assert reply is not None
        assert (reply.number, reply.region, reply.conversation) == (NUMBER, "410825", Conversation.LOOKOUT)
        said.append((reply.event, reply.told.get("place") or reply.told.get("reason")))
    assert said == [
        (HolderEvent.WATCHING, None),
        (HolderEvent.CALLED_OFF, None),
        (HolderEvent.MET, "黄河路"),
        (HolderEvent.RETURNED, "SEAL_MISSING"),
    ]
    for fault, code in ((HolderFault.FORGED_SEAL, "ANSWER_SEAL"), (HolderFault.BAD_CHECKSUM, "ANSWER_DIGEST")):
        holder.faults = {fault}
        (reason,) = read_answer(found, holder.seal_key, holder.compose(f"{NUMBER}-3")).reasons
        assert reason.code == code


def test_a_holder_that_only_tells_is_asked_to_control_nothing() -> None:
    assert [name for name in shape_names() if shape(name).control is None] == [
        "civil-affairs",
        "medical-insurance",
        "tax",
        "telecom",
    ]
    with pytest.raises(KeyError):
        control(shape("tax"), CONTROL)


def test_a_bank_gets_md5_beside_sha256_and_tells_of_measures_and_flows_in_the_note() -> None:
    found, holder = shape("bank"), SandboxHolder("bank", shape("bank"))
    order = outgoing_order(found.query_types[0], "k", NUMBER)
    (document,) = request(found, {**order.body, **order.private}).blocks["wsxx"]
    assert document["MD5"] == md5(b"%PDF-1.7 notice", usedforsecurity=False).hexdigest()
    assert base64.b64decode(document["WSNR"]) == b"%PDF-1.7 notice"
    fields_ = {"BDHM": NUMBER, "XZQH": "410825", "FKJG": "01", "SJRQ": "2026-06-15", "DSRZJHM": "1"}
    blocks = {
        "zhxx": ({"CCXH": "1", "KHZH": "6217", "YE": "10.00"},),
        "djxx": ({"CCXH": "1", "DJJG": "焦作市中级人民法院", "DJJE": "5.00"},),
        "wlxx": tuple({"JE": f"{each}.00"} for each in range(200)),
    }
    reply = read_answer(found, holder.seal_key, holder._sealed(HolderMessage(fields_, blocks), NUMBER)).reply
    assert reply is not None
    note = reply.told["note"] or ""
    assert note.startswith("已有控制措施：冻结机关 焦作市中级人民法院，冻结金额 5.00；资金往来：金额 0.00")
    assert note.endswith("项未列")
    assert len(note) <= 1_000


def test_no_account_is_an_answer_even_where_the_code_says_found() -> None:
    found, holder = shape("bank"), SandboxHolder("bank", shape("bank"))
    fields_ = {"BDHM": NUMBER, "XZQH": "410825", "FKJG": "01", "SJRQ": "2026-06-15"}
    message = HolderMessage(fields_, {"zhxx": ({"KHZH": "查无开户信息"},)})
    reply = read_answer(found, holder.seal_key, holder._sealed(message, NUMBER)).reply
    assert reply is not None
    assert (reply.told["code"], reply.items) == ("NOT_FOUND", [])


BAD = (
    (Format.JSON, b'{"cxfk": {"A": "1", "A": "2"}}', "ANSWER_MALFORMED"),
    (Format.JSON, b'{"cxfk": {"A": 1}}', "ANSWER_MALFORMED"),
    (Format.JSON, b'{"cxfk": {"A": {"B": "1"}}}', "ANSWER_MALFORMED"),
    (Format.JSON, b'{"cxfk": {}, "more": {}}', "ANSWER_MALFORMED"),
    (Format.JSON, b"[" * 100_000, "ANSWER_MALFORMED"),
    (Format.JSON, b'{"cxfk": {"A": "\\u0000"}}', "ANSWER_MALFORMED"),
    (Format.XML, b"<cxfk><a><b/></a></cxfk>", "ANSWER_MALFORMED"),
    (Format.XML, b"<cxfk>text</cxfk>", "ANSWER_MALFORMED"),
    (Format.XML, b"<other/>", "ANSWER_MALFORMED"),
    (Format.XML, b"<!DOCTYPE cxfk><cxfk/>", "ANSWER_MALFORMED"),
    (Format.XML, b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><cxfk A="&x;"/>', "ANSWER_MALFORMED"),
    (Format.XML, b"<cxfk/>" + b" " * (4 * 1024 * 1024), "ANSWER_TOO_LARGE"),
    (Format.XML, "<cxfk A='张'/>".encode("gb18030"), "ANSWER_ENCODING"),
    (Format.XML, b"<cxfk>" + b"<a/>" * 1_001 + b"</cxfk>", "ANSWER_MALFORMED"),
    (Format.XML, b"", "ANSWER_TOO_LARGE"),
)


@pytest.mark.parametrize(("form", "content", "code"), BAD)
def test_what_is_no_message_is_refused_without_being_expanded(form: Format, content: bytes, code: str) -> None:
    with pytest.raises(Refused) as refused:
        parsed(content, {"cxfk"}, form, "utf-8")
    assert refused.value.code == code
