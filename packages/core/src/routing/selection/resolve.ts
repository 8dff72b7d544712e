import type { CatenaryError } from "../../errors/catenary-error.ts";
import type { FailureReason } from "../../errors/model-error.ts";
import type { BackendState } from "../../fleet/backend-state.ts";
import type { Download } from "../../fleet/download.ts";
import type { Fleet } from "../../fleet/fleet.ts";
import type { DeclaredModel } from "../../model/declared-model.ts";
import type { AffinityGroup } from "../../registry/affinity-group.ts";
import type { Clock } from "../../surroundings/clock.ts";
import type { Logger } from "../../surroundings/logger.ts";
import type { Random } from "../../surroundings/random.ts";
import type { Wanted } from "../call/model-request.ts";
import type { Candidate, Dropped } from "../candidates/candidate.ts";
import { eligible } from "../candidates/eligible.ts";
import { explainRejection } from "../candidates/explain-rejection.ts";
import { listCandidates } from "../candidates/list-candidates.ts";
import { scopesOf } from "../candidates/scopes.ts";
import type { HealthBook } from "../health/health-book.ts";
import type { RoutingPolicy } from "../policies/routing-policy.ts";
import { waitForPlace } from "../waiting/wait-for-place.ts";
import { shutOutError } from "./explain-shut-out.ts";
import type { Lease } from "./leases.ts";
import { Search } from "./search.ts";
import type { Decision } from "./selection.ts";

/** What choosing a candidate needs. */
export interface RoutingParts {
  readonly fleet: Fleet;
  /** The same array until a declaration changes. */
  readonly declared: () => readonly DeclaredModel[];
  /** The same array until a group changes. */
  readonly groups: () => readonly AffinityGroup[];
  /** What is being fetched onto backends. Default: nothing. */
  readonly downloads?: () => readonly Download[];
  /** What was learnt about candidates; with the leases of the calls under way. */
  readonly health: HealthBook;
  readonly policies: ReadonlyMap<string, RoutingPolicy>;
  /** Where neither task, chain nor group names one. */
  readonly defaultPolicy: string;
  readonly random: Random;
  readonly clock: Clock;
  readonly logger?: Logger;
}

export interface ResolveOptions {
  /** Those that this call tried already, in order. */
  readonly tried: readonly Candidate[];
  /** Ends every wait: for lists of models, and for a place. */
  readonly signal: AbortSignal;
  /** What the last of them failed of. */
  readonly lastFailure?: (CatenaryError & { readonly reason?: FailureReason | undefined }) | undefined;
  /** Whether a task tries again, and not a call for the first time. */
  readonly isOwnRetry?: boolean | undefined;
  /** When the call must be over, in milliseconds since the Unix epoch. Nobody waits for a place beyond it. */
  readonly deadlineAt?: number | undefined;
}

/** The candidate that was chosen, with its lease taken. */
export interface Resolved {
  readonly candidate: Candidate;
  readonly lease: Lease;
  readonly decision: Decision;
  /** Whether there are candidates that could take the call and that it has not tried, as it was when this one was chosen. */
  readonly hasOthers: () => boolean;
}

/**
 * Chooses who takes a call: candidates → eligible → available → tier → affinity → policy → lease, in the group that the call is held to
 * and then in those into which it may overflow. Where all who could take it have no place, it waits in their lines.
 *
 * Undefined where nobody else may be tried: the call fails with its last failure. Throws a `NoCandidateError` where there is nobody
 * who could take it, a `ModelError` where nobody may be asked now or no place came free, and the signal's reason once it aborts.
 */
export async function resolve(
  parts: RoutingParts,
  wanted: Wanted,
  options: ResolveOptions,
): Promise<Resolved | undefined> {
  const { tried, signal } = options;
  const scopes = scopesOf(wanted, parts.groups());
  const suitedIn = (states: readonly BackendState[]) =>
    scopes.map((scope) => ({ scope, ...eligible(wanted, listCandidates(wanted, states, parts, scope)) }));
  const isEnough = (states: readonly BackendState[]) =>
    suitedIn(states).some(({ kept }) => kept.some((candidate) => !wasTried(candidate, tried)));
  let states = await parts.fleet.states(isEnough, signal);
  let suited = suitedIn(states);
  if (tried.length === 0 && suited.every(({ kept }) => kept.length === 0)) {
    states = await parts.fleet.refreshed(isEnough, signal);
    suited = suitedIn(states);
    const dropped = suited.flatMap((one): readonly Dropped[] => one.dropped);
    if (suited.every(({ kept }) => kept.length === 0)) {
      throw explainRejection(wanted, states, dropped, scopes, parts.downloads?.());
    }
  }
  const search = new Search(parts, wanted, options, { states, suited });
  const found = search.select();
  const chosen = found.is === "full" ? await waitForPlace(found, search, options, parts.clock) : found;
  if (chosen?.is === "chosen") {
    const { candidate, lease, decision } = chosen;
    const isAnother = (other: Candidate) => other.health !== candidate.health && !wasTried(other, tried);
    return { candidate, lease, decision, hasOthers: () => suited.some(({ kept }) => kept.some(isAnother)) };
  }
  if (tried.length > 0 || chosen === undefined) return undefined;
  throw shutOutError(chosen);
}

function wasTried({ health }: Candidate, tried: readonly Candidate[]): boolean {
  return tried.some((other) => other.health === health);
}
