import type { ChainSource } from "../source/chain-source.ts";
import type { AskedReads } from "./asked-reads.ts";
import type { Bindings } from "./bindings.ts";
import type { ChainShape, ComposedOf, DeclaredOf, TaskIds } from "./chain-shape.ts";
import type { CheckedInput, CheckedOutput } from "./checked-contract.ts";
import type { Around, CheckedTask, With } from "./checked-task.ts";

/** A chain as it was given where it is right; elsewhere what it has to be. */
export type CheckedChain<C extends ChainShape, B extends Bindings> = {
  readonly [K in keyof ChainSource]: K extends "tasks"
    ? CheckedTasks<
        C["tasks"],
        {
          readonly targets: TaskIds<C["tasks"]> | "end";
          // Written out here, so that messages show the names and not how they were found.
          readonly names:
            | "input"
            | "previous_output"
            | "error"
            | "failed_task"
            | TaskIds<C["tasks"]>
            | ComposedOf<C["tasks"]>
            | (keyof DeclaredOf<C> & string);
          readonly reads:
            | "input"
            | "previous_output"
            | "error"
            | "failed_task"
            | TaskIds<C["tasks"]>
            | ComposedOf<C["tasks"]>
            | (keyof DeclaredOf<C> & string)
            | AskedReads<C["tasks"], DeclaredOf<C>>;
          readonly bound: B;
        }
      >
    : K extends "output"
      ? CheckedOutput<C, B, ChainSource["output"]>
      : K extends "input"
        ? CheckedInput<C, ChainSource["input"]>
        : ChainSource[K];
};

type CheckedTasks<Tasks, A extends Around> = Tasks extends readonly unknown[]
  ? Tasks extends readonly []
    ? NoTasks
    : { readonly [I in keyof Tasks]: CheckedItem<Tasks[I], A> }
  : [keyof Tasks] extends [never]
    ? NoTasks
    : { readonly [Id in keyof Tasks]: Id extends "end" ? Reserved : CheckedTask<Tasks[Id], A> };

/** What to do, which no tasks fit. */
type NoTasks = "a chain needs at least one task: the first is the start";

type Reserved = "end is the target that finishes a run: give the task another name";

/** In a list every task needs its id. */
type CheckedItem<Task, A extends Around> = Task extends { readonly id: infer Id }
  ? CheckedTask<Task, A> & { readonly id: Id extends "end" ? Reserved : Id }
  : With<Task, "id", string>;
