import type { Candidate } from "../candidates/candidate.ts";
import type { CandidateHealth } from "../health/candidate-health.ts";
import type { PolicySurroundings, SelectionPolicy } from "./selection-policy.ts";

/** Whose turn it is, in one group. */
interface Round {
  /** How many turns each has had, or was away for. */
  readonly turns: WeakMap<CandidateHealth, number>;
  /** When the last turn was due. One round of all takes 1. */
  due: number;
}

/** Quotients are not exact, and nobody may lose a turn by that. */
const PRECISION = 1e-9;

/**
 * One after the other, each as often as its backend's weight says, evenly spread: the turns of weight w are due in the middle of the w
 * equal parts of each round, and who is due first is chosen. Whoever comes or comes back joins the round that is under way, and
 * the others keep their order. A weight of 0 is never chosen.
 */
export class RoundRobin implements SelectionPolicy {
  readonly name = "round-robin";
  readonly #rounds = new Map<string, Round>();

  choose(candidates: readonly [Candidate, ...Candidate[]], { scope }: PolicySurroundings): Candidate {
    const round = this.#roundOf(scope);
    let chosen = candidates[0];
    let soonest = Infinity;
    let turnsOfChosen = 0;
    for (const candidate of candidates) {
      const { weight } = candidate.health.backend;
      if (weight === 0) continue;
      const missed = Math.ceil(round.due * weight - 0.5 - PRECISION);
      const turns = Math.max(round.turns.get(candidate.health) ?? 0, missed);
      const due = (turns + 0.5) / weight;
      if (due >= soonest) continue;
      soonest = due;
      chosen = candidate;
      turnsOfChosen = turns;
    }
    round.turns.set(chosen.health, turnsOfChosen + 1);
    round.due = soonest;
    return chosen;
  }

  #roundOf(scope: string): Round {
    let round = this.#rounds.get(scope);
    if (round === undefined) {
      round = { turns: new WeakMap(), due: 0 };
      this.#rounds.set(scope, round);
    }
    return round;
  }
}
