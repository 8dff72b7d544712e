import type { Candidate } from "../candidates/candidate.ts";

export interface Tier {
  readonly kept: readonly Candidate[];
  /** Those of later tiers. */
  readonly later: readonly Candidate[];
}

const NOBODY: readonly Candidate[] = [];

/**
 * The first tier with a candidate that can take the call: by the order in which the request names models, then by the priority
 * of their backends. The next tier shares the calls where so many of the tier's places are taken as its backends' `spillAt` says.
 *
 * @param ready Those that can take the call now; at least one.
 * @param all Whoever belongs to the tiers, also those that cannot.
 */
export function nearestTier(ready: readonly Candidate[], all: readonly Candidate[]): Tier {
  let nearest = ready[0];
  let isOnly = true;
  for (const candidate of ready) {
    if (nearest === undefined) break;
    const order = compareTiers(candidate, nearest);
    if (order !== 0) isOnly = false;
    if (order < 0) nearest = candidate;
  }
  if (isOnly || nearest === undefined) return { kept: ready, later: NOBODY };
  let last = nearest;
  // The loop ends because each turn goes to a later tier of those that are ready.
  for (let next: Candidate | undefined = last; next !== undefined; next = spilledInto(last, ready, all)) last = next;
  return {
    kept: ready.filter((candidate) => compareTiers(candidate, last) <= 0),
    later: ready.filter((candidate) => compareTiers(candidate, last) > 0),
  };
}

function compareTiers(a: Candidate, b: Candidate): number {
  return a.rank - b.rank || a.health.backend.priority - b.health.backend.priority;
}

/** One of the next tier, where the tier of `last` is so full that it shares. */
function spilledInto(last: Candidate, ready: readonly Candidate[], all: readonly Candidate[]): Candidate | undefined {
  if (!isSpilling(all.filter((candidate) => compareTiers(candidate, last) === 0))) return undefined;
  let next: Candidate | undefined;
  for (const candidate of ready) {
    if (compareTiers(candidate, last) <= 0) continue;
    if (next === undefined || compareTiers(candidate, next) < 0) next = candidate;
  }
  return next;
}

/** Where one of them does not say how many places it has, nobody can say how full the tier is. */
function isSpilling(tier: readonly Candidate[]): boolean {
  const backends = new Set(tier.map(({ health }) => health.backend));
  let taken = 0;
  let places = 0;
  let spillAt = 1;
  for (const backend of backends) {
    taken += backend.held;
    places += backend.concurrency;
    spillAt = Math.min(spillAt, backend.spillAt);
  }
  return Number.isFinite(places) && taken >= places * spillAt;
}
