/** The part of the platform's `fetch` that Catenary uses. */
export type Fetch = (input: string | URL | Request, init?: RequestInit) => Promise<Response>;

/** Looks the global up at each call, so that a tool that replaces it later is seen. */
export const systemFetch: Fetch = (input, init) => fetch(input, init);
