import { type Clock, systemClock } from "@catenary/core";
import { abortable } from "./faults/abortable.ts";
import { brokenConnection } from "./faults/broken-connection.ts";
import { cutBody } from "./faults/cut-body.ts";
import { stallBody } from "./faults/stall-body.ts";
import { trickleBody } from "./faults/trickle-body.ts";
import { hang, wait } from "./wait.ts";

/**
 * What goes wrong with one request to a fake server.
 *
 * | kind | what the caller meets |
 * |---|---|
 * | `status` | an answer with this status, in the server's own shape of an error, or with `body` as it is |
 * | `delay` | the usual answer, `delayMs` milliseconds late |
 * | `hang` | no answer, until the caller gives up |
 * | `reset` | the connection breaks before an answer |
 * | `cut` | the answer's body breaks off after some chunks or bytes |
 * | `stall` | the answer's body stops after some chunks, and never ends |
 * | `trickle` | the answer's body comes in pieces of a few bytes |
 */
export type Fault =
  | {
      readonly kind: "status";
      readonly status: number;
      /** The server's words, put into the shape of its errors. */
      readonly message?: string;
      /** Sent as it is instead, where given. */
      readonly body?: string;
      readonly headers?: Readonly<Record<string, string>>;
      /** Becomes the header `retry-after`. */
      readonly retryAfterSeconds?: number;
    }
  | { readonly kind: "delay"; readonly delayMs: number }
  | { readonly kind: "hang" }
  | { readonly kind: "reset" }
  | { readonly kind: "cut"; readonly afterChunks?: number; readonly afterBytes?: number }
  | { readonly kind: "stall"; readonly afterChunks: number }
  | { readonly kind: "trickle"; readonly bytes: number };

/** What is to go wrong with a fake server, and when. */
export interface Faults {
  /** These happen to the next requests, one each, in this order. */
  next(...faults: readonly Fault[]): void;
  /** Happens to every request for which nothing else is planned. `undefined` ends it. */
  always(fault: Fault | undefined): void;
  /** Plans nothing any more. */
  clear(): void;
}

/** Puts an error into a server's own shape. */
export type ErrorShape = (status: number, message: string) => Response;

/**
 * Faults for a fake server, and the handler that suffers them.
 *
 * @param answer What the server does when nothing goes wrong.
 * @param shape How the server tells an error.
 * @param clock Times the delays. Default: the host's own.
 */
export function createFaults(
  answer: (request: Request) => Promise<Response>,
  shape: ErrorShape,
  clock: Clock = systemClock,
): { readonly faults: Faults; readonly handle: (request: Request) => Promise<Response> } {
  let planned: Fault[] = [];
  let standing: Fault | undefined;
  return {
    faults: {
      next: (...more) => void planned.push(...more),
      always: (fault) => {
        standing = fault;
      },
      clear: () => {
        planned = [];
        standing = undefined;
      },
    },
    handle: async (request) =>
      abortable(await suffer(planned.shift() ?? standing, { request, answer, shape, clock }), request.signal),
  };
}

interface Scene {
  readonly request: Request;
  readonly answer: (request: Request) => Promise<Response>;
  readonly shape: ErrorShape;
  readonly clock: Clock;
}

async function suffer(fault: Fault | undefined, { request, answer, shape, clock }: Scene): Promise<Response> {
  switch (fault?.kind) {
    case undefined:
      return answer(request);
    case "status":
      return failed(fault, shape);
    case "delay":
      await wait(clock, fault.delayMs, request.signal);
      return answer(request);
    case "hang":
      return hang(request.signal);
    case "reset":
      throw brokenConnection();
    case "cut":
      return cutBody(await answer(request), fault);
    case "stall":
      return stallBody(await answer(request), fault.afterChunks, request.signal);
    case "trickle":
      return trickleBody(await answer(request), fault.bytes);
  }
}

function failed(fault: Extract<Fault, { kind: "status" }>, shape: ErrorShape): Response {
  const { status, body, message = `the fake server answers ${status}`, headers, retryAfterSeconds } = fault;
  const response =
    body === undefined
      ? shape(status, message)
      : new Response(body, { status, headers: { "content-type": "text/plain" } });
  for (const [name, value] of Object.entries(headers ?? {})) response.headers.set(name, value);
  if (retryAfterSeconds !== undefined) response.headers.set("retry-after", String(retryAfterSeconds));
  return response;
}
