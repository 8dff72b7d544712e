import type { Fetch } from "@catenary/core";

/** Where one backend sends its requests, and how. */
export interface Connection {
  /** The server's root, without a slash at its end. */
  readonly root: string;
  /** The same for errors: its path may hold a key. */
  readonly shownRoot: string;
  /** The backend's id, for errors. */
  readonly backend: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly fetch: Fetch;
  /** Blots the values of headers and the credentials of the address out of a text that goes into an error. */
  readonly hide: (text: string) => string;
  readonly keepAlive?: string | number;
}
