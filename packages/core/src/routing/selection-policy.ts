import type { Random } from "../surroundings/random.ts";
import type { Candidate } from "./candidate.ts";

/** Chooses one of the candidates that are left; there is at least one, the preferred first. */
export interface SelectionPolicy {
  readonly name: string;
  choose(candidates: readonly [Candidate, ...Candidate[]], surroundings: { readonly random: Random }): Candidate;
}
