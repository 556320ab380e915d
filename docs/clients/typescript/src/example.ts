/** A department's round: read its items, report progress on one, meet a refusal and an error. Prints what happened. */
import { OwnItemsDocument, ViewerDocument, type DoubleListItemEvent } from "./gql/graphql.js";
import { advance, ownItems } from "./items.js";
import { Hub, HubError } from "./session.js";

function setting(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`set ${name}`);
  return value;
}

const hub = new Hub(setting("HUB_URL"), setting("HUB_CLIENT_ID"), setting("HUB_CLIENT_SECRET"));
const { viewer } = await hub.run(ViewerDocument, {});
console.log(`signed in as ${viewer.clientId}`);
const firstPage = await hub.run(OwnItemsDocument, { first: 2 });
console.log(`first page: ${firstPage.doubleListItems.nodes.length} items`);
const items = [];
for await (const each of ownItems(hub, 2)) items.push(each);
console.log(`all own items: ${items.length}`);

const item = items.find((each) => each.availableEvents.some((may) => may.event === "report" && may.allowed));
if (!item) throw new Error("no item to report on");
const report: DoubleListItemEvent = { report: { text: "本季度进展", period: "2026-Q4" } };
// One key for one act: derived from the state it acts upon, kept until the answer has arrived.
const key = `report:${item.id}:${item.version}`;
for (const attempt of ["reported", "the same key again"]) {
  const outcome = await advance(hub, item, report, key);
  if (outcome.__typename !== "DoubleListItemChange") throw new Error(outcome.message);
  console.log(`${attempt}: version ${item.version} -> ${outcome.doubleListItem?.version}`);
}

const stale = await advance(hub, item, report, `${key}:stale`);
if (stale.__typename !== "Refusal") throw new Error("a stale version was accepted");
console.log(`refused: ${stale.code}, current version ${stale.currentVersion}`);
try {
  await hub.run(OwnItemsDocument, { first: 1000 });
} catch (error) {
  if (!(error instanceof HubError)) throw error;
  console.log(`error: ${error.codes.join(", ")}`);
}
