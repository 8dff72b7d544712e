import type { Candidate } from "../candidates/candidate.ts";
import { median } from "../health/median.ts";
import { PRIOR_TOKEN_MS } from "../health/token-time.ts";
import { knowsPlaces } from "./knows-places.ts";
import { ScoredPolicy } from "./scored-policy.ts";

/** How long a server takes to load a model that it does not have in memory. */
const LOADING_MS = 20_000;

/**
 * The shortest delay to be expected: time for a token × (calls under way + 1) / places, over all candidates. Places count where all
 * say how many they have. Who was not measured yet is taken for an ordinary one. A model that its server has to load first
 * counts 20 seconds more. One call of a hundred finds out how an idle candidate is of which nothing was heard for a minute.
 */
export const auto = new ScoredPolicy("auto", {
  rate: (candidates, now, scores) => {
    const byPlaces = knowsPlaces(candidates);
    const usual = usualTokenMs(candidates);
    let at = 0;
    for (const candidate of candidates) {
      const { tokenTime, backend } = candidate.health;
      const delay = (tokenTime.perToken ?? usual) * (backend.held + 1);
      const loading = isCold(candidate, now) ? LOADING_MS / tokenTime.tokensPerCall : 0;
      scores[at++] = (byPlaces ? delay / backend.concurrency : delay) + loading;
    }
  },
  measuredAt: ({ health }) => health.tokenTime.updatedAt,
});

let measured = new Float64Array(32);

/** The middle one of those that were measured. */
function usualTokenMs(candidates: readonly Candidate[]): number {
  if (measured.length < candidates.length) measured = new Float64Array(2 * candidates.length);
  let count = 0;
  for (const { health } of candidates) {
    const { perToken } = health.tokenTime;
    if (perToken !== undefined) measured[count++] = perToken;
  }
  // Of use only for those that were not.
  if (count === 0 || count === candidates.length) return PRIOR_TOKEN_MS;
  return median(measured, count);
}

/** Where the server does not tell, a model counts as loaded. */
function isCold({ model, health }: Candidate, now: number): boolean {
  return model.loaded === false && !health.isWarm(now);
}
