import type { Candidate } from "../candidates/candidate.ts";

/** How it stands with a candidate. Only who is `free` can take a call now. */
export type Standing =
  | "free"
  /** All places of its backend are taken. */
  | "full"
  /** Its backend was given all that it may be given within a minute. */
  | "limited"
  /** It asked to be left alone for a while. */
  | "cooling"
  /** Its breaker is open. */
  | "open"
  /** Its backend refused the key. */
  | "refused"
  /** The account of its backend has nothing left. */
  | "spent"
  /** Its backend listed the model, and said when it was called that there is none. */
  | "missing"
  /** It is not known to hold more than the one for which the conversation was too long. */
  | "small"
  /** Its backend's weight is 0, and the policy goes by weight. */
  | "weightless"
  /** This call tried it already. */
  | "tried";

export interface Out {
  readonly candidate: Candidate;
  readonly standing: Standing;
}

export interface Available {
  readonly free: readonly Candidate[];
  readonly out: readonly Out[];
}

export interface AvailableOptions {
  /** Milliseconds since the Unix epoch. */
  readonly now: number;
  readonly tried: readonly Candidate[];
  /** About how many tokens the call may spend. */
  readonly tokens: number;
  readonly byWeight: boolean;
  /** Only who is known to hold more than so many tokens can take the call. Undefined: whoever. */
  readonly largerThan?: number | undefined;
}

const NOBODY: readonly Out[] = [];

/** Tells the candidates that can take the call now from those that cannot. */
export function available(candidates: readonly Candidate[], options: AvailableOptions): Available {
  const first = candidates.findIndex((candidate) => standingOf(candidate, options) !== "free");
  // The usual case, which every call pays for.
  if (first === -1) return { free: candidates, out: NOBODY };
  const free = candidates.slice(0, first);
  const out: Out[] = [];
  for (let at = first; at < candidates.length; at++) {
    const candidate = candidates[at];
    if (candidate === undefined) continue;
    const standing = standingOf(candidate, options);
    if (standing === "free") free.push(candidate);
    else out.push({ candidate, standing });
  }
  return { free, out };
}

/** What stands most in the way comes first: what waiting does not mend before what it does. */
export function standingOf(
  { health, model }: Candidate,
  { now, tried, tokens, byWeight, largerThan }: AvailableOptions,
): Standing {
  const { backend, breaker, coolDown } = health;
  if (tried.length > 0 && tried.some((other) => other.health === health)) return "tried";
  if (largerThan !== undefined && (model.contextLength ?? 0) <= largerThan) return "small";
  if (byWeight && backend.weight === 0) return "weightless";
  if (health.missingSince !== undefined) return "missing";
  if (now < backend.credential.until) return backend.credential.isSpent ? "spent" : "refused";
  if (!breaker.admits(now)) return "open";
  if (now < coolDown.until) return "cooling";
  return roomOf(backend, now, tokens);
}

/** How it stands with a candidate whose health is to be ignored. */
export function roomOf(
  backend: Candidate["health"]["backend"],
  now: number,
  tokens: number,
): "free" | "full" | "limited" {
  if (!backend.hasPlace) return "full";
  return backend.limits !== undefined && backend.limits.freeAt(now, tokens) > now ? "limited" : "free";
}
