import { toErrorData } from "../../errors/catenary-error.ts";
import { type Logger, silentLogger } from "../../surroundings/logger.ts";
import type { RouteRecord } from "../../value/route-record.ts";
import type { Candidate } from "../candidates/candidate.ts";
import { auto } from "./auto.ts";
import type { RoutingPolicy } from "./routing-policy.ts";
import type { PolicySurroundings } from "./selection-policy.ts";
import { unknownPolicy } from "./unknown-policy.ts";

/** So many of the best are recorded. */
const MOST_SCORES = 3;

/** Finds policies by name, and has them choose. What a custom one does wrong does not fail a call. */
export class PolicyDesk {
  readonly #policies: ReadonlyMap<string, RoutingPolicy>;
  readonly #logger: Logger;
  readonly #told = new Set<RoutingPolicy>();

  constructor(policies: ReadonlyMap<string, RoutingPolicy>, logger: Logger = silentLogger) {
    this.#policies = policies;
    this.#logger = logger;
  }

  /** @throws CatenaryError `policy_unknown` */
  find(name: string): RoutingPolicy {
    const policy = this.get(name);
    if (policy === undefined) throw unknownPolicy(name, this.#policies);
    return policy;
  }

  get(name: string): RoutingPolicy | undefined {
    return this.#policies.get(name);
  }

  /** Who takes the call, and the policy that chose. */
  choose(
    policy: RoutingPolicy,
    kept: readonly Candidate[],
    surroundings: PolicySurroundings,
  ): { readonly candidate: Candidate; readonly policy: RoutingPolicy } {
    // Safe: whoever asks has at least one.
    const candidates = kept as readonly [Candidate, ...Candidate[]];
    try {
      const candidate = policy.choose(candidates, surroundings);
      if (candidate !== undefined && candidates.includes(candidate)) return { candidate, policy };
      if (candidate !== undefined) this.#tell(policy, "it chose something that it was not given");
    } catch (error) {
      this.#tell(policy, toErrorData(error).message);
    }
    return { candidate: auto.choose(candidates, surroundings), policy: auto };
  }

  /** What the policy thought of the best, right after it chose among them. */
  scores(policy: RoutingPolicy, candidates: readonly Candidate[]): RouteRecord["scores"] {
    const { scores } = policy;
    if (scores === undefined || candidates.length === 1) return undefined;
    const best: number[] = [];
    for (let at = 0; at < candidates.length; at++) {
      const score = scores[at] ?? Infinity;
      if (best.length === MOST_SCORES && score >= (scores[best[MOST_SCORES - 1] ?? 0] ?? 0)) continue;
      let place = best.length < MOST_SCORES ? best.length : MOST_SCORES - 1;
      for (; place > 0 && (scores[best[place - 1] ?? 0] ?? 0) > score; place--) best[place] = best[place - 1] ?? 0;
      best[place] = at;
    }
    return best.flatMap((at) => {
      const candidate = candidates[at];
      if (candidate === undefined) return [];
      return [{ backend: candidate.backend.id, model: candidate.model.id, score: scores[at] ?? 0 }];
    });
  }

  #tell(policy: RoutingPolicy, problem: string): void {
    if (this.#told.has(policy)) return;
    this.#told.add(policy);
    this.#logger.log("warn", "policy_failed", { policy: policy.name, problem, instead: auto.name });
  }
}
