import type { DataType } from "../../value/data-type.ts";
import type { JsonObject } from "../../value/json.ts";
import type { ChainDefinition, Operator, TaskDefinition } from "../chain.ts";
import type { StandardSchema } from "../schemas/standard-schema.ts";

/** A branch as it is written in code. */
export interface BranchSource {
  readonly operator: Operator;
  /** A number is kept as its text. Not needed for `default`. */
  readonly when?: string | number;
  /** A task's id, or `end`. */
  readonly goto: string;
}

export interface TransitionSource {
  readonly onFailure?: string;
  readonly branches?: readonly BranchSource[];
}

/**
 * What follows a task, in short: the id of the next task, or for each outcome the id of a task.
 * The key `default` is for every other outcome; a real outcome of that name needs `transition`.
 */
export type Next = string | { readonly [outcome: string]: string };

/** A task as it is written in code. */
export interface TaskSource extends Omit<TaskDefinition, "id" | "transition" | "output" | "extra"> {
  /** JSON Schema, or a schema of a library that gives its JSON Schema, such as zod. */
  readonly output?: JsonObject | StandardSchema;
  readonly transition?: TransitionSource;
  /** Short for the branches of `transition`. */
  readonly next?: Next;
  /** Short for `transition.onFailure`. */
  readonly onFailure?: string;
}

/** A chain as it is written in code: what `defineChain` takes. */
export interface ChainSource extends Omit<ChainDefinition, "tasks" | "input" | "output" | "extra"> {
  /** A data type, JSON Schema, or a schema of a library that gives its JSON Schema, such as zod. */
  readonly input?: DataType | JsonObject | StandardSchema;
  /** JSON Schema, or a schema of such a library. */
  readonly output?: JsonObject | StandardSchema;
  /** By id, or as a list. The first is the start. */
  readonly tasks: { readonly [id: string]: TaskSource } | readonly (TaskSource & { readonly id: string })[];
}
