import type { ChatHistory } from "../../value/chat-history.ts";
import type { DataType } from "../../value/data-type.ts";
import type { Json } from "../../value/json.ts";
import type { DataValues, InputOf } from "../../value/value-of.ts";
import type { BuiltInSpec } from "../handler-spec.ts";
import type { Bindings, ProducedBy, ResultOf } from "./bindings.ts";
import type { ChainShape, DeclaredOf, TaskIds, TaskOf } from "./chain-shape.ts";
import type { SchemaInput, SchemaValue } from "./schema-value.ts";

/** What a chain is run with. */
export type ChainInput<C> = C extends { readonly input: infer Type }
  ? Type extends DataType
    ? InputOf<Type>
    : SchemaInput<Type>
  : "input" extends keyof C
    ? unknown
    : string;

/** What the tasks that can end a chain produce. */
export type ChainOutput<C extends ChainShape, B extends Bindings> = Plainly<
  C extends { readonly output: infer Schema }
    ? [Json] extends [SchemaValue<Schema>]
      ? EndOutputs<C["tasks"], C, B>
      : SchemaValue<Schema>
    : EndOutputs<C["tasks"], C, B>
>;

/** The same without the name under which the compiler would write out the whole chain in declarations. */
type Plainly<Type> = Type extends infer Part ? Part : never;

type EndOutputs<Tasks, C extends ChainShape, B extends Bindings> = Tasks extends readonly unknown[]
  ? { [I in keyof Tasks]: EndOutput<Tasks[I], C, B> }[number]
  : { [Id in keyof Tasks]: EndOutput<Tasks[Id], C, B> }[keyof Tasks];

/** What a task produces where it ends the chain; `never` where it cannot. */
export type EndOutput<Task, C extends ChainShape, B extends Bindings> =
  // A failure that ends the run leaves what the task was given.
  "end" extends FailureTarget<Task> ? Json : CanEnd<Task> extends true ? TaskOutput<Task, C, B> : never;

/** Whether a task can be the last when it succeeds: it has no branches, or one that leads to the end. */
type CanEnd<Task> = Task extends { readonly next: infer Next }
  ? Next extends object
    ? keyof Next extends never
      ? true
      : IsEnd<Next[keyof Next]>
    : IsEnd<Next>
  : Task extends { readonly transition: { readonly branches: infer Branches extends readonly unknown[] } }
    ? Branches["length"] extends 0
      ? true
      : IsEnd<Branches[number] extends { readonly goto: infer To } ? To : string>
    : true;

/** Also true of a text that is no literal. */
type IsEnd<To> = "end" extends To ? true : "" extends To ? true : false;

type FailureTarget<Task> = Task extends { readonly onFailure: infer To }
  ? To
  : Task extends { readonly transition: { readonly onFailure: infer To } }
    ? To
    : never;

type TaskOutput<Task, C extends ChainShape, B extends Bindings> = Task extends { readonly compose: infer Compose }
  ? Compose extends { readonly strategy: "merge_chat_histories" | "append_string_to_chat_history" }
    ? ChatHistory
    : Json
  : Task extends { readonly handler: PassingOn }
    ? PassedOn<Task, C, B>
    : Produced<Task, B>;

/** The kinds of task whose output is their input. */
type PassingOn = Extract<BuiltInSpec, { readonly output: "input" }>["name"];

type Outputs = { readonly [Spec in BuiltInSpec as Spec["name"]]: Spec["output"] };

/** What a task makes by itself; `Json` where that depends on its input. */
type Produced<Task, B extends Bindings> = Task extends { readonly output: infer Schema }
  ? Task extends { readonly outputTemplate: string }
    ? string
    : SchemaValue<Schema>
  : ProducedByHandler<Task, B>;

type ProducedByHandler<Task, B extends Bindings> = Task extends { readonly handler: "hook"; readonly hook: infer Call }
  ? Task extends { readonly outputTemplate: string }
    ? string
    : HookOutput<Call, B["hooks"]>
  : Task extends { readonly handler: infer Handler extends keyof Outputs }
    ? Outputs[Handler] extends keyof DataValues
      ? DataValues[Outputs[Handler]]
      : Outputs[Handler] extends "none"
        ? never
        : Json
    : Task extends { readonly handler: infer Handler extends keyof B["handlers"] }
      ? ProducedBy<B["handlers"][Handler]>
      : Json;

type HookOutput<Call, Hooks> = Call extends { readonly name: infer Name extends keyof Hooks }
  ? ResultOf<Hooks[Name]>
  : Json;

type PassedOn<Task, C extends ChainShape, B extends Bindings> = Task extends { readonly promptTemplate: infer Text }
  ? Text extends ""
    ? GivenTo<Task, C, B>
    : string
  : GivenTo<Task, C, B>;

// Of the chain's input and its variables only the declared types are known, and a caller's `inputType` can be another.
type GivenTo<Task, C extends ChainShape, B extends Bindings> = Task extends { readonly inputVar: infer Name }
  ? Name extends TaskIds<C["tasks"]>
    ? Name extends "input" | keyof DeclaredOf<C>
      ? Json
      : Variable<TaskOf<C["tasks"], Name>, B>
    : Json
  : Json;

/** What a variable holds that a task set. */
type Variable<Task, B extends Bindings> = Task extends { readonly compose: unknown } ? Json : Produced<Task, B>;

/** What a chain needs of the runtime that runs it. */
export interface ChainNeeds<Hooks extends string> {
  readonly hooks: Hooks;
}

/** What a chain that declares variables needs of whoever runs it: a value for each. */
export interface NeedsVariables<Variables> {
  readonly variables: Variables;
}

/** What a chain needs to be run, from what it is written as. */
export type NeedsOf<C extends ChainShape> = C extends { readonly variables: infer Declared }
  ? keyof Declared extends never
    ? ChainNeeds<HooksOf<C["tasks"]>>
    : ChainNeeds<HooksOf<C["tasks"]>> & NeedsVariables<VariableValues<Declared>>
  : ChainNeeds<HooksOf<C["tasks"]>>;

/** What a caller gives for each declared variable. */
type VariableValues<Declared> = {
  readonly [Name in keyof Declared]: Declared[Name] extends DataType ? InputOf<Declared[Name]> : unknown;
};

type HooksOf<Tasks> = Plainly<
  Tasks extends readonly unknown[]
    ? { [I in keyof Tasks]: HookOf<Tasks[I]> }[number]
    : { [Id in keyof Tasks]: HookOf<Tasks[Id]> }[keyof Tasks]
>;

type HookOf<Task> = Task extends { readonly hook: { readonly name: infer Name extends string } } ? Name : never;
