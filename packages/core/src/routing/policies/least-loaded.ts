import { knowsPlaces } from "./knows-places.ts";
import { ScoredPolicy } from "./scored-policy.ts";

/**
 * The one with the fewest calls under way for what it can take: (calls + 1) / places; where one of them does not say how many places
 * it has, (calls + 1) / weight. The best where `concurrency` is known.
 */
export const leastLoaded = new ScoredPolicy("least-loaded", {
  rate: (candidates, _now, scores) => {
    const byPlaces = knowsPlaces(candidates);
    let at = 0;
    for (const { health } of candidates) {
      const { held, concurrency, weight } = health.backend;
      scores[at++] = (held + 1) / (byPlaces ? concurrency : weight);
    }
  },
});
