import type { BackendState } from "../fleet/backend-state.ts";
import type { Candidate } from "./candidate.ts";
import { eligible } from "./eligible.ts";
import { listCandidates } from "./list-candidates.ts";
import type { RouterOptions } from "./routed-call.ts";
import { scopesOf } from "./scopes.ts";

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
