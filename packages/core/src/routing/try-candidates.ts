import type { CatenaryError } from "../errors/catenary-error.ts";
import type { FailureClass } from "../errors/failure-class.ts";
import { toModelError } from "../model/to-model-error.ts";
import { orAborted } from "../surroundings/abort.ts";
import type { Clock } from "../surroundings/clock.ts";
import type { Usage } from "../value/usage.ts";
import type { Candidate } from "./candidate.ts";
import { Journey, type RoutedCall } from "./journey.ts";
import type { CallOutcome } from "./leases.ts";
import type { Wanted } from "./model-request.ts";
import { type RoutingParts, resolve } from "./resolve.ts";

export interface TryOptions {
  /** How many candidates may be tried. */
  readonly triesLeft: number;
  readonly signal: AbortSignal;
  readonly clock: Clock;
  /** Whether it is too late to try another: a reader already has a part of the answer. */
  readonly isCommitted: () => boolean;
  /** Called once, at the end, also where the call failed; as soon as the signal aborts, where it does. */
  readonly onRouted: (call: RoutedCall) => void;
}

/** Failures that another candidate may not have. Other refusals would be the same everywhere. */
const PASSES_ON: ReadonlySet<FailureClass> = new Set([
  "rate_limit",
  "server_error",
  "timeout",
  "network",
  "unavailable",
  "reply",
]);

/**
 * Makes one call: tries a candidate once, and on a failure that is the candidate's own the next untried one, as long as
 * there are tries left. Rejects with the last failure, or with the signal's reason.
 */
export async function tryCandidates<T extends { readonly usage: Usage }>(
  parts: RoutingParts,
  wanted: Wanted,
  options: TryOptions,
  attempt: (candidate: Candidate, signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const { signal } = options;
  const journey = new Journey(wanted.policy ?? parts.defaultPolicy, options.onRouted);
  const onAbort = () => journey.end(signal.reason);
  signal.addEventListener("abort", onAbort, { once: true });
  let lastError: unknown;
  try {
    while (journey.tried.length < options.triesLeft) {
      signal.throwIfAborted();
      const resolved = await resolve(parts, wanted, journey.tried, signal);
      if (resolved === undefined) break;
      const { candidate, lease } = resolved;
      journey.begin(resolved);
      let outcome: CallOutcome = { is: "cancelled" };
      try {
        const result = await orAborted(attempt(candidate, signal), signal);
        outcome = { is: "answered", ...result.usage };
        journey.answered(result.usage);
        return result;
      } catch (error) {
        signal.throwIfAborted();
        const failed = describe(error, candidate, options.clock);
        lastError = failed;
        outcome = { is: "failed", failure: failed.failure };
        journey.failed(failed);
        if (options.isCommitted() || !PASSES_ON.has(failed.failure)) break;
      } finally {
        lease.release(outcome);
      }
    }
    throw lastError;
  } finally {
    signal.removeEventListener("abort", onAbort);
    journey.end(undefined);
  }
}

function describe(error: unknown, { backend, model }: Candidate, clock: Clock): CatenaryError {
  return toModelError(error, { backend: backend.id, baseUrl: backend.baseUrl, model: model.id, now: clock.now() });
}
