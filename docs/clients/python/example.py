"""A department's round: read its items, report progress on one, meet a refusal and an error. Prints what happened."""

from __future__ import annotations

import os
from typing import cast

from hub_session import open_http
from items import Refusal, advance, codes_of, may, one_event, own_items
from linkage_hub import LinkageHub
from linkage_hub.base_client import HttpClient
from linkage_hub.exceptions import GraphQLClientGraphQLMultiError, GraphQLClientHttpError
from linkage_hub.input_types import ReportInput


def main() -> None:
    url = os.environ["HUB_URL"]
    http = open_http(url, os.environ["HUB_CLIENT_ID"], os.environ["HUB_CLIENT_SECRET"])
    # The generated protocol lists by position what httpx takes by name; the generated calls use names.
    with LinkageHub(f"{url}/graphql", http_client=cast(HttpClient, http)) as hub:
        viewer = hub.viewer().viewer
        print(f"signed in as {viewer.client_id}")
        print(f"first page: {len(hub.own_items(first=2).double_list_items.nodes)} items")
        items = list(own_items(hub, page=2))
        print(f"all own items: {len(items)}")

        item = next(each for each in items if may(each, "report"))
        report = one_event(report=ReportInput(text="本季度进展", period="2026-Q4"))
        # One key for one act: derived from the state it acts upon, kept until the answer has arrived.
        key = f"report:{item.id}:{item.version}"
        for attempt in ("reported", "the same key again"):
            after = advance(hub, item, report, key)
            if after is None or isinstance(after, Refusal):
                raise SystemExit(f"not reported: {after}")
            print(f"{attempt}: version {item.version} -> {after.version}")

        stale = advance(hub, item, report, f"{key}:stale")
        if isinstance(stale, Refusal):
            print(f"refused: {stale.code}, current version {stale.current_version}")
        try:
            hub.own_items(first=1000)
        except (GraphQLClientGraphQLMultiError, GraphQLClientHttpError) as error:
            print(f"error: {', '.join(codes_of(error))}")


if __name__ == "__main__":
    main()
