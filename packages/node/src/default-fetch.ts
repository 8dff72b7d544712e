import type { Fetch } from "@catenary/core";
import { hasPlainDispatcher } from "./has-plain-dispatcher.ts";
import { type NodeFetch, nodeFetch } from "./node-fetch.ts";

let shared: NodeFetch | undefined;

/**
 * What adapters send with where they are given no `fetch`: one `nodeFetch()` for the whole process, made at the first request. Where
 * something has replaced the global `fetch` (a test, msw, a framework that watches or caches), that one is used: it wants to see
 * every request. So does whoever gave the platform's another dispatcher: a proxy, a mock, an agent with settings.
 */
export const defaultFetch: Fetch = (input, init) => {
  const { fetch } = globalThis;
  if (!isPlatformFetch(fetch) || !hasPlainDispatcher()) return fetch(input, init);
  shared ??= nodeFetch();
  return shared(input, init);
};

let known: { readonly fetch: unknown; readonly isPlatform: boolean } | undefined;

/** Node's own loads its client when it is called first, and its text says so. Anything else counts as replaced. */
function isPlatformFetch(fetch: unknown): boolean {
  if (known?.fetch !== fetch) {
    const isPlatform =
      typeof fetch === "function" && /internal\/deps\/undici/.test(Function.prototype.toString.call(fetch));
    known = { fetch, isPlatform };
  }
  return known?.isPlatform === true;
}
