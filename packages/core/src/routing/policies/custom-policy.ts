import type { Candidate } from "../candidates/candidate.ts";
import type { RoutingPolicy } from "./routing-policy.ts";
import type { PolicySurroundings, SelectionPolicy } from "./selection-policy.ts";

/** A policy of the application's own. It gets a list for itself, because the list of candidates is the same for many calls. */
export class CustomPolicy implements RoutingPolicy {
  readonly #policy: SelectionPolicy;

  constructor(policy: SelectionPolicy) {
    this.#policy = policy;
  }

  get name(): string {
    return this.#policy.name;
  }

  choose(
    [first, ...others]: readonly [Candidate, ...Candidate[]],
    surroundings: PolicySurroundings,
  ): Candidate | undefined {
    return this.#policy.choose(Object.freeze<[Candidate, ...Candidate[]]>([first, ...others]), surroundings);
  }
}
