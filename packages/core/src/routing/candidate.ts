import type { Backend, BackendModel } from "../model/backend.ts";

/** A model on a backend that could take a call. The same model on two backends is two candidates. */
export interface Candidate {
  readonly backend: Backend;
  /** As the backend lists it, with what was declared about it. */
  readonly model: BackendModel;
}

/** What a stage of the pipeline left out, and why. */
export interface Dropped {
  readonly candidate: Candidate;
  readonly stage: "eligible" | "available";
  readonly why: string;
}

/** What a stage of the pipeline says: who stays, in order, and who does not. */
export interface Sifted {
  readonly kept: readonly Candidate[];
  readonly dropped: readonly Dropped[];
}
