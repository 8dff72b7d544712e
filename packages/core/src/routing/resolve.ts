import { CatenaryError } from "../errors/catenary-error.ts";
import type { BackendState } from "../fleet/backend-state.ts";
import type { Fleet } from "../fleet/fleet.ts";
import type { DeclaredModel } from "../model/declared-model.ts";
import type { Random } from "../surroundings/random.ts";
import { suggest } from "../value/suggest.ts";
import { available } from "./available.ts";
import type { Candidate, Dropped } from "./candidate.ts";
import { eligible } from "./eligible.ts";
import { explainRejection } from "./explain-rejection.ts";
import type { Lease, Leases } from "./leases.ts";
import { listCandidates } from "./list-candidates.ts";
import type { Wanted } from "./model-request.ts";
import type { SelectionPolicy } from "./selection-policy.ts";

/** What choosing a candidate needs. */
export interface RoutingParts {
  readonly fleet: Fleet;
  readonly declared: () => readonly DeclaredModel[];
  readonly policies: ReadonlyMap<string, SelectionPolicy>;
  /** Where neither task nor chain names one. */
  readonly defaultPolicy: string;
  readonly leases: Leases;
  readonly random: Random;
}

/** The candidate that was chosen, with its lease taken. */
export interface Resolved {
  readonly candidate: Candidate;
  readonly lease: Lease;
  readonly policy: string;
  readonly dropped: readonly Dropped[];
  /** Backends that could have been meant and did not say what they serve. */
  readonly silent: readonly BackendState[];
}

/**
 * Chooses who takes a call: candidates → eligible → available → policy → lease. Undefined where every eligible candidate
 * was tried already; throws a `NoCandidateError` where there is none to try, and the signal's reason once it aborts.
 */
export async function resolve(
  parts: RoutingParts,
  wanted: Wanted,
  tried: readonly Candidate[],
  signal: AbortSignal,
): Promise<Resolved | undefined> {
  const policy = policyOf(parts, wanted.policy);
  const suitedIn = (states: readonly BackendState[]) =>
    eligible(wanted, listCandidates(wanted, states, parts.declared()));
  const isEnough = (states: readonly BackendState[]) => available(suitedIn(states).kept, tried).kept.length > 0;
  let states = await parts.fleet.states(isEnough, signal);
  let suited = suitedIn(states);
  if (suited.kept.length === 0 && tried.length === 0) {
    states = await parts.fleet.refreshed(isEnough, signal);
    suited = suitedIn(states);
    if (suited.kept.length === 0) throw explainRejection(wanted, states, suited.dropped);
  }
  const ready = available(suited.kept, tried);
  const [first, ...others] = ready.kept;
  if (first === undefined) return undefined;
  const candidate = policy.choose([first, ...others], { random: parts.random });
  if (!ready.kept.includes(candidate)) throw wrongChoice(policy);
  const lease = parts.leases.take(candidate.backend);
  const dropped = [...suited.dropped, ...ready.dropped];
  return { candidate, lease, policy: policy.name, dropped, silent: silentAmong(states, wanted) };
}

function silentAmong(states: readonly BackendState[], { providers }: Wanted): readonly BackendState[] {
  return states.filter(
    ({ backend, error }) => error !== undefined && (providers.length === 0 || providers.includes(backend.type)),
  );
}

function policyOf(parts: RoutingParts, name = parts.defaultPolicy): SelectionPolicy {
  const policy = parts.policies.get(name);
  if (policy !== undefined) return policy;
  const names = [...parts.policies.keys()];
  const meant = suggest(name, names);
  throw new CatenaryError(
    "policy_unknown",
    `there is no routing policy ${JSON.stringify(name)}; there are: ${names.join(", ")}${meant === undefined ? "" : `. Did you mean ${meant}?`}`,
    { details: { policy: name } },
  );
}

/** Custom policies are not all written in TypeScript. */
function wrongChoice({ name }: SelectionPolicy): CatenaryError {
  return new CatenaryError(
    "policy_invalid",
    `the routing policy ${name} is to choose one of the candidates that it is given, and chose something else`,
    { details: { policy: name } },
  );
}
