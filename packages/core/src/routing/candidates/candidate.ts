import type { Backend, BackendModel } from "../../model/backend.ts";
import type { CandidateHealth } from "../health/candidate-health.ts";

/** A model on a backend that could take a call. The same model on two backends is two candidates. */
export interface Candidate {
  readonly backend: Backend;
  /** As the backend lists it, with what was declared about it. */
  readonly model: BackendModel;
  /** What is known about the pair: changes while calls go on. */
  readonly health: CandidateHealth;
  /** The place of the model among those that the request names, the preferred being 0. */
  readonly rank: number;
}

/** What a stage of the pipeline left out, and why. */
export interface Dropped {
  readonly candidate: Candidate;
  readonly stage: "eligible" | "available" | "tier";
  readonly why: string;
}

/** What a stage of the pipeline says: who stays, in order, and who does not. */
export interface Sifted {
  readonly kept: readonly Candidate[];
  readonly dropped: readonly Dropped[];
}
