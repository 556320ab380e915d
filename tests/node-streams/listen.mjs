// Listens with both clients until an item of each is heard; argv: url, token.
import { createClient as overEvents } from "graphql-sse";
import { createClient as overSocket } from "graphql-ws";
import WebSocket from "ws";

const [url, token] = process.argv.slice(2);
const query = "subscription { doubleListItemChanged { kind id doubleListItem { title } } }";
const authorization = `Bearer ${token}`;
const socket = overSocket({
  url: url.replace("http", "ws"),
  webSocketImpl: WebSocket,
  connectionParams: { Authorization: authorization },
  retryAttempts: 0,
  on: { connected: () => console.log("ready") },
});
const events = overEvents({ url, headers: { authorization }, retryAttempts: 0, on: { connected: () => console.log("ready") } });

const heard = async (client) => {
  for await (const { data } of client.iterate({ query })) return data.doubleListItemChanged;
};
const { data } = (await socket.iterate({ query: "{ viewer { clientId } }" }).next()).value;
console.log(JSON.stringify(data));
console.log(JSON.stringify(await Promise.all([heard(socket), heard(events)])));
await socket.dispose();
events.dispose();
