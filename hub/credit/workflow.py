"""失信信息 (a listing): the table of its life (法释〔2017〕7号, 法发〔2019〕35号). Its court's word alone moves it.

A court need not tell every step, nor do all its messages arrive: what it tells may skip steps, but goes back only where
the law knows a way back. The event is what leads from the state here to the state told.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from hub.canonical.exchange_codes import STANDING, DeletionGround, DishonestyStatus, ListingInitiative
from hub.canonical.records import Listing
from hub.core.errors import Reason, Refused
from hub.core.texts import Text, label_text
from hub.core.workflow import Actor, Guard, Machine, Transition

S = DishonestyStatus
INGEST = "dishonesty:ingest"
"""What a court's messages come with. No role allows it, so that no client can hold it."""
RULES = "最高人民法院关于公布失信被执行人名单信息的若干规定（2017年修正）"
GRACE = "法发〔2019〕35号"
_FILED, _SERVED, _TOLD, _DECIDED, _GRACE = (
    S.EXEC_FILED,
    S.NOTICE_SERVED,
    S.PRE_LISTING_NOTICED,
    S.DECIDED,
    S.IN_GRACE,
)
_BEFORE = (_FILED, _SERVED, _TOLD, _DECIDED, _GRACE)
OUT = (S.DELETED_SHIELDED, S.REPAIRED)
"""From where a listing may begin again; and from ARCHIVED, when it was repaired."""
ENDED = (S.AVERTED, S.REPAIRED, S.REVOKED)
"""Where a listing's life has ended: after its time it is archived."""
_AGAIN = (*OUT, S.ARCHIVED)
_OF_TERM = frozenset({DeletionGround.TERM_EXPIRED, DeletionGround.EARLY})


@dataclass(frozen=True, slots=True)
class LifeFacts:
    """What stands here before the court's word is taken over."""

    term_until: date | None = None
    relist_barred_until: date | None = None
    archived_from: DishonestyStatus | None = None


def _in_order(facts: LifeFacts, told: Listing | None) -> Iterable[Reason]:
    """A listing for a term ends with it or early, not on the grounds 1 to 7 (art. 10)."""
    if told is None or told.deletion_ground is None:
        return ()
    term = told.term_until or facts.term_until
    if term is None or told.deletion_ground in _OF_TERM:
        return ()
    return (Reason("DELETION_GROUND_UNFIT", params={"ground": _label(told.deletion_ground), "term": term.isoformat()}),)


def _not_barred(facts: LifeFacts, told: Listing | None) -> Iterable[Reason]:
    """Deleted at the creditor's request, it is not listed again at the creditor's request for six months."""
    bar = facts.relist_barred_until
    if told is None or bar is None or told.initiative is ListingInitiative.COURT:
        return ()
    if (told.decided_on or told.listed_on) > bar:
        return ()
    return (Reason("RELISTING_BARRED", params={"until": bar.isoformat()}),)


def _was_out(facts: LifeFacts, told: Listing | None) -> Iterable[Reason]:
    """What was averted or revoked does not begin again under the same number; what was repaired may."""
    if told is None or facts.archived_from in (None, S.REPAIRED):
        return ()
    about = {"state": DISHONESTY.state_label(facts.archived_from), "told": DISHONESTY.state_label(told.status)}
    return (Reason("LISTING_STEP_UNEXPECTED", params=about),)


def _label(ground: DeletionGround) -> str:
    return label_text(f"DeletionGround.{ground.value}").zh


FIT = Guard(
    "deletionGroundFits", Text("删除事由与纳入期限相符", "the ground fits a listing with or without term"), _in_order
)
NOT_BARRED = Guard("notBarred", Text("不在不得重新纳入的期间", "outside the bar on re-listing"), _not_barred)
WAS_OUT = Guard("wasOut", Text("归档前已修复", "it was repaired before it was archived"), _was_out)


def _row(
    event: str,
    sources: tuple[str, ...],
    target: str,
    text: Text,
    clause: str,
    *guards: Guard[LifeFacts],
    actor: Actor = Actor.COURT,
) -> Transition[LifeFacts]:
    return Transition(
        event=event,
        sources=sources,
        target=target,
        actors=(actor,),
        scope=INGEST,
        text=text,
        clause=clause,
        payload=Listing,
        guards=guards,
    )


_CORRECTED = tuple(
    _row("correct", (state,), state, Text("更正所报信息", "what was told is corrected"), RULES + "第十二条")
    for state in S
    if state not in (S.EXEC_FILED, S.REPAIRED, S.ARCHIVED)
)

DISHONESTY: Machine[LifeFacts] = Machine(
    name="DishonestyRecord",
    text=Text("失信信息", "listing of a dishonest judgment debtor"),
    states=DishonestyStatus,
    initial=S.EXEC_FILED,
    terminal=frozenset(),
    transitions=(
        _row("serveNotice", (_FILED,), S.NOTICE_SERVED, Text("送达执行通知书", "notice served"), RULES + "第五条"),
        _row("preNotify", (_FILED, _SERVED), S.PRE_LISTING_NOTICED, Text("失信预告知", "told before listing"), GRACE),
        _row("decide", (_FILED, _SERVED, _TOLD), S.DECIDED, Text("作出决定", "decided"), RULES + "第五条"),
        _row("relist", _AGAIN, S.DECIDED, Text("重新纳入", "listed again"), RULES + "第十一条", NOT_BARRED, WAS_OUT),
        _row("grantGrace", _BEFORE[:4], S.IN_GRACE, Text("给予宽限期", "grace granted"), GRACE),
        _row("avert", _BEFORE, S.AVERTED, Text("宽限期内履行", "performed in time"), GRACE),
        _row(
            "enterList",
            (*_BEFORE, *_AGAIN),
            S.LISTED,
            Text("纳入名单", "listed"),
            RULES + "第六条",
            NOT_BARRED,
            WAS_OUT,
        ),
        _row(
            "publish",
            (*_BEFORE, S.LISTED, *_AGAIN),
            S.PUBLISHED,
            Text("公布", "published"),
            RULES + "第七条",
            NOT_BARRED,
            WAS_OUT,
        ),
        _row(
            "object",
            (_FILED, S.LISTED, S.PUBLISHED),
            S.CORRECTION_PENDING,
            Text("申请纠正", "objection"),
            RULES + "第十二条",
        ),
        _row(
            "reconsider",
            (_FILED, S.LISTED, S.PUBLISHED, S.CORRECTION_PENDING),
            S.RECONSIDERING,
            Text("申请复议，不停止执行", "reconsideration, without stay"),
            RULES + "第十二条",
        ),
        _row(
            "rejectObjection",
            (S.CORRECTION_PENDING, S.RECONSIDERING),
            S.PUBLISHED,
            Text("驳回申请", "objection rejected"),
            RULES + "第十二条",
        ),
        _row(
            "deletionDue",
            (_FILED, *STANDING[:4]),
            S.DELETE_DUE,
            Text("出现删除事由", "a ground of deletion has come"),
            RULES + "第十条",
            FIT,
        ),
        _row(
            "delete",
            (_FILED, *STANDING),
            S.DELETED_SHIELDED,
            Text("删除并屏蔽", "deleted and shielded"),
            RULES + "第十条",
            FIT,
        ),
        _row(
            "revoke",
            (*_BEFORE, *STANDING, *OUT),
            S.REVOKED,
            Text("撤销", "revoked: it was wrong"),
            RULES + "第十二条",
        ),
        *_CORRECTED,
        _row(
            "confirmRepaired",
            (S.DELETED_SHIELDED,),
            S.REPAIRED,
            Text("惩戒措施全部解除", "every measure is lifted"),
            "国办发〔2020〕49号",
            actor=Actor.SYSTEM,
        ),
        _row("archive", ENDED, S.ARCHIVED, Text("归档", "archive"), "国办发〔2020〕49号", actor=Actor.SYSTEM),
    ),
)


def step(state: DishonestyStatus, told: Listing, facts: LifeFacts) -> str:
    """The event by which a court's word moves a listing. Raises ``Refused`` with every reason."""
    leads = [row for row in DISHONESTY.transitions if state in row.sources and row.target == told.status]
    if not leads:
        about = {"state": DISHONESTY.state_label(state), "told": DISHONESTY.state_label(told.status)}
        raise Refused(Reason("LISTING_STEP_UNEXPECTED", params=about))
    return DISHONESTY.decide(
        state,
        leads[0].event,
        actors=frozenset({Actor.COURT}),
        scopes=frozenset({INGEST}),
        facts=facts,
        payload=told,
    ).event
