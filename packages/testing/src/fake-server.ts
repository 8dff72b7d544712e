import type { Faults } from "./faults.ts";

/** One request that a fake server has seen. */
export interface RecordedRequest {
  readonly method: string;
  /** Path and query. */
  readonly path: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** The body as it came. */
  readonly text: string;
  /** The body as JSON; absent where it is none. */
  readonly body?: unknown;
}

/**
 * A server that lives in a function. Give it to an adapter as its `fetch`, serve it on a socket with `serve`, or turn it into
 * msw handlers with `toMswHandlers`.
 */
export interface FakeServer {
  (input: string | URL | Request, init?: RequestInit): Promise<Response>;
  /** What was asked of it, oldest first. */
  readonly requests: readonly RecordedRequest[];
  readonly faults: Faults;
}
