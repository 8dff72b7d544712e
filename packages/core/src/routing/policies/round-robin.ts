import type { Candidate } from "../candidate.ts";
import type { CandidateHealth } from "../health/candidate-health.ts";
import type { PolicySurroundings, SelectionPolicy } from "../selection-policy.ts";

/**
 * One after the other, each as often as its backend's weight says, evenly spread (smooth weighted round-robin). Each candidate keeps
 * its turn when others come and go. A weight of 0 is never chosen.
 */
export class RoundRobin implements SelectionPolicy {
  readonly name = "round-robin";
  /** What each is owed, for each group: the turns of one must not be those of another. */
  readonly #owed = new Map<string, WeakMap<CandidateHealth, number>>();

  choose(candidates: readonly [Candidate, ...Candidate[]], { scope }: PolicySurroundings): Candidate {
    const turns = this.#turnsOf(scope);
    let total = 0;
    let most = Number.NEGATIVE_INFINITY;
    let chosen = candidates[0];
    for (const candidate of candidates) {
      const { weight } = candidate.health.backend;
      if (weight === 0) continue;
      const turn = (turns.get(candidate.health) ?? 0) + weight;
      turns.set(candidate.health, turn);
      total += weight;
      if (turn <= most) continue;
      most = turn;
      chosen = candidate;
    }
    turns.set(chosen.health, most - total);
    return chosen;
  }

  #turnsOf(scope: string): WeakMap<CandidateHealth, number> {
    let turns = this.#owed.get(scope);
    if (turns === undefined) {
      turns = new WeakMap();
      this.#owed.set(scope, turns);
    }
    return turns;
  }
}
