import type { Clock } from "@catenary/core";
import type { FakeServer, RecordedRequest } from "./fake-server.ts";
import { createFaults, type ErrorShape } from "./faults.ts";
import { recordRequest } from "./record-request.ts";

export interface FakeServerParts {
  /** Answers one request where nothing is to go wrong. */
  readonly route: (request: Request) => Promise<Response>;
  /** How the server tells an error. */
  readonly shape: ErrorShape;
  /** Times the delays. */
  readonly clock: Clock;
}

/**
 * A request that nobody holds may be collected, and its signal then never hears that its caller's has aborted. So each is held as
 * long as its caller's signal is.
 */
const held = new WeakMap<AbortSignal, Request[]>();

/** A server in a function, which remembers what it was asked, and suffers faults. */
export function createFakeServer({ route, shape, clock }: FakeServerParts): FakeServer {
  const requests: RecordedRequest[] = [];
  const { faults, handle } = createFaults(route, shape, clock);
  const serve = async (input: string | URL | Request, init?: RequestInit): Promise<Response> => {
    const request = new Request(input, init);
    request.signal.throwIfAborted();
    if (init?.signal) hold(request, init.signal);
    requests.push(await recordRequest(request));
    return handle(request);
  };
  return Object.assign(serve, { requests, faults });
}

function hold(request: Request, signal: AbortSignal): void {
  const others = held.get(signal);
  if (others === undefined) held.set(signal, [request]);
  else others.push(request);
}
