import type { Clock } from "@catenary/core";

export interface BodyLimits {
  readonly bytes: number;
  readonly timeoutMs: number;
  readonly clock: Clock;
}

/** A request as an entry hands it over, before anything of it was judged. */
export interface Incoming {
  readonly method: string;
  /** Path and query as they were sent. */
  readonly target: string;
  /** What the host has taken off the target already. */
  readonly mount?: string;
  /** Whether nobody else answers what is no route. Where there is a mount, nobody does. */
  readonly isLast?: boolean;
  /** By its name in lower case. */
  header(name: string): string | undefined;
  /** Who is at the other end of the connection, where the host tells. */
  readonly peerAddress: string | undefined;
  /** Aborts when the client leaves, and when the server stops. */
  readonly signal: AbortSignal;
  /** Reads the body to its end. Throws an HttpError of 413, 408 or 415. */
  text(limits: BodyLimits): Promise<string>;
}
