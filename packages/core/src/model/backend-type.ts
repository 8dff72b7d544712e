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
}

/** Builds backends from stored records. Core knows none by itself; the adapter packages bring theirs. */
export interface BackendType {
  readonly type: string;
  /** @param surroundings `fetch` is what the runtime was given; without one the adapter takes its own default. */
  open(settings: BackendSettings, surroundings: { readonly fetch?: Fetch }): Backend;
}
