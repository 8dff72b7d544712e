import type { CatenaryError } from "../../errors/catenary-error.ts";
import type { FailureReason } from "../../errors/model-error.ts";
import type { Logger } from "../../surroundings/logger.ts";
import type { Random } from "../../surroundings/random.ts";
import type { Candidate } from "../candidates/candidate.ts";
import type { HealthBook } from "../health/health-book.ts";
import { PolicyDesk } from "../policies/policy-desk.ts";
import type { RoutingPolicy } from "../policies/routing-policy.ts";
import type { PolicySurroundings } from "../policies/selection-policy.ts";
import { preferred, whyElsewhere } from "./affinity.ts";
import { type Available, type AvailableOptions, available } from "./available.ts";
import { afterFailure } from "./fallback.ts";
import { recordDropped, recordLater, recordUnasked } from "./record-dropped.ts";
import type { Decision, Nobody, Selection } from "./selection.ts";
import { type ShutOut, whenNobodyIsFree } from "./shut-out.ts";
import { nearestTier } from "./tier.ts";

export interface SelectorParts {
  readonly health: HealthBook;
  /** By the names under which calls ask for them. */
  readonly policies: ReadonlyMap<string, RoutingPolicy>;
  readonly random: Random;
  /** Is told of custom policies that do not work. Default: nobody. */
  readonly logger?: Logger;
}

export interface SelectOptions {
  /** The policy's name. */
  readonly policy: string;
  /** Milliseconds since the Unix epoch. */
  readonly now: number;
  /** Those that this call tried already. Default: none. */
  readonly tried?: readonly Candidate[];
  /** What the last of them failed of. */
  readonly lastFailure?: Pick<CatenaryError, "failure"> & { readonly reason?: FailureReason | undefined };
  /** Whether a task tries again, and not a call for the first time. */
  readonly isOwnRetry?: boolean;
  /** Calls of one session go to the same candidate, as long as that costs little. */
  readonly session?: string | undefined;
  /** The name of the group that the call is held to. Default: empty, none. */
  readonly scope?: string;
  /** The same for all calls of one kind that name the same models and providers. Default: empty, all are alike. */
  readonly request?: string;
  /** Whether nobody unwell is asked, because there is somebody well elsewhere. Default false. */
  readonly onlyWell?: boolean;
  /** About how many tokens the call may spend. Default 0: not known. */
  readonly tokens?: number;
  /** About how many of them it asks with. Default: all. */
  readonly promptTokens?: number;
}

const NOBODY: readonly Candidate[] = [];

/**
 * The heart of routing, without a wait: available → tier → affinity → policy → lease. It knows candidates, the time and
 * what the health book has learnt, and nothing of fleets, requests and servers, so that a simulation can drive the same code.
 *
 * ```js
 * const health = new HealthBook({ clock, random });
 * const selector = new Selector({ health, policies: listPolicies(), random });
 * const candidates = backends.map((backend) => ({ backend, model, health: health.of(backend, model.id), rank: 0 }));
 *
 * const selection = selector.select(candidates, { policy: "auto", now: clock.now() });
 * if (selection.is === "chosen") {
 *   selection.lease.firstToken(); // when the first piece of the answer is here
 *   selection.lease.release({ is: "answered", inputTokens: 800, outputTokens: 200 });
 * }
 * ```
 *
 * A call that failed asks again with those that it tried and with its last failure. A call for which everybody is `full` may
 * `standInLine`.
 */
export class Selector {
  readonly #health: HealthBook;
  readonly #desk: PolicyDesk;
  readonly #draw: Random;
  /** What the choice that is being made has drawn. */
  #drawn: number[] = [];

  constructor({ health, policies, random, logger }: SelectorParts) {
    this.#health = health;
    this.#draw = () => {
      const number = random();
      this.#drawn.push(number);
      return number;
    };
    this.#desk = new PolicyDesk(policies, logger);
  }

  /**
   * @param candidates Those that are able to take the call, the preferred first; at least one.
   * @throws CatenaryError `policy_unknown`
   */
  select(candidates: readonly Candidate[], options: SelectOptions): Selection {
    const { now, tried = NOBODY, scope = "", tokens = 0 } = options;
    const policy = this.#desk.find(options.policy);
    const byWeight = policy.goesByWeight === true;
    const asked: AvailableOptions = { now, tried, tokens, byWeight, largerThan: largerThan(options) };
    const found = available(candidates, asked);
    const budget = this.#health.budget(scope);
    if (tried.length > 0) {
      const { ready, why } = afterFailure(found.free, { ...options, budget, isTurnedAway: isTurnedAway(options) });
      if (why !== undefined) return nobody(hasUntried(found) ? why : "tried", found, options);
      if (ready.length > 0) return this.#choose(policy, { ready, candidates, found, isFailOpen: false }, options);
    }
    if (found.free.length > 0 && tried.length === 0) {
      return this.#choose(policy, { ready: found.free, candidates, found, isFailOpen: false }, options);
    }
    const shutOut = whenNobodyIsFree(candidates, found, asked, options);
    if (shutOut.is === "anyway") {
      if (options.onlyWell === true) return nobody("open", found, options);
      return this.#choose(policy, { ready: shutOut.ready, candidates, found, isFailOpen: true }, options);
    }
    return settled(shutOut, found, options);
  }

  /**
   * Whether somebody would be asked at once if the last of those that were tried turned out to be too slow. Takes nothing, and never throws:
   * it is asked while a call waits, and nobody could be asked by a policy that is not there.
   *
   * @param options With whoever has the call now among those that were tried.
   */
  couldGoOn(candidates: readonly Candidate[], options: SelectOptions): boolean {
    const { now, tried = NOBODY, scope = "", tokens = 0 } = options;
    const policy = this.#desk.get(options.policy);
    if (policy === undefined) return false;
    const byWeight = policy.goesByWeight === true;
    const { free } = available(candidates, { now, tried, tokens, byWeight });
    // An answer that is still to come is not given up to find out whether somebody is well again.
    const well = free.filter(({ health }) => !health.breaker.isOpen && !health.backend.credential.isDoubted);
    const budget = this.#health.budget(scope);
    const isTurned = isTurnedAway(options);
    return afterFailure(well, { now, lastFailure: TOO_SLOW, budget, isTurnedAway: isTurned }).ready.length > 0;
  }

  /** Who of them cannot take the call now, and why. Takes nothing, and never throws. */
  leftOut(candidates: readonly Candidate[], options: SelectOptions): Nobody["dropped"] {
    const { now, tried = NOBODY, tokens = 0 } = options;
    const byWeight = this.#desk.get(options.policy)?.goesByWeight === true;
    const asked: AvailableOptions = { now, tried, tokens, byWeight, largerThan: largerThan(options) };
    return recordDropped(available(candidates, asked), now);
  }

  #choose(policy: RoutingPolicy, { ready, candidates, found, isFailOpen }: Choice, options: SelectOptions): Selection {
    const { now, tried = NOBODY, scope = "", request = "", tokens = 0, promptTokens = tokens, session } = options;
    const { kept, later } = nearestTier(ready, candidates);
    if (this.#drawn.length > 0) this.#drawn = [];
    const surroundings: PolicySurroundings = { random: this.#draw, now, scope, request };
    const affine =
      session === undefined
        ? undefined
        : preferred({ key: session, now, byHash: policy.balances === true }, kept, this.#health.sessions);
    const choice = affine === undefined ? this.#desk.choose(policy, kept, surroundings) : { ...affine, policy };
    const { candidate } = choice;
    const decision: Writable<Decision> = {
      policy: choice.policy.name,
      candidates: candidates.length,
      dropped: found.out.length + later.length === 0 ? [] : [...recordDropped(found, now), ...later.map(recordLater)],
    };
    if (scope !== "") decision.group = scope;
    if (isFailOpen) decision.failOpen = true;
    const scores = affine === undefined ? this.#desk.scores(choice.policy, kept) : undefined;
    if (scores !== undefined) decision.scores = scores;
    if (this.#drawn.length > 0) {
      decision.drawn = this.#drawn;
      this.#drawn = [];
    }
    if (session !== undefined) {
      decision.affinity = affine?.affinity ?? whyElsewhere({ key: session, now }, kept, this.#health.sessions);
      this.#health.sessions.pin(session, candidate.health, now);
    }
    const budget = this.#health.budget(scope);
    if (tried.length === 0) budget.earn();
    else if (!isTurnedAway(options)) budget.spend();
    const reserve = candidate.health.backend.limits === undefined ? undefined : { tokens, promptTokens };
    const lease = this.#health.leases.take(candidate.health, now, reserve);
    return { is: "chosen", candidate, lease, decision };
  }
}

/**
 * Whether the one that failed last would not be asked now, whoever came: its breaker is open, it wants to be left alone, its key is
 * refused, it lacks the model. To ask another is then no further load: the call goes where it would have gone, had it come a moment later.
 */
function isTurnedAway({ tried = NOBODY, now }: SelectOptions): boolean {
  const last = tried.at(-1);
  if (last === undefined) return false;
  const { breaker, coolDown, backend, missingSince } = last.health;
  return breaker.isOpen || now < coolDown.until || now < backend.credential.until || missingSince !== undefined;
}

const TOO_SLOW = { failure: "timeout", reason: "first_token" } as const;

/** After a conversation was too long for one, only those can take it that hold more. Where nobody knows what that one holds, nobody can. */
function largerThan({ lastFailure, tried = NOBODY }: SelectOptions): number | undefined {
  if (lastFailure?.reason !== "context_length" || tried.length === 0) return undefined;
  return tried.at(-1)?.model.contextLength ?? Infinity;
}

interface Choice {
  readonly ready: readonly Candidate[];
  readonly candidates: readonly Candidate[];
  readonly found: Available;
  readonly isFailOpen: boolean;
}

type Writable<T> = { -readonly [Key in keyof T]: T[Key] };

function hasUntried({ free, out }: Available): boolean {
  return free.length > 0 || out.some(({ standing }) => standing !== "tried");
}

function settled(
  shutOut: Exclude<ShutOut, { readonly is: "anyway" }>,
  found: Available,
  options: SelectOptions,
): Selection {
  if (shutOut.is === "full") return shutOut;
  return nobody(shutOut.why === "tried" ? whyNever(found) : shutOut.why, found, options, shutOut.retryAfterMs);
}

/** Why those that were not tried are out whatever time passes. */
function whyNever({ out }: Available): Nobody["why"] {
  if (out.some(({ standing }) => standing === "small")) return "context";
  return out.some(({ standing }) => standing === "weightless") ? "weightless" : "tried";
}

function nobody(why: Nobody["why"], found: Available, { policy, now }: SelectOptions, retryAfterMs?: number): Nobody {
  const dropped = recordDropped(found, now);
  const unasked = why === "budget" || why === "overload" ? found.free.map((one) => recordUnasked(one, why)) : [];
  return { is: "none", why, policy, retryAfterMs, dropped: [...dropped, ...unasked] };
}
