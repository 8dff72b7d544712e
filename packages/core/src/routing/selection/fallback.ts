import type { Candidate } from "../candidates/candidate.ts";
import type { RetryBudget } from "../health/retry-budget.ts";
import type { Nobody } from "./selection.ts";
import type { SelectOptions } from "./selector.ts";

export interface FailedBefore {
  readonly now: number;
  readonly lastFailure?: SelectOptions["lastFailure"];
  readonly budget: RetryBudget;
  /** Whether the one that failed is known by now to take no calls: to ask another is then no further try. */
  readonly isTurnedAway: boolean;
}

export interface Fallback {
  readonly ready: readonly Candidate[];
  /** Why nobody else may be asked. Undefined: those that are ready may, and if there are none the call may wait. */
  readonly why?: Extract<Nobody["why"], "budget" | "overload">;
}

/** To whom a call may go that has failed before: further tries must neither be the greater part of the load nor be bound to fail. */
export function afterFailure(free: readonly Candidate[], failed: FailedBefore): Fallback {
  const { now, lastFailure, budget, isTurnedAway } = failed;
  if (budget.isEmpty && !isTurnedAway) return { ready: [], why: "budget" };
  if (!isOverload(lastFailure)) return { ready: free };
  const ready = free.filter((candidate) => isKnownToHaveRoom(candidate, now));
  return ready.length === 0 ? { ready, why: "overload" } : { ready };
}

/** Where one is too slow or full because there is too much to do, sending the same to others that are as busy makes it worse. */
function isOverload(failure: FailedBefore["lastFailure"]): boolean {
  return failure?.reason === "first_token" || failure?.reason === "overloaded";
}

function isKnownToHaveRoom({ health }: Candidate, now: number): boolean {
  const { backend } = health;
  if (backend.concurrency !== Infinity) return backend.hasPlace && backend.line.length === 0;
  return backend.calm.hasRoom(backend.held, now);
}
