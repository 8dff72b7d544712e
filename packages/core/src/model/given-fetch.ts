import type { Fetch } from "../surroundings/fetch.ts";
import { publicOnly } from "../surroundings/public-only.ts";
import type { BackendSurroundings } from "./backend-type.ts";

/** For adapters: the setting `fetch` of a backend that is opened from a record. Empty where the adapter's own default will do. */
export function givenFetch({ fetch, addresses }: BackendSurroundings, defaultFetch: Fetch): { readonly fetch?: Fetch } {
  if (fetch !== undefined) return { fetch };
  return addresses === "public" ? { fetch: publicOnly(defaultFetch) } : {};
}
