import type { Candidate } from "../candidates/candidate.ts";
import { PRIOR_FIRST_TOKEN_MS } from "../health/first-token-time.ts";
import { median } from "../health/median.ts";
import { knowsPlaces } from "./knows-places.ts";
import { ScoredPolicy } from "./scored-policy.ts";

/**
 * The one whose answer begins soonest: time to the first piece × (calls under way + 1) / places. Places count where all say how many
 * they have. A slow answer counts at once; while a candidate is idle its time goes back to what is usual among the others.
 */
export const lowestLatency = new ScoredPolicy("lowest-latency", {
  // As contenox/runtime calls it.
  aliases: ["low-latency"],
  rate: (candidates, now, scores) => {
    const byPlaces = knowsPlaces(candidates);
    const usual = usualFirstTokenMs(candidates);
    let at = 0;
    for (const { health } of candidates) {
      const { held, concurrency } = health.backend;
      const delay = health.firstTokenTime.expected(now, usual) * (held + 1);
      scores[at++] = byPlaces ? delay / concurrency : delay;
    }
  },
  measuredAt: ({ health }) => health.firstTokenTime.updatedAt,
});

let measured = new Float64Array(32);

function usualFirstTokenMs(candidates: readonly Candidate[]): number {
  if (measured.length < candidates.length) measured = new Float64Array(2 * candidates.length);
  let count = 0;
  for (const { health } of candidates) {
    const value = health.firstTokenTime.measured;
    if (value !== undefined) measured[count++] = value;
  }
  return count === 0 ? PRIOR_FIRST_TOKEN_MS : median(measured, count);
}
