import { CatenaryError } from "../../errors/catenary-error.ts";
import { RegistryError } from "../../errors/registry-error.ts";
import type { AffinityGroup } from "../../registry/affinity-group.ts";
import { suggest } from "../../value/suggest.ts";
import type { RoutingPolicy } from "./routing-policy.ts";

type Policies = ReadonlyMap<string, RoutingPolicy>;

/** A call asks for a policy that nobody registered. */
export function unknownPolicy(name: string, policies: Policies): CatenaryError {
  return new CatenaryError("policy_unknown", told(name, "", policies), { details: { policy: name } });
}

/**
 * The name of the default policy, where there is one of this name.
 *
 * @throws CatenaryError `settings_invalid`
 */
export function knownPolicy(name: string, policies: Policies): string {
  if (policies.has(name)) return name;
  throw new CatenaryError("settings_invalid", told(name, " for `defaults.policy`", policies), {
    details: { policy: name },
  });
}

/**
 * Refuses a group of which nobody registered the policy: calls would find out only where they come that far, in an overflow maybe never.
 *
 * @throws RegistryError `invalid_entry`
 */
export function checkPolicyOf({ id, policy }: AffinityGroup, policies: Policies): void {
  if (policy === undefined || policies.has(policy)) return;
  throw new RegistryError("invalid_entry", told(policy, ` for the group ${id}`, policies), { noun: "group", id });
}

function told(name: string, forWhat: string, policies: Policies): string {
  const names = [...policies.keys()];
  const meant = suggest(name, names);
  const advice = meant === undefined ? "" : `. Did you mean ${meant}?`;
  return `there is no routing policy ${JSON.stringify(name)}${forWhat}; there are: ${names.join(", ")}${advice}`;
}
