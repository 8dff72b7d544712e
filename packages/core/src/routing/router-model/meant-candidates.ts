import type { RouterOptions } from "../call/routed-call.ts";
import type { Candidate } from "../candidates/candidate.ts";
import { eligible } from "../candidates/eligible.ts";
import { listCandidates } from "../candidates/list-candidates.ts";
import { scopesOf } from "../candidates/scopes.ts";

/**
 * Whoever could take a router's calls, in all groups where they may go, as far as it is known: a backend that does not say soon what it
 * serves is left out. The AI SDK asks before it makes the call, and nothing that the caller aborts can end this wait. Never rejects.
 */
export async function meantCandidates({ parts, chosen }: RouterOptions): Promise<readonly Candidate[]> {
  try {
    const scopes = scopesOf(chosen, parts.groups());
    const states = await parts.fleet.states(() => true);
    return scopes.flatMap((scope) => eligible(chosen, listCandidates(chosen, states, parts, scope)).kept);
  } catch {
    return [];
  }
}
