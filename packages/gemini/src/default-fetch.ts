import type { Fetch } from "@catenary/core";

/** The platform's `fetch`. Looks the global up at each call, so that a tool that replaces it later is seen. */
export const defaultFetch: Fetch = (input, init) => fetch(input, init);
