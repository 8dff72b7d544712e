import { InputError } from "../../errors/input-error.ts";
import { describeKind } from "../../value/describe-kind.ts";
import { suggest } from "../../value/suggest.ts";
import type { ChainDefinition } from "../chain.ts";
import { hashChain } from "../hash-chain.ts";
import type { DrawnStep } from "./drawn-run.ts";

/** What is drawn of a run. The result of `runtime.run`, the `run` of its error and what a store keeps of a run are such. */
export interface DrawableRun {
  readonly steps: readonly DrawnStep[];
  /** The chain that ran. Where it is given, it has to be the one that is drawn. */
  readonly chainId?: string;
  /** The version of the chain that ran, by its content. Where it is given, it has to be the one that is drawn. */
  readonly chainHash?: string;
}

/** The steps of a run of this chain. Throws an `InputError` for what is no run, and for a run of another chain or of another version of it. */
export function readDrawnRun(definition: ChainDefinition, run: unknown): readonly DrawnStep[] {
  const steps: unknown = fieldOf(run, "steps");
  if (!Array.isArray(steps) || !steps.every(isStep)) {
    throw new InputError(
      `expected \`run\` to be what \`runtime.run\` resolved to, which has \`steps\`, got ${steps === undefined ? describeKind(run) : "steps that are none"}`,
    );
  }
  const chainId = fieldOf(run, "chainId");
  // A chain without an id can be run, and somebody may have given it one since.
  if (typeof chainId === "string" && chainId !== "" && definition.id !== "" && chainId !== definition.id) {
    throw otherRun(definition, `it is one of chain ${JSON.stringify(chainId)}`, { ranChain: chainId });
  }
  const chainHash = fieldOf(run, "chainHash");
  if (typeof chainHash === "string" && chainHash !== hashChain(definition)) {
    throw otherRun(definition, "it is one of another version of it: its hash differs", { ranHash: chainHash });
  }
  const ids = definition.tasks.map(({ id }) => id);
  const known = new Set(ids);
  const unknown = steps.find(({ taskId }) => !known.has(taskId));
  if (unknown === undefined) return steps;
  const meant = suggest(unknown.taskId, ids);
  const nearest = meant === undefined ? "" : ` (the nearest is ${JSON.stringify(meant)})`;
  throw otherRun(definition, `it has a step of task ${JSON.stringify(unknown.taskId)}, which is not in it${nearest}`, {
    taskId: unknown.taskId,
  });
}

function otherRun({ id }: ChainDefinition, found: string, details: Readonly<Record<string, string>>): InputError {
  const name = id === "" ? "the chain" : `chain ${JSON.stringify(id)}`;
  return new InputError(`expected a run of ${name}, and ${found}; draw the chain that ran, as it was then`, {
    ...(id !== "" && { chainId: id }),
    ...details,
  });
}

function fieldOf(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;
}

function isStep(step: unknown): step is DrawnStep {
  return (
    typeof step === "object" &&
    step !== null &&
    typeof Reflect.get(step, "taskId") === "string" &&
    "durationMs" in step &&
    "outcome" in step
  );
}
