import type { Random } from "../../surroundings/random.ts";
import type { Candidate } from "../candidates/candidate.ts";

/** What a policy may use beside the candidates. */
export interface PolicySurroundings {
  readonly random: Random;
  /** Milliseconds since the Unix epoch. */
  readonly now: number;
  /** The name of the group that the call is held to; empty where it names none. */
  readonly scope: string;
  /** The same for all calls of one kind that name the same models and providers. */
  readonly request: string;
}

/**
 * Chooses one of the candidates that are left; there is at least one, the preferred first. The list is frozen: copy it to put it into
 * another order (`candidates.toSorted(…)`). Where it returns `undefined`, `auto` chooses. A policy that throws or chooses something else
 * does not fail the call: `auto` chooses instead, and the logger is told once.
 */
export interface SelectionPolicy {
  readonly name: string;
  choose(candidates: readonly [Candidate, ...Candidate[]], surroundings: PolicySurroundings): Candidate | undefined;
}
