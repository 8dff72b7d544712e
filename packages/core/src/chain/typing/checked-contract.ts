import type { DataType } from "../../value/data-type.ts";
import type { BuiltInSpec } from "../handler-spec.ts";
import type { Bindings } from "./bindings.ts";
import type { EndOutput } from "./chain-output.ts";
import type { ChainShape, TaskOf } from "./chain-shape.ts";
import type { CheckedSchema, SchemaInput, SchemaValue } from "./schema-value.ts";
import type { ValueCanBe } from "./value-can-be.ts";

/** A chain's `output`; where a task ends the chain with what it never allows, what to do about that, which no schema fits. */
export type CheckedOutput<C extends ChainShape, B extends Bindings, Right> = C extends { readonly output: infer Schema }
  ? [BreakingId<C["tasks"], C, B, SchemaValue<Schema>>] extends [infer Id extends string]
    ? [Id] extends [never]
      ? CheckedSchema<Schema, Right>
      : `${Id} ends the chain with what this schema never allows: change the schema, or end with a task that gives what it says`
    : CheckedSchema<Schema, Right>
  : Right;

/** The tasks that end the chain and never keep what it promises. */
type BreakingId<Tasks, C extends ChainShape, B extends Bindings, Wanted> = Tasks extends readonly unknown[]
  ? {
      [I in keyof Tasks]: Tasks[I] extends { readonly id: infer Id extends string }
        ? Breaks<Tasks[I], C, B, Wanted> extends true
          ? Id
          : never
        : never;
    }[number]
  : { [Id in keyof Tasks & string]: Breaks<Tasks[Id], C, B, Wanted> extends true ? Id : never }[keyof Tasks & string];

type Breaks<Task, C extends ChainShape, B extends Bindings, Wanted> = [EndOutput<Task, C, B>] extends [never]
  ? false
  : [ValueCanBe<EndOutput<Task, C, B>, Wanted, IsOpen<Task>>] extends [false]
    ? true
    : false;

/** JSON Schema allows properties that it does not name, unless it says so; the types of libraries and hooks name all of theirs. */
type IsOpen<Task> = Task extends { readonly output: infer Schema }
  ? Schema extends { readonly "~standard": unknown } | { readonly additionalProperties: false }
    ? false
    : true
  : false;

/** A chain's `input`; where the first task never takes it, what to do about that, which nothing fits. */
export type CheckedInput<C extends ChainShape, Right> = C extends { readonly input: infer Input }
  ? [RefusingStart<C["tasks"], KindOf<Input>>] extends [infer Id extends string]
    ? [Id] extends [never]
      ? CheckedSchema<Input, Right>
      : `${Id}, the first task, never takes this input: ${AdviceFor<TaskOf<C["tasks"], Id>>}`
    : CheckedSchema<Input, Right>
  : Right;

/** A template makes a text, which helps only a task that takes one. */
type AdviceFor<Task> = Task extends { readonly handler: infer Handler extends keyof Accepted }
  ? "string" extends Accepted[Handler]
    ? "change the input or the handler, or make a text of it with a promptTemplate, such as {{toJson .input}}"
    : 'it takes a conversation, so write input: "chat_history", or change the handler'
  : never;

/** What a task makes of a chain's input: its data type, and of a schema what all its values are. */
type KindOf<Input> = Input extends DataType
  ? Input
  : KindOfValue<Input extends { readonly "~standard": unknown } ? SchemaInput<Input> : SchemaValue<Input>>;

type KindOfValue<Value> = unknown extends Value
  ? "any"
  : [Value] extends [readonly unknown[]]
    ? "array"
    : [Value] extends [object]
      ? Value extends readonly unknown[]
        ? "any"
        : "object"
      : [Value] extends [string]
        ? "string"
        : "any";

/**
 * The first task, where it refuses values of the kind. In a list it is the first; the order of keys is not visible to types, but
 * a task to which no other leads is the first or is reached by no run.
 */
type RefusingStart<Tasks, Kind> = Tasks extends readonly [infer First, ...(readonly unknown[])]
  ? First extends { readonly id: infer Id extends string }
    ? Refuses<First, Kind> extends true
      ? Id
      : never
    : never
  : Tasks extends readonly unknown[]
    ? never
    : RefusingAmong<Tasks, Exclude<keyof Tasks & string, Targets<Tasks>>, Kind>;

/** Nothing is said where there are several: all but one of them are faults of their own. */
type RefusingAmong<Tasks, Starts extends string, Kind> = [Starts] extends [never]
  ? never
  : { [Id in Starts]: Refuses<TaskOf<Tasks, Id>, Kind> }[Starts] extends true
    ? Starts
    : never;

type Targets<Tasks> = { [Id in keyof Tasks]: TargetsOf<Tasks[Id]> }[keyof Tasks];

type TargetsOf<Task> =
  | (Task extends { readonly next: infer Next } ? (Next extends object ? Next[keyof Next] : Next) : never)
  | (Task extends { readonly onFailure: infer To } ? To : never)
  | (Task extends { readonly transition: infer Ways }
      ?
          | (Ways extends { readonly onFailure: infer To } ? To : never)
          | (Ways extends { readonly branches: readonly { readonly goto: infer To }[] } ? To : never)
      : never);

type Refuses<Task, Kind> = Task extends { readonly promptTemplate: unknown } | { readonly inputVar: unknown }
  ? false
  : Task extends { readonly handler: infer Handler extends keyof Accepted }
    ? Kind extends Accepted[Handler]
      ? false
      : true
    : false;

/** What each built-in kind of task takes, where that is not everything. Only one takes an object, and none a list; the others look for a text in `json`. */
type Accepted = {
  readonly [Spec in BuiltInSpec as Spec extends { readonly accepts: unknown } ? Spec["name"] : never]: Spec extends {
    readonly accepts: readonly (infer Type)[];
  }
    ? Type | "any" | (Spec["name"] extends "parse_key_value" ? "object" : never)
    : never;
};
