import type { CatenaryError } from "../../errors/catenary-error.ts";
import type { FailureReason } from "../../errors/model-error.ts";
import type { BackendState } from "../../fleet/backend-state.ts";
import type { Download } from "../../fleet/download.ts";
import type { Fleet } from "../../fleet/fleet.ts";
import type { DeclaredModel } from "../../model/declared-model.ts";
import type { TokenCounter } from "../../model/token-counter.ts";
import type { AffinityGroup } from "../../registry/affinity-group.ts";
import type { Clock } from "../../surroundings/clock.ts";
import type { Logger } from "../../surroundings/logger.ts";
import type { Random } from "../../surroundings/random.ts";
import type { Wanted } from "../call/model-request.ts";
import type { Candidate } from "../candidates/candidate.ts";
import type { HealthBook } from "../health/health-book.ts";
import type { RoutingPolicy } from "../policies/routing-policy.ts";
import type { Changes } from "../waiting/changes.ts";
import { waitForPlace } from "../waiting/wait-for-place.ts";
import { shutOutError } from "./explain-shut-out.ts";
import type { Lease } from "./leases.ts";
import { Search } from "./search.ts";
import type { Decision, Nobody } from "./selection.ts";
import type { Selector } from "./selector.ts";

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
  /** Chooses, with all of these. */
  readonly selector: Selector;
  /** Told of whatever changes who could take a call: those who wait look again. */
  readonly changes: Changes;
  readonly policies: ReadonlyMap<string, RoutingPolicy>;
  /** Where neither task, chain nor group names one. */
  readonly defaultPolicy: string;
  /** Counts where an estimate may be wrong. Default: what a backend has itself, else nobody. */
  readonly tokens?: TokenCounter | undefined;
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
  /** Told who is left out where the call has to wait, and where nobody takes it. Default: nobody. */
  readonly record?: { leftOut(decision: Decision): void } | undefined;
  /** When the call must be over, in milliseconds since the Unix epoch. Nobody waits for a place beyond it. */
  readonly deadlineAt?: number | undefined;
}

/** The candidate that was chosen, with its lease taken. */
export interface Resolved {
  readonly candidate: Candidate;
  readonly lease: Lease;
  readonly decision: Decision;
  /** Whether somebody else could take the call now, whom it has not tried. */
  readonly hasOthers: () => boolean;
}

/** Nobody else may be asked. */
export interface NobodyElse {
  /** What stands in the way; `no_place`: none came free for it; `line_full`: too many wait already. */
  readonly why: Nobody["why"] | "no_place" | "line_full";
  /** Who is left out, those that were tried too. */
  readonly dropped: Decision["dropped"];
}

/**
 * Chooses who takes a call: candidates → eligible → available → tier → affinity → policy → lease, in the group that the call is held to
 * and then in those into which it may overflow. Where all who could take it have no place, it waits in their lines.
 *
 * `NobodyElse` where it has tried others and nobody else may be tried: the call fails with its last failure. Throws a
 * `NoCandidateError` where there is nobody who could take it, a `ModelError` where nobody may be asked now or no place came free, and
 * the signal's reason once it aborts.
 */
export async function resolve(
  parts: RoutingParts,
  wanted: Wanted,
  options: ResolveOptions,
): Promise<Resolved | NobodyElse> {
  const { tried, signal, record } = options;
  const search = new Search(parts, wanted, options);
  const isEnough = (states: readonly BackendState[]) => search.hasAnyIn(states);
  try {
    search.look(await parts.fleet.states(isEnough, signal));
    await search.count(signal);
    if (tried.length === 0 && search.isInVain) {
      search.look(await parts.fleet.refreshed(isEnough, signal));
      await search.count(signal);
      if (search.isInVain) throw search.rejection();
    }
    const found = search.select();
    if (found.is === "full") record?.leftOut(search.leftOut());
    const chosen = found.is === "full" ? await waitForPlace(found, search, options, parts) : found;
    if (chosen.is === "chosen") {
      const { candidate, lease, decision } = chosen;
      return { candidate, lease, decision, hasOthers: () => search.hasOthers(candidate) };
    }
    if (tried.length === 0 && chosen.is === "none") throw shutOutError(chosen);
    const left = search.leftOut();
    record?.leftOut(left);
    return { why: chosen.is === "none" ? chosen.why : chosen.is, dropped: left.dropped };
  } catch (error) {
    record?.leftOut(search.leftOut());
    throw error;
  }
}
