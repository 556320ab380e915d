"""SupervisionNotice 提醒函、督促函、交办单、督办单: the table from draft to closing.

Source: 新信用发〔2018〕6号 二（一）、二（二）、二（五）; 汉川市人民法院工作方案 二（二）、三（二）.
"""

from __future__ import annotations

from typing import Any

from hub.access.scopes import Scope
from hub.canonical.supervision_codes import NOTICE_TERMINAL, NoticeStatus
from hub.core.texts import Text
from hub.core.workflow import Actor, Machine, Transition
from hub.supervision import awards, effects, guards, payloads
from hub.supervision.facts import NoticeFacts

S = NoticeStatus
LETTERS = "新信用发〔2018〕6号 二（一）、二（二）"
RECTIFICATION = "新信用发〔2018〕6号 二（五）"
SUPERVISION = "汉川市人民法院工作方案 三（二）"
RECEIVED = (
    S.SIGNED,
    S.IN_HANDLING,
    S.EXTENSION_PENDING,
    S.REPLIED,
    S.ESCALATED,
)
ARRIVING = (S.ISSUED, S.DELIVERED)
"""Whoever signs for a notice has it, whatever became of the event that told its system."""
UNDER_WAY = (S.DELIVERED, S.SIGNED, S.IN_HANDLING)


def _row(
    event: str, source: S, target: S, actors: tuple[Actor, ...], scope: Scope, text: Text, **more: Any
) -> Transition[NoticeFacts]:
    about = {"actors": actors, "scope": scope, "text": text, "clause": LETTERS, **more}
    return Transition(event=event, sources=(source,), target=target, **about)


def _each(
    event: str,
    sources: tuple[S, ...],
    target: S | None,
    actors: tuple[Actor, ...],
    scope: Scope,
    text: Text,
    **more: Any,
) -> tuple[Transition[NoticeFacts], ...]:
    """One row a source; without a target the state stays."""
    return tuple(_row(event, source, target or source, actors, scope, text, **more) for source in sources)


def _receiving(sources: tuple[S, ...], target: S | None, *actors: Actor) -> tuple[Transition[NoticeFacts], ...]:
    """Every recipient signs for receipt once; whose receipt moves the notice is for the rows to say."""
    return _each(
        "sign",
        sources,
        target,
        actors,
        Scope.NOTICE_REPLY,
        Text("签收", "sign for receipt"),
        payload=payloads.NoticeReceipt,
        guards=(guards.UNRECEIPTED,),
        effects=(effects.RECEIPT,),
    )


_ISSUER = (Actor.ISSUER,)
_SIGNERS = (Actor.ISSUER, Actor.CO_ISSUER, Actor.GOVERNMENT)
_SIGN = Text("签发", "sign")

DRAFTING = (
    _row(
        "submit",
        S.DRAFT,
        S.PENDING_SIGNOFF,
        _ISSUER,
        Scope.NOTICE_ISSUE,
        Text("送签", "submit for signature"),
        guards=(guards.AHEAD,),
    ),
    _row(
        "signoff",
        S.PENDING_SIGNOFF,
        S.ISSUED,
        _SIGNERS,
        Scope.NOTICE_SIGN,
        _SIGN,
        payload=payloads.LeaderSignature,
        guards=(guards.MAY_SIGN, guards.LAST, guards.AHEAD),
        effects=(effects.SIGNATURE, effects.ISSUE),
    ),
    _row(
        "signoff",
        S.PENDING_SIGNOFF,
        S.PENDING_SIGNOFF,
        _SIGNERS,
        Scope.NOTICE_SIGN,
        _SIGN,
        payload=payloads.LeaderSignature,
        guards=(guards.MAY_SIGN, guards.NOT_LAST, guards.AHEAD),
        effects=(effects.SIGNATURE,),
    ),
    _row(
        "reject",
        S.PENDING_SIGNOFF,
        S.DRAFT,
        _SIGNERS,
        Scope.NOTICE_SIGN,
        Text("退回修改", "send back"),
        payload=payloads.NoticeReason,
        effects=(effects.DROP_SIGNATURES,),
    ),
)

RECEIPTS = (
    _row("deliver", S.ISSUED, S.DELIVERED, (Actor.SYSTEM,), Scope.NOTICE_ISSUE, Text("送达", "deliver")),
    *_receiving(ARRIVING, S.SIGNED, Actor.SUBJECT),
    *_receiving(ARRIVING, None, Actor.COPIED),
    *_receiving(RECEIVED, None, Actor.SUBJECT, Actor.COPIED),
    _row(
        "nameResponsible",
        S.SIGNED,
        S.IN_HANDLING,
        (Actor.SUBJECT,),
        Scope.NOTICE_REPLY,
        Text("明确责任主体和责任人", "name who answers"),
        clause=RECTIFICATION,
        payload=payloads.NoticeResponsibility,
        effects=(effects.RESPONSIBLE,),
    ),
)

HANDLING = (
    _row(
        "requestExtension",
        S.IN_HANDLING,
        S.EXTENSION_PENDING,
        (Actor.SUBJECT,),
        Scope.NOTICE_REPLY,
        Text("申请延期", "ask for an extension"),
        payload=payloads.NoticeExtension,
        guards=(guards.EXTENDABLE,),
        effects=(effects.ASK,),
    ),
    _row(
        "grantExtension",
        S.EXTENSION_PENDING,
        S.IN_HANDLING,
        _ISSUER,
        Scope.NOTICE_ISSUE,
        Text("同意延期", "grant the extension"),
        effects=(effects.GRANT,),
    ),
    _row(
        "denyExtension",
        S.EXTENSION_PENDING,
        S.IN_HANDLING,
        _ISSUER,
        Scope.NOTICE_ISSUE,
        Text("不同意延期", "deny the extension"),
        payload=payloads.NoticeReason,
        effects=(effects.DENY,),
    ),
    *_each(
        "reply",
        (S.IN_HANDLING, S.ESCALATED),
        S.REPLIED,
        (Actor.SUBJECT,),
        Scope.NOTICE_REPLY,
        Text("回复办理情况", "reply"),
        payload=payloads.NoticeReply,
        effects=(effects.REPLY,),
    ),
    _row(
        "return",
        S.REPLIED,
        S.IN_HANDLING,
        _ISSUER,
        Scope.NOTICE_ISSUE,
        Text("退回重办", "send back"),
        payload=payloads.NoticeReason,
        effects=(effects.RETURN,),
    ),
    *_each(
        "urge",
        UNDER_WAY,
        None,
        (Actor.ISSUER, Actor.SYSTEM),
        Scope.NOTICE_ISSUE,
        Text("催办", "urge"),
        clause=SUPERVISION,
        payload=payloads.NoticeUrging,
        effects=(effects.URGE,),
    ),
    *_each(
        "escalate",
        UNDER_WAY,
        S.ESCALATED,
        _ISSUER,
        Scope.NOTICE_ISSUE,
        Text("提级督办", "escalate to the superior"),
        clause=SUPERVISION,
        guards=(guards.OVERDUE,),
        effects=(effects.ESCALATE,),
    ),
)

CLOSING = (
    _row(
        "accept",
        S.REPLIED,
        S.CLOSED_SATISFIED,
        _ISSUER,
        Scope.NOTICE_ISSUE,
        Text("认可办结", "accept and close"),
        effects=(effects.CLOSE,),
    ),
    *_each(
        "closeUnresolved",
        (*UNDER_WAY, S.ESCALATED),
        S.CLOSED_UNRESOLVED,
        _ISSUER,
        Scope.NOTICE_ISSUE,
        Text("未落实结案", "close as unresolved"),
        clause=RECTIFICATION,
        payload=payloads.NoticeReason,
        guards=(guards.OVERDUE,),
        effects=(effects.CLOSE_WITH_REASON, awards.RESTRICT),
    ),
    *_each(
        "withdraw",
        tuple(state for state in S if state not in NOTICE_TERMINAL),
        S.WITHDRAWN,
        (Actor.ISSUER, Actor.SYSTEM),
        Scope.NOTICE_ISSUE,
        Text("撤回", "withdraw"),
        payload=payloads.NoticeReason,
        effects=(effects.CLOSE_WITH_REASON,),
    ),
)

NOTICE: Machine[NoticeFacts] = Machine(
    name="SupervisionNotice",
    text=Text("督办函件", "supervision notice"),
    states=NoticeStatus,
    initial=S.DRAFT,
    terminal=frozenset(NOTICE_TERMINAL),
    transitions=(*DRAFTING, *RECEIPTS, *HANDLING, *CLOSING),
)
