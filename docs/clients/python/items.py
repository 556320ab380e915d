"""What a department does with its double-list items: typed paging, one event at a time, errors by code."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

import httpx
from linkage_hub import Item, LinkageHub
from linkage_hub.advance_item import AdvanceItemAdvanceDoubleListItemRefusal
from linkage_hub.exceptions import GraphQLClientGraphQLMultiError, GraphQLClientHttpError
from linkage_hub.input_types import DoubleListItemEvent

Refusal = AdvanceItemAdvanceDoubleListItemRefusal


def own_items(hub: LinkageHub, page: int = 50) -> Iterator[Item]:
    """Every item of the caller's own organisation; one request a page (at most 100 items)."""
    after = None
    while True:
        found = hub.own_items(first=page, after=after).double_list_items
        yield from found.nodes
        if not found.page_info.has_next_page:
            return
        after = found.page_info.end_cursor


def may(item: Item, event: str) -> bool:
    """Whether the hub lets the caller fire this event now."""
    return any(each.event == event and each.allowed for each in item.available_events)


def one_event(**event: Any) -> DoubleListItemEvent:
    """An event input with exactly one member. The schema says ``@oneOf``; the generated class does not.

    Raises ``ValueError`` before anything is sent.
    """
    if len(event) != 1 or None in event.values():
        raise ValueError("give exactly one event")
    return DoubleListItemEvent(**event)


def advance(hub: LinkageHub, item: Item, event: DoubleListItemEvent, key: str) -> Item | Refusal | None:
    """Fire an event at the version that was read. The same ``key`` again has no second effect.

    The item afterwards (``None``: it is out of the caller's sight now), or the typed refusal.
    """
    answer = hub.advance_item(
        id=item.id, event=event, expected_version=item.version, idempotency_key=key
    ).advance_double_list_item
    return answer if isinstance(answer, Refusal) else answer.double_list_item


def codes_of(error: GraphQLClientGraphQLMultiError | GraphQLClientHttpError) -> list[str]:
    """Stable codes of a failed request: errors beside data (HTTP 200) or in place of it (HTTP 4xx, 5xx)."""
    if isinstance(error, GraphQLClientGraphQLMultiError):
        return [str((each.extensions or {}).get("code")) for each in error.errors]
    try:
        return [each["extensions"]["code"] for each in cast(httpx.Response, error.response).json()["errors"]]
    except (ValueError, LookupError):  # not the hub's answer: a gateway between
        return [f"HTTP_{error.status_code}"]
