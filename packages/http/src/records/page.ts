import type { Call } from "../call.ts";
import { HttpError } from "../errors/http-error.ts";
import type { JsonReply } from "../reply.ts";
import { fromRfc3339, toRfc3339 } from "./rfc3339.ts";

export interface PageRules {
  /** The least `limit`. Default 0: an empty page. */
  readonly least?: 0 | 1;
  /** The most. Default 1,000. */
  readonly most?: number;
}

export interface Page {
  readonly limit: number;
  /** Only what was made before it, in microseconds since the Unix epoch. */
  readonly before: number;
}

const DEFAULT_LIMIT = 100;

/** Which part of a list a query asks for: `limit`, and `cursor`, the time at which the last item of the page before was made. */
export function readPage(call: Pick<Call, "query">, rules: PageRules = {}): Page {
  const before = readCursor(call.query.get("cursor") ?? "");
  return { limit: readLimit(call, rules), before };
}

/** How many items at most a query asks for. */
export function readLimit({ query }: Pick<Call, "query">, { least = 0, most = 1000 }: PageRules = {}): number {
  const limit = toLimit(query.get("limit") ?? "");
  if (limit < least) throw refuse("limit", `limit must be ${least === 1 ? "positive" : "0 or more"}; got ${limit}`);
  if (limit > most)
    throw new HttpError(400, `limit exceeds the maximum of ${most}; got ${limit}: ask for the rest with cursor`, {
      param: "limit",
    });
  return limit;
}

interface Made {
  /** In microseconds since the Unix epoch. */
  readonly createdAt: number;
}

/** A page of a list, the newest first. A header tells with which cursor it goes on, for bodies that have no times in them. */
export async function pageReply<Item extends Made>(
  newestFirst: readonly Item[],
  { limit, before }: Page,
  toBody: (item: Item) => unknown,
): Promise<JsonReply> {
  const older = newestFirst.filter(({ createdAt }) => createdAt < before);
  const page = older.slice(0, limit);
  const last = page.at(-1);
  const json = await bodiesOf(page, toBody);
  if (last === undefined || page.length === older.length) return { status: 200, json };
  return { status: 200, json, headers: { "x-next-cursor": toRfc3339(last.createdAt) } };
}

/** How long nobody else is answered meanwhile, in milliseconds: a chain is checked each time that it is told. */
const LONGEST_MS = 20;

async function bodiesOf<Item>(items: readonly Item[], toBody: (item: Item) => unknown): Promise<readonly unknown[]> {
  const bodies: unknown[] = [];
  let since = performance.now();
  for (const item of items) {
    bodies.push(await toBody(item));
    if (performance.now() - since < LONGEST_MS) continue;
    await new Promise((resolve) => setTimeout(resolve, 0));
    since = performance.now();
  }
  return bodies;
}

/** For sorting. */
export function newestFirst(one: Made, other: Made): number {
  return other.createdAt - one.createdAt;
}

function readCursor(text: string): number {
  if (text === "") return Number.POSITIVE_INFINITY;
  const micros = fromRfc3339(text);
  if (micros === undefined)
    throw refuse(
      "cursor",
      "invalid cursor: expected a time of RFC 3339 such as 2026-01-31T12:00:00.123456Z, the createdAt of the last item",
    );
  return micros;
}

function toLimit(text: string): number {
  if (text === "") return DEFAULT_LIMIT;
  const limit = /^[+-]?\d+$/.test(text) ? Number(text) : Number.NaN;
  if (!Number.isSafeInteger(limit)) throw refuse("limit", "invalid limit: expected a whole number");
  return limit;
}

function refuse(param: string, message: string): HttpError {
  return new HttpError(422, message, { param });
}
