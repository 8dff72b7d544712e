import type { RoutingPolicy } from "./routing-policy.ts";

/** Any of them, each as likely as its backend's weight says. A weight of 0 is never chosen. */
export const weighted: RoutingPolicy = {
  name: "weighted",
  goesByWeight: true,
  balances: true,
  choose: (candidates, surroundings) => {
    let total = 0;
    for (const { health } of candidates) total += health.backend.weight;
    let left = surroundings.random() * total;
    let last = candidates[0];
    for (const candidate of candidates) {
      const { weight } = candidate.health.backend;
      if (weight === 0) continue;
      last = candidate;
      left -= weight;
      if (left < 0) break;
    }
    return last;
  },
};
