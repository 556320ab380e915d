/** HTTP to the hub for any generated document: a token that renews itself, and patience when the hub asks for it. */
import { setTimeout as sleep } from "node:timers/promises";
import type { TypedDocumentString } from "./gql/graphql.js";

const RENEW_BEFORE_SECONDS = 30;
const ATTEMPTS = 4;
const LONGEST_WAIT_SECONDS = 60;
const BUSY = new Set([429, 503]);

type Problem = { message: string; extensions?: { code?: string } };
type Answer<Result> = { data?: Result | null; errors?: Problem[] };

/** A request that the hub did not carry out whole; `codes` are stable, `message` is for people. */
export class HubError extends Error {
  constructor(
    readonly status: number,
    readonly problems: Problem[],
  ) {
    super(problems.map((each) => each.message).join("; ") || `HTTP ${status}`);
  }

  get codes(): string[] {
    return this.problems.map((each) => each.extensions?.code ?? "UNKNOWN");
  }
}

export class Hub {
  #token = "";
  #renewAt = 0;

  constructor(
    readonly url: string,
    readonly clientId: string,
    readonly clientSecret: string,
  ) {}

  /** Runs one generated document. Throws `HubError`. */
  async run<Result, Variables>(document: TypedDocumentString<Result, Variables>, variables: Variables): Promise<Result> {
    const body = JSON.stringify({ query: document.toString(), variables });
    let response = await this.#post(body);
    if (response.status === 401) {
      this.#renewAt = 0;
      response = await this.#post(body);
    }
    const answer = (await response.json().catch(() => ({}))) as Answer<Result>;
    if (!response.ok || answer.errors || !answer.data) throw new HubError(response.status, answer.errors ?? []);
    return answer.data;
  }

  async #post(body: string): Promise<Response> {
    if (performance.now() >= this.#renewAt) await this.#fetchToken();
    const headers = { authorization: `Bearer ${this.#token}`, "content-type": "application/json" };
    return patiently(`${this.url}/graphql`, { method: "POST", headers, body });
  }

  /** Client-credentials grant, RFC 6749 §4.4. */
  async #fetchToken(): Promise<void> {
    const id = [this.clientId, this.clientSecret].map(encodeURIComponent).join(":");
    const headers = { authorization: `Basic ${Buffer.from(id).toString("base64")}` };
    const form = new URLSearchParams({ grant_type: "client_credentials" });
    const response = await patiently(`${this.url}/oauth/token`, { method: "POST", headers, body: form });
    if (!response.ok) throw new HubError(response.status, []);
    const granted = (await response.json()) as { access_token: string; expires_in: number };
    this.#token = granted.access_token;
    this.#renewAt = performance.now() + (granted.expires_in - RENEW_BEFORE_SECONDS) * 1000;
  }
}

/** Repeats what is answered 429 or 503 after the seconds of `Retry-After`; mutations carry an idempotency key. */
async function patiently(url: string, request: RequestInit): Promise<Response> {
  for (let attempt = 1; ; attempt++) {
    const response = await fetch(url, { ...request, signal: AbortSignal.timeout(30_000) });
    if (!BUSY.has(response.status) || attempt === ATTEMPTS) return response;
    await response.body?.cancel();
    const given = response.headers.get("retry-after");
    const seconds = given && /^\d+$/.test(given) ? Number(given) : 2 ** attempt;
    await sleep(Math.min(seconds, LONGEST_WAIT_SECONDS) * 1000);
  }
}
