import { CatenaryError } from "../../errors/catenary-error.ts";
import { auto } from "./auto.ts";
import { CustomPolicy } from "./custom-policy.ts";
import { leastLoaded } from "./least-loaded.ts";
import { lowestLatency } from "./lowest-latency.ts";
import { ordered } from "./ordered.ts";
import { random } from "./random.ts";
import { RoundRobin } from "./round-robin.ts";
import type { RoutingPolicy } from "./routing-policy.ts";
import type { SelectionPolicy } from "./selection-policy.ts";
import { weighted } from "./weighted.ts";

/** Each is made anew, because some remember what they chose. */
const builtIn = (): readonly RoutingPolicy[] => [
  auto,
  ordered,
  random,
  leastLoaded,
  weighted,
  new RoundRobin(),
  lowestLatency,
];

/** Names that no policy of the application's own may have. */
export const BUILT_IN_POLICIES: readonly string[] = [...byName(builtIn()).keys()];

/**
 * Every policy by the names that chains use: those that are built in, two of them also by the names that contenox/runtime has for
 * them, and the application's own.
 *
 * @throws CatenaryError `settings_invalid` where one of those has the name of a built-in one, or two have the same
 */
export function listPolicies(custom: readonly SelectionPolicy[] = []): ReadonlyMap<string, RoutingPolicy> {
  const policies = byName(builtIn());
  for (const policy of custom) {
    if (BUILT_IN_POLICIES.includes(policy.name)) {
      throw new CatenaryError(
        "settings_invalid",
        `the routing policy ${JSON.stringify(policy.name)} is built in: give yours another name`,
        { details: { policy: policy.name } },
      );
    }
    if (policies.has(policy.name)) {
      throw new CatenaryError(
        "settings_invalid",
        `two routing policies are called ${JSON.stringify(policy.name)}: give one of them another name`,
        { details: { policy: policy.name } },
      );
    }
    policies.set(policy.name, new CustomPolicy(policy));
  }
  return policies;
}

/** Those that have two names come last again, by the second. */
function byName(policies: readonly RoutingPolicy[]): Map<string, RoutingPolicy> {
  const named = new Map(policies.map((policy) => [policy.name, policy]));
  for (const policy of policies) for (const alias of policy.aliases ?? []) named.set(alias, policy);
  return named;
}
