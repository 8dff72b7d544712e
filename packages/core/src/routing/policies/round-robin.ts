import type { Candidate } from "../candidates/candidate.ts";
import type { CandidateHealth } from "../health/candidate-health.ts";
import type { RoutingPolicy } from "./routing-policy.ts";
import type { PolicySurroundings } from "./selection-policy.ts";

/** Whose turn it is among those that one request means. */
interface Round {
  /** How many turns each has had, or was away for. */
  readonly turns: WeakMap<CandidateHealth, number>;
  /** When the last turn was due. One round of all takes 1. */
  due: number;
}

/** The rounds of one group. */
interface Circle {
  readonly rounds: Map<string, Round>;
  /** Which choice of the group was the last of each. */
  readonly lastChosen: WeakMap<CandidateHealth, number>;
  choices: number;
}

/** How many rounds of a group are remembered. Names that come from outside must not grow a map for ever. */
const MOST_ROUNDS = 256;
/** Quotients are not exact, and nobody may lose a turn by that. */
const PRECISION = 1e-9;

/**
 * One after the other, each as often as its backend's weight says, evenly spread: the turns of weight w are due in the middle of the w
 * equal parts of each round, and who is due first is chosen; of those due together, who was not chosen for the longest. Whoever comes
 * or comes back joins the round that is under way, and the others keep their order. Requests that mean others have rounds of their
 * own, so that nobody's turn is lost to them. A weight of 0 is never chosen.
 */
export class RoundRobin implements RoutingPolicy {
  readonly name = "round-robin";
  readonly goesByWeight = true;
  readonly balances = true;
  readonly #circles = new Map<string, Circle>();

  choose(candidates: readonly [Candidate, ...Candidate[]], { scope, request }: PolicySurroundings): Candidate {
    const circle = this.#circleOf(scope);
    const round = roundOf(circle, `${tierOf(candidates)} ${request}`);
    let chosen = candidates[0];
    let soonest = Infinity;
    let turnsOfChosen = 0;
    let choiceOfChosen = 0;
    for (const candidate of candidates) {
      const { weight } = candidate.health.backend;
      if (weight === 0) continue;
      const missed = Math.ceil(round.due * weight - 0.5 - PRECISION);
      const turns = Math.max(round.turns.get(candidate.health) ?? 0, missed);
      const due = (turns + 0.5) / weight;
      const choice = circle.lastChosen.get(candidate.health) ?? 0;
      if (due > soonest + PRECISION || (due > soonest - PRECISION && choice >= choiceOfChosen)) continue;
      soonest = due;
      chosen = candidate;
      turnsOfChosen = turns;
      choiceOfChosen = choice;
    }
    round.turns.set(chosen.health, turnsOfChosen + 1);
    round.due = soonest;
    circle.lastChosen.set(chosen.health, ++circle.choices);
    return chosen;
  }

  #circleOf(scope: string): Circle {
    let circle = this.#circles.get(scope);
    if (circle === undefined) {
      circle = { rounds: new Map(), lastChosen: new WeakMap(), choices: 0 };
      this.#circles.set(scope, circle);
    }
    return circle;
  }
}

function roundOf({ rounds }: Circle, key: string): Round {
  let round = rounds.get(key);
  if (round !== undefined) return round;
  const [oldest] = rounds.keys();
  if (rounds.size >= MOST_ROUNDS && oldest !== undefined) rounds.delete(oldest);
  round = { turns: new WeakMap(), due: 0 };
  rounds.set(key, round);
  return round;
}

/** The last tier that takes part: while it has the calls alone, those before it lose no turns. */
function tierOf(candidates: readonly Candidate[]): string {
  let rank = Number.NEGATIVE_INFINITY;
  let priority = Number.NEGATIVE_INFINITY;
  for (const candidate of candidates) {
    const own = candidate.health.backend.priority;
    if (candidate.rank < rank || (candidate.rank === rank && own <= priority)) continue;
    rank = candidate.rank;
    priority = own;
  }
  return `${rank} ${priority}`;
}
