import type { BackendState } from "../../fleet/backend-state.ts";
import type { RouterOptions } from "../call/routed-call.ts";
import type { Candidate } from "../candidates/candidate.ts";
import { eligible } from "../candidates/eligible.ts";
import { listCandidates } from "../candidates/list-candidates.ts";
import { scopesOf } from "../candidates/scopes.ts";

/** Whoever could take a router's calls, in all groups where they may go; nobody where that cannot be found out. Never rejects. */
export async function meantCandidates({ parts, chosen }: RouterOptions): Promise<readonly Candidate[]> {
  try {
    const scopes = scopesOf(chosen, parts.groups());
    const listed = (states: readonly BackendState[]) =>
      scopes.flatMap((scope) => eligible(chosen, listCandidates(chosen, states, parts, scope)).kept);
    return listed(await parts.fleet.states((known) => listed(known).length > 0));
  } catch {
    return [];
  }
}
