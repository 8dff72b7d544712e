import type { Random } from "../../surroundings/random.ts";
import type { Candidate } from "../candidates/candidate.ts";
import type { RoutingPolicy } from "./routing-policy.ts";
import type { PolicySurroundings } from "./selection-policy.ts";

/** Writes for each candidate what choosing it costs; the smaller the better. */
export type Rate = (candidates: readonly Candidate[], now: number, scores: Float64Array) => void;

/** When a candidate was last measured, in milliseconds since the Unix epoch. */
export type MeasuredAt = (candidate: Candidate) => number;

export interface ScoredPolicyOptions {
  readonly rate: Rate;
  /** Given: a few calls go to idle candidates of which nothing was heard for long. Without them who was slow once would stay unused. */
  readonly measuredAt?: MeasuredAt;
  /** Further names. Default: none. */
  readonly aliases?: readonly string[];
}

/** The share of calls that find out how idle candidates are. */
const EXPLORED = 0.01;
/** What is known for longer may no longer be true. */
const OUTDATED_MS = 60_000;
/** Scores that differ by less are the same: sums are not exact. */
const SAME = 1e-9;

/** Chooses what costs least, among equals any with the same likelihood. The scores of the last choice can be read afterwards. */
export class ScoredPolicy implements RoutingPolicy {
  readonly name: string;
  readonly aliases: readonly string[];
  readonly balances = true;
  readonly #rate: Rate;
  readonly #measuredAt: MeasuredAt | undefined;
  #scores = new Float64Array(32);

  constructor(name: string, { rate, measuredAt, aliases = [] }: ScoredPolicyOptions) {
    this.name = name;
    this.aliases = aliases;
    this.#rate = rate;
    this.#measuredAt = measuredAt;
  }

  choose(candidates: readonly [Candidate, ...Candidate[]], { random, now }: PolicySurroundings): Candidate {
    const scores = this.score(candidates, now);
    const cheapest = cheapestOf(candidates, scores, random) ?? candidates[0];
    return this.#explore(candidates, random, now) ?? cheapest;
  }

  /** What each candidate costs, at its place in the list. Good until the next call. */
  score(candidates: readonly Candidate[], now: number): Float64Array {
    if (this.#scores.length < candidates.length) this.#scores = new Float64Array(2 * candidates.length);
    this.#rate(candidates, now, this.#scores);
    return this.#scores;
  }

  /** The scores of the last choice. */
  get scores(): Float64Array {
    return this.#scores;
  }

  #explore(candidates: readonly Candidate[], random: Random, now: number): Candidate | undefined {
    const measuredAt = this.#measuredAt;
    if (measuredAt === undefined || candidates.length === 1 || random() < 1 - EXPLORED) return undefined;
    // An open breaker that lets somebody find out has its own way back, and fail-open must not send more to who fails.
    const outdated = candidates.filter(
      (candidate) =>
        candidate.health.backend.held === 0 &&
        !candidate.health.breaker.isOpen &&
        now - measuredAt(candidate) >= OUTDATED_MS,
    );
    return outdated[Math.floor(random() * outdated.length)];
  }
}

function cheapestOf(candidates: readonly Candidate[], scores: Float64Array, random: Random): Candidate | undefined {
  let best = Infinity;
  let chosen = 0;
  let equals = 0;
  for (let at = 0; at < candidates.length; at++) {
    const score = scores[at] ?? Infinity;
    if (score < best * (1 - SAME)) {
      best = score;
      chosen = at;
      equals = 1;
    } else if (score <= best * (1 + SAME)) {
      equals++;
      if (random() * equals >= equals - 1) chosen = at;
    }
  }
  return candidates[chosen];
}
