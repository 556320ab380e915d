"""Words of the drafts. They name the court and the case, never the opponent: an office completes what it may say."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from hub.canonical.supervision_codes import NoticeKind, NoticeTrigger
from hub.core.texts import label_text


@dataclass(frozen=True, slots=True)
class Wording:
    title: str
    facts: str
    demand: str


def of(trigger: NoticeTrigger, kind: NoticeKind, *, court: str, case_number: str, perform_by: date | None) -> Wording:
    """What a draft says to begin with."""
    name = label_text(f"NoticeKind.{kind.value}").zh
    match trigger:
        case NoticeTrigger.CASE_FILED:
            return Wording(
                f"关于{case_number}案件应诉及化解的{name}",
                f"{court}已受理以你单位为被告的{case_number}案件，并向我办通报。",
                "请主动与对方当事人协商化解；确需进入审理的，请做好应诉准备，单位负责人依法出庭，并反馈办理情况。",
            )
        case NoticeTrigger.CASE_LOST:
            day = f"{perform_by.year}年{perform_by.month}月{perform_by.day}日" if perform_by else ""
            by = f"裁判确定的履行期限为{day}。" if day else ""
            return Wording(
                f"关于履行{case_number}案件生效裁判的{name}",
                f"{court}通报，{case_number}案件裁判已经生效，你单位负有履行义务。{by}",
                "请在期限内全面履行生效法律文书确定的义务，并书面反馈履行情况；逾期未履行的，将依法纳入失信名单。",
            )
        case _:
            return Wording(
                f"关于限期整改失信问题的{name}",
                f"{court}已在{case_number}案件中将你单位列入失信被执行人名单。",
                "请明确责任主体，责任到人，限期履行义务、退出名单，并书面反馈整改情况。",
            )
