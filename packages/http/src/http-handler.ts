import type { Clock } from "@catenary/core";
import type { Dispatch } from "./dispatch/create-dispatch.ts";

/** What the host knows of a request, and the request itself does not tell. */
export interface FetchOptions {
  /** Who is at the other end of the connection: Bun's `server.requestIP(request)?.address`, Deno's `serveInfo.remoteAddr.hostname`. Without it nobody is an operator who gives no key. */
  readonly peerAddress?: string;
  /** Whether paths that are no route are answered with 404 too. Default: below a mount yes, at the root no. */
  readonly isLast?: boolean;
}

/**
 * Answers requests to a runtime. Undefined where the path is none of its own, so that the host can go on. Never rejects. It opens no
 * port and prints nothing.
 */
export interface HttpHandler {
  (request: Request, options?: FetchOptions): Promise<Response | undefined>;
  /** The document of all routes, as `/openapi.json` answers it. */
  openApi(): Readonly<Record<string, unknown>>;
  /**
   * Reads what the record store holds, and remembers since when there is what nobody registered over HTTP. The first request does it
   * where nobody has. Rejects with the record store's error; then the next request tries again.
   */
  load(): Promise<void>;
  /** Whether anybody needs a key. */
  readonly hasKeys: boolean;
  /** What the entries for Node, Express and Hono build on. */
  readonly dispatch: Dispatch;
  readonly clock: Clock;
}
