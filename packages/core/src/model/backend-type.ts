import type { Fetch } from "../surroundings/fetch.ts";
import type { Backend } from "./backend.ts";
import type { BackendRouting } from "./backend-routing.ts";

/** What a stored record says about a backend. */
export interface BackendSettings {
  readonly id: string;
  readonly name?: string;
  readonly baseUrl?: string;
  readonly apiKey?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly routing?: BackendRouting;
  /** Whether a sync deletes models from it that nobody declared. Default false. */
  readonly prune?: boolean;
  /** `public`: who gave the address may only name what everybody can reach. Default: private ones are allowed. */
  readonly addresses?: "public";
}

/** What opening a backend takes from outside. */
export interface BackendSurroundings {
  /** What the runtime was given; without one the adapter takes its own default. */
  readonly fetch?: Fetch;
  /** Where the record says so. `fetch` is held to it; the adapter's own default has to be (`givenFetch`). */
  readonly addresses?: "public";
}

/** Builds backends from stored records. Core knows none by itself; the adapter packages bring theirs. */
export interface BackendType {
  readonly type: string;
  open(settings: Omit<BackendSettings, "addresses">, surroundings: BackendSurroundings): Backend;
}
