"""The words of a message, from nothing but kinds, dates, counts and the unit's name: never a title, which may hold a
person's name or a case number, and travels in the open here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from hub.canonical.codes import AlertKind, Channel
from hub.core.texts import Text, label_text
from hub.core.texts.notification import DUE, MESSAGE, MORE, NOTIFICATION_LABELS, SUBJECT, TIMES

MOST_ITEMS = 5
"""A text message is short; the rest is read in the system."""


@dataclass(frozen=True, slots=True, order=True)
class Said:
    """One thing to be told: the code of an alert or alarm, and its date."""

    code: str
    due_on: date | None


def words(unit: str, said: Iterable[Said], channel: Channel) -> dict[str, object]:
    """``text``, and ``subject`` of an e-mail, which has the English below the Chinese."""
    counted = Counter(said)
    shown = sorted(counted, key=lambda each: (each.due_on or date.max, each.code))[:MOST_ITEMS]
    items = [_item(each, counted[each]) for each in shown] + ([MORE] if len(counted) > MOST_ITEMS else [])
    count = counted.total()
    zh = MESSAGE.zh.format(unit=unit, count=count, items="、".join(item.zh for item in items))
    if channel is Channel.SMS:
        return {"text": zh}
    en = MESSAGE.en.format(unit=unit, count=count, items=", ".join(item.en for item in items))
    return {"subject": SUBJECT.zh.format(count=count), "text": f"{zh}\n\n{en}\n"}


def _item(said: Said, times: int) -> Text:
    label = NOTIFICATION_LABELS.get(said.code) or label_text(f"{AlertKind.__name__}.{said.code}")
    if said.due_on is not None:
        due = said.due_on.isoformat()
        label = Text(DUE.zh.format(label=label.zh, due=due), DUE.en.format(label=label.en, due=due))
    if times == 1:
        return label
    return Text(TIMES.zh.format(item=label.zh, times=times), TIMES.en.format(item=label.en, times=times))
