import type { Fetch } from "./fetch.ts";

/**
 * A `fetch` that is to reach public addresses only. `@catenary/node`'s transport understands what is said to it; others ignore it: they
 * check no addresses at all.
 */
export function publicOnly(fetch: Fetch): Fetch {
  return (input, init) => {
    const held = { ...init, addresses: "public" };
    return fetch(input, held);
  };
}
