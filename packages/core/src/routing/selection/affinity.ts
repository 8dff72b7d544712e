import type { Candidate } from "../candidates/candidate.ts";
import { hashOf, mixHashes } from "../health/hash-of.ts";
import { auto } from "../policies/auto.ts";
import { knowsPlaces } from "../policies/knows-places.ts";
import type { Sessions } from "./sessions.ts";

/** A session stays where it is as long as that costs no more than so many times the best. */
const MOST_FOR_STAYING = 3;

export interface Affine {
  readonly candidate: Candidate;
  /** For the record of the decision. */
  readonly affinity: string;
}

export interface Session {
  readonly key: string;
  readonly now: number;
  /** Whether a session that is new may be placed by its name, so that every process places it alike. Else the policy does. */
  readonly byHash: boolean;
}

/**
 * Where a session goes that is not to move without need: its server has read most of the prompt before. Undefined: wherever the policy
 * says, because staying would cost too much, or because it is new.
 */
export function preferred(
  { key, now, byHash }: Session,
  candidates: readonly Candidate[],
  sessions: Sessions,
): Affine | undefined {
  const last = sessions.last(key, now);
  const known = last === undefined ? undefined : candidates.find(({ health }) => health === last);
  const candidate = known ?? (byHash ? rendezvous(key, candidates) : undefined);
  if (candidate === undefined) return undefined;
  if (!isWorthIt(candidate, candidates, now)) return undefined;
  if (known !== undefined) return { candidate, affinity: "kept" };
  return { candidate, affinity: last === undefined ? "placed by its name" : CANNOT_STAY };
}

const CANNOT_STAY = "moved, because it cannot go where it was";

/** Why the policy says where a session goes, for the record of the decision. */
export function whyElsewhere(
  { key, now }: Pick<Session, "key" | "now">,
  candidates: readonly Candidate[],
  sessions: Sessions,
): string {
  const last = sessions.last(key, now);
  if (last === undefined) return "placed by the policy";
  const isLeft = candidates.some(({ health }) => health === last);
  return isLeft ? "moved to where it costs less" : CANNOT_STAY;
}

function isWorthIt(candidate: Candidate, candidates: readonly Candidate[], now: number): boolean {
  const { held, concurrency } = candidate.health.backend;
  // Where nobody knows how many places there are, only an idle one is known to have one.
  if (held < (concurrency === Infinity ? 1 : concurrency)) return true;
  const scores = auto.score(candidates, now);
  let best = Infinity;
  for (let at = 0; at < candidates.length; at++) best = Math.min(best, scores[at] ?? Infinity);
  return (scores[candidates.indexOf(candidate)] ?? Infinity) <= best * MOST_FOR_STAYING;
}

/**
 * The same candidate for the same key, wherever it is asked and in whatever order they are; each gets a share of the keys by what it
 * can take. When one goes, only its keys move; when one comes, only those that it gets.
 */
export function rendezvous(key: string, candidates: readonly Candidate[]): Candidate | undefined {
  const byPlaces = knowsPlaces(candidates);
  const hash = hashOf(key);
  let most = 0;
  let chosen: Candidate | undefined;
  for (const candidate of candidates) {
    const { backend } = candidate.health;
    const share = byPlaces ? backend.concurrency : backend.weight;
    // Between 0 and 1, and neither.
    const drawn = (mixHashes(hash, candidate.health.hash) + 0.5) / 2 ** 32;
    const claim = share / -Math.log(drawn);
    if (claim <= most) continue;
    most = claim;
    chosen = candidate;
  }
  return chosen;
}
