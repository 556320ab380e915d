"""The TypeScript client of the guide: generated from the shipped schema, strictly compiled, run against a hub."""

from __future__ import annotations

import os
import shutil

import pytest

from tests.support.gateway import gateway_to
from tests.support.guide import Checkout, tells_one_story
from tests.support.serving import Serving

pytestmark = pytest.mark.skipif(
    not shutil.which("npm") and not os.environ.get("CI"),
    reason="NODE IS MISSING: the TypeScript client was NOT generated and NOT run; install Node 20 or newer",
)

TWO_EVENTS = """
import { type DoubleListItemEvent } from "./gql/graphql.js";
import { advance, ownItems } from "./items.js";
import { Hub, HubError } from "./session.js";

const wrong: DoubleListItemEvent = { start: {}, report: { text: "进展" } };
const hub = new Hub(process.env.HUB_URL!, process.env.HUB_CLIENT_ID!, process.env.HUB_CLIENT_SECRET!);
const { value: item } = await ownItems(hub).next();
try {
  await advance(hub, item!, wrong, "two-events");
} catch (error) {
  console.log((error as HubError).codes.join());
}
const { value: after } = await ownItems(hub).next();
console.log(after!.version === item!.version);
"""


@pytest.fixture(scope="module")
def client(hub: Serving, tmp_path_factory: pytest.TempPathFactory) -> Checkout:
    folder = tmp_path_factory.mktemp("typescript")
    checkout = Checkout(folder, "TypeScript", "typescript", "node_modules", "package-lock.json")
    checkout.prepare(hub.home)
    return checkout


def test_the_guide_typed_as_written_reports_once(client: Checkout, hub: Serving) -> None:
    tells_one_story(client.run_example(HUB_URL=hub.url))


def test_a_bad_day_between_client_and_hub_changes_nothing_of_the_story(client: Checkout, hub: Serving) -> None:
    with gateway_to(hub.url, "busy_token", "busy", "stale_token", "lost_answer") as (url, gateway):
        tells_one_story(client.run_example(HUB_URL=url))
    assert gateway.faults == set()
    assert gateway.seen.count("/oauth/token") == 3


def test_a_token_about_to_expire_is_renewed_before_it_is_used(client: Checkout, hub: Serving) -> None:
    with gateway_to(hub.url, lifetime=30) as (url, gateway):
        tells_one_story(client.run_example(HUB_URL=url))
    assert gateway.seen[::2] == ["/oauth/token"] * (len(gateway.seen) // 2)


def test_two_events_do_not_compile_and_are_refused_by_the_hub_with_a_code(
    client: Checkout, credentials: dict[str, str]
) -> None:
    program = client.place / "src" / "two_events.ts"
    program.write_text(TWO_EVENTS, encoding="utf-8")
    try:
        refused = client.type("npm run build", check=False)
        assert (refused.returncode != 0, "src/two_events.ts(6,7): error TS2322" in refused.stdout) == (True, True)
        forced = TWO_EVENTS.replace(" };\nconst hub", " } as unknown as DoubleListItemEvent;\nconst hub")
        program.write_text(forced, encoding="utf-8")
        told = client.type("npm run --silent build", "node dist/two_events.js", **credentials)
    finally:
        program.unlink()
    assert told.stdout.splitlines() == ["VARIABLE_INVALID", "true"]


def test_the_lock_names_no_registry(client: Checkout) -> None:
    assert '"resolved"' not in (client.place / "package-lock.json").read_text(encoding="utf-8")
