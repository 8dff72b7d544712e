import type { Chain, StepRecord } from "@catenary/core";

/** A run that has a path: the result of `simulate` and of `runtime.run`, a stored run, or the `run` of a `RunFailedError`. */
export interface RunWithSteps {
  readonly steps: readonly StepRecord[];
  /** Where it is known. Default: the tasks of `steps`. */
  readonly path?: readonly string[];
  readonly chainId?: string;
  /** With it, an error also says which branches there were. */
  readonly chain?: Chain;
  /** Why the run did not come to its end. */
  readonly error?: { readonly message: string };
}

/** A run that knows its chain: the result of `simulate`. */
export interface RunWithChain extends RunWithSteps {
  readonly chain: Chain;
}

/** One step of a path, with the last of its attempts where one has ended. */
export interface Leg {
  readonly taskId: string;
  readonly step: StepRecord | undefined;
}

/** The steps of a run in order; attempts of one step are one leg. */
export function legsOf({ steps, path }: RunWithSteps): readonly Leg[] {
  const ended = new Map<string, StepRecord>();
  for (const step of steps) ended.set(step.key, step);
  const legs = [...ended.values()].map((step) => ({ taskId: step.taskId, step }));
  // A step that was entered and whose handler was not called any more has no record.
  const open = path?.slice(legs.length) ?? [];
  return [...legs, ...open.map((taskId) => ({ taskId, step: undefined }))];
}
