import type { Fetch } from "@catenary/core";

/** The server, and how to speak to it. */
export interface Connection {
  /** The backend's id. */
  readonly backend: string;
  /** Where the routes begin, without a slash at its end. */
  readonly baseUrl: string;
  /** The same for people, without the protocol. */
  readonly place: string;
  /** Blots the keys out of a text that goes into an error. */
  readonly hide: (text: string) => string;
  /** Adds the key and the headers, and rejects with a `ModelError` where the server refuses or cannot be reached. */
  readonly fetch: Fetch;
}
