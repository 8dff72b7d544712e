import type { Candidate } from "../candidates/candidate.ts";

/** Whether all of them say how many calls they take at once. Numbers that only some have cannot be compared. */
export function knowsPlaces(candidates: readonly Candidate[]): boolean {
  for (const { health } of candidates) if (health.backend.concurrency === Infinity) return false;
  return true;
}
