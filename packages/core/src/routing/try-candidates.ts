import type { CatenaryError } from "../errors/catenary-error.ts";
import type { FailureClass } from "../errors/failure-class.ts";
import { toModelError } from "../model/to-model-error.ts";
import type { Clock } from "../surroundings/clock.ts";
import type { RouteAttempt, RouteRecord } from "../value/route-record.ts";
import type { Usage } from "../value/usage.ts";
import type { Candidate, Dropped } from "./candidate.ts";
import type { Wanted } from "./model-request.ts";
import { type RoutingParts, resolve } from "./resolve.ts";

/** How one routed call went, whether it succeeded or not. */
export interface RoutedCall {
  readonly model: string | undefined;
  readonly backend: string | undefined;
  readonly provider: string | undefined;
  readonly usage: Usage | undefined;
  readonly route: RouteRecord;
  /** How many candidates were tried. */
  readonly tries: number;
}

export interface TryOptions {
  /** How many candidates may be tried. */
  readonly triesLeft: number;
  readonly signal: AbortSignal;
  readonly clock: Clock;
  /** Whether it is too late to try another: a reader already has a part of the answer. */
  readonly isCommitted: () => boolean;
  /** Called once, at the end, also where the call failed. */
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
  const tried: Candidate[] = [];
  const attempts: RouteAttempt[] = [];
  let dropped: readonly Dropped[] = [];
  let policy = wanted.policy ?? parts.defaultPolicy;
  let usage: Usage | undefined;
  let lastError: unknown;
  try {
    while (tried.length < options.triesLeft) {
      signal.throwIfAborted();
      const resolved = await resolve(parts, wanted, tried);
      if (resolved === undefined) break;
      const { candidate, lease } = resolved;
      if (tried.length === 0) dropped = resolved.dropped;
      policy = resolved.policy;
      tried.push(candidate);
      try {
        signal.throwIfAborted();
        const result = await attempt(candidate, signal);
        usage = result.usage;
        attempts.push({ backend: candidate.backend.id, model: candidate.model.id });
        return result;
      } catch (error) {
        signal.throwIfAborted();
        const failed = describe(error, candidate, options.clock);
        lastError = failed;
        attempts.push({
          backend: candidate.backend.id,
          model: candidate.model.id,
          error: { code: failed.code, failure: failed.failure },
        });
        if (options.isCommitted() || !PASSES_ON.has(failed.failure)) break;
      } finally {
        lease.release();
      }
    }
    throw lastError;
  } finally {
    const last = tried.at(-1);
    options.onRouted({
      model: last?.model.id,
      backend: last?.backend.id,
      provider: last?.backend.type,
      usage,
      route: { policy, tried: attempts, dropped: dropped.map(plain) },
      tries: tried.length,
    });
  }
}

function describe(error: unknown, { backend, model }: Candidate, clock: Clock): CatenaryError {
  return toModelError(error, { backend: backend.id, baseUrl: backend.baseUrl, model: model.id, now: clock.now() });
}

function plain({ candidate, stage, why }: Dropped): RouteRecord["dropped"][number] {
  return { backend: candidate.backend.id, model: candidate.model.id, stage, why };
}
