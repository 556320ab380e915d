/** What a department does with its double-list items: typed paging, one event at a time. */
import {
  AdvanceItemDocument,
  OwnItemsDocument,
  type AdvanceItemMutation,
  type DoubleListItemEvent,
  type ItemFragment,
  type OwnItemsQuery,
} from "./gql/graphql.js";
import type { Hub } from "./session.js";

export type Outcome = AdvanceItemMutation["advanceDoubleListItem"];

/** Every item of the caller's own organisation; one request a page (at most 100 items). */
export async function* ownItems(hub: Hub, size = 50): AsyncGenerator<ItemFragment> {
  let page = await pageAfter(hub, size, null);
  yield* page.nodes;
  while (page.pageInfo.hasNextPage) {
    page = await pageAfter(hub, size, page.pageInfo.endCursor);
    yield* page.nodes;
  }
}

async function pageAfter(hub: Hub, first: number, after: string | null): Promise<OwnItemsQuery["doubleListItems"]> {
  return (await hub.run(OwnItemsDocument, { first, after })).doubleListItems;
}

/** Fires an event at the version that was read. The same `key` again has no second effect. */
export async function advance(hub: Hub, item: ItemFragment, event: DoubleListItemEvent, key: string): Promise<Outcome> {
  const variables = { id: item.id, event, expectedVersion: item.version, idempotencyKey: key };
  return (await hub.run(AdvanceItemDocument, variables)).advanceDoubleListItem;
}
