import type { RouteRecord } from "../../value/route-record.ts";
import type { Candidate } from "./candidate.ts";

/** A candidate that is left out, as it stands in a call's record. */
export function recordOf({ backend, model }: Candidate, stage: string, why: string): RouteRecord["dropped"][number] {
  return { backend: backend.id, model: model.id, stage, why };
}
