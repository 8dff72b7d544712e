import { CatenaryError } from "../../errors/catenary-error.ts";
import { auto } from "./auto.ts";
import { leastLoaded } from "./least-loaded.ts";
import { lowestLatency } from "./lowest-latency.ts";
import { ordered } from "./ordered.ts";
import { random } from "./random.ts";
import { RoundRobin } from "./round-robin.ts";
import { ScoredPolicy } from "./scored-policy.ts";
import type { SelectionPolicy } from "./selection-policy.ts";
import { weighted } from "./weighted.ts";

/** Names that no policy of the application's own may have. */
export const BUILT_IN_POLICIES: readonly string[] = [
  auto.name,
  ordered.name,
  random.name,
  leastLoaded.name,
  weighted.name,
  "round-robin",
  lowestLatency.name,
  "low-latency",
  "low-prio",
];

/**
 * Every policy by the names that chains use: those that are built in, two of them also by the names that contenox/runtime has for
 * them, and the application's own.
 *
 * @throws CatenaryError `settings_invalid` where one of those has the name of a built-in one
 */
export function listPolicies(custom: readonly SelectionPolicy[] = []): ReadonlyMap<string, SelectionPolicy> {
  const policies = new Map<string, SelectionPolicy>();
  for (const policy of [auto, ordered, random, leastLoaded, weighted, new RoundRobin(), lowestLatency]) {
    policies.set(policy.name, policy);
  }
  policies.set("low-latency", lowestLatency);
  policies.set("low-prio", ordered);
  for (const policy of custom) {
    if (BUILT_IN_POLICIES.includes(policy.name)) {
      throw new CatenaryError(
        "settings_invalid",
        `the routing policy ${JSON.stringify(policy.name)} is built in: give yours another name`,
        { details: { policy: policy.name } },
      );
    }
    policies.set(policy.name, policy);
  }
  return policies;
}

/** Whether a weight of 0 keeps a candidate from being chosen. */
export function isByWeight(policy: SelectionPolicy): boolean {
  return policy === weighted || policy instanceof RoundRobin;
}

/** Whether it spreads calls over all candidates. */
export function isBalancing(policy: SelectionPolicy): boolean {
  return policy instanceof ScoredPolicy || policy === random || isByWeight(policy);
}
