import type { ComposeStrategy } from "../chain.ts";
import type { BuiltInSpec, COMMON_FIELDS } from "../handler-spec.ts";
import type { TaskSource } from "../source/chain-source.ts";
import type { Bindings } from "./bindings.ts";
import type { CheckedNext, CheckedTransition, Get, Target, Word, WordsOf } from "./checked-branch.ts";
import type { CheckedHookCall } from "./checked-hook-call.ts";
import type { CheckedSchema } from "./schema-value.ts";
import type { CheckedTemplate } from "./unknown-variable.ts";

/** What every check of a task needs to know of its chain. */
export interface Around {
  /** Where a task may lead. */
  readonly targets: string;
  readonly names: string;
  /** What templates may read: the names, and what is known of properties behind them. */
  readonly reads: string;
  readonly bound: Bindings;
}

/** The fields of a task in code that every kind of task takes. */
type CommonField = Exclude<(typeof COMMON_FIELDS)[number], "id" | "handler"> | "next" | "onFailure";

/** What never succeeds takes no branch. */
type NeverTaken<Output> = Output extends "none" ? "next" : never;

type Flat<T> = { readonly [K in keyof T]: T[K] };

/** The fields of each built-in kind of task. */
export type TasksByHandler = {
  readonly [Spec in BuiltInSpec as Spec["name"]]: Flat<
    { readonly handler: Spec["name"] } & {
      readonly [K in Spec["required"][number]]: NonNullable<TaskSource[K]>;
    } & Pick<
        TaskSource,
        Exclude<CommonField, NeverTaken<Spec["output"]>> | Exclude<Spec["fields"][number], Spec["required"][number]>
      >
  >;
};

/** A task as it was given where it is right; elsewhere what it has to be. */
export type CheckedTask<Task, A extends Around> = Task extends { readonly handler: infer Handler }
  ? IsOne<Handler> extends false
    ? OpenTask<Task, A>
    : Handler extends keyof TasksByHandler
      ? // Only the fields of its kind. Written out here: a name would stand in every message about them.
        {
          readonly [K in keyof TasksByHandler[Handler]]: K extends keyof Task
            ? CheckedField<Task, K, TasksByHandler[Handler][K], A>
            : TasksByHandler[Handler][K];
        }
      : Handler extends keyof A["bound"]["handlers"]
        ? OpenTask<Task, A>
        : {
            readonly [K in keyof Task]: K extends "handler"
              ? keyof TasksByHandler | keyof A["bound"]["handlers"] | HowToBind<Handler>
              : Task[K];
          }
  : With<Task, "handler", keyof TasksByHandler | keyof A["bound"]["handlers"]>;

/** What was given, and a field that was not: without the given ones, they would be called unknown instead. */
export type With<Given, Name extends string, Value> = {
  readonly [K in keyof Given | Name]: K extends Name ? Value : K extends keyof Given ? Given[K] : never;
};

/** No handler has this name. It stands in the message about one that nobody knows, and not among what editors offer. */
type HowToBind<Handler> = Handler extends ""
  ? never
  : "or one of your own, bound by defineChain.with<{ handlers: typeof handlers }>()";

/** Whether a handler is one and known: no text that is no literal, and not one of several. */
type IsOne<Handler, All = Handler> = string extends Handler
  ? false
  : Handler extends unknown
    ? [All] extends [Handler]
      ? true
      : false
    : never;

/** A custom kind of task may have fields of its own. */
type OpenTask<Task, A extends Around> = {
  readonly [K in keyof Task]: K extends keyof TaskSource ? CheckedField<Task, K, TaskSource[K], A> : Task[K];
};

type CheckedField<Task, K extends keyof Task, Field, A extends Around> = K extends keyof CheckedFields<Task, A>
  ? CheckedFields<Task, A>[K]
  : Field;

/** What depends on the rest of the chain. */
interface CheckedFields<Task, A extends Around> {
  readonly promptTemplate: CheckedTemplate<Get<Task, "promptTemplate">, A["reads"]>;
  readonly systemInstruction: CheckedTemplate<Get<Task, "systemInstruction">, A["reads"]>;
  readonly print: CheckedTemplate<Get<Task, "print">, A["reads"]>;
  readonly inputVar: Word<Get<Task, "inputVar">, A["names"]>;
  readonly compose: CheckedCompose<NonNullable<Get<Task, "compose">>, A["names"]>;
  readonly hook: CheckedHookCall<Get<Task, "hook">, A["bound"]["hooks"], A["reads"]>;
  readonly output: CheckedSchema<Get<Task, "output">, TaskSource["output"]>;
  readonly next: Task extends { readonly transition: { readonly branches: unknown } }
    ? "the branches of transition say the same: remove one of the two"
    : CheckedNext<Get<Task, "next">, WordsOf<Task>, A["targets"]>;
  readonly onFailure: Task extends { readonly transition: { readonly onFailure: unknown } }
    ? "onFailure in transition says the same: remove one of the two"
    : Target<Get<Task, "onFailure">, A["targets"]>;
  readonly transition: CheckedTransition<NonNullable<Get<Task, "transition">>, WordsOf<Task>, A["targets"]>;
}

interface CheckedCompose<Compose, Names extends string> {
  readonly withVar: Word<Get<Compose, "withVar">, Names>;
  readonly strategy?: ComposeStrategy;
}
