import type { SchemaProblem } from "./schema/schema-problem.ts";

/**
 * A way to get a value of a shape from a model, the surest first: the server holds the model to the schema; the model calls a
 * tool whose arguments have it; the schema stands in the prompt; the model is shown what was wrong and asked again.
 */
export type Rung = "native" | "tool" | "prompt" | "re-ask";

/** How one way went, as plain data: part of the step's record. Never has the answer in it. */
export interface RungRecord {
  readonly rung: Rung;
  /** `unavailable`: the model that was chosen cannot do this; `refused`: it answered, and the answer is not what the schema says; `failed`: the call failed. */
  readonly result: "accepted" | "refused" | "unavailable" | "failed";
  /** What is wrong with the answer, or how the call failed. */
  readonly problems: readonly SchemaProblem[];
}
