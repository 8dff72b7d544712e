import type { Clock } from "../../src/surroundings/clock.ts";
import type { Fetch } from "../../src/surroundings/fetch.ts";
import type { JsonObject } from "../../src/value/json.ts";
import { normalise } from "./normalise.ts";
import { readText } from "./read-text.ts";
import type { RecordedHookReply } from "./recorded-case.ts";

/** Answers what was recorded, in that order, and remembers what came. */
export function createFakeHookServer(
  replies: readonly RecordedHookReply[],
  clock: Clock,
): {
  readonly fetch: Fetch;
  readonly calls: readonly JsonObject[];
} {
  const left = [...replies];
  const calls: JsonObject[] = [];
  const fetch: Fetch = async (input, init) => {
    const request = new Request(input, { ...init, signal: null });
    const { pathname } = new URL(request.url);
    // The key is what we add to their requests.
    const { "idempotency-key": _key, ...headers } = Object.fromEntries(request.headers);
    calls.push({ method: request.method, path: pathname, headers, body: normalise(readText(await request.text())) });
    const reply = left.shift() ?? {};
    if (reply.delayMs !== undefined) await pause(clock, reply.delayMs, init?.signal ?? undefined);
    return response(reply);
  };
  return { fetch, calls };
}

function response({ status = 200, body, raw, contentType = "application/json" }: RecordedHookReply): Response {
  const text = raw ?? (body === undefined ? "" : JSON.stringify(body));
  const mayHaveBody = status !== 204 && status !== 304;
  return new Response(mayHaveBody ? text : null, { status, headers: { "content-type": contentType } });
}

function pause(clock: Clock, delayMs: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const stopTimer = clock.setTimer(delayMs, resolve);
    signal?.addEventListener("abort", () => {
      stopTimer();
      reject(signal.reason);
    });
  });
}
